"""Static lists of problems: all of them, and by every axis, a hundred on a page, each with its counts."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from rectify.core.counts import Counts, headline
from rectify.core.durations import Durations
from rectify.core.language import N_
from rectify.core.model import Disclosure, Problem
from rectify.core.register import Register
from rectify.core.site_map import PARTS, SITE, at
from rectify.core.vocabulary import STATES, STATUSES
from rectify.host.axes import AXES, STATE, STATUS, UNIT, YEAR, Axis
from rectify.host.bodies import BASE
from rectify.host.fragments import Fragments
from rectify.host.month_charts import month_chart
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.paging import Numbered, cut
from rectify.host.pieces import Bundle, Files, Piece
from rectify.host.shell import Page
from rectify.sources.store import key_of

PAGE_SIZE = 100
AXIS_SIZE = 50
"""Values of an axis on a page."""
PANEL_SIZE = 8
_PLACE = SITE["problems"]
OVERDUE = at("overdue")

_SORTS = (("deadline", N_("时限")), ("-progress", N_("最近进展")), ("status", N_("状态")), ("unit", N_("单位")))
"""How the table of all problems can be sorted from a list."""
_SEPARATOR = "\x1arow\x1a"


class Panel(NamedTuple):
    """One axis in the side column of a list."""

    key: str
    label: str
    url: str
    entries: tuple[tuple[str, str, int], ...] = ()
    """Label, address and number of problems of the values shown."""
    more: int = 0
    """How many values there are, when not all are shown."""


class Listing(NamedTuple):
    """One list, before it is cut into pages."""

    url: str
    """As a file path, relative to the site's root."""
    title: str
    problems: tuple[Problem, ...]
    counts: Counts | None
    """Told on the first page alone, so that a changed status does not change every page of every list."""
    trail: tuple[tuple[str, str | None], ...]
    parts: dict[str, str]
    """Where the parts named in PARTS are listed; empty where the figures of parts are not shown."""
    panels: tuple[Panel, ...]
    asked: tuple[tuple[str, str], ...] = ()
    """What the table of all problems is asked for to show the same."""
    note: str = ""
    empty: str = ""
    """What is said in place of problems where there are none."""
    disclosures: tuple[tuple[Disclosure, Counts], ...] = ()
    """Those of the unit whose problems are listed, the newest first, with their counts."""
    matters: tuple[tuple[Problem, ...], ...] = ()
    """What came up again, of that unit."""
    took: Durations = Durations()
    """How long its problems took from the feedback until they were done."""


