"""Signs that no reader sees and that part words for a program: zero-width spaces, soft hyphens, turns of direction."""

from __future__ import annotations

import re

from rectify.core.finding import found
from rectify.intake.outline import Outline, Paragraph, Row, Table

_NEVER_SEEN = "\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_JOINERS = "\u200c-\u200f"
"""Letters of other scripts need them; Chinese does not."""
_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’"
_UNSEEN = re.compile(f"[{_NEVER_SEEN}]|(?<=[{_CHINESE}])[{_JOINERS}]++|(?<![{_JOINERS}])[{_JOINERS}]++(?=[{_CHINESE}])")


def without_unseen(outline: Outline) -> Outline:
    """Return an outline without them; one finding says how many there were, and where the first stood."""
    count = first = 0

    def clean(text: str, line: int) -> str:
        nonlocal count, first
        if text.isascii() or not (gone := len(_UNSEEN.findall(text))):
            return text
        count, first = count + gone, first or line
        return _UNSEEN.sub("", text)

    blocks: list[Paragraph | Table] = []
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            text = clean(block.text, block.line)
            # What is no longer there was inside the heading at most.
            lead = max(block.lead - len(block.text) + len(text), 0) if block.lead else 0
            blocks.append(block if text == block.text else block._replace(text=text, lead=lead))
        else:
            rows = (_row(row, [clean(cell.text, row.line) for cell in row.cells]) for row in block.rows)
            blocks.append(block._replace(rows=tuple(rows)))
    if not count:
        return outline
    told = found("I018", outline.name, first, found=count)
    return outline._replace(blocks=tuple(blocks), findings=(*outline.findings, told))


def _row(row: Row, texts: list[str]) -> Row:
    return row._replace(cells=tuple(cell._replace(text=text) for cell, text in zip(row.cells, texts)))
