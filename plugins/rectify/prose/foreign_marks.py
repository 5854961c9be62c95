"""Marks of handling in English: STRICTLY CONFIDENTIAL. Do not distribute; Draft – not for circulation.

A stretch of Latin text is such a mark if it is made of the words of marks alone, and some of them forbid, limit or name a
secret. Sentences about confidential data hold other words.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.handling import Mark
from rectify.prose.word_lists import any_of, load

_DATA = load("notices")
_STRETCH = compiled(r"[A-Za-z][A-Za-z '’.,;:!&()–—_-]*[A-Za-z)!]")
_WORD = compiled("[a-z]+")
_WORDS = frozenset(_DATA["english_words"])
_TELLS = compiled(rf"\b(?:{any_of(_DATA['english_tells'])})\b")
_SECRET = compiled(r"\b(?:secret|confidential|classified)\b")
_LONGEST = 120


def foreign_marks(line: str) -> Iterator[Mark]:
    """Return the marks in English of a line, each of two words or more."""
    for match in _STRETCH.finditer(line):
        words = _WORD.findall(match[0].lower())
        if 1 < len(words) and len(match[0]) <= _LONGEST and _WORDS.issuperset(words) and _TELLS.search(" ".join(words)):
            yield Mark("M004" if _SECRET.search(match[0].lower()) else "M003", *match.span())
