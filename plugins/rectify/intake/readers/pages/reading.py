"""Pages as printed -> paragraphs and tables in reading order; what runs along with the pages is put aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rectify.core.finding import Finding, found
from rectify.core.language import N_
from rectify.intake.outline import Outline, Paragraph, Row, Table
from rectify.intake.readers.pages.aligned import with_tables
from rectify.intake.readers.pages.columns import in_columns
from rectify.intake.readers.pages.counting import counts_on
from rectify.intake.readers.pages.glyph import Page
from rectify.intake.readers.pages.grid import Grid, grids_of, rows_of
from rectify.intake.readers.pages.line import Piece, joined, lines_of

_NUMBERED = re.compile(
    r"^[\W_]*第?\d{1,4}页?[\W_]*(?:共?\d{1,4}页?[\W_]*)?$|第?\d{1,4}(?:页[，,]?共|/)\d{1,4}页?$|第\d{1,4}页$"
)
_MARGIN = 0.12
"""Of the height: where running heads and page numbers stand."""
_EDGE, _GAP = 0.075, 2.2
"""Of the height, and of a character: a line so near the edge and so far from the text is none of it."""
_SHORT = 0.6
"""Of the width."""
_OUTERMOST = 3
"""Lines at the top and the bottom of a page that are looked at."""
_INDENT = 1.2
_FULL = 2.2
"""Characters: how far in a paragraph begins, and how far from the right side a line ends that goes on."""
_LARGE, _TITLE_PITCH = 1.15, 2.6
"""Times the size of the text: titles; times their size: how far the next line of a title stands at most."""
_SENTENCE_END = "。！？；："
_LABEL = re.compile("[\u4e00-\u9fff]{2,8}[：:]")
"""What a paragraph begins with whose first line is full: 问题表述：."""
_BEGINS = re.compile(
    "第?[一二三四五六七八九十]{1,3}[、章节条部是]|[（(][一二三四五六七八九十\\d]{1,3}[）)]|\\d{1,3}[.．、]|附件|[①-⑳]"
)


class _Line(NamedTuple):
    pieces: tuple[Piece, ...]
    left: float = 0
    right: float = 0
    """Of the column."""
    body: float = 0
    """Size of most characters."""

    @property
    def text(self) -> str:
        return joined(self.pieces)

    @property
    def bare(self) -> str:
        """What it says without blanks and the number of its page."""
        return _NUMBERED.sub("", "".join(self.text.split()))

    @property
    def size(self) -> float:
        return self.pieces[0].size


class _Extent(NamedTuple):
    left: float
    right: float
    size: float


def outline_of(pages: Sequence[Page], path: str, form: str) -> Outline:
    """Return the outline of a document with its pages' text in order."""
    laid: list[tuple[Page, list[_Line]]] = []
    grids: list[list[Grid]] = []
    for page in pages:
        grids.append(grids_of(page.rules))
        outside = [one for one in page.glyphs if not any(grid.holds(one.middle, one.centre) for grid in grids[-1])]
        laid.append((page, [_Line(tuple(pieces)) for pieces in lines_of(outside)]))
    running = _running(laid)
    body = [line for number, (_, lines) in enumerate(laid) for line in lines if (number, line) not in running]
    extent = _extent(body, pages)
    blocks: list[Paragraph | Table] = []
    findings: list[Finding] = []
    previous: _Line | None = None
    number = 0
    for at, ((page, lines), page_grids) in enumerate(zip(laid, grids)):
        for part in _parts([line for line in lines if (at, line) not in running], page_grids):
            if isinstance(part, Grid):
                inside = [one for one in page.glyphs if part.holds(one.middle, one.centre)]
                number = _add_table(blocks, rows_of(part, inside), number)
                previous = None
                continue
            for run in with_tables([line.pieces for line in part]):
                if isinstance(run, tuple):
                    number = _add_table(blocks, run[0], number)
                    previous = None
                    continue
                for line in _with_bounds(run, extent):
                    number += 1
                    previous = _add_line(blocks, line, number, previous)
        if page.turned:
            findings.append(found("I031", path, excerpt=" ".join(page.turned.split())[:40], found=N_("斜排的文字")))
        if page.hidden:
            said = N_("看不见或者很淡的文字")
            findings.append(found("I031", path, excerpt=" ".join(page.hidden.split())[:40], found=said))
    findings += _put_aside([line for _, line in running], path)
    if any(page.unseen for page in pages):
        findings.append(found("I032", path))
    unknown = sum(block.text.count("\ufffd") for block in blocks if isinstance(block, Paragraph))
    if unknown:
        first = next(b.line for b in blocks if isinstance(b, Paragraph) and "\ufffd" in b.text)
        findings.append(found("I030", path, first, found=unknown))
    return Outline(path, form, tuple(blocks), tuple(findings), lines=number)


