"""Labelled lines inside a problem: 牵头单位：办公室；整改时限：2024年9月30日, 【整改措施】, 整改状态：完成."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import ABOUT, MATTER, read_mark
from rectify.intake.recognition.words import LABELS
from rectify.prose.statuses import labelled_status

_LONGEST = max(map(len, LABELS))
_ENDS_LABEL = re.compile("】[：:]?|[：:]")
_SPACES = " \t\u3000"
_MOST_SPACES = 20
"""Spaces, no more, between a label and its colon."""
_NTH = re.compile(rf"{ABOUT}{MATTER}[ \u3000]?[（(]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,3}})[）)]?")
_PROBLEM = "问题"
_LONG = 4
_FEWEST_PLAIN, _LONGEST_ALONE = 3, 24
"""Labels that are not in bold stand alone so often at least; characters of such a line."""
_COLON = re.compile("[：:【]")
_DATED = re.compile(r"\s*\d{4}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2})[^，。]{0,12}[：:]")
_BEFORE = "；;。，,　 \t|／/"
_PARTS = " \t\u3000；;|｜"
_WORDS = re.compile("[\\w“‘\"'《（()【\\[]")
"""Nothing of this stands before a label at the start of a paragraph: signs of lists and pictures may."""
_ONE_LINE = {
    "status",
    "closed",
    "application",
    "extension",
    "lead",
    "units",
    "owner",
    "deadline",
    "date",
    "number",
    "category",
    "group",
    "flags",
}
"""Fields of a few words: what follows their value is text again. The others run on until the next label."""

_OWN_LINE = {"measures", "progress", "target"}
"""Fields whose label may be a numbered line of its own: 1.整改措施, with the steps below it."""


class Labelled(NamedTuple):
    """One labelled value of a problem."""

    field: str
    """A key of `[label]` in words.toml."""
    label: str
    """As printed."""
    lines: tuple[Line, ...]
    """The value, paragraph by paragraph; empty where the label stands alone."""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip()

    @property
    def line(self) -> int:
        return self.lines[0].number if self.lines else 0


class _Place(NamedTuple):
    start: int
    end: int
    label: str
    in_brackets: bool


def split_labels(lines: Iterable[Line]) -> tuple[list[Labelled], list[Line]]:
    """Return the labelled values of a body and the lines that belong to none."""
    labelled: list[tuple[str, str, list[Line]]] = []
    free: list[Line] = []
    open_ended = False
    for line in lines:
        pieces = _pieces(line.text)
        if open_ended and labelled[-1][0] == "measures" and len(pieces) == 1 and _ends_measures(labelled[-1][2], line):
            open_ended = False
        before = pieces[0][1]
        if before:
            (labelled[-1][2] if open_ended else free).append(Line(before, line.number))
        for label, value in pieces[1:]:
            field = LABELS[label]
            open_ended = field not in _ONE_LINE
            if not value and not open_ended:
                # 整改状态： with its value in the next paragraph is a table that lost its lines; an empty value stays empty.
                labelled.append((field, label, []))
                continue
            if not open_ended and "。" in value[:-1]:
                # 整改期限：2025年12月底。资金已拨付80%。 The value is its first sentence; the account goes on behind it.
                value, _, rest = value.partition("。")
                free.append(Line(rest.strip(), line.number))
            labelled.append((field, label, [Line(value, line.number)] if value else []))
    return [Labelled(field, label, tuple(values)) for field, label, values in labelled], free


def _ends_measures(steps: list[Line], line: Line) -> bool:
    """Whether a line is no step any more: a dated entry, or a plain paragraph after numbered steps."""
    if _DATED.match(line.text):
        return True
    return bool(steps) and read_mark(steps[0].text) is not None and read_mark(line.text) is None


def with_values(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with labels that stand alone joined with the plain paragraph below each.

    Such labels are in bold, or come again and again: 问题一 or 存在问题, which say what a problem is, and others. Where a value is
    missing another label follows: no value moves to another label.
    """
    blocks = [_with_colon(block) for block in blocks]
    bold = Counter(_without_number(block.text) for block in blocks if _is_label(block) and block.bold)
    plain = Counter(_without_number(block.text) for block in blocks if _is_label(block))
    begun = [name for name in plain if name == _PROBLEM or LABELS.get(name) == "title"]
    if any(plain[name] >= _FEWEST_PLAIN for name in begun):
        often, fewest = plain, _FEWEST_PLAIN
    elif any(bold[name] > 1 for name in begun):
        often, fewest = bold, 2
    else:
        return list(blocks)

    def alone(block: Paragraph | Table | None) -> TypeGuard[Paragraph]:
        return block is not None and _is_label(block) and (block.bold or often is plain)

    result: list[Paragraph | Table] = []
    label: Paragraph | None = None
    for before, block in zip([None, *blocks], blocks):
        if label and isinstance(block, Paragraph) and not alone(block) and _is_value(block, label.text.strip()):
            text = label.text.strip()
            if read_mark(block.text):
                # Steps stay lines of their own below their label.
                result[-1] = label._replace(text=f"{text}：", bold=False)
                result.append(block)
            else:
                result[-1] = label._replace(text=f"{text}：{block.text.strip()}", bold=False)
        else:
            result.append(block)
        # Labels one below the other are the head of a table.
        label = block if alone(block) and not alone(before) and often[_without_number(block.text)] >= fewest else None
    return result


