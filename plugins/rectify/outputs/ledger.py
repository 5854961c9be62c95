"""The ledger workbook (整改台账): one row a problem, for offices that keep their ledger in Excel or WPS.

It can be filled in and imported again: references are permanent, and a hidden sheet keeps the values as exported, by which
a cell that was edited is told from one that is merely old. Form: core/ledger.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rectify.core import ledger
from rectify.core.counts import count, headline
from rectify.core.language import language
from rectify.core.model import Disclosure, Problem
from rectify.core.numerals import as_number
from rectify.core.vocabulary import FLAGS, LONG_TERM, PRIORITIES, STATUSES
from rectify.outputs.blocks import plain_text
from rectify.outputs.course_sheet import course_sheet
from rectify.outputs.sheet_rows import SheetRows, saved
from rectify.outputs.sheet_style import (
    LEFT,
    NOTE_FONT,
    TITLE_FONT,
    cell,
    centred_lines,
    colour_statuses,
    height_of,
    page,
    put_head,
)

Folders = Sequence[tuple[Disclosure, Sequence[Problem]]]
"""Disclosures with their problems in document order."""

_HEAD_ROW = 3
_FIRST_YEAR = 1901
"""Spreadsheets cannot hold earlier dates; they stay text."""
_SPARE_ROWS = 300
"""Rows below the last one where the drop-down lists work too."""
_RULED_ROWS = 20
_WIDTHS = {
    "group": 11,
    "number": 5,
    "title": 18,
    "category": 8,
    "measures": 25,
    "lead": 9,
    "units": 11,
    "owner": 9,
    "deadline": 11,
    "status": 9,
    "status_wording": 10,
    "flags": 8,
    "body": 40,
    "closeout": 11,
    "priority": 9,
    "earlier": 12,
}
_PROGRESS_WIDTHS = {"date": 12, "status": 12, "text": 66, "files": 24}
_CENTRED = {"number", "category", "lead", "owner", "deadline", "status", "flags", "closeout", "priority", "date"}

_GUIDE = (
    "这份台账由整改公开登记导出，修改后可以导回：rectify import 文件名 --update",
    f"一、“{ledger.REF}”是永久编号，导回时靠它找到问题，不要改动。新增问题另起一行，“{ledger.REF}”留空，“{ledger.TITLE}”和“状态”必填。",
    f"二、“状态”只能从下拉列表中选择：{'、'.join(STATUSES.labels().values())}。“标记”可用：{'、'.join(f.label for f in FLAGS)}；“重点”写理由：{'、'.join(p.label for p in PRIORITIES)}，多个用顿号隔开。",
    f"三、日期写成 2024-07-17，2024.7.17、2024年7月17日也可以；“整改时限”还可以只写到月（按月末计）或者写“{LONG_TERM.label}”。",
    "四、“责任单位”有多个的用顿号隔开；“整改措施”一行一条（单元格内换行按 Alt+Enter）；“销号”第一行写日期，下面各行写验收单位和文号；“前次”写以前通报里同一个问题的编号，一行一个。",
    f"五、新的进展写在“{ledger.PROGRESS_SHEET}”表，一行一条，写明编号、日期、内容；状态有变化的同时改台账里的“状态”，没有写明日期的状态变化不能导回。附件写成 files/文件名。",
    "六、可以排序、筛选、隐藏或者移动列。删除一行不会删除问题；要撤回已公开的内容，请按撤回程序办理。",
    "七、没有改动的单元格导回时不产生任何变化；这里改过、登记里也改过的，以登记为准并逐项提示。",
    "Exported from the register; can be imported again. Keep the references; deleting a row deletes nothing.",
)


def workbook(folders: Folders, as_of: date, with_course: bool = False) -> bytes:
    """Return the workbook of one or several disclosures; `with_course` adds what offices have among themselves."""
    book = Workbook()
    shown = [(disclosure, [problem.shown() for problem in problems]) for disclosure, problems in folders]
    bodies = {problem.ref: plain_text(problem.body) for _, problems in shown for problem in problems}
    rows = [
        _ledger_sheet(book, shown, bodies, as_of),
        _progress_sheet(book, shown),
    ]
    course = ""
    if with_course:
        steps, course = course_sheet(book, [one for _, some in folders for one in some if not one.withdrawn])
        rows.append(steps)
    _guide_sheet(book.create_sheet(ledger.GUIDE_SHEET))
    rows.append(_base_sheet(book, shown, bodies, as_of, course))
    book.properties.title = _title(shown)
    return saved(book, rows, as_of)


def _title(folders: Folders) -> str:
    units = {disclosure.unit for disclosure, _ in folders}
    return f"{units.pop() if len(units) == 1 else ''}整改台账"


def _ledger_sheet(book: Workbook, folders: Folders, bodies: Mapping[str, str], as_of: date) -> SheetRows:
    sheet = book.active
    rows = [(disclosure, problem, ledger.values(problem)) for disclosure, problems in folders for problem in problems]
    texts = [[_cell(stated, key, bodies[problem.ref]) for key in ledger.COLUMNS] for _, problem, stated in rows]
    spans = [max((len(_split(row[i])) for row in texts), default=1) for i in range(len(ledger.COLUMNS))]
    fixed = [ledger.REF, *([ledger.UNIT] if len(folders) > 1 else [])]
    headings = fixed + [
        ledger.continued_heading(ledger.heading(k), n)
        for k, span in zip(ledger.COLUMNS, spans)
        for n in range(1, span + 1)
    ]
    widths = [_ref_width(folders), 12][: len(fixed)] + [
        _WIDTHS[k] for k, span in zip(ledger.COLUMNS, spans) for _ in range(span)
    ]
    last = get_column_letter(len(headings))
    sheet.title = ledger.SHEET
    counts = headline(count([problem for _, problem, _ in rows], as_of).data(), language=language("zh"))
    note = f"截至 {language('zh').date(as_of)}　　{counts}"
    centred_lines(sheet, len(headings), [(_title(folders), TITLE_FONT, 32), (note, NOTE_FONT, 20)])
    put_head(sheet, _HEAD_ROW, headings, widths)
    made = SheetRows(sheet)
    for number, ((disclosure, problem, _), texts_of_row) in enumerate(zip(rows, texts), start=_HEAD_ROW + 1):
        cells = [cell(book, text, fixed=True) for text in (problem.ref, disclosure.unit)[: len(fixed)]]
        for key, value, span in zip(ledger.COLUMNS, texts_of_row, spans):
            pieces = _split(value)
            cells += [cell(book, piece, centred=key in _CENTRED) for piece in [*pieces, *[""] * (span - len(pieces))]]
        made.add(number, cells, height_of((value for value, _look in cells), widths))
    end = max(_HEAD_ROW + len(rows), _HEAD_ROW + 1)
    status = get_column_letter(headings.index(ledger.heading("status")) + 1)
    _choose_status(sheet, status, _HEAD_ROW + 1, end)
    sheet.freeze_panes = f"{get_column_letter(len(fixed) + 1)}{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{end}"
    page(sheet, _HEAD_ROW, f"A1:{last}{end}")
    return made


def _ref_width(folders: Folders) -> float:
    longest = max((len(problem.ref) for _, problems in folders for problem in problems), default=10)
    return min(26, longest + 2)


def _cell(stated: Mapping[str, Any], key: str, body: str) -> str | int | date:
    """Return a cell's value; a printed number that is one becomes a number, so that it sorts as such."""
    value = ledger.plain(body) if key == "body" else ledger.cell(stated, key)
    if key == "number" and isinstance(value, str):
        return as_number(value)
    return value if not isinstance(value, date) or value.year >= _FIRST_YEAR else value.isoformat()


