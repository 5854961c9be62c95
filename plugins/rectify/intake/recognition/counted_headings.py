"""Headings that only say how far what stands below them is, and how much of it there is: 已完成（8个）, ▲持续推进5项."""

from __future__ import annotations

import re
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.recognition.bullets import SIGNS
from rectify.prose.statuses import labelled_status

_COUNTED = re.compile(
    f"\\s*(?P<sign>[{SIGNS}]+\\s*)?(?P<name>(?P<said>[\u4e00-\u9fff]{{2,10}}?)(?:的)?(?:问题|事项|任务)?)"
    "[（(：:]?(?:共|计|有|合计)?(?P<count>\\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)(?:具体|反馈)?(?:问题|事项|任务)?[）)]?[：:]?\\s*"
)
_LONGEST = 40
"""Characters of such a line; of a longer one not even the digits are read."""


class CountedHeading(NamedTuple):
    name: str
    """Its words without sign and count: 已完成."""
    number: int
    sign: int
    """Characters of the sign before it, indentation included."""


def counted_heading(text: str) -> CountedHeading | None:
    """Return what a line says that is a status and a count and nothing else, None where it is more."""
    match = _COUNTED.fullmatch(fold_digits(text)) if len(text) <= _LONGEST else None
    if not match or not labelled_status(match["said"]).status:
        return None
    return CountedHeading(match["name"], number_of(match["count"]) or 0, match.start("name"))
