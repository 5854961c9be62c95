"""Problems in a table below its head: a ledger, or a list that is part of a document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from rectify.core.language import N_, Message
from rectify.core.vocabulary import DONE
from rectify.intake.outline import Cell, Row, Table
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.days import deadline
from rectify.intake.recognition.fields import deadline_flags, read_fields, status_of
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.labels import Labelled, split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.table_heads import WHEN_DONE, Header, is_over_numbers, squeezed, unbracketed
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node
from rectify.intake.recognition.words import LABELS
from rectify.prose.statuses import NOT_STATED, Stated, heading_status, is_not_done, is_plain_yes, labelled_status

_INSIDE = re.compile("([\u4e00-\u9fff]{4,6})(?:[ \u3000\t]{1,4}|(?=\\d))(\\S.*)")
"""整改时限 2025年6月底前: a row of the table that stands in a cell."""
_IS_DASH = re.compile(r"[-—/\\\s无]*$")
_SUM = re.compile(r"^(?:合计|小计|总计|共计|汇总|总数|累计)")
_ADDED_UP = re.compile("(?:合计|总计|共计)[：:，,]?")
_PART = re.compile(r"(?<!\d)(\d{1,4})(?:个|项|条|件)")
_HAN = re.compile("(?![一二三四五六七八九十百零第项条号个问题类])[\u3400-\u9fff]")
_BODY = re.compile("[室科股处局部委队心组办站院校司所厂村镇乡道区会厅署馆班长任员等责人]$")
"""How names of bodies and posts end."""
_NO_NAME = 5
"""Characters that no person's name has."""
_NO_NUMBER, _SHOWN = 4, 20
"""Characters in a column of numbers that are no number, and of what stands in a wrong column that are shown."""
_LONGEST_GROUP = 60
_NOTE = re.compile(r"^(?:注|备注|说明|填表|填报|制表|审核|审批|联系)[^，。]{0,6}[：:]")


def read_table(
    table: Table, header: Header, under: Node | None = None, sheet: str = "", over: Stated = NOT_STATED
) -> list[FoundProblem]:
    """Return the problems of a table's rows; `under` is the heading, `sheet` the name of the worksheet it stands under.

    `over` is the status that these state, for rows that nothing nearer gives one.

    Rows that share a merged problem cell are one problem; a row that is one merged cell names the group of those below it.
    """
    result: list[FoundProblem] = []
    group = under.heading if under else sheet
    group_heading, group_line = under.printed if under else sheet, under.line if under else 0
    in_section = bool(under and (under.is_section or under.heading.endswith("表")))
    rows: list[Row] = []
    more: list[Labelled] = []
    title_column = header.fields.index("title")
    below = _filled_down(table.rows[header.row + 1 :], header)
    if band := _band_above(table, header):
        below.insert(0, band)
    for row, after in itertools.zip_longest(below, below[1:]):
        if not any(cell.text.strip() for cell in row.cells):
            continue
        single = _single_text(row)
        if single and rows and (told := _told_below(single, row.line)):
            more += told
            continue
        single = single or _named_above(row, after, header) or None
        if single is not None:
            if rows:
                result += _problem(rows, header, group, group_heading, group_line, in_section, more, over)
                rows, more = [], []
            if _names_a_group(single):
                mark = read_mark(single)
                counted = counted_heading(single)
                group = counted.name if counted else unbracketed(single[mark.length :] if mark else single).strip()
                group_heading, group_line, in_section = single, row.line, False
            continue
        if _is_no_problem(row, header):
            continue
        continues = rows and _continues(rows[-1], row, title_column, header)
        if rows and not continues:
            result += _problem(rows, header, group, group_heading, group_line, in_section, more, over)
            rows, more = [], []
        rows.append(row)
    if rows:
        result += _problem(rows, header, group, group_heading, group_line, in_section, more, over)
    return [_by_group(problem, over) for problem in result]


def _by_group(problem: FoundProblem, over: Stated) -> FoundProblem:
    if problem.stated.status or problem.unknown_status[0] or not over.status:
        return problem
    return problem._replace(
        stated=over, status_source="group", flags=tuple(dict.fromkeys((*problem.flags, *over.flags)))
    )


def sum_lines(table: Table) -> list[Line]:
    """Return the rows that add up a ledger, as text."""
    lines = []
    for row in table.rows:
        texts = list(dict.fromkeys(squeezed(cell.text) for cell in row.cells if cell.text.strip()))
        if texts and (first := _ADDED_UP.match(texts[0])):
            said = "，".join(filter(None, [texts[0][first.end() :], *texts[1:]]))
            parts = list(map(int, _PART.findall(said)))
            # 合计 6个 完成4个，未完成2个: the first is the sum of the others.
            number = parts[0] if parts and parts[0] == sum(parts[1:]) else sum(parts)
            said = said.removeprefix(f"{number}个，") if parts and parts[0] == number else said
            total = f"{number}个问题，" if len(parts) > 1 and "问题" not in said else ""
            lines.append(Line(f"共{total}{said}", row.line))
    return lines


