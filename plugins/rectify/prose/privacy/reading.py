"""A text as a reader of the page sees it, and the way back from a place in it to the source.

Full-width letters and digits become narrow, codes of characters become characters, tags inside a line, invisible
characters and the backslashes of Markdown vanish. What a tag carries in its attributes stands at the end of the text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import NamedTuple

_WIDE = "".join(map(chr, range(0xFF10, 0xFF1A))) + "".join(map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_NARROW = {
    **{ord(character): ord(character) - 0xFEE0 for character in _WIDE + "＠＋－．＃＿／＊"},
    **{0x1D7CE + place: ord("0") + place % 10 for place in range(50)},
    **{zero + place: ord("0") + place for zero in (0x660, 0x6F0, 0x966) for place in range(10)},
    **dict.fromkeys((9, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), ord(" ")),
    **dict.fromkeys(range(0x2010, 0x2016), ord("-")),
    **dict.fromkeys((0x2212, 0xFE58, 0xFE63), ord("-")),
    # Letters of other alphabets that nobody can tell from ours.
    **str.maketrans("АВЕКМНОРСТХасеорхΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEKMHOPCTXaceopxABEZHIKMNOPTX"),
}
"""Character for character, so that places stay the same; the punctuation of Chinese sentences stays wide."""
_NARROWED = frozenset(map(chr, _NARROW))
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_MARKUP = frozenset(
    "<&\\\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufe0f\ufeff"
)
_UNSEEN = re.compile(
    rf"(?P<invisible>[{_INVISIBLE}]+)"
    r"|(?P<code>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|<!--(?P<comment>(?:[^-]|-(?!->)){0,400})-->"
    r"|</?(?P<tag>[A-Za-z][A-Za-z0-9]{0,15})(?P<inside>(?:[\s/][^<>]{0,400})?)>"
)
_INLINE = frozenset("a abbr b bdi big code del em font i ins kbd mark s small span strong sub sup u wbr".split())
"""Elements in the middle of a word or number; any other ends what is read in one breath."""
_CELLS = frozenset(("td", "th"))


class _Piece(NamedTuple):
    """Text that stands together, in the reading and in the source."""

    start: int
    source: int
    end: int
    """In the source."""
    exact: bool
    """Whether it is the same character for character."""


class Reading:
    """The text, and its places in the source."""

    def __init__(self, text: str, pieces: list[_Piece] | None = None):
        self.text = text
        self._pieces = pieces
        """None where every character stands at its place in the source."""
        self._starts = [piece.start for piece in pieces or ()]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where the source begins and ends that reads as a part of the text; the part is not empty."""
        if self._pieces is None:
            return start, end
        first, last = self._piece(start), self._piece(end - 1)
        return (
            first.source + (start - first.start if first.exact else 0),
            last.source + end - last.start if last.exact else last.end,
        )

    def _piece(self, place: int) -> _Piece:
        assert self._pieces is not None
        return self._pieces[bisect_right(self._starts, place) - 1]


class _Writer:
    """Puts a text together and notes where each part comes from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[_Piece] = []
        self.length = 0

    def add(self, text: str, source: int, end: int, exact: bool) -> None:
        if text:
            self.pieces.append(_Piece(self.length, source, end, exact))
            self.parts.append(text)
            self.length += len(text)

    def reading(self) -> Reading:
        return Reading("".join(self.parts), self.pieces)


def read(text: str, characters: frozenset[str]) -> Reading:
    """Return a text as it is read; `characters` are those that it has."""
    if not characters.isdisjoint(_NARROWED):
        text = text.translate(_NARROW)
    return Reading(text) if characters.isdisjoint(_MARKUP) else _unmarked(text)


def _unmarked(text: str) -> Reading:
    written, aside = _Writer(), []
    end = 0
    for match in _UNSEEN.finditer(text):
        written.add(text[end : match.start()], end, match.start(), True)
        end = match.end()
        shown, inside = _shown(match)
        written.add(shown, match.start(), end, False)
        if inside:
            aside.append(match.span(inside))
    written.add(text[end:], end, len(text), True)
    for start, end in aside:
        written.add("\0", start, start + 1, False)
        written.add(text[start:end], start, end, True)
    return written.reading()


def _shown(match: re.Match[str]) -> tuple[str, str]:
    """Return what is read in place of a match, and the name of the group that is read apart."""
    if match["code"]:
        shown = html.unescape(match[0]).translate(_NARROW)
        return re.sub(f"[{_INVISIBLE}]", "", shown), ""
    if match["escape"]:
        return match[0][1], ""
    if match["comment"] is not None:
        return "", "comment"
    if match["tag"]:
        name = match["tag"].lower()
        return "" if name in _INLINE else " | " if name in _CELLS else "\n", "inside" if "=" in match["inside"] else ""
    return "", ""
