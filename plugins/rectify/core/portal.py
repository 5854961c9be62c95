"""A portal: the published sites of several units seen as one register, where each site speaks for its own day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from rectify.core.counts import Counts
from rectify.core.counts import count as count_on
from rectify.core.language import N_, Message
from rectify.core.model import TITLES, Disclosure, Problem, Titles
from rectify.core.register import STALE_AFTER, Register
from rectify.core.site_map import at
from rectify.core.units import Units
from rectify.core.vocabulary import STATUSES

SEPARATOR = ":"
"""Between the key of a site and an id of it: two sites may call their disclosures the same."""


SITES = "sites/"
"""Where a portal tells of its sites."""
OVER_ADDRESSES = {"problems": at("table"), "disclosures": SITES, "sites": SITES}
"""Where a portal has what a register has elsewhere."""


class Listed(NamedTuple):
    """A site as the portal lists it."""

    key: str
    name: str
    unit: str
    address: str
    """Where its pages are, ending in a slash."""


class State(NamedTuple):
    """How the last attempt to collect a site went, and what is kept of it."""

    outcome: str = "away"
    """One of `OUTCOMES`."""
    reason: str = ""
    """What was wrong, in a sentence."""
    asked: str = ""
    """The day of the last attempt."""
    since: str = ""
    """The day since which it has been wrong."""
    taken: str = ""
    """The day on which what is kept was collected; empty where nothing is."""
    release: str = ""
    published: str = ""
    as_of: str = ""
    """The day that what is kept speaks for."""
    manifest: str = ""
    """SHA-256 of the manifest of what is kept, by which its folder is called."""


OUTCOMES: Mapping[str, Message] = {
    "good": N_("正常"),
    "stale": N_("久未更新"),
    "away": N_("无法访问"),
    "altered": N_("与清单不符"),
    "other": N_("版本不同"),
    "older": N_("退回旧版"),
    "closed": N_("暂停公开"),
}
"""What became of a site; all but the first two leave what was collected before."""
ABOUT_OUTCOMES: Mapping[str, Message] = {
    "good": N_("取到了，逐个文件与清单相符。"),
    "stale": N_("取到了，但是数据截至的日期已经很早。"),
    "away": N_("网站没有回答，或者没有清单。"),
    "altered": N_("文件与清单不符，签名不对，数据自相矛盾或者不合规范。"),
    "other": N_("由门户读不懂的版本生成。"),
    "older": N_("比上一次取得的旧。"),
    "closed": N_("网站自己换上了一页说明。"),
}
TAKEN = frozenset(("good", "stale"))


class SiteFigures(NamedTuple):
    """What a site says of itself as a whole."""

    as_of: date
    counts: Counts
    disclosures: tuple[Disclosure, ...]
    problems: Mapping[str, tuple[Problem, ...]]


class PortalDisclosure(Disclosure):
    """A disclosure of a site; its id begins with the site's key, its address is on its own site."""

    site: Member

    @property
    def url(self) -> str:
        return self.site.listed.address + at("disclosure", disclosure=own(self.id))

    def shown(self) -> Disclosure:
        return self


class PortalProblem(Problem):
    """A problem of a site, overdue on the day that its site speaks for, whatever day it is elsewhere."""

    site: Member

    @property
    def own_ref(self) -> str:
        """The reference that it has on its site."""
        return own(self.ref)

    @property
    def url(self) -> str:
        return self.site.listed.address + at("problem", disclosure=own(self.disclosure), nn=self.nn)

    def shown(self, titles: Titles = TITLES) -> Problem:
        return self

    def overdue(self, on: date) -> bool:
        return super().overdue(self.site.as_of)

    def days_overdue(self, on: date) -> int:
        return super().days_overdue(self.site.as_of)


def own(reference: str) -> str:
    """Return what a disclosure or a problem is called on its own site."""
    return reference.partition(SEPARATOR)[2]


