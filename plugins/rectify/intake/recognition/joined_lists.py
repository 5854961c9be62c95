"""Tables of one list, 问题清单 措施清单 责任清单, whose rows have the same numbers, as the one table that they make."""

from __future__ import annotations

from collections.abc import Sequence

from rectify.intake.outline import Cell, Paragraph, Row, Table
from rectify.intake.recognition.table_heads import Header, column_field, find_header, squeezed


def with_lists_joined(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the columns of a table that names no problems beside the problems that have its numbers.

    Both have every number once, and the same ones.
    """
    result: list[Paragraph | Table] = []
    last: tuple[int, Header, dict[str, int]] | None = None
    for block in blocks:
        if isinstance(block, Table):
            if header := find_header(block):
                numbers = _numbers(block, header.row, header.fields)
                last = (len(result), header, numbers) if numbers else None
            elif last and (fields := _answers(block)) and _numbers(block, 0, fields).keys() == last[2].keys():
                at, header, numbers = last
                listed = result[at]
                if isinstance(listed, Table):
                    result[at] = _beside(listed, header.row, numbers, block, fields)
                    continue
        result.append(block)
    return result


def _answers(table: Table) -> list[str]:
    """Return the fields of a table's first row where it has numbers and columns about problems, and no problems; else nothing."""
    fields = [column_field(squeezed(cell.text)) for cell in table.rows[0].cells] if table.rows else []
    return fields if "number" in fields and "title" not in fields and sum(map(bool, fields)) > 1 else []


def _numbers(table: Table, head: int, fields: Sequence[str]) -> dict[str, int]:
    """Return the rows of a table below its head by their numbers, nothing where one has none or that of another."""
    if "number" not in fields:
        return {}
    column = fields.index("number")
    found: dict[str, int] = {}
    for index, row in enumerate(table.rows[head + 1 :], head + 1):
        number = squeezed(row.cells[column].text) if column < len(row.cells) else ""
        if not number or number in found:
            return {}
        found[number] = index
    return found


def _beside(table: Table, head: int, numbers: dict[str, int], other: Table, fields: Sequence[str]) -> Table:
    at = _numbers(other, 0, fields)
    number_of_row = {index: number for number, index in numbers.items()}
    rows = []
    for index, row in enumerate(table.rows):
        from_row = 0 if index == head else at.get(number_of_row.get(index, ""))
        cells = other.rows[from_row].cells if from_row is not None else ()
        more = [cells[i] if i < len(cells) else Cell("") for i, field in enumerate(fields) if field != "number"]
        rows.append(Row((*row.cells, *more), row.line, row.hidden))
    return table._replace(rows=tuple(rows))
