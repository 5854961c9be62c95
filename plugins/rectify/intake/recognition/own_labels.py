"""Labels that only one document has, read as the usual ones: 怎么改的：…, 📌甲不严 ✅已完成, 整改状态已完成, 正在推进　2025年9月30日前."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rectify.core.script import simplified
from rectify.core.vocabulary import STATUSES
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.days import deadline
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.record_tables import named
from rectify.intake.recognition.table_heads import column_field
from rectify.intake.recognition.values import NAMES, is_status
from rectify.intake.recognition.words import LABELS

_LABEL = re.compile("(\\s{0,8})([\u4e00-\u9fff（）]{1,10})(?:[：:]| ?[=＝])\\s{0,4}(?=\\S)")
_SPACED = re.compile("(\\s{0,8})([\u4e00-\u9fff]{2,6})[ \u3000\t]{1,4}(?=\\S)")
"""A label and its value with a blank between them."""
_IN_BRACKETS = re.compile("(\\s{0,8})【([一-鿿]{1,8})】[：:]?\\s{0,4}(?=\\S)")
_SIGN = re.compile(
    "(\\s{0,8})([\u231a-\u23ff\u2600-\u260f\u2613-\u2712\u2719-\u27bf\U0001f300-\U0001faff])\ufe0f?\\s{0,4}(?=\\S)"
)
"""A picture in place of a label; ticks and boxes are values."""
_GLUED = re.compile("([\u4e00-\u9fff]{4,6}?)\\s{0,4}(?=\\S)")
_STATUS_AND_DAY = re.compile(
    "\\s{0,8}([\u4e00-\u9fff]{2,8})[ \u3000，,（(]{1,4}(\\d{4}[^，。；]{4,10}?)(?:之?前)?(?:完成)?[）)]?。?"
)
_WIDE = re.compile(
    "(?<=\\S)(?:\t|[ \u3000]{2,20})([\u4e00-\u9fff]{2,6})[ \u3000\t]{1,4}([^ \u3000\t：:]{1,20})\\s{0,8}$"
)
_FEWEST, _FEWEST_LABELS = 2, 3


def with_usual_labels(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the labels of lines named as everybody names them, where what stands behind them shows what they are."""
    lines = [block.text if isinstance(block, Paragraph) and not block.level else "" for block in blocks]
    texts = {index: text for index, text in enumerate(lines) if text}
    changed = dict(_apart(texts)) | dict(_days_apart(texts)) | dict(_inside(texts))
    changed |= dict(_named(texts | changed))
    return [
        block._replace(text=changed[index], lead=0) if index in changed and isinstance(block, Paragraph) else block
        for index, block in enumerate(blocks)
    ]


def _apart(texts: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the lines whose label and value a page sets side by side without a colon, where several are statuses."""
    glued = {}
    for index, text in texts.items():
        label = next((text[:end] for end in range(min(8, len(text) - 2), 3, -1) if text[:end] in LABELS), "")
        if label and not text[len(label) :].lstrip().startswith(("：", ":")):
            glued[index] = label
    told = [
        index
        for index, label in glued.items()
        if LABELS[label] == "status" and STATUSES.find(texts[index][len(label) :].strip()) is not None
    ]
    if len(told) < _FEWEST:
        return
    often = Counter(glued.values())
    for index, label in glued.items():
        if often[label] >= _FEWEST:
            yield index, f"{label}：{texts[index][len(label) :].strip()}"


def _days_apart(texts: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are a status and a deadline and nothing else, each behind its label."""
    for index, text in texts.items():
        match = _STATUS_AND_DAY.fullmatch(text)
        if match and STATUSES.find(match[1]) is not None and deadline(match[2]):
            yield index, f"{NAMES['status']}：{match[1]}；{NAMES['deadline']}：{match[2]}"


def _inside(texts: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the lines behind whose words blanks part a label and its value, the same label in several: 甲不畅　　状态　完成."""
    found = {index: match for index, text in texts.items() if (match := _WIDE.search(text)) and match[1] in LABELS}
    often = Counter(match[1] for match in found.values())
    for index, match in found.items():
        if often[match[1]] >= _FEWEST_LABELS:
            yield index, f"{texts[index][: match.start()]}\u3000{match[1]}：{match[2]}"


def _named(texts: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that begin with a label of the document's own, with the usual one in its place."""
    for pattern, fewest in ((_LABEL, _FEWEST), (_IN_BRACKETS, _FEWEST), (_SPACED, _FEWEST), (_SIGN, 1)):
        found = {
            index: match
            for index, text in texts.items()
            # Each character keeps its place in the other script.
            if (match := pattern.match(simplified(text))) and (pattern is _LABEL or not _begins(text[match.end() :]))
        }
        values: dict[str, list[str]] = {}
        for match in found.values():
            values.setdefault(match[2], []).append(match.string[match.end() :])
        if max(map(len, values.values()), default=0) < _FEWEST_LABELS:
            continue
        some = {label: own for label, own in values.items() if len(own) >= fewest}
        if pattern is not _LABEL and sum(all(map(is_status, own)) for own in some.values()) == 0:
            continue
        names = named(some, lines=True)
        for index, match in found.items():
            known = match[2] if column_field(match[2]) and match[0].rstrip().endswith(("=", "＝")) else ""
            if name := names.get(match[2], known):
                yield index, f"{match[1]}{name}：{texts[index][match.end() :]}"


def _begins(text: str) -> bool:
    """Whether a number or a usual label stands right there: the sign before it is an ornament."""
    match = _LABEL.match(text)
    return read_mark(text) is not None or bool(match and column_field(match[2]))
