"""The course of the counts by month as areas one above the other: done from below, the total as the upper edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rectify.core.model import Disclosure
from rectify.core.months import Month, by_month
from rectify.core.register import Register
from rectify.core.vocabulary import STATUSES

_FEWEST = 3
"""Months that make a course."""


class Area(NamedTuple):
    """The problems of one status while their number and place stay the same; x and width in months, y and height in problems."""

    status: str
    x: int
    y: int
    width: int
    height: int


class MonthChart(NamedTuple):
    """What a page shows of the course of some disclosures."""

    months: tuple[Month, ...]
    areas: tuple[Area, ...]
    highest: int
    """The greatest total."""
    marks: tuple[int, ...]
    """Numbers of the months in which something was published."""

    @property
    def statuses(self) -> list[str]:
        """The statuses that ever occur, from done to pending."""
        held = {key for month in self.months for key, number in month.counts.by_status if number}
        return [status.key for status in reversed([*STATUSES]) if status.key in held]

    def rows(self) -> Iterator[tuple[Month, list[int]]]:
        """Yield each month, the newest first, with the numbers of `statuses`."""
        keys = self.statuses
        for month in reversed(self.months):
            numbers = dict(month.counts.by_status)
            yield month, [numbers[key] for key in keys]


def month_chart(register: Register, disclosures: Iterable[Disclosure], on: date) -> MonthChart | None:
    """Return the course of some disclosures up to a day, None where there are too few months for one."""
    months = by_month(((one, register.of(one)) for one in disclosures), on)
    highest = max((month.counts.total for month in months), default=0)
    if len(months) < _FEWEST or not highest:
        return None
    marks = tuple(at for at, month in enumerate(months) if month.published)
    return MonthChart(months, tuple(_areas(months, highest)), highest, marks)


def _areas(months: tuple[Month, ...], highest: int) -> Iterator[Area]:
    x = 0
    for counts, run in groupby(month.counts for month in months):
        width, y = len(list(run)), highest
        for key, number in counts.shown:
            y -= number
            yield Area(key, x, y, width, number)
        x += width
