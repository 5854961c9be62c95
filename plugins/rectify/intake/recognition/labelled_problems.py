"""Problems that only their labels announce: 整改任务：… or the chapters 一、反馈问题 二、整改措施 of a notice about one."""

from __future__ import annotations

import re

from rectify.intake.outline import Table
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.likeness import OWNER_FIELDS, has_labels, says_status
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.tree import Node, is_closing
from rectify.intake.recognition.words import LABELS


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
        if any(isinstance(item, Node) and not item.text and (has_labels(item) or _is_told(item)) for item in items):
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
        if "title" in fields and (fields & {"measures", "progress", "target"} or _is_told(node)):
            return True
    return False


def _is_told(node: Node) -> bool:
    """Whether a line below the label of a problem says how far it is: 问题：甲不严。 补登记。（已完成）"""
    return any(says_status(line.text) for line in node.lines[1:])


def _dissolve(node: Node) -> None:
    """Turn headings that are the labels of one problem into labelled lines: 一、反馈问题 二、整改措施 三、整改情况."""
    fields = _label_fields(node)
    if "title" not in fields or not fields & OWNER_FIELDS:
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
