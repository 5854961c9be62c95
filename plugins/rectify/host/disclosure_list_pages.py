"""The list of all disclosures, newest first, each with its counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.site_map import SITE
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.paging import Numbered, cut
from rectify.host.pieces import Files, Piece
from rectify.host.shell import Page
from rectify.sources.store import key_of

PAGE_SIZE = 50
_PLACE = SITE["disclosures"]


class DisclosureLists:
    """Makes the pages that list the disclosures."""

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        facts: Mapping[str, str],
        fill: Callable[[Page], bytes],
        version: str,
    ):
        """`facts` has a fingerprint of what a row shows, by the disclosure's id."""
        self._register, self._fragments = register, fragments
        self._facts, self._fill, self._version = facts, fill, version

    def pieces(self) -> Iterator[Piece]:
        """Yield a piece for every page."""
        disclosures = self._register.disclosures
        about = (self._register.as_of, self._register.counts, len(disclosures))
        for place, rows in cut(disclosures, PAGE_SIZE, _PLACE.path, _PLACE.numbered):
            key = key_of(self._version, about, [self._facts[disclosure.id] for disclosure in rows])
            yield Piece(f"reports:{place.number}", key, partial(self._page, place, rows))

    def _page(self, place: Numbered, disclosures: Sequence[Disclosure]) -> Files:
        texts = self._fragments.texts
        language = texts.language
        title = language.text("公开通报")
        rows = [(disclosure, self._register.counts_of(disclosure)) for disclosure in disclosures]
        content = self._fragments.render(
            "disclosures",
            disclosure_rows=rows,
            page=place.number,
            pages=place.pages,
            urls=place.urls,
            trail=[(title, None)],
        )
        head = Head(column_tags("disclosures", language))
        page = Page(place.url, place.title(title, texts), content, "", _PLACE.section, head)
        return [(page.path, self._fill(page))]
