"""Characters: quotes and brackets, full-width and half-width forms, spaces that do not show, broken encodings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.passage import IDEOGRAPH, NUMBERED, Passage

# Ｘ is left to the masks: 第Ｘ次 is a placeholder.
_FULL_WIDTH = compiled("[０-９Ａ-ＷＹＺａ-ｗｙｚ％－＋．＝]+")
_HALF_WIDTH = compiled(f"[,:;()?!](?=[{IDEOGRAPH}“《（])")
_BEFORE_HALF_WIDTH = compiled(f"[{IDEOGRAPH}”》）]")
# No-break and narrow spaces, zero-width signs, fillers, direction marks, soft hyphen, tags of languages, and the
# private-use bullets of symbol fonts.
_INVISIBLE = compiled(
    "[\u00a0\u00ad\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u2060-\u2064\u2066-\u206f\u2800\u3164"
    "\ue000-\uf8ff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
_MOJIBAKE = compiled(
    "\ufffd+|(?:锟斤拷)+|(?:烫烫){2,}烫?|(?:屯屯){2,}屯?|(?m:^)锘|(?:Ã[\u0080-\u00bf]|â€.?|[äåæçèé][\u0080-\u00bf]{2})+"
)
_FULL_WIDTH_CHARACTERS = frozenset(chr(code) for code in range(0xFF01, 0xFF5F) if _FULL_WIDTH.match(chr(code)))
_HALF_WIDTH_CHARACTERS = frozenset(",:;()?!")
_INVISIBLE_CHARACTERS = frozenset(
    chr(code) for code in (*range(0xA0, 0x10000), *range(0xE0000, 0xE1000)) if _INVISIBLE.match(chr(code))
)
_MOJIBAKE_CHARACTERS = frozenset("\ufffd锟烫屯锘Ãâäåæçèé")
_PAIRED_CHARACTERS = frozenset("“”‘’《》〈〉（）()【】「」『』〔〕")
_OPENING = dict(zip("“‘《〈（【「『〔", "”’》〉）】」』〕"))
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_PAIRED = compiled("[“”‘’《》〈〉（）()【】「」『』〔〕]")
_ORDINAL = compiled(r"(?:^|[\s，。；：、,;])[ \u3000]*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[①-⑳])$")
_NUMBER_AT_START = compiled(r"(?:^|\n)[ \t\u3000]*\d{1,3}\Z")
"""Word processors put a full-width point behind the number of a heading; it is as good as the other."""
_DEEPEST = 64
_HABIT = 10


def typography(passage: Passage) -> Iterator[Finding]:
    """Return what is wrong with single characters and with pairs of them."""
    text, characters = passage.text, passage.characters
    for match in _matches(_FULL_WIDTH, text, characters, _FULL_WIDTH_CHARACTERS):
        if match[0] == "．" and _NUMBER_AT_START.search(text, max(0, match.start() - 8), match.start()):
            continue
        yield passage.found("W013", match.start(), token=match[0], allowed=unicodedata.normalize("NFKC", match[0]))
    half = [
        match
        for match in _matches(_HALF_WIDTH, text, characters, _HALF_WIDTH_CHARACTERS)
        if _BEFORE_HALF_WIDTH.match(text, max(0, match.start() - 1))
    ]
    signs = Counter(match[0] for match in half)
    told: set[str] = set()
    for match in half:
        # A sign that is half-width throughout is a habit, told once and not at each of its places.
        habit = signs[match[0]] > _HABIT and signs[match[0]] > text.count(chr(ord(match[0]) + 0xFEE0))
        if not habit or match[0] not in told:
            told.add(match[0])
            yield passage.found("W014", match.start(), token=match[0], allowed=chr(ord(match[0]) + 0xFEE0))
    for match in _matches(_INVISIBLE, text, characters, _INVISIBLE_CHARACTERS):
        codes = " ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(match[0]))
        yield passage.found("W015", match.start(), token=match[0], found=codes)
    for match in _matches(_MOJIBAKE, text, characters, _MOJIBAKE_CHARACTERS):
        yield passage.found("W017", match.start(), token=match[0])
    if "\u3000" in text:
        yield from _indents(passage)
    if not characters.isdisjoint(_PAIRED_CHARACTERS):
        for index, line in enumerate(passage.lines):
            if _PAIRED.search(line):
                yield from _pairs(passage, index)


def _matches(
    pattern: re.Pattern[str], text: str, characters: frozenset[str], needed: frozenset[str]
) -> Iterator[re.Match[str]]:
    """Return the matches of a pattern, each of which holds one of the needed characters."""
    return iter(()) if characters.isdisjoint(needed) else pattern.finditer(text)


def _indents(passage: Passage) -> Iterator[Finding]:
    """Return the numbered lines that are indented although most of their kind are not."""
    numbered = [(index, match[0]) for index, line in enumerate(passage.lines) if (match := NUMBERED.match(line))]
    usual = Counter((_kind(number), number[0] == "\u3000") for _, number in numbered)
    for index, number in numbered:
        if number[0] == "\u3000" and usual[_kind(number), True] < usual[_kind(number), False]:
            token = number[: len(number) - len(number.lstrip())]
            yield passage.found("W016", passage.starts[index], token=token)


def _kind(number: str) -> str:
    """Return the form of a number without its value: （一） -> （一."""
    bare = number.strip()
    return re.sub(r"\d+", "1", re.sub("[一二三四五六七八九十]+", "一", bare))


def _pairs(passage: Passage, index: int) -> Iterator[Finding]:
    """Return the marks of a paragraph that lack their partner, and book marks directly inside book marks.

    A quotation of several paragraphs opens each of them and is closed in the last only.
    """
    line, start = passage.lines[index], passage.starts[index]
    stack: list[tuple[str, int]] = []
    for match in _PAIRED.finditer(line):
        mark = {"(": "（", ")": "）"}.get(match[0], match[0])
        at = match.start()
        if mark in _OPENING:
            if mark == "《" and any(opened == "《" for opened, _ in stack[-_DEEPEST:]):
                yield passage.found("W010", start + at, token=mark)
            stack.append((mark, at))
        elif stack and stack[-1][0] == _CLOSING[mark]:
            stack.pop()
        elif (mark == "）" and _ORDINAL.search(line[max(0, at - 6) : at])) or (
            mark == "’" and _is_apostrophe(line, at)
        ):
            continue
        else:
            depth = next(
                (d for d, (opened, _) in enumerate(reversed(stack[-_DEEPEST:]), 1) if opened == _CLOSING[mark]), 0
            )
            unclosed = stack[len(stack) - depth + 1 :] if depth else [(mark, at)]
            for _, place in unclosed:
                yield passage.found("W011", start + place, token=line[place])
            del stack[len(stack) - depth :]
    following = next((text for text in passage.lines[index + 1 : index + 3] if text.strip()), "").lstrip()
    for opened, place in stack:
        if not (opened in "“‘「" and following.startswith(opened)):
            yield passage.found("W011", start + place, token=line[place])


def _is_apostrophe(line: str, at: int) -> bool:
    return line[max(0, at - 1) : at].isascii() and line[max(0, at - 1) : at].isalnum()
