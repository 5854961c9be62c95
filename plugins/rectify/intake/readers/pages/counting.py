"""Numbers that count on from one paragraph to the next: 2.甲不严 after 1.乙不实."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.numerals import number_of
from rectify.intake.outline import Paragraph, Table

_NUMBER = re.compile(
    "(?P<chapter>[一二三四五六七八九十]{1,3})、|[（(](?:(?P<section>[一二三四五六七八九十]{1,3})|(?P<point>\\d{1,3}))[）)]"
    "|(?P<item>\\d{1,3})[.．、](?!\\d)"
)
_REACH = 12
"""Paragraphs back, no more, to the number before."""


def counts_on(text: str, blocks: Sequence[Paragraph | Table]) -> bool:
    """Return whether a line has the number after the last of its form before it: however full the line above, it begins a paragraph."""
    form, value = _number(text)
    if value < 2:
        return False
    before = (_number(block.text) for block in reversed(blocks[-_REACH:]) if isinstance(block, Paragraph))
    return next((one for kind, one in before if kind == form), 0) == value - 1


def _number(text: str) -> tuple[str, int]:
    """Return the form and the value of the number that a text begins with; zero where there is none."""
    match = _NUMBER.match(text)
    form = (match and match.lastgroup) or ""
    return form, (number_of(match[form]) or 0) if match and form else 0
