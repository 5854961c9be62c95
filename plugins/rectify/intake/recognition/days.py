"""Dates and spans of dates in running text."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of
from rectify.sources.dates import parse_date

_CN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = re.compile(r"(\d{4})\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|[-./](\d{1,2})[-./](\d{1,2})(?!\d))")
_SPAN = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日?\s*(?:至|到|—+|－+|-+|~|～)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
)
_CN_DAY = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_MONTH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:份)?\s*(底|末|中旬|上旬|下旬|初)?")
_YEAR_END = re.compile(r"(\d{4})\s*年\s*(?:年?底|年?末|内|全年)")


class Found(NamedTuple):
    day: date
    start: int
    end: int


def days(text: str) -> list[Found]:
    """Return the dates that a text states in full, in order; dates that do not exist are left out."""
    folded = fold_digits(text)
    found = []
    for match in _DAY.finditer(folded):
        year, month, day = (int(part) for part in match.groups() if part)
        if (one := parse_day(year, month, day)) is not None:
            found.append(Found(one, match.start(), match.end()))
    for match in _CN_DAY.finditer(folded):
        one = parse_day(int(match[1].translate(_CN_DIGITS)), number_of(match[2]) or 0, number_of(match[3]) or 0)
        if one is not None:
            found.append(Found(one, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def span(text: str) -> tuple[date, date] | None:
    """Return the first span of dates, 2023年5月8日至6月30日; what the second date leaves out is that of the first."""
    match = _SPAN.search(fold_digits(text))
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    start = parse_day(year, month, day)
    end = parse_day(int(match[4] or year), int(match[5] or month), int(match[6]))
    return (start, end) if start and end and start <= end else None


def deadline(text: str) -> date | None:
    """Return the date of a deadline: a day, or the last day of a month, of its first or second third, or of a year."""
    folded = fold_digits(text).strip()
    if found := days(folded):
        return found[-1].day
    try:
        return parse_date(folded.rstrip("前底末止。； "), month_end=True)
    except ValueError:
        pass
    if match := _MONTH.search(folded):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and year:
            last = calendar.monthrange(year, month)[1]
            return parse_day(year, month, {"上旬": 10, "初": 10, "中旬": 20}.get(match[3] or "", last))
    if match := _YEAR_END.search(folded):
        return parse_day(int(match[1]), 12, 31)
    return None


def parse_day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
