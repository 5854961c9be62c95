"""Every progress entry, newest first, by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from markupsafe import Markup

from rectify.core.model import Problem, Progress
from rectify.core.register import Register
from rectify.core.site_map import SITE, at
from rectify.host.bodies import BASE
from rectify.host.fragments import Fragments
from rectify.host.paging import Numbered, cut
from rectify.host.pieces import Files, Piece
from rectify.host.shell import Page
from rectify.sources.store import key_of

PAGE_SIZE = 100
_PLACE = SITE["updates"]

Entry = tuple[Progress, Problem]


class Updates:
    """Makes the pages of progress entries."""

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        progress: dict[str, str],
        fill: Callable[[Page], bytes],
        version: str,
    ):
        """`progress` has a fingerprint of each problem's entries, by its path."""
        self._register, self._fragments = register, fragments
        self._fingerprints, self._fill, self._version = progress, fill, version

    def pieces(self) -> Iterator[Piece]:
        """Yield a piece for every page of every month; the newest month also stands in front of them."""
        months = {m: tuple(g) for m, g in groupby(self._register.updates, key=lambda e: e[0].date.isoformat()[:7])}
        counts = [(month, len(entries)) for month, entries in months.items()]
        newest = next(iter(months), "")
        texts = self._fragments.texts
        title = texts.language.text("进展更新")
        yield from self._pieces(_PLACE.path, title, newest, months.get(newest, ()), counts)
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
        self, url: str, title: str, month: str, entries: tuple[Entry, ...], months: list[tuple[str, int]]
    ) -> Iterator[Piece]:
        for place, rows in cut(entries, PAGE_SIZE, url, _PLACE.numbered):
            about = [(entry.date, self._fingerprints[p.path]) for entry, p in rows]
            key = key_of(self._version, title, month, len(entries), months, about)
            yield Piece(
                f"updates:{place.url}", key, partial(self._page, place, title, month, len(entries), months, rows)
            )

    def _page(
        self,
        place: Numbered,
        title: str,
        month: str,
        total: int,
        months: list[tuple[str, int]],
        rows: Sequence[Entry],
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
            page=place.number,
            pages=place.pages,
            urls=place.urls,
            entries=[(entry, p, self._register.disclosure_of(p).unit) for entry, p in rows],
            is_index=is_index,
            trail=trail if is_index else [*trail, (texts.month(month), None)],
        )
        meta = (("ColumnName", name), ("ColumnType", language.text("工作动态")))
        page = Page(place.url, title, content, "", _PLACE.section, meta)
        return [(page.path, self._fill(page))]
