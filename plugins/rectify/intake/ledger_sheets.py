"""The sheets of a ledger workbook that was filled in: which is which, and the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from rectify.core import ledger
from rectify.core.finding import Finding, found
from rectify.core.language import N_
from rectify.intake.ledger_cells import Cell
from rectify.intake.outline import Outline, Row, Table

_MOST_ROWS = 100_000
_HEAD_WITHIN = 30
"""Rows in which the headings are looked for; people insert lines above them."""

LedgerCells = dict[str, Cell]
"""Cells by heading."""


class FilledTable(NamedTuple):
    """A table as it was filled in."""

    heads: tuple[Cell, ...]
    rows: Iterator[LedgerCells]


class LedgerBook(NamedTuple):
    """A workbook that was filled in."""

    path: str
    tables: Mapping[str, Table]
    """The sheets that hold anything, by their names."""
    errors: Mapping[str, Any]
    """What stands in cells that show no value, by their addresses."""


def book_of(outline: Outline) -> LedgerBook:
    """Return the sheets of a workbook that was read."""
    tables = {block.name: block for block in outline.blocks if isinstance(block, Table)}
    return LedgerBook(outline.name, tables, dict(_unread_cells(outline)))


def _unread_cells(outline: Outline) -> Iterator[tuple[str, Any]]:
    """Yield address and text of each cell that shows the error of a formula, or a formula that was never worked out."""
    for finding in outline.findings:
        values = dict(finding.values)
        if finding.rule in ("I022", "I026"):
            yield str(values["key_label"]), values.get("found") or N_("没有算出结果的公式")


def own_sheet(book: LedgerBook) -> tuple[str, FilledTable | None]:
    """Return name and table of the sheet that was filled in: the one with the name, or one with its headings."""
    needed = (ledger.REF, ledger.TITLE, ledger.heading("status"))
    if ledger.SHEET in book.tables:
        return ledger.SHEET, table_of(book, ledger.SHEET, needed[:2])
    tables = ((name, table_of(book, name, needed)) for name, table in book.tables.items() if not table.hidden)
    others = (ledger.PROGRESS_SHEET, ledger.BASE_SHEET)
    return next(((name, table) for name, table in tables if table and name not in others), ("", None))


def unused_columns(table: FilledTable) -> Iterator[Finding]:
    """Yield a finding for each column that the ledger does not have, or has already."""
    seen: set[str] = set()
    for cell in table.heads:
        said: Any = ""
        if cell.text.split("（续")[0] not in {ledger.REF, ledger.UNIT, *headings()}:
            said = cell.text
        elif cell.text in seen:
            said = N_("{heading}（第二次出现）", heading=cell.text)
        if said:
            yield found("I156", cell.path, cell.row, cell.column, key_label=cell.place, found=said)
        seen.add(cell.text)


def other_sheets(book: LedgerBook, own: str, course: str) -> Iterator[Finding]:
    """Yield a finding for each sheet that the export has not made and that says something, hidden ones too.

    `course` is the sign of the sheet of steps as it was exported, empty where it was not.
    """
    for name, table in book.tables.items():
        if name == ledger.COURSE_SHEET and course and course == _sign_of(table):
            continue
        if name not in (own, ledger.PROGRESS_SHEET, ledger.GUIDE_SHEET, ledger.BASE_SHEET):
            hidden = N_("（工作表是隐藏的）") if table.hidden else ""
            yield found("I160", book.path, table.line, excerpt=name, found=len(table.rows), allowed=hidden)


def _sign_of(table: Table) -> str:
    """Return the sign of what stands below the headings."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    start = next((at for at, row in enumerate(rows, start=1) if ledger.REF in row and ledger.TITLE in row), len(rows))
    return ledger.checksum_of("\n".join(" ".join(row) for row in rows[start:]))


def headings() -> dict[str, str]:
    """Return the key of each heading."""
    return {ledger.heading(key): key for key in ledger.COLUMNS}


def table_of(book: LedgerBook, name: str, needed: tuple[str, ...]) -> FilledTable | None:
    """Return the table with these headings in a sheet; None where there is none."""
    rows = islice(book.tables[name].rows, _MOST_ROWS)
    for row in islice(rows, _HEAD_WITHIN):
        heads = [(text, column) for column, cell in enumerate(row.cells) if (text := cell.text.strip())]
        places = dict(reversed(heads))
        if all(heading in places for heading in needed):
            told = tuple(_cell(book, name, row, column) for _, column in heads)
            return FilledTable(told, ({head: _cell(book, name, one, i) for head, i in places.items()} for one in rows))
    return None


def _cell(book: LedgerBook, sheet: str, row: Row, column: int) -> Cell:
    place = f"{sheet}!{get_column_letter(column + 1)}{row.line}"
    return Cell(
        ledger.plain(row.cells[column].text), book.errors.get(place, ""), place, book.path, row.line, column + 1
    )


def cells_of(row: LedgerCells, heading: str) -> Iterator[Cell]:
    """Yield a column's cell and those that continue it."""
    part = 1
    while (cell := row.get(ledger.continued_heading(heading, part))) is not None:
        yield cell
        part += 1
