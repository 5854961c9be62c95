"""Health, pay, hardship and penalties of somebody who can be recognised: by name, or by the number of a house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.passage import Passage
from rectify.prose.people import Person
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.spans import apart
from rectify.prose.word_lists import any_of, load

_DATA = load("conditions")
_CONDITION = re.compile("|".join(one for part in ("health", "money", "hardship", "penalty") for one in _DATA[part]))
_SENTENCE_END = re.compile(r"[。\n]")
_COLUMN = re.compile(any_of(_DATA["columns"]))
_FARTHEST = 80


def conditions(
    passage: Passage, reading: Reading, known: list[Person], homes: list[tuple[int, int]]
) -> Iterator[Finding]:
    """Return what is told of the circumstances of the persons named, and of those who live in the homes given."""
    text = reading.text
    told: set[tuple[int, int]] = set()
    for place in sorted({person.start for person in known} | {start for start, _ in homes}):
        start, end = _sentence(text, place)
        told |= {match.span() for match in _CONDITION.finditer(text, start, end)}
    told |= set(_cells(text, known))
    for start, end in apart(told):
        first, stop = reading.source(start, end)
        yield passage.found("P031", first, token=passage.text[first:stop])


def _sentence(text: str, place: int) -> tuple[int, int]:
    near = max(0, place - _FARTHEST)
    start = max((match.end() for match in _SENTENCE_END.finditer(text, near, place)), default=near)
    end = _SENTENCE_END.search(text, place, place + _FARTHEST)
    return start, min(end.start() if end else len(text), place + _FARTHEST)


def _cells(text: str, known: list[Person]) -> Iterator[tuple[int, int]]:
    """Return the cells of a named person's row below a column about such things."""
    if not known or not _COLUMN.search(text):
        return
    rows = {text.rfind("\n", 0, person.start) + 1 for person in known}
    for row in rows:
        end = text.find("\n", row)
        line = text[row : end if end >= 0 else len(text)]
        header = _header(text, row)
        if "|" not in line or not header:
            continue
        start = row
        for head, cell in zip(header.split("|"), line.split("|"), strict=False):
            if _COLUMN.fullmatch(head.strip()) and cell.strip():
                begin = start + cell.index(cell.strip())
                yield begin, begin + len(cell.strip())
            start += len(cell) + 1


def _header(text: str, row: int) -> str:
    """Return the first row of the table that a row is of, empty where it is its own."""
    start = text.rfind("\n\n", 0, row) + 2 if "\n\n" in text[max(0, row - 4000) : row] else max(0, row - 4000)
    above = [line for line in text[start:row].split("\n") if "|" in line]
    return above[0] if above else ""
