"""Lists whose lines begin with a box or a tick, where the document says what these mean: √为已完成，○为正在推进."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Table
from rectify.prose.choice import is_ticked
from rectify.prose.statuses import labelled_status

_BOX = re.compile(r"^\s*(?:[-*•]\s+)?(\[[ xX]\]|[√✓☑☒■□☐○◯×])\s*(?=[\u4e00-\u9fff“])")
_MEANS = "(?:标?的|者)?(?:问题|事项|任务)?(?:为|表示|代表|指|系)[“]?(?P<said>[^，。；）)“”]{2,8})"
_LEGEND = re.compile(f"(?P<sign>(?<!未)(?:打|勾选|画)[钩勾√]?|未(?:打|勾选|画)[钩勾√]?|[√✓☑■□☐○◯×]){_MEANS}")
_END = re.compile("[：:。；]|(?<![ \u3000])[ \u3000]*+(?:——|--)")


def with_ticks_said(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the status that its box means behind the heading of each line: 甲不畅（已完成）——乙。"""
    boxes = {
        index: match
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (match := _BOX.match(block.text))
    }
    meant = _legend(blocks) if len(boxes) > 1 else {}
    result = list(blocks)
    for index, match in boxes.items():
        block = blocks[index]
        if isinstance(block, Paragraph) and (said := meant.get(_kind(match[1]))):
            text = block.text[match.end() :]
            end = at.start() if (at := _END.search(text)) else len(text)
            result[index] = block._replace(text=f"{text[:end]}（{said}）{text[end:]}", lead=0)
    return result


def _legend(blocks: Sequence[Paragraph | Table]) -> dict[str, str]:
    """Return what ticked and empty boxes mean, nothing unless both are said to be a status."""
    meant: dict[str, str] = {}
    for block in blocks:
        for match in (
            _LEGEND.finditer(block.text) if isinstance(block, Paragraph) and not _BOX.match(block.text) else ()
        ):
            if labelled_status(match["said"]).status:
                meant.setdefault(_kind(match["sign"]), match["said"])
    return meant if len(meant) > 1 else {}


def _kind(sign: str) -> str:
    """Return what a sign is, or the word for one: ticked or empty."""
    if len(sign) > 1 and not sign.startswith("["):
        return "empty" if sign.startswith("未") else "ticked"
    return "ticked" if is_ticked(sign.replace("x", "√").replace("X", "√")) or sign in "■√" else "empty"
