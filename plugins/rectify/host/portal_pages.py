"""The pages of a portal: its first page, its sites, what is overdue, what happened, the table, search, data and feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from rectify.checks.active_page import listed as listed_scripts
from rectify.core.counts import headline, sum_name
from rectify.core.language import Language
from rectify.core.model import Problem
from rectify.core.portal import OUTCOMES, SITES, Member, Portal
from rectify.core.site_map import SITE, at
from rectify.core.vocabulary import STATES, STATUSES
from rectify.host.fragments import Fragments
from rectify.host.month_charts import MonthChart
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.paging import Numbered, cut
from rectify.host.pieces import Files, Piece
from rectify.host.search_pieces import search_page
from rectify.host.shell import Page
from rectify.host.site_texts import amount
from rectify.host.spread import passes_over, spread
from rectify.host.table_pages import Table
from rectify.host.theme_assets import ThemeAssets
from rectify.host.update_pages import Entry, Published, Updates
from rectify.outputs.feeds import Feed, Item, atom, json_feed
from rectify.outputs.portal_data import data_files
from rectify.outputs.portal_search import index_files
from rectify.sources.store import key_of

_PAGE_SIZE = 100
_HOME_UPDATES, _HOME_OVERDUE = 6, 6
_HOME_SITES = 30
"""Sites that the first page lists; of more it shows the units above them, and those that are not as they should be."""
_FEED = 50


class PortalPages:
    """Makes the pages of one portal."""

    def __init__(
        self,
        portal: Portal,
        fragments: Fragments,
        fill: Callable[[Page], bytes],
        version: str,
        names: tuple[str, str, str],
    ):
        """`names` are the site's own, its publisher's and its address, which may be empty."""
        self._portal, self._fragments, self._fill = portal, fragments, fill
        self._names, self._language = names, fragments.texts.language
        self._version = version

    def home(self, title: str, intro: Markup, intro_lang: Markup) -> str:
        """Return the HTML of the first page, BASE before its links."""
        portal = self._portal
        updates = spread(portal.updates, lambda row: _site(row[1]).listed.unit, _HOME_UPDATES)
        overdue = spread(self.overdue, lambda problem: _site(problem).listed.unit, _HOME_OVERDUE)
        return self._fragments.render(
            "portal-home",
            title=title,
            intro=intro,
            intro_lang=intro_lang,
            counts=portal.counts,
            tree=portal.tree,
            levels=2 if len(portal.members) > _HOME_SITES else 99,
            wrong=[one for one in portal.members if not one.is_current],
            updates=updates,
            overdue=overdue,
            passes_over={
                "updates": passes_over(updates, portal.updates),
                "overdue": passes_over(overdue, self.overdue),
            },
        )

    def methodology(self, title: str, intro: Markup, intro_lang: Markup) -> str:
        """Return the HTML of the page that says how the sums are made."""
        sums = {key: sum_name(state, self._language) for key, state in STATES.entries.items()}
        outcomes = {key: sum(one.state.outcome == key for one in self._portal.members) for key in OUTCOMES}
        return self._fragments.render(
            "portal-methodology",
            title=title,
            intro=intro,
            intro_lang=intro_lang,
            sums=sums,
            numbers=outcomes,
        )

    @property
    def overdue(self) -> tuple[Problem, ...]:
        return self._portal.overdue

    def pieces(self, version: str, assets: ThemeAssets, scripts: frozenset[str]) -> Iterator[Piece]:
        """Yield everything but the written pages."""
        self._version = version
        portal, fragments, language = self._portal, self._fragments, self._language

        def piece(name: str, make: Callable[[], Files]) -> Piece:
            return Piece(name, key_of(version, name), make)

        yield piece("search-index", lambda: index_files(portal, language, fragments.texts.packed_words))
        yield piece("data", lambda: self._data())
        yield from _Table(portal, fragments, dict.fromkeys(portal.by_id, ""), self._fill, version).pieces()
        progress = dict.fromkeys((one.path for one in portal.problems), "")
        yield from _Updates(portal, fragments, progress, (), {}, self._fill, version).pieces()
        for place, rows in cut(self.overdue, _PAGE_SIZE, at("overdue"), SITE["overdue"].numbered):
            yield piece(f"overdue:{place.url}", partial(self._overdue, place, rows))
        yield piece("sites", self._sites)
        for member in portal.members:
            yield piece(f"site:{member.listed.key}", partial(self._site, member))
        yield search_page(fragments, self._fill, version, portal.as_of)
        yield Piece("theme-assets", key_of(sorted(assets.files)), assets.files.items)
        told = listed_scripts(scripts)
        yield Piece("theme-scripts", key_of(told), lambda: [(at("theme_scripts"), told)])
        if self._names[2]:
            yield piece("feed", self._feed)

    def _page(
        self, url: str, title: str, section: str, template: str, column: str, about: str = "", **values: Any
    ) -> Files:
        content = self._fragments.render(template, title=title, **values)
        page = Page(url, title, content, about, section, Head(column_tags(column, self._language)))
        return [(page.path, self._fill(page))]

    def _sites(self) -> Files:
        title = self._language.text("各网站")
        return self._page(SITES, title, "sites", "portal-sites", "disclosures", tree=self._portal.tree, levels=99)

    def _site(self, member: Member) -> Files:
        about = headline(member.counts.data(), language=self._language)
        newest = [(one, self._portal.counts_of(one)) for one in member.disclosures[:20]]
        late = [one for one in self.overdue if _site(one) is member]
        return self._page(
            member.url,
            member.listed.name,
            "sites",
            "portal-site",
            "disclosures",
            about,
            site=member,
            all_disclosures=member.listed.address + SITE["disclosures"].path,
            all_overdue=member.listed.address + at("overdue"),
            counts=member.counts,
            disclosures=newest,
            overdue=late[:20],
        )

    def _overdue(self, place: Numbered, rows: Sequence[Problem]) -> Files:
        title = self._language.text("逾期的问题")
        return self._page(
            place.url,
            place.title(title, self._fragments.texts),
            "overdue",
            "portal-overdue",
            "problems",
            rows=rows,
            number=self._portal.counts.overdue,
            page=place.number,
            pages=place.pages,
            urls=place.urls,
            first=place.first,
        )

    def _data(self) -> Files:
        files = dict(data_files(self._portal, self._language))
        yield from files.items()
        title = self._language.text("开放数据")
        sizes = [(path, amount(len(data))) for path, data in files.items()]
        yield from self._page(at("data"), title, "data", "portal-data", "data", files=sizes)

    def _feed(self) -> Files:
        name, publisher, address = self._names
        base = f"{address.rstrip('/')}/"
        rows = spread(self._portal.updates, lambda row: _site(row[1]).listed.unit, _FEED)
        items = [_item(entry.date, entry.text, entry.status, problem, self._language) for entry, problem in rows]
        updated = max((item.day for item in items), default=self._portal.last_day)
        title = self._language.text("{name}：进展更新", name=name)
        feed = Feed(title, base + at("updates"), publisher or name, self._language.tag, updated, items)
        yield at("atom"), atom(feed, base + at("atom"))
        yield at("json_feed"), json_feed(feed, base + at("json_feed"))


def _site(problem: Problem) -> Member:
    return problem.site  # type: ignore[attr-defined]


def _item(day: date, text: str, status: str, problem: Problem, language: Language) -> Item:
    what = language.name(STATUSES[status]) if status else language.text("进展")
    title = language.text("{what}：{title}", what=what, title=problem.title)
    kind, mark = status or "progress", key_of(text)[:8]
    said = f"{_site(problem).listed.name}：{text}"
    return Item(f"{problem.url}#{day.isoformat()}-{mark}", problem.url, title, said, day, kind)


class _Table(Table):
    columns = ("title", "status", "late", "site", "unit", "site_as_of", *Table.columns[4:])
    shown = ("title", "status", "site", "unit", "site_as_of", "deadline")
    axes = ("site", *Table.axes)


class _Updates(Updates):
    """What happened on all sites; how counts moved by month is for each site to say."""

    def _chart(self) -> MonthChart | None:
        return None

    def _unit(self, entry: Entry | Published) -> str:
        told = entry.disclosure if isinstance(entry, Published) else self._register.disclosure_of(entry.problem)
        name = told.site.listed.name  # type: ignore[attr-defined]
        return name if told.unit in name else f"{told.unit} · {name}"
