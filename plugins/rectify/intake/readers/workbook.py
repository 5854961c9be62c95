"""A .xlsx as an outline: one table a sheet, merged cells repeated, dates as dates (ECMA-376 part 1, 18)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.language import N_, N_n
from rectify.core.line_ends import unify_line_ends
from rectify.intake.outline import Cell, Outline, Row, Table
from rectify.intake.readers.cell_fonts import Font, Fonts, Words, font_of
from rectify.intake.readers.cell_values import Formats, shown
from rectify.intake.readers.properties import package_findings
from rectify.intake.readers.symbol_fonts import printed
from rectify.sources.office_package import Package
from rectify.sources.properties import hidden_parts

CELLS = 300_000
"""Cells of all sheets, the repeated and the empty ones between included."""
COLUMNS = 256
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REF = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_EXCERPT = 40
_NOTHING = ("0", "0.0")
"""A height or a width at which nothing is seen."""
_SHAPE = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}sp"
_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_TEXTS = ("inlineStr", "s", "str")


class _Book(NamedTuple):
    path: str
    strings: list[Words]
    formats: Formats
    fonts: Fonts
    findings: list[Finding]


def read_workbook(
    package: Package, path: str, main: str, progress: Callable[[int, int], None], most: int = CELLS
) -> Outline:
    """Return the outline of a checked .xlsx whose main part is `main`, of at most so many cells; the line of a row is its number in the sheet."""
    root = package.xml(main)
    if root is None:
        raise RefusedDocument(found("I011", path))
    parts = {name: package.related(main, name) for name in ("sharedStrings", "styles")}
    strings = package.xml(parts["sharedStrings"][0]) if parts["sharedStrings"] else None
    styles = package.xml(parts["styles"][0]) if parts["styles"] else None
    since_1904 = any(e.get("date1904") in ("1", "true") for e in root.iterchildren(_S + "workbookPr"))
    book = _Book(
        path,
        [] if strings is None else [_string(si) for si in strings.iterchildren(_S + "si")],
        Formats(styles, since_1904),
        Fonts(styles),
        [],
    )
    targets = {relation.id: relation for relation in package.relations(main)}
    tables, cells = [], 0
    for sheet in root.iter(_S + "sheet"):
        relation = targets.get(sheet.get(_REF, ""))
        if relation is None or relation.external or relation.type != "worksheet":
            continue
        name, state = sheet.get("name", ""), sheet.get("state", "visible")
        hidden = state != "visible"
        table = _sheet(package, relation.target, name, hidden, book, most - cells)
        cells += sum(len(row.cells) for row in table.rows)
        if table.rows:
            tables.append(table)
            if hidden:
                how = N_("深度隐藏，菜单里看不到") if state == "veryHidden" else N_("隐藏")
                book.findings.append(found("I024", path, excerpt=name, allowed=how, found=len(table.rows)))
        lines = sum(len(table.rows) for table in tables)
        progress(lines, lines)
    if controls := sum(name.startswith("xl/ctrlProps/") for name in package.names):
        book.findings.append(found("A007", path, found=N_n("表单控件 {number} 个", controls)))
    if pictures := sum(name.startswith("xl/media/") for name in package.names):
        book.findings.append(found("A007", path, found=N_n("图片 {number} 个", pictures)))
    last = max((table.rows[-1].line for table in tables), default=0)
    return Outline(path, "xlsx", tuple(tables), (*book.findings, *package_findings(package, main)), lines=last)


def _sheet(package: Package, part: str, name: str, hidden: bool, book: _Book, most: int) -> Table:
    root = package.xml(part)
    if root is None:
        return Table((), name, hidden)
    grid: dict[int, dict[int, Cell]] = {}
    hidden_rows: set[int] = set()
    number = 0
    for row in root.iter(_S + "row"):
        number = _whole(row.get("r"), number + 1)
        if row.get("hidden") in ("1", "true") or row.get("ht") in _NOTHING:
            hidden_rows.add(number)
        cells = _row(row, number, name, book)
        if cells:
            grid.setdefault(number, {}).update(cells)
    width = max((max(cells) for cells in grid.values()), default=0)
    if width > COLUMNS:
        raise RefusedDocument(found("I015", book.path, found=N_("列"), allowed=COLUMNS))
    if width * len(grid) > most:
        raise RefusedDocument(found("I015", book.path, found=N_("单元格"), allowed=CELLS))
    _merge(root, grid, width, most, book)
    rows = [
        Row(tuple(grid[line].get(column, Cell("")) for column in range(1, width + 1)), line, line in hidden_rows)
        for line in sorted(grid)
    ]
    columns = [
        c
        for c in root.iter(_S + "col")
        if (c.get("hidden") in ("1", "true") or c.get("width") in _NOTHING) and _whole(c.get("min"), 1) <= width
    ]
    _report_hidden(name, sum(row.hidden for row in rows), len(columns), book)
    book.findings.extend(_comments(package, part, name, book.path))
    book.findings.extend(_boxes(package, part, book.path))
    return Table(tuple(rows), name, hidden)


def _row(row: etree._Element, line: int, sheet: str, book: _Book) -> dict[int, Cell]:
    """Return the cells of a row that hold something, by column."""
    cells, column = {}, 0
    for element in row.iterchildren(_S + "c"):
        column = _column(element.get("r"), column + 1)
        content = element.findtext(_S + "v")
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(_S + "is")
            cell = _set_in(_string(inline) if inline is not None else (), element, line, book)
        elif content is None or (content == "" and kind != "str"):
            if element.find(_S + "f") is not None:
                book.findings.append(found("I022", book.path, line, key_label=_address(sheet, line, column)))
            continue
        elif kind == "s":
            index = _whole(content, -1)
            cell = _set_in(book.strings[index] if 0 <= index < len(book.strings) else (), element, line, book)
        elif kind == "e":
            book.findings.append(
                found("I026", book.path, line, found=content[:20], key_label=_address(sheet, line, column))
            )
            cell = Cell(content[:20])
        elif kind == "b":
            cell = Cell("TRUE" if content.strip() == "1" else "FALSE")
        elif kind in ("n", "d"):
            cell = shown(content, kind, book.formats[_whole(element.get("s"), 0)], book.formats.since_1904)
        else:
            cell = _set_in(((_plain(content), Font()),), element, line, book)
        if cell.text and kind not in _TEXTS and book.fonts[_whole(element.get("s"), 0)].struck:
            cell = _set_in(((cell.text, Font()),), element, line, book)
        if cell.text:
            cells[column] = cell
    return cells


def _merge(root: etree._Element, grid: dict[int, dict[int, Cell]], width: int, most: int, book: _Book) -> None:
    """Repeat the first cell of each merged range in the places that it covers, as far as the sheet holds anything."""
    last, covered = max(grid, default=0), 0
    for element in root.iter(_S + "mergeCell"):
        try:
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
        except (ValueError, TypeError):
            continue
        first = grid.get(top or 0, {}).get(left or 0)
        if first is None or right is None or bottom is None:
            continue
        right, bottom = min(right, width), min(bottom, last)
        covered += (right - left + 1) * (bottom - top + 1)
        if covered > most:
            raise RefusedDocument(found("I015", book.path, found=N_("单元格"), allowed=CELLS))
        repeated = first._replace(merged=True)
        for line in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (line, column) != (top, left):
                    grid.setdefault(line, {})[column] = repeated


def _report_hidden(name: str, rows: int, columns: int, book: _Book) -> None:
    if rows or columns:
        book.findings.append(found("I023", book.path, found=hidden_parts(rows, columns), excerpt=name))


def _comments(package: Package, part: str, sheet: str, path: str) -> list[Finding]:
    findings = []
    for name in package.related(part, "comments"):
        root = package.xml(name)
        for comment in () if root is None else root.iter(_S + "comment"):
            text = "".join(node.text or "" for node in comment.iter(_S + "t"))
            reference = re.fullmatch(r"[A-Z]{1,3}([0-9]{1,7})", comment.get("ref", ""))
            line = int(reference[1]) if reference else 0
            findings.append(found("A002", path, line, excerpt=" ".join(text.split())[:_EXCERPT]))
    return findings


def _boxes(package: Package, part: str, path: str) -> Iterator[Finding]:
    """Yield a finding for each text box that floats over a sheet."""
    for name in package.related(part, "drawing"):
        root = package.xml(name)
        for shape in () if root is None else root.iter(_SHAPE):
            if words := " ".join("".join(node.text or "" for node in shape.iter(_WORDS)).split()):
                yield found("A007", path, found=N_("文本框“{words}”", words=words[:_EXCERPT]))


def _set_in(words: Words, element: etree._Element, line: int, book: _Book) -> Cell:
    """Return the cell of words by the fonts they and their cell are set in: struck-out words are none."""
    own = book.fonts[_whole(element.get("s"), 0)]
    text, struck = "", ""
    for part, font in words:
        shown_in = font if font.stated else own
        struck += part * shown_in.struck
        text += printed(part, shown_in.name) * (not shown_in.struck)
    if struck.strip():
        book.findings.append(found("I035", book.path, line, excerpt=" ".join(struck.split())[:_EXCERPT]))
    return Cell(text.strip() if struck else text)


def _string(element: etree._Element) -> Words:
    """Return the text of a string item: its runs with their fonts, phonetic guides left out."""
    words = [(_plain(t.text or ""), Font()) for t in element.iterchildren(_S + "t")]
    for run in element.iterchildren(_S + "r"):
        font = font_of(run.find(_S + "rPr"))
        words += [(_plain(t.text or ""), font) for t in run.iterchildren(_S + "t")]
    return tuple(words)


def _plain(text: str) -> str:
    """Return a text without the escapes for control characters (18.4.8), with LF line ends."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if code in (9, 10, 13, 0x5F) or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 else ""

    text = _ESCAPED.sub(character, text) if "_x" in text else text
    return unify_line_ends(text)


def _column(reference: str | None, default: int) -> int:
    try:
        return coordinate_to_tuple(reference)[1] if reference else default
    except (ValueError, TypeError, AttributeError):
        return default


def _address(sheet: str, line: int, column: int) -> str:
    return f"{sheet[:31]}!{get_column_letter(min(column, 16384))}{line}"


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and len(text) < 10 and text.isdecimal() else default
