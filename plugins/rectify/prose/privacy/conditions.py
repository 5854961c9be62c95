"""Health, pay, hardship and penalties of somebody who can be recognised: by name, or by the number of a house."""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.people import Person
from rectify.prose.privacy.ailing import ailing
from rectify.prose.privacy.circumstances import CONDITION, TOLD, TOLD_OF_MASKED, TOLD_OF_ONE
from rectify.prose.privacy.columns import cells_below, line_at
from rectify.prose.privacy.likeness import frequency
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.said_of import around
from rectify.prose.privacy.singular import singular
from rectify.prose.privacy.spans import apart, united
from rectify.prose.word_lists import any_of, load

_CLAUSE_END = compiled(r"[，。；\n]")
_DATA = load("conditions")
_COLUMN = compiled("|".join(_DATA["columns"]))
_HEAD = late(f".{{0,12}}(?:{_COLUMN.pattern}).{{0,12}}")
_BY_SURNAME = compiled(rf"姓[{NAME_BEGINS}]的[一-鿿]{{0,6}}")
"""那位姓费的老支书 is as good as named."""
_ONE_OF_THEM = late(
    rf"[{NAME_BEGINS}](?:{any_of([*_DATA['addressed'], '某某', '某'])})[（(][^（）()\n]{{0,12}}?(?:唯一|[仅只就][有她他此这]{{0,2}}一[名个位人]|独一[个名位无]|没有?第二)[^（）()\n]{{0,12}}[）)]"
)
"""李老师（全校仅一名舞蹈教师） is as good as named as well."""
_MISREAD_CHARACTERS = frozenset(_DATA["misread"][::2])
_MISREAD = str.maketrans(_DATA["misread"][::2], _DATA["misread"][1::2])
_CALLED = late(rf"(?<=[{IDEOGRAPH}])[{NAME_BEGINS}](?:{any_of(_DATA['addressed'])})(?![们傅])")
_FARTHEST, _NEAR = 80, 16


def conditions(
    passage: Passage, reading: Reading, known: list[Person], homes: list[tuple[int, int]]
) -> Iterator[Finding]:
    """Return what is told of the circumstances of the persons named, and of those who live in the homes given."""
    text = reading.text
    if not _MISREAD_CHARACTERS.isdisjoint(passage.characters):
        text = text.translate(_MISREAD)
    told: set[tuple[int, int]] = set()
    named = {around(text, one.start, one.end) for one in known if one.rule == "P009"}
    parts = {_clause(text, one) for one in known if one.rule == "P010"}
    parts |= {around(text, start, start) for start, _ in homes}
    if "姓" in text:
        for one in _BY_SURNAME.finditer(text):
            sentence = around(text, *one.span())
            if CONDITION.search(text, *sentence):
                told.add(one.span())
                parts.add(sentence)
    if "（" in text or "(" in text:
        for one in _ONE_OF_THEM.finditer(text):
            if TOLD_OF_ONE.search(text, *around(text, *one.span())):
                told.add(one.span())
    by: dict[str, set[tuple[int, int]]] = {"known": named, "part": set(), "masked": set()}
    for part in singular(text):
        by[part.by].add((part.start, part.end))
    for pattern, places in (
        (CONDITION, parts),
        (TOLD, by["known"]),
        (TOLD_OF_ONE, by["part"]),
        (TOLD_OF_MASKED, by["masked"]),
    ):
        told |= {match.span() for start, end in united(places) for match in pattern.finditer(text, start, end)}
    told |= set(_cells(text, known))
    told |= set(ailing(text, [one for one in known if one.rule == "P009"]))
    told |= set(_called(text, told))
    for start, end in apart(told):
        first, stop = reading.source(start, end)
        yield passage.found("P031", first, token=passage.text[first:stop])


def _clause(text: str, person: Person) -> tuple[int, int]:
    """Return the rest of the clause: of an official no more is told than what is said of him directly."""
    end = _CLAUSE_END.search(text, person.end, person.end + _FARTHEST)
    return person.end, end.start() if end else min(len(text), person.end + _FARTHEST)


def _called(text: str, told: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Return whom those beside him call by surname and title, where his circumstances are told behind: 罗阿姨月薪1850元."""
    for start, _ in told:
        for one in _CALLED.finditer(text, max(0, start - _NEAR), start):
            if not _CLAUSE_END.search(text, one.end(), start) and not frequency(
                text[one.start() - 1], text[one.start()]
            ):
                yield one.span()


def _cells(text: str, known: list[Person]) -> Iterator[tuple[int, int]]:
    """Return the cells of a named person's row below a column about such things."""
    if not known or not _COLUMN.search(text):
        return
    rows = {line_at(text, person.start)[0] for person in known}
    for cell in cells_below(text, _COLUMN, _HEAD):
        if line_at(text, cell.start)[0] in rows:
            yield cell.start, cell.end
