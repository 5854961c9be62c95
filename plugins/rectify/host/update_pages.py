"""Every progress entry, and what publications made of problems, newest first, by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from rectify.core.changes import Change
from rectify.core.model import Problem, Progress
from rectify.core.register import Register
from rectify.core.site_map import SITE, at
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


class Entry(NamedTuple):
    """What happened on a day."""

    day: date
    problem: Problem
    progress: Progress | None = None
    change: Change | None = None
    registered: date | None = None
    """The day on which an entry was first public, where that was late."""


def events_of(told: Told, register: Register) -> list[Entry]:
    """Return what the publications that led to this one made of the problems that the site has, the newest first."""
    problems = {problem.ref: problem for problem in register.problems}
    in_effect = set(told.ways.line(told.release))
    return [
        Entry(day, problems[change.ref], change=change)
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
        entries = [Entry(one.date, p, one, registered=_registered(one, late.get(p.ref))) for one, p in register.updates]
        self._entries = sorted([*events, *entries], key=lambda entry: entry.day, reverse=True)

    def pieces(self) -> Iterator[Piece]:
        """Yield a piece for every page of every month; the newest month also stands in front of them."""
        months = {m: tuple(g) for m, g in groupby(self._entries, key=lambda e: e.day.isoformat()[:7])}
        counts = [(month, len(entries)) for month, entries in months.items()]
        newest = next(iter(months), "")
        texts = self._fragments.texts
        title = texts.language.text("进展更新")
        course = month_chart(self._register, self._register.disclosures, self._register.as_of)
        yield from self._pieces(_PLACE.path, title, newest, months.get(newest, ()), counts, course)
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

    def _pieces(
        self,
        url: str,
        title: str,
        month: str,
        entries: tuple[Entry, ...],
        months: list[tuple[str, int]],
        course: MonthChart | None = None,
    ) -> Iterator[Piece]:
        for place, rows in cut(entries, PAGE_SIZE, url, _PLACE.numbered):
            about = [(one.day, self._fingerprints[one.problem.path], one.change, one.registered) for one in rows]
            shown = course if place.number == 1 else None
            key = key_of(self._version, title, month, len(entries), months, about, shown)
            make = partial(self._page, place, title, month, len(entries), months, rows, shown)
            yield Piece(f"updates:{place.url}", key, make)

    def _page(
        self,
        place: Numbered,
        title: str,
        month: str,
        total: int,
        months: list[tuple[str, int]],
        rows: Sequence[Entry],
        course: MonthChart | None,
    ) -> Files:
        is_index = place.list_url == _PLACE.path
        texts = self._fragments.texts
        language = texts.language
        name = language.text("进展更新")
        trail = [(language.text("首页"), Markup(BASE)), (name, None if is_index else Markup(BASE + _PLACE.path))]
        content = self._fragments.render(
            "updates",
            title=title,
            month=month,
            total=total,
            months=months,
            course=course,
            kinds=KINDS,
            page=place.number,
            pages=place.pages,
            urls=place.urls,
            entries=[(one, self._register.disclosure_of(one.problem).unit, self._told(one)) for one in rows],
            is_index=is_index,
            trail=trail if is_index else [*trail, (texts.month(month), None)],
        )
        head = Head(column_tags("updates", language))
        page = Page(place.url, title, content, "", _PLACE.section, head)
        return [(page.path, self._fill(page))]

    def _told(self, entry: Entry) -> str:
        """Return from what to what a publication moved it; empty for what an entry or the kind says."""
        change = entry.change
        return from_to(change.kind, change.before, change.after, self._fragments.texts.language) if change else ""


def _registered(entry: Progress, late: Mapping[str, date] | None) -> date | None:
    return late.get(entry_text(entry)) if late else None
