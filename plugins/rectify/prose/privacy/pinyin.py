"""A masked name whose letters stand beside it: [李某某答复意见](lixiuying-dafu.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rectify.core.patterns import compiled
from rectify.prose.privacy.names import SYLLABLE
from rectify.prose.word_lists import load

_SPELLING = {character: letters for letters, characters in load("people")["pinyin"].items() for character in characters}
_NEAR = 80


@cache
def _name(letters: str) -> re.Pattern[str]:
    return compiled(rf"(?<![A-Za-z])(?i:{letters})[ _-]?(?!mou)(?i:{SYLLABLE})[ _-]?(?i:{SYLLABLE})?(?![A-Za-z])")


def spelled(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where a name is spelled out whose surname stands at a place, on the same line or the next."""
    if letters := _SPELLING.get(text[start]):
        for match in _name(letters).finditer(text, max(0, start - _NEAR), start + _NEAR):
            yield match.span()


def begins_with(surname: str, letters: str) -> bool:
    """Return whether letters begin as a surname sounds."""
    return letters[:1].lower() == _SPELLING.get(surname, "-")[:1]
