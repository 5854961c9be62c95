"""Which headings of a document are its problems.

The deepest numbered heading at the start of a line that states a deficiency, inside a section about results or problems;
points of a run 一是…二是… inside a body are no problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rectify.core.numerals import number_of
from rectify.intake.outline import Table
from rectify.intake.recognition.likeness import (
    STEP,
    ends_in_status,
    has_labels,
    is_likely,
    only_lists,
    owns_account,
    quotes_problem,
    states_problem,
    tells_result,
)
from rectify.intake.recognition.numbering import Mark
from rectify.intake.recognition.runs import runs
from rectify.intake.recognition.tree import Node
from rectify.intake.recognition.words import ACTION, LABELS, STATED, plain
from rectify.prose.statuses import heading_status

_RESULTS, _PROBLEMS = {"results", ""}, {"problems", ""}
_HOW_MANY = re.compile(
    "(?:反馈|指出|发现|查出|移交|交办|检视|提出|曝光|存在)[^，。；\\d]{0,6}?(\\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)(?:具体|反馈)?(?:问题|事项)(?![^，。]{0,4}方面)"
)


def choose(root: Node, genre: str, totals: Collection[int]) -> list[Node]:
    """Return the nodes that are problems, in reading order.

    Where the document states how many problems there are and another reading of its levels gives that number, that is it.
    """
    readings = [
        _with_like_groups(root, reading, roles) for roles in _roles(genre) if (reading := _pick(root, roles, deep=True))
    ]
    others = [reading for roles in _roles(genre) for reading in (_pick(root, roles, deep=False), _leaves(root, roles))]
    if genre == "rectification":
        others.append([child for child in root.children if child.form == "run"])
    for some in (readings, others):
        if fitting := [reading for reading in some if len(reading) in totals]:
            return max(fitting, key=len)
    return _fullest(readings) if readings else []


def _with_like_groups(root: Node, picked: list[Node], roles: set[str]) -> list[Node]:
    """Return the nodes with those of their kind that stand in other groups and all close with a status, in reading order."""
    kinds = {_kind(node) for node in picked if node.mark}
    groups = {id(node.parent) for node in picked}
    around = {id(above) for node in picked for above in node.ancestors()} | {
        id(below) for node in picked for below in node.walk()
    }
    more: set[int] = set()
    for parent in root.walk():
        over = heading_status(parent.heading).status
        wanted_roles = roles | _RESULTS | _PROBLEMS if over else roles
        some = [
            child for child in parent.children if child.mark and child.role in wanted_roles and _kind(child) in kinds
        ]
        free = not any(id(one) in around for one in (parent, *some))
        if some and free and id(parent) not in groups and (over or all(map(ends_in_status, some))):
            more |= {id(child) for child in some}
    if not more:
        return picked
    wanted = more | {id(node) for node in picked}
    return [node for node in root.walk() if id(node) in wanted]


def _fullest(readings: list[list[Node]]) -> list[Node]:
    """Return the first reading, or a later one that holds all of it and besides only problems that say how far they are."""
    best = readings[0]
    for reading in readings[1:]:
        held = {id(node) for node in reading}
        known = {id(node) for node in best}
        more = [node for node in reading if id(node) not in known]
        likely = sum(map(is_likely, more))
        if likely * 2 > len(more) and all(id(node) in held for node in best) and all(map(_tells_how_far, more)):
            best = reading
    return best


def _tells_how_far(node: Node) -> bool:
    return node.role not in ("next", "causes") and (owns_account(node) or ends_in_status(node))


def points_apart(node: Node) -> list[Node]:
    """Return the node, or one for each point where a paragraph of problems runs on: 一是甲不实。二是乙不严。"""
    found = runs(f"{node.mark.text}{node.text}") if node.form == "run" and node.mark and not node.items else []
    if len(found) != 1 or found[0][0].start:
        return [node]
    return [Node("run", Mark("run", point.value, "", 0), point.text, node.line, node.parent) for point in found[0]]


def _roles(genre: str) -> list[set[str]]:
    if genre == "rectification":
        return [{"results"}, _RESULTS, _PROBLEMS, {"results", "problems", "measures", ""}]
    if genre == "plan":
        return [{"problems"}, {"results", "measures", "problems", ""}]
    # What nothing says to be a list of problems has them only where a chapter does.
    return [{"problems"}, _PROBLEMS] if genre else [{"problems"}]


def _pick(node: Node, roles: set[str], deep: bool, shares: dict[tuple[str, int], float] | None = None) -> list[Node]:
    shares = shares if shares is not None else _shares(node, roles)
    picked: list[Node] = []
    series: dict[str, list[Node]] = {}
    for child in node.children:
        if child.form != "run":
            series.setdefault(child.series, []).append(child)
    problem_series = {name for name, nodes in series.items() if _is_series(nodes, roles, shares)}
    inside = {
        id(child): _pick(child, roles, deep, shares) if deep and not owns_account(child) else []
        for name in problem_series
        for child in series[name]
        if child.role in roles
    }
    pointed = sum(bool(below) and below[0].form == "run" for below in inside.values())
    for child in node.children:
        if id(child) in inside:
            below = inside[id(child)]
            # The points of one problem among others that have none are its steps.
            if below and below[0].form == "run" and pointed * 2 < len(inside):
                below = []
            picked += below or [child]
        elif child.form != "run":
            picked += _pick(child, roles, deep, shares)
    if not picked and node.role in roles and not is_likely(node):
        points = [child for child in node.children if child.form == "run"]
        picked = points if _is_series(points, roles, shares) else []
    return picked


def _is_series(nodes: list[Node], roles: set[str], shares: dict[tuple[str, int], float]) -> bool:
    """Whether headings of one form below one heading are problems.

    Most of them read so or carry a problem's labels, or most of their kind all over the document do.
    """
    inside = [node for node in nodes if node.role in roles]
    if not inside:
        return False
    labelled = sum(map(has_labels, inside))
    # The last step of a problem that its heading quotes may carry the labels of that problem.
    alone = bool(inside[0].parent and quotes_problem(inside[0].parent.heading)) and labelled < 2
    if labelled * 2 >= len(inside) and (not alone or (len(inside) == 1 and shares.get(_kind(inside[0]), 0) == 1)):
        return True
    if sum(map(tells_result, inside)) * 2 > len(inside):
        return True
    if len(inside) > 1 and _counts(inside[0].parent, len(inside)):
        return True
    # What follows a problem that is stated as such are the steps taken, however they are worded.
    parent = inside[0].parent
    if parent and only_lists(parent, inside):
        return True
    over = parent is not None and (parent.heading.endswith("方面") or LABELS.get(parent.heading) == "title")
    if (len(inside) > 1 or over) and all(map(_is_told_apart, inside)):
        return True
    if (
        parent
        and not parent.is_section
        and STATED.search(parent.heading)
        and not any(STATED.search(node.heading) for node in inside)
    ):
        return False
    if parent and is_likely(parent) and inside[0].form == "circle":
        return False
    if len(inside) > 1 and not (parent and is_likely(parent)) and all(map(ends_in_status, inside)):
        return True
    likely = sum(is_likely(node) or owns_account(node) for node in inside)
    usual = shares.get(_kind(inside[0]), 0) >= 0.5
    grouped = bool(parent and parent.form == "bridge")
    return likely * 2 >= len(inside) or (
        usual and (likely > 0 or grouped or all(map(ends_in_status, inside)) or _like_others(inside))
    )


def _is_told_apart(node: Node) -> bool:
    """Whether a heading has an account below it that closes with a status, and says neither itself nor what is to be done."""
    told = bool(node.items) and not node.rest and ends_in_status(node)
    return told and not STEP.match(node.heading) and not ACTION.search(plain(node.heading))


def _like_others(inside: list[Node]) -> bool:
    """Whether headings with accounts stand in one of several groups of a kind, as the problems of the others do."""
    parent = inside[0].parent
    if parent is None or parent.parent is None or len(inside) < 2 or is_likely(parent):
        return False
    beside = [node for node in parent.parent.children if node is not parent and node.series == parent.series]
    same = [[child for child in node.children if child.series == inside[0].series] for node in beside]
    told = all(node.rest or node.lines for node in inside) and not any(
        STEP.match(node.heading) or ACTION.search(plain(node.heading)) for node in inside
    )
    return told and sum(sum(map(is_likely, some)) * 2 > len(some) > 0 for some in same) > 0


def _counts(node: Node | None, number: int) -> bool:
    """Whether the first words below a heading say that so many problems follow: 审计指出4个问题，均已整改。"""
    if node is None or node.parent is None:
        return False
    texts = [node.rest, *(line.text for line in node.lines[:1])]
    return any(number_of(match[1]) == number for text in texts for match in _HOW_MANY.finditer(text))


def _kind(node: Node) -> tuple[str, int]:
    return node.series, sum(1 for _ in node.ancestors())


def _shares(root: Node, roles: set[str]) -> dict[tuple[str, int], float]:
    """Return, for the headings of each form at each depth, the share of those that read like problems."""
    likely: dict[tuple[str, int], list[bool]] = {}
    for node in root.walk():
        if node.parent and node.role in roles:
            likely.setdefault(_kind(node), []).append(is_likely(node) or owns_account(node))
    return {kind: sum(some) / len(some) for kind, some in likely.items()}


def _leaves(root: Node, roles: set[str]) -> list[Node]:
    return [
        node
        for node in root.walk()
        if node.parent
        and node.role in roles
        and node.form not in ("run", "circle")
        and not has_numbered(node.children)
        and (not node.is_section or states_problem(node.heading))
    ]


def has_numbered(children: Iterable[Node]) -> bool:
    return any(child.form not in ("run", "circle") for child in children)


def tables_of(root: Node) -> list[tuple[Node, Table]]:
    """Return the tables of a document with the heading each stands under."""
    return [(node, item) for node in root.walk() for item in node.items if isinstance(item, Table)]
