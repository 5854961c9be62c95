"""A page as it is printed: characters and rules at their places, in points from the top left."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple


class Glyph(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    """The line it stands on."""
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def centre(self) -> float:
        """Half the height of a Chinese character over the line."""
        return self.base - self.size * 0.38


class Rule(NamedTuple):
    """A line drawn on the page, across where `top` is `bottom`, down where `left` is `right`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def across(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


class Page(NamedTuple):
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    turned: str = ""
    """Text that is not set level, as watermarks are."""
    picture: bool = False
    """Whether a picture covers most of the page."""
    unseen: bool = False
    """Whether the text is set invisibly, over a scan whose text was recognised."""
    hidden: str = ""
    """Text that cannot be seen, or is as pale as a watermark."""


def rules_of(points: list[tuple[float, float]], width: float) -> list[Rule]:
    """Return the rules of a path through these points; a filled box thin as a line is one rule."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not points:
        return []
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if right - left <= width or bottom - top <= width:
        level = right - left >= bottom - top
        x, y = (left + right) / 2, (top + bottom) / 2
        return [Rule(left, y, right, y) if level else Rule(x, top, x, bottom)]
    rules = []
    for (x1, y1), (x2, y2) in pairwise(points):
        if abs(x1 - x2) < 1 or abs(y1 - y2) < 1:
            rules.append(Rule(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return rules
