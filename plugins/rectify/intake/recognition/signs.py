"""Signs at the start of a line, ★ ◆ ●: some stand over groups of problems, the others are bullets and say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark

_SIGN = re.compile(r"^\s*([★☆◆◇▲△●○■□▶►◎※▼▽•·▪])+\s*(?=\S)")
MARKING = "★☆▲△◆◇※"
"""Signs that single out some matters of a list."""
_LONGEST = 40


class Sign(NamedTuple):
    form: str
    """The form of the headings that stand right below it; empty where those have no number."""
    length: int
    """Characters that it takes, indentation included."""


def over_groups(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    """Return, by index, the signs that mark a heading over a group.

    Such lines are short and no sentence, come again with the same sign, and what stands right below begins with a number, a
    label or another sign.
    """
    found: dict[str, dict[int, Sign]] = {}
    for index, block in enumerate(blocks):
        match = _SIGN.match(block.text) if isinstance(block, Paragraph) else None
        if match:
            found.setdefault(match[1], {})[index] = Sign(_below(blocks, index, match), match.end())
    return {
        index: sign._replace(form=sign.form.strip("-"))
        for signs in found.values()
        if len(signs) > 1 and all(sign.form for sign in signs.values())
        for index, sign in signs.items()
    }


def without_sign(text: str) -> str:
    """Return a line without the bullet before its number or label; other lines keep theirs."""
    match = _SIGN.match(text)
    rest = text[match.end() :] if match else ""
    return rest if rest and (read_mark(rest) or split_labels([Line(rest, 0)])[0]) else text


def _below(blocks: Sequence[Paragraph | Table], index: int, sign: re.Match[str]) -> str:
    """Return the form of what stands below a heading with a sign, `-` for a label or another sign; empty if it is none."""
    block, after = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    text = block.text[sign.end() :] if isinstance(block, Paragraph) else ""
    if not isinstance(after, Paragraph) or len(text) > _LONGEST or re.search("[。；]|[：:].", text) or read_mark(text):
        return ""
    if mark := read_mark(after.text):
        return mark.form
    other = _SIGN.match(after.text)
    if other:
        return "-" if other[1] != sign[1] else ""
    return "-" if split_labels([Line(after.text.strip(), 0)])[0] else ""
