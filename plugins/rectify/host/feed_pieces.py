"""Feeds of what happened on the site, in each unit and each disclosure, the calendar of deadlines, the badges and the cards."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.site_map import at, file_of
from rectify.core.vocabulary import STATUSES
from rectify.host.axes import UNIT
from rectify.host.cards import card_of
from rectify.host.fragments import Fragments
from rectify.host.pieces import Files, Piece
from rectify.host.update_pages import Entry
from rectify.outputs.badge import badge
from rectify.outputs.card import Card, card
from rectify.outputs.change_texts import KINDS
from rectify.outputs.feeds import Deadline, Feed, Item, atom, calendar, json_feed
from rectify.sources.store import key_of

_MOST, _FEW = 50, 20
"""Items of the site's feed, and of the others; readers ask often, and the pages have the rest."""


class Feeds:
    """Makes the files that other programs ask for again and again; only a site that knows its address has them."""

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        events: Iterable[Entry],
        site: tuple[str, str, str],
        alone: Callable[[str, str], bytes],
        styles: str,
        version: str,
    ):
        """`site` has its name, its publisher and its address; `alone` makes the file of a page that has nothing of the site around
        it, whose `styles` lie at this address."""
        self._register, self._fragments, self._texts, self._version = register, fragments, fragments.texts, version
        self._alone, self._styles = alone, styles
        self._name, self._publisher, address = site
        self._address = f"{address.rstrip('/')}/"
        self._events = list(events)

    def pieces(self) -> Iterator[Piece]:
        """Yield a piece for each feed, for the calendar, for each badge and card."""
        register, language = self._register, self._texts.language
        by_disclosure: defaultdict[str, list[Item]] = defaultdict(list)
        for disclosure in register.disclosures:
            by_disclosure[disclosure.id].append(self._published(disclosure))
        for event in self._events:
            by_disclosure[event.problem.disclosure].append(self._event(event))
        for entry, problem in register.updates:
            by_disclosure[problem.disclosure].append(self._event(Entry(entry.date, problem, entry)))
        newest = {rid: _newest(items) for rid, items in by_disclosure.items()}
        places = (at("atom"), at("json_feed"))
        yield self._piece(
            self._name, at("updates"), places, _newest((i for items in by_disclosure.values() for i in items), _MOST)
        )
        for unit in register.by_unit:
            items = _newest(item for one in register.of_unit(unit) for item in newest[one.id])
            path = UNIT.value_path(unit)
            yield self._piece(unit, UNIT.value_url(unit), (f"{path}feed.xml", f"{path}feed.json"), items)
        for disclosure in register.disclosures:
            places = (at("disclosure_atom", disclosure=disclosure.id), at("disclosure_feed", disclosure=disclosure.id))
            yield self._piece(disclosure.title, disclosure.url, places, newest[disclosure.id])
            counts = register.counts_of(disclosure)
            shown = (self._texts.sum_name(counts, "done"), "–" if counts.unstated else f"{counts.done}/{counts.total}")
            place = at("badge", disclosure=disclosure.id)
            yield Piece(place, key_of(self._version, shown), partial(_badge, place, *shown))
            told = card_of(disclosure, counts, register.as_of, self._texts.language, self._name)
            yield self._card(disclosure, told)
        deadlines = [
            Deadline(
                p.ref,
                f"{self._address}{p.url}",
                language.text("整改时限：{title}", title=p.title),
                register.disclosure_of(p).unit,
                p.deadline,
            )
            for p in register.problems
            if p.deadline and p.open and p.deadline >= register.as_of
        ]
        title = language.text("{name}：整改时限", name=self._name)
        key = key_of(self._version, self._address, title, register.as_of, deadlines)
        yield Piece("calendar", key, partial(self._calendar, title, sorted(deadlines, key=lambda d: (d.day, d.ref))))

    def _card(self, disclosure: Disclosure, told: Card) -> Piece:
        picture, page = (at(key, disclosure=disclosure.id) for key in ("card", "card_page"))

        def make() -> Files:
            whole = self._fragments.render(
                "card",
                disclosure=disclosure,
                told=told,
                counts=told.counts,
                styles=self._styles,
                language=self._texts.language,
            )
            return [(picture, card(told)), (file_of(page), self._alone(page, whole))]

        return Piece(picture, key_of(self._version, told, self._styles, self._address), make)

    def _piece(self, title: str, url: str, places: tuple[str, str], items: list[Item]) -> Piece:
        updated = max((item.day for item in items), default=self._register.as_of)
        author = self._publisher or self._name
        feed = Feed(title, f"{self._address}{url}", author, self._texts.language.tag, updated, items)
        return Piece(f"feed:{places[0]}", key_of(self._version, feed, self._address), partial(self._feed, feed, places))

    def _feed(self, feed: Feed, places: tuple[str, str]) -> Files:
        # At the same address as the page, which links and browsers spell in their own way.
        base = feed.url if places[0].count("/") else self._address
        first, second = (f"{base}{place.rpartition('/')[2]}" for place in places)
        return [(places[0], atom(feed, first)), (places[1], json_feed(feed, second))]

    def _calendar(self, title: str, deadlines: list[Deadline]) -> Files:
        return [(at("calendar"), calendar(title, self._address, self._register.as_of, deadlines))]

    def _published(self, disclosure: Disclosure) -> Item:
        url = f"{self._address}{disclosure.url}"
        title = self._texts.language.text("公开：{title}", title=disclosure.title)
        return Item(
            f"{url}#published", url, title, disclosure.unit, disclosure.published, "added", self._language_of(title)
        )

    def _event(self, event: Entry) -> Item:
        language, url = self._texts.language, f"{self._address}{event.problem.url}"
        if event.change:
            what, text, kind = language.say(KINDS[event.change.kind].name), "", event.change.kind
        else:
            assert event.progress is not None  # an entry is one or the other
            text, status = event.progress.text, event.progress.status
            what = language.name(STATUSES[status]) if status else language.text("进展")
            kind = status or "progress"
        mark = hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "replace")).hexdigest()[:8]
        said = event.problem.title
        if event.problem.withdrawn:  # which all have the same title
            said = f"{said} {event.problem.ref}"
        title = language.text("{what}：{title}", what=language.outside(what), title=said)
        return Item(
            f"{url}#{event.day.isoformat()}-{mark}", url, title, text, event.day, kind, self._language_of(title + text)
        )

    def _language_of(self, text: str) -> str:
        tag = self._texts.tag_of(text)
        return "" if tag == self._texts.language.tag else tag


def _newest(items: Iterable[Item], most: int = _FEW) -> list[Item]:
    return sorted(dict.fromkeys(items), key=lambda item: (-item.day.toordinal(), item.id))[:most]


def _badge(place: str, label: str, figure: str) -> Files:
    return [(place, badge(label, figure))]
