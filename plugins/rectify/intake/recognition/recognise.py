"""An outline -> the disclosure it is: genre first, then the role of each section, then the problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rectify.intake.outline import Outline, Paragraph, Table
from rectify.intake.recognition import contact, facts, figures, genre, selection, tree
from rectify.intake.recognition.fields import dated, deadline_flags, read_fields, status_of
from rectify.intake.recognition.figures import Declared, Masked
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.genre import Kind
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.runs import runs
from rectify.intake.recognition.sections import assign_roles
from rectify.intake.recognition.statuses import Stated, heading_status, labelled_status
from rectify.intake.recognition.tables import find_header, read_table, sum_lines
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Line, Node, build, sentence_end

_EMBEDDED = re.compile(
    r"(?<=[。；：])(?=[一二三四五六七八九十]{1,3}、[^，。]{2,30}[。：]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?![\d])(?:关于|针对|[\u4e00-\u9fff“]))"
)
"""Where a heading hides inside a paragraph: after a full stop, a number of a heading."""
_RUN_ON = 300
_LABEL = re.compile("^(?:反馈|具体|存在的?)?问题[：:]")
_BARE_HEADING = re.compile("^(?:(?:反馈|具体|整改)?(?:问题|事项|任务)?(?:序号)?[一二三四五六七八九十百\\d]*)$")
"""A heading that only counts: the problem itself is labelled below it."""


class Section(NamedTuple):
    role: str
    heading: str
    line: int
    last: int


class Recognition(NamedTuple):
    """What a document was understood to be."""

    kind: Kind
    values: dict[str, Any]
    """The report's front matter, English keys and model values; what the document does not state is absent."""
    problems: tuple[FoundProblem, ...]
    declared: Declared | None
    masked: tuple[Masked, ...]
    sections: tuple[Section, ...]
    body: tuple[tuple[int, str, int], ...]
    """The text that belongs to no problem: level of heading or 0, text, line."""
    has_contact: bool
    has_signature: bool
    last_line: int
    unused_columns: tuple[str, ...]
    """Headings of table columns that were not understood."""
    unused_headings: tuple[Line, ...]
    """Numbered headings inside sections of problems that were taken for none."""

    @property
    def publishable(self) -> bool:
        return self.kind.publishable


