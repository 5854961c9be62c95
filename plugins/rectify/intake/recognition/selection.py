"""Which headings of a document are its problems.

The deepest numbered heading at the start of a line that states a deficiency, inside a section about results or problems;
points of a run 一是…二是… inside a body are no problems.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from rectify.core.numerals import number_of
from rectify.intake.outline import Table
from rectify.intake.recognition.bridges import is_bridge
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import Mark
from rectify.intake.recognition.runs import Point, runs
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node, is_closing
from rectify.intake.recognition.words import ACTION, DEFICIENCY, LABELS, STATED, plain
from rectify.prose.statuses import (
    bracketed_status,
    closing_status,
    labelled_status,
    opening_status,
    told_status,
)

_OWNER_FIELDS = {"status", "closed", "progress", "measures", "deadline", "lead", "units"}
_STEP = re.compile("^(?:整改|具体|主要)?(?:任务|措施|举措|目标|情况|成效|进展)[：:]")
"""Headings that name what is done about a problem: tasks and measures are other axes."""
_GROUP = re.compile(
    "^(?:关于|针对|在)?[^“”，。]{2,30}方面(?:存在)?(?:的)?(?:主要|突出|具体)?问题$"
    "|(?:查出|发现|反馈|指出|提出)(?:的)?(?:主要|突出|具体)?问题(?:的)?(?:整改(?:落实|进展|完成)?(?:情况)?)?$"
)
"""A heading that only says where the problems below it lie: 关于政治建设方面的问题, 部门预算审计查出问题的整改情况."""
_QUOTES = re.compile('^(?:关于|针对|就)?[“"「][^“”"]{2,80}[”"」](?:的)?问题')
_RESULTS, _PROBLEMS = {"results", ""}, {"problems", ""}
_INLINE = re.compile(
    r"(?:存在|还有|仍有|有)(?:着)?(?:以下|如下|一些|下列|几个?方面)?(?:的)?(?:主要|突出|具体)?(?:问题|不足|差距|薄弱环节)(?:和不足)?[：:，,。]?.{0,20}?(?=一是)"
)

_HOW_MANY = re.compile(
    "(?:反馈|指出|发现|查出|移交|交办|检视|提出|曝光|存在)[^，。；\\d]{0,6}?(\\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)(?:具体|反馈)?(?:问题|事项)(?![^，。]{0,4}方面)"
)

_TOLD = re.compile(r"(?:^|(?<=[。；]))(?:针对|关于)[“\"][^“”\"]{2,80}[”\"](?:的)?问题[，,：:]")


_ANNOUNCED = re.compile(
    '(?:关于|第[^“”，。]{1,12}[项条个号](?:问题|整改任务|任务|事项)?|问题|整改任务|任务|事项|反映|指出)?[：:（(]?[“"]([^“”"]{6,100})[”"][）)]?(?:的)?(?:这一)?(?:问题|整改任务|任务|事项|整改|完成情况|落实情况|销号)'
)
_NAMED_ONE = re.compile(
    '(?:(?<!\\d)1|一)(?:个|项|件|条)[^，。；]{0,12}[，,：:]?(?:即|为|是|：)[：:]?[“"]([^“”"]{6,100})[”"]'
)
"""交办问题1个，即“甲不严”。"""
_DONE_ABOUT = re.compile("已(?:全面|全部|如期|按期)?完成[^，。；]{0,40}$")
_ANNOUNCES = re.compile("现将|(?:予以|进行)公[示告开]|公[示告开]如下")


def choose(root: Node, genre: str, totals: Collection[int]) -> list[Node]:
    """Return the nodes that are problems, in reading order.

    Where the document states how many problems there are and another reading of its levels gives that number, that is it.
    """
    readings = [reading for roles in _roles(genre) if (reading := _pick(root, roles, deep=True))]
    others = [reading for roles in _roles(genre) for reading in (_pick(root, roles, deep=False), _leaves(root, roles))]
    if genre == "rectification":
        others.append([child for child in root.children if child.form == "run"])
    for some in (readings, others):
        if fitting := [reading for reading in some if len(reading) in totals]:
            return max(fitting, key=len)
    return _fullest(readings) if readings else []


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
    return node.role not in ("next", "causes") and (_owns_account(node) or _ends_in_status(node))


def fold_labels(root: Node) -> bool:
    """Give a heading to every problem that only its labels announce, and return whether there is any.

    整改任务：… begins one; all up to the next such label or the closing lines is its own. Labels may be chapters themselves.
    """
    found = False
    for node in list(root.walk()):
        if node.parent is None or node.is_section:
            _dissolve(node)
        items: list[Line | Table | Node] = []
        current: Node | None = None
        before = _labels_before(node.lines)
        for item in node.items:
            if isinstance(item, Line):
                labelled, free = split_labels([item])
                if labelled and labelled[0].field == "title" and labelled[0].lines and not free:
                    held = current.items if current else items
                    own = held[len(held) - _count_at_end(held, before) :]
                    del held[len(held) - len(own) :]
                    current = Node("titled", None, "", item.number, node)
                    current.role = node.role or "results"
                    current.items += own
                    items.append(current)
                elif is_closing(item.text):
                    current = None
            (current.items if current else items).append(item)
            if current and isinstance(item, Node):
                item.parent = current
        if any(isinstance(item, Node) and not item.text and _has_labels(item) for item in items):
            node.items, found = items, True
    return found


def _labels_before(lines: list[Line]) -> set[str]:
    """Return the labels that stand before the first problem of a list: 来信人：, 受理编号：."""
    before: set[str] = set()
    for line in lines:
        labelled, free = split_labels([line])
        if labelled and labelled[0].field == "title":
            return before
        before = before | {labelled[0].label} if labelled and not free else set()
    return set()


def _count_at_end(items: list[Line | Table | Node], labels: set[str]) -> int:
    """Return how many items at the end of some are lines with one of the labels."""
    count = 0
    for item in reversed(items):
        labelled = split_labels([item])[0] if isinstance(item, Line) else []
        if not labelled or labelled[0].label not in labels:
            break
        count += 1
    return count


def announced_by_labels(root: Node) -> bool:
    """Return whether lines at the top of a document, or of its sections, are the labels of problems and of what was done."""
    for node in root.walk():
        labelled = split_labels(node.lines)[0]
        fields = {one.field for one in labelled}
        if node.parent is None or node.is_section or node.form == "sign":
            fields |= _label_fields(node)
        elif sum(one.field == "title" for one in labelled) < 2:
            continue
        if "title" in fields and fields & {"measures", "progress", "target"}:
            return True
    return False


def _dissolve(node: Node) -> None:
    """Turn headings that are the labels of one problem into labelled lines: 一、反馈问题 二、整改措施 三、整改情况."""
    fields = _label_fields(node)
    if "title" not in fields or not fields & _OWNER_FIELDS:
        return
    items: list[Line | Table | Node] = []
    for item in node.items:
        if not isinstance(item, Node) or not (label := _label(item)) or label not in LABELS:
            items.append(item)
            continue
        own = [Line(item.rest, item.line)] if item.rest else []
        own = own or [Line(item.text.partition(label)[2].lstrip("：: "), item.line)]
        rest = list(item.items)
        if not own[0].text and rest and isinstance(first := rest[0], Line):
            own, rest = [first], rest[1:]
        items += [Line(f"{label}：{own[0].text}", own[0].number), *own[1:], *rest]
        for one in rest:
            if isinstance(one, Node):
                one.parent = node
    node.items = items


def _label_fields(node: Node) -> set[str]:
    """Return the fields of the headings below one that are labels; 存在问题 above a list of them is a chapter and none."""
    fields = {(LABELS.get(_label(child), ""), bool(child.children)) for child in node.children if child.mark}
    return set() if ("title", True) in fields else {field for field, _ in fields}


def _label(node: Node) -> str:
    """Return the label that a heading is or begins with, else nothing."""
    return re.split("[：:]", node.heading, maxsplit=1)[0].strip()


def inline_problems(root: Node) -> list[tuple[Node, Line, Point]]:
    """Return the problems that a document without any such heading names in a run: …存在以下不足：一是…二是…"""
    found: list[tuple[Node, Line, Point]] = []
    for node in root.walk():
        if node.role in ("next", "measures", "causes", "contact"):
            continue
        for line in [Line(node.text, node.line), *node.lines]:
            if match := _INLINE.search(line.text):
                run = next(iter(runs(line.text, match.end())), [])
                # An unnumbered paragraph after a heading that has its body on the same line sums up the whole section.
                above = node.parent if line.text != node.text and node.rest else None
                found += [(above if above and above.parent else node, line, point) for point in run]
    return found


def told_in_prose(root: Node) -> list[Node]:
    """Return the problems that a disclosure without any such heading answers in its sentences: 针对“甲不实”问题，…；"""
    found: list[Node] = []
    for node in root.walk():
        if node.role in ("overview", "next", "contact", "causes"):
            continue
        for line in [Line(node.text, node.line), *node.lines]:
            starts = list(_TOLD.finditer(line.text))
            for match, after in zip(starts, [*starts[1:], None]):
                text = line.text[match.start() : after.start() if after else len(line.text)].strip()
                one = Node("titled", None, text, line.number, node)
                one.cut = match.end() - match.start()
                found.append(one)
    return found


def announced(root: Node) -> list[Node]:
    """Return the one problem that a notice about it names in the sentence that announces it: 现将关于“甲不严”问题…予以公示。"""
    for line in root.lines:
        found = list(_ANNOUNCED.finditer(line.text)) or list(_NAMED_ONE.finditer(line.text))
        if len(found) == 1 and _ANNOUNCES.search(line.text):
            one = Node("titled", None, found[0][1], line.number, root)
            if _DONE_ABOUT.search(line.text[: found[0].start()]):
                one.items.append(line)
            for node in root.walk():
                for other in [other for other in node.lines if "该问题" in other.text]:
                    node.items.remove(other)
                    one.items.append(other)
            return [one]
    return []


def tasks(root: Node) -> list[Node]:
    """Return the headings of a disclosure whose problems are worded as tasks: the deepest with an account, in its results.

    Results are a chapter that says so, or one whose headings are aspects: （一）…方面. A single one is no list.
    """
    chapters = [
        node
        for node in root.children
        if node.role not in ("overview", "next", "contact", "causes")
        and (node.role == "results" or any(below.heading.endswith("方面") for below in node.children))
    ]
    found = [
        leaf
        for chapter in chapters
        for leaf in chapter.walk()
        if leaf is not chapter
        and leaf.mark
        and leaf.form not in ("run", "circle")
        and leaf.role not in ("overview", "next", "contact", "causes")
        and not _has(leaf.children)
        and (leaf.rest or leaf.lines)
        and not _STEP.match(leaf.heading)
    ]
    return found if len(found) > 1 else []


def points_apart(node: Node) -> list[Node]:
    """Return the node, or one for each point where a paragraph of problems runs on: 一是甲不实。二是乙不严。"""
    found = runs(f"{node.mark.text}{node.text}") if node.form == "run" and node.mark and not node.items else []
    if len(found) != 1 or found[0][0].start:
        return [node]
    return [Node("run", Mark("run", point.value, "", 0), point.text, node.line, node.parent) for point in found[0]]


def is_likely(node: Node) -> bool:
    """Return whether a heading reads like a problem: it says so, or states a deficiency and not an action."""
    if node.is_section or node.form == "bridge" or _STEP.match(node.heading) or is_bridge(node.text):
        return False
    return node.form in ("item", "titled") or states_problem(node.heading)


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
    heading = plain(heading)
    found = list(DEFICIENCY.finditer(heading))
    if not found:
        return False
    # 加强薄弱环节监管 is an action about a deficiency, 落实责任不到位 is one.
    return not ACTION.search(heading) or found[-1].end() >= len(heading) - 4


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
    for child in node.children:
        if child.series in problem_series and child.form != "run" and child.role in roles:
            below = _pick(child, roles, deep, shares) if deep and not _owns_account(child) else []
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
    labelled = sum(map(_has_labels, inside))
    # The last step of a problem that its heading quotes may carry the labels of that problem.
    if labelled * 2 >= len(inside) and (
        labelled > 1 or not (inside[0].parent and quotes_problem(inside[0].parent.heading))
    ):
        return True
    if sum(map(_tells_result, inside)) * 2 > len(inside):
        return True
    if len(inside) > 1 and _counts(inside[0].parent, len(inside)):
        return True
    # What follows a problem that is stated as such are the steps taken, however they are worded.
    parent = inside[0].parent
    if (
        parent
        and not parent.is_section
        and STATED.search(parent.heading)
        and not any(STATED.search(node.heading) for node in inside)
    ):
        return False
    if parent and is_likely(parent) and inside[0].form == "circle":
        return False
    if len(inside) > 1 and not (parent and is_likely(parent)) and all(map(_ends_in_status, inside)):
        return True
    likely = sum(is_likely(node) or _owns_account(node) for node in inside)
    usual = shares.get(_kind(inside[0]), 0) >= 0.5
    grouped = bool(parent and parent.form == "bridge")
    return likely * 2 >= len(inside) or (
        usual and (likely > 0 or grouped or all(map(_ends_in_status, inside)) or _like_others(inside))
    )


def _like_others(inside: list[Node]) -> bool:
    """Whether headings with accounts stand in one of several groups of a kind, as the problems of the others do."""
    parent = inside[0].parent
    if parent is None or parent.parent is None or len(inside) < 2 or is_likely(parent):
        return False
    beside = [node for node in parent.parent.children if node is not parent and node.series == parent.series]
    same = [[child for child in node.children if child.series == inside[0].series] for node in beside]
    told = all(node.rest or node.lines for node in inside) and not any(
        _STEP.match(node.heading) or ACTION.search(plain(node.heading)) for node in inside
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
            likely.setdefault(_kind(node), []).append(is_likely(node) or _owns_account(node))
    return {kind: sum(some) / len(some) for kind, some in likely.items()}


def _has_labels(node: Node) -> bool:
    labelled, _ = split_labels([Line(node.rest, node.line), *node.lines])
    if any(value.field in _OWNER_FIELDS for value in labelled):
        return True
    steps = (split_labels([Line(child.text, child.line)]) for child in node.children)
    return any(one[0].field in _OWNER_FIELDS for one, free in steps if one and not free)


def _owns_account(node: Node) -> bool:
    """Whether the lines right below a heading are a problem's own: labels, or a body that opens with its status."""
    if _has_labels(node) or (
        is_likely(node) and any(LABELS.get(child.heading) in _OWNER_FIELDS for child in node.children)
    ):
        return True
    lines = [Line(node.rest, node.line), *node.lines]
    return _tells_result(node) or (
        not node.is_section and any(opening_status(line.text).status for line in lines[:2] if line.text)
    )


def _tells_result(node: Node) -> bool:
    """Whether the text right below a heading says how far that problem is: 该问题已整改到位。"""
    return not node.is_section and any(
        "该问题" in text and told_status(text).status for text in (node.rest, *(line.text for line in node.lines))
    )


def _ends_in_status(node: Node) -> bool:
    """Whether the text right below a heading that may be a problem closes with a status: 启用电子登记。已完成。"""
    if node.is_section or _STEP.match(node.heading) or node.heading.endswith("方面"):
        return False
    lines = [node.rest, *(line.text for line in node.lines)]
    return any(text and (closing_status(text).status or bracketed_status(text).status) for text in lines[-1:])


def _leaves(root: Node, roles: set[str]) -> list[Node]:
    return [
        node
        for node in root.walk()
        if node.parent and node.role in roles and node.form not in ("run", "circle") and not _has(node.children)
    ]


def _has(children: Iterable[Node]) -> bool:
    return any(child.form not in ("run", "circle") for child in children)


def tables_of(root: Node) -> list[tuple[Node, Table]]:
    """Return the tables of a document with the heading each stands under."""
    return [(node, item) for node in root.walk() for item in node.items if isinstance(item, Table)]
