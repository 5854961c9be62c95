"""What of a document belongs to no problem: its opening, its sections, its other tables, what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rectify.intake.outline import Table
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.likeness import ends_in_status, is_likely, says_status, states_problem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.sentences import speaks_of_several
from rectify.intake.recognition.table_heads import find_header
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node, sentence_end
from rectify.prose.statuses import opening_status
from rectify.sources.markdown_text import table

_SHORTEST, _LONGEST = 6, 60
"""Characters of a line that may be the heading of a problem."""
_COLON = re.compile("[：:；]|^[—→⇒➜➔➡⟶-]")
_TOLD = re.compile("[，\\d]|已|仍|尚|正在|剩余|未再|下一步")
"""What a sentence of an account has, and no heading that ends in a full stop."""
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


def unused_headings(
    root: Node, nodes: list[Node], problems: Sequence[FoundProblem], publishable: bool
) -> Iterable[Line]:
    """Yield the numbered headings that became no problem, hold none and list none beforehand.

    They stand in sections of results, or in a disclosure where nothing says what a section is and they read like problems.
    """
    inside = {id(below) for node in nodes for below in node.walk()}
    holding = {id(above) for node in nodes for above in node.ancestors()}
    forms = {node.form for node in nodes}
    titles, groups = {problem.title for problem in problems}, {problem.group_line for problem in problems}
    for node in root.walk():
        listed = node.role in ("results", "problems") or (
            publishable and not node.role and (is_likely(node) or (node.form in forms and ends_in_status(node)))
        )
        if listed and node.mark and node.form != "run" and not node.is_section:
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


def lost_headings(problems: Sequence[FoundProblem], outside: Sequence[tuple[int, str, int]]) -> Iterable[Line]:
    """Yield the lines of accounts that read like the heading of another problem, or have a status of their own beside one.

    `outside` is the text that belongs to no problem, as `body` returns it; there a heading has its status behind it.
    """
    for level, text, number in outside:
        if level == 0 and _is_heading(text.strip(), beside=False, alone=False):
            yield Line(text, number)
    for problem in problems:
        lines = [line for line in problem.body if not line.markdown]
        stated = sum(says_status(line.text) or bool(opening_status(line.text).status) for line in lines)
        for line in lines:
            if line.number != problem.line and _is_heading(line.text.strip(), stated > 1, alone=True):
                yield line


def _is_heading(text: str, beside: bool, alone: bool) -> bool:
    """Whether a line is the heading of a problem, `alone` or with its status behind it, which may stand `beside` others."""
    if not _SHORTEST <= len(text) <= _LONGEST or read_mark(text) or text.startswith(("（", "(")):
        return False
    end = sentence_end(text)
    head, rest = text[:end], text[end:].strip()
    if (alone and opening_status(text).status) or _COLON.search(head) or (head.endswith("。") and _TOLD.search(head)):
        return False
    worded = states_problem(head.rstrip("。"))
    if not rest:
        return worded and (alone or not text.endswith("。"))
    return (worded and (alone or says_status(rest))) or (beside and bool(opening_status(rest).status))


def unread(tables: Sequence[Table], used: set[int]) -> Iterable[Line]:
    """Yield the heads of the tables that have columns for problems and were not read as such."""
    for one in tables:
        if id(one) not in used and (header := find_header(one)) and len(one.rows) > header.row + 1:
            yield Line("、".join(dict.fromkeys(filter(None, header.words))), one.rows[header.row].line)


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
