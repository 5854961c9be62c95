"""A text as a reader of the page sees it, and the way back from a place in it to the source.

Full-width letters and digits become narrow, traditional characters simplified, codes of characters become characters, tags inside a line, invisible
characters and the backslashes of Markdown vanish. What a tag carries in its attributes stands at the end of the text.
`joined` goes one step further: whatever stands between the parts of a number becomes one character.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import NamedTuple
from urllib.parse import unquote

from rectify.core.patterns import compiled
from rectify.prose.privacy.alike import BLANKS, FIGURES, INVISIBLE, WORDED, narrow
from rectify.prose.privacy.coded import coded
from rectify.prose.privacy.lettered import put_into_chinese

DASHES = "\u2010-\u2015\u2212\u2796\ufe58\ufe63-"
DOTS = "·•・‧∙⋅."
"""For character classes; the first two are ranges."""
APART = "\0"
"""Stands before what is read apart, after the text itself."""
SEPARATOR = r"[ \t.|\n/_\-]?"
"""For patterns on a joined reading: what may stand between two digits."""

_NARROWED = frozenset(map(chr, narrow()))
_INVISIBLE_ALL = frozenset(
    re.findall(
        f"[{INVISIBLE}]", "".join(map(chr, (*range(0xA0, 0x10000), *range(0x1D100, 0x1D200), *range(0xE0000, 0xE1000))))
    )
)
_MARKUP = frozenset(["<", "&", "\\", *_INVISIBLE_ALL])
# Begins with a class of every first character, which the search jumps to.
_UNSEEN = compiled(
    rf"[{INVISIBLE}%&\\<](?:(?<=[{INVISIBLE}])[{INVISIBLE}]*"
    r"|(?<=%)(?P<percent>[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}){0,199})"
    r"|(?<=&)(?P<code>(?:#\d{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{1,30};))"
    r"|(?<=\\)(?P<point>(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})(?:\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}){0,39})"
    r"|(?<=\\)(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?<=\\)(?P<gap>[tnr](?![A-Za-z]))"
    r"|(?<=<)!--(?P<comment>(?:[^-]|-(?!->)){0,400})-->"
    r"|(?<=<)/?(?P<tag>[A-Za-z][A-Za-z0-9]{0,15})(?P<inside>(?:[\s/][^<>]{0,400})?)>)"
)
_POINT = compiled(r"\\(?:u(.{4})|x(..))")
_PERCENT = compiled("%[0-9A-Fa-f]{2}")
_CODES = compiled(r"%[0-9A-Fa-f]{2}|&(?:#\d|#[xX][0-9A-Fa-f]|[A-Za-z][A-Za-z0-9]{1,30};)")
_ADDRESS = compiled(
    r"(?:(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.\-]{1,20}:|\]\(|[?&/=])[!-~]{0,120}$|(?:\]\(|[?&][^\s?&=]{1,60}=)[!-~\u4e00-\u9fff]{1,60}$"
)
"""Of what may be one up to a sign of percent; elsewhere this stands behind a figure."""
_TO_ADDRESS = 150
_DEEPEST = 3
"""Codes of codes that are looked into: %2531, &#37;31."""
_INLINE = frozenset("a abbr b bdi big code del em font i ins kbd mark s small span strike strong sub sup u wbr".split())
"""Elements in the middle of a word or number; any other ends what is read in one breath."""
_CELLS = frozenset(("td", "th"))
_CELL_BEFORE, _CELL_AFTER = compiled(r"\|[ \t]*([^|\n]*)$"), compiled(r"([^|\n]*+)(?:\||$)")
_LABEL = compiled(r"[\u4e00-\u9fff（）()]{1,8}[号码话期日址名证卡箱电断果信本者人级间龄]")
_WRAPPED = compiled(r"[\w)）][\-./@_·]\0\w|\w\0[\-./@_·]\w|^[\w.\-]{2,20}\0[\w.\-]{0,20}@")
"""A value of two lines, of which one alone is none."""
_SINGLE = compiled("[\u4e00-\u9fff]")
"""No value of its own: 白血<br>病."""
_LONGEST_CELL = 40
_NOT_SHOWN = compiled(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?![\w-])")
_STRUCK = frozenset(("del", "ins", "s", "strike"))
"""What one number is struck out with and the next put in its place."""