class Lists:
    """Makes the list pages of a register."""

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        rows: dict[str, str],
        facts: Mapping[str, str],
        fill: Callable[[Page], bytes],
        version: str,
    ):
        """`rows` has a fingerprint of what a row shows, by the problem's path, `facts` of what pages show of a disclosure, by its id."""
        self._register, self._fragments = register, fragments
        self._facts, self._fingerprints, self._fill, self._version = facts, rows, fill, version
        self._rows: dict[str, str] = {}
        self._sizes = _sizes(register.counts)
        self._texts, self._language = fragments.texts, fragments.texts.language
        self._all = (self._language.text("全部问题"), BASE + _PLACE.path)
        overdue = Panel("overdue", self._language.text("逾期"), OVERDUE)
        # Without counts, so that a changed status does not change the side column of every list.
        self._panels = (*(Panel(axis.key, axis.by(self._language), axis.url) for axis in AXES), overdue)
        self._sorts = [(sort, self._language.say(label)) for sort, label in _SORTS]
        self._values = {
            axis: {value: (rows, register.count(rows)) for value, rows in axis.entries(register).items()}
            for axis in AXES
        }

    def pieces(self) -> Iterator[Piece | Bundle]:
        """Yield a piece for every page of every list, those of one value of an axis together."""
        for listing in self._listings():
            yield from self._pages(listing)
        for axis in AXES:
            for value, (rows, counts) in self._values[axis].items():
                about = "".join([self._fingerprints[p.path] for p in rows])
                beside = self._beside(value) if axis is UNIT else ()
                parts = self._part_links(axis, value, counts)
                key = key_of(self._version, self._register.as_of, about, counts, parts, beside)
                yield Bundle(f"lists:{axis.value_path(value)}", key, partial(self._of_value, axis, value, rows, counts))
        yield from self._axis_pages()

    def _beside(self, unit: str) -> tuple[str, ...]:
        """Return the fingerprints of what the list of a unit shows besides its rows."""
        named = {one.id for one in self._register.of_unit(unit)}
        named |= {problem.disclosure for matter in self._matters(named) for problem in matter}
        return tuple(self._facts[one] for one in sorted(named))

    def _matters(self, ids: Container[str]) -> tuple[tuple[Problem, ...], ...]:
        """Return what came up again in some disclosures, or was in another before."""
        repeated = self._register.repeated
        return tuple(matter for matter in repeated if any(problem.disclosure in ids for problem in matter))

    def _of_value(self, axis: Axis, value: str, rows: tuple[Problem, ...], counts: Counts) -> Iterator[Piece]:
        for listing in self._value_listings(axis, value, rows, counts):
            yield from self._pages(listing)

    def _pages(self, listing: Listing) -> Iterator[Piece]:
        rest = listing._replace(
            counts=None, parts={}, panels=self._panels, disclosures=(), matters=(), took=Durations()
        )
        told = key_of(self._version, self._register.as_of, rest._replace(problems=()))
        for place, rows in cut(listing.problems, PAGE_SIZE, listing.url, _PLACE.numbered):
            about = "".join([self._fingerprints[p.path] for p in rows])
            head = listing if place.number == 1 else rest
            # How their counts moved is told by the same facts, and is reckoned for the page alone.
            facts = [(self._facts[one.id], counts) for one, counts in head.disclosures]
            key = key_of(told, place.pages, about, head.counts, head.parts, head.panels, facts, head.matters, head.took)
            yield Piece(f"list:{place.url}", key, partial(self._page, head, place, rows))

    def _listings(self) -> Iterator[Listing]:
        problems = self._register.problems
        parts = {part: f"{BASE}{place}" for part, place in _PLACES.items()}
        language, title = self._language, self._all[0]
        late = (language.text("全部逾期"), OVERDUE, self._register.counts.overdue)
        panels = (*map(self._panel, AXES), self._panels[-1]._replace(entries=(late,)))
        yield Listing(_PLACE.path, title, problems, self._register.counts, ((title, None),), parts, panels)
        note = language.text("整改时限已过、状态仍不属于“已完成”的问题，按时限从早到晚排列。")
        trail = (self._all, (language.text("逾期"), None))
        overdue = self._register.overdue
        own = {part: f"#{part}" for part in PARTS} if len(overdue) <= PAGE_SIZE else {}
        counts, empty = self._register.count(overdue), language.text("没有逾期的问题。")
        title = language.text("逾期的问题")
        asked = (("overdue", "1"),)
        yield Listing(OVERDUE, title, overdue, counts, trail, own, self._panels, asked, note, empty)

    def _value_listings(self, axis: Axis, value: str, rows: tuple[Problem, ...], counts: Counts) -> Iterator[Listing]:
        url, name = axis.value_path(value), axis.name(self._texts, value)
        parts = self._part_links(axis, value, counts)
        trail: tuple[tuple[str, str | None], ...] = (
            self._all,
            (axis.by(self._language), f"{BASE}{axis.url}"),
        )
        empty = self._language.text("这里还没有问题。")
        asked = ((axis.key, value),)
        whole = Listing(url, name, rows, counts, (*trail, (name, None)), parts, self._panels, asked, empty=empty)
        yield self._of_unit(whole, value) if axis is UNIT else whole
        if len(rows) > PAGE_SIZE:
            trail = (*trail, (name, f"{BASE}{axis.value_url(value)}"))
            for part, chosen in self._divided(rows).items():
                if parts[part] == BASE + axis.part_url(value, part):
                    label = self._part_label(part)
                    title = self._texts.quoting("{list}：{part}", list=name, part=label)
                    about = (title, tuple(chosen), self._register.count(chosen))
                    path, way = axis.part_path(value, part), (*trail, (label, None))
                    yield Listing(path, *about, way, {}, self._panels, (*asked, _asked(part)), empty=empty)

    def _of_unit(self, listing: Listing, unit: str) -> Listing:
        """Return a unit's list with its disclosures, and with what came up again in them or was in another's before."""
        disclosures = self._register.of_unit(unit)
        ids = {disclosure.id for disclosure in disclosures}
        return listing._replace(
            disclosures=tuple((one, self._register.counts_of(one)) for one in disclosures),
            matters=self._matters(ids),
            took=self._register.durations_by_unit[unit],
        )

    def _part_label(self, part: str) -> str:
        if part in STATES.entries:
            return STATE.name(self._texts, part)
        if part == "overdue":
            return self._language.text("逾期")
        return self._language.name(STATUSES[part.removeprefix("status-")])

    def _divided(self, problems: tuple[Problem, ...]) -> dict[str, list[Problem]]:
        """Return the problems of each part named in PARTS."""
        divided: dict[str, list[Problem]] = {part: [] for part in PARTS}
        states = {s.key: (divided[f"status-{s.key}"], divided[s.counts_as]) for s in STATUSES}
        for problem in problems:
            for part in states[problem.status]:
                part.append(problem)
            if problem.overdue(self._register.as_of):
                divided["overdue"].append(problem)
        return divided

    def _panel(self, axis: Axis) -> Panel:
        entries = [
            (axis.name(self._texts, v), axis.value_url(v), counts.total)
            for v, (_, counts) in self._values[axis].items()
        ]
        if len(entries) > PANEL_SIZE and axis is not YEAR:
            entries.sort(key=lambda entry: -entry[2])
        more = len(entries) if len(entries) > PANEL_SIZE else 0
        if not any(total for *_, total in entries):  # a closed set of which the register has none: its page says so
            entries = []
        return Panel(axis.key, self._language.say(axis.label), axis.url, tuple(entries[:PANEL_SIZE]), more)

    def _page(self, listing: Listing, place: Numbered, rows: Sequence[Problem]) -> Files:
        counts = listing.counts
        disclosures = [one for one, _ in listing.disclosures]
        content = self._fragments.render(
            "list",
            title=listing.title,
            counts=counts,
            trail=_links(listing.trail),
            note=listing.note,
            empty=listing.empty,
            parts={k: Markup(v) for k, v in listing.parts.items()},
            whole=place.pages == 1,
            page=place.number,
            pages=place.pages,
            urls=place.urls,
            first=place.first,
            last=place.first + len(rows) - 1,
            rows=Markup(self._rows_html(rows)),
            panels=listing.panels,
            asked=urlencode(listing.asked),
            sorts=self._sorts,
            disclosures=listing.disclosures,
            matters=listing.matters,
            months=month_chart(self._register, disclosures, self._register.as_of),
            took=listing.took,
        )
        title = place.title(listing.title, self._texts)
        description = title
        if counts is not None:
            told = headline(counts.data(), language=self._language)
            description = self._texts.quoting("{title}：{counts}。", title=title, counts=told)
        head = Head(column_tags("problems", self._language))
        page = Page(place.url, title, content, description, _PLACE.section, head)
        return [(page.path, self._fill(page))]

    def _rows_html(self, rows: Sequence[Problem]) -> str:
        missing = [p for p in rows if p.ref not in self._rows]
        if missing:
            pairs = [(p, self._register.disclosure_of(p)) for p in missing]
            html = self._fragments.render("rows", pairs=pairs, separator=Markup(_SEPARATOR))
            self._rows.update(zip((p.ref for p in missing), html.split(_SEPARATOR)))
        return "".join(self._rows[p.ref] for p in rows)

    def _part_links(self, axis: Axis, value: str, counts: Counts, page: str = "") -> dict[str, str]:
        """Return where each part of a value's list is: those of a state, of a status, and the overdue ones.

        A list of one page filters itself by the address's fragment. Of a longer one, what is all of it is there, and what a
        state has all of is listed by itself already; every other part has a page of its own.
        """
        if counts.total <= PAGE_SIZE:
            return {part: f"{page}#{part}" for part in PARTS}
        sizes = _sizes(counts)
        links = {part: BASE + axis.part_url(value, part) for part in PARTS}
        if axis is STATE:
            links |= {part: BASE + _PLACES[part] for part in PARTS if sizes[part] == self._sizes[part]}
        return links | {part: f"{BASE}{axis.value_url(value)}#list" for part in PARTS if sizes[part] == counts.total}

    def _axis_pages(self) -> Iterator[Piece]:
        for axis in AXES:
            entries = []
            for value, (_, counts) in self._values[axis].items():
                url = axis.value_url(value)
                entries.append(
                    (axis.name(self._texts, value), url, counts, self._part_links(axis, value, counts, f"{BASE}{url}"))
                )
            # Not every problem has a value of every axis, and the page says how many there are.
            listed = len({p.path for rows, _ in self._values[axis].values() for p in rows})
            took = list(self._register.durations_by_unit.items()) if axis is UNIT else []
            is_sum = (
                listed == sum(counts.total for _, counts in self._values[axis].values()) == len(self._register.problems)
            )
            for place, some in cut(entries, AXIS_SIZE, axis.url, SITE["axis"].numbered):
                urls = {url for _, url, *_ in some}
                about = (listed, is_sum, [one for one in took if axis.value_url(one[0]) in urls])
                key = key_of(self._version, self._register.as_of, self._register.counts, some, place.pages, about)
                yield Piece(f"axis:{place.url}", key, partial(self._axis_page, axis, place, some, *about))

    def _axis_page(
        self,
        axis: Axis,
        place: Numbered,
        entries: Sequence,
        listed: int,
        is_sum: bool,
        took: list[tuple[str, Durations]],
    ) -> Files:
        """Return a page of the values of an axis; `is_sum` tells whether every problem has one of them."""
        shown = [(name, url, c, {k: Markup(v) for k, v in parts.items()}) for name, url, c, parts in entries]
        language, title = self._language, axis.title(self._language)
        content = self._fragments.render(
            "axis",
            title=title,
            axis_label=language.say(axis.label),
            axis_inside=axis.inside(language),
            entries=shown,
            took=[(axis.name(self._texts, unit), axis.value_url(unit), days) for unit, days in took if days.number],
            listed=listed,
            unstated=self._register.counts.unstated,
            counts=self._register.counts,
            trail=_links((self._all, (title, None))),
            whole={key: BASE + STATE.value_url(key) for key in STATES.entries} if is_sum else {},
            page=place.number,
            pages=place.pages,
            urls=place.urls,
        )
        head = Head(column_tags("problems", language))
        page = Page(place.url, place.title(title, self._texts), content, "", _PLACE.section, head)
        return [(page.path, self._fill(page))]


_PLACES = {f"status-{s.key}": STATUS.value_url(s.key) for s in STATUSES}
_PLACES |= {s.key: STATE.value_url(s.key) for s in STATES} | {"overdue": OVERDUE}
"""Where all problems of a part are listed, by the part's name."""


def _sizes(counts: Counts) -> dict[str, int]:
    """Return how many problems there are of each part."""
    return dict(counts.states) | {f"status-{key}": n for key, n in counts.by_status} | {"overdue": counts.overdue}


def _asked(part: str) -> tuple[str, str]:
    """Return what the table is asked for to show a part of a list."""
    if part in STATES.entries:
        return ("state", part)
    return ("overdue", "1") if part == "overdue" else ("status", part.removeprefix("status-"))


def _links(trail: tuple[tuple[str, str | None], ...]) -> list[tuple[str, Markup | None]]:
    return [(label, None if href is None else Markup(href)) for label, href in trail]
