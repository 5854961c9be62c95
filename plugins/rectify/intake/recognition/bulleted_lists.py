"""Lists whose items a dash or a dot begins: ——甲不畅。更换设备。已完成。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.bullets import ARROWS, DASHES, DOTS
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.likeness import says_status
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.tree import sentence_end

_ITEM = re.compile(f"\\s{{0,40}}([{DASHES}]{{1,3}}|[{DOTS}{ARROWS}*])[ \t\u3000]{{0,4}}(?=[\u4e00-\u9fff“《])")
_SENTENCE = re.compile("[。；：]|[）)】]$")
_FEWEST = 3


def without_bullets(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the items of lists that a dash or a dot begins without it; every character keeps its place.

    Items say something: most have a sentence. Short lines with the same sign are headings, and keep it. Where most items of a
    list that stand together close with a status, the first sentence of each is its heading; so it is where a line above them
    says the status of so many.
    """
    found: dict[str, dict[int, re.Match[str]]] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (match := _ITEM.match(block.text)):
            found.setdefault(match[1], {})[index] = match
    result = list(blocks)
    for items in found.values():
        if any(counted_heading(match.string) for match in items.values()):
            continue
        counted = any(_has_counted_above(blocks, index) for index in items)
        texts = [match.string[match.end() :] for match in items.values()]
        if not counted and (len(items) < _FEWEST or sum(_is_item(text) for text in texts) * 2 <= len(items)):
            continue
        for index, match in items.items():
            block = blocks[index]
            if isinstance(block, Paragraph):
                result[index] = block._replace(text=" " * match.end() + block.text[match.end() :])
        for some in _together(list(items)):
            bare = {index: block for index in some if isinstance(block := result[index], Paragraph)}
            if counted or sum(says_status(block.text) for block in bare.values()) * 2 > len(bare) > 1:
                for index, block in bare.items():
                    result[index] = block._replace(lead=sentence_end(block.text.strip()))
    return result


def _has_counted_above(blocks: Sequence[Paragraph | Table], index: int) -> bool:
    above = blocks[index - 1] if index else None
    return isinstance(above, Paragraph) and counted_heading(above.text) is not None


def _together(indexes: Sequence[int]) -> list[list[int]]:
    """Return the runs of indexes that follow each other."""
    found: list[list[int]] = []
    for index in indexes:
        if found and index == found[-1][-1] + 1:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _is_item(text: str) -> bool:
    """Whether a line goes on behind its heading, and no label begins it."""
    return bool(_SENTENCE.search(text)) and not read_mark(text) and not split_labels([Line(text, 0)])[0]
