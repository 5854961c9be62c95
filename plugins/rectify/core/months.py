"""How many problems there were of each status at the end of each month, told by the dated entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rectify.core.counts import Counts
from rectify.core.model import Disclosure, Problem
from rectify.core.vocabulary import STATUSES, UNSTATED

UNTOLD = UNSTATED
"""The status of a problem of which no dated entry has told one yet: the site does not say that nothing was done."""


class Month(NamedTuple):
    """The end of one month; of the last one, the day that the figures are of."""

    year: int
    month: int
    counts: Counts
    """Without what was overdue."""
    published: int
    """How many disclosures were published in it."""


def by_month(disclosures: Iterable[tuple[Disclosure, Iterable[Problem]]], on: date) -> tuple[Month, ...]:
    """Return every month from the first feedback to the day `on`; the last one has the counts of the register.

    A problem counts from the month in which it was fed back, or published where no day of the feedback is told, with the status
    of its last dated entry by then; from the as-of date of the disclosure on it has the status that it has now.
    """
    changes: Counter[tuple[int, str]] = Counter()
    published: Counter[int] = Counter()
    first, last = _number(on) + 1, _number(on)
    for disclosure, problems in disclosures:
        public = min(_number(disclosure.published), last)
        published[public] += 1
        start = min(public, _number(disclosure.feedback or disclosure.published))
        first = min(first, start)
        settled = max(start, min(_number(disclosure.as_of), last))
        for problem in problems:
            for at, before, after in _steps(problem, start, settled):
                changes[at, after] += 1
                if before:
                    changes[at, before] -= 1
    months, held = [], dict.fromkeys((status.key for status in STATUSES), 0)
    for at in range(first, last + 1):
        held = {key: number + changes[at, key] for key, number in held.items()}
        months.append(Month(at // 12, at % 12 + 1, Counts(tuple(held.items())), published[at]))
    return tuple(months)


def _steps(problem: Problem, start: int, settled: int) -> Iterator[tuple[int, str, str]]:
    """Yield month, status before and status after of every change of a problem; the first has none before."""
    told = {start: UNTOLD}
    for entry in problem.progress:
        if entry.status:
            told[max(start, _number(entry.date))] = entry.status
    told = {at: status for at, status in told.items() if at < settled} | {settled: problem.status}
    before = ""
    for at, status in sorted(told.items()):
        if status != before:
            yield at, before, status
        before = status


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
