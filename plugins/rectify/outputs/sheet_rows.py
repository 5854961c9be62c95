"""The rows of large sheets, written as they stand in the file: cell by cell as objects they take four times as long."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape as xml

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from rectify.outputs.reproducible import make_reproducible

Value = str | int | date
Cell = tuple[Value, int]
"""A value, and the number of how it looks; text is as the file shall have it."""

_END, _EMPTY = b"</sheetData>", b"<sheetData/>"
_AREA = re.compile(rb'<dimension ref="[^"]*"/>')
_MOST = 32767
"""Characters that a cell can hold."""


class SheetRows:
    """The rows of one sheet below what the library wrote of it."""

    def __init__(self, sheet: Worksheet):
        self.sheet = sheet
        self._rows: list[tuple[int, float, Sequence[Cell]]] = []

    def add(self, number: int, cells: Iterable[Cell], height: float = 0) -> None:
        """Add a row; its height in points, 0 for whatever the program takes."""
        self._rows.append((number, height, list(cells)))

    def area(self) -> str:
        """Return the cells that the sheet has by then."""
        width = max((len(cells) for _, _, cells in self._rows), default=1)
        last = max((number for number, _, _ in self._rows), default=1)
        return f"A1:{get_column_letter(max(width, self.sheet.max_column))}{max(last, self.sheet.max_row)}"

    def text(self) -> str:
        """Return the rows as the file has them."""
        width = max((len(cells) for _, _, cells in self._rows), default=0)
        letters = [get_column_letter(column) for column in range(1, width + 1)]
        rows = []
        for number, height, cells in self._rows:
            tall = f' ht="{height:g}" customHeight="1"' if height else ""
            parts = (_cell(f"{letter}{number}", value, look) for letter, (value, look) in zip(letters, cells))
            rows.append(f'<row r="{number}"{tall}>{"".join(parts)}</row>')
        return "".join(rows)


def _cell(place: str, value: Value, look: int) -> str:
    head = f'<c r="{place}" s="{look}"'
    if not isinstance(value, str):
        return f"{head}><v>{to_excel(value) if isinstance(value, date) else value}</v></c>"
    if not value:
        return f"{head}/>"
    kept = ' xml:space="preserve"' if "\n" in value or value != value.strip() else ""
    return f'{head} t="inlineStr"><is><t{kept}>{xml(value[:_MOST])}</t></is></c>'


def saved(book: Workbook, sheets: Iterable[SheetRows], day: date) -> bytes:
    """Return the file of a workbook with these rows in its sheets, the same bytes for the same content."""
    out = io.BytesIO()
    book.save(out)
    made = {f"xl/worksheets/sheet{book.worksheets.index(one.sheet) + 1}.xml": one for one in sheets}
    whole = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            part = old.read(name)
            if one := made.get(name):
                head, end, rest = part.replace(_EMPTY, b"<sheetData>" + _END).partition(_END)
                part = _AREA.sub(f'<dimension ref="{one.area()}"/>'.encode(), head) + one.text().encode() + end + rest
            new.writestr(name, part)
    return make_reproducible(whole.getvalue(), day)
