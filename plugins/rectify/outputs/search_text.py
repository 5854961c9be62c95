"""Text as the search sees it: folded, cut into terms. The client repeats this in search-query.js; the tests hold both
to the same examples, and docs/search-index.md states the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add
from unicodedata import normalize

from rectify.core.soft_breaks import join_lines

# Scripts written without spaces: in them nothing is a word.
HAN = "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"

# The range counts, not the table: newer ideographs are missing from older Pythons.
_SEPARATOR = re.compile(rf"(?![{HAN}]|(?<=[0-9])\.(?=[0-9]))[\W_]")
_WORD = re.compile(rf"(?:[0-9]\.(?=[0-9])|[^\W_{HAN}])+")
_BLANK = re.compile(r"\s+")


class _FoldTable(dict[int, str]):
    """What each character folds to, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = normalize("NFKC", chr(code)).lower()
        return folded


_FOLDED = _FoldTable()


def tidy(text: str) -> str:
    """The text on one line as a snippet shows it. Blocks are expected to be a blank line apart."""
    return _BLANK.sub(" ", join_lines(text)).strip()


def fold(text: str) -> str:
    """The text with full-width and half-width forms, compatibility forms and case made one.

    Each character is folded by itself, so that every folded character comes from exactly one original (see `origins`).
    """
    return text.translate(_FOLDED)


def origins(text: str) -> list[int]:
    """For every character of `fold(text)`, the index in `text` of the character that it comes from."""
    return [index for index, char in enumerate(text) for _ in _FOLDED[ord(char)]]


def grid(folded: str) -> str:
    """The folded text, character for character, with everything that no term contains made a space."""
    return _SEPARATOR.sub(" ", folded)


def pairs(cells: str) -> Iterator[str]:
    """For every character of a grid, that character and the next. Many are no terms: see `pair_term`."""
    return map(add, cells, cells[1:] + " ")


def pair_term(pair: str) -> str:
    """The term that a pair stands for: itself, its first character alone before a space, or '' for none.

    So every letter begins exactly one term, a query of one character is all terms that begin with it, and any fragment
    is found, of words too.
    """
    return pair.rstrip(" ") if pair[0] != " " else ""


def words(folded: str) -> list[tuple[str, int]]:
    """The words of other scripts, numbers included (7.132 is one word), each with its position: whole they count more."""
    return [(found.group(), found.start()) for found in _WORD.finditer(folded)]


def terms(folded: str) -> list[tuple[str, int]]:
    """All terms of a folded text with their positions: pairs in order, then words in order."""
    found = [(pair_term(pair), place) for place, pair in enumerate(pairs(grid(folded)))]
    return [(term, place) for term, place in found if term] + words(folded)
