"""Masks left in the text, and what they do to counts, titles, examples and set words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.masks import SIGNS, Mask
from rectify.prose.passage import NUMBERED, Passage
from rectify.prose.word_lists import load

_COUNTER = "[个项条件次份起名人]"
_MASK = rf"(?:\\?[{SIGNS}])++"
_COUNTED = "(?:问题线索|问题|线索|整改措施|整改任务|整改事项|信访件)"
# The counts that a disclosure owes its readers: of problems and what was done about them.
_COUNT = compiled(
    rf"{_COUNTED}(?:共|计|共计|约|数|为|达|总数)?{_MASK}{_COUNTER}"
    rf"|(?<![\\{SIGNS}])(?:{_MASK}[个大]{{1,2}}方面[的、，]?)?{_MASK}{_COUNTER}(?:的|具体|主要|突出){{0,2}}{_COUNTED}"
)
_INSPECTION = compiled(r"巡视|巡察|督察|审计|反馈|移交|交办")
# 按年月日归档 speaks of dates; a blank one has gaps, a year, or its line for itself.
_GAP = r"[ \u3000\xa0]"
_BLANK_DATE = compiled(
    rf"(?<!\d)\d{{2,4}}{_GAP}*年{_GAP}*月{_GAP}*日(?!均)|年(?:{_GAP}+月{_GAP}*|月{_GAP}+)日(?!均)|(?m:(?:^|(?<=[：:])){_GAP}*(年月日){_GAP}*$)"
)
_NO_DAY = compiled(f"月{_GAP}*日")
"""In each of them."""
_TITLE = compiled(r"《([^《》\n]{1,80})》")
_SHORTEST_TITLE = 4
_EXAMPLE = compiled(
    rf"(?:比如|例如|譬如|再如|诸如|如)[，,：:]?{_MASK}[。；]|(?:比如|例如|譬如|再如|诸如|如)[：:，,][。；]|：等[。；]"
)
_CRITICAL = compiled(r"[年月日个项条件人名次万亿元%％]")
_WINDOW = 200
_HABIT = 10
"""So many masks of one length show that the length is meant."""


def placeholders(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    """Return every mask singly, and the harm that masks do around them."""
    yield from _blank_dates(passage)
    yield from _examples(passage)
    if masks:
        yield from _masks(passage, masks)
        yield from _counts(passage)
        yield from _lengths(passage, masks)
        yield from _remnants(passage, masks)
        yield from _titles(passage, masks)


def _masks(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    for mask in masks:
        if mask.stars or _is_critical(passage, mask):
            yield passage.found("W001", mask.start, token=mask.token)
        else:
            yield passage.found("W002", mask.start, token=mask.token)


def _is_critical(passage: Passage, mask: Mask) -> bool:
    """Return whether a date, a count or a title is masked, which nobody can read past."""
    index = passage.line_of(mask.start)
    line = passage.lines[index]
    return bool(_CRITICAL.match(passage.text, mask.end)) or (
        len(line) <= 60 and (index == 0 or bool(NUMBERED.match(line)))
    )


def _counts(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for match in _COUNT.finditer(text):
        start = max(0, match.start() - _WINDOW)
        sentence = re.split(r"[。\n]", text[start : match.start()])[-1] + text[match.start() : match.end() + 20]
        if _INSPECTION.search(sentence):
            yield passage.found("W004", match.start(), token=match[0])


def _lengths(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    """Return the stars whose number differs from the one that the text keeps to elsewhere.

    Crosses are left out: theirs follows the number of characters they stand for.
    """
    stars = [mask for mask in masks if mask.stars]
    if len(stars) <= _HABIT:
        return
    usual, times = Counter(mask.stars for mask in stars).most_common(1)[0]
    if times >= len(stars) * 0.9:
        for mask in stars:
            if mask.stars != usual:
                yield passage.found("W005", mask.start, token=mask.token, allowed="*" * usual)


_REMNANTS = {rest: whole for whole, rests in load("redaction")["remnants"].items() for rest in rests}
_LONGEST_REMNANT = max(map(len, _REMNANTS))


def _remnants(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    for mask in masks:
        following = passage.text[mask.end : mask.end + _LONGEST_REMNANT]
        rest = next(
            (following[:size] for size in range(_LONGEST_REMNANT, 1, -1) if following[:size] in _REMNANTS), None
        )
        if rest:
            yield passage.found("W006", mask.start, token=mask.token + rest, allowed=_REMNANTS[rest])


def _titles(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    """Return the titles of which the masks leave no more than the kind of document."""
    if "《" not in passage.text:
        return
    starts = {mask.start: mask for mask in masks}
    for match in _TITLE.finditer(passage.text):
        inside = [starts[offset] for offset in range(match.start(1), match.end(1)) if offset in starts]
        if inside and len(match[1]) - sum(len(mask.token) for mask in inside) <= _SHORTEST_TITLE:
            yield passage.found("W007", match.start(), token=match[0])


def _blank_dates(passage: Passage) -> Iterator[Finding]:
    if _NO_DAY.search(passage.text):
        for match in _BLANK_DATE.finditer(passage.text):
            yield passage.found("W003", match.start(match.lastindex or 0), token=match[match.lastindex or 0])


def _examples(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for match in _EXAMPLE.finditer(text) if "如" in text or "：等" in text else ():
        yield passage.found("W008", match.start(), token=match[0])