HAN_NUMBER = compiled(rf"[{WORDED}](?:[ -]?[{WORDED}]|-?\d){{6,}}")
"""Figures among its characters are figures of one number only if it is as long as one of a person."""
_PURE = compiled(f"[{WORDED} -]+")
_SIZES = frozenset((11, 15, 16, 17, 18, 19))
# 6lO113…: what a scanner makes of ones and noughts.
_LOOKS = "OoIl"
_ALIKE = str.maketrans(_LOOKS, "0011")
_SCANNED = compiled(
    rf"(?<![A-Za-z0-9])(?:[{_LOOKS}]\d|\d\d)\d{{1,4}}(?: (?=[{_LOOKS}]{{0,2}}\d)[\d{_LOOKS}]{{2,6}}){{1,5}}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9])(?:[A-HJ-NP-Z]{{1,3}}(?=[\d{_LOOKS}]{{5}}))?(?=(?:[{_LOOKS}\-./]{{0,3}}\d){{3}})[\d{_LOOKS}\-./]{{5,24}}(?![A-Wa-wYZyz0-9])"
    rf"|[\d{_LOOKS}]{{1,4}}(?=[年月日])"
)
_BETWEEN = compiled(rf"(?<=[0-9A-Za-z)])[{BLANKS}|\n/*_`~'{DOTS}{DASHES}]{{1,60}}(?=[0-9A-Za-z(])")
_SPREAD = compiled(
    r"(?<![^\s|（(：:“‘，。；、])[一-鿿A-Z](?:[ \u3000]{1,2}(?:[一-鿿A-Z\d][：:]?|[：:]\d?)){5,}(?![一-鿿\dA-Za-z])"
)
_SPREAD_OR_BOLD = compiled(rf"{_SPREAD.pattern}|(?<!\*)\*\*\d{{1,4}}\*\*(?!\*)")
_GAPS = compiled(r"[ \u3000]+|\*\*")
_ONE_OF_EACH = {
    **dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000)), " "),
    **dict.fromkeys(map(chr, (*range(0x2010, 0x2016), 0x2212, 0x2796, 0xFE58, 0xFE63)), "-"),
    **dict.fromkeys(DOTS, "."),
    **dict.fromkeys("*`~'", ""),
}


_DIGITS = compiled(r"\d\d")


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

    def __init__(self, text: str, pieces: list[_Piece] | None = None, of: Reading | None = None):
        """`of` is the reading whose text was read, where that is not the source."""
        self.text = text
        self._pieces, self._of = pieces, of
        """No pieces where every character stands at its place in the source."""
        self._starts = [piece.start for piece in pieces or ()]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where the source begins and ends that reads as a part of the text; the part is not empty."""
        if self._pieces is None:
            return start, end
        first, last = self._piece(start), self._piece(end - 1)
        begins = first.source + (start - first.start if first.exact else 0)
        ends = last.source + end - last.start if last.exact else last.end
        return (begins, ends) if self._of is None else self._of.source(begins, ends)

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

    def reading(self, of: Reading | None = None) -> Reading:
        return Reading("".join(self.parts), self.pieces, of)


def read(text: str, characters: frozenset[str]) -> Reading:
    """Return a text as it is read; `characters` are those that it has."""
    return _in_chinese(_read(text, characters))


def _in_chinese(reading: Reading) -> Reading:
    """Return a reading with its labels in Latin letters as they are called in Chinese."""
    text, written, end = reading.text, _Writer(), 0
    for start, stop, said in put_into_chinese(text):
        written.add(text[end:start], end, start, True)
        written.add(said, start, stop, False)
        end = stop
    if not end:
        return reading
    written.add(text[end:], end, len(text), True)
    return written.reading(reading)


def _read(text: str, characters: frozenset[str]) -> Reading:
    if not characters.isdisjoint(_NARROWED):
        text = text.translate(narrow())
    if characters.isdisjoint(_MARKUP) and not ("%" in characters and _PERCENT.search(text)):
        if next(coded(text, characters), None) is None:
            return Reading(text)
    reading = _unmarked(text)
    for _ in range(_DEEPEST - 1):
        if reading.text == text or not _CODES.search(reading.text):
            break
        text, reading = reading.text, _decoded_again(reading)
    return reading


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
    digits = sum(map(str.isdigit, match[0].translate(FIGURES))) + len(before) - len(before.rstrip("0123456789-"))
    digits -= before[len(before.rstrip("0123456789-")) :].count("-")
    return match[0].translate(FIGURES) if _PURE.fullmatch(match[0]) or digits in _SIZES else match[0]


def close(reading: Reading) -> Reading:
    """Return the reading without the blanks of words that are spread out, 出 生 日 期, and the signs of bold figures.

    Its places lead to the source.
    """
    text, written, end = reading.text, _Writer(), 0
    for match in (_SPREAD if "**" not in text else _SPREAD_OR_BOLD).finditer(text):
        for blank in _GAPS.finditer(text, *match.span()):
            written.add(text[end : blank.start()], end, blank.start(), True)
            end = blank.end()
    if not end:
        return reading
    written.add(text[end:], end, len(text), True)
    return written.reading(reading)


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
    written = _Writer()
    aside = _write(written, text, 0, len(text))
    for start, end in aside:
        written.add(APART, start, start + 1, False)
        # What stands in a comment or an attribute is written in the same ways, and may have attributes itself.
        aside += _write(written, text, start, end)
    for start, end, said in coded(text, text):
        written.add(APART, start, start + 1, False)
        written.add(said.translate(narrow()), start, end, False)
    return written.reading()


def _write(written: _Writer, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Write a part of a text as it is read, and return what of it is read apart."""
    aside = []
    for match in _UNSEEN.finditer(text, start, end):
        written.add(text[start : match.start()], start, match.start(), True)
        start = match.end()
        shown, inside = _shown(match)
        written.add(shown, match.start(), start, False)
        if inside:
            aside.append(match.span(inside))
    written.add(text[start:end], start, end, True)
    return aside


