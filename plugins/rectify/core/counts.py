"""Counting: always a numerator and its denominator, on one axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from rectify.core.language import Language, spoken
from rectify.core.model import Problem
from rectify.core.vocabulary import OPEN, STATES, STATUSES, UNSTATED, VERIFIED, Term


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
    def verified(self) -> int:
        """How many of those that are done the inspecting side has verified."""
        return dict(self.by_status).get(VERIFIED.key, 0)

    @property
    def open(self) -> int:
        return self._of_state("open")

    @property
    def unstated(self) -> int:
        return self._of_state("unstated")

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
        """Return the completion rate to one decimal, computed and never typed; empty where it is not known."""
        return f"{100 * self.done / self.total:.1f}%" if self.total and not self.unstated else ""

    def data(self) -> dict[str, Any]:
        return {
            "total": self.total,
            **dict(self.states),
            "verified": self.verified,
            "overdue": self.overdue,
            "by_status": dict(self.by_status),
        }


def count(problems: Iterable[Problem], on: date) -> Counts:
    """Return the counts of these problems, overdue as of the date `on`."""
    problems = tuple(problems)
    found = Counter([p.status for p in problems])
    late = [p for p in problems if p.deadline is not None and p.deadline < on]
    return Counts(tuple((term.key, found[term.key]) for term in STATUSES), sum(p.status in OPEN for p in late))


def sum_name(state: Term, language: Language, by_status: Mapping[str, int] | None = None) -> str:
    """Return what a sum over a state is called inside a sentence: 持续推进 where it is of that status alone, else 尚未完成.

    So a sum never has the name of one of its parts where it counts others too: 已完成（含已销号）. Where `by_status` is None
    it may be a sum of any.
    """
    own = STATUSES[state.status]
    others = [
        language.inside(language.name(status))
        for status in STATUSES
        if status.counts_as == state.key and status != own and (by_status is None or by_status.get(status.key))
    ]
    name = language.inside(language.name(state if others else own))
    if not others or state.label != own.label:
        return name
    return language.text("{state}（含{members}）", state=name, members=language.text("、").join(others))


def headline(
    counts: Mapping[str, Any], stated: Mapping[str, int] | None = None, language: Language | None = None
) -> str:
    """Return the sentence printed for counts, which are as `Counts.data` has them: “25 problems: 8 done, 17 ongoing”.

    Where a notice does not state how far each problem is, it says so, and what the notice states instead: `stated` has the
    declared counts of a disclosure.
    """
    language = language or spoken()
    total, done, unstated = counts["total"], counts["done"], counts.get("unstated", 0)
    names = {f"{key}_name": sum_name(state, language, counts.get("by_status")) for key, state in STATES.entries.items()}
    if not unstated:
        return language.plural(
            "{number}个问题：{done_name}{done}个，{open_name}{open}个", total, done=done, open=counts["open"], **names
        )
    if unstated == total:
        told = language.plural("{number}个问题：逐项状态未单独公布", total)
    else:
        told = language.plural(
            "{number}个问题：{done_name}{done}个，{open_name}{open}个，{unstated_name}{unstated}个",
            total,
            done=done,
            open=counts["open"],
            unstated=unstated,
            **names,
        )
    by_status = stated_counts(stated or {}, language)
    return language.text("{counts}；通报称{stated}", counts=told, stated=by_status) if by_status else told


def stated_counts(stated: Mapping[str, int], language: Language) -> str:
    """Return how many problems a notice states to be of which status, such as 已完成8个、持续推进17个; empty where it does not."""
    parts = [
        language.text("{status}{number}个", status=language.inside(language.name(STATUSES[key])), number=number)
        for key, number in stated.items()
        if key in STATUSES.entries and key != UNSTATED
    ]
    return language.text("、").join(parts)


def is_overtaken(stated: Mapping[str, int], counts: Counts) -> bool:
    """Return whether the register does not say the same as the notice by now, or says less."""
    registered = dict(counts.by_status)
    return any(number != registered.get(key, number) for key, number in stated.items())