class Member:
    """A site of a portal with what is kept of it."""

    def __init__(self, listed: Listed, state: State, figures: SiteFigures | None, titles: Titles = TITLES):
        self.listed, self.state, self.has_figures = listed, state, figures is not None
        self.as_of = figures.as_of if figures else date(1970, 1, 1)
        self.counts = figures.counts if figures else sum_of([])
        self.disclosures: list[PortalDisclosure] = []
        self.problems: dict[str, tuple[PortalProblem, ...]] = {}
        for one in figures.disclosures if figures else ():
            disclosure = PortalDisclosure(*one.shown()._replace(id=f"{listed.key}{SEPARATOR}{one.id}"))
            disclosure.site = self
            self.disclosures.append(disclosure)
            shown = (problem.shown(titles) for problem in figures.problems.get(one.id, ())) if figures else ()
            self.problems[disclosure.id] = tuple(self._problem(disclosure, problem) for problem in shown)

    @property
    def url(self) -> str:
        """The address of its page on the portal."""
        return f"{SITES}{self.listed.key}/"

    def _problem(self, disclosure: PortalDisclosure, problem: Problem) -> PortalProblem:
        earlier = tuple(f"{self.listed.key}{SEPARATOR}{ref}" for ref in problem.earlier)
        path = f"{disclosure.id}/{problem.nn}"
        made = PortalProblem(*problem._replace(disclosure=disclosure.id, earlier=earlier, path=path))
        made.site = self
        return made

    @property
    def since(self) -> date | None:
        """The day since which it has not been as it should be."""
        return date.fromisoformat(self.state.since) if self.state.since else None

    @property
    def taken(self) -> date | None:
        """The day on which its figures were collected."""
        return date.fromisoformat(self.state.taken) if self.state.taken else None

    @property
    def published(self) -> date | None:
        """The day of its release."""
        return date.fromisoformat(self.state.published) if self.state.published else None

    @property
    def is_current(self) -> bool:
        """Whether its figures are those that it shows itself, and not long ago."""
        return self.state.outcome == "good"


class Branch(NamedTuple):
    """A unit of the tree with its own sites and the units that belong to it."""

    unit: str
    sites: tuple[Member, ...]
    branches: tuple[Branch, ...]

    @property
    def everyone(self) -> tuple[Member, ...]:
        """The sites of the unit and of all that belong to it."""
        return (*self.sites, *(one for branch in self.branches for one in branch.everyone))

    @property
    def counts(self) -> Counts:
        return sum_of(one.counts for one in self.everyone)


class Portal(Register):
    """The register of all sites together. No count is made anew: every sum is one of the figures of the sites."""

    def __init__(self, members: Iterable[Member], units: Units):
        self.members = tuple(members)
        self.units = units
        everything = [one for member in self.members for one in member.disclosures]
        ordered = sorted(sorted(everything, key=lambda one: one.id), key=lambda one: one.published, reverse=True)
        self.disclosures = tuple(ordered)
        self.by_id = {one.id: one for one in self.disclosures}
        self._problems = {one.id: one.site.problems[one.id] for one in ordered}
        self.problems = tuple(problem for one in ordered for problem in one.site.problems[one.id])
        self.as_of = self.last_day

    @property
    def with_figures(self) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.has_figures)

    @cached_property
    def first_day(self) -> date:
        """The earliest day that a site speaks for."""
        return min((one.as_of for one in self.with_figures), default=date(1970, 1, 1))

    @cached_property
    def last_day(self) -> date:
        return max((one.as_of for one in self.with_figures), default=date(1970, 1, 1))

    @cached_property
    def counts(self) -> Counts:
        return sum_of(one.counts for one in self.members)

    @cached_property
    def _disclosure_counts(self) -> dict[str, Counts]:
        return {
            one.id: count_on(member.problems[one.id], member.as_of)
            for member in self.members
            for one in member.disclosures
        }

    @cached_property
    def ended(self) -> frozenset[str]:
        return frozenset(
            one.id
            for member in self.members
            for one in member.disclosures
            if (member.as_of - one.as_of).days > STALE_AFTER
        )

    @cached_property
    def in_several(self) -> tuple[tuple[Problem, ...], ...]:
        """The problems that several sites list: of one unit, under one title, in disclosures of one title."""
        alike: defaultdict[tuple[str, str, str], list[Problem]] = defaultdict(list)
        for problem in self.problems:
            if not problem.withdrawn:
                disclosure = self.by_id[problem.disclosure]
                alike[self.units.name(disclosure.unit), disclosure.title, problem.title].append(problem)
        return tuple(
            tuple(some) for some in alike.values() if len({one.disclosure.partition(SEPARATOR)[0] for one in some}) > 1
        )

    @cached_property
    def tree(self) -> tuple[Branch, ...]:
        """The units of the sites as they belong to one another."""
        sites: defaultdict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            sites[self.units.name(member.listed.unit)].append(member)
        below: defaultdict[str, list[str]] = defaultdict(list)
        known = dict.fromkeys(sites)
        for unit in list(known):
            while parent := self.units.parent(unit):
                known.setdefault(parent)
                unit = parent
        for unit in known:
            below[self.units.parent(unit)].append(unit)

        def branch(unit: str) -> Branch:
            return Branch(unit, tuple(sites[unit]), tuple(map(branch, below[unit])))

        return tuple(map(branch, below[""]))


def sum_of(some: Iterable[Counts]) -> Counts:
    """Return the sum of counts."""
    total, overdue = dict.fromkeys(STATUSES.entries, 0), 0
    for counts in some:
        overdue += counts.overdue
        for key, number in counts.by_status:
            total[key] += number
    return Counts(tuple(total.items()), overdue)


def state_of(data: Mapping[str, Any]) -> State:
    """Return a state from its data; what is none of it is left out."""
    return State(**{name: value for name, value in data.items() if name in State._fields and isinstance(value, str)})
