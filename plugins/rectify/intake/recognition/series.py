"""Numbers with unusual signs, 1，甲 or A1　甲 or 1.1 甲: a list is known by its numbers that rise one by one, whatever follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.numbering import Mark, read_mark

_WORD = '(?=[\u4e00-\u9fff“‘《"])'
_PLAIN = re.compile(rf"\s{{0,40}}(?P<above>)(?P<number>\d{{1,3}})(?P<sign>[,，:：;；—－-]|[ \u3000]{{1,2}}){_WORD}")
_ITEM = re.compile(
    r"\s{0,40}(?P<above>)(?:反馈|具体|整改)?(?:问题|事项|任务|隐患)[ \u3000]?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<sign>[ \u3000]{1,2})(?=[\w“‘《])"
)
_COUNTED = r"\d{1,4}(?:个(?!别)|名|家|起|处|条|项|人(?!次)|所|笔|件|辆|台|户)"
_IN_PARTS = tuple(
    re.compile(
        rf"\s{{0,40}}(?:(?P<above>\d{{1,2}})[.．\-－](?P<number>\d{{{digits}}})|(?P<letter>[A-Z])(?P<part>\d{{{digits}}})(?=[ \u3000.．、,，:：]))"
        rf"(?P<sign>[ \u3000]{{1,2}}|[.．、,，:：]?)(?:{_WORD}|(?={_COUNTED}))"
    )
    for digits in (1, 2)
)
"""Two readings of 1.312家药店: the third of a list, 12家药店, or the 31st."""
_AMOUNT = (
    r"(?:19|20)\d\d年|\d{1,6}(?:[.．]\d{1,4})?(?:余|多)?(?:[万亿千百]{0,2}(?:元|吨|亩|米|公里|平方|立方|公顷|人|天|小时|次|套|间|本|宗|份|栋|座"
    r"|页|组|批)|[万亿]|[%％])"
)
_BEFORE_COUNT = re.compile(
    r"\s{0,40}(?P<above>)(?P<number>1?\d|20)(?P<sign>[.．])(?=[\u4e00-\u9fff“]|(?P<count>" + f"{_COUNTED}|{_AMOUNT}))"
)
"""2.3个单位未公开 is the second of a list; 2.3 is no part of another number there."""
_ASPECT = re.compile(r"\s*[\u4e00-\u9fff、“”]{2,24}方面[。：:，, ]")
_FEWEST = 3
_STEPS_FOLLOW = re.compile(
    "[。；][^。；]{0,20}(?:做法|措施|办法|举措|步骤|流程)(?:是|为|有|包括|如下)*[：:]$"
    "|(?:制定|签订|签署|明确|采取|建立|印发|出台|实行|推行|提出|作出|做到)(?![^。；，]{0,20}(?:问题|事项|不足|清单))[^。；，]{1,20}[：:]$"
)
_LONGEST_HEADING = 40
"""Numbers that rise one by one, so many at least, are a list."""


_Numbered = tuple[int, list[re.Match[str]]]
"""Index of a line, and the readings of the number that it begins with."""


def with_usual_numbers(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the unusual numbers of lists written as 1. and (1); every character keeps its place."""
    result = list(blocks)
    texts = {index: block.text for index, block in enumerate(blocks) if isinstance(block, Paragraph)}
    for patterns in ((_PLAIN,), (_ITEM,), _IN_PARTS):
        found: dict[str, list[_Numbered]] = {}
        for index, text in texts.items():
            folded = fold_digits(text)
            if readings := [match for pattern in patterns if (match := pattern.match(folded))]:
                found.setdefault(readings[0]["sign"].strip(" \u3000"), []).append((index, readings))
        for some in found.values():
            for index, match in _rising(some):
                block = blocks[index]
                if isinstance(block, Paragraph):
                    result[index] = block._replace(text=_usual(match) + block.text[match.end() :])
    counted = [
        (index, [match])
        for index, text in texts.items()
        if result[index] is blocks[index] and (match := _BEFORE_COUNT.match(fold_digits(text)))
    ]
    rising = _rising(counted, fewest=2) if any(match["count"] for _, (match,) in counted) else []
    for index, match in rising or [(index, match) for index, (match,) in counted if _is_first(blocks, index, match)]:
        block = blocks[index]
        if match["count"] and isinstance(block, Paragraph):
            # 3.5万 is never read as a number and its sign: that with its own full stop is.
            one = chr(ord("⒈") + int(match["number"]) - 1).ljust(match.end("sign") - match.start("number"))
            result[index] = block._replace(text=block.text[: match.start("number")] + one + block.text[match.end() :])
    return result


