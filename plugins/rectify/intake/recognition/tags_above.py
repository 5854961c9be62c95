"""Statuses on lines of their own above the headings that they belong to, as cards show them: 已完成 / 甲不畅 / 更换设备。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.vocabulary import STATUSES
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.likeness import states_problem
from rectify.intake.recognition.numbering import read_mark

_TAG = re.compile("[（(【\\[]?([\u4e00-\u9fff]{2,10})[）)】\\]]?")
_TEXT = re.compile("[。；：]$")
_FEWEST = 2


def with_tags_behind(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with statuses that stand above headings put behind them: 甲不畅（已完成）.

    Below its account a status stands where the last has no heading after it, or the first has one before.
    """
    tags = {index: term for index, block in enumerate(blocks) if (term := _tag(block))}
    below = [blocks[index + 1] if index + 1 < len(blocks) else None for index in tags]
    before = blocks[min(tags) - 1] if tags and min(tags) else None
    begins = isinstance(before, Paragraph) and bool(before.level or _TEXT.search(before.text.strip()))
    earlier = blocks[min(tags) - 2] if begins and min(tags) > 1 else None
    if len(tags) < _FEWEST or not begins or _is_problem(earlier) or not _is_problem(below[-1]):
        return list(blocks)
    if sum(map(_is_problem, below)) * 2 <= len(tags) or not all(isinstance(one, Paragraph) for one in below):
        return list(blocks)
    result: list[Paragraph | Table] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and index - 1 in tags:
            block = block._replace(text=f"{block.text.strip()}（{tags[index - 1]}）")
        if index not in tags:
            result.append(block)
    return result


def _tag(block: Paragraph | Table) -> str:
    match = _TAG.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None
    return match[1] if match and STATUSES.find(match[1]) else ""


def _is_problem(block: Paragraph | Table | None) -> bool:
    if not isinstance(block, Paragraph):
        return False
    mark = read_mark(block.text)
    return states_problem(block.text[mark.length if mark else 0 :].strip())
