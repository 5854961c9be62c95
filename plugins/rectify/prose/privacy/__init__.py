"""Numbers and addresses that belong to a person, with the masked form to put in their place.

The masked form keeps so much that those concerned recognise it: a telephone number 3 + 4 digits, an identity number its
region and last three characters, an address its street (local masking practice under 个人信息保护法, Art. 25 and 51).
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.passage import Passage
from rectify.prose.privacy import bank, identity, online, passports, telephones, vehicles
from rectify.prose.privacy.dwellings import dwellings
from rectify.prose.privacy.reading import read
from rectify.prose.privacy.recogniser import sightings

RECOGNISERS = (
    *identity.RECOGNISERS,
    *telephones.RECOGNISERS,
    *bank.RECOGNISERS,
    *passports.RECOGNISERS,
    *vehicles.RECOGNISERS,
    *online.RECOGNISERS,
)
"""The table. One place may be of several kinds; the first takes it."""


def privacy(passage: Passage) -> Iterator[Finding]:
    """Return what identifies a private person by itself."""
    reading = read(passage.text, passage.characters)
    taken: set[int] = set()
    for recogniser in RECOGNISERS:
        for rule, sighting in sightings(recogniser, reading):
            start, end = reading.source(sighting.start, sighting.end)
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield passage.found(rule, start, token=passage.text[start:end], example=recogniser.masked(sighting))
    yield from dwellings(passage, reading)
