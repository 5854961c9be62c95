"""Rows that were a table where they were written, and that Markdown shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.checks.bodies.remark import Block, Edit, Remark, Text

_UNDER_HEAD = frozenset("|:- ")
_BAR = re.compile(r"(?<!\\)\|")


def tables(text: Text) -> Iterator[Remark]:
    """Yield tables that were pasted with tabs, and those that lack what makes them one."""
    if "\t" in text.characters:
        for block in text.blocks:
            yield from _tabbed(text, block)
    if not text.characters.isdisjoint("|｜"):
        for block in text.blocks:
            yield from _unmade(text, block)


def _tabbed(text: Text, block: Block) -> Iterator[Remark]:
    rows = ["\t" in line and bool(line.partition("\t")[0].strip()) for line in block.lines]
    start = next((place for place in range(len(rows) - 1) if rows[place] and rows[place + 1]), None)
    if start is None:
        return
    end = next((place for place in range(start, len(rows)) if not rows[place]), len(rows))
    lines = block.lines[start:end]
    edits: list[Edit] = []
    width = lines[0].count("\t") + 1
    if all(line.count("\t") + 1 == width for line in lines):
        for place, line in enumerate(lines):
            cells = [cell.strip().replace("|", r"\|") for cell in line.split("\t")]
            row = f"| {' | '.join(cells)} |"
            if place == 0:
                row = f"{_break(start)}{row}\n|{' --- |' * width}"
            elif start + place == end - 1 < len(rows) - 1:
                row += "\n"
            edits.append(Edit(block.first + start + place, 0, len(line), row))
    yield text.remark("S101", block.first + start, edits=edits, found=len(lines), excerpt=lines[0].split("\t")[0][:20])


def _break(place: int) -> str:
    return "\n" if place else ""


def _unmade(text: Text, block: Block) -> Iterator[Remark]:
    rows = [line.lstrip()[:1] in ("|", "｜") for line in block.lines]
    start = next((place for place in range(len(rows) - 1) if rows[place] and rows[place + 1]), None)
    if start is None:
        return
    edits = _wanting(block, start, all(rows[start:]))
    if edits is not None:
        yield text.remark("S102", block.first + start, edits=edits, excerpt=block.lines[start].strip()[:20])


def _wanting(block: Block, start: int, is_whole: bool) -> list[Edit] | None:
    """Return the edits that make a table of rows, none where a person must, None where it is one."""
    lines = block.lines[start:]
    head, under = lines[0].strip(), lines[1].strip()
    place, width = block.first + start, _columns(head)
    before = Edit(place, 0, 0, _break(start))
    if head[0] != "｜" and not ("-" in under and _UNDER_HEAD.issuperset(under)):
        same = is_whole and all(_columns(line.strip()) == width for line in lines)
        return [before, Edit(place + 1, 0, 0, f"|{' --- |' * width}\n")] if same else []
    if head[0] == "｜" or _columns(under) != width:
        return []
    return [before] if start else None


def _columns(row: str) -> int:
    return len(_BAR.findall(row.removeprefix("|").removesuffix("|"))) + 1
