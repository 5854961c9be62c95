"""Tables that are no lists: forms of one problem, problems with their accounts or their steps beside them, one column that only lays out a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Cell, Paragraph, Table
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.table_heads import column_field, unbarred
from rectify.intake.recognition.values import NAMES
from rectify.intake.recognition.words import LABELS

_NTH = re.compile("[^（(：:，。]{0,12}[（(]?(\\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?")
_CARD = re.compile("[\u4e00-\u9fff]{0,10}(?:卡片?|单|表)")
"""The title that comes again over each card of a sheet: 整改卡片."""
_SIGNED = re.compile("签字|签名|签章|盖章|印章")
_NUMBERED = re.compile("[（(](?:整改)?(?:任务|问题|事项)?(?:序号|编号)[：: ]?(\\d{1,3})[）)](?=.)")
"""（任务序号12）甲不严"""
_TOLD = {"status", "closed", "deadline"}
_NUMBER = "序号"
"""The label of the number that stands over a table of one problem: 问题清单（1）."""


def lines_of(table: Table) -> list[Paragraph]:
    """Return the lines of a table that is a form, or that sets accounts or steps beside or below problems; empty for any other table."""
    return _card(table) or _pairs(table) or _steps(table) or _record(table)


def _card(table: Table) -> list[Paragraph]:
    """Return the lines of a table of one problem or several, labels beside their values; empty for any other table."""
    pairs: list[tuple[str, Cell, int]] = []
    title: list[Paragraph] = []
    tail: list[Paragraph] = []
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.merged]
        texts = [unbarred(cell.text) for cell in cells if cell.text.strip()]
        if len(texts) == 1 and row is table.rows[-1] and not column_field(texts[0]) and cells[0].text.strip():
            # Who made the form, and when.
            tail.append(Paragraph(texts[0], row.line))
            continue
        if len(cells) == 1 and row is table.rows[0] and (match := _NTH.fullmatch(unbarred(cells[0].text))):
            pairs.append((_NUMBER, Cell(match[1]), row.line))
            continue
        if (
            len(cells) == 1
            and row is table.rows[0]
            and len(row.cells) > 1
            and not column_field(unbarred(cells[0].text))
        ):
            title.append(Paragraph(unbarred(cells[0].text), row.line))
            continue
        if len(cells) == 1 and len(row.cells) > 1 and _CARD.fullmatch(unbarred(cells[0].text)):
            continue
        if len(cells) % 2 and column_field(cells[1].text if len(cells) > 1 else ""):
            # What stands beside several rows names a part of the form: 验收.
            cells = cells[1:]
        if any(map(_SIGNED.search, (cell.text for cell in cells))) and not any(cell.text for cell in cells[1::2]):
            continue
        if len(cells) % 2 or not all(column_field(cell.text) for cell in cells[::2] if cell.text.strip()):
            if {unbarred(cell.text) for cell in cells} <= {"字段", "内容", "项目", "名称", ""}:
                continue
            return []
        pairs += [(unbarred(label.text), value, row.line) for label, value in zip(cells[::2], cells[1::2])]
    fields = [column_field(label) for label, _, _ in pairs]
    values = [column_field(unbarred(value.text)) for _, value, _ in pairs]
    if len(pairs) < 2 or sum(map(bool, values)) * 2 >= len(pairs):
        return []
    ordered: list[tuple[str, Cell, int]] = []
    for field, pair in zip(fields, pairs):
        # A number above the problem says which it is; the problem begins what is its own.
        behind = field == "title" and ordered and column_field(ordered[-1][0]) == "number"
        ordered.insert(len(ordered) - bool(behind), pair)
    lines = title
    for label, value, line in ordered:
        first, *more = [part.strip() for part in value.text.split("\n") if part.strip()] or [""]
        if column_field(label) == "title" and (number := _NUMBERED.match(first)):
            lines.append(Paragraph(f"{_NUMBER}：{number[1]}", line))
            first = first[number.end() :]
        if label not in LABELS:
            # 巡察发现问题 is a label with words around it, which only the head of a column may have.
            label = NAMES.get(column_field(label), label)
        lines.append(Paragraph(f"{label}：{first}", line))
        for part in more:
            if read_mark(part):
                # A number inside a cell begins no heading of the document.
                lines[-1] = lines[-1]._replace(text=f"{lines[-1].text}\n{part}")
            else:
                lines.append(Paragraph(part, line))
    return lines + tail


def _steps(table: Table) -> list[Paragraph]:
    """Return the lines of a table of steps whose rows stand below one that is one cell and names a problem; empty for any other table."""
    first = table.rows[0]
    words = [unbarred(cell.text) for cell in first.cells]
    fields = list(map(column_field, words))
    if "measures" not in fields or "title" in fields:
        return []
    lines: list[Paragraph] = []
    numbers = 0
    for row in table.rows[1:]:
        texts = [unbarred(cell.text) for cell in row.cells]
        if len(set(filter(None, texts))) == 1 and (mark := read_mark(texts[0])):
            if mark.form != "item" and not lines:
                return []
            numbers += mark.form == "item"
            lines.append(Paragraph(texts[0], row.line))
        elif lines:
            told = [
                f"{word}{text}"
                for word, text, field in zip(("", *words), ("", *texts), ("", *fields))
                if text and field not in ("number", "measures", "")
            ]
            step = texts[fields.index("measures")] if len(texts) > fields.index("measures") else ""
            lines.append(Paragraph(f"整改措施：{step}" + (f"（{'，'.join(told)}）" if told else ""), row.line))
    return lines if numbers > 1 else []


def _record(table: Table) -> list[Paragraph]:
    """Return the lines of a table that only says how far the problem above it is, labels over one row of values; empty for any other table."""
    rows = [[unbarred(cell.text) for cell in row.cells] for row in table.rows if any(cell.text for cell in row.cells)]
    if len(rows) != 2 or len(rows[0]) != len(rows[1]) or table.name:
        return []
    fields, below = list(map(column_field, rows[0])), list(map(column_field, rows[1]))
    if not all(fields) or any(below) or "title" in fields or not _TOLD & set(fields):
        return []
    line = table.rows[0].line
    return [Paragraph(f"{label}：{value}", line) for label, value in zip(*rows) if value.strip("-—－/／")]


def unboxed(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with what stands in a table of one column as the lines that it is: such a table only lays out the page."""
    result: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Table) and not block.name and all(len(row.cells) == 1 for row in block.rows):
            parts = [(part.strip(), row.line) for row in block.rows for part in row.cells[0].text.split("\n")]
            result += [Paragraph(part, line) for part, line in parts if part]
        else:
            result.append(block)
    return result


def _pairs(table: Table) -> list[Paragraph]:
    """Return the lines of a table that only sets the account of each problem beside it; empty for any other table."""
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row.cells)]
    marks = [read_mark(row.cells[0].text) if len(row.cells) == 2 else None for row in rows]
    if len(rows) < 2 or any(mark is None or mark.value != at for at, mark in enumerate(marks, 1)):
        return []
    return [
        Paragraph(part.strip(), row.line)
        for row in rows
        for cell in row.cells
        for part in cell.text.split("\n")
        if part.strip()
    ]
