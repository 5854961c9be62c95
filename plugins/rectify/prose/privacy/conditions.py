"""Health, pay, hardship and penalties of somebody who can be recognised: by name, or by the number of a house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.late import late
from rectify.prose.passage import Passage
from rectify.prose.people import Person
from rectify.prose.privacy.circumstances import CONDITION, TOLD
from rectify.prose.privacy.columns import cells_below, line_at
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.spans import apart
from rectify.prose.word_lists import load

_SENTENCE_END = re.compile(r"[。\n]")
_CLAUSE_END = re.compile(r"[，。；\n]")
_COLUMN = re.compile("|".join(load("conditions")["columns"]))
_HEAD = late(f".{{0,12}}(?:{_COLUMN.pattern}).{{0,12}}")
_BY_SURNAME = re.compile(rf"姓[{NAME_BEGINS}]的[一-鿿]{{0,6}}")
"""那位姓费的老支书 is as good as named."""
_FIELD = re.compile(r"(?m)^[ \-]{0,4}[\w一-鿿]{1,16} ?[：:]")
_NAMES_A_FIELD = re.compile(r"[ \u3000]{0,4}[一-鿿](?:[ \u3000]{0,4}[一-鿿]){1,6}[ \u3000]{0,4}")
_GOES_ON = re.compile(
    r"。[“”\"]?(?:其(?!他|它|中|次|余|实)|[他她](?!们)|该[生户员]|此人|本人|[患死伤]者|家[中里]|全家|[父母妻夫儿女]|丈夫|老[公婆伴]|爷爷|奶奶)[^。\n]{0,80}"
)
"""What a sentence begins with that still speaks of whom the one before has named."""
_FARTHEST, _FIELDS, _SENTENCES, _LONGEST_VALUE = 80, 4, 3, 40


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
    for _ in range(_SENTENCES):
        if not (more := _GOES_ON.match(text, end)):
            break
        end = more.end()
    if _FIELD.match(text, start):
        for _ in range(_FIELDS):
            above = text.rfind("\n", 0, max(0, start - 1)) + 1
            if start and above < start and _FIELD.match(text, above):
                start = above
            if _FIELD.match(text, end + 1):
                end = line_at(text, end + 1)[1]
    elif start and _names_a_field(text, start - 1):
        # A field is on one line and its value on the next.
        for _ in range(2 * _FIELDS):
            above, below = line_at(text, max(0, start - 1))[0], line_at(text, min(len(text), end + 1))[1]
            start = above if start - above <= _LONGEST_VALUE else start
            end = below if below - end <= _LONGEST_VALUE else end
    return start, end


def _names_a_field(text: str, place: int) -> bool:
    """Return whether the line of a place is nothing but a word or two that a value may stand below."""
    start, end = line_at(text, place)
    return end - start <= _LONGEST_VALUE and bool(_NAMES_A_FIELD.fullmatch(text, start, end))


def _cells(text: str, known: list[Person]) -> Iterator[tuple[int, int]]:
    """Return the cells of a named person's row below a column about such things."""
    if not known or not _COLUMN.search(text):
        return
    rows = {line_at(text, person.start)[0] for person in known}
    for cell in cells_below(text, _COLUMN, _HEAD):
        if line_at(text, cell.start)[0] in rows:
            yield cell.start, cell.end
