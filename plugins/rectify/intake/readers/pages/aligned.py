"""Tables without rules: pieces of lines that stand below the headings of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Cell
from rectify.intake.readers.pages.line import Piece

Line = tuple[Piece, ...]
Rows = list[tuple[Cell, ...]]

_COLUMNS = 3
"""Headings that make a table; two pieces on a line are a label and its value, or a signature."""
_PAIRS = 4
"""Labels that make a table, each with what it is about beside it."""
_HEADING = re.compile("[^，。；：:（(]{2,12}")
_NEAR = 1.0
"""Of a character's size: how far left of its heading a cell may begin."""
_FULL = 2.2


def with_tables(lines: Sequence[Line]) -> list[list[Line] | tuple[Rows, int]]:
    """Return lines in runs, and between them tables with how many lines each takes up."""
    parts: list[list[Line] | tuple[Rows, int]] = [[]]
    at = 0
    while at < len(lines):
        rows, taken = _table(lines[at:])
        if not rows:
            rows, taken = _pairs(lines[at:])
        if rows:
            parts += [(rows, taken), []]
            at += taken
        else:
            last = parts[-1]
            if isinstance(last, list):
                last.append(lines[at])
            at += 1
    return [part for part in parts if part]


def _table(lines: Sequence[Line]) -> tuple[Rows, int]:
    """Return the table that begins with these lines, no rows where none does."""
    head = lines[0]
    if len(head) < _COLUMNS or not all(_HEADING.fullmatch(piece.text.strip()) for piece in head):
        return [], 0
    lefts = [piece.left for piece in head]
    texts = [[piece.text for piece in head]]
    full = [False] * len(head)
    taken = 1
    for line in lines[1:]:
        places = [_column(piece, lefts) for piece in line]
        if None in places or len(set(places)) < len(places):
            break
        found = dict(zip(places, line))
        # A line of text over the page begins where the first column does, and is longer than it.
        if any(column is not None and piece.right > _end(column, lefts) for column, piece in found.items()):
            break
        if 0 in found:
            if len(found) == 1:
                break
            texts.append([""] * len(head))
            full = [False] * len(head)
        elif len(texts) == 1:
            break
        for column, piece in found.items():
            assert column is not None
            text = texts[-1][column]
            texts[-1][column] = f"{text}\n{piece.text}" if text and not full[column] else text + piece.text
            full[column] = piece.right > _end(column, lefts) - _FULL * piece.size
        taken += 1
    if len(texts) < 3 or any(sum(map(bool, row)) < 2 for row in texts):
        return [], 0
    return [tuple(Cell(text.strip()) for text in row) for row in texts], taken


def _pairs(lines: Sequence[Line]) -> tuple[Rows, int]:
    """Return the table of labels and what they are about that begins with these lines, no rows where none does."""
    texts: list[list[str]] = []
    first = lines[0]
    taken = 0
    for line in lines if len(first) == 2 else ():
        # A label whose cell is empty stands alone.
        label = line[0] if abs(line[0].left - first[0].left) < _NEAR * line[0].size else None
        rest = line[1:] if label else line
        if len(rest) > 1 or (rest and abs(rest[0].left - first[1].left) > _NEAR * rest[0].size):
            break
        if label is not None:
            if not _HEADING.fullmatch(label.text.strip()) or label.right > first[1].left:
                break
            texts.append([label.text, rest[0].text if rest else ""])
        else:
            texts[-1][1] += rest[0].text
        taken += 1
    while texts and not texts[-1][1]:
        texts.pop()
        taken -= 1
    if len(texts) < _PAIRS:
        return [], 0
    return [tuple(Cell(text.strip()) for text in row) for row in texts], taken


def _column(piece: Piece, lefts: Sequence[float]) -> int | None:
    """Return the column that a piece begins in, None for one to the left of all."""
    places = [column for column, left in enumerate(lefts) if piece.left >= left - _NEAR * piece.size]
    return places[-1] if places else None


def _end(column: int, lefts: Sequence[float]) -> float:
    return lefts[column + 1] if column + 1 < len(lefts) else float("inf")