def _single_text(row: Row) -> str | None:
    """Return the text of a row that is one merged cell, or the only filled one at its start; else None."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    texts = {cell.text.strip() for cell in filled}
    if len(texts) != 1 or len(row.cells) < 3:
        return None
    whole = len(filled) == len(row.cells) and any(cell.merged for cell in filled)
    alone = len(filled) == 1 and row.cells[0].text.strip() and not row.cells[0].text.strip().isdigit()
    return squeezed(next(iter(texts))) if whole or alone else None


def _is_no_problem(row: Row, header: Header) -> bool:
    texts = [squeezed(cell.text) for cell in row.cells]
    first = next((text for text in texts if text), "")
    if _SUM.match(first) or _NOTE.match(first) or any(_SUM.match(text) for text in texts[:3]):
        return True
    return _is_head_again(row, header) or not texts[header.fields.index("title")]


def _is_head_again(row: Row, header: Header) -> bool:
    return sum(squeezed(cell.text) == word for cell, word in zip(row.cells, header.words) if word) >= 2


def _continues(before: Row, row: Row, column: int, header: Header) -> bool:
    """Whether a row goes on with the problem of the row above: the problem's cell spans both."""
    cell = row.cells[column]
    if not cell.merged or cell.text != before.cells[column].text:
        return False
    numbers = [i for i, field in enumerate(header.fields) if field == "number"]
    return not any(not row.cells[i].merged and row.cells[i].text.strip() for i in numbers)


def _filled_down(rows: Sequence[Row], header: Header) -> list[Row]:
    """Return rows with the group of the row above where theirs is left out: it stands in the first row of each only."""
    if "group" not in header.fields:
        return list(rows)
    column, title = header.fields.index("group"), header.fields.index("title")
    filled: list[Row] = []
    last = Cell("")
    for row in rows:
        if len(row.cells) > max(column, title) and row.cells[title].text.strip():
            if row.cells[column].text.strip():
                last = row.cells[column]._replace(merged=True)
            elif not row.cells[column].merged and last.text:
                row = row._replace(cells=(*row.cells[:column], last, *row.cells[column + 1 :]))
        filled.append(row)
    return filled


def _band_above(table: Table, header: Header) -> Row | None:
    """Return the row right above a head that comes again below each group, where it names the first of them."""
    above = table.rows[header.row - 1] if header.row else None
    named = [before for before, row in itertools.pairwise(table.rows[header.row + 1 :]) if _is_head_again(row, header)]
    texts = [_single_text(row) for row in (above, *named)] if above and named else []
    return above if texts and all(texts) else None


def last_band(rows: Sequence[Row]) -> Row | None:
    """Return the last of a table's rows that is one merged cell and names the group of those below it."""
    return next((row for row in reversed(rows) if (text := _single_text(row)) and _names_a_group(text)), None)


def _names_a_group(single: str) -> bool:
    return not _SUM.match(single) and not _NOTE.match(single) and len(single) <= _LONGEST_GROUP


def _told_below(text: str, line: int) -> list[Labelled]:
    """Return the labelled values of a row that is one cell and goes on with the problem above it: 整改情况：…"""
    labelled, free = split_labels([Line(text, line)])
    return [] if free or any(one.field in ("title", "group", "number") for one in labelled) else labelled


def _named_above(row: Row, after: Row | None, header: Header) -> str:
    """Return the group that a row names with its number alone, over rows whose numbers are parts of it: 1 above 1.1; else nothing."""
    number, title = (header.fields.index(field) if field in header.fields else -1 for field in ("number", "title"))
    if number < 0 or after is None or len(after.cells) <= number:
        return ""
    filled = [at for at, cell in enumerate(row.cells) if cell.text.strip()]
    first, below = row.cells[number].text.strip(" .．、"), after.cells[number].text.strip()
    parts = bool(first) and re.match(rf"{re.escape(first)}[.．\-－]1(?!\d)", below)
    return row.cells[title].text.strip() if filled == sorted((number, title)) and parts else ""


