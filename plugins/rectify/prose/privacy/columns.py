"""The cells below the heads of a table's columns, whatever parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rectify.core.patterns import compiled

_SIGNS = compiled(r"[|\t,，]")
_BLANKS = compiled(r"[ \u3000]+")


class Cell(NamedTuple):
    start: int
    end: int
    heads: list[str]
    """Of all columns of its table, without blanks."""


def cells_below(text: str, heading: re.Pattern[str], column: re.Pattern[str]) -> Iterator[Cell]:
    """Return the filled cells of the columns whose whole head matches; `heading` is what such a head holds."""
    end = 0
    for match in heading.finditer(text):
        if match.start() < end:
            continue
        first, end = line_at(text, match.start())
        if not (sign := _SIGNS.search(text, first, end)):
            continue
        heads = [_BLANKS.sub("", cell) for cell in text[first:end].split(sign[0])]
        columns = [place for place, head in enumerate(heads) if column.fullmatch(head)]
        while columns and end < len(text):
            start, after = line_at(text, end + 1)
            row = text[start:after].split(sign[0])
            if len(row) < 2:
                break
            end = after
            for place in columns:
                if place < len(row) and (bare := row[place].strip()):
                    begin = start + sum(len(cell) + 1 for cell in row[:place]) + row[place].index(bare)
                    yield Cell(begin, begin + len(bare), heads)


def line_at(text: str, place: int) -> tuple[int, int]:
    """Return the ends of the line that a place is on."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text)
