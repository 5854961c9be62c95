"""Counting: always a numerator and its denominator, on one axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from rectify.core.language import Language, spoken
from rectify.core.model import Problem
from rectify.core.vocabulary import DONE, STATES, STATUSES


class Counts(NamedTuple):
    """How many problems there are of each status."""

    by_status: tuple[tuple[str, int], ...]
    """Every status of the vocabulary in its order, zeros included."""
    overdue: int = 0

    @property
    def total(self) -> int:
        return sum(n for _, n in self.by_status)

    @property
    def done(self) -> int:
        return self._of_state("done")

    @property
    def open(self) -> int:
        return self._of_state("open")

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """How many problems there are of each state, in the order of the vocabulary."""
        return tuple((state.key, self._of_state(state.key)) for state in STATES)

    def _of_state(self, state: str) -> int:
        return sum(n for key, n in self.by_status if STATUSES[key].counts_as == state)

    @property
    def shown(self) -> tuple[tuple[str, int], ...]:
        """The statuses that occur, in the order of the vocabulary from done to pending."""
        return tuple((key, n) for key, n in reversed(self.by_status) if n)

    def percent(self) -> str:
        """Return the completion rate to one decimal, computed and never typed; empty without problems."""
        return f"{100 * self.done / self.total:.1f}%" if self.total else ""

    def data(self) -> dict[str, Any]:
        return {"total": self.total, "done": self.done, "open": self.open, "by_status": dict(self.by_status)}


def count(problems: Iterable[Problem], on: date) -> Counts:
    """Return the counts of these problems, overdue as of the date `on`."""
    problems = tuple(problems)
    found = Counter([p.status for p in problems])
    late = [p for p in problems if p.deadline is not None and p.deadline < on]
    return Counts(tuple((term.key, found[term.key]) for term in STATUSES), sum(p.status not in DONE for p in late))


def headline(counts: Counts, language: Language | None = None) -> str:
    """Return the sentence printed for a disclosure: “25 problems: 8 done, 17 ongoing”."""
    return (language or spoken()).plural(
        "{number}个问题：已完成{done}个，持续推进{open}个", counts.total, done=counts.done, open=counts.open
    )
