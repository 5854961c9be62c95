"""Answers that another word numbers than the problems: 问题1：甲 … 整改1：乙, read as having the same numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.numerals import chinese, number_of
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.numbering import read_mark

_ANSWER = re.compile(
    "\\s{0,40}(?:整改|落实|办理|答复|回复|回应)(?:落实|情况|措施|结果|进展){0,2}[ \u3000]?[（(]?(\\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[：:]"
    "|\\s{0,40}(?:针对|关于|对于?)第?(\\d{1,3}|[一二三四五六七八九十]{1,3})[个项条](?:反馈)?(?:问题|意见|事项)(?:的整改(?:落实)?(?:情况)?)?[，,。：:]"
    "|\\s{0,40}(?:反馈)?(?:问题|事项|任务|第)[（(]?(\\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[个项条]?(?:反馈)?(?:问题|事项|任务)?(?:的)?(?:整改|落实|办理)(?:落实|完成)?(?:情况|措施|结果|进展)(?:[：:]|$)"
)
_FEWEST = 2
_AS_NUMBER = {"item": "问题{}：", "arabic": "{}.", "cn-paren": "（{}）"}
"""How a number of each form of heading is written."""


def with_answers_numbered(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the numbers of answers written as those of the problems before them; every character keeps its place.

    Each number comes once among the problems and once among the answers.
    """
    found = {
        index: match
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (match := _ANSWER.match(block.text))
    }
    values = [number_of(next(filter(None, match.groups()))) for match in found.values()]
    if len(found) < _FEWEST or len(set(values)) < len(values):
        return list(blocks)
    first = min(found)
    marks = [mark for block in blocks[:first] if isinstance(block, Paragraph) and (mark := read_mark(block.text))]
    form = next((one for one in _AS_NUMBER if [mark.value for mark in marks if mark.form == one] == values), "")
    if not form:
        return list(blocks)
    result = list(blocks)
    for (index, match), value in zip(found.items(), values):
        block = blocks[index]
        if isinstance(block, Paragraph) and value:
            number = _AS_NUMBER[form].format(chinese(value) if form == "cn-paren" else value)
            result[index] = block._replace(text=number.rjust(match.end()) + block.text[match.end() :])
    return result