def _is_first(blocks: Sequence[Paragraph | Table], index: int, match: re.Match[str]) -> bool:
    """Whether a 1 before a count is the only number below a heading: 二、正在推进的问题, 1.41.5万元未入账."""
    before = blocks[index - 1] if index else None
    if match["number"] != "1" or not isinstance(before, Paragraph) or "。" in before.text:
        return False
    mark = read_mark(before.text)
    return mark is not None and mark.form in ("cn", "cn-paren")


def _rising(found: Sequence[_Numbered], fewest: int = _FEWEST) -> list[tuple[int, re.Match[str]]]:
    """Return those that count one by one, from 1 on again below another first part; none where they are few.

    Of several readings of a number the one that goes on counts. First parts of which none has a second below it are the numbers
    themselves: 1.1个单位, 2.1名职工.
    """
    rising: list[tuple[int, re.Match[str]]] = []
    for index, readings in found:
        last = _parts(rising[-1][1]) if rising else ("", 0)
        next_one = (last[0], last[1] + 1)
        begun = (one for one in readings if _parts(one)[1] == 1 and (not last[0] or _parts(one) != last))
        match = next((one for one in readings if rising and _parts(one) == next_one), None) or next(begun, None)
        if match:
            rising.append((index, match))
    parts = [_parts(match) for _, match in rising]
    steps = sum(after[1] > 1 or after[0] != before[0] for before, after in pairwise(parts))
    return rising if steps + 1 >= fewest and any(value > 1 for _, value in parts) else []


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


def without_steps(blocks: Sequence[Paragraph | Table], marks: dict[int, Mark | None]) -> dict[int, Mark | None]:
    """Return the marks without those of the steps that an account announces and that go on its sentence: …主要做法是： 1.甲； 2.乙。

    Below a number of their own form, at which the list goes on behind them, they may be announced by any words.
    """
    kept = dict(marks)
    steps: list[int] = []
    is_told = is_announced = False
    form = above = ""
    for block in blocks:
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        mark = marks.get(id(block))
        goes_on = is_announced and mark and mark.value == len(steps) + 1 and (not steps or mark.form == form)
        if mark and goes_on and text[-1] in "；;。" and (is_told or mark.form == above):
            steps.append(id(block))
            form = mark.form
            is_announced = text[-1] in "；;"
            if not is_announced and len(steps) > 1:
                kept |= dict.fromkeys(steps)
            continue
        is_told, steps = bool(_STEPS_FOLLOW.search(text)), []
        is_announced = is_told or (not mark and text.endswith(("：", ":")) and not counted_heading(text))
        above = mark.form if mark else above
    return kept


def above_their_own(blocks: Sequence[Paragraph | Table], marks: dict[int, Mark | None]) -> dict[int, Mark | None]:
    """Return the marks with those of headings made higher right below which the same form begins again: 1.预算方面 above 1.甲不实.

    Such headings count one by one themselves.
    """
    above: list[tuple[int, Mark]] = []
    for block, after in pairwise(blocks):
        mark, below = marks.get(id(block)), marks.get(id(after))
        if mark and below and mark.form == below.form and below.value == 1 and isinstance(block, Paragraph):
            next_one = above[-1][1].value + 1 if above else 1
            if mark.value == next_one and len(block.text) <= _LONGEST_HEADING and "。" not in block.text:
                above.append((id(block), mark))
    return marks | {key: mark._replace(form="letter") for key, mark in above} if len(above) > 1 else marks


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
