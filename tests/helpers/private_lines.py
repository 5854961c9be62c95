"""Lines by hand with marks and private data that is no number, and lines that only look so; everything is made up."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from helpers.site import ROOT
from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.prose import examine_text

KINDS = {
    "marks": ("M003", "M004", "M007"),
    "names": ("P009", "P010"),
    "dwellings": ("P005",),
    "births": ("P030",),
    "circumstances": ("P031",),
    "masks": ("P009", "P032"),
}
"""The sections of the file, with the rules that report what is in them."""


@cache
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in (ROOT / "tests" / "prose" / "privacy" / "persons.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            own = sections.setdefault(line.strip("[]"), [])
        else:
            own.append(line.replace("⏎", "\n"))
    return sections


def lines(kind: str) -> tuple[list[str], list[str]]:
    """Return the lines of a kind with something private, and those without."""
    own = _sections()[kind]
    return [line[2:] for line in own if line[0] == "+"], [line[2:] for line in own if line[0] == "-"]


def found(kind: str, text: str) -> list[Finding]:
    """Return what is reported of a kind in a text."""
    every = examine_text(list(enumerate(text.split("\n"), 1)), "01.md")
    return [finding for finding in every if finding.rule in KINDS[kind]]


_PRIVATE = re.compile("‹([^›]*)›")


class Form(NamedTuple):
    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    """Where the private parts stand; none in a clean line."""


def forms() -> list[Form]:
    """Return the forms by hand, of each kind and clean ones; the rules have since been mended on them."""
    made, kind = [], ""
    for line in (ROOT / "tests" / "prose" / "privacy" / "forms.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
            continue
        text = line[2:].replace("\\n", "\n")
        # Each mark before a place takes one character.
        spans = tuple(
            (match.start() - 2 * place, match.end() - 2 * place - 2)
            for place, match in enumerate(_PRIVATE.finditer(text))
        )
        made.append(Form(kind, _PRIVATE.sub(r"\1", text), spans))
    return made


def covered(text: str) -> list[tuple[int, int]]:
    """Return where the findings about private data lie in a text."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    every = examine_text(list(enumerate(text.split("\n"), 1)), "01.md")
    places = [(starts[one.line - 1] + one.column - 1, one.token) for one in every if one.family is Family.PRIVACY]
    return [(start, start + len(token)) for start, token in places]
