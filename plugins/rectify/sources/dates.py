"""Dates as clerks write them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from rectify.core.language import N_, Message
from rectify.core.numerals import number_of
from rectify.core.vocabulary import LONG_TERM, word_of

_FORMS = N_("2024-07-17、2024.7.17、2024/7/17、2024年7月17日")
FIRST_YEAR, LAST_YEAR = 1949, 2100
"""Outside of these years a date is a slip of the pen."""

_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))"
)
_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?:(Z)| ?([+-]\d{2}):?(\d{2}))?$")
"""What content systems write behind a day (ISO 8601)."""
_BEIJING, _DAY_LONG = 8 * 60, 24 * 60
"""In minutes."""
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_NUMBER = re.compile("(?<![〇零○一二三四五六七八九十])[〇零○一二三四五六七八九十]+(?=[年月日季])")
# 2024年3月底前, 2025年第三季度末, 2024年上半年: a period, which ends with its last day.
_PERIOD = re.compile(
    r"(\d{4})(?:[-./](?P<month>\d{1,2})|(?P<plain>\d{2})"
    r"|年(?:(?P<whole>年?[底末内]|全年|年)?|(?P<middle>年?中)|(?P<half>[上下])半年[底末内]?|第?(?P<quarter>[1-4])季度?[底末内]?"
    r"|(?P<of_year>\d{1,2})月份?(?:(?P<third>[上中下])旬|[底末内])?))(?:之前|以前|以内|前|止)?"
)
_DONE_BY = re.compile(r"(?<=.)(?:前|之前|以前)?(?:全部|力争)?(?:完成整改|整改完成|完成|整改到位|办结)$")
_THIRDS = {"上": 10, "中": 20}


def accepted_forms(month_end: bool = False, written: str = "") -> Message:
    """Return the forms that a date may have, to be said later; with `month_end` those of a deadline.

    Where only the year is missing in what was `written`, it is that with a year.
    """
    if not month_end:
        return _FORMS
    if written and _is_date(with_year := "2024年" + written.strip()):
        return N_("带上年份，如 {example}", example=with_year)
    return N_("{forms}、2024年7月、2024年第三季度、2024年底前、{long_term}", forms=_FORMS, long_term=word_of(LONG_TERM))


class NoSuchDay(ValueError):
    """The form is right, the day does not exist."""


@lru_cache(10_000)  # A register's problems share their days.
def parse_date(text: str, month_end: bool = False) -> date:
    """Return the date that is written in one of the accepted forms, full-width digits and Chinese figures allowed.

    With `month_end` a period may stand for its last day, as deadlines do: a month, a quarter, a half, a year, and by when.
    Raises NoSuchDay for 2月30日 and ValueError for anything that is not of these forms.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    time = _TIME_OF_DAY.search(folded)
    folded = (folded[: time.start()] if time else folded).replace(" ", "")
    folded = _CHINESE_NUMBER.sub(lambda match: _digits(match[0]), folded)
    if month_end:
        folded = _DONE_BY.sub("", folded)
    match = _DAY.fullmatch(folded.removesuffix("前").removesuffix("之").removesuffix("以") if month_end else folded)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
    else:
        match = _PERIOD.fullmatch(folded) if month_end else None
        if not match:
            raise ValueError(text)
        year, month, day = _last_day(match)
    try:
        return _in_beijing(date(year, month, day), time)
    except (ValueError, OverflowError):
        raise NoSuchDay(text) from None


def with_year(text: str, begun: date) -> str:
    """Return a deadline that names no year, 第三季度 or 3月底前, with that of the first such period that ends after work had begun.

    Empty where it is no such deadline. A deadline is set when the problem is told: the first one after that is meant.
    """
    for year in (begun.year, begun.year + 1):
        dated = str(year) + "年" + text.strip()
        if text.strip() and _is_date(dated) and parse_date(dated, month_end=True) >= begun:
            return dated
    return ""


def _in_beijing(day: date, time: re.Match[str] | None) -> date:
    """Return the day it is in Beijing at a time that is told with its zone: content systems write midnight there as 16:00 of the day before."""
    if time is None or not (time[3] or time[4]):
        return day
    offset = 0 if time[3] else int(time[4]) * 60 + int(f"{time[4][0]}{time[5]}")
    since = int(time[1]) * 60 + int(time[2]) - offset + _BEIJING
    return day + timedelta(days=since // _DAY_LONG)


def _is_date(text: str) -> bool:
    try:
        parse_date(text, month_end=True)
    except ValueError:
        return False
    return True


def is_period(text: str) -> bool:
    """Return whether a deadline that can be read names a period and no day."""
    try:
        parse_date(text)
    except ValueError:
        return True
    return False


def _digits(figures: str) -> str:
    """Return 二〇二四 as 2024 and 十二 as 12."""
    if "十" not in figures:
        return figures.translate(_FIGURES)
    value = number_of(figures)
    return figures if value is None else str(value)


def _last_day(match: re.Match[str]) -> tuple[int, int, int]:
    """Return year, month and day of the end of a period; the day is 0 in a month that there is not."""
    year = int(match[1])
    if match["half"] or match["middle"]:
        month = 12 if match["half"] == "下" else 6
    elif match["quarter"]:
        month = 3 * int(match["quarter"])
    else:
        month = int(match["month"] or match["plain"] or match["of_year"] or 12)
    if match["third"] in _THIRDS:
        return year, month, _THIRDS[match["third"]]
    return year, month, calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0
