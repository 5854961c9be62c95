"""Findings that somebody has decided to let stand, and decisions that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rectify.core.family import Family, family_of
from rectify.core.finding import RULES, Finding, found
from rectify.core.model import Waiver
from rectify.core.vocabulary import DISCLOSURE_KEYS, nearest, word_of

LABEL = word_of(DISCLOSURE_KEYS["waivers"])
UNUSED = "S070"
_NAMED_ONLY = (Family.PRIVACY, Family.MARKS)
"""Families of which an error is waived passage by passage: the next number or name must be found again.

So are the rules that say it of themselves, about files that nobody has looked into."""
_OF_FORM = (Family.STRUCTURE, Family.BUILT_SITE, Family.IMPORT)
"""Families of which an error is no matter of judgement."""


class Waived(NamedTuple):
    """Findings after the waivers were applied."""

    standing: list[Finding]
    """With findings about the waivers themselves."""
    waived: list[Finding]


class _Place(NamedTuple):
    path: str
    line: int
    covers: str
    """What the path of a finding must begin with."""
    waiver: Waiver


def apply(
    findings: Iterable[Finding],
    disclosure: tuple[str, int, tuple[Waiver, ...]],
    problems: Mapping[str, tuple[int, tuple[Waiver, ...]]],
) -> Waived:
    """Return the findings without the waived ones.

    `report` is path of the `index.md`, line of its waivers and these, valid for the whole folder; `problems` gives line
    and waivers by path, valid for that file.
    """
    path, line, waivers = disclosure
    places = [_Place(path, line, path.removesuffix("index.md"), waiver) for waiver in waivers]
    places += [_Place(path, line, path, waiver) for path, (line, several) in problems.items() for waiver in several]
    valid: list[_Place] = []
    standing: list[Finding] = []
    waived: list[Finding] = []
    for place in places:
        wrong = list(_wrong(place))
        standing += wrong
        valid += [] if wrong else [place]
    used: set[int] = set()
    for finding in findings:
        hits = [index for index, place in enumerate(valid) if _covers(place, finding)]
        used.update(hits)
        (waived if hits else standing).append(finding)
    for index, place in enumerate(valid):
        # What continuity finds is not known here; it asks for the waivers itself.
        if index not in used and family_of(place.waiver.rule.upper()) is not Family.CONTINUITY:
            standing.append(found(UNUSED, place.path, place.line, 0, LABEL, found=_named(place.waiver)))
    return Waived(standing, waived)


def can_be_waived(finding: Finding) -> bool:
    """Return whether a finding is a matter of judgement at all; errors of form and of the built site are not."""
    rule = RULES[finding.rule]
    return rule.get("waiver") != "never" and not (finding.family in _OF_FORM and rule["severity"] == "error")


def _wrong(place: _Place) -> Iterator[Finding]:
    code = place.waiver.rule.upper()
    at = (place.path, place.line, 0, LABEL)
    if code not in RULES:
        yield found("S071", *at, found=place.waiver.rule, nearest=nearest(code, list(RULES)))
    elif not can_be_waived(Finding(code, place.path)):
        yield found("S072", *at, found=code)
    elif _must_be_named(code) and not place.waiver.words:
        yield found("S073", *at, found=code)


def _must_be_named(code: str) -> bool:
    rule = RULES[code]
    return rule["severity"] == "error" and (family_of(code) in _NAMED_ONLY or rule.get("waiver") == "named")


def _covers(place: _Place, finding: Finding) -> bool:
    return finding.path.startswith(place.covers) and is_waived(finding, [place.waiver])


def is_waived(finding: Finding, waivers: Iterable[Waiver]) -> bool:
    """Return whether one of the waivers, of the finding's file or of its report, is for this finding."""
    return can_be_waived(finding) and any(_is_for(waiver, finding) for waiver in waivers)


def _is_for(waiver: Waiver, finding: Finding) -> bool:
    if finding.rule != waiver.rule.upper():
        return False
    return (
        not waiver.words
        or waiver.words == finding.token
        or (waiver.words in finding.excerpt and finding.token in waiver.words)
    )


def _named(waiver: Waiver) -> str:
    return f"{waiver.rule} {waiver.words}".strip()
