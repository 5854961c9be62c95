"""Pieces of the register on pages that somebody writes: `{{ rectify.counts }}` as a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rectify.core.language import _
from rectify.core.register import Register
from rectify.host.fragments import Fragments
from rectify.host.written_pages import newest

NAMES = ("counts", "chart", "disclosures", "updates", "search")
"""The sentence with the counts, the bar with its key, the newest disclosures, the newest entries, the search field."""
_PARAGRAPH = re.compile(r"<p>\{\{\s*rectify\.(\w+)\s*\}\}</p>")
_CODE = re.compile(r"<(/?)(?:code|pre)\b")
_ASKED = re.compile(r"\{\{\s*rectify\.[^{}\n]*\}\}")


class Embedded:
    """The names of the pieces, for a plugin that fills in what stands in braces itself: it leaves them standing."""

    def __getattr__(self, name: str) -> str:
        if name not in NAMES:
            raise AttributeError(name)
        return f"{{{{ rectify.{name} }}}}"


def asks(html: str) -> bool:
    """Return whether a page may ask for a piece."""
    return "rectify." in html and bool(_ASKED.search(html))


def embed(html: str, file: str, register: Register, fragments: Fragments, frame: Callable[[str], str]) -> str:
    """Return the HTML of a page with its pieces, each in a frame and with BASE before its links.

    Raises ValueError for what is no piece or stands in a text.
    """

    def piece(asked: re.Match[str]) -> str:
        if asked[1] not in NAMES:
            return asked[0]
        return frame(fragments.render("embed", what=asked[1], **newest(register)))

    filled = _PARAGRAPH.sub(piece, html)
    if left := next((asked for asked in map(_ASKED.search, _outside_code(filled)) if asked), None):
        raise ValueError(
            _(
                "{file}: {asked}：可以写的有 {names}，各自单独成一段",
                file=file,
                asked=left[0],
                names=", ".join(f"{{{{ rectify.{name} }}}}" for name in NAMES),
            )
        )
    return filled


def _outside_code(html: str) -> Iterator[str]:
    """Yield the parts of a page that are no code."""
    depth = at = 0
    for tag in _CODE.finditer(html):
        if not depth:
            yield html[at : tag.start()]
        depth = max(0, depth - 1) if tag[1] else depth + 1
        at = tag.start()
    if not depth:
        yield html[at:]
