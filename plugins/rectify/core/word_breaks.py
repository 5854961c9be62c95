"""The words of a text: a title may be broken into lines between them, never inside one (词意完整), and a name is no part of one.

The words are those of words.txt, drawn from the dictionary of jieba with how frequent they are, and of the field. A text is
cut into the most probable ones; a character that is no word by itself goes with its neighbours, for a line that holds too
much is harmless and a word that is cut is not.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from rectify.core.script import simplified

_HAN = re.compile("([\u3400-\u4dbf\u4e00-\u9fff]+)")
_AHEAD = re.compile(r"[“‘《〈（〔【「『(\[\w]")
"""What belongs to the word after it: an opening mark, a number, letters."""
_LONGEST = 8
_SHORTEST_PHRASE = 4
_AROUND = 6
"""So many characters on both sides tell the words of a part of a text."""
_FIELD = 14
"""How frequent the words of the field are taken to be, as a power of two; the list has 2 to 21."""
_TOTAL = 26
"""How many words the list was counted in, likewise."""

_WITH_NEXT = frozenset("不未无非没对与和及按把被从由将为以在向较仍再重各每副第且或仅多")
"""Characters that belong to what follows them."""
_WITH_BOTH = frozenset("市县区局省镇乡村州盟旗")
"""Characters of names, whose end the list does not know."""


@cache
def _frequencies() -> dict[str, int]:
    """Return how frequent each word is, as a power of two."""
    here = Path(__file__)
    found: dict[str, int] = {}
    for line in here.with_name("words.txt").read_text("utf-8").splitlines():
        power, *words = line.split(" ")
        found.update(dict.fromkeys(words, int(power)))
    field = tomllib.loads(here.with_name("field_words.toml").read_text("utf-8"))["words"].split()
    return found | dict.fromkeys(field, _FIELD)


def how_frequent(word: str) -> int:
    """Return how frequent a word is, as a power of two, 0 where it is none."""
    return _frequencies().get(word, 0)


def is_inside_phrase(text: str, start: int, end: int) -> bool:
    """Return whether a part of a text is a part of a longer word of four characters and more: 青黄 of 青黄不接."""
    known = _frequencies()
    return any(
        text[first : first + size] in known
        for size in range(max(_SHORTEST_PHRASE, end - start + 1), _LONGEST + 1)
        for first in range(max(0, end - size), start + 1)
    )


@lru_cache(10_000)  # Groups, categories and parts of an office are named again and again.
def words_of(text: str) -> tuple[str, ...]:
    """Return a text in the pieces between which a line may end; together they are the text."""
    pieces: list[str] = []
    ahead = ""

    def begins(piece: str) -> None:
        # 第3项 is one word, however its number is written.
        if pieces and pieces[-1].endswith("第"):
            pieces[-1] += piece
        else:
            pieces.append(piece)

    for part, run in enumerate(_HAN.split(text)):
        if part % 2:
            at = 0
            for word in _together(_cut(simplified(run))):
                begins(ahead + run[at : at + len(word)])
                at, ahead = at + len(word), ""
        else:
            end = run[: place.start()] if (place := _AHEAD.search(run)) else run
            if pieces:
                pieces[-1] += end
                ahead = run[len(end) :]
            else:
                ahead = run
    if ahead:
        begins(ahead)
    return tuple(pieces)


def told_by_words(text: str, start: int, end: int) -> int:
    """Return how well words explain a part of a text, as a power of two; the less, the likelier it is a name.

    It is what the text around loses of its probability where nothing is known of the part, 操培 of 实操培训: the words that
    begin before it or go on behind it are lost with it.
    """
    first, last = start, end
    while first > max(0, start - _AROUND) and _is_han(text[first - 1]):
        first -= 1
    while last < min(len(text), end + _AROUND) and _is_han(text[last]):
        last += 1
    run = simplified(text[first:last])
    return _probable(run)[0][0] - _probable(run[: start - first])[0][0] - _probable(run[end - first :])[0][0]


def _is_han(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff"


def _cut(run: str) -> list[str]:
    """Return the most probable words of a run of Chinese characters."""
    following = _probable(run)[1]
    words, start = [], 0
    while start < len(run):
        words.append(run[start : following[start]])
        start = following[start]
    return words


def _probable(run: str) -> tuple[list[int], list[int]]:
    """Return for each place of a run of Chinese characters how probable the rest is at most, and where the word there ends."""
    frequency = _frequencies().get
    best, following = [0] * (len(run) + 1), [0] * (len(run) + 1)
    for start in range(len(run) - 1, -1, -1):
        following[start] = start + 1
        best[start] = frequency(run[start], 0) - _TOTAL + best[start + 1]
        for end in range(start + 2, min(len(run), start + _LONGEST) + 1):
            found = frequency(run[start:end])
            # Of two that are as probable the longer one.
            if found is not None and found - _TOTAL + best[end] >= best[start]:
                best[start], following[start] = found - _TOTAL + best[end], end
    return best, following


def _together(words: list[str]) -> list[str]:
    """Return the words with single characters put to their neighbours."""
    joined: list[str] = []
    opens, after_single = False, False
    for word in words:
        is_single = len(word) == 1
        if joined and (opens or (is_single and (after_single or word not in _WITH_NEXT))):
            joined[-1] += word
        else:
            joined.append(word)
        opens = is_single and (word in _WITH_NEXT or word in _WITH_BOTH or joined == [word])
        after_single = is_single
    return joined
