"""Problems that a line lists one behind the other: 百汇商场：甲堵塞（已整改）；乙失灵（正在整改）。"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rectify.core.vocabulary import STATUSES
from rectify.intake.recognition.likeness import states_problem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node
from rectify.prose.statuses import labelled_status

_NAMED = re.compile("([^，。；：:“”（）()]{2,24})[：:]")
"""Whose problems a line lists."""
_PARTS = re.compile("；(?![^（]{0,60}）)")
_BEHIND = re.compile("，([一-鿿]{2,8})$")
_TOLD = re.compile("已|正在|将|需|要求|进行|开展|一[是方]|[二三]是|[：:。]")
"""What the account of a problem has, and its bare name has not."""
_SHORTEST, _LONGEST, _FEWEST = 4, 60, 3
_MOST = 0.6
"""The share of what is listed that reads like problems."""
_OTHER_ROLES = ("overview", "next", "contact", "causes", "measures")


def listed_in_lines(root: Node, totals: Collection[int]) -> list[Node]:
    """Return the problems that lines of a disclosure list by semicolons, behind the name of whose they are or below a heading.

    A line that lists is nothing else; of all that is listed most states a deficiency or bears its status, and it is as many as
    the document counts, where it does.
    """
    found = [
        (node, line, name, parts)
        for node in root.walk()
        if node.role not in _OTHER_ROLES
        for line in node.lines
        for name, parts in _listed(line)
    ]
    titles = [part for *_, parts in found for part in parts]
    if len(titles) < _FEWEST or (totals and len(titles) not in totals):
        return []
    if sum(map(_reads_so, titles)) < _MOST * len(titles) or len(set(titles)) < len(titles):
        return []
    problems = []
    for node, line, name, parts in found:
        node.items.remove(line)
        over = node
        if name:
            over = Node("sign", None, name, line.number, node)
            node.items.append(over)
        for part in parts:
            one = Node("titled", None, part, line.number, over)
            one.cut = len(part)
            over.items.append(one)
            problems.append(one)
    return problems


def _listed(line: Line) -> Iterator[tuple[str, list[str]]]:
    """Yield the name that a line begins with, and what it lists, where it does nothing else."""
    text = line.text.strip()
    name = match[1] if (match := _NAMED.match(text)) else ""
    parts = [part.strip() for part in _PARTS.split(text[match.end() if match else 0 :].rstrip("。；")) if part.strip()]
    parts = [_BEHIND.sub(_in_brackets, part) for part in parts]
    bare = [problem_wording(part).title for part in parts]
    if not (name or len(parts) > 1) or read_mark(text):
        return
    if all(_SHORTEST <= len(part) <= _LONGEST for part in parts) and not any(map(_TOLD.search, bare)):
        yield name, parts


def _in_brackets(match: re.Match[str]) -> str:
    """Return a status behind a comma as brackets have it: 压力不足，已整改 is 压力不足（已整改）."""
    return f"（{match[1]}）" if STATUSES.find(match[1]) else match[0]


def _reads_so(part: str) -> bool:
    return states_problem(part) or bool(labelled_status(problem_wording(part).status).status)
