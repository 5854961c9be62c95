"""An outline -> the disclosure it is: genre first, then the role of each section, then the problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rectify.core.vocabulary import UNSTATED
from rectify.intake.outline import Outline, Paragraph, Table
from rectify.intake.recognition import (
    contact,
    facts,
    furniture,
    genre,
    labelled_problems,
    remainder,
    selection,
    told_problems,
    tree,
)
from rectify.intake.recognition.answers import pair_answers, with_told_deadlines
from rectify.intake.recognition.cards import unboxed
from rectify.intake.recognition.completion_days import with_days_of_completion
from rectify.intake.recognition.continued_tables import with_heads_continued
from rectify.intake.recognition.days import stated_year
from rectify.intake.recognition.deep_numbers import with_numbers_joined
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.genre import Kind
from rectify.intake.recognition.joined_lists import with_lists_joined
from rectify.intake.recognition.labels import with_values
from rectify.intake.recognition.leads import with_leads
from rectify.intake.recognition.likeness import is_likely
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.lined_columns import with_tabs
from rectify.intake.recognition.listed_in_lines import listed_in_lines
from rectify.intake.recognition.lists_in_runs import RUN_ON
from rectify.intake.recognition.numbered_answers import with_answers_below
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.own_labels import with_usual_labels
from rectify.intake.recognition.pasted import put_together
from rectify.intake.recognition.problems import distinct_groups, problems_of
from rectify.intake.recognition.reading import Reading
from rectify.intake.recognition.scopes import set_apart, statements
from rectify.intake.recognition.sections import assign_roles
from rectify.intake.recognition.series import with_aspects_apart
from rectify.intake.recognition.shared_accounts import with_accounts_shared
from rectify.intake.recognition.statements import with_stated_statuses
from rectify.intake.recognition.table_heads import find_header
from rectify.intake.recognition.tables import sum_lines
from rectify.intake.recognition.ticked_lines import with_ticks_said
from rectify.intake.recognition.tree import build
from rectify.intake.recognition.wrapped import is_number_of_page, unglued, unwrapped, with_quotes_whole
from rectify.prose import figures
from rectify.prose.figures import Declared, Masked

_EMBEDDED = re.compile(
    r"(?<=[。；：])(?=[一二三四五六七八九十]{1,3}、[^，。]{2,30}[。：]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?![\d])(?:关于|针对|[\u4e00-\u9fff“]))"
)
"""Where a heading hides inside a paragraph: after a full stop, a number of a heading."""
_LETTERS = re.compile("信访|举报|交办件|转办件|边督边改|来信")


class Recognition(NamedTuple):
    """What a document was understood to be."""

    kind: Kind
    values: dict[str, Any]
    """The report's front matter, English keys and model values; what the document does not state is absent."""
    problems: tuple[FoundProblem, ...]
    declared: Declared | None
    masked: tuple[Masked, ...]
    sections: tuple[remainder.Section, ...]
    body: tuple[tuple[int, str, int], ...]
    """The text that belongs to no problem: level of heading, 0 or remainder.MARKDOWN; text; line."""
    has_contact: bool
    has_signature: bool
    last_line: int
    unused_tables: tuple[Line, ...]
    """Sheets of a workbook and rows around its ledger that are no problems."""
    lost_headings: tuple[Line, ...]
    """Lines inside accounts that read like the heading of a problem."""
    unread_tables: tuple[Line, ...]
    """Tables in prose that look like lists of problems and gave none: their heads."""
    unused_columns: tuple[str, ...]
    """Headings of table columns that were not understood."""
    unused_headings: tuple[Line, ...]
    """Numbered headings inside sections of problems that were taken for none."""

    @property
    def publishable(self) -> bool:
        return self.kind.publishable

    def status_of(self, problem: FoundProblem) -> str:
        """Return the status with which a problem is registered; empty where its words say nothing, or it is not published.

        A disclosure that states none for a problem is registered as such: nothing is supposed.
        """
        if problem.stated.status or problem.unknown_status[0] or not self.publishable:
            return problem.stated.status
        return UNSTATED


