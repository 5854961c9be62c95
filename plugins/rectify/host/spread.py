"""A few rows of many, not all of one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def spread(rows: Sequence[Row], unit_of: Callable[[Row], str], most: int) -> list[Row]:
    """Return the first rows, half of them of one unit at the most; in their order, and more of one where the others have too few."""
    seen: Counter[str] = Counter()
    chosen: list[int] = []
    left: list[int] = []
    for place, row in enumerate(rows):
        if len(chosen) == most:
            break
        unit = unit_of(row)
        seen[unit] += 1
        (chosen if 2 * seen[unit] <= most + 1 else left).append(place)
    return [rows[place] for place in sorted([*chosen, *left[: most - len(chosen)]])]


def passes_over(chosen: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Return whether some rows that come first were left out for those of other units."""
    return [*chosen] != [*rows[: len(chosen)]]
