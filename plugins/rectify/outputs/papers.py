"""The papers that an office signs or lays on the table: handover of a problem, form to close it out, what is overdue, the ledger on paper.

Word files, so that an office can fill them in and file them in its own way; type is never smaller than `SMALLEST`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from rectify.core.ledger import plain
from rectify.core.model import Disclosure, Problem, Step
from rectify.core.vocabulary import FLAGS, LONG_TERM, PRIORITIES, PROBLEM_KEYS, STAGES, STATUSES
from rectify.outputs.blocks import Run
from rectify.outputs.official_document import long_date
from rectify.outputs.official_layout import add_runs, new_document
from rectify.outputs.paper_columns import COLUMNS, SHEETS, USUAL
from rectify.outputs.reproducible import make_reproducible

Row = tuple[Disclosure, Problem]

SMALLEST = 9.0
"""Points."""
_FORM_SIZE, _LIST_SIZE = 12.0, 10.5
_MARGIN = 15
_SIGN = "\n\n签字（盖章）：　　　　　　　　　　　　　年　　月　　日"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOXES = ("□", "☑")
_LONG = {
    "title": 2.8,
    "measures": 3.0,
    "progress": 3.0,
    "course": 2.2,
    "group": 1.6,
    "ref": 1.8,
    "deadline": 1.5,
    "unit": 1.3,
}
"""How much wider than others a column is."""


def handover(rows: Sequence[Row], day: date) -> bytes:
    """Return the forms by which problems are handed to those who answer for them (问题整改交办单), one on a page."""

    def form(disclosure: Disclosure, problem: Problem) -> list[tuple[str, str]]:
        given = _last(problem, "handover")
        measures = [f"{n}. {one.text}" for n, one in enumerate(problem.measures, start=1)]
        return [
            *_of_problem(disclosure, problem),
            ("整改要求", "\n".join(filter(None, (given.text if given else "", *measures))) or "\n"),
            ("交办单位", _signed(given)),
            ("接收单位", _SIGN),
        ]

    return _forms("问题整改交办单", rows, form, day)


def closeout(rows: Sequence[Row], day: date) -> bytes:
    """Return the forms by which problems are closed out (销号审批表), one on a page: what was done, and who agrees."""

    def form(disclosure: Disclosure, problem: Problem) -> list[tuple[str, str]]:
        done = "\n".join(f"{long_date(entry.date)}：{entry.text}" for entry in problem.progress)
        asked = _last(problem, "application")
        decided = _last(problem, "closeout", "returned")
        if decided and asked and problem.course.index(decided) < problem.course.index(asked):
            decided = None
        lists = [*(entry.files for entry in problem.progress), *(step.files for step in problem.course)]
        names = dict.fromkeys(name.rpartition("/")[2] for files in lists for name in files)
        agreed = decided is not None and decided.stage == "closeout"
        back = decided is not None and not agreed
        required = decided.text if decided else ""
        return [
            *_of_problem(disclosure, problem),
            ("现在的状态", STATUSES[problem.status].label),
            ("整改情况", done or "\n"),
            ("佐证材料", "、".join(names) or "\n"),
            ("整改单位意见", f"{asked.text if asked and asked.text else '申请销号。'}{_signed(asked)}"),
            ("牵头单位意见", f"□ 同意　　□ 不同意：{_SIGN}"),
            (
                "监督检查单位意见",
                f"{_BOXES[agreed]} 同意销号{'：' + required if agreed and required else ''}　　"
                f"{_BOXES[back]} 退回，还需要：{required if back else ''}\n{_signed(decided)}",
            ),
        ]

    return _forms("问题销号审批表", rows, form, day)


def overdue(rows: Sequence[Row], day: date) -> bytes:
    """Return the list of what is overdue on a day, the longest first, for a meeting; an empty list says so."""
    late = sorted((row for row in rows if row[1].overdue(day)), key=lambda row: (str(row[1].deadline), row[1].ref))
    columns = ("ref", "unit", "title", "lead", "owner", "deadline", "late", "status", "progress")
    return _list("逾期问题清单", late, columns, day, "A4", _LIST_SIZE)


def ledger_on_paper(rows: Sequence[Row], columns: Sequence[str], day: date, sheet: str = "A4") -> bytes:
    """Return the ledger with these columns, by default six, on A4 or A3 across: the headings stand on every page.

    Raises KeyError for a column or a sheet that there is not.
    """
    return _list("整改台账", rows, tuple(columns) or USUAL, day, sheet, _LIST_SIZE if len(columns) <= 9 else SMALLEST)


def _last(problem: Problem, *stages: str) -> Step | None:
    """Return the last step of a problem that is of one of these stages."""
    return next((step for step in reversed(problem.course) if step.stage in stages), None)


def _signed(step: Step | None) -> str:
    """Return the room to sign in, with the body and the day that the register knows."""
    if step is None:
        return _SIGN
    return "\n\n签字（盖章）：" + "　　".join(filter(None, (step.by or "　　　　", step.doc_no, long_date(step.date))))


def _of_problem(disclosure: Disclosure, problem: Problem) -> list[tuple[str, str]]:
    facts = [
        ("编号", problem.ref),
        ("通报", disclosure.title),
        (PROBLEM_KEYS["title"].label, problem.title),
        (PROBLEM_KEYS["group"].label, problem.group),
        (PROBLEM_KEYS["lead"].label, problem.lead),
        (PROBLEM_KEYS["units"].label, "、".join(problem.units)),
        (PROBLEM_KEYS["owner"].label, problem.owner),
        (PROBLEM_KEYS["deadline"].label, _deadline(problem)),
    ]
    return [(label, value) for label, value in facts if value]


def _deadline(problem: Problem) -> str:
    if problem.deadline is None:
        return LONG_TERM.label if LONG_TERM.key in problem.flags else ""
    return long_date(problem.deadline)


def _forms(title: str, rows: Sequence[Row], form: Callable[..., list[tuple[str, str]]], day: date) -> bytes:
    document = new_document()
    for number, (disclosure, problem) in enumerate(rows):
        if number:
            document.add_page_break()
        document.add_paragraph(title, style="Title").paragraph_format.space_after = Pt(12)
        table = _table(document, 2)
        for label, value in form(disclosure, problem):
            cells = table.add_row().cells
            _write(cells[0], label, _FORM_SIZE, bold=True)
            _write(cells[1], value, _FORM_SIZE)
        _widths(table, (1.0, 4.2), 156)
    return _saved(document, title, day)


def _list(title: str, rows: Sequence[Row], columns: Sequence[str], day: date, sheet: str, size: float) -> bytes:
    document = new_document()
    across, along = SHEETS[sheet]
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(along), Mm(across)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.footer_distance = Mm(7)
    document.add_paragraph(title, style="Title")
    note = document.add_paragraph(f"截至{long_date(day)}，共{len(rows)}个问题")
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    note.paragraph_format.space_after = Pt(6)
    table = _table(document, len(columns))
    for cell, name in zip(table.add_row().cells, columns):
        _write(cell, COLUMNS[name], size, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    pattern = table.add_row()
    # A row that is torn apart at the end of a page cannot be read across.
    pattern._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in pattern.cells:
        _write(cell, "—", size)
    _widths(table, [_LONG.get(name, 1.0) for name in columns], along - 2 * _MARGIN)
    table._tbl.remove(pattern._tr)
    for disclosure, problem in rows:
        # Copies, for the library looks through all rows there are for each that is added.
        table._tbl.append(_filled(pattern._tr, [_value(name, disclosure, problem, day) for name in columns]))
    return _saved(document, title, day)


def _filled(pattern: Any, texts: Iterable[str]) -> Any:
    """Return a copy of a row with these texts in its cells, a paragraph for each line."""
    row = deepcopy(pattern)
    for cell, text in zip(row.findall(qn("w:tc")), texts):
        paragraph = cell.find(qn("w:p"))
        first, *others = plain(text).split("\n")
        for line in reversed(others):
            another = deepcopy(paragraph)
            _say(another, line)
            paragraph.addnext(another)
        _say(paragraph, first)
    return row


def _say(paragraph: Any, text: str) -> None:
    said = next(paragraph.iter(qn("w:t")))
    said.text = text
    said.set(_SPACE, "preserve")


def _value(name: str, disclosure: Disclosure, problem: Problem, day: date) -> str:
    if name == "progress":
        last = problem.progress[-1] if problem.progress else None
        return f"{last.date} {last.text}" if last else ""
    if name == "course":
        step = problem.course[-1] if problem.course else None
        return " ".join(filter(None, (str(step.date), STAGES[step.stage].label, step.by))) if step else ""
    if name == "late":
        days = problem.days_overdue(day)
        return f"{days}天" if days else ""
    texts: dict[str, Iterable[str]] = {
        "ref": [problem.ref],
        "unit": [disclosure.unit],
        "measures": [one.text for one in problem.measures],
        "units": problem.units,
        "deadline": [str(problem.deadline)] if problem.deadline else [_deadline(problem)],
        "status": [STATUSES[problem.status].label],
        "flags": [FLAGS[one].label for one in problem.flags],
        "priority": [PRIORITIES[one].label for one in problem.priority],
        "closeout": [str(problem.closeout.date), problem.closeout.by] if problem.closeout else [],
    }
    parts = texts[name] if name in texts else [str(getattr(problem, name))]
    return ("\n" if name == "measures" else "、").join(filter(None, parts))


def _table(document: Document, columns: int) -> Table:
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    return table


def _write(cell: _Cell, text: str, size: float, bold: bool = False) -> None:
    for number, line in enumerate(plain(text).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.line_spacing = Pt(size * 1.5)
        add_runs(paragraph, [Run(line, bold=bold)])
        for run in paragraph.runs:
            run.font.size = Pt(size)


def _widths(table: Table, shares: Sequence[float], whole: float) -> None:
    """Divide the width of the page, in millimetres, among the columns."""
    widths = [Mm(whole * share / sum(shares)) for share in shares]
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths):
        column.set(qn("w:w"), str(round(width.pt * 20)))
    for row in table.rows:
        for cell, width in zip(row.cells, widths):
            cell.width = width


def _saved(document: Document, title: str, day: date) -> bytes:
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return make_reproducible(out.getvalue(), day)
