"""The pages of publications: a list of all, and for each what changed with it; the one that is being made among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from rectify.core.changes import Change
from rectify.core.register import Register
from rectify.core.site_map import SITE
from rectify.host.bodies import BASE
from rectify.host.change_rows import Row, rows
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.pieces import Files, Piece
from rectify.host.publication import MOST_SHOWN, Release
from rectify.host.shell import Page
from rectify.outputs.change_texts import KINDS
from rectify.sources.store import key_of

_PLACE = SITE["releases"]


class Changed(NamedTuple):
    """What changed of one thing on the page of a publication."""

    title: str
    """As it is today; the address or reference where it has none any more."""
    url: str | None
    """None for what is not shown any more."""
    rows: list[Row]


class Releases:
    """Makes the pages of publications."""

    def __init__(
        self,
        releases: tuple[Release, ...],
        kept: Collection[str],
        register: Register,
        fragments: Fragments,
        fill: Callable[[Page], bytes],
        version: str,
        places: Collection[str],
    ):
        """`releases` come newest first, the one to be in front; of those `kept` there are data; `places` are the pages and files that
        are no disclosure's."""
        self._places, self._kept = places, kept
        self._releases = releases
        self._fragments, self._fill, self._version = fragments, fill, version
        titles = {problem.ref: (problem.title, problem.url) for problem in register.problems if not problem.withdrawn}
        self._known = titles | {one.id: (one.title, one.url) for one in register.disclosures}

    def pieces(self) -> Iterator[Piece]:
        """Yield the list, and a piece for every publication."""
        heads = [(one.head, len(one.changes), one.has_page) for one in self._releases]
        yield Piece("releases", key_of(self._version, heads), self._list)
        for number, one in enumerate(self._releases):
            titles = sorted({(c.ref, c.ref in self._places, *self._known.get(c.ref, ())) for c in one.changes})
            is_first = number + 1 == len(self._releases)
            beside = [near.url for near in self._releases[max(number - 1, 0) : number + 2]]
            if one.url:
                key = key_of(self._version, one.head, one.changes, titles, is_first, beside, one.id in self._kept)
                yield Piece(f"release:{one.id}", key, partial(self._page, one, number))

    def _list(self) -> Files:
        text = self._fragments.texts.language.text
        title = text("公开记录")
        trail = [(title, None)]
        releases = [(one, Counter(change.kind for change in one.changes)) for one in self._releases]
        content = self._fragments.render("releases", releases=releases, kinds=KINDS, trail=trail)
        about = text("历次公开的日期、计数、变化和清单的校验值，以及核验方法")
        return [self._filled(_PLACE.path, title, content, about)]

    def _page(self, release: Release, place: int) -> Files:
        language = self._fragments.texts.language
        title = language.text("第 {number} 次公开", number=release.number)
        trail = [
            (language.text("公开记录"), Markup(BASE + _PLACE.path)),
            (title, None),
        ]
        shown = release.changes[:MOST_SHOWN]
        content = self._fragments.render(
            "release",
            release=release,
            title=title,
            kinds=[(kind, n) for key, kind in KINDS.items() if (n := sum(c.kind == key for c in release.changes))],
            groups=list(self._groups(shown)),
            rest=len(release.changes) - len(shown),
            has_data=release.id in self._kept,
            is_first=place + 1 == len(self._releases),
            earlier=self._releases[place + 1] if place + 1 < len(self._releases) else None,
            later=self._releases[place - 1] if place else None,
            trail=trail,
        )
        return [self._filled(release.url, title, content, "")]

    def _filled(self, url: str, title: str, content: str, about: str) -> tuple[str, bytes]:
        head = Head(column_tags("releases", self._fragments.texts.language))
        page = Page(url, title, content, about, _PLACE.section, head)
        return page.path, self._fill(page)

    def _groups(self, changes: tuple[Change, ...]) -> Iterator[tuple[str, str | None, list[Changed]]]:
        """Yield title and address of each disclosure, then of the rest of the site, with what changed there."""
        groups: defaultdict[str, dict[tuple[str, str], list[Change]]] = defaultdict(dict)
        for change in changes:
            of_register = change.about in ("problem", "disclosure")
            group = change.ref.partition("/")[0] if of_register else ""
            groups[group].setdefault((change.about, change.ref), []).append(change)
        for group, things in groups.items():
            title, url = self._known.get(group, (group, None))
            yield title, url, [self._changed(about, ref, found) for (about, ref), found in things.items()]

    def _changed(self, about: str, ref: str, found: list[Change]) -> Changed:
        texts = self._fragments.texts
        title: Any
        url: str | None
        if about in ("problem", "disclosure"):
            title, url = self._known.get(ref, (ref, None))
            title = texts.language.text("这份通报") if about == "disclosure" else texts.as_written(title)
        elif about == "site":
            title, url = texts.language.text("整个网站"), ""
        else:
            title, url = found[0].title or ref, ref if ref in self._places else None
            title = texts.as_written(title)
        return Changed(title, url, rows(found, texts))
