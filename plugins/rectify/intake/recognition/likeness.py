"""Whether a heading reads like a problem, and what stands right below it like what was done about one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeGuard

from rectify.intake.outline import Table
from rectify.intake.recognition.bridges import is_bridge
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node
from rectify.intake.recognition.words import ACTION, DEFICIENCY, LABELS, STATED, plain
from rectify.prose.statuses import (
    bracketed_status,
    closing_rate,
    closing_status,
    labelled_status,
    opening_status,
    told_status,
)

OWNER_FIELDS = {"status", "closed", "progress", "measures", "deadline", "lead", "units"}
_RESULT_FIELDS = {"progress", "measures", "target", "lead", "units"}
STEP = re.compile("^(?:整改|具体|主要)?(?:任务|措施|举措|目标|情况|成效|进展)[：:]")
"""Headings that name what is done about a problem: tasks and measures are other axes."""
_COUNT = "(?:[\\d一二三四五六七八九十]{1,3}[个项条件])?"
_GROUP = re.compile(
    f"^(?:关于|针对|在)?[^“”，。]{{2,30}}方面(?:存在)?(?:的)?{_COUNT}(?:主要|突出|具体)?问题(?:的)?(?:整改(?:落实|进展|完成)?(?:情况)?)?$"
    "|(?:查出|发现|反馈|指出|提出)(?:的)?(?:主要|突出|具体)?问题(?:的)?(?:整改(?:落实|进展|完成)?(?:情况)?)?$"
)
"""A heading that only says where the problems below it lie: 关于政治建设方面的问题, 部门预算审计查出问题的整改情况."""
_LISTS = re.compile("(?:查出|发现|反馈|指出|提出|存在|移交|交办)(?:的)?(?:主要|突出|具体)?(?:问题|事项)(?:清单)?$")
_QUOTES = re.compile('^(?:关于|针对|就)?[“"「][^“”"]{2,80}[”"」](?:的)?问题')
_QUOTED_WHOLE = re.compile("[“「『]([^“”「」『』]{4,80})[”」』]")


def is_likely(node: Node) -> bool:
    """Return whether a heading reads like a problem: it says so, or states a deficiency and not an action."""
    if node.is_section or node.form == "bridge" or STEP.match(node.heading) or is_bridge(node.text):
        return False
    # 尚未启动1个 says how far others are, though it reads like a deficiency.
    if counted_heading(node.text):
        return False
    return node.form in ("item", "titled") or states_problem(node.heading)


def only_lists(chapter: Node, inside: Sequence[Node]) -> bool:
    """Return whether headings are the bare lines of a chapter that lists problems: facts among them, 23户未建档, are some too."""
    if not chapter.is_section or chapter.role != "problems" or not inside:
        return False
    bare = not any(node.rest or node.items or STEP.match(node.heading) for node in inside)
    return bare and (bool(_LISTS.search(chapter.heading)) or (len(inside) > 1 and any(map(is_likely, inside))))


def quotes_problem(heading: str) -> bool:
    """Return whether a heading is one problem in quotation marks: 关于“甲不严”问题的整改."""
    return bool(_QUOTES.match(heading))


@lru_cache(maxsize=4096)
def states_problem(heading: str) -> bool:
    """Return whether a heading's words are those of a problem."""
    if _GROUP.search(heading):
        return False
    if STATED.search(heading):
        return True
    if (bracket := problem_wording(heading).status) and labelled_status(bracket).status:
        return True
    if (quoted := _QUOTED_WHOLE.fullmatch(heading)) and states_problem(quoted[1]):
        return True
    heading = plain(heading)
    found = list(DEFICIENCY.finditer(heading))
    if not found:
        return False
    # 加强薄弱环节监管 is an action about a deficiency, 落实责任不到位 is one.
    return not ACTION.search(heading) or found[-1].end() >= len(heading) - 4


def has_labels(node: Node) -> bool:
    labelled, _ = split_labels([Line(node.rest, node.line), *node.lines])
    if any(value.field in OWNER_FIELDS for value in labelled):
        return True
    steps = (split_labels([Line(child.text, child.line)]) for child in node.children if not names_problem(child))
    return any(one[0].field in OWNER_FIELDS for one, free in steps if one and not free)


def names_problem(node: Node) -> bool:
    """Return whether a heading is the result of the problem that is labelled below it: 1.整改成效：… over 对应问题：…"""
    own = LABELS.get(re.split("[：:]", node.heading, maxsplit=1)[0].strip(), "")
    return own in _RESULT_FIELDS and any(one.field == "title" for one in split_labels(node.lines)[0])


def owns_account(node: Node) -> bool:
    """Whether the lines right below a heading are a problem's own: labels, or a body that opens with its status."""
    if has_labels(node) or (
        is_likely(node) and any(LABELS.get(child.heading) in OWNER_FIELDS for child in node.children)
    ):
        return True
    lines = [Line(node.rest, node.line), *node.lines]
    return tells_result(node) or (
        not node.is_section and any(opening_status(line.text).status for line in lines[:2] if line.text)
    )


def tells_result(node: Node) -> bool:
    """Whether the text right below a heading says how far that problem is: 该问题已整改到位。"""
    return not node.is_section and any(
        "该问题" in text and told_status(text).status for text in (node.rest, *(line.text for line in node.lines))
    )


def ends_in_status(node: Node) -> bool:
    """Whether the text right below a heading that may be a problem closes with a status: 启用电子登记。已完成。"""
    if node.is_section or STEP.match(node.heading) or node.heading.endswith("方面"):
        return False
    # 一是…二是… are the sentences of one account.
    told = (item.text for item in reversed(node.items) if isinstance(item, Line) or _is_run(item))
    text = next(told, node.rest)
    return says_status(text) or bool(closing_rate(text).status)


def _is_run(item: Line | Table | Node) -> TypeGuard[Node]:
    return isinstance(item, Node) and item.form == "run"


def says_status(text: str) -> bool:
    """Return whether a text closes with a status: 启用电子登记。已完成。"""
    return bool(text and (closing_status(text).status or bracketed_status(text).status))
