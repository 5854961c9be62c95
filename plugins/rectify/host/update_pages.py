"""What happened: disclosures that were published, every progress entry, what publications made of problems; newest first, by month."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from rectify.core.changes import Change
from rectify.core.language import N_, Message
from rectify.core.model import Disclosure, Problem, Progress
from rectify.core.register import Register
from rectify.core.site_map import SITE, at
from rectify.core.vocabulary import DONE
from rectify.host.bodies import BASE
from rectify.host.courses import entry_text
from rectify.host.fragments import Fragments
from rectify.host.month_charts import MonthChart, month_chart
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.paging import Numbered, cut
from rectify.host.pieces import Files, Piece
from rectify.host.publication import Told
from rectify.host.shell import Page
from rectify.outputs.change_texts import KINDS, from_to
from rectify.sources.store import key_of

PAGE_SIZE = 100
_PLACE = SITE["updates"]

_EVENTS = ("reopened", "deadline", "withdrawn", "restored")
"""What becomes of a problem by a publication, and no entry of it says."""

KINDS_OF_ENTRIES: dict[str, Message] = {
    "new": N_("新公开"),
    "done": N_("转为完成"),
    "reopened": N_("退回"),
    "moved": N_("改期"),
    "withdrawn": N_("撤回和恢复"),
    "progress": N_("其他进展"),
}
"""What readers look for, in the order of the filter."""
_KIND_OF_CHANGE = {"reopened": "reopened", "deadline": "moved", "withdrawn": "withdrawn", "restored": "withdrawn"}


class Entry(NamedTuple):
    """What happened on a day."""

    day: date
    problem: Problem
    progress: Progress | None = None
    change: Change | None = None
    registered: date | None = None
    """The day on which an entry was first public, where that was late."""
    kind: str = "progress"
    """One of `KINDS_OF_ENTRIES`."""


class Published(NamedTuple):
    """A disclosure on the day of its publication."""

    day: date
    disclosure: Disclosure
    number: int
    """Of its problems."""
    kind: str = "new"


def events_of(told: Told, register: Register) -> list[Entry]:
    """Return what the publications that led to this one made of the problems that the site has, the newest first."""
    problems = {problem.ref: problem for problem in register.problems}
    in_effect = set(told.ways.line(told.release))
    return [
        Entry(day, problems[change.ref], change=change, kind=_KIND_OF_CHANGE[change.kind])
        for release in told.releases
        if release.id in in_effect and (day := release.day())
        for change in release.changes
        if change.kind in _EVENTS and change.ref in problems
    ]


class Updates:
    """Makes the pages of what happened."""

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        progress: dict[str, str],
        events: Iterable[Entry],
        late: Mapping[str, Mapping[str, date]],
        fill: Callable[[Page], bytes],
        version: str,
    ):
        """`progress` has a fingerprint of each problem's entries, by its path; `late` are those of `late_entries`."""
        self._register, self._fragments = register, fragments
        self._fingerprints, self._fill, self._version = progress, fill, version
        published = [Published(one.published, one, len(register.of(one))) for one in register.disclosures]
        entries = [entry for p in register.problems for entry in _entries(p, late.get(p.ref))]
        self._entries: list[Entry | Published] = sorted(
            [*published, *events, *entries], key=lambda entry: entry.day, reverse=True
        )

    @property
    def months(self) -> list[str]:
        """The months in which anything happened, such as `2025-09`, the newest first."""
        return list(dict.fromkeys(entry.day.isoformat()[:7] for entry in self._entries))

    def pieces(self) -> Iterator[Piece]:
        """Yield a piece for every page of every month; the newest month also stands in front of them."""
        months = {m: tuple(g) for m, g in groupby(self._entries, key=lambda e: e.day.isoformat()[:7])}
        counts = [(month, len(entries)) for month, entries in months.items()]
        newest = next(iter(months), "")
        texts = self._fragments.texts
        title = texts.language.text("进展更新")
        yield from self._pieces(_PLACE.path, title, newest, months.get(newest, ()), counts, self._chart())
        names = list(months)
        for i, month in enumerate(names):
            # Neighbours only: with all months and their counts, one new entry would change every page.
            near = [(name, len(months[name])) for name in names[max(0, i - 1) : i + 2]]
            yield from self._pieces(
                at("month", month=month),
                texts.language.text("{month}的进展", month=texts.month(month)),
                month,
                months[month],
                near,
            )

    @cached_property
    def _registered_late(self) -> dict[str, Counter[str]]:
        """By the month in which entries of earlier ones were first public, how many there are of each."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entry in self._entries:
            if isinstance(entry, Entry) and entry.registered:
                registered, month = f"{entry.registered:%Y-%m}", f"{entry.day:%Y-%m}"
                if registered != month:
                    found[registered][month] += 1
        return dict(found)

    def _earlier(self, month: str, is_index: bool) -> list[tuple[str, int]]:
        """Return the earlier months with how many entries of theirs were registered in a month; in front of all months, since it began."""
        late = self._registered_late
        since = [registered for registered in late if registered >= month] if is_index else [month]
        found = sum((late.get(registered, Counter()) for registered in since), Counter[str]())
        return sorted(found.items(), reverse=True)

    def _chart(self) -> MonthChart | None:
        return month_chart(self._register, self._register.disclosures, self._register.as_of)

    def _pieces(
        self,
        url: str,
        title: str,
        month: str,
        entries: tuple[Entry | Published, ...],
        months: list[tuple[str, int]],
        course: MonthChart | None = None,
    ) -> Iterator[Piece]:
        for place, rows in cut(entries, PAGE_SIZE, url, _PLACE.numbered):
            about = [self._about(one) for one in rows]
            shown = course if place.number == 1 else None
            earlier = self._earlier(month, url == _PLACE.path) if place.number == 1 else []
            key = key_of(self._version, title, month, len(entries), months, about, shown, earlier)
            make = partial(self._page, place, title, month, len(entries), months, rows, shown, earlier)
            yield Piece(f"updates:{place.url}", key, make)

    def _page(
        self,
        place: Numbered,
        title: str,
        month: str,
        total: int,
        months: list[tuple[str, int]],
        rows: Sequence[Entry | Published],
        course: MonthChart | None,
        earlier: list[tuple[str, int]],
    ) -> Files:
        is_index = place.list_url == _PLACE.path
        here = next((i for i, (name, _) in enumerate(months) if name == month), 0)
        texts = self._fragments.texts
        language = texts.language
        name = language.text("进展更新")
        trail = [(name, None if is_index else Markup(BASE + _PLACE.path))]
        content = self._fragments.render(
            "updates",
            title=title,
            newer=months[here - 1] if here and not is_index else None,
            older=months[here + 1] if here + 1 < len(months) else None,
            month=month,
            total=total,
            months=months,
            course=course,
            earlier=earlier,
            kinds=KINDS,
            kinds_of_entries=KINDS_OF_ENTRIES,
            page=place.number,
            pages=place.pages,
            urls=place.urls,
            entries=[(one, self._unit(one), self._told(one)) for one in rows],
            years=[(year, list(one)) for year, one in groupby(months, key=lambda pair: pair[0][:4])],
            found=[(key, name, n) for key, name in KINDS_OF_ENTRIES.items() if (n := sum(e.kind == key for e in rows))],
            marks=[_mark(one) for one in rows] if is_index and place.number == 1 else [],
            is_index=is_index,
            trail=trail if is_index else [*trail, (texts.month(month), None)],
        )
        head = Head(column_tags("updates", language))
        page = Page(place.url, title, content, "", _PLACE.section, head)
        return [(page.path, self._fill(page))]

    def _about(self, entry: Entry | Published) -> object:
        """Return what a row depends on."""
        if isinstance(entry, Published):
            return entry.day, entry.disclosure.id, entry.disclosure.title, entry.disclosure.unit, entry.number
        return entry.day, self._fingerprints[entry.problem.path], entry.change, entry.registered, entry.kind

    def _unit(self, entry: Entry | Published) -> str:
        return (entry.disclosure if isinstance(entry, Published) else self._register.disclosure_of(entry.problem)).unit

    def _told(self, entry: Entry | Published) -> str:
        """Return from what to what a publication moved it; empty for what an entry or the kind says."""
        change = entry.change if isinstance(entry, Entry) else None
        return from_to(change.kind, change.before, change.after, self._fragments.texts.language) if change else ""


def _entries(problem: Problem, late: Mapping[str, date] | None) -> Iterator[Entry]:
    """Yield the progress entries of a problem, as what they are after those before."""
    done = False
    for entry in problem.progress:
        kind = "progress"
        if entry.status:
            now = entry.status in DONE
            kind = "done" if now and not done else "reopened" if done and not now else kind
            done = now
        yield Entry(entry.date, problem, entry, registered=_registered(entry, late), kind=kind)


def _mark(entry: Entry | Published) -> str:
    """Return a short text by which a browser knows an entry again."""
    if isinstance(entry, Published):
        about: tuple[str, ...] = (entry.disclosure.id,)
    else:
        about = (entry.problem.ref, entry.progress.text if entry.progress else "")
    whole = "\0".join((entry.day.isoformat(), entry.kind, *about))
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:8]


def _registered(entry: Progress, late: Mapping[str, date] | None) -> date | None:
    return late.get(entry_text(entry)) if late else None