def recognise(outline: Outline, blocks: Sequence[Paragraph | Table]) -> Recognition:
    """Return what the blocks of an outline are; `blocks` are its own without advertising and marks."""
    whole = with_usual_labels([block for block in unboxed(blocks) if not is_number_of_page(block)])
    reading = Reading(unwrapped(with_quotes_whole(with_values(unglued(with_numbers_joined(with_tabs(whole)))))))
    page = furniture.take_apart(
        [block for block in reading.blocks if isinstance(block, Paragraph) and block.text.strip()]
    )
    return reading.restore(_recognise(outline, page, _kept(reading.blocks, page)))


def _kept(blocks: Sequence[Paragraph | Table], page: furniture.Page) -> list[Paragraph | Table]:
    """Return the blocks without what a page puts around them, put together where copying took them apart."""
    # Pages may be one line: what stands on the same is told apart by its place.
    places: dict[int, list[tuple[int, str]]] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            places.setdefault(block.line, []).append((index, block.text))
    ordered: list[tuple[int, int, Paragraph | Table]] = [
        (block.line, index, block) for index, block in enumerate(blocks) if isinstance(block, Table)
    ]
    for one in page.kept:
        some = places[one.line]
        at = next((at for at, (_, text) in enumerate(some) if one.text.strip() in text), 0)
        ordered.append((one.line, some.pop(at)[0], one))
    together = [block for _, _, block in sorted(ordered, key=lambda one: one[:2])]
    return with_leads(
        with_answers_below(
            with_lists_joined(put_together(with_aspects_apart(with_ticks_said(with_heads_continued(together)))))
        )
    )


