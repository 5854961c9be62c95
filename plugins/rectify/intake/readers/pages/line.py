"""Characters of a page -> printed lines, in pieces where they stand far apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rectify.intake.readers.pages.glyph import Glyph

_SAME_LINE = 0.5
_SAME_PLACE = 0.35
"""Of a character's size: the second of two alike so near makes the first bold."""
_WORD_GAP, _HAN_GAP, _FAR, _GUTTER = 0.18, 0.8, 1.6, 0.9
"""Of a character's size: gaps that part Latin words, Chinese words, and pieces of a line,
with a blank typed between them and without one."""
_STRETCH, _STRETCHED = 1.5, 3
"""Times the usual gap of a line that part nothing, and times a character's size that such a gap may have."""
_FEW = 3
"""Gaps that say what is usual."""
_HAN = "\u2e80"


class Piece(NamedTuple):
    """Characters that stand together on a line."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False

    @property
    def top(self) -> float:
        return self.base - self.size


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Piece]]:
    """Return the lines from the top down, each in pieces from the left."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.centre):
        row = rows[-1] if rows else []
        # Compared with a tall member of the line, so that notes set high and low stay on it.
        if row and glyph.centre - row[0].centre <= _SAME_LINE * max(row[0].size, glyph.size) * 0.9:
            row.append(glyph)
        else:
            rows.append([glyph])
    sorted_rows = (sorted(row, key=lambda one: one.left) for row in rows)
    return [_pieces(row) for row in sorted_rows if any(one.text.strip() for one in row)]


def joined(pieces: Sequence[Piece], far: str = "\t") -> str:
    """Return the text of a line; pieces that stand near each other are parted by a blank."""
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += (far if piece.left - before.right > _FAR * piece.size else " ") + piece.text
    return text


def _pieces(row: Sequence[Glyph]) -> list[Piece]:
    groups: list[list[Glyph]] = []
    texts: list[str] = []
    # A short line that is stretched over the column has wide gaps everywhere, which part nothing.
    printed = [one for one in row if one.text.strip()]
    gaps = sorted(after.left - before.right for before, after in pairwise(printed))
    usual = max(gaps[len(gaps) // 2], 0) if len(gaps) >= _FEW else 0
    usual = usual if usual < _STRETCHED * row[0].size else 0
    blank = False
    for glyph in row:
        if not glyph.text.strip():
            blank = True
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and last.text == glyph.text and glyph.left - last.left < _SAME_PLACE * glyph.size:
            continue
        size = max(glyph.size, last.size) if last is not None else 0
        space = glyph.left - last.right - _STRETCH * usual if last is not None else 0
        if last is None or space > (_FAR if blank else _GUTTER) * size:
            groups.append([glyph])
            texts.append(glyph.text)
            blank = False
            continue
        latin = last.text[-1] < _HAN and glyph.text[0] < _HAN
        if space > (_WORD_GAP if latin or blank else _HAN_GAP) * size:
            texts[-1] += " "
        texts[-1] += glyph.text
        groups[-1].append(glyph)
        blank = False
    if blank and texts:
        # What the author typed where the line came to be broken.
        texts[-1] += " "
    return [
        Piece(
            text,
            group[0].left,
            max(one.right for one in group),
            sorted(one.base for one in group)[len(group) // 2],
            sorted(one.size for one in group)[len(group) // 2],
            all(one.bold for one in group),
        )
        for text, group in zip(texts, groups)
    ]
