"""What is staged in git: the report folders and pages that a commit would change, as the commit would have them."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from rectify.checks.content import Scope, check_content
from rectify.cli.checking import Totals, last_publication
from rectify.cli.site import own_units, own_words
from rectify.core.finding import Finding
from rectify.core.language import _
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, fold
from rectify.sources.configuration import Configuration, find_configuration, read_registers
from rectify.sources.content import Content, survey
from rectify.sources.edit import read
from rectify.sources.last_build import files_below
from rectify.sources.program import ProgramError, run


def check_staged() -> tuple[list[Finding], Totals]:
    """Return what is found in the staged state of everything that the commit touches below the content folder."""
    top = Path(_git("rev-parse", "--show-toplevel"))
    file = find_configuration(Path.cwd()) or find_configuration(top)
    if file is None:
        raise click.UsageError(_("这里没有网站的 mkdocs.yml"))
    findings: list[Finding] = []
    totals = Totals()
    try:
        sites = read_registers(file)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    for site in sites:
        findings += _register(site, top, totals)
    return findings, totals


def _register(site: Configuration, top: Path, totals: Totals) -> list[Finding]:
    inside = Path(os.path.relpath(site.content.resolve(), top.resolve())).as_posix()
    prefix = "" if inside == "." else f"{inside}/"  # The content may be a repository of its own.
    touched = [
        path.removeprefix(prefix)
        for path in _names("diff", "--cached", "--name-only", "-z", "--diff-filter=ACDMRT")
        if path.startswith(prefix)
    ]
    if not touched:
        return []
    scope = touched_alone = Scope(*_split(touched))
    if alike := _alike(top, prefix, touched):
        scope = scope._replace(disclosures={*(scope.disclosures or ()), *alike})
    with tempfile.TemporaryDirectory(prefix="rectify-") as folder:
        content = Path(folder) / prefix
        (content / REPORTS).mkdir(parents=True)
        checked = check_content(
            content,
            scope=scope,
            surveyed=_export(top, Path(folder), prefix, scope),
            words=own_words(site),
            units=own_units(site),
            today=site.today(),
            previous=last_publication(site.published, False),
            site=site,
            others=_others(site, top),
        )
    totals.disclosures += checked.disclosures
    totals.problems += checked.problems
    totals.internal += checked.internal
    totals.waived += checked.waived
    return [
        finding._replace(path=f"{prefix}{finding.path}")
        for finding in checked.findings
        if finding.rule == "S077"
        or touched_alone.holds(finding.path)
        or (finding.rule == "S078" and touched_alone.holds(str(dict(finding.values)["excerpt"])))
    ]


def _alike(top: Path, prefix: str, touched: Iterable[str]) -> set[str]:
    """Return the report folders that name the title or the number of one that is staged, which may be a copy of theirs, and one
    for each unit that may be its own by another name.
    """
    found: set[str] = set()
    units: dict[str, str] = {}
    for path in touched:
        if not path.startswith(f"{REPORTS}/") or not path.endswith("/index.md"):
            continue
        try:
            text = _git("-C", str(top), "show", f":{prefix}{path}")
        except click.ClickException:
            continue  # The commit deletes it.
        values = read(text, DISCLOSURE_KEYS).values
        said = [option for name in ("title", "doc_no") if values.get(name) for option in ("-e", values[name])]
        if said:
            # git ends with 1 where nothing fits: the staged file itself does.
            like = _names("-C", str(top), "grep", "--cached", "-lzF", *said, "--", f"{prefix}{REPORTS}/*/index.md")
            found |= {name.removeprefix(prefix).split("/")[1] for name in like}
        if unit := fold(str(values.get("unit") or "")):
            units = units or _units(top, prefix)
            found |= {folder for other, folder in units.items() if other != unit and (other in unit or unit in other)}
    return found


def _units(top: Path, prefix: str) -> dict[str, str]:
    """Return each unit as it is staged, with the folder of one report of it."""
    key = DISCLOSURE_KEYS["unit"]
    told = f"^({key.label}|{key.name})[:：]"
    lines = _git("-C", str(top), "grep", "--cached", "-zE", told, "--", f"{prefix}{REPORTS}/*/index.md").splitlines()
    found: dict[str, str] = {}
    for path, _sign, line in (line.partition("\0") for line in lines):
        found.setdefault(fold(re.split("[:：]", line, maxsplit=1)[1].strip()), path.removeprefix(prefix).split("/")[1])
    found.pop("", None)
    return found


def _others(site: Configuration, top: Path) -> set[str] | None:
    """Return the staged files of the site around a register, those on the disk where that is another repository; None without such a site."""
    if not site.path:
        return None
    docs = Path(os.path.abspath(site.content)).parents[site.path.count("/") - 1].resolve()
    if not docs.is_relative_to(top.resolve()):
        return {path for path, _signature in files_below(str(docs))}
    inside = docs.relative_to(top.resolve()).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    return {name.removeprefix(prefix) for name in _names("-C", str(top), "ls-files", "-z", "--", inside)}


def _split(paths: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the report folders, or whatever lies beside them, and the pages that paths below the content folder belong to."""
    below = {path for path in paths if path.startswith(f"{REPORTS}/")}
    return {path.split("/")[1] for path in below}, set(paths) - below


def _export(top: Path, folder: Path, prefix: str, scope: Scope) -> Content:
    """Write the staged state of the report folders in the scope and of all pages; return it with the names of the others.

    A link may lead into a report that the commit does not touch, and two pages make one only if both are there.
    """
    names = [name.removeprefix(prefix) for name in _names("-C", str(top), "ls-files", "-z", "--", prefix or ".")]
    others: dict[str, list[tuple[str, int, int]]] = {}
    wanted = []
    for name in names:
        if not name.startswith(f"{REPORTS}/") or scope.holds(name):
            wanted.append(f"{prefix}{name}")
        elif name.count("/") > 1:
            rid, inside = name.split("/", 2)[1:]
            others.setdefault(rid, []).append((inside, 0, 0))
    given = os.fsencode("\0".join(wanted))
    _git("-C", str(top), "checkout-index", "-z", "--stdin", f"--prefix={folder}/", given=given)
    surveyed = survey(folder / prefix)
    return surveyed._replace(folders=surveyed.folders | {rid: tuple(stamp) for rid, stamp in others.items()})


def _names(*arguments: str) -> list[str]:
    return [name for name in _git(*arguments).split("\0") if name]


def _git(*arguments: str, given: bytes = b"") -> str:
    try:
        return run(["git", *arguments], given=given, in_hook=True)
    except ProgramError as error:
        raise click.ClickException(str(error)) from None
