"""一是…二是…: the points of one body."""

from __future__ import annotations

import re
from typing import NamedTuple

from rectify.core.numerals import number_of

_POINT = re.compile(
    r"(?:^|(?<=[。；：！？:;\n]))[ \t\u3000\xa0]*(?:第?([一二三四五六七八九十]{1,3})是|其([一二三四五六七八九十])(?=，))(?![否不])"
)
_OPEN, _CLOSE = "“‘《（「『【", "”’》）」』】"


class Point(NamedTuple):
    value: int
    start: int
    """Offset of the marker in the text."""
    text: str
    """From after the marker to the next one of its run, or the end."""


def runs(text: str, start: int = 0, fewest: int = 2) -> list[list[Point]]:
    """Return the runs of so many points in a text from an offset on.

    A marker counts at the start of a sentence and outside quotation marks; each run rises by one from 一, and a fresh 一
    begins another.
    """
    inside = depths(text)
    found: list[list[tuple[int, int, int]]] = []
    for match in _POINT.finditer(text, start):
        begin = match.start(1) if match[1] else match.start(2)
        value = number_of(match[1] or match[2])
        if value is None or inside[begin]:
            continue
        if value == 1:
            found.append([])
        elif not found or value != found[-1][-1][0] + 1:
            continue
        found[-1].append((value, match.start(), match.end()))
    flat = [point for run in found for point in run]
    ends = [after[1] for after in flat[1:]] + [len(text)]
    texts = {point[1]: Point(point[0], point[1], text[point[2] : end].strip()) for point, end in zip(flat, ends)}
    return [[texts[point[1]] for point in run] for run in found if len(run) >= fewest]


def depths(text: str) -> list[int]:
    """Return, for each character, how many quotation marks or brackets are open before it.

    A mark that is never closed opens nothing: it is a slip of the pen.
    """
    change = [0] * (len(text) + 1)
    stack: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if char in _OPEN:
            stack.append((_CLOSE[_OPEN.index(char)], index))
        elif stack and char == stack[-1][0]:
            _, begin = stack.pop()
            change[begin + 1] += 1
            change[index] -= 1
    result, depth = [], 0
    for step in change:
        depth += step
        result.append(depth)
    return result
