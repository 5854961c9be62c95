"""Which problems a sentence about several speaks of: those of the heading that it stands under or closes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rectify.intake.recognition.line import Line
from rectify.intake.recognition.sentences import Said, speaks_of_several
from rectify.intake.recognition.tree import Node


class Scope(NamedTuple):
    """The lines whose problems a sentence speaks of."""

    first: int
    last: int


def set_apart(root: Node) -> dict[Line, Scope]:
    """Move the lines that state statuses of several problems out of the one that they stand below; return what they speak of."""
    scopes: dict[Line, Scope] = {}
    for node in list(root.walk()):
        for line in node.lines if node.parent else []:
            if (said := speaks_of_several(line.text)) and (above := _spoken_of(node, said)):
                child = node
                while child.parent is not root and child.parent is not None:
                    child = child.parent
                node.items.remove(line)
                after = [at for at, item in enumerate(root.items) if isinstance(item, Line) and item in scopes]
                root.items.insert(max([root.items.index(child), *after]) + 1, line)
                scopes[line] = _scope(above)
    return scopes


def _spoken_of(node: Node, said: Said) -> Node | None:
    """Return the heading all of whose problems a line below the last of them speaks of, None where that is this one alone."""
    below = {child.mark.value for child in node.walk() if child is not node and child.mark}
    if (below and set(said.numbers) <= below) or (
        said.number == 1 and node.mark and set(said.numbers) == {node.mark.value}
    ):
        return None
    top = node
    for above in _above(node):
        inside = [child for child in above.walk() if child.form != "run" and not child.is_section]
        if said.numbers and set(said.numbers) <= {child.mark.value for child in inside if child.mark}:
            return above
        like = [child for child in inside if child.form == node.form]
        if not said.numbers and len(like) > 1 and like[-1] is node and said.number in (0, len(like)):
            return None if any(speaks_of_several(line.text) for child in like[:-1] for line in child.lines) else above
        top = above
    return top if said.numbers else None


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _scope(node: Node) -> Scope:
    """Return the lines from a heading to the last one below it."""
    return Scope(
        node.line, max([node.line, *(below.line for below in node.walk()), *(line.number for line in node.texts())])
    )


def statements(root: Node, nodes: Sequence[Node], moved: Mapping[Line, Scope]) -> list[tuple[Line, Scope]]:
    """Return the lines of a document that belong to no problem, each with what it stands over."""
    inside = {id(node) for node in nodes}
    holding = {id(above) for node in nodes for above in _above(node)}
    scope_of = cache(_scope)

    def lines(node: Node) -> Iterator[tuple[Line, Scope]]:
        if id(node) in inside:
            return
        # A heading without others below it speaks of those around it: （一）已完成：第1、2项。
        over = node
        while over.parent is not None and not node.children and id(over) not in holding:
            over = over.parent
        scope = scope_of(over) if over.parent else Scope(0, sys.maxsize)
        if node.parent is not None:
            yield Line(node.text, node.line), scope
        for item in node.items:
            if isinstance(item, Line):
                yield item, moved.get(item, scope)
            elif isinstance(item, Node):
                yield from lines(item)

    return list(lines(root))