def _problem(
    rows: Sequence[Row],
    header: Header,
    group: str,
    group_heading: str,
    group_line: int,
    in_section: bool,
    more: Sequence[Labelled],
    over: Stated,
) -> list[FoundProblem]:
    labelled: list[Labelled] = []
    own_group = ""
    finished = (heading_status(group_heading).status or over.status) in DONE
    is_done = any(_says_done(row, header) for row in rows)
    for index, (field, word) in enumerate(zip(header.fields, header.words)):
        if finished and word in WHEN_DONE:
            # What stands among the finished says when it was finished.
            field = ""
        lines: list[Line] = []
        for nth, row in enumerate(rows):
            cell = row.cells[index] if index < len(row.cells) else None
            if cell is None or (nth and (cell.merged or cell.text == rows[nth - 1].cells[index].text)):
                continue
            lines += [Line(part.strip(), row.line) for part in cell.text.split("\n") if part.strip()]
        if not lines:
            continue
        if field == "group" or (field == "category" and is_over_numbers(header)):
            own_group = "".join(line.text for line in lines)
        elif field == "title":
            whole = Line("".join(line.text for line in lines), lines[0].number)
            labelled.append(Labelled("title", word, (whole,)))
        elif field == "day":
            # 销号日期或计划完成日期 is the one or the other by how far the matter is.
            labelled.append(
                Labelled(("closeout" if "销号" in word else "date") if is_done else "deadline", word, tuple(lines))
            )
        elif field:
            inside = [(line, match) for line in lines if (match := _INSIDE.match(line.text)) and match[1] in LABELS]
            labelled += [Labelled(LABELS[m[1]], m[1], (Line(m[2], line.number),)) for line, m in inside]
            lines = [line for line in lines if not any(line is one for one, _ in inside)]
            if lines:
                labelled.append(Labelled(_by_content(field, lines, header), word, tuple(lines)))
        elif word and not _IS_DASH.match("".join(line.text for line in lines)):
            labelled.append(Labelled("note", word, tuple(lines)))
    values = read_fields([*labelled, *more])
    doubt = next(filter(None, (_doubt(row, header) for row in rows)), None)
    text = values.pop("title", "")
    mark = read_mark(text)
    wording = problem_wording(text[mark.length :] if mark else text)
    if own_group and (not group_heading or in_section or not group_line):
        group_mark = read_mark(own_group)
        group = (own_group[group_mark.length :] if group_mark else own_group).strip()
        group_heading, group_line, in_section = own_group, rows[0].line, False
    elif own_group:
        values.setdefault("category", own_group)
    facts = [Line(text, rows[0].line) for text in (wording.facts, wording.account) if text]
    body = (*facts, *values.pop("body"))
    bracket = labelled_status(wording.status) if wording.status else Stated()
    values = status_of(values, body[len(facts) :], bracket, heading_status(group_heading))
    number = values.pop("number", "") or (str(mark.value) if mark else "")
    flags = deadline_flags(values)
    values.pop("flags", None)
    return [
        FoundProblem(
            title=wording.title,
            line=rows[0].line,
            over=group_heading,
            counted=Line(group_heading, group_line) if group_line and counted_heading(group_heading) else None,
            number=number.strip("().（）、． "),
            group=group,
            group_heading=group_heading,
            group_line=group_line,
            group_is_section=in_section,
            flags=flags,
            body=body,
            form="table",
            doubt=doubt,
            **values,
        )
    ]


def _doubt(row: Row, header: Header) -> Message | None:
    """Return why the cells of a row may belong to other columns than those they stand in, None where they do not seem to."""
    fields, cells = header.fields, [cell.text.strip() for cell in row.cells]
    beyond = [text for text, word in itertools.zip_longest(cells, header.words, fillvalue="") if text and not word]
    if beyond:
        return N_("没有表头的一栏写着“{found}”，各格可能错位", found=beyond[0][:_SHOWN])
    number = cells[fields.index("number")] if "number" in fields and len(cells) > fields.index("number") else ""
    if len(_HAN.findall(number)) >= _NO_NUMBER:
        return N_("序号一栏写着“{found}”，各格可能错位", found=number[:_SHOWN])
    if told := next((text for text, field in zip(cells, fields) if field == "lead" and not _is_bodies(text)), ""):
        return N_("单位一栏写着“{found}”，各格可能错位", found=told[:_SHOWN])
    typed = [text for text, field in zip(cells, fields) if text and field in ("status", "deadline")]
    if len(cells) < len(fields) and not (typed and (labelled_status(typed[-1]).status or deadline(typed[-1]))):
        return N_("这一行比表头少 {count} 格，各格可能错位", count=len(fields) - len(cells))
    return None


def _is_bodies(text: str) -> bool:
    """Whether a text may be names of bodies or persons: one ends as such names do, or all are short."""
    names = [name for name in re.split("[，,。；;、\\s]", unbracketed(text)) if name]
    return any(map(_BODY.search, names)) or all(len(name) < _NO_NAME for name in names)


def _says_done(row: Row, header: Header) -> bool:
    """Whether a column says that the matter of a row is done."""
    cells = [cell.text for cell, field in zip(row.cells, header.fields) if field in ("status", "closed")]
    return any(labelled_status(text).status in DONE or is_plain_yes(text) for text in cells)


def _by_content(field: str, lines: Sequence[Line], header: Header) -> str:
    """Return the field of a column whose words fit two: 完成情况 holds a status, or the account of what was done."""
    short = len(lines) == 1 and len(lines[0].text) <= 12
    text = lines[0].text
    if field == "progress" and "status" not in header.fields and short:
        return "status" if labelled_status(text).status or is_plain_yes(text) or is_not_done(text) else field
    if field == "status" and sum(len(line.text) for line in lines) > 30 and not labelled_status(lines[0].text).status:
        return "progress"
    return field
