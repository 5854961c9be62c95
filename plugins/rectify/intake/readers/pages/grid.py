"""Rules of a page -> grids, and the characters in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rectify.intake.outline import Cell
from rectify.intake.readers.pages.glyph import Glyph, Rule
from rectify.intake.readers.pages.line import joined, lines_of

_NEAR = 3.0
"""Points by which rules miss each other that are meant to meet."""
_LONG = 5.0
RULES = 4_000
"""Rules of a page; more of them are a drawing."""


class Grid(NamedTuple):
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[tuple[int, ...], ...]
    """Of each square, row by row, the number of its cell; merged squares share one."""

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """Return the grids of a page from the top down; a box around text and a rule below a heading are none."""
    if len(rules) > RULES:
        return []
    drawn = _merged(rules)
    groups = _connected(drawn)
    grids = [grid for group in groups if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: grid.ys[0])


def rows_of(grid: Grid, glyphs: Sequence[Glyph]) -> list[tuple[Cell, ...]]:
    """Return the rows of a grid with the characters that stand in it."""
    texts: dict[int, list[Glyph]] = {}
    bounds: dict[int, list[float]] = {}
    for places in grid.places:
        for column, cell in enumerate(places):
            left, right = bounds.setdefault(cell, [grid.xs[column], grid.xs[column + 1]])
            bounds[cell] = [min(left, grid.xs[column]), max(right, grid.xs[column + 1])]
    for glyph in glyphs:
        row, column = _between(grid.ys, glyph.centre), _between(grid.xs, glyph.middle)
        texts.setdefault(grid.places[row][column], []).append(glyph)
    seen: set[int] = set()
    rows = []
    for places in grid.places:
        cells = []
        for cell in places:
            text = _cell_text(texts.get(cell, ()), bounds[cell][1])
            cells.append(Cell(text, cell in seen))
            seen.add(cell)
        rows.append(tuple(cells))
    return rows


def _cell_text(glyphs: Sequence[Glyph], right: float) -> str:
    """Return the text of a cell; a line that reaches its right side goes on in the next one."""
    text, full = "", False
    for pieces in lines_of(glyphs):
        line = joined(pieces, " ")
        text += line if full or not text else f"\n{line}"
        full = pieces[-1].right > right - 2.2 * pieces[-1].size
    return text


def _between(bounds: Sequence[float], value: float) -> int:
    return max(min(sum(bound <= value for bound in bounds) - 1, len(bounds) - 2), 0)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules with those joined that are parts of one line."""
    result: list[Rule] = []
    for across in (True, False):
        some = [rule for rule in rules if rule.across is across]
        some.sort(key=lambda rule: (rule.top, rule.left) if across else (rule.left, rule.top))
        levels: list[list[Rule]] = []
        for rule in some:
            level = rule.top if across else rule.left
            if levels and level - (levels[-1][0].top if across else levels[-1][0].left) <= _NEAR / 2:
                levels[-1].append(rule)
            else:
                levels.append([rule])
        for level_rules in levels:
            start = None
            for rule in sorted(level_rules, key=lambda one: one.left if across else one.top):
                if start is None:
                    start = rule
                elif (rule.left if across else rule.top) <= (start.right if across else start.bottom) + _NEAR:
                    start = (
                        start._replace(right=max(start.right, rule.right))
                        if across
                        else start._replace(bottom=max(start.bottom, rule.bottom))
                    )
                else:
                    result.append(start)
                    start = rule
            if start is not None:
                result.append(start)
    return [rule for rule in result if max(rule.right - rule.left, rule.bottom - rule.top) >= _LONG]


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that touch each other."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *(one for group in touching for one in group)])
    return groups


def _touch(one: Rule, two: Rule) -> bool:
    return (
        one.across != two.across
        and one.left <= two.right + _NEAR
        and two.left <= one.right + _NEAR
        and one.top <= two.bottom + _NEAR
        and two.top <= one.bottom + _NEAR
    )


def _grid(rules: Sequence[Rule]) -> Grid | None:
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    xs, ys = _apart([rule.left for rule in down]), _apart([rule.top for rule in across])
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
        return None
    cells = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def cell(place: tuple[int, int]) -> tuple[int, int]:
        while cells[place] != place:
            place = cells[place]
        return place

    for row, column in list(cells):
        x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        edge = xs[column + 1]
        if column + 2 < len(xs) and not any(
            abs(one.left - edge) <= _NEAR and one.top <= y <= one.bottom for one in down
        ):
            _join(cells, cell((row, column)), cell((row, column + 1)))
        edge = ys[row + 1]
        if row + 2 < len(ys) and not any(abs(one.top - edge) <= _NEAR and one.left <= x <= one.right for one in across):
            _join(cells, cell((row, column)), cell((row + 1, column)))
    numbers: dict[tuple[int, int], int] = {}
    places = tuple(
        tuple(numbers.setdefault(cell((row, column)), len(numbers)) for column in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    )
    return Grid(tuple(xs), tuple(ys), places) if len(numbers) > 1 else None


def _join(cells: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], two: tuple[int, int]) -> None:
    first, second = min(one, two), max(one, two)
    cells[second] = first


def _apart(values: Sequence[float]) -> list[float]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > _NEAR:
            result.append(value)
    return result
