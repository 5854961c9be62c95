"""A text as a reader of the page sees it, and the way back from a place in it to the source.

Full-width letters and digits become narrow, traditional characters simplified, codes of characters become characters, tags inside a line, invisible
characters and the backslashes of Markdown vanish. What a tag carries in its attributes stands at the end of the text.
`joined` goes one step further: whatever stands between the parts of a number becomes one character.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from bisect import bisect_right
from typing import NamedTuple
from urllib.parse import unquote

from rectify.prose.word_lists import load

BLANKS = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
DASHES = "\u2010-\u2015\u2212\ufe58\ufe63-"
DOTS = "·•・‧∙⋅."
"""For character classes; the first two are ranges."""
APART = "\0"
"""Stands before what is read apart, after the text itself."""
SEPARATOR = r"[ \t.|\n/_\-]?"
"""For patterns on a joined reading: what may stand between two digits."""

_WIDE = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_NARROW = {
    **{ord(character): ord(character) - 0xFEE0 for character in _WIDE + "＠＋－．＃＿／＊＜＞"},
    **{0x1D7CE + place: ord("0") + place % 10 for place in range(50)},
    **{zero + place: ord("0") + place for zero in (0x660, 0x6F0, 0x966) for place in range(10)},
    **str.maketrans(load("traditional")["traditional"], load("traditional")["simplified"]),
    # Letters of other alphabets that nobody can tell from ours.
    **str.maketrans("АВЕКМНОРСТХасеорхΑΒΕΖΗΙΚΜΝΟΡΤΧⅩⅹ", "ABEKMHOPCTXaceopxABEZHIKMNOPTXXx"),
}
"""Character for character, so that places stay the same; the punctuation of Chinese sentences stays wide."""
_NARROWED = frozenset(map(chr, _NARROW))
_INVISIBLE = "\u00ad\u0332-\u0338\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\u20d0-\u20f0\ufeff"
_INVISIBLE_ALL = re.findall(f"[{_INVISIBLE}]", "".join(map(chr, range(0x10000))))
_MARKUP = frozenset(["<", "&", "\\", *_INVISIBLE_ALL])
# Begins with a class of every first character, which the search jumps to.
_UNSEEN = re.compile(
    rf"[{_INVISIBLE}%&\\<](?:(?<=[{_INVISIBLE}])[{_INVISIBLE}]*"
    r"|(?<=%)(?P<percent>[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}){2,199})"
    r"|(?<=&)(?P<code>(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?<=\\)(?P<point>u[0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4}){0,39})"
    r"|(?<=\\)(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?<=\\)(?P<gap>[tnr](?![A-Za-z]))"
    r"|(?<=<)!--(?P<comment>(?:[^-]|-(?!->)){0,400})-->"
    r"|(?<=<)/?(?P<tag>[A-Za-z][A-Za-z0-9]{0,15})(?P<inside>(?:[\s/][^<>]{0,400})?)>)"
)
_PERCENT = re.compile("%[0-9A-Fa-f]{2}%[0-9A-Fa-f]{2}%")
_ENCODED = re.compile(
    r"(?<![A-Za-z0-9+/=])(?=[A-Z+/]{0,20}[a-z0-9])(?=[a-z0-9+/]{0,20}[A-Z])(?:[A-Za-z0-9+/]{4}){3,60}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])"
)
_TELLS = re.compile(r"[\u4e00-\u9fff]{2}|\d{8}|@")
_INLINE = frozenset("a abbr b bdi big code del em font i ins kbd mark s small span strike strong sub sup u wbr".split())
"""Elements in the middle of a word or number; any other ends what is read in one breath."""
_CELLS = frozenset(("td", "th"))
_NOT_SHOWN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?![\w-])")
_STRUCK = frozenset(("del", "ins", "s", "strike"))
"""What one number is struck out with and the next put in its place."""

_WORDED = "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖①②③④⑤⑥⑦⑧⑨⓪⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_HAN_DIGITS = str.maketrans(_WORDED, "0001234567891123456789123456789001234567890123456789")
HAN_NUMBER = re.compile(rf"[{_WORDED}](?:[ -]?[{_WORDED}]|-?\d){{6,}}")
"""Figures among its characters are figures of one number only if it is as long as one of a person."""
_PURE = re.compile(f"[{_WORDED} -]+")
_SIZES = frozenset((11, 15, 16, 17, 18, 19))
# 6lO113…: what a scanner makes of ones and noughts.
_LOOKS = "OoIl"
_ALIKE = str.maketrans(_LOOKS, "0011")
_SCANNED = re.compile(
    rf"(?<![A-Za-z0-9])(?:[{_LOOKS}]\d|\d\d)\d{{1,4}}(?: (?=[{_LOOKS}]{{0,2}}\d)[\d{_LOOKS}]{{2,6}}){{1,5}}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9])(?:[A-HJ-NP-Z]{{1,3}}(?=[\d{_LOOKS}]{{5}}))?(?=(?:[{_LOOKS}\-./]{{0,3}}\d){{3}})[\d{_LOOKS}\-./]{{5,24}}(?![A-Wa-wYZyz0-9])"
    rf"|[\d{_LOOKS}]{{1,4}}(?=[年月日])"
)
_BETWEEN = re.compile(rf"(?<=[0-9A-Za-z)])[{BLANKS}|\n/*_`~'{DOTS}{DASHES}]{{1,60}}(?=[0-9A-Za-z(])")
_SPREAD = re.compile(r"(?<![^\s|（(])[一-鿿](?:[ \u3000]{1,2}[一-鿿\d：:]){5,}(?![一-鿿\d])")
_SPREAD_OR_BOLD = re.compile(rf"{_SPREAD.pattern}|(?<!\*)\*\*\d{{1,4}}\*\*(?!\*)")
_GAPS = re.compile(r"[ \u3000]+|\*\*")
_ONE_OF_EACH = {
    **dict.fromkeys(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " "),
    **dict.fromkeys(map(chr, (*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63)), "-"),
    **dict.fromkeys(DOTS, "."),
    **dict.fromkeys("*`~'", ""),
}


_DIGITS = re.compile(r"\d\d")


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
    if characters.isdisjoint(_MARKUP) and not ("%" in characters and _PERCENT.search(text)):
        if not ("=" in characters and _ENCODED.search(text)):
            return Reading(text)
    return _unmarked(text)


def join(reading: Reading) -> Reading:
    """Return the reading with one character between the parts of a number, which is gone where only signs were.

    Its places lead to the reading. Digits written as Chinese characters or mistaken for letters are digits.
    """
    text = HAN_NUMBER.sub(_in_digits, reading.text)
    text = scanned(text)
    written, end = _Writer(), 0
    for match in _BETWEEN.finditer(text):
        shown = _separator(match[0])
        if shown != match[0]:
            written.add(text[end : match.start()], end, match.start(), True)
            end = match.end()
            written.add(shown, match.start(), end, False)
    if not written.pieces:
        return Reading(text)
    written.add(text[end:], end, len(text), True)
    return written.reading()


def _in_digits(match: re.Match[str]) -> str:
    """Return a number in characters with digits for them."""
    start = match.start()
    before = match.string[max(0, start - 12) : start]
    digits = sum(map(str.isdigit, match[0].translate(_HAN_DIGITS))) + len(before) - len(before.rstrip("0123456789-"))
    digits -= before[len(before.rstrip("0123456789-")) :].count("-")
    return match[0].translate(_HAN_DIGITS) if _PURE.fullmatch(match[0]) or digits in _SIZES else match[0]


def close(reading: Reading) -> Reading:
    """Return the reading without the blanks of words that are spread out, 出 生 日 期, and the signs of bold figures.

    Its places lead to the reading.
    """
    text, written, end = reading.text, _Writer(), 0
    for match in (_SPREAD if "**" not in text else _SPREAD_OR_BOLD).finditer(text):
        for blank in _GAPS.finditer(text, *match.span()):
            written.add(text[end : blank.start()], end, blank.start(), True)
            end = blank.end()
    if not end:
        return reading
    written.add(text[end:], end, len(text), True)
    return written.reading()


def scanned(text: str) -> str:
    """Return a text with the digits that a scanner took for letters, each character in its place."""
    if not any(sign in text for sign in _LOOKS):
        return text
    return _SCANNED.sub(lambda match: match[0].translate(_ALIKE), text)


def _separator(between: str) -> str:
    if len(between) == 1:
        return _ONE_OF_EACH.get(between, between)
    # Four stars stand for what was taken out; a row, a paragraph or what is struck out ends a number.
    if (
        "***" in between
        or "___" in between
        or "~~" in between
        or between.count("\n") > 1
        or ("\n" in between and "|" in between)
    ):
        return between
    for sign in "|\n\t":
        if sign in between:
            return sign
    signs = "".join(_ONE_OF_EACH.get(sign, sign) for sign in between)
    return signs.strip()[:1] or signs[:1]


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
        written.add(APART, start, start + 1, False)
        written.add(text[start:end], start, end, True)
    for match in _ENCODED.finditer(text) if "=" in text else ():
        written.add(APART, match.start(), match.start() + 1, False)
        written.add(_decoded(match[0]), *match.span(), False)
    return written.reading()


def _decoded(code: str) -> str:
    """Return what Base64 stands for, empty where that is no text that tells anything."""
    try:
        said = base64.b64decode(code, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return said if said.isprintable() and _TELLS.search(said) else ""


def _shown(match: re.Match[str]) -> tuple[str, str]:
    """Return what is read in place of a match, and the name of the group that is read apart."""
    if match["code"]:
        shown = html.unescape(match[0]).translate(_NARROW)
        return ("" if shown in _INVISIBLE_ALL else shown), ""
    if match["escape"]:
        return match[0][1], ""
    if match["gap"]:
        return "\t" if match["gap"] == "t" else "\n", ""
    if match["point"]:
        return re.sub(r"\\u(.{4})", lambda code: chr(int(code[1], 16)), match[0]).translate(_NARROW), ""
    if match["percent"]:
        return unquote(match[0], errors="replace").translate(_NARROW), ""
    if match["comment"] is not None:
        return "", "comment"
    if match["tag"]:
        name = match["tag"].lower()
        if name in _STRUCK and _DIGITS.fullmatch(
            match.string[match.start() - 1 : match.start()] + match.string[match.end() :][:1]
        ):
            return "、", ""
        if match["inside"] and _NOT_SHOWN.search(match["inside"]):
            return "\n", "inside"
        return "" if name in _INLINE else " | " if name in _CELLS else "\n", "inside" if "=" in match["inside"] else ""
    return "", ""
