"""Tables that go on with the columns and the numbers of the one before: 续表, or a group to a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Row, Table
from rectify.intake.recognition.table_heads import find_header, squeezed
from rectify.intake.recognition.tables import last_band

_CONTINUED = re.compile("[（(【]?[接续][上前]?[表页]?[\\d一二三四五六七八九十]*[）)】]?")


def with_heads_continued(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with what a table that goes on with the columns and numbers of the one before shares with it.

    That is the head, where it has none; and the name of the group that the last rows there are in, where nothing stands
    between the two.
    """
    result = list(blocks)
    head: Row | None = None
    band: Row | None = None
    column, last = 0, 0
    for index, block in enumerate(blocks):
        if not isinstance(block, Table):
            band = band if _CONTINUED.fullmatch(squeezed(block.text) or "续") else None
            continue
        if header := find_header(block):
            head = block.rows[header.row] if "number" in header.fields else None
            column = header.fields.index("number") if head else 0
        above, rows = block.rows[: header.row + 1] if header else (), block.rows[header.row + 1 if header else 0 :]
        if head and rows and _numbers(block, column)[:1] == [last + 1]:
            if not header and len(rows[0].cells) == len(head.cells):
                above = (head._replace(line=block.line),)
            if above and band and not block.name:  # a sheet is its own group
                above = (*above, band._replace(line=block.line))
            result[index] = block._replace(rows=(*above, *rows))
        last = max(_numbers(block, column), default=last)
        band = last_band(rows) or band
    return result


def _numbers(table: Table, column: int) -> list[int]:
    texts = [squeezed(row.cells[column].text) for row in table.rows if column < len(row.cells)]
    return [int(text) for text in texts if text.isascii() and text.isdigit()]
