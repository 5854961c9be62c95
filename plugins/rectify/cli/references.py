"""What a reference names: a disclosure or one of its problems, in every way that somebody has it at hand."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Container, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import click

from rectify.cli.texts import did_you_mean
from rectify.core.language import _, listed
from rectify.core.site_map import REPORTS
from rectify.sources.configuration import Configuration
from rectify.sources.content import Stamp, survey

_NUMBER = re.compile(r"(?:问题|第)?([0-9]{1,4})(?:\.md|项|号|条|个问题)?")
_GLUED = re.compile(rf"(.*[a-z0-9])[-_.:#\s]+({_NUMBER.pattern})", re.I)
"""A problem behind another sign than the slash: `2024-x-4`, `2024-x#4`."""
_PAGES = ("index.md", "index.html", "full")
"""What may stand at the end for the whole of what stands before it; a file of a disclosure is none of its names."""


class Reference(NamedTuple):
    """A disclosure, or a problem of it."""

    disclosure: str
    number: str = ""
    """Of a problem as its file is named, `04`; empty for the whole disclosure."""

    def place(self, content: Path) -> Path:
        """Return the folder of the disclosure or the file of the problem, which may not be there."""
        folder = content / REPORTS / self.disclosure
        return folder / f"{self.number}.md" if self.number else folder


def reference_of(word: str, content: Path) -> Reference | None:
    """Return what a word names, or None where its disclosure is not there.

    It may be an id, `2024-x/4`, a path seen from the reports, the content, the site or here, or the address of a page; in
    full-width or capital letters, with blanks around it, or with another sign before the number of a problem that is there.
    """
    known = survey(content).folders
    for parts in _readings(word, content):
        if not parts or (rid := _known(parts[0], known)) is None:
            continue
        rest = parts[1:-1] if parts[-1] in _PAGES else parts[1:]
        if not rest:
            return Reference(rid)
        if len(rest) == 1 and (match := _NUMBER.fullmatch(rest[0])):
            return Reference(rid, _number(int(match[1]), known[rid]))
    glued = _GLUED.fullmatch(_plain(word))
    found = reference_of(f"{glued[1]}/{glued[2]}", content) if glued else None
    return found if found and found.place(content).is_file() else None


def _number(number: int, files: Stamp) -> str:
    """Return a problem's number as its file is named, with however many noughts."""
    stems = (name.removesuffix(".md") for name, *_ in files)
    return next((one for one in stems if one.isdecimal() and int(one) == number), f"{number:02}")


def register_of(word: str, registers: Sequence[Configuration]) -> Configuration:
    """Return the register that has what a word names, where there is one alone that; raises ValueError, with a sentence, where none or several have it."""
    if len(registers) == 1:
        return registers[0]
    having = [one for one in registers if reference_of(word, one.content)]
    if not having:
        raise ValueError(_("没有 {path}", path=word))
    if len(having) > 1:
        folders = ", ".join(one.content.as_posix() for one in having)
        raise ValueError(_("几个登记里都有“{word}”：{folders}；写它的文件夹", word=word, folders=folders))
    return having[0]


def disclosure_of(word: str, content: Path) -> str:
    """Return the id of the disclosure that a word names, itself or one of its problems; a usage error where there is none."""
    return _found(word, content).disclosure


def any_of(word: str, content: Path) -> Reference:
    """Return the disclosure or the problem that a word names; a usage error where there is none."""
    found = _found(word, content)
    if found.number and not found.place(content).is_file():
        have = listed(file.stem for file in sorted(found.place(content).parent.glob("[0-9]*.md")))
        raise click.BadParameter(
            _(
                "{disclosure} 里没有问题 {wanted}；有：{have}",
                disclosure=found.disclosure,
                wanted=found.number,
                have=have,
            )
        )
    return found


def problem_of(word: str, content: Path) -> tuple[str, str]:
    """Return id and number of the problem that a word names; a usage error where it names none."""
    found = reference_of(word, content) or Reference("")
    if not found.number:
        raise click.BadParameter(_("“{ref}”不是问题的编号；写成 通报文件夹名/编号，如 2024-shuiwuju/04", ref=word))
    return any_of(word, content)


def _found(word: str, content: Path) -> Reference:
    found = reference_of(word, content)
    if found is None:
        hint = did_you_mean(Path(word).name, sorted(survey(content).folders))
        raise click.BadParameter(_("{folder} 里没有通报“{word}”{hint}", folder=content / REPORTS, word=word, hint=hint))
    return found


def _readings(word: str, content: Path) -> list[tuple[str, ...]]:
    """Return the parts of the path below the report folder that a word may mean, likelier ones first."""
    if word.startswith(("http:/", "https:/")):
        path = unquote(urlsplit(word).path)  # of what was taken for a path before, the slashes are one
        return [Path(path.rpartition(f"/{REPORTS}/")[2]).parts] if f"/{REPORTS}/" in path else []
    disclosures = os.path.abspath(content / REPORTS)
    plain = _plain(word)
    below = (
        os.path.relpath(os.path.join(base, text), disclosures)
        for text in dict.fromkeys((word, plain))
        for base in (disclosures, content, content.parent, os.curdir)
    )
    return [parts for path in below if (parts := Path(path).parts) and parts[0] != ".."]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("\\", "/").strip()


def _known(name: str, known: Container[str]) -> str | None:
    return next((one for one in (name, name.lower()) if one in known), None)
