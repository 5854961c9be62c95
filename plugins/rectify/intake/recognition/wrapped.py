"""Lines that were broken at the width of a page, put together as the paragraphs they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.columns import columns_of
from rectify.core.script import simplified
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.table_heads import column_field
from rectify.intake.recognition.tree import is_closing, is_document

_NARROWEST, _WIDEST = 20, 60
"""Characters of a full line."""
_SLACK = 3.0
"""A line that ends so far before the margin was broken there: a sign or a number may not stand apart."""
_FEWEST = 2
_FEWEST_BEGUN = 4
_SURE = 0.8
"""Of a full line, so much at least is filled where indentation alone tells paragraphs apart."""
_PAGE = re.compile(
    r"^\s*(?:[—–\-－]\s*\d{1,4}\s*[—–\-－]|第\s*\d{1,4}\s*页(?:\s*+[，,/／]?\s*+共\s*\d{1,4}\s*页)?)\s*$"
)
_ENDS_HEADING = re.compile("(?:”的?问题|(?:关于|针对)[^，。“”]{4,60}的问题|问题(?:的)?整改(?:落实|进展|完成)?情况)$")
"""Of a numbered line: a heading ends so, however long it is."""
_STOPS = "。！？；：…"
_ENDS = _STOPS + "】）)]”"
_INDENTED = re.compile("\u3000{2,}")
_INDENT_INSIDE = re.compile("(?<=[。；：])\u3000{2,}(?=\\S)")
_FEWEST_GLUED = 3
_INDENT = re.compile(r"^(?:\u3000{2}|\u3000? {2,}|\t)")


def is_number_of_page(block: Paragraph | Table) -> bool:
    """Return whether a block is the number of a page: — 3 —."""
    return isinstance(block, Paragraph) and bool(_PAGE.match(block.text))


def unglued(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with paragraphs apart that copying set side by side: only the indentation of each is left, 。　　2.甲不严。

    That is known by numbers that follow a full stop and an indentation, again and again.
    """
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    begun = (line.text[match.end() :] for line in lines for match in _INDENT_INSIDE.finditer(line.text))
    if sum(read_mark(text) is not None for text in begun) < _FEWEST_GLUED or has_cells(lines):
        return list(blocks)
    result: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Paragraph) and "\u3000\u3000" in block.text.strip():
            result += [block._replace(text=part) for part in _INDENTED.split(block.text.strip()) if part]
        else:
            result.append(block)
    return result