def _split(value: str | int | date) -> list:
    return ledger.parts(value) if isinstance(value, str) else [value]


def _choose_status(sheet: Worksheet, column: str, first: int, last: int) -> None:
    """Give a column the statuses to choose from, and their colours."""
    choice = DataValidation("list", formula1=f'"{",".join(STATUSES.labels().values())}"', allow_blank=True)
    choice.showErrorMessage, choice.errorTitle, choice.error = True, "状态", "请从下拉列表中选择状态"
    area = f"{column}{first}:{column}{last + _SPARE_ROWS}"
    choice.add(area)
    sheet.add_data_validation(choice)
    colour_statuses(sheet, area)


def _progress_sheet(book: Workbook, folders: Folders) -> SheetRows:
    """Add the progress entries, with ruled lines below them for new ones."""
    sheet = book.create_sheet(ledger.PROGRESS_SHEET)
    entries = [(problem, entry) for _, problems in folders for problem in problems for entry in problem.progress]
    headings = [ledger.REF, ledger.TITLE, *map(ledger.progress_heading, ledger.PROGRESS_COLUMNS)]
    widths = [_ref_width(folders), 26, *_PROGRESS_WIDTHS.values()]
    note = "新的进展写在表格下方的空行里，一行一条，写明编号"
    centred_lines(sheet, len(headings), [(ledger.PROGRESS_SHEET, TITLE_FONT, 32), (note, NOTE_FONT, 20)])
    put_head(sheet, _HEAD_ROW, headings, widths)
    first = _HEAD_ROW + 1
    made = SheetRows(sheet)
    for row, (problem, entry) in enumerate(entries, start=first):
        cells = [cell(book, text, fixed=True) for text in (problem.ref, problem.title)]
        for key in ledger.PROGRESS_COLUMNS:
            value = ledger.progress_cell(entry, key)
            # A spreadsheet knows no day before its first year.
            early = isinstance(value, date) and value.year < _FIRST_YEAR
            cells.append(cell(book, str(value) if early else value, centred=key in _CENTRED or key == "status"))
        made.add(row, cells, height_of((value for value, _look in cells), widths))
    end = first + len(entries) + _RULED_ROWS - 1
    for row in range(first + len(entries), end + 1):
        made.add(row, [cell(book, "", centred=column in (2, 3)) for column in range(len(headings))], 20)
    _choose_status(sheet, "D", first, end)
    sheet.freeze_panes = f"B{first}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(headings))}{end}"
    page(sheet, _HEAD_ROW, f"A1:{get_column_letter(len(headings))}{max(first, end - _RULED_ROWS)}")
    return made


def _guide_sheet(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 100
    for row, text in enumerate((ledger.GUIDE_SHEET, *_GUIDE), start=1):
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment = (TITLE_FONT if row == 1 else NOTE_FONT), LEFT
        sheet.row_dimensions[row].height = height_of([text], [88], least=32 if row == 1 else 24)
    page(sheet, 1, f"A1:A{len(_GUIDE) + 1}")


def _base_sheet(book: Workbook, folders: Folders, bodies: Mapping[str, str], as_of: date, course: str) -> SheetRows:
    """Keep what was exported: form, date and the sign of the course, then a row of reference and copy for each problem."""
    rows = [[ledger.FORMAT, as_of.isoformat(), *([course] if course else [])]]
    for _, problems in folders:
        for problem in problems:
            copy = ledger.pack(ledger.values(problem), problem.body, bodies[problem.ref])
            rows.append([problem.ref, *ledger.parts(copy)])
    made = SheetRows(book.create_sheet(ledger.BASE_SHEET))
    for number, row in enumerate(rows, start=1):
        made.add(number, [(text, 0) for text in row])
    made.sheet.sheet_state = "veryHidden"
    return made
