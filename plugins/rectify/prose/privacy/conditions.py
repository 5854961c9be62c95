"""Health, pay, hardship and penalties of somebody who can be recognised: by name, or by the number of a house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.passage import Passage
from rectify.prose.people import Person
from rectify.prose.privacy.circumstances import CONDITION, TOLD
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.spans import apart
from rectify.prose.word_lists import load

_SENTENCE_END = re.compile(r"[。\n]")
_CLAUSE_END = re.compile(r"[，。；\n]")
_COLUMN = re.compile("|".join(load("conditions")["columns"]))
_BY_SURNAME = re.compile(rf"姓[{NAME_BEGINS}]的[一-鿿]{{0,6}}")
"""那位姓费的老支书 is as good as named."""
_FIELD = re.compile(r"(?m)^[ \-]{0,4}[\w一-鿿]{1,16} ?[：:]")
_FARTHEST, _FIELDS = 80, 4


def conditions(
    passage: Passage, reading: Reading, known: list[Person], homes: list[tuple[int, int]]
) -> Iterator[Finding]:
    """Return what is told of the circumstances of the persons named, and of those who live in the homes given."""
    text = reading.text
    told: set[tuple[int, int]] = set()
    named = {_around(text, one.start, one.end) for one in known if one.rule == "P009"}
    parts = {_clause(text, one) for one in known if one.rule == "P010"}
    parts |= {_around(text, start, start) for start, _ in homes}
    if "姓" in text:
        for one in _BY_SURNAME.finditer(text):
            part = _around(text, *one.span())
            if CONDITION.search(text, *part):
                told.add(one.span())
                parts.add(part)
    for pattern, places in ((CONDITION, parts), (TOLD, named)):
        told |= {match.span() for start, end in places for match in pattern.finditer(text, start, end)}
    told |= set(_cells(text, known))
    for start, end in apart(told):
        first, stop = reading.source(start, end)
        yield passage.found("P031", first, token=passage.text[first:stop])


def _clause(text: str, person: Person) -> tuple[int, int]:
    """Return the rest of the clause: of an official no more is told than what is said of him directly."""
    end = _CLAUSE_END.search(text, person.end, person.end + _FARTHEST)
    return person.end, end.start() if end else min(len(text), person.end + _FARTHEST)


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the sentence of a place, and the fields above and below where it is the value of a field."""
    near = max(0, first - _FARTHEST)
    start = max((match.end() for match in _SENTENCE_END.finditer(text, near, first)), default=near)
    match = _SENTENCE_END.search(text, last, last + _FARTHEST)
    end = match.start() if match else min(len(text), last + _FARTHEST)
    if _FIELD.match(text, start):
        for _ in range(_FIELDS):
            above = text.rfind("\n", 0, max(0, start - 1)) + 1
            if start and above < start and _FIELD.match(text, above):
                start = above
            if _FIELD.match(text, end + 1):
                below = text.find("\n", end + 1)
                end = below if below >= 0 else len(text)
    return start, end


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
            if _COLUMN.search(head) and cell.strip():
                begin = start + cell.index(cell.strip())
                yield begin, begin + len(cell.strip())
            start += len(cell) + 1


def _header(text: str, row: int) -> str:
    """Return the first row of the table that a row is of, empty where it is its own."""
    start = text.rfind("\n\n", 0, row) + 2 if "\n\n" in text[max(0, row - 4000) : row] else max(0, row - 4000)
    above = [line for line in text[start:row].split("\n") if "|" in line]
    return above[0] if above else ""
