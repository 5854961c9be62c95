"""Tables without a head that go on with the columns and the numbers of the one before: 续表, or a group to a table."""

from __future__ import annotations

from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Row, Table
from rectify.intake.recognition.table_heads import find_header, squeezed


def with_heads_continued(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the head of the table before above each table that goes on with its columns and numbers."""
    result = list(blocks)
    head: Row | None = None
    column, last = 0, 0
    for index, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        if header := find_header(block):
            head = block.rows[header.row] if "number" in header.fields else None
            column = header.fields.index("number") if head else 0
        elif (
            head
            and block.rows
            and len(block.rows[0].cells) == len(head.cells)
            and _numbers(block, column)[:1] == [last + 1]
        ):
            result[index] = block._replace(rows=(head._replace(line=block.line), *block.rows))
        last = max(_numbers(block, column), default=last)
    return result


def _numbers(table: Table, column: int) -> list[int]:
    texts = [squeezed(row.cells[column].text) for row in table.rows if column < len(row.cells)]
    return [int(text) for text in texts if text.isascii() and text.isdigit()]
