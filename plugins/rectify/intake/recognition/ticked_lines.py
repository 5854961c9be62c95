"""Lists whose lines begin with a box or a tick, where the document says what these mean: √为已完成，○为正在推进."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence

from rectify.core.vocabulary import DONE
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.bullets import PICTURES, TICKS
from rectify.intake.recognition.labels import in_brackets, split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.prose.choice import is_ticked
from rectify.prose.statuses import labelled_status

_USUAL = {"✅": "已完成", "⏳": "正在推进", "⌛": "正在推进", "🔄": "正在推进", "❌": "未完成"}
_SHAPES = "●◎△▲"
"""Signs that a legend may give a meaning to, besides boxes and ticks."""
_BOX = re.compile(
    rf"^\s*(?:[-*•]\s+|(?P<number>\d{{1,3}}[.．、])\s*)?(?P<box>\[[ xX]\]|[{TICKS}{PICTURES}])\ufe0f?\s*(?=[\u4e00-\u9fff“\d])"
)
_BEHIND = re.compile(
    rf"(?<=[\u4e00-\u9fff”）])[ \u3000]*(?:([{TICKS}{_SHAPES}])|[（(【\[]([\u4e00-\u9fffA-Z]{{1,2}})[）)】\]])\s*$"
)
"""A sign behind a heading, or a word for one: 1.甲不畅√ 1.甲不畅（A） 1.甲不畅【绿】"""
_EXPLAINED = "(?:[色灯牌]|类|级|标)?(?:标?的|者)?(?:问题|事项|任务)?(?:为|表示|代表|指|系|[：:]|的)[“]?(?P<said>[^，。；、）)“”]{2,8})"
_MEANS = "(?:(?:标?的|者)?(?:问题|事项|任务)?(?:为|表示|代表|指|系)|的)[“]?(?P<said>[^，。；）)“”]{2,8})"
_LEGEND = re.compile(
    f"(?P<sign>(?<![未没])(?:打|勾选|画)[钩勾√]?|[未没](?:打|勾选|画)[钩勾√]?|[{TICKS}{_SHAPES}]){_MEANS}"
)
_PICTURED = re.compile(
    rf"(?P<sign>[{PICTURES}])\ufe0f?[ \u3000]{{0,2}}(?:[：:=＝—-]|为|表示|代表)?[ \u3000]{{0,2}}(?P<said>[\u4e00-\u9fff]{{2,8}})"
)
"""✅ 已完成；⏳ 推进中: pictures mean what stands beside them, where several do."""
_FEWEST_SIGNS, _MOST_SIGNS, _NEAR_END = 2, 6, 20
_END = re.compile("[：:。；]|(?<![ \u3000])[ \u3000]*+(?:——|--)")


def with_ticks_said(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the status that its box means behind the heading of each line: 甲不畅（已完成）——乙。

    Headings without numbers are given theirs, in their order: what a legend tells the status of is counted.
    """
    blocks = _with_signs_behind_said(blocks)
    boxes = {
        index: match
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and (match := _BOX.match(block.text))
        # What is behind a label says it in words: ✅进度：已完成.
        and not split_labels([Line(block.text[match.end() :], 0)])[0]
    }
    meant = _legend(blocks, {match["box"] for match in boxes.values()}) if len(boxes) > 1 else {}
    result = list(blocks)
    texts = [(match["number"] or "") + match.string[match.end() :] for match in boxes.values()]
    bare = not any(read_mark(text) or _end(text) < len(text) for text in texts)
    for number, (index, match) in enumerate(boxes.items(), 1):
        block = blocks[index]
        if isinstance(block, Paragraph) and (said := meant.get(_kind(match["box"]))):
            text = f"【问题{number}】{texts[number - 1]}" if bare else texts[number - 1]
            end = _end(text)
            result[index] = block._replace(text=f"{text[:end]}（{said}）{text[end:]}", lead=0)
    return result


def _end(text: str) -> int:
    """Return where the heading that a line begins with ends, what stands in brackets being part of it."""
    ends = (match.start() for match in _END.finditer(text) if not in_brackets(text[: match.start()]))
    return next(ends, len(text))


def _with_signs_behind_said(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the status that a legend gives to the sign behind a numbered heading, where it knows all of them."""
    ends = {
        index: match
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and read_mark(block.text) and (match := _BEHIND.search(block.text[-_NEAR_END:]))
    }
    if len(ends) < _FEWEST_SIGNS:
        return list(blocks)
    signs = {match[1] or match[2] for match in ends.values()}
    texts = [block.text for block in blocks if isinstance(block, Paragraph) and not read_mark(block.text)]
    meant: dict[str, str] = {}
    for sign in signs if len(signs) <= _MOST_SIGNS else ():
        explained = re.compile(
            f"(?<![\u4e00-\u9fffA-Z]){re.escape(sign)}{_EXPLAINED}|[标打画带]注?{re.escape(sign)}{_EXPLAINED}".replace(
                "P<said>", "P<first>", 1
            )
        )
        for match in (found for text in texts for found in explained.finditer(text)):
            said = match["first"] or match["said"]
            if labelled_status(said).status:
                meant.setdefault(sign, said)
    if not signs <= meant.keys():
        return list(blocks)
    result = list(blocks)
    for index, match in ends.items():
        if isinstance(block := blocks[index], Paragraph):
            text = block.text.rstrip()[: len(block.text) - len(match.string) + match.start()]
            result[index] = block._replace(text=f"{text}（{meant[match[1] or match[2]]}）")
    return result


def _legend(blocks: Sequence[Paragraph | Table], signs: Collection[str]) -> dict[str, str]:
    """Return what ticked and empty boxes mean, nothing unless both are said to be a status; pictures of two kinds need no words."""
    meant: dict[str, str] = {}
    for block in blocks:
        if not isinstance(block, Paragraph) or _BOX.match(block.text):
            continue
        for match in itertools.chain(_LEGEND.finditer(block.text), _PICTURED.finditer(block.text)):
            if labelled_status(match["said"]).status:
                meant.setdefault(_kind(match["sign"]), match["said"])
    if "ticked" in meant and labelled_status(meant["ticked"]).status in DONE:
        # Where a tick says that a matter is done, an empty box says that it is not.
        meant.setdefault("empty", "未完成")
    if len(meant) < 2:
        shown = {sign for sign in map(_kind, signs) if sign in _USUAL}
        meant = {sign: _USUAL[sign] for sign in shown} if len(shown) > 1 else {}
        if {sign[0] for sign in signs} == {"["} and {_kind(sign) for sign in signs} == {"ticked", "empty"}:
            # Lists of tasks in Markdown need no words either.
            meant = {"ticked": "已完成", "empty": "未完成"}
    return meant


def _kind(sign: str) -> str:
    """Return what a sign is, or the word for one: ticked or empty; a picture is itself."""
    if sign in PICTURES:
        return sign
    if len(sign) > 1 and not sign.startswith("["):
        return "empty" if sign[0] in "未没" else "ticked"
    return "ticked" if is_ticked(sign.replace("x", "√").replace("X", "√")) or sign in "■√" else "empty"
