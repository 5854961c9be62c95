"""Rows that hold several problems: a numbered list in the cell of problems, and its answers by number in the cells beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rectify.intake.outline import Cell, Row, Table
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.table_heads import find_header

_FEWEST = 2
_IN_ORDER = {"deadline", "day", "status", "closed", "lead", "units", "owner"}
"""Fields of a few words each, which may stand one below the other without numbers."""


def with_rows_apart(table: Table) -> Table:
    """Return a table with a row for each problem of a list; cells without numbers are of all of them.

    A row that has a number of its own is one problem, and so is one to whose numbers another cell does not keep.
    """
    header = find_header(table)
    if not header:
        return table
    rows: list[Row] = list(table.rows[: header.row + 1])
    for row in table.rows[header.row + 1 :]:
        rows += _apart(row, header.fields) if len(row.cells) == len(header.fields) else [row]
    return table._replace(rows=tuple(rows))


def _apart(row: Row, fields: tuple[str, ...]) -> list[Row]:
    title = fields.index("title")
    asked = _listed(row.cells[title].text)
    parts = [_listed(cell.text) or _in_order(cell.text, field, asked) for cell, field in zip(row.cells, fields)]
    numbered = any(field == "number" and cell.text.strip() for field, cell in zip(fields, row.cells))
    answers = [some for at, some in enumerate(parts) if some and at != title]
    # Several deadlines or statuses without a sign whose each is are not of all.
    unclear = any(
        field in _IN_ORDER and not some and "\n" in cell.text.strip()
        for field, some, cell in zip(fields, parts, row.cells)
    )
    alike = answers and all(some.keys() == asked.keys() for some in answers)
    if len(asked) < _FEWEST or numbered or unclear or not alike:
        return [row]
    return [
        row._replace(
            cells=tuple(
                Cell(f"（{value}）{some[value]}" if at == title else some[value])
                if some
                else cell._replace(merged=True)
                for at, (cell, some) in enumerate(zip(row.cells, parts))
            )
        )
        for value in asked
    ]


def _listed(text: str) -> Mapping[int, str]:
    """Return the items of a list by their numbers, which rise by one; nothing where a text is none."""
    items: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        after = max(items) + 1 if items else 0
        mark = read_mark(line)
        # 2.6个站点关闭, 1.2024年9月底: what goes on with the numbers is no decimal.
        plain = re.match(rf"({after or '[0-9]+'})[.．、]", line)
        value, length = (mark.value, mark.length) if mark else (int(plain[1]), plain.end()) if plain else (0, 0)
        if value and value == (after or value):
            items[value] = line[length:]
        elif value or not items:
            return {}
        else:
            items[max(items)] += f"\n{line}"
    return items if len(items) >= _FEWEST else {}


def _in_order(text: str, field: str, asked: Mapping[int, str]) -> Mapping[int, str]:
    """Return the lines of a cell that has one for each problem, by the numbers of these; nothing for any other."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return dict(zip(asked, lines)) if field in _IN_ORDER and len(lines) == len(asked) else {}
