"""The site around, and what a reference names in it."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import click

from rectify.cli.texts import did_you_mean
from rectify.core.language import _, listed
from rectify.core.units import NO_UNITS, Units
from rectify.prose import NO_WORDS, OfficeWords
from rectify.prose.own_words import read_words
from rectify.sources.clock import DEFAULT_ZONE, declared_day, today
from rectify.sources.configuration import Configuration, find_configuration, read_configuration
from rectify.sources.content import survey
from rectify.sources.units import read_units

CONTENT = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=_("内容文件夹（默认是当前网站的）"),
)
_PROBLEM = re.compile(r"([a-z0-9-]+)/([0-9]{1,4})(?:\.md)?")


def content_of(given: Path | None) -> Path:
    """Return the content folder that is meant; a usage error where there is none."""
    if given:
        return given
    file = find_configuration(Path.cwd())
    try:
        content = read_configuration(file).content if file else Path("content")
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not content.is_dir():
        raise click.UsageError(_("这里没有网站；请进入网站文件夹，或者用 --content 指明"))
    return content


def own_words(site: Configuration | None) -> OfficeWords:
    """Return the words of a site's office; ends the command where its file cannot be read."""
    try:
        return read_words(site.words) if site else NO_WORDS
    except ValueError as error:
        raise click.ClickException(_("单位词表有误：{error}", error=error)) from None


def own_units(site: Configuration | None) -> Units:
    """Return the units that a site declares; ends the command where its file cannot be read."""
    try:
        return read_units(site.units) if site else NO_UNITS
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def units_around(path: Path) -> Units:
    """Return the units of the site in which a path lies."""
    file = find_configuration(path.resolve())
    try:
        return own_units(read_configuration(file) if file else None)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def caches_of(site: Configuration) -> Path:
    """Return a site's folder for caches; ends the command where it cannot be used."""
    try:
        return site.cache_folder()
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def words_around(path: Path) -> OfficeWords:
    """Return the words of the office in whose site a path lies or, for a document from elsewhere, that one works in."""
    file = find_configuration(path.resolve()) or find_configuration(Path.cwd())
    try:
        return own_words(read_configuration(file) if file else None)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def today_around(path: Path) -> date:
    """Return the day it is for the site in which a path lies; a usage error where its zone is none."""
    try:
        return today(_zone(path))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def declared_around(path: Path) -> date | None:
    """Return the day that SOURCE_DATE_EPOCH names there, None where it is not set; a usage error where it names none."""
    try:
        return declared_day(_zone(path))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _zone(path: Path) -> str:
    file = find_configuration(path.resolve())
    return read_configuration(file).timezone if file else DEFAULT_ZONE


def disclosure_of(word: str, content: Path) -> str:
    """Return the id of the report that a word names: id, folder, or a file of it; a usage error where there is none."""
    below = _below(word, content)
    if len(below) == 1 or (len(below) == 2 and below[1].endswith(".md")):
        return below[0]
    hint = did_you_mean(Path(word).name, sorted(survey(content).folders))
    folder = content / "reports"
    raise click.BadParameter(_("{folder} 里没有通报“{word}”{hint}", folder=folder, word=word, hint=hint))


def problem_of(ref: str, content: Path) -> tuple[str, str]:
    """Return report id and number of the problem that a reference names: 2023-x/04, or the path of its file."""
    match = _PROBLEM.fullmatch("/".join(_below(ref, content)) or ref)
    if match is None:
        raise click.BadParameter(_("“{ref}”不是问题的编号；写成 通报文件夹名/编号，如 2024-shuiwuju/04", ref=ref))
    rid, number = disclosure_of(match[1], content), match[2].zfill(2)
    if not (content / "reports" / rid / f"{number}.md").is_file():
        have = listed(file.stem for file in sorted((content / "reports" / rid).glob("[0-9]*.md")))
        raise click.BadParameter(
            _("{disclosure} 里没有问题 {wanted}；有：{have}", disclosure=rid, wanted=number, have=have)
        )
    return rid, number


def place_of(ref: str, content: Path) -> Path | None:
    """Return the folder or file of a disclosure or problem by its reference: 2023-x, 2023-x/04; None where there is none."""
    rid, _, number = ref.partition("/")
    if rid not in survey(content).folders:
        return None
    place = content / "reports" / rid / (f"{number.removesuffix('.md').zfill(2)}.md" if number else "")
    return place if place.exists() else None


def _below(word: str, content: Path) -> tuple[str, ...]:
    """Return report id and file that a word leads to, seen from the reports, the content or here; nothing where it leads elsewhere."""
    disclosures, known = os.path.abspath(content / "reports"), survey(content).folders
    for base in (disclosures, content, ""):
        parts = Path(os.path.relpath(os.path.join(base, word.replace("\\", "/")), disclosures)).parts
        if parts and parts[0] in known:
            return parts
    return ()
