"""Lines of text whose columns commas or several spaces keep, below a head of labels: the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.table_heads import column_field

_BETWEEN = (re.compile("[,，]"), re.compile("[ \u3000]{2,40}"), re.compile("\u3000"))
_LONGEST_HEAD, _FEWEST_ROWS = 120, 2


def with_tabs(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with lines below a head whose columns commas or several spaces keep, tabs put between them.

    Every line has as many columns as the head, or it ends the table.
    """
    result = list(blocks)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        sign = next((sign for sign in _BETWEEN if _heads(block, sign)), None)
        index += 1
        if sign is None or not isinstance(block, Paragraph):
            continue
        width = len(sign.split(block.text.strip()))
        start = index - 1
        while index < len(blocks) and isinstance(after := blocks[index], Paragraph):
            if len(sign.split(after.text.strip())) != width:
                break
            index += 1
        if index - start > _FEWEST_ROWS:
            for at in range(start, index):
                if isinstance(one := blocks[at], Paragraph):
                    result[at] = one._replace(text="\t".join(sign.split(one.text.strip())), lead=0)
    return result


def _heads(block: Paragraph | Table, sign: re.Pattern[str]) -> bool:
    """Whether a line is the head of a table, its labels parted by a sign."""
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_HEAD:
        return False
    fields = [column_field(part.strip()) for part in sign.split(block.text.strip())]
    return len(fields) > 2 and "title" in fields and sum(map(bool, fields)) * 3 >= len(fields) * 2