def recognise(outline: Outline, blocks: Sequence[Paragraph | Table]) -> Recognition:
    """Return what the blocks of an outline are; `blocks` are its own without advertising and marks."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    tables = [block for block in blocks if isinstance(block, Table)]
    if not paragraphs and tables:
        paragraphs = _texts_above(tables)
        blocks = [*paragraphs, *tables]
    head_tables = [pairs for table in tables if (pairs := facts.table_head(table))]
    head, paragraphs = facts.split_head(paragraphs)
    kind = genre.decide(paragraphs)
    skip = {p.line for p in blocks if isinstance(p, Paragraph) and paragraphs and p.line < paragraphs[0].line}
    skip |= {p.line for p in paragraphs[: kind.first]}
    note, note_lines = facts.closing_note(paragraphs)
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.line not in note_lines]
    signed, signed_lines = facts.signature(paragraphs)
    skip |= note_lines
    rest: list[Paragraph | Table] = [
        block
        for block in blocks
        if (not facts.table_head(block) if isinstance(block, Table) else block.text.strip() and block.line not in skip | signed_lines)
    ]
    root = build(rest)
    assign_roles(root)
    front = _front_lines(root)
    sums = [line for table in tables for line in sum_lines(table)]
    stated = figures.declared_counts([*front, Line(kind.title, kind.title_line), *sums])
    totals = {one.total for one in stated if one.total}
    nodes = selection.choose(root, kind.genre, totals)
    if not nodes and selection.fold_labels(root):
        nodes = selection.choose(root, kind.genre, totals)
    if kind.publishable and not any(map(selection.is_likely, nodes)) and tree.names_one_problem(kind.title):
        root = build([Paragraph(kind.title, kind.title_line), *rest])
        assign_roles(root)
        nodes = root.children[:1]
    if not nodes and any(len(p.text) > _RUN_ON for p in paragraphs):
        broken = build(_broken(rest))
        assign_roles(broken)
        if found := selection.choose(broken, kind.genre, totals):
            root, nodes = broken, found
            front = _front_lines(root)
            stated = figures.declared_counts(front) or stated
    problems, table_nodes, unused = _problems(root, nodes, kind)
    if not kind.line and any(problem.form == "table" for problem in problems):
        kind = kind._replace(genre="rectification", line=problems[0].line)
    declared = next((one for one in stated if one.total == len(problems)), stated[0] if stated else None)
    outside = [line for line in _outside_lines(root, nodes)]
    reach, contact_lines = contact.read_contact([line for line in outside if line.number not in skip])
    values = facts.merged(
        {"title": kind.title} if kind.title else {},
        {"genre": kind.genre},
        note,
        facts.head_values([*outline.head, *head, *(pair for pairs in head_tables for pair in pairs)]),
        facts.opening_values(kind.title, front[:12]),
        signed,
        {"doc_no": number} if (number := facts.document_number(paragraphs)) else {},
        {"as_of": day} if (day := facts.as_of([Line(kind.title, 0), *outside, *[Line(p.text, p.line) for p in paragraphs[:3]]])) else {},
        {"outcomes": found} if (found := figures.outcomes(outside)) else {},
        {"contact": reach} if reach else {},
        {"unit": signed["issuer"]} if "issuer" in signed else {},
    )
    if re.search("[省市县区镇乡]$", values.get("unit", "")) and values.get("issuer", "").startswith(values["unit"]):
        values["unit"] = values["issuer"]
    return Recognition(
        kind=kind,
        values=values,
        problems=tuple(_distinct_groups(problems, nodes, kind.publishable)),
        declared=declared,
        masked=tuple(figures.masked_counts(outside)),
        sections=tuple(_sections(root)),
        body=tuple(_body(root, {id(node) for node in nodes}, contact_lines | facts.label_lines(front[:12]), table_nodes)),
        has_contact=reach is not None,
        has_signature="doc_date" in signed,
        last_line=max((p.line for p in paragraphs), default=0),
        unused_columns=tuple(unused),
        unused_headings=tuple(_unused_headings(root, nodes, problems)),
    )


def _problems(root: Node, nodes: list[Node], kind: Kind) -> tuple[list[FoundProblem], set[int], list[str]]:
    """Return the problems, the tables they came from, and the columns that were not understood."""
    from_tables, used, unused = [], set(), []
    for node, table in selection.tables_of(root):
        if node.role in ("next", "contact") or not (header := find_header(table)):
            continue
        found = read_table(table, header, node if node.parent else None)
        if found:
            from_tables += found
            used.add(id(table))
            unused += [word for word, field in zip(header.words, header.fields) if word and not field]
    from_headings = [_problem(one) for node in nodes for one in selection.points_apart(node)]
    if from_tables and len(from_tables) >= len(from_headings):
        return from_tables, used, unused
    if from_headings:
        return from_headings, set(), []
    if kind.publishable:
        return [_problem(node) for node in selection.told_in_prose(root)], set(), []
    return [_inline(node, line, text.text, text.value) for node, line, text in selection.inline_problems(root)], set(), []


def _problem(node: Node) -> FoundProblem:
    lines = [Line(node.rest, node.line)] if node.rest else []
    lines += list(node.texts())
    text = "\n".join(line.text for line in lines)
    labelled, free = split_labels(lines)
    bare = not _BARE_HEADING.match(node.heading)
    values = read_fields(labelled, with_heading=bare)
    labelled_title = values.pop("title", "")
    wording = problem_wording(node.heading if bare or not labelled_title else labelled_title)
    if bare and labelled_title:
        free.insert(0, Line(labelled_title, node.line))
    if wording.account:
        free.insert(0, Line(wording.account, node.line))
    entries, free = dated(free, sentences=False)
    values["progress"] = tuple(sorted((*values.get("progress", ()), *entries), key=lambda entry: entry.date))
    accounts = values.pop("body")
    facts_line = [Line(wording.facts, node.line)] if wording.facts else []
    body = tuple(line for line in (*facts_line, *free, *accounts) if line.text.strip())
    bracket = labelled_status(wording.status) if wording.status else Stated()
    group = _group_status(node)
    values = status_of(values, [line for line in (*free, *accounts) if line.text], bracket, group)
    flags = deadline_flags(values)
    values.pop("flags", None)
    parent = node.parent if node.parent and node.parent.parent else None
    number = values.pop("number", "") or (str(node.mark.value) if node.mark else "")
    return FoundProblem(
        title=wording.title, line=node.line, number=number, group=_LABEL.sub("", parent.heading) if parent else "",
        group_heading=parent.printed if parent else "", group_line=parent.line if parent else 0,
        group_is_section=bool(parent and parent.is_section), flags=flags, body=body,
        points=_points(lines, text), form=node.form, **values,
    )  # fmt: skip


def _points(lines: Sequence[Line], text: str) -> tuple[tuple[str, int], ...]:
    """Return first sentence and line of every point of a problem's runs."""
    starts, offset = [], 0
    for line in lines:
        starts.append((offset, line.number))
        offset += len(line.text) + 1
    points = []
    for run in runs(text):
        for point in run:
            number = max((start for start in starts if start[0] <= point.start), default=(0, 0))[1]
            points.append((point.text[: sentence_end(point.text)].rstrip("。；"), number))
    return tuple(points)