def _running(laid: Sequence[tuple[Page, list[_Line]]]) -> dict[tuple[int, _Line], None]:
    """Return the lines that run along with the pages, with the page each stands on."""
    body = _body_size(line for _, lines in laid for line in lines)
    at_edge: list[tuple[int, _Line]] = []
    apart: set[tuple[int, _Line]] = set()
    for number, (page, lines) in enumerate(laid):
        apart |= {(number, line) for line in _apart(page, lines, body)}
        for line in dict.fromkeys([*lines[:_OUTERMOST], *lines[-_OUTERMOST:]]):
            inside = _MARGIN * page.height < line.pieces[0].base < (1 - _MARGIN) * page.height
            if not inside and (not line.bare or len(line.pieces) > 1 or _may_run(line, page)):
                at_edge.append((number, line))
    times = Counter(line.bare for _, line in at_edge)
    least = max(2, len(laid) // 2)
    return {one: None for one in at_edge if one in apart or times[one[1].bare] >= least or not one[1].bare}


def _put_aside(lines: Sequence[_Line], path: str) -> Iterator[Finding]:
    """Yield what is to be said of the lines that run along with the pages: each text once, page numbers together."""
    for text in dict.fromkeys(line.bare for line in lines if line.bare):
        yield found("I031", path, found=N_("页眉、页脚"), excerpt=text[:60])
    if numbers := sum(not line.bare for line in lines):
        yield found("I031", path, found=N_("页码"), excerpt=numbers)


def _apart(page: Page, lines: Sequence[_Line], body: float) -> Iterator[_Line]:
    """Yield the short, small lines at the very top and bottom that a wide gap parts from the text."""
    if len(lines) < 2:
        return
    pitches = sorted(after.pieces[0].base - before.pieces[0].base for before, after in pairwise(lines))
    usual = max(pitches[len(pitches) // 2], body)
    for line, next_one in ((lines[0], lines[1]), (lines[-1], lines[-2])):
        base = line.pieces[0].base
        outside = base < _EDGE * page.height or base > (1 - _EDGE) * page.height
        far = abs(base - next_one.pieces[0].base) > _GAP * (body if line.size < body else usual)
        if outside and far and line.size <= body and _may_run(line, page):
            yield line


def _may_run(line: _Line, page: Page) -> bool:
    """Return whether a line may run along with the pages: it fills no line, ends no sentence and begins no list."""
    short = line.pieces[-1].right - line.pieces[0].left < _SHORT * page.width
    return short and line.bare[-1:] not in _SENTENCE_END and not _BEGINS.match(line.bare)


def _parts(lines: Sequence[_Line], grids: Sequence[Grid]) -> list[list[_Line] | Grid]:
    """Return the lines of a page in runs, between them the tables."""
    parts: list[list[_Line] | Grid] = []
    rest = list(lines)
    for grid in grids:
        above = [line for line in rest if line.pieces[0].base <= grid.ys[0] + 2]
        rest = rest[len(above) :]
        parts += [above, grid]
    return [part for part in [*parts, rest] if part]


def _body_size(lines: Iterable[_Line]) -> float:
    """Return the size of most characters."""
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _extent(lines: Sequence[_Line], pages: Sequence[Page]) -> _Extent:
    """Return where the text of all pages begins and ends.

    It ends where the first line of a paragraph does that goes on; of short lines the margins are taken to be alike.
    """
    size = _body_size(lines)
    width = max((page.width for page in pages), default=0)
    left = min((line.pieces[0].left for line in lines), default=0)
    right = max((line.pieces[-1].right for line in lines), default=0)
    goes_on = any(
        line.pieces[-1].right > right - size and after.pieces[0].left < line.pieces[0].left - size < left + 2 * size
        for line, after in pairwise(lines)
    )
    return _Extent(left, right if goes_on else max(right, width - left - size), size)


def _with_bounds(lines: Sequence[tuple[Piece, ...]], extent: _Extent) -> list[_Line]:
    """Return the lines in reading order, column by column where there are some, with the bounds of their column."""
    result = []
    columns = in_columns(lines)
    for column in columns:
        left, right = extent.left, extent.right
        if len(columns) > 1:
            widths = [(pieces[0].left, pieces[-1].right) for pieces in column]
            if max(b - a for a, b in widths) < 0.6 * (right - left):
                left, right = min(a for a, _ in widths), max(b for _, b in widths)
        result += [_Line(pieces, left, right, extent.size) for pieces in column]
    return result


def _add_line(blocks: list[Paragraph | Table], line: _Line, number: int, previous: _Line | None) -> _Line:
    """Add a line as a paragraph of its own, or to the one before it that it continues."""
    last = blocks[-1] if blocks else None
    goes_on = previous is not None and _continues(line, previous) and not counts_on(line.text, blocks)
    if goes_on and isinstance(last, Paragraph):
        centred = _is_centred(line) and (last.centred or line.size > _LARGE * line.body)
        blocks[-1] = last._replace(text=_together(last.text, line.text), centred=centred)
    else:
        blocks.append(
            Paragraph(
                line.text,
                number,
                centred=_is_centred(line),
                bold=all(piece.bold for piece in line.pieces),
                right=line.pieces[0].left > (line.left + line.right) / 2,
            )
        )
    return line


def _continues(line: _Line, previous: _Line) -> bool:
    if abs(line.size - previous.size) > 0.15 * previous.size:
        return False
    if line.size > _LARGE * line.body:
        # Lines set as large one below the other are one title, whatever their length.
        near = 0 < line.pieces[0].base - previous.pieces[0].base < _TITLE_PITCH * line.size
        return near and not _BEGINS.match(line.text)
    if _is_centred(previous):
        return False
    if previous.pieces[-1].right < previous.right - _FULL * previous.size:
        return False
    if line.pieces[0].left - line.left > _INDENT * line.size:
        return False
    return not (previous.text.rstrip()[-1:] in _SENTENCE_END and (_BEGINS.match(line.text) or _LABEL.match(line.text)))


def _is_centred(line: _Line) -> bool:
    left, right = line.pieces[0].left - line.left, line.right - line.pieces[-1].right
    return left > 2.6 * line.size and right > 1.5 * line.size and abs(left - right) < 2 * line.size


def _together(before: str, after: str) -> str:
    if before.endswith("-") and after[:1].islower():
        return before[:-1] + after
    latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
    # A number is broken at the end of a line, words are not.
    digits = before[-1:].isdigit() and after[:1].isdigit()
    return f"{before} {after}" if latin and not digits else before + after


def _add_table(blocks: list[Paragraph | Table], cells: list[tuple], number: int) -> int:
    """Add a table, or its rows to the one that ended on the page before."""
    rows = []
    for row in cells:
        number += 1
        rows.append(Row(row, number))
    last = blocks[-1] if blocks else None
    if isinstance(last, Table) and len(last.rows[-1].cells) == len(rows[0].cells):
        before = list(last.rows)
        if [c.text for c in rows[0].cells] == [c.text for c in before[0].cells]:
            rows = rows[1:]
        if rows and _goes_on(rows[0], before[-1]):
            pairs = zip(before[-1].cells, rows[0].cells)
            before[-1] = before[-1]._replace(cells=tuple(a._replace(text=_together(a.text, b.text)) for a, b in pairs))
            rows = rows[1:]
        blocks[-1] = last._replace(rows=(*before, *rows))
    else:
        blocks.append(Table(tuple(rows)))
    return number


def _goes_on(row: Row, before: Row) -> bool:
    """Return whether a row is the rest of one that the end of a page cut: its number is not printed again."""
    first = row.cells[0]
    return not first.text and not first.merged and bool(before.cells[0].text) and any(cell.text for cell in row.cells)
