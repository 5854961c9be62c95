"""The site map for readers: one page that leads to every part of the site."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby

from markupsafe import Markup

from rectify.core.changes import Record
from rectify.core.register import Register
from rectify.core.site_map import MENU, SITE
from rectify.host.axes import AXES, UNIT
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.pieces import Files, Piece
from rectify.host.shell import Page
from rectify.sources.store import key_of

_PLACE = SITE["site_map"]

Link = tuple[str, str]
"""Name and address."""


class SiteMapPage:
    """Makes the page."""

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        pages: Record,
        months: list[str],
        is_published: bool,
        fill: Callable[[Page], bytes],
    ):
        """`pages` is the record of what somebody writes, `months` are those of the updates, the newest first."""
        self._register, self._fragments, self._fill = register, fragments, fill
        self._pages, self._months, self._is_published = pages, months, is_published

    def piece(self, version: str) -> Piece:
        """Return the one piece."""
        own, units, axes = self._own(), self._units(), self._axes()
        key = key_of(version, own, units, axes, self._months)
        return Piece("site-map", key, partial(self._files, own, units, axes))

    def _own(self) -> list[Link]:
        """Return what the menu has, and the pages that somebody writes."""
        say = self._fragments.texts.language.say
        menu = {"": self._fragments.texts.home}
        menu |= {
            place.path: say(place.menu) for place in MENU if place.menu and (self._is_published or not place.published)
        }
        written = {address: _title(page) for address, page in self._pages["pages"].items() if address not in menu}
        return [(name, address) for address, name in (menu | written).items()]

    def _units(self) -> list[tuple[str, str, list[Link]]]:
        """Return the units with their disclosures, each the newest first; one without problems has no page of its own."""
        return [
            (
                unit,
                UNIT.value_url(unit) if unit in self._register.by_unit else "",
                [(one.title, one.url) for one in self._register.of_unit(unit)],
            )
            for unit in self._register.unit_names
        ]

    def _axes(self) -> list[tuple[Link, list[Link]]]:
        """Return the ways in which problems are listed; units stand with their disclosures."""
        texts = self._fragments.texts
        return [
            (
                (axis.by(texts.language), axis.url),
                [(axis.name(texts, value), axis.value_url(value)) for value in axis.entries(self._register)],
            )
            for axis in AXES
            if axis is not UNIT
        ]

    def _files(self, own: list[Link], units: list, axes: list) -> Files:
        language = self._fragments.texts.language
        title = language.text("网站地图")
        content = self._fragments.render(
            "site-map",
            title=title,
            own=own,
            units=units,
            axes=axes,
            years=[(year, list(months)) for year, months in groupby(self._months, key=lambda month: month[:4])],
            trail=[(title, None)],
        )
        about = language.text("网站的全部栏目、通报、分类和数据")
        page = Page(_PLACE.path, title, content, about, _PLACE.section, Head(column_tags("site_map", language)))
        return [(page.path, self._fill(page))]


def _title(page: Record) -> str:
    """Return a page's title, marked with its language where it is not that of the site."""
    if not page["language"]:
        return page["title"]
    return Markup('<span lang="{}">{}</span>').format(page["language"], page["title"])