def with_quotes_whole(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with a line joined to the one before it, which opened a quotation that it closes: 关于“台账 / 不全”问题."""
    result: list[Paragraph | Table] = []
    for block in blocks:
        before = result[-1] if result else None
        if isinstance(before, Paragraph) and isinstance(block, Paragraph) and _closes(before.text, block.text):
            text = before.text.rstrip()
            result[-1] = before._replace(text=text + _glue(text, block.text) + block.text.strip())
        else:
            result.append(block)
    return result


def _closes(before: str, text: str) -> bool:
    """Whether a line closes the quotation that the end of another opens; neither is long, and none has stops in it."""
    opened, end = before.rfind("“"), text.find("”")
    if opened < 0 or end < 0 or "”" in before[opened:] or "“" in text[:end] or end > _WIDEST:
        return False
    inside = before[opened:] + text[:end]
    return len(before) - opened <= _WIDEST and not set(inside) & set("。；：") and not read_mark(text)


def unwrapped(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the lines of a paragraph joined, where a text as a whole was broken at one width.

    No line is wider then, and lines end at that width in the middle of a sentence, again and again.
    """
    lines = [block for block in blocks if isinstance(block, Paragraph) and not block.number]
    width = max((_width(block.text) for block in lines), default=0.0)
    longest = max((len(block.text.rstrip()) for block in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST or has_cells(lines):
        return list(blocks)
    indented = sum(bool(_INDENT.match(block.text)) for block in lines) > 1
    begun = [bool(_INDENT.match(block.text)) for block in lines if read_mark(block.text) or _has_label(block.text)]
    if len(begun) >= _FEWEST_BEGUN and all(begun):
        # Every paragraph begins with an indentation: a line without one goes on, however far the one before it reached.
        longest, width = int(longest * _SURE), width * _SURE
    result: list[Paragraph | Table] = []
    joined, plain, index = 0, 0, 0
    while index < len(blocks):
        block = blocks[index]
        rest = _rest(blocks, index, width, longest, indented)
        after = blocks[index + len(rest) + 1] if index + len(rest) + 1 < len(blocks) else None
        whole = (
            isinstance(block, Paragraph) and (index == 0 or bool(read_mark(block.text))) and _begins(after, indented)
        )
        if rest and rest[-1].text.rstrip()[-1:] not in _STOPS and not whole:
            # What begins in the middle of it ends where it does.
            result += blocks[index : index + len(rest)]
            index += len(rest)
            continue
        if isinstance(block, Paragraph):
            text = block.text
            for after in rest:
                text = text.rstrip() + _glue(text, after.text) + after.text.strip()
            block = block._replace(text=text)
        joined += len(rest)
        # Headings without a full stop may be as long as the longest line: that text itself was broken is surer.
        plain += len(rest) if isinstance(block, Paragraph) and not read_mark(block.text) else max(len(rest) - 1, 0)
        result.append(block)
        index += 1 + len(rest)
    return result if joined >= _FEWEST and (plain or joined > _FEWEST) else list(blocks)


def _rest(
    blocks: Sequence[Paragraph | Table], start: int, width: float, longest: int, indented: bool
) -> list[Paragraph]:
    """Return the lines that a line goes on in: all but the last are full."""
    rest: list[Paragraph] = []
    before: Paragraph | Table = blocks[start]
    for index in range(start + 1, len(blocks)):
        after = blocks[index]
        if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
            break
        if not _is_broken(before.text, width, longest) or not _goes_on(before, after, indented):
            break
        if (
            _ENDS_HEADING.search(simplified(before.text.rstrip()))
            and read_mark(before.text)
            and not after.text.startswith("的")
        ):
            break
        rest.append(after)
        before = after
    return rest


def _is_broken(text: str, width: float, longest: int) -> bool:
    """Whether a line is full, by its width or by its number of characters, and its sentence is not over."""
    full = width - _SLACK <= _width(text) or longest - _SLACK <= len(text.rstrip())
    return full and text.rstrip()[-1:] not in _ENDS and not is_document(text)


def _goes_on(before: Paragraph, after: Paragraph, indented: bool) -> bool:
    if after.level != before.level or after.number or after.centred != before.centred or is_closing(after.text):
        return False
    if (indented and _INDENT.match(after.text)) or read_mark(after.text):
        return False
    return not _has_label(after.text)


def _has_label(text: str) -> bool:
    return bool(split_labels([Line(simplified(text.strip()), 0)])[0])


def _begins(block: Paragraph | Table | None, indented: bool) -> bool:
    """Whether a block begins a paragraph, which ends the heading before it, though that has no full stop."""
    if not isinstance(block, Paragraph):
        return True
    text = block.text.strip()
    return bool((indented and _INDENT.match(block.text)) or read_mark(text) or _has_label(text))


def has_cells(lines: Sequence[Paragraph]) -> bool:
    """Return whether lines are the cells or the rows of a table."""
    heads = [bool(column_field(line.text.strip("|｜ "))) for line in lines]
    return any("\t" in line.text.strip() for line in lines) or any(map(all, zip(heads, heads[1:], heads[2:])))


def _glue(before: str, after: str) -> str:
    """Return what stands between two parts of a line: a space between words of Latin letters."""
    return " " if before.rstrip()[-1:].isascii() and after.strip()[:1].isascii() and after.strip()[:1].isalpha() else ""


def _width(text: str) -> float:
    return columns_of(text.rstrip(), in_chinese_font=True) / 2
