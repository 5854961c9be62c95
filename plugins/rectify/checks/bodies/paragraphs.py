"""Lines that were paragraphs, items or rows where they were written, and that Markdown runs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rectify.checks.bodies.remark import Block, Edit, Remark, Text
from rectify.core.columns import columns_of
from rectify.core.soft_breaks import WIDE

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_BEGINS = re.compile(
    rf"[ \t]*(?:\*\*)?(?:{_HAN_NUMBER}(?:是|要|、)|第{_HAN_NUMBER}[，、]|[（(](?:{_HAN_NUMBER}|\d{{1,2}})[）)]"
    r"|\d{1,3}(?:[、．）)]|\.(?!\d))|[①-⒛㈠-㈩]|\u3000|\xa0{2}"
    rf"|[·•●■◆▲➢▪○◇◎★☆＊－–\ue000-\uf8ff-][ \u3000]*(?=[{WIDE}])|(?:[A-Za-z][.、．)）]|——)(?=[{WIDE}])|[-*+] +\S|【)"
)
"""What begins an item or a paragraph; GB/T 9704-2012, 7.3.3, and the bullets of word processors."""
_TITLE = re.compile(rf"[ \t\u3000]*(?:{_HAN_NUMBER}、|[（(](?:{_HAN_NUMBER}|\d{{1,2}})[）)]|\d{{1,2}}[.、．])")
_ENDS = re.compile(r"[。！？!?：:；;][”’」』）)》】*_]*+\s*+\Z")
_GOES_ON = re.compile(r"[，、,—\\（(《“]\s*\Z|  \Z")
"""The end of a line that the next one continues, or whose break is meant."""
_LABEL = re.compile(rf"[ \t\u3000]*[{WIDE}]{{2,10}}[：:][ \t]*\S")
_DATE = re.compile(r"[ \t\u3000]*\d{4}年\d{1,2}月\d{1,2}日\s*\Z")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+\.) +\S")
_OTHER = re.compile(r"[ ]{0,3}(?:#|>|\||\[[^\]]*\]:|!\[|[-=*_]{2,}\s*\Z)")
"""Lines that are no text: headings, quotations, rows, definitions, pictures, rules."""
_SHORT, _LABELLED = 40, 60
_SLACK = 8
"""Columns by which the lines of one paragraph differ where an editor wrapped them."""
_MANY = 3


def paragraphs(text: Text) -> Iterator[Remark]:
    """Yield each block whose lines are run together, at the first that should stand by itself."""
    for block in text.blocks:
        places = _breaks(block)
        if places:
            edits = [Edit(block.first + place, 0, 0, "\n") for place in places]
            excerpt = block.lines[places[0]].strip()[:20]
            yield text.remark("S100", edits[0].line, edits=edits, found=len(places), excerpt=excerpt)


def _breaks(block: Block) -> list[int]:
    """Return the lines of a block, counted from 0, that should stand by themselves."""
    lines = block.lines
    widths = [columns_of(line, in_chinese_font=True) for line in lines]
    widest = max(widths)
    all_end = len(lines) >= _MANY and all(map(_ENDS.search, lines))
    places: list[int] = []
    is_list = bool(_ITEM.match(lines[0]))
    for place, (before, line) in enumerate(pairwise(lines), start=1):
        if "\t" in before or "\t" in line or _OTHER.match(before) or _OTHER.match(line) or _GOES_ON.search(before):
            continue
        item = bool(_ITEM.match(line))
        if (is_list and item) or (is_list and line.startswith("  ")):
            continue
        early = widths[place - 1] + _SLACK < widest
        ends = bool(_ENDS.search(before))
        if (
            (ends and (_BEGINS.match(line) or early or all_end))
            or (early and len(before) <= _SHORT and _TITLE.match(before))
            or (_BEGINS.match(before) and _BEGINS.match(line))
            or (_LABEL.match(before) and _LABEL.match(line) and len(before) <= _LABELLED)
            or _DATE.match(line)
        ):
            places.append(place)
            is_list = item
    return places


def lists(text: Text) -> Iterator[Remark]:
    """Yield lists whose lower levels are indented by so little that they become items of the upper one."""
    if text.characters.isdisjoint("-*+."):
        return
    for block in text.blocks:
        indents = [len(line) - len(line.lstrip(" ")) for line in block.lines]
        if not any(0 < one < 4 for one in indents[1:]):
            continue
        items = [_ITEM.match(line.lstrip(" ")) for line in block.lines]
        if not all(items) or indents[0] or all(one % 4 == 0 for one in indents):
            continue
        levels: list[int] = []
        edits: list[Edit] = []
        for place, indent in enumerate(indents):
            while levels and levels[-1] > indent:
                levels.pop()
            if not levels or levels[-1] < indent:
                levels.append(indent)
            wished = 4 * (len(levels) - 1)
            if wished != indent:
                edits.append(Edit(block.first + place, 0, indent, " " * wished))
        excerpt = block.lines[edits[0].line - block.first].strip()[:20]
        yield text.remark("S105", edits[0].line, edits=edits, excerpt=excerpt)
