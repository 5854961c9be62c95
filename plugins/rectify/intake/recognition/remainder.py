"""What of a document belongs to no problem: its opening, its sections, its other tables, what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rectify.intake.outline import Table
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.sentences import speaks_of_several
from rectify.intake.recognition.tables import find_header
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node
from rectify.sources.markdown_text import table

MARKDOWN = -1
"""Stands for the level of what is Markdown already."""


class Section(NamedTuple):
    role: str
    heading: str
    line: int
    last: int


def shown(part: Table) -> Line:
    """Return a table that lists no problems as what it is in the text."""
    rows = [["" if cell.merged else cell.text for cell in row.cells] for row in part.rows]
    return Line(table(rows), part.line, markdown=True)


def front_lines(root: Node) -> list[Line]:
    """Return the lines of the opening and of the overview, and the introductions of sections, where totals stand."""
    lines = list(root.lines)
    for node in root.children:
        if node.role == "overview":
            lines += [Line(node.text, node.line), *node.texts()]
        elif node.role in ("results", "problems", ""):
            lines += [Line(node.rest, node.line)] * bool(node.rest) + node.lines[:2]
    return lines


def sections(root: Node) -> Iterable[Section]:
    nodes = [node for node in root.walk() if node.is_section]
    for node in nodes:
        last = max([line.number for line in node.texts()], default=node.line)
        yield Section(node.role, node.printed, node.line, last)


def unused_headings(root: Node, nodes: list[Node], problems: Sequence[FoundProblem]) -> Iterable[Line]:
    """Yield the numbered headings in sections of results that became no problem, hold none and list none beforehand."""
    inside = {id(below) for node in nodes for below in node.walk()}
    holding = {id(above) for node in nodes for above in node.ancestors()}
    titles, groups = {problem.title for problem in problems}, {problem.group_line for problem in problems}
    for node in root.walk():
        if node.role in ("results", "problems") and node.mark and node.form != "run" and not node.is_section:
            if id(node) in inside or id(node) in holding or node.line in groups:
                continue
            if problem_wording(node.heading).title not in titles and not speaks_of_several(node.text):
                yield Line(node.printed, node.line)


def body(root: Node, inside: set[int], dropped: set[Line], tables: set[int]) -> Iterable[tuple[int, str, int]]:
    """Yield the text that belongs to no problem, headings left out that held nothing but problems."""

    def walk(node: Node, depth: int) -> list[tuple[int, str, int]]:
        result = []
        for item in node.items:
            if isinstance(item, Line):
                if item not in dropped:
                    result.append((0, item.text, item.number))
            elif isinstance(item, Node) and id(item) not in inside:
                below = walk(item, depth + 1)
                if Line(item.text, item.line) in dropped:
                    result += below
                elif item.rest or (not below and not _held_problems(item, inside, tables)):
                    result += [(0, (item.mark.text if item.mark else "") + item.text, item.line), *below]
                elif below:
                    result += [(min(depth, 4), item.printed, item.line), *below]
            elif isinstance(item, Table) and item.rows and id(item) not in tables:
                as_text = shown(item)
                result.append((MARKDOWN, as_text.text, as_text.number))
        return result

    return walk(root, 2)


def _held_problems(node: Node, inside: set[int], tables: set[int]) -> bool:
    """Whether a heading stands over problems, which are all that was below it."""
    return any(id(below) in inside for below in node.walk()) or any(
        id(item) in tables for below in node.walk() for item in below.items if isinstance(item, Table)
    )


def beside(tables: Sequence[Table], used: set[int]) -> Iterable[Line]:
    """Yield what a workbook holds besides its ledger: other sheets by name, notes above the header."""
    for one in tables:
        if id(one) not in used:
            if one.rows:
                yield Line(one.name, one.line)
        elif header := find_header(one):
            for row in one.rows[: header.row]:
                text = "　".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
                if text.startswith(("说明", "注", "备注", "填表")):
                    yield Line(text, row.line)
