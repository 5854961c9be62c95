"""How the sheets of the ledger look: fonts, colours, borders, widths and the printed page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rectify.core.columns import columns_of
from rectify.core.ledger import plain
from rectify.core.vocabulary import STATUSES
from rectify.outputs.sheet_rows import Value

_CHINESE = {"charset": 134, "family": 3}
"""What a program without the named font chooses another one by: GB 2312, monospaced."""

TITLE_FONT = Font(name="黑体", size=18, **_CHINESE)
HEAD_FONT = Font(name="黑体", size=10, **_CHINESE)
BODY_FONT = Font(name="仿宋", size=10, **_CHINESE)
NOTE_FONT = Font(name="仿宋", size=11, **_CHINESE)
FIXED_FONT = Font(name="仿宋", size=10, color="404040", **_CHINESE)

_A4_WIDTH = 170
"""Widths of columns together, in characters, that nine points on a page across have room for."""

_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="D9E2EC")
_FIXED_FILL = PatternFill("solid", fgColor="F0F0F0")

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

LEFT = Alignment(vertical="center", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LINE_HEIGHT = 13.5
_TALLEST = 409.0
"""Points; Excel's limit."""

_FORMULA = ("=", "+", "-", "@")
_LOOKS: WeakKeyDictionary[Workbook, dict[tuple[bool, bool, bool, bool], int]] = WeakKeyDictionary()
"""Of each workbook the numbers of how its cells look, in its own list."""


def cell(book: Workbook, value: Value, centred: bool = False, fixed: bool = False) -> tuple[Value, int]:
    """Return a value and how its bordered cell looks; text stays text whatever it begins with, dates are dates.

    `fixed` greys a cell that is not to be filled in.
    """
    is_text = isinstance(value, str)
    # A spreadsheet would run a text that begins like a formula.
    look = not is_text and isinstance(value, date), is_text and value[:1] in _FORMULA, centred, fixed  # type: ignore[index]
    looks = _LOOKS.setdefault(book, {})
    if look not in looks:
        looks[look] = _look(book, *look)
    return escape(plain(value)) if is_text else value, looks[look]  # type: ignore[arg-type]


def _look(book: Workbook, is_day: bool, is_quoted: bool, centred: bool, fixed: bool) -> int:
    """Return the number of a look among those of a workbook."""
    one = Cell(book.active, 1, 1)
    one.font, one.border, one.alignment = (FIXED_FONT if fixed else BODY_FONT), _BOX, (_MIDDLE if centred else LEFT)
    one.quotePrefix = is_quoted
    if is_day:
        one.number_format = "yyyy-mm-dd"
    if fixed:
        one.fill = _FIXED_FILL
    return one.style_id


def escape(text: str) -> str:
    """Return a text in which nothing reads as the escape of a character, `_x000D_`; ISO/IEC 29500-1, 22.9.2.19."""
    return _ESCAPE.sub("_x005F_", text)


def put_head(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    """Write the row of headings and set the columns' widths, in characters."""
    for column, (text, width) in enumerate(zip(headings, widths), start=1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.border, cell.alignment, cell.fill = HEAD_FONT, _BOX, _MIDDLE, _HEAD_FILL
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[row].height = 30


def height_of(values: Iterable[Value], widths: Sequence[float], least: float = 20) -> float:
    """Return the height that the longest cell of a row needs; programs do not measure rows that nobody has edited."""
    lines = (_lines(str(value), width) for value, width in zip(values, widths))
    return min(_TALLEST, max(least, max(lines, default=1) * _LINE_HEIGHT + 5))


def _lines(text: str, width: float) -> int:
    room = max(1, int(width - 1))
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(
        1 if 2 * len(line) <= room else -(-columns_of(line, in_chinese_font=True) // room) for line in text.split("\n")
    )


def colour_statuses(sheet: Worksheet, area: str) -> None:
    """Colour the cells of an area by the status that they name."""
    for term in STATUSES:
        fill = PatternFill("solid", bgColor=term.colours.ledger)
        sheet.conditional_formatting.add(area, CellIsRule("equal", [f'"{term.label}"'], fill=fill))


def page(sheet: Worksheet, head: int, area: str) -> None:
    """Set up printing: landscape, all columns on one page's width, the headings on every page, page numbers.

    On A3 where the type would be smaller than nine points on A4.
    """
    is_wide = sum(column.width for column in sheet.column_dimensions.values()) > _A4_WIDTH
    paper = sheet.PAPERSIZE_A3 if is_wide else sheet.PAPERSIZE_A4
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_area = f"{head}:{head}", area
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.25
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def centred_lines(sheet: Worksheet, columns: int, lines: Iterable[tuple[str, Font, float]]) -> None:
    """Write lines of text, font and height over the whole width of the table, from the first row on."""
    for row, (text, font, height) in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, plain(text))
        cell.data_type, cell.font, cell.alignment = "s", font, Alignment("center", "center", wrap_text=True)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        sheet.row_dimensions[row].height = height
