"""How long it took from the feedback of an inspection until problems were done; nothing is supposed where a day is not stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from rectify.core.model import Disclosure, Problem


class Durations(NamedTuple):
    """The days that it took, of those problems that are done whose days are both stated."""

    days: tuple[int, ...] = ()
    """In ascending order."""
    done: int = 0
    """How many problems are done, with these days or without."""

    @property
    def number(self) -> int:
        """How many problems the days are of."""
        return len(self.days)

    @property
    def middle(self) -> float | None:
        """The median in days, to half a day; None where there is none."""
        if not self.days:
            return None
        days = median(self.days)
        return days if days % 1 else int(days)

    def data(self) -> dict[str, float | int | None]:
        """Return the figures as the open data have them: the median in days, of how many problems, out of how many that are done."""
        return {"median_days": self.middle, "problems": self.number, "done": self.done}


def durations(disclosures: Iterable[tuple[Disclosure, Iterable[Problem]]]) -> Durations:
    """Return how long the problems of some disclosures took, from the day of feedback to the first entry since which each is done.

    What was put right before the feedback took no time after it.
    """
    pairs = [(disclosure, problem) for disclosure, problems in disclosures for problem in problems if problem.done]
    return Durations(tuple(sorted(_days(pairs))), len(pairs))


def _days(pairs: Iterable[tuple[Disclosure, Problem]]) -> Iterator[int]:
    for disclosure, problem in pairs:
        if disclosure.feedback and (day := problem.done_on):
            yield max(0, (day - disclosure.feedback).days)
