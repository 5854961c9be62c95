"""Lines that were broken at the width of a page, put together as the paragraphs they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.tree import is_closing

_NARROWEST, _WIDEST = 14, 60
"""Characters of a full line."""
_SLACK = 3.0
"""A line that ends so far before the margin was broken there: a sign or a number may not stand apart."""
_FEWEST = 2
_PAGE = re.compile(r"^\s*(?:[—–\-－]\s*\d{1,4}\s*[—–\-－]|第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*共\s*\d{1,4}\s*页)?)\s*$")
_STOPS = "。！？；：…"
_INDENT = re.compile(r"^(?:\u3000{2}|\u3000? {2,}|\t)")


def is_number_of_page(block: Paragraph | Table) -> bool:
    """Return whether a block is the number of a page: — 3 —."""
    return isinstance(block, Paragraph) and bool(_PAGE.match(block.text))


def unwrapped(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the lines of a paragraph joined, where a text as a whole was broken at one width.

    No line is wider then, and lines end at that width in the middle of a sentence, again and again.
    """
    lines = [block for block in blocks if isinstance(block, Paragraph) and not block.number]
    width = max((_width(block.text) for block in lines), default=0.0)
    longest = max((len(block.text.rstrip()) for block in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return list(blocks)
    indented = sum(bool(_INDENT.match(block.text)) for block in lines) > 1
    result: list[Paragraph | Table] = []
    joined, full = 0, False
    for block in blocks:
        before = result[-1] if result else None
        if (
            full
            and isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and _goes_on(before, block, indented)
        ):
            result[-1] = before._replace(
                text=before.text.rstrip() + _glue(before.text, block.text) + block.text.strip()
            )
            joined += 1
        else:
            result.append(block)
        full = isinstance(block, Paragraph) and _is_broken(block.text, width, longest)
    return result if joined >= _FEWEST else list(blocks)


def _is_broken(text: str, width: float, longest: int) -> bool:
    """Whether a line is full, by its width or by its number of characters, and its sentence is not over."""
    full = width - _SLACK <= _width(text) or longest - _SLACK <= len(text.rstrip())
    return full and text.rstrip()[-1:] not in _STOPS


def _goes_on(before: Paragraph, after: Paragraph, indented: bool) -> bool:
    if after.level != before.level or after.number or after.centred != before.centred or is_closing(after.text):
        return False
    if (indented and _INDENT.match(after.text)) or read_mark(after.text):
        return False
    return not split_labels([Line(after.text.strip(), 0)])[0]


def _glue(before: str, after: str) -> str:
    """Return what stands between two parts of a line: a space between words of Latin letters."""
    return " " if before.rstrip()[-1:].isascii() and after.strip()[:1].isascii() and after.strip()[:1].isalpha() else ""


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text.rstrip())
