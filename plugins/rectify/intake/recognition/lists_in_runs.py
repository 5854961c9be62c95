"""Numbers inside a paragraph: where they begin the lines of a list, and two lists that run on in a paragraph each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.numerals import number_of
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.runs import depths
from rectify.intake.recognition.words import LABELS

RUN_ON = 200
"""Characters of a paragraph, so many at least, in which line breaks may have been lost."""
_FEWEST_LISTED, _LONGEST_LABEL = 3, 8
_MARK = re.compile(
    r"(?P<cn>[一二三四五六七八九十]{1,3})、|[（(](?P<paren>[一二三四五六七八九十]{1,3})[）)]|(?<![\d.．])(?P<arabic>\d{1,2})[.．、](?!\d)"
)
_NOT_BEFORE = re.compile("[第、之和与及或至到]$")


def lists_apart(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with two lists that run on in a paragraph each, a line an item: 反馈问题：1.甲；2.乙。 整改情况：1.丙；2.丁。

    The second has as many as the first.
    """
    runs: dict[int, tuple[str, list[str]]] = {}
    fields: list[str] = []
    for index, block in enumerate(blocks):
        text = block.text if isinstance(block, Paragraph) else ""
        cuts = numbers_inside(text) if text.count("；") > 1 else []
        head = text[: cuts[0]].rstrip(" \u3000：:") if len(cuts) >= _FEWEST_LISTED else ""
        ends = (head[-size:] for size in range(min(len(head), _LONGEST_LABEL), 1, -1))
        if label := next((end for end in ends if end in LABELS), ""):
            runs[index] = (head, [text[start:end].strip("；; ") for start, end in zip(cuts, [*cuts[1:], len(text)])])
            fields.append(LABELS[label])
    if len(runs) != 2 or len({len(parts) for _, parts in runs.values()}) != 1 or fields[0] != "title":
        return list(blocks)
    result: list[Paragraph | Table] = []
    for index, block in enumerate(blocks):
        if index in runs and isinstance(block, Paragraph):
            head, parts = runs[index]
            result += [
                block._replace(text=f"【{head}】", lead=0),
                *(block._replace(text=part, lead=0) for part in parts),
            ]
        else:
            result.append(block)
    return result


def numbers_inside(text: str) -> list[int]:
    """Return where in a text numbers of headings stand: those of a form rise from 1, and below a higher one they begin again or go on."""
    inside = depths(text)
    expected = {"cn": 1, "paren": 1, "arabic": 1}
    again = dict.fromkeys(expected, False)
    order = list(expected)
    cuts = []
    for match in _MARK.finditer(text):
        form = match.lastgroup or ""
        value = number_of(match[form])
        if inside[match.start()] or _NOT_BEFORE.search(text[max(match.start() - 1, 0) : match.start()]):
            continue
        if value and (value == expected[form] or (again[form] and value == 1)):
            cuts.append(match.start())
            expected[form], again[form] = value + 1, False
            for lower in order[order.index(form) + 1 :]:
                again[lower] = True
    return cuts