def _recognise(outline: Outline, page: furniture.Page, blocks: Sequence[Paragraph | Table]) -> Recognition:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    tables = [block for block in blocks if isinstance(block, Table)]
    # A ledger has no prose: what stands around it are notes of the office.
    workbook = not paragraphs and bool(tables)
    if workbook:
        paragraphs = _texts_above(tables)
        blocks = [*paragraphs, *tables]
    head_tables = [pairs for table in tables if (pairs := facts.table_head(table))]
    kind = genre.decide(paragraphs)
    note, note_lines = facts.closing_note(paragraphs)
    signed, signed_lines = facts.signature([paragraph for paragraph in paragraphs if paragraph not in note_lines])
    gone = {*paragraphs[: kind.first], *note_lines, *signed_lines}
    rest = [
        block for block in blocks if (not facts.table_head(block) if isinstance(block, Table) else block not in gone)
    ]
    root = build(rest)
    assign_roles(root)
    front = remainder.front_lines(root)
    sums = [line for table in tables for line in sum_lines(table)]
    stated = figures.declared_counts(
        _numbered([*front, Line(kind.title, kind.title_line), *sums]), letters=bool(_LETTERS.search(kind.title))
    )
    totals = {one.total for one in stated if one.total}
    moved = set_apart(root) if kind.publishable else {}
    if kind.publishable:
        pair_answers(root)
    if labelled_problems.announced_by_labels(root):
        labelled_problems.fold_labels(root)
    said = kind.genre if kind.genre != "other" or kind.speaks_for_a_list else ""
    nodes = selection.choose(root, said, totals)
    if not nodes and labelled_problems.fold_labels(root):
        nodes = selection.choose(root, said, totals)
    if kind.publishable and not any(map(is_likely, nodes)) and tree.names_one_problem(kind.title):
        root = build([Paragraph(kind.title, kind.title_line), *rest])
        assign_roles(root)
        nodes = root.children[:1]
    if not nodes and any(len(p.text) >= RUN_ON or len(_EMBEDDED.findall(p.text)) > 1 for p in paragraphs):
        broken = build(_broken(rest))
        assign_roles(broken)
        moved_in_it = set_apart(broken) if kind.publishable else {}
        if found := selection.choose(broken, said, totals):
            root, nodes, moved = broken, found, moved_in_it
            front = remainder.front_lines(root)
            stated = figures.declared_counts(_numbered(front)) or stated
    if kind.publishable and not nodes:
        nodes = told_problems.announced(root)
        if not nodes and not told_problems.told_in_prose(root):
            nodes = listed_in_lines(root, totals) or told_problems.tasks(root)
    if kind.publishable and nodes and len(nodes) not in totals:
        for more in (told_problems.named_together(root, nodes), told_problems.unnumbered(root, nodes)):
            if more and len(nodes) + len(more) in totals:
                nodes = sorted([*nodes, *told_problems.taken_out(more)], key=lambda node: node.line)
    if kind.genre == "plan":
        # What a plan counts up, 一是二是, is what is to be done, and so are headings that state no problem.
        nodes = [node for node in nodes if node.form != "run"]
        nodes = nodes if sum(map(is_likely, nodes)) * 2 > len(nodes) else []
    if not kind.publishable and not any(map(is_likely, nodes)):
        # Works that are finished, in a notice about something else, are no problems.
        nodes = []
    problems, table_nodes, unused = problems_of(root, nodes, kind, totals)
    # What was struck out, or is a prompt of a form, leaves a number and nothing behind it.
    problems = with_accounts_shared(
        [problem for problem in problems if problem.title or problem.body or problem.stated.status]
    )
    if not kind.line and any(problem.form == "table" for problem in problems):
        kind = kind._replace(genre="rectification", line=problems[0].line)
    declared = next((one for one in stated if one.total == len(problems)), stated[0] if stated else None)
    told = statements(root, nodes, moved)
    outside = [line for line, _ in told]
    problems = with_stated_statuses(problems, told, declared)
    reach, contact_lines = contact.read_contact(outside)
    values = facts.merge(
        {"title": kind.title} if kind.title else {},
        {"genre": kind.genre},
        note,
        facts.head_values([*outline.head, *page.head, *(pair for pairs in head_tables for pair in pairs)]),
        facts.opening_values(kind.title, front[:12]),
        signed,
        {"doc_no": number} if (number := facts.document_number(paragraphs)) else {},
        {"as_of": day}
        if (day := facts.as_of([Line(kind.title, 0), *outside, *[Line(p.text, p.line) for p in paragraphs[:3]]]))
        else {},
        {"outcomes": figured} if (figured := figures.outcomes(_numbered(outside))) else {},
        {"contact": reach} if reach else {},
        {"unit": signed["issuer"]} if "issuer" in signed else {},
    )
    if re.search("[省市县区镇乡]$", values.get("unit", "")) and values.get("issuer", "").startswith(values["unit"]):
        values["unit"] = values["issuer"]
    since = values.get("as_of") or values.get("doc_date") or values.get("published") or facts.month_named(kind.title)
    begun = values.get("feedback") or (values["inspected"].end if "inspected" in values else None)
    problems = with_days_of_completion(problems, since)
    problems = with_told_deadlines(problems, since, begun, stated_year(line.text for line in outside))
    inside, labelled = {id(node) for node in nodes}, facts.label_lines(front[:12])
    body = () if workbook else tuple(remainder.body(root, inside, contact_lines | labelled, table_nodes))
    return Recognition(
        kind=kind,
        values=values,
        problems=tuple(distinct_groups(problems, nodes, kind.publishable)),
        declared=declared,
        masked=tuple(figures.masked_counts(_numbered(outside))),
        sections=tuple(remainder.sections(root)),
        body=body,
        has_contact=reach is not None,
        has_signature="doc_date" in signed,
        last_line=max((p.line for p in paragraphs), default=0),
        unused_tables=tuple(remainder.beside(tables, table_nodes)) if workbook else (),
        lost_headings=tuple(remainder.lost_headings(problems, body)),
        unread_tables=() if workbook else tuple(remainder.unread(tables, table_nodes)),
        unused_columns=tuple(unused),
        unused_headings=tuple(remainder.unused_headings(root, nodes, problems, kind.publishable)),
    )


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


def _numbered(lines: Iterable[Line]) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in lines]
