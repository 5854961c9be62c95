"""Lines by hand with marks and private data that is no number, and lines that only look so; everything is made up."""

from __future__ import annotations

from functools import cache

from helpers.site import ROOT
from rectify.core.finding import Finding
from rectify.prose import examine_text

KINDS = {
    "marks": ("M003", "M004"),
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
