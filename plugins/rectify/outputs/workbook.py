"""A plain workbook of several sheets for WPS and Excel, in bytes that are the same wherever it is made.

It is stored without being compressed: not every machine compresses to the same bytes. Texts are stored as texts, so that none is
run as a formula. Form: ECMA-376, SpreadsheetML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from rectify.outputs.data_tables import Cell

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""
_FIRST_DAY = date(1899, 12, 30).toordinal()
_FIRST_YEAR = 1901
"""Spreadsheets cannot hold earlier dates; they stay text."""
_MOST = 32_767
"""Characters of a cell."""
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff&<>]")
"""What XML cannot hold, or not as it is."""
_INSTEAD = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf numFmtId="164" xfId="0" applyNumberFormat="1"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_DAY, _HEAD = 1, 2
"""Places of the styles of a day and of a head of a column."""


class Sheet(NamedTuple):
    name: str
    head: Sequence[Cell]
    widths: Sequence[int]
    """Of the columns, in characters."""
    rows: Iterable[str]
    """As `sheet_rows` returns them."""
    number: int
    """How many rows these are."""


def sheet_rows(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as they stand in a sheet."""
    return "".join([f"<row>{''.join(map(_cell, row))}</row>" for row in rows])


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c t="str"><v>{_fit(cell)}</v></c>' if cell else "<c/>"
    if cell is None:
        return "<c/>"
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    if cell.year < _FIRST_YEAR:
        return f'<c t="str"><v>{cell}</v></c>'
    return f'<c s="{_DAY}"><v>{cell.toordinal() - _FIRST_DAY}</v></c>'


def _fit(text: str) -> str:
    return _UNFIT.sub(lambda sign: _INSTEAD.get(sign[0], ""), text[:_MOST])


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the file."""
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{number}", "worksheet") for number in numbers),
        )
    )
    names = "".join(
        f'<sheet name="{_fit(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in numbers}
            | {"rId0": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES.removeprefix(_XML),
        **{f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in zip(numbers, sheets)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, text in parts.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system = 0  # else Windows and Unix would differ
            archive.writestr(entry, f"{_XML}{text}")
    return out.getvalue()


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(sheet.widths, start=1)
    )
    head = "".join(f'<c s="{_HEAD}" t="str"><v>{_fit(str(name))}</v></c>' for name in sheet.head)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>'
        f"<row>{head}</row>{''.join(sheet.rows)}</sheetData>"
        f'<autoFilter ref="A1:{_letters(len(sheet.head))}{sheet.number + 1}"/></worksheet>'
    )


def _letters(number: int) -> str:
    """Return the letters of a column, A for 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
