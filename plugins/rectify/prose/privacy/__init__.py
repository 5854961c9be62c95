"""Numbers and addresses that belong to a person, with the masked form to put in their place.

The masked form keeps so much that those concerned recognise it: a telephone number 3 + 4 digits, an identity number its
region and last three characters, an address its street (local masking practice under 个人信息保护法, Art. 25 and 51).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.passage import Passage
from rectify.prose.privacy import (
    bank,
    cards,
    held,
    identity,
    nicknames,
    online,
    passports,
    service_cards,
    telephones,
    unexplained,
    vehicles,
)
from rectify.prose.privacy.alike import BLANKS
from rectify.prose.privacy.credentials import credentials
from rectify.prose.privacy.reading import DASHES, DOTS, HAN_NUMBER, Reading, join
from rectify.prose.privacy.recogniser import Part, Recogniser
from rectify.prose.privacy.surroundings import Surroundings

RECOGNISERS: tuple[Recogniser, ...] = (
    *identity.RECOGNISERS,
    *service_cards.RECOGNISERS,
    *passports.RECOGNISERS,
    *bank.CARDS,
    *telephones.MOBILES,
    *cards.RECOGNISERS,
    *bank.ACCOUNTS,
    *telephones.HOMES,
    *vehicles.RECOGNISERS,
    *online.RECOGNISERS,
    *nicknames.RECOGNISERS,
    *bank.LIKE_CARDS,
    *telephones.LIKE_MOBILES,
    *held.RECOGNISERS,
    *unexplained.RECOGNISERS,
)
"""The table. One place may be of several kinds; the first takes it, and a form that speaks for itself is before a label."""

# Five digits in a row, whatever stands between them, that are no date; four behind 第; or what a plate or an address begins with. The
# class at the start holds every first character, so that the search jumps from one to the next.
_NUMBER = compiled(
    rf"[0-9@{vehicles.PROVINCES}](?:(?<=[第弟][0-9])[0-9]{{3}}|(?<=[0-9])(?<![0-9][0-9])(?<![0-9]-[0-9])(?!(?<=[12])[09]\d\d-\d\d?-\d\d?(?!\d))"
    rf"(?:[{BLANKS}|\n/*_`~'()（）A-Zol{DOTS}{DASHES}]{{0,6}}[0-9]){{4}}|(?<=@)|(?<=[{vehicles.PROVINCES}])[ .·\-]?[A-Za-z0-9])"
)
_MIXED = compiled(r"(?<![0-9A-Za-z])(?=[A-Z0-9]{8,10}(?![0-9A-Za-z]))(?:[A-Z]{0,4}[0-9]){4}")
"""Of few digits among letters, as some nations number their papers."""
_POINTED = compiled(r"[，、,”](?<=\d[，、,”])[“\"]?\d{2,7}[，、,”][“\"]?\d{2,7}(?!\d)")
"""Of figures that commas or quotes part."""
_PAPERS = ("护照", "证件", "pass", "asap")
_LETTER = compiled("[A-Za-z]")


_WORD = compiled("[0-9A-Za-z]*")
_BEFORE, _AFTER = 90, 120
"""Characters around what a number begins with in which it must lie, by far more than any has."""


def suspects(text: str) -> Iterator[int]:
    """Yield where in the text of a reading a number or name may begin, in no order; what is private is near one of these."""
    yield from (start for start, _ in credentials(text))
    yield from _numbers(text)


def privacy(passage: Passage, reading: Reading, named: Iterable[tuple[int, int]] = ()) -> Iterator[Finding]:
    """Return what identifies a private person by itself, and what opens an account; `named` are where the reading names private persons."""
    text = reading.text
    taken: set[int] = set()
    for start, end in _apart((reading.source(*place) for place in credentials(text)), taken):
        yield passage.found("P027", start, token=passage.text[start:end])
    if next(_numbers(text), None) is not None:
        joined, around = join(reading), Surroundings(text, named)
        parts = _parts(joined.text)
        for recogniser in RECOGNISERS:
            for rule, sighting in recogniser.sightings(reading, around, joined, parts):
                start, end = sighting.shown
                if taken.isdisjoint(range(start, end)):
                    taken.update(range(start, end))
                    yield passage.found(rule, start, token=passage.text[start:end], example=recogniser.masked(sighting))


def _apart(places: Iterable[tuple[int, int]], taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of which nothing is taken, and take them: a key behind a word for it is seen by its form too."""
    for start, end in places:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield start, end


def _numbers(text: str) -> Iterator[int]:
    """Yield where a number of the table may begin."""
    return (match.start() for pattern in (*_clues(text), HAN_NUMBER) for match in pattern.finditer(text))


def _clues(text: str) -> Iterator[re.Pattern[str]]:
    yield _NUMBER
    yield _POINTED
    if any(one in text for one in _PAPERS):
        yield _MIXED
    if _LETTER.search(text):
        yield online.NAMES
    yield nicknames.NICKNAMES
    if "”" in text or "」" in text:
        yield nicknames.QUOTED


def _parts(text: str) -> list[Part]:
    """Return the parts of a text in which a number may be, in order, none touching the next."""
    parts: list[tuple[int, int]] = []
    for start in sorted(match.start() for pattern in _clues(text) for match in pattern.finditer(text)):
        # What goes on behind a part would make another number of it.
        end = _WORD.match(text, min(len(text), start + _AFTER)).end()  # type: ignore[union-attr]
        if parts and parts[-1][1] >= start - _BEFORE:
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((max(0, start - _BEFORE), end))
    return [Part.of(text, start, end) for start, end in parts]
