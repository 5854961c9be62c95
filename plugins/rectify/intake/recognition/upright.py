"""Tables of problems whose head is not where it is looked for: in the first column, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from rectify.core.vocabulary import DONE, STATUSES
from rectify.intake.outline import Cell, Row, Table
from rectify.intake.recognition.days import deadline
from rectify.intake.recognition.likeness import states_problem
from rectify.intake.recognition.record_tables import named
from rectify.intake.recognition.table_heads import EARLIER, column_field, find_header, squeezed
from rectify.prose.statuses import labelled_status

_FEWEST_COLUMNS, _FEWEST_ROWS, _FEWEST_LABELS = 3, 2, 3
_FEWEST_BARE, _SHORTEST_TITLE = 3, 6
"""Rows of a table without numbers, and the mean length of its titles."""
_LONGEST_STATUS = 16
_HEADS = {
    "number": "序号",
    "title": "问题",
    "progress": "整改情况",
    "status": "整改状态",
    "deadline": "整改时限",
    "day": "完成日期/完成时限",
    "note": "备注",
}
"""What stands over the columns of a table that has no head."""


def with_head_above(table: Table) -> Table:
    """Return a table of problems with its head in a row above them; every other table as it is."""
    if find_header(table):
        return _with_status_named(table)
    return _turned(table) or _headed(table) or table


def _turned(table: Table) -> Table | None:
    """Return a table whose first column names the rows, each problem a column, with rows and columns exchanged.

    A row of one cell above or below is no part of it. What names the columns, and what nobody knows, is named by its values.
    """
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row.cells)]
    inside = [len({cell.text for cell in row.cells if cell.text.strip()}) > 1 for row in rows]
    first = inside.index(True) if True in inside else 0
    last = len(rows) - (inside[::-1].index(True) if True in inside else 0)
    own = rows[first:last]
    width = len(own[0].cells) if own else 0
    if width < _FEWEST_COLUMNS or len(own) < _FEWEST_LABELS or any(len(row.cells) != width for row in own):
        return None
    labels = [squeezed(row.cells[0].text) for row in own]
    names = named({label: [cell.text for cell in row.cells[1:]] for label, row in zip(labels, own)})
    fields = [column_field(names.get(label, label)) for label in labels]
    known = sum(map(bool, fields))
    if "title" not in fields or known < _FEWEST_LABELS or known * 2 < len(own):
        return None
    titles = own[fields.index("title")].cells[1:]
    if len({cell.text for cell in titles}) < _FEWEST_ROWS:
        return None
    line = own[fields.index("title")].line
    head = Row(tuple(Cell(names.get(label, label)) for label in labels), line)
    turned = [head, *(Row(tuple(row.cells[column] for row in own), line) for column in range(1, width))]
    if not find_header(Table(tuple(turned))):
        return None
    return table._replace(rows=(*rows[:first], *turned, *rows[last:]))


def _headed(table: Table) -> Table | None:
    """Return a table without a head with one: its columns are known by what is in them, numbers from 1 on and statuses."""
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row.cells)]
    width = len(rows[0].cells) if rows else 0
    if len(rows) < _FEWEST_ROWS or width < _FEWEST_COLUMNS or any(len(row.cells) != width for row in rows):
        return None
    columns = [[squeezed(row.cells[column].text) for row in rows] for column in range(width)]
    numbers = [str(number) for number in range(1, len(rows) + 1)]
    number = next((at for at, texts in enumerate(columns) if [text.strip(".、") for text in texts] == numbers), None)
    status = next((at for at, texts in enumerate(columns) if _are_statuses(texts)), None)
    title = next((at for at, texts in enumerate(columns) if sum(map(states_problem, texts)) * 2 > len(texts)), None)
    if number is None and len(rows) >= _FEWEST_BARE and status is not None:
        longest = _longest(columns, status)
        title = title if longest is None else longest
        stating = [at for at, texts in enumerate(columns) if any(map(states_problem, texts))]
        if title is None and stating == [0] and sum(map(states_problem, columns[0])) * 3 >= len(rows):
            # What stands first and alone states deficiencies names them all.
            title = 0
    if status is None or title is None or (number is None and len(rows) < _FEWEST_BARE):
        return None
    fields = {status: "status", title: "title"} | ({} if number is None else {number: "number"})
    fields |= {column: "note" for column in range(width) if number is None and column not in fields}
    if (due := _until(columns, status)) is not None:
        fields[due] = "deadline"
    elif (day := next((at for at, texts in enumerate(columns) if all(map(deadline, texts))), None)) is not None:
        fields[day] = "day"
    head = Row(tuple(Cell(_HEADS[fields.get(column, "progress")]) for column in range(width)), rows[0].line)
    return table._replace(rows=(head, *table.rows))


def _longest(columns: Sequence[Sequence[str]], status: int) -> int | None:
    """Return the column whose texts name the problems where no number does: far longer than all others, and no sentences."""
    lengths = {at: sum(map(len, texts)) / len(texts) for at, texts in enumerate(columns) if at != status}
    most = max(lengths, key=lambda at: lengths[at])
    others = max((length for at, length in lengths.items() if at != most), default=0)
    alike = len(set(columns[most])) < len(columns[most]) or any("。" in text or not text for text in columns[most])
    return None if alike or lengths[most] < max(_SHORTEST_TITLE, others * 1.3) else most


def _until(columns: Sequence[Sequence[str]], status: int) -> int | None:
    """Return the column that holds a date where the status is open, and nothing where it is done."""
    for at, texts in enumerate(columns):
        told = [(text, labelled_status(stated).status) for text, stated in zip(texts, columns[status]) if text]
        if told and all(deadline(text) and stated not in DONE for text, stated in told):
            return at
    return None


def _with_status_named(table: Table) -> Table:
    """Return a table with a head over its column of statuses that says so, where its own words say nothing."""
    header = find_header(table)
    if header is None or "status" in header.fields:
        return table
    rows = [row for row in table.rows[header.row + 1 :] if len(row.cells) == len(header.fields)]
    told = [column for column in range(len(header.fields)) if _are_statuses(_filled(rows, column))]
    # Of what it was and what it is now, the latter counts.
    told = [column for column in told if not EARLIER.search(header.words[column])] if len(told) > 1 else told
    if len(told) != 1 or header.fields[told[0]] or not header.words[told[0]]:
        return table
    head, column = table.rows[header.row], told[0]
    cells = (*head.cells[:column], Cell(_HEADS["status"]), *head.cells[column + 1 :])
    named = (*table.rows[: header.row], head._replace(cells=cells), *table.rows[header.row + 1 :])
    return table._replace(rows=named)


def _filled(rows: Sequence[Row], column: int) -> list[str]:
    return [text for row in rows if (text := squeezed(row.cells[column].text))]


def _are_statuses(texts: Sequence[str]) -> bool:
    return len(texts) >= _FEWEST_ROWS and all(
        STATUSES.find(text) is not None or (len(text) <= _LONGEST_STATUS and labelled_status(text).status)
        for text in texts
    )
