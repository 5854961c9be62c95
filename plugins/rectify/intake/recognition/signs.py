"""Lines over groups of problems that have no number: with a sign, ★ ◆ ●, or bare; other signs are bullets and say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.bullets import PICTURES, POINTING, SIGNS
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.prose.statuses import labelled_status

_SIGN = re.compile(rf"^\s*([{SIGNS}])+\s*(?=\S)")
_PICTURE = re.compile(f"\\s*[{PICTURES}{POINTING}]\ufe0f?\\s*(?=\\S)")
_LONGEST = 40
_CONTINUED = re.compile(
    "[（(]?(?:表[\\d一二三四五六七八九十]*)?[（(]?(?:接上表|续上?表?)[\\d一二三四五六七八九十-]*[）)]?"
)
"""Over the part of a table that goes on on another page: 续表1."""
_TABLE = re.compile("\\s*(?:附?表|附件|清单)[ \u3000]?[\\d一二三四五六七八九十]{1,3}[ \u3000.．、：:]+(?=\\S)")
"""The number of a table, before what it holds."""
_BRACKETED = re.compile("【[^【】，。：]{2,20}】")


class Sign(NamedTuple):
    form: str
    """The form of the headings that stand right below it; empty where those have no number."""
    length: int
    """Characters that it takes, indentation included."""
    kind: str = "sign"
    """The form of its heading."""


def over_groups(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    """Return, by index, the signs that mark a heading over a group, of length 0 where it has none.

    Such lines are short and no sentence, come again with the same sign, and what stands right below begins with a number, a
    label or another sign. Without a sign it is a number, which begins again there or goes on.
    """
    return (
        _over_tables(blocks)
        | _aspects(blocks)
        | _bare_lines(blocks)
        | _with_signs(blocks)
        | _in_brackets(blocks)
        | _counted(blocks)
    )


def _counted(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    """Return the lines that say a status and how many of the lines right below have it: ◆已完成（8个）."""
    found = {}
    for index, (block, after) in enumerate(pairwise(blocks)):
        heading = counted_heading(block.text) if isinstance(block, Paragraph) else None
        if heading and isinstance(after, Paragraph) and ((mark := read_mark(after.text)) or after.lead):
            found[index] = Sign(mark.form if mark else "titled", heading.sign)
    return found


def _in_brackets(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    """Return the lines in brackets over numbered lines that begin at 1 again: 【反馈问题】."""
    found = {}
    for index, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(block, Paragraph) and isinstance(after, Paragraph) and _BRACKETED.fullmatch(block.text.strip()):
            mark = read_mark(after.text)
            if mark and mark.value == 1:
                found[index] = Sign(mark.form, block.text.index("【") + 1, "bracket")
    texts = {block.text.strip() for index in found if isinstance(block := blocks[index], Paragraph)}
    # What comes again is a label: 【整改措施】.
    return found if len(found) == len(texts) > 1 else {}


def _over_tables(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    """Return the bare lines each of which stands over a table of its own."""
    found = {}
    for index, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(after, Table) and isinstance(block, Paragraph):
            end = number.end() if (number := _TABLE.match(block.text)) else 0
            if _is_bare(block._replace(text=block.text[end:], centred=False), True):
                found[index] = Sign("table", end)
    return found if len(found) > 1 else {}


def _aspects(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    """Return the bare lines …方面 over problems that begin without a number."""
    found = {
        index: Sign("titled", 0)
        for index, (block, after) in enumerate(pairwise(blocks))
        if isinstance(block, Paragraph)
        and isinstance(after, Paragraph)
        and after.lead
        and not block.lead
        and _is_aspect(block)
        and _is_bare(block._replace(centred=False))
    }
    return found if len(found) > 1 else {}


def _bare_lines(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    found: dict[str, dict[int, Sign]] = {}
    last: dict[str, int] = {}
    begun: set[str] = set()
    for index, block in enumerate(blocks):
        mark = read_mark(block.text) if isinstance(block, Paragraph) else None
        if mark is None:
            continue
        before = blocks[index - 1] if index else None
        if isinstance(before, Paragraph) and _is_bare(before) and _ends(blocks[index - 2] if index > 1 else None):
            if mark.value in (1, last.get(mark.form, 0) + 1):
                found.setdefault(mark.form, {})[index - 1] = Sign(mark.form, 0)
        elif mark.value == 1:
            begun.add(mark.form)
        last[mark.form] = mark.value
    # A list that begins without such a line has none over its parts.
    return {
        index: sign
        for form, signs in found.items()
        if len(signs) > 1
        and form not in begun
        and (
            len(signs) < sum(_begins_with(block, form) for block in blocks)
            or all(_is_aspect(blocks[at]) for at in signs)
        )
        for index, sign in signs.items()
    }


def _is_aspect(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and block.text.strip().endswith("方面")


def _begins_with(block: Paragraph | Table, form: str) -> bool:
    return isinstance(block, Paragraph) and (mark := read_mark(block.text)) is not None and mark.form == form


def _is_bare(block: Paragraph, over_table: bool = False) -> bool:
    """Whether a line is short and nothing else; what says a status is that of a problem, but over a table that of all in it."""
    text = block.text.strip()
    return (
        not block.level
        and not block.centred
        and 2 < len(text) <= _LONGEST
        and not re.search("[。；：:！？，]|\\d{2}", text.removesuffix("方面。").removesuffix("："))
        and not read_mark(text)
        and not _CONTINUED.fullmatch(text)
        and not split_labels([Line(text, 0)])[0]
        and (over_table or not labelled_status(text).status)
    )


def _ends(block: Paragraph | Table | None) -> bool:
    """Whether a block is over: a sentence, not a heading whose account is the line below it."""
    if not isinstance(block, Paragraph):
        return True
    text = block.text.strip()
    if block.level or split_labels([Line(text, 0)])[0]:
        return True
    return text.endswith(("。", "；", "：", "）", ")", "！")) and not (read_mark(text) and "。" not in text[:-1])


def _with_signs(blocks: Sequence[Paragraph | Table]) -> dict[int, Sign]:
    found: dict[str, dict[int, Sign]] = {}
    for index, block in enumerate(blocks):
        match = _SIGN.match(block.text) if isinstance(block, Paragraph) else None
        if match:
            found.setdefault(match[1], {})[index] = Sign(_below(blocks, index, match), match.end())
    return {
        index: sign._replace(form=(sign.form or usual).strip("-"))
        for signs in found.values()
        if len(signs) > 1 and (usual := _usual_form(blocks, signs))
        for index, sign in signs.items()
    }


def _usual_form(blocks: Sequence[Paragraph | Table], signs: dict[int, Sign]) -> str:
    """Return what stands below most headings with a sign; nothing where one of them is none: each stands over a list, or reads like one that does."""
    forms = [sign.form for sign in signs.values() if sign.form]
    texts = [
        block._replace(text=block.text[sign.length :])
        for at, sign in signs.items()
        if isinstance(block := blocks[at], Paragraph)
    ]
    alike = len(forms) > 1 and all(map(_is_bare, texts))
    return max(forms, key=forms.count) if forms and (alike or len(forms) == len(signs)) else ""


def without_sign(text: str) -> str:
    """Return a line without the bullet before its number or label; other lines keep theirs."""
    match = _SIGN.match(text) or _PICTURE.match(text)
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
    return "-" if after.bold or after.lead or split_labels([Line(after.text.strip(), 0)])[0] else ""
