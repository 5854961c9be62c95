"""Numbered lines as one text, and the way back from a place in it to line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from rectify.core.finding import Finding, found
from rectify.core.patterns import compiled

IDEOGRAPH = "\u3400-\u9fff"
"""For character classes: the Chinese characters in common use, 〇 (U+3007) aside."""

# GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）; offices also write 1、 and half-width brackets.
NUMBERED = compiled(
    r"[ \t\u3000\xa0]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．、](?!\d))"
)
"""The number at the start of a heading or item."""

_AROUND = 8
_LONGEST_EXCERPT = 60
_SENTENCE = compiled(r"[^。！？；\n]+")


class Passage:
    """The lines of a document or of one file of it.

    Rules run once over the whole text: a call for every line and rule would cost more than the search itself.
    """

    def __init__(self, lines: Sequence[tuple[int, str]], path: str):
        self.path = path
        self.numbers = [number for number, _ in lines]
        self.lines = [text for _, text in lines]
        self.text = "\n".join(self.lines)
        self.characters = frozenset(self.text)
        """By which a rule sees at once that nothing it looks for can be there; most rules of most texts end here."""
        self.starts = [0, *accumulate(len(text) + 1 for text in self.lines)][: len(self.lines)]
        """Offset of each line in the text."""

    def line_of(self, offset: int) -> int:
        """Return the index of the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def found(self, rule: str, start: int, *, token: str, **values: Any) -> Finding:
        """Return a finding at an offset, with the words around the token as its excerpt."""
        index = self.line_of(start)
        end = start + len(token)
        before = self.text[max(self.starts[index], start - _AROUND) : start]
        after = self.text[end : min(self.starts[index] + len(self.lines[index]), end + _AROUND)]
        excerpt = f"{before}{token}{after}"[:_LONGEST_EXCERPT]
        column = start - self.starts[index] + 1
        return found(rule, self.path, self.numbers[index], column, excerpt=excerpt, token=token, **values)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Return the offset and text of every sentence or part of one that ends with a semicolon."""
        return ((match.start(), match[0]) for match in _SENTENCE.finditer(self.text))
