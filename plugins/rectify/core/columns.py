"""The columns that a text takes where characters stand in columns; most Chinese ones take two."""

from __future__ import annotations

import unicodedata

_TERMINAL, _SHEET = "WF", "WFA"
"""East Asian widths of two columns (Unicode Standard Annex 11). Ambiguous ones, “” or …, are wide in Chinese fonts only."""


class _Widths(dict[str, int]):
    """The columns of each character, looked up once."""

    def __init__(self, wide: str):
        self._wide = wide

    def __missing__(self, character: str) -> int:
        self[character] = 2 if unicodedata.east_asian_width(character) in self._wide else 1
        return self[character]


_IN_TERMINAL, _IN_SHEET = _Widths(_TERMINAL), _Widths(_SHEET)


def columns_of(text: str, in_chinese_font: bool = False) -> int:
    """Return the columns of a text in a terminal, or in a sheet that is set in a Chinese font."""
    return sum(map((_IN_SHEET if in_chinese_font else _IN_TERMINAL).__getitem__, text))


def padded(text: str, columns: int) -> str:
    """Return a text with blanks behind it up to a number of columns in a terminal."""
    return text + " " * (columns - columns_of(text))