def _with_colon(block: Paragraph | Table) -> Paragraph | Table:
    """Return a paragraph whose label only its bold letters part from the value with a colon between the two."""
    if isinstance(block, Table) or not 0 < block.lead < len(block.text.strip()):
        return block
    text = block.text.strip()
    label, value = text[: block.lead].strip(), text[block.lead :]
    return block._replace(text=f"{label}：{value.strip()}", lead=0) if label in LABELS and value[0].isspace() else block


def _is_value(block: Paragraph, label: str) -> bool:
    if block.bold or block.level or (read_mark(block.text) and LABELS.get(label) not in _OWN_LINE):
        return False
    if split_labels([Line(block.text.strip(), block.line)])[0]:
        return False
    return LABELS.get(label) != "status" or bool(labelled_status(block.text.strip()).status)


def _is_label(block: Paragraph | Table) -> TypeGuard[Paragraph]:
    if not isinstance(block, Paragraph) or block.level or len(block.text) > _LONGEST_ALONE:
        return False
    name = _without_number(block.text)
    return name in LABELS or name == _PROBLEM


def _without_number(text: str) -> str:
    """Return a label without the number behind it, 问题 of 反馈问题（一）."""
    return _PROBLEM if _NTH.fullmatch(text.strip()) else text.strip()


@lru_cache(maxsize=4096)
def _pieces(text: str) -> list[tuple[str, str]]:
    """Return ("", text before the first label) and the label and value of each label of one paragraph.

    A label counts at the start of the paragraph, after its number, or after another label's value.
    """
    mark = read_mark(text)
    start = mark.length if mark else 0
    if mark and LABELS.get(alone := text[start:].strip(" 。：:")) in _OWN_LINE:
        return [("", ""), (alone, "")]
    if not _COLON.search(text):
        return [("", text)]
    found: list[_Place] = []
    for place in _places(text):
        before = text[place.start - 1] if place.start else ""
        at_start = not _WORDS.search(text, start if place.start >= start else 0, place.start)
        field = LABELS[place.label]
        if at_start or place.in_brackets or (found and before in _BEFORE + "）)" and field != "title"):
            found.append(place)
        elif (
            not found and field in _ONE_LINE and (before in "；;　\t" or text[: place.start].endswith(("。（", "。(")))
        ):
            found.append(place)
        elif not found and before == "。" and (place.label.startswith("整改") or _is_long(place.label)):
            found.append(place)
    if not found:
        return [("", text)]
    before_first = (
        text[: found[0].start].strip(_BEFORE).rstrip("（(") if _WORDS.search(text, start, found[0].start) else ""
    )
    pieces = [("", before_first)]
    for place, after in zip(found, [*found[1:], None]):
        value = text[place.end : after.start if after else len(text)].strip(" \t\u3000")
        if LABELS[place.label] in _ONE_LINE:
            value = value.strip(_BEFORE)
        pieces.append((place.label, value))
    return pieces


def _is_long(label: str) -> bool:
    """Whether a label of few words is no word that a sentence may begin with: 完成时限, and not 进度."""
    return LABELS[label] in _ONE_LINE and len(label) >= _LONG


def _places(text: str) -> Iterator[_Place]:
    """Yield the labels of a text, each the longest that ends before a colon, or that stands in 【】."""
    passed = 0
    for match in _ENDS_LABEL.finditer(text):
        in_brackets = match[0].startswith("】")
        stop = _back(text, match.start(), _SPACES)
        if not in_brackets and text[stop - 1 : stop] in ("”", '"'):
            stop -= 1
        start = next((at for at in range(max(stop - _LONGEST, passed), stop) if text[at:stop] in LABELS), stop)
        if start == stop:
            continue
        begin = start
        if in_brackets:
            begin = _back(text, start, _SPACES) - 1
            if begin < 0 or text[begin] != "【":
                continue
        elif text[start - 1 : start] in ("“", '"'):
            begin = start - 1
        passed = match.end()
        yield _Place(begin, passed, text[start:stop], in_brackets)


def label_of_block(text: str) -> str:
    """Return the label that a line begins with, where it names a problem or its number; else nothing."""
    head = _COLON.split(text[: _LONGEST + 1], maxsplit=1)
    label = head[0].strip() if len(head) > 1 else ""
    return label if LABELS.get(label) in ("title", "number") else ""


def label_inside(text: str) -> int:
    """Return where the first label stands that a blank or a bar parts from the words before it; the length of a text without one."""
    for place in _places(text):
        # Labelled values in brackets are all one part of the heading.
        if place.start > 1 and text[place.start - 1] in _PARTS and not in_brackets(text[: place.start]):
            return place.start
    return len(text)


def in_brackets(before: str) -> bool:
    """Return whether a text leaves a bracket open."""
    return before.count("（") > before.count("）")


def _back(text: str, at: int, signs: str) -> int:
    """Return the offset before the signs that end there, a few of them at most."""
    first = max(at - _MOST_SPACES, 0)
    while at > first and text[at - 1] in signs:
        at -= 1
    return at
