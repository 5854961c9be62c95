"""Numbers that lists of problems have in ways of their own: three parts, 2.1.1, or a line of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.numerals import chinese, fold_digits
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.wrapped import has_cells

_PARTS = re.compile(
    "\\s{0,40}(?P<number>\\d{1,2}(?:[.．]\\d{1,2}){0,2})(?P<sign>[.．、]?[ \u3000]{0,2})(?=[\u4e00-\u9fff“‘《])"
)
_ALONE = re.compile("\\s{0,40}(?P<number>\\d{1,3})[.．、]?\\s{0,4}")
_FEWEST = 3
_LONGEST = 40
_MOST_ASPECTS, _MOST = 10, 20
"""Numbers that one character writes."""


def with_three_levels(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with 2, 2.1 and 2.1.1 written as 二、, ㈡ and ⒈, where a text has all three; every character keeps its place."""
    found: dict[int, tuple[re.Match[str], list[int]]] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (match := _PARTS.match(fold_digits(block.text))):
            found[index] = match, [int(part) for part in re.split("[.．]", match["number"])]
    result = list(blocks)
    if sum(len(parts) == 3 for _, parts in found.values()) < _FEWEST:
        return result
    for index, (match, parts) in found.items():
        block, level, value = blocks[index], len(parts), parts[-1]
        if not isinstance(block, Paragraph) or not 0 < value <= (_MOST_ASPECTS if level < 3 else _MOST):
            continue
        if level == 1:
            number = f"{chinese(value)}、" if match["sign"] else ""
        else:
            number = chr(ord("㈠" if level == 2 else "⒈") + value - 1)
        if number:
            room = match.end() - match.start("number")
            text = block.text[: match.start("number")] + number.ljust(room) + block.text[match.end() :]
            result[index] = block._replace(text=text)
    return result


def with_numbers_joined(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with numbers on lines of their own joined with the short line below: 01, 甲不及时.

    They count one by one, and each stands over a heading; cells of a table and numbers of pages do not.
    """
    heads: dict[int, int] = {}
    for index, block in enumerate(blocks[:-1]):
        match = _ALONE.fullmatch(block.text) if isinstance(block, Paragraph) else None
        if match and int(match["number"]) == len(heads) + 1:
            after = blocks[index + 1]
            if not isinstance(after, Paragraph) or not _is_heading(after.text):
                return list(blocks)
            heads[index] = int(match["number"])
    if len(heads) < _FEWEST or has_cells([block for block in blocks if isinstance(block, Paragraph)]):
        return list(blocks)
    result: list[Paragraph | Table] = []
    for index, block in enumerate(blocks):
        if index in heads:
            continue
        if index - 1 in heads and isinstance(block, Paragraph):
            block = block._replace(text=f"{heads[index - 1]}. {block.text.strip()}", bold=False, lead=0)
        result.append(block)
    return result


def _is_heading(text: str) -> bool:
    text = text.strip()
    return 2 < len(text) <= _LONGEST and not re.search("[。；：]", text[:-1]) and not read_mark(text)