def _decoded_again(reading: Reading) -> Reading:
    """Return a reading with the codes that codes stood for."""
    text, written, end = reading.text, _Writer(), 0
    for match in _UNSEEN.finditer(text):
        if match["percent"] or match["code"]:
            written.add(text[end : match.start()], end, match.start(), True)
            end = match.end()
            written.add(_shown(match)[0], match.start(), end, False)
    written.add(text[end:], end, len(text), True)
    return written.reading(reading)


def _shown(match: re.Match[str]) -> tuple[str, str]:
    """Return what is read in place of a match, and the name of the group that is read apart."""
    if match["code"]:
        shown = html.unescape(match[0]).translate(narrow())
        return ("" if shown in _INVISIBLE_ALL else shown), ""
    if match["escape"]:
        return match[0][1], ""
    if match["gap"]:
        return "\t" if match["gap"] == "t" else "\n", ""
    if match["point"]:
        return _POINT.sub(lambda code: chr(int(code[1] or code[2], 16)), match[0]).translate(narrow()), ""
    if match["percent"]:
        if match[0].count("%") < 3 and not _is_in_address(match):
            return match[0], ""
        return unquote(match[0], errors="replace").translate(narrow()), ""
    if match["comment"] is not None:
        return "", "comment"
    if match["tag"]:
        name = match["tag"].lower()
        if name == "br" and _is_wrapped(match):
            return "", ""
        if name in _STRUCK and _DIGITS.fullmatch(
            match.string[match.start() - 1 : match.start()] + match.string[match.end() :][:1]
        ):
            return "、", ""
        if match["inside"] and _NOT_SHOWN.search(match["inside"]):
            return "\n", "inside"
        return "" if name in _INLINE else " | " if name in _CELLS else "\n", "inside" if "=" in match["inside"] else ""
    return "", ""


def _is_wrapped(match: re.Match[str]) -> bool:
    """Return whether a label or a value goes on below in the same cell of a table: 家庭<br>电话, 0731-<br>85218347."""
    before = _CELL_BEFORE.search(match.string, max(0, match.start() - _LONGEST_CELL), match.start())
    after = _CELL_AFTER.match(match.string, match.end(), match.end() + _LONGEST_CELL)
    if not (before and after):
        return False
    if _SINGLE.fullmatch(before[1].strip()) or _SINGLE.fullmatch(after[1].strip()):
        return True
    return bool(_LABEL.fullmatch(before[1] + after[1]) or _WRAPPED.search(f"{before[1]}\0{after[1]}"))


def _is_in_address(match: re.Match[str]) -> bool:
    return bool(_ADDRESS.search(match.string[max(0, match.start() - _TO_ADDRESS) : match.start()]))
