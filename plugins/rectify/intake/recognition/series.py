"""Numbers with unusual signs, 1，甲 or A1　甲 or 1.1 甲: a list is known by its numbers that rise one by one, whatever follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.numbering import Mark, read_mark

_WORD = '(?=[\u4e00-\u9fff“‘《"])'
_PLAIN = re.compile(rf"\s{{0,40}}(?P<above>)(?P<number>\d{{1,3}})(?P<sign>[,，:：;；—－-]|[ \u3000]{{1,2}}){_WORD}")
_ITEM = re.compile(
    r"\s{0,40}(?P<above>)(?:反馈|具体|整改)?(?:问题|事项|任务|隐患)[ \u3000]?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<sign>[ \u3000]{1,2})(?=[\w“‘《])"
)
_IN_PARTS = re.compile(
    rf"\s{{0,40}}(?:(?P<above>\d{{1,2}})[.．\-－](?P<number>\d{{1,2}})|(?P<letter>[A-Z])(?P<part>\d{{1,2}})(?=[ \u3000.．、,，:：]))"
    rf"(?P<sign>[ \u3000]{{1,2}}|[.．、,，:：]?){_WORD}"
)
_BEFORE_COUNT = re.compile(
    r"\s{0,40}(?P<above>)(?P<number>1?\d|20)(?P<sign>[.．])(?=[\u4e00-\u9fff“]|(?P<count>\d{1,4}(?:个(?!别)|名|家|起|处|条|项|人(?!次)|所|笔|件|辆|台|户)))"
)
"""2.3个单位未公开 is the second of a list; 2.3 is no part of another number there."""
_ASPECT = re.compile(r"\s*[\u4e00-\u9fff、“”]{2,24}方面[。：:，, ]")
_FEWEST = 3
"""Numbers that rise one by one, so many at least, are a list."""


def with_usual_numbers(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the unusual numbers of lists written as 1. and (1); every character keeps its place."""
    result = list(blocks)
    texts = {index: block.text for index, block in enumerate(blocks) if isinstance(block, Paragraph)}
    for pattern in (_PLAIN, _ITEM, _IN_PARTS):
        found: dict[str, list[tuple[int, re.Match[str]]]] = {}
        for index, text in texts.items():
            if match := pattern.match(fold_digits(text)):
                found.setdefault(match["sign"].strip(" \u3000"), []).append((index, match))
        for some in found.values():
            for index, match in _rising(some):
                block = blocks[index]
                if isinstance(block, Paragraph):
                    result[index] = block._replace(text=_usual(match) + block.text[match.end() :])
    counted = [
        (index, match)
        for index, text in texts.items()
        if result[index] is blocks[index] and (match := _BEFORE_COUNT.match(fold_digits(text)))
    ]
    for index, match in _rising(counted) if any(match["count"] for _, match in counted) else ():
        block = blocks[index]
        if match["count"] and isinstance(block, Paragraph):
            # 3.5万 is never read as a number and its sign: that with its own full stop is.
            one = chr(ord("⒈") + int(match["number"]) - 1).ljust(match.end("sign") - match.start("number"))
            result[index] = block._replace(text=block.text[: match.start("number")] + one + block.text[match.end() :])
    return result


def _rising(found: Sequence[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """Return those that count one by one, from 1 on again below another first part; none where they are few."""
    rising: list[tuple[int, re.Match[str]]] = []
    for one in found:
        above, value = _parts(one[1])
        if value == 1 or (rising and (above, value - 1) == _parts(rising[-1][1])):
            rising.append(one)
    steps = sum(
        _parts(after)[1] > 1 or _parts(after)[0] != _parts(before)[0] for (_, before), (_, after) in pairwise(rising)
    )
    return rising if steps + 1 >= _FEWEST else []


def _parts(match: re.Match[str]) -> tuple[str, int]:
    given = match.groupdict()
    return given["above"] or given.get("letter") or "", number_of(given["number"] or given["part"]) or 0


def _usual(match: re.Match[str]) -> str:
    indent = match[0][: len(match[0]) - len(match[0].lstrip())]
    above, value = _parts(match)
    if match.re is _ITEM:
        return (match[0][: match.end("number")] + "：").ljust(len(match[0]))
    return (indent + (f"({value})" if above else f"{value}.")).ljust(len(match[0]))


def with_aspects_apart(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the aspect before a number on a line of its own: 理论学习方面。一是…, the numbers rising one by one."""
    found: dict[int, int] = {}
    value = 0
    for index, block in enumerate(blocks):
        text = block.text if isinstance(block, Paragraph) else ""
        match = _ASPECT.match(text)
        mark = read_mark(text[match.end() :]) if match else None
        if match and mark and mark.value == value + 1:
            found[index], value = match.end(), mark.value
    if len(found) < _FEWEST:
        return list(blocks)
    result: list[Paragraph | Table] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (end := found.get(index)):
            result += [block._replace(text=block.text[:end].rstrip("。：:，, ")), block._replace(text=block.text[end:])]
        else:
            result.append(block)
    return result


def in_one_series(marks: dict[int, Mark | None]) -> dict[int, Mark | None]:
    """Return the marks with one of another form that goes on with the numbers before it made one of theirs: 1、 (2) 3."""
    result = dict(marks)
    last: dict[str, int] = {}
    before: Mark | None = None
    for key, mark in marks.items():
        if mark is None or mark.form in ("run", "circle"):
            continue
        if before and mark.form != before.form and mark.value == before.value + 1 > last.get(mark.form, 0) + 1:
            mark = result[key] = mark._replace(form=before.form)
        last[mark.form] = mark.value
        before = mark
    return result
