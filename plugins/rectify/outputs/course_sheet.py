"""办理 in the ledger workbook: every step of the office's own course, for offices alone; nobody fills it in."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook import Workbook

from rectify.core import ledger
from rectify.core.model import Problem
from rectify.core.vocabulary import RECORDS, STAGES
from rectify.outputs.sheet_rows import SheetRows
from rectify.outputs.sheet_style import NOTE_FONT, TITLE_FONT, cell, centred_lines, height_of, page, put_head

_HEAD_ROW = 3
_WIDTHS = {"date": 12, "stage": 12, "by": 22, "doc_no": 18, "text": 50, "deadline": 12, "files": 20}
_NOTE = "内部使用，不公开；只供查看，登记用工作台的“办理”或者 rectify update --step"


def course_sheet(book: Workbook, problems: Sequence[Problem]) -> tuple[SheetRows, str]:
    """Add the sheet to a workbook; return its rows and a sign of what they say."""
    sheet = book.create_sheet(ledger.COURSE_SHEET)
    headings = [ledger.REF, ledger.TITLE, *(RECORDS["step"][key].label for key in _WIDTHS)]
    widths = [max((len(one.ref) for one in problems), default=10) + 2, 26, *_WIDTHS.values()]
    rows = [
        [problem.ref, problem.title, *(_cell(step._asdict()[key], key) for key in _WIDTHS)]
        for problem in problems
        for step in problem.course
    ]
    centred_lines(sheet, len(headings), [(ledger.COURSE_SHEET, TITLE_FONT, 32), (_NOTE, NOTE_FONT, 20)])
    put_head(sheet, _HEAD_ROW, headings, widths)
    made = SheetRows(sheet)
    for number, row in enumerate(rows, start=_HEAD_ROW + 1):
        cells = [cell(book, text, fixed=column < 2) for column, text in enumerate(row)]
        made.add(number, cells, height_of(row, widths))
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    page(sheet, _HEAD_ROW, f"A1:I{max(_HEAD_ROW + len(rows), _HEAD_ROW + 1)}")
    return made, ledger.checksum_of("\n".join(" ".join(map(ledger.plain, row)) for row in rows))


def _cell(value: object, key: str) -> str:
    if key == "stage":
        return STAGES[str(value)].label
    return "、".join(value) if isinstance(value, tuple) else str(value or "")
