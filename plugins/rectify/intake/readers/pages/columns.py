"""Lines of a page -> columns of text, where it is set in two."""

from __future__ import annotations

from collections.abc import Sequence

from rectify.intake.readers.pages.line import Piece

_LEAST = 4
"""Lines on both sides of a gutter that make columns."""
_GUTTER, _WIDEST = 0.9, 8
"""Of a character's size: what parts columns; a wider one parts labels from what they are about."""
_LONG = 0.2
"""Of the width of all text: shorter lines are the columns of a table, or labels."""
_SIDE = 0.3
"""Of the width of all text: the least width of a column."""

Line = tuple[Piece, ...]


def in_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in reading order, those of a column together; one list where there are no columns."""
    result: list[list[Line]] = [[]]
    start = 0
    while start < len(lines):
        run, gutter = _run(lines, start)
        if run:
            left = [tuple(one for one in line if one.right <= gutter) for line in lines[start : start + run]]
            right = [tuple(one for one in line if one.left >= gutter) for line in lines[start : start + run]]
            result += [[line for line in left if line], [line for line in right if line], []]
            start += run
        else:
            result[-1].append(lines[start])
            start += 1
    return [column for column in result if column]


def _run(lines: Sequence[Line], start: int) -> tuple[int, float]:
    """Return how many lines from here on leave the same gutter free, and where it is; 0 where they make no columns."""
    least = min(line[0].left for line in lines)
    most = max(line[-1].right for line in lines)
    free = (least + _SIDE * (most - least), most - _SIDE * (most - least))
    count = both = 0
    best = 0.0
    for line in lines[start:]:
        gaps = _gaps(line, free)
        if not gaps:
            break
        free = max(gaps, key=lambda gap: gap[1] - gap[0])
        count += 1
        middle = (free[0] + free[1]) / 2
        if line[0].right <= middle <= line[-1].left:
            both += 1
        best = middle
    if both < _LEAST or not lines[start][0].right <= best <= lines[start][-1].left:
        return 0, 0
    sides = [line for line in lines[start : start + count] if line[0].right <= best <= line[-1].left]
    gap = min(piece.left for line in sides for piece in line if piece.left >= best) - max(
        piece.right for line in sides for piece in line if piece.right <= best
    )
    if gap > _WIDEST * sides[0][0].size:
        return 0, 0
    long = sum(line[0].right - line[0].left > _LONG * (most - least) for line in lines[start : start + count])
    return (count, best) if long * 2 >= both else (0, 0)


def _gaps(line: Line, free: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the parts of a free stretch that a line leaves free."""
    edges = [float("-inf"), *(x for piece in line for x in (piece.left, piece.right)), float("inf")]
    gaps = [(max(a, free[0]), min(b, free[1])) for a, b in zip(edges[::2], edges[1::2])]
    return [gap for gap in gaps if gap[1] - gap[0] >= _GUTTER * line[0].size]
