"""Everything that is wrong in a passage of text, and what of it must not stand on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rectify.core.finding import Finding
from rectify.prose.identification import identification
from rectify.prose.marks import marks
from rectify.prose.masks import find_masks
from rectify.prose.own_words import NO_WORDS, OfficeWords
from rectify.prose.passage import Passage
from rectify.prose.people import people, persons
from rectify.prose.placeholders import placeholders
from rectify.prose.privacy import privacy, suspects
from rectify.prose.privacy.births import births
from rectify.prose.privacy.conditions import conditions
from rectify.prose.privacy.dwellings import dwellings, dwellings_in
from rectify.prose.privacy.reading import Reading, close, read
from rectify.prose.privacy.recoverable import recoverable, revealed
from rectify.prose.program_words import program_words
from rectify.prose.typography import typography
from rectify.prose.wording import wording

__all__ = ["examine_text", "revealed", "screen"]

_MOST = 10_000
"""Findings of one noun in one text, by far more than anyone mends; what is nothing but signs must not fill the memory."""

_BEFORE, _BEHIND = 2, 1
"""Lines beside one that may hold something private."""


def examine_text(lines: Sequence[tuple[int, str]], path: str, office: OfficeWords = NO_WORDS) -> list[Finding]:
    passage = Passage(lines, path)
    masks = find_masks(passage)
    reading = read(passage.text, passage.characters)
    seen, reading = reading, close(reading)
    named = persons(reading)
    homes = dwellings_in(reading, named)
    nouns = (
        placeholders(passage, masks),
        marks(passage, seen),
        typography(passage),
        program_words(passage),
        wording(passage),
        privacy(passage, reading, [(one.start, one.end) for one in named if one.rule == "P009"]),
        people(passage, reading, named),
        dwellings(passage, reading, homes),
        births(passage, reading, named),
        conditions(passage, reading, named, homes),
        recoverable(passage, reading, named),
        identification(passage, masks),
        office.findings(passage),
    )
    findings = [finding for noun in nouns for finding in islice(noun, _MOST) if not office.allows(finding)]
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.rule))


def screen(lines: Sequence[tuple[int, str]], path: str, office: OfficeWords = NO_WORDS) -> list[Finding]:
    passage = Passage(lines, path)
    reading = read(passage.text, passage.characters)
    found = [*islice(marks(passage, reading), _MOST), *islice(_private(passage, reading, lines), _MOST)]
    return [finding for finding in found if finding.severity == "error" and not office.allows(finding)]


def _private(passage: Passage, reading: Reading, lines: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    """Return what is private, looked for in the lines alone that may hold it, with those beside them that tell what it is."""
    near = {passage.line_of(reading.source(start, start + 1)[0]) for start in suspects(reading.text)}
    around = sorted(
        {index for one in near for index in range(one - _BEFORE, one + _BEHIND + 1)}.intersection(range(len(lines)))
    )
    part = Passage([lines[index] for index in around], passage.path)
    return privacy(part, read(part.text, part.characters)) if around else iter(())