def _inline(node: Node, line: Line, text: str, value: int) -> FoundProblem:
    end = sentence_end(text)
    body = text[end:].strip()
    return FoundProblem(
        title=text[:end].rstrip("。；， "), line=line.number, number=str(value), group=node.heading, group_heading=node.printed,
        group_line=node.line, body=(Line(body, line.number),) if body else (), form="inline",
    )  # fmt: skip


def _group_status(node: Node) -> Stated:
    for above in node.ancestors():
        stated = heading_status(above.heading)
        if stated.status:
            return stated
    return Stated()


def _distinct_groups(problems: list[FoundProblem], nodes: list[Node], publishable: bool) -> Iterable[FoundProblem]:
    """Yield the problems with groups told apart: two headings that read alike take the heading above them as well.

    In a disclosure one heading over all problems, which says only that problems follow, is no group.
    """
    if publishable and len({problem.group_line for problem in problems}) == 1 and all(p.group_is_section for p in problems):
        yield from (problem._replace(group="") for problem in problems)
        return
    lines: dict[str, set[int]] = {}
    for problem in problems:
        lines.setdefault(problem.group, set()).add(problem.group_line)
    above = {node.parent.line: next((a.heading for a in node.parent.ancestors()), "") for node in nodes if node.parent}
    for problem in problems:
        if len(lines[problem.group]) > 1 and (heading := above.get(problem.group_line)):
            problem = problem._replace(group=f"{heading}：{problem.group}")
        yield problem


def _front_lines(root: Node) -> list[Line]:
    """Return the lines of the opening and of the overview, and the introductions of sections, where totals stand."""
    lines = list(root.lines)
    for node in root.children:
        if node.role == "overview":
            lines += [Line(node.text, node.line), *node.texts()]
        elif node.role in ("results", "problems", ""):
            lines += [Line(node.rest, node.line)] * bool(node.rest) + node.lines[:2]
    return lines


def _outside_lines(root: Node, nodes: list[Node]) -> Iterable[Line]:
    inside = {id(node) for node in nodes}

    def lines(node: Node) -> Iterable[Line]:
        if id(node) in inside:
            return
        if node.parent is not None:
            yield Line(node.text, node.line)
        for item in node.items:
            if isinstance(item, Line):
                yield item
            elif isinstance(item, Node):
                yield from lines(item)

    return lines(root)


def _sections(root: Node) -> Iterable[Section]:
    nodes = [node for node in root.walk() if node.is_section]
    for node in nodes:
        last = max([line.number for line in node.texts()], default=node.line)
        yield Section(node.role, node.printed, node.line, last)


def _unused_headings(root: Node, nodes: list[Node], problems: Sequence[FoundProblem]) -> Iterable[Line]:
    """Yield the numbered headings in sections of results that became no problem, hold none and list none beforehand."""
    inside = {id(below) for node in nodes for below in node.walk()}
    holding = {id(above) for node in nodes for above in node.ancestors()}
    titles, groups = {problem.title for problem in problems}, {problem.group_line for problem in problems}
    for node in root.walk():
        if node.role in ("results", "problems") and node.mark and node.form != "run" and not node.is_section:
            if id(node) in inside or id(node) in holding or node.line in groups:
                continue
            if problem_wording(node.heading).title not in titles:
                yield Line(node.printed, node.line)


def _body(root: Node, inside: set[int], dropped: set[int], tables: set[int]) -> Iterable[tuple[int, str, int]]:
    """Yield the text that belongs to no problem, headings without any text left out."""

    def walk(node: Node, depth: int) -> list[tuple[int, str, int]]:
        result = []
        for item in node.items:
            if isinstance(item, Line):
                if item.number not in dropped:
                    result.append((0, item.text, item.number))
            elif isinstance(item, Node) and id(item) not in inside:
                below = walk(item, depth + 1)
                if item.line in dropped:
                    result += below
                elif item.rest or (not below and len(item.text) > 30):
                    result += [(0, (item.mark.text if item.mark else "") + item.text, item.line), *below]
                elif below:
                    result += [(min(depth, 4), item.printed, item.line), *below]
            elif isinstance(item, Table) and id(item) not in tables:
                result += [(0, " | ".join(cell.text for cell in row.cells if not cell.merged), row.line) for row in item.rows]
        return result

    return walk(root, 2)


def _broken(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with headings that hide inside paragraphs on lines of their own, line numbers kept."""
    result: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Table):
            result.append(block)
        else:
            parts = [part for part in _EMBEDDED.split(block.text) if part.strip()]
            result += [block._replace(text=part) for part in parts]
    return result


def _texts_above(tables: Sequence[Table]) -> list[Paragraph]:
    """Return the rows above a ledger's header as paragraphs: title, unit, date."""
    result = []
    for table in tables:
        header = find_header(table)
        for row in table.rows[: header.row if header else 0]:
            texts = list(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
            if len(texts) == 1 or not any(read_mark(text) for text in texts):
                result.append(Paragraph("　".join(texts), row.line))
        if header:
            break
    return result
