"""The register: every public disclosure and problem, indexed once and frozen. Every page and count is a query on it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Callable, Iterable, Mapping

from rectify.core.counts import Counts, count
from rectify.core.model import Problem, Progress, Report
from rectify.core.vocabulary import GENRES

PUBLIC_SCOPE = "society"


def is_public(report: Report) -> bool:
    """Return whether a disclosure may appear in public output at all."""
    return GENRES[report.genre].publishable and report.scope == PUBLIC_SCOPE


class Register:
    """Disclosures in the order of publication, newest first, with their problems in document order.

    Takes all reports that were read and keeps the public ones; withdrawn problems keep their place, not their text.
    """

    def __init__(self, reports: Iterable[Report], problems: Mapping[str, Iterable[Problem]], as_of: date | None = None):
        public = sorted((r for r in reports if is_public(r)), key=lambda r: r.id)
        self.reports: tuple[Report, ...] = tuple(sorted(public, key=lambda r: r.published, reverse=True))
        self.by_id: dict[str, Report] = {r.id: r for r in self.reports}
        self._problems = {r.id: tuple(p.shown() for p in problems.get(r.id, ())) for r in self.reports}
        self.problems: tuple[Problem, ...] = tuple(p for r in self.reports for p in self._problems[r.id])
        self.as_of: date = as_of or max((r.as_of for r in self.reports), default=date(1970, 1, 1))
        """The one date that overdue is computed for: declared, or the newest as-of date of all disclosures."""

    def of(self, report: Report) -> tuple[Problem, ...]:
        """Return a disclosure's problems in document order."""
        return self._problems[report.id]

    def report_of(self, problem: Problem) -> Report:
        return self.by_id[problem.report]

    def _index(self, key: Callable[[Problem], Iterable[str]]) -> dict[str, tuple[Problem, ...]]:
        index: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            for value in key(problem):
                index[value].append(problem)
        return {value: tuple(problems) for value, problems in sorted(index.items())}

    @cached_property
    def by_status(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: (p.status,))

    @cached_property
    def by_unit(self) -> dict[str, tuple[Problem, ...]]:
        """Problems by disclosing unit."""
        return self._index(lambda p: (self.by_id[p.report].unit,))

    @cached_property
    def by_group(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: (p.group,) if p.group else ())

    @cached_property
    def by_category(self) -> dict[str, tuple[Problem, ...]]:
        return self._index(lambda p: (p.category,) if p.category else ())

    @cached_property
    def by_year(self) -> dict[str, tuple[Problem, ...]]:
        """Problems by year of publication of their disclosure, newest first."""
        index = self._index(lambda p: (self.by_id[p.report].year,))
        return dict(sorted(index.items(), reverse=True))

    @cached_property
    def overdue(self) -> tuple[Problem, ...]:
        """Open problems whose deadline has passed, longest overdue first."""
        found = (p for p in self.problems if p.overdue(self.as_of))
        return tuple(sorted(found, key=lambda p: (p.deadline, p.ref)))

    @cached_property
    def counts(self) -> Counts:
        return self.count(self.problems)

    def count(self, problems: Iterable[Problem]) -> Counts:
        return count(problems, self.as_of)

    @cached_property
    def _report_counts(self) -> dict[str, Counts]:
        return {r.id: self.count(self._problems[r.id]) for r in self.reports}

    def counts_of(self, report: Report) -> Counts:
        return self._report_counts[report.id]

    @cached_property
    def updates(self) -> tuple[tuple[Progress, Problem], ...]:
        """Every progress entry with its problem, newest first."""
        entries = ((entry, p) for p in self.problems for entry in p.progress)
        return tuple(sorted(entries, key=lambda pair: pair[0].date, reverse=True))

    @cached_property
    def _reports_by_unit(self) -> dict[str, tuple[Report, ...]]:
        index: defaultdict[str, list[Report]] = defaultdict(list)
        for report in self.reports:
            index[report.unit].append(report)
        return {unit: tuple(reports) for unit, reports in index.items()}

    def others_of_unit(self, report: Report) -> tuple[Report, ...]:
        """Return the unit's other disclosures, newest first."""
        return tuple(r for r in self._reports_by_unit[report.unit] if r.id != report.id)
