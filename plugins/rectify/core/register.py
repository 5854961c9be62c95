"""The register: every public disclosure and problem, indexed once and frozen. Every page and count is a query on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from rectify.core.counts import Counts, count
from rectify.core.durations import Durations, durations
from rectify.core.model import TITLES, Disclosure, Problem, Progress, Titles
from rectify.core.name_order import order_of
from rectify.core.units import NO_UNITS, Units
from rectify.core.vocabulary import GENRES

PUBLIC_SCOPE = "society"
STALE_AFTER = 180
"""Days after which a disclosure that has not been brought up to date says so; half a year, as for a column of a website."""


def is_public(disclosure: Disclosure) -> bool:
    """Return whether a disclosure may appear in public output at all."""
    return GENRES[disclosure.genre].publishable and disclosure.scope == PUBLIC_SCOPE


class Register:
    """Disclosures in the order of publication, newest first, with their problems in document order.

    Takes all reports that were read and keeps the public ones; withdrawn problems keep their place, not their text.
    """

    def __init__(
        self,
        disclosures: Iterable[Disclosure],
        problems: Mapping[str, Iterable[Problem]],
        as_of: date | None = None,
        titles: Titles = TITLES,
        units: Units = NO_UNITS,
    ):
        """`titles` are those of problems without a text; `units` puts names of units in order."""
        self.units = units
        public = sorted((r.shown() for r in disclosures if is_public(r)), key=lambda r: r.id)
        self.disclosures: tuple[Disclosure, ...] = tuple(sorted(public, key=lambda r: r.published, reverse=True))
        self.by_id: dict[str, Disclosure] = {r.id: r for r in self.disclosures}
        self._problems = {r.id: tuple(p.shown(titles) for p in problems.get(r.id, ())) for r in self.disclosures}
        self.problems: tuple[Problem, ...] = tuple(p for r in self.disclosures for p in self._problems[r.id])
        self.as_of: date = as_of or max((r.as_of for r in self.disclosures), default=date(1970, 1, 1))
        """The one date that overdue is computed for: declared, or the newest as-of date of all disclosures."""

    def of(self, disclosure: Disclosure) -> tuple[Problem, ...]:
        """Return a disclosure's problems in document order."""
        return self._problems[disclosure.id]

    def disclosure_of(self, problem: Problem) -> Disclosure:
        return self.by_id[problem.disclosure]

    def _index(
        self, key: Callable[[Problem], Iterable[str]], order: Callable[[str], Any] = order_of
    ) -> dict[str, tuple[Problem, ...]]:
        index: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            for value in key(problem):
                index[value].append(problem)
        return {value: tuple(index[value]) for value in sorted(index, key=order)}

    @cached_property
    def by_status(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: (p.status,))

    @cached_property
    def by_unit(self) -> dict[str, tuple[Problem, ...]]:
        """Problems by disclosing unit."""
        return self._index(lambda p: (self.by_id[p.disclosure].unit,), self.units.order_of)

    @cached_property
    def by_group(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: (p.group,) if p.group else ())

    @cached_property
    def by_category(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: (p.category,) if p.category else ())

    @cached_property
    def by_year(self) -> dict[str, tuple[Problem, ...]]:
        """Problems by year of publication of their disclosure, newest first."""
        index = self._index(lambda p: (self.by_id[p.disclosure].year,))
        return dict(sorted(index.items(), reverse=True))

    @cached_property
    def by_flag(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: p.flags)

    @cached_property
    def by_priority(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: p.priority)

    @cached_property
    def priorities(self) -> tuple[Problem, ...]:
        """The problems that are a priority, by whichever criterion."""
        return tuple(p for p in self.problems if p.priority)

    @cached_property
    def by_ref(self) -> dict[str, Problem]:
        return {p.ref: p for p in self.problems}

    @cached_property
    def matters(self) -> dict[str, tuple[Problem, ...]]:
        """By reference, the problems that are the same matter in several disclosures, the first published first.

        What belongs to no other has no entry. A matter that was split or put together with another is one matter.
        """
        joined: dict[str, list[str]] = {}
        for problem in self.problems:
            for ref in problem.earlier:
                if ref in self.by_ref and ref != problem.ref:
                    one, other = joined.get(problem.ref, [problem.ref]), joined.get(ref, [ref])
                    if one is not other:
                        one += other
                        joined.update(dict.fromkeys(one, one))
        whole = {id(refs): refs for refs in joined.values()}
        ordered = {
            key: tuple(
                sorted(map(self.by_ref.__getitem__, refs), key=lambda p: (self.disclosure_of(p).published, p.ref))
            )
            for key, refs in whole.items()
        }
        return {ref: ordered[id(refs)] for ref, refs in joined.items()}

    @cached_property
    def repeated(self) -> tuple[tuple[Problem, ...], ...]:
        """The matters that are in several disclosures, each once."""
        return tuple(dict.fromkeys(self.matters.values()))

    @property
    def matter_count(self) -> int:
        """How many matters the problems are: those that are the same matter count as one."""
        return len(self.problems) - len(self.matters) + len(self.repeated)

    @cached_property
    def overdue(self) -> tuple[Problem, ...]:
        """Open problems whose deadline has passed, longest overdue first."""
        found = (p for p in self.problems if p.overdue(self.as_of))
        return tuple(sorted(found, key=lambda p: (p.deadline, p.ref)))

    @cached_property
    def ended(self) -> frozenset[str]:
        """Ids of the disclosures whose as-of date lies long before that of the register: they say nothing of the time since."""
        return frozenset(r.id for r in self.disclosures if (self.as_of - r.as_of).days > STALE_AFTER)

    def is_stale(self, disclosure: Disclosure) -> bool:
        """Return whether nothing has been said for long of a disclosure with problems that are known not to be done."""
        return disclosure.id in self.ended and self.counts_of(disclosure).open > 0

    @cached_property
    def stale(self) -> tuple[Disclosure, ...]:
        return tuple(r for r in self.disclosures if self.is_stale(r))

    @cached_property
    def first_as_of(self) -> date:
        """The earliest as-of date of a disclosure."""
        return min((r.as_of for r in self.disclosures), default=self.as_of)

    @cached_property
    def last_as_of(self) -> date:
        return max((r.as_of for r in self.disclosures), default=self.as_of)

    @cached_property
    def counts(self) -> Counts:
        return self.count(self.problems)

    def count(self, problems: Iterable[Problem]) -> Counts:
        return count(problems, self.as_of)

    @cached_property
    def _disclosure_counts(self) -> dict[str, Counts]:
        return {r.id: self.count(self._problems[r.id]) for r in self.disclosures}

    def counts_of(self, disclosure: Disclosure) -> Counts:
        return self._disclosure_counts[disclosure.id]

    def durations_of(self, disclosures: Iterable[Disclosure]) -> Durations:
        """Return how long the problems of these disclosures took from the feedback until they were done."""
        return durations((disclosure, self.of(disclosure)) for disclosure in disclosures)

    @cached_property
    def durations(self) -> Durations:
        """How long those of the whole site took."""
        return self.durations_of(self.disclosures)

    @cached_property
    def durations_by_unit(self) -> dict[str, Durations]:
        return {unit: self.durations_of(self.of_unit(unit)) for unit in self.by_unit}

    @cached_property
    def updates(self) -> tuple[tuple[Progress, Problem], ...]:
        """Every progress entry with its problem, newest first."""
        entries = ((entry, p) for p in self.problems for entry in p.progress)
        return tuple(sorted(entries, key=lambda pair: pair[0].date, reverse=True))

    @cached_property
    def unit_names(self) -> tuple[str, ...]:
        """The units of the disclosures, in the order in which they are listed."""
        return tuple(sorted(self._disclosures_by_unit, key=self.units.order_of))

    @cached_property
    def _disclosures_by_unit(self) -> dict[str, tuple[Disclosure, ...]]:
        index: defaultdict[str, list[Disclosure]] = defaultdict(list)
        for disclosure in self.disclosures:
            index[disclosure.unit].append(disclosure)
        return {unit: tuple(disclosures) for unit, disclosures in index.items()}

    def of_unit(self, unit: str) -> tuple[Disclosure, ...]:
        """Return a unit's disclosures, newest first."""
        return self._disclosures_by_unit.get(unit, ())

    def others_of_unit(self, disclosure: Disclosure) -> tuple[Disclosure, ...]:
        """Return the unit's other disclosures, newest first."""
        return tuple(r for r in self._disclosures_by_unit[disclosure.unit] if r.id != disclosure.id)
