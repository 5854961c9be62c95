"""A disclosure as an official document (.docx) in the layout of GB/T 9704-2012, to be signed, circulated and imported again.

What import reads is written as labelled lines (牵头单位：…) and dated lines (2024年9月20日：…); numbers are text, as in
documents that pass through several word processors.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from rectify.core.language import language
from rectify.core.ledger import plain
from rectify.core.model import Contact, Disclosure, Problem, Progress
from rectify.core.numerals import chinese
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, LONG_TERM, PRIORITIES, PROBLEM_KEYS, RECORDS, STATUSES
from rectify.outputs.blocks import Block, Run, blocks, list_mark
from rectify.outputs.official_layout import add_runs, balance, indent, new_document
from rectify.outputs.reproducible import make_reproducible

_CHAPTER = re.compile(r"([一二三四五六七八九十]{1,3})、")
_LATER = re.compile("下一?步|打算|今后|后续|联系方式|监督")
"""Chapters that stand behind the results."""
_TABLE_SIZE = 12.0
"""Points: small size 4."""
_LONGEST_PROPERTY = 255
"""Characters, by ECMA-376, part 2."""


def official_document(disclosure: Disclosure, problems: Sequence[Problem]) -> bytes:
    """Return the document of a disclosure with its problems in document order; of withdrawn ones, what remains public."""
    document = new_document()
    document.core_properties.title = plain(disclosure.title)[:_LONGEST_PROPERTY]
    if disclosure.doc_no:
        _line(document, disclosure.doc_no).alignment = WD_ALIGN_PARAGRAPH.CENTER
        _line(document, "")
    balance(document.add_paragraph(plain(disclosure.title), style="Title"), disclosure.title)
    _line(document, "")
    before, after = _divided(blocks(disclosure.body))
    chapter = sum(_is_chapter(block) for block in before)
    _add_blocks(document, before, prose=True)
    shown = [problem.shown() for problem in problems]
    if shown:
        chapter += 1
        document.add_paragraph(f"{chinese(chapter)}、问题整改情况", style="Heading 1")
        _add_problems(document, shown)
    for block in after:
        if _is_chapter(block):
            chapter += 1
            block = block._replace(runs=_renumbered(block.runs, chapter))
        _add_blocks(document, [block], prose=True)
    if disclosure.contact:
        document.add_paragraph(f"{chinese(chapter + 1)}、联系方式", style="Heading 1")
        for text in _contact_lines(disclosure.contact):
            _text(document, text)
    _add_attachments(document, shown)
    _add_signature(document, disclosure)
    _add_note(document, disclosure)
    out = io.BytesIO()
    document.save(out)
    return make_reproducible(out.getvalue(), disclosure.doc_date or disclosure.as_of)


def long_date(day: date) -> str:
    """Return a date in Arabic figures without leading zeros, 2024年9月5日; GB/T 9704-2012, 7.3.5.4."""
    return language("zh").date(day)


def _divided(prose: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return the prose before and after the place of the results: before the first chapter on what comes next."""
    place = next((i for i, block in enumerate(prose) if _is_chapter(block) and _LATER.search(block.text)), len(prose))
    return prose[:place], prose[place:]


def _is_chapter(block: Block) -> bool:
    return bool(block.heading and _CHAPTER.match(block.text))


def _renumbered(runs: tuple[Run, ...], number: int) -> tuple[Run, ...]:
    first, *rest = runs
    return (first._replace(text=_CHAPTER.sub(f"{chinese(number)}、", first.text, count=1)), *rest)


def _add_problems(document: Document, problems: Sequence[Problem]) -> None:
    place = 0
    for group, members in groupby(problems, key=lambda problem: problem.group):
        if group:
            place += 1
            document.add_paragraph(plain(f"（{chinese(place)}）{group}"), style="Heading 2")
        for number, problem in enumerate(members, start=1):
            _add_problem(document, problem, number)


def _add_problem(document: Document, problem: Problem, place: int) -> None:
    digits = problem.number.isascii() and problem.number.isdigit()
    title = problem.title if problem.withdrawn else f"关于“{_inner_quotes(problem.title)}”问题的整改"
    document.add_paragraph(plain(f"{problem.number if digits else place}.{title}"), style="Heading 3")
    facts = [] if digits or not problem.number else [(PROBLEM_KEYS["number"].label, problem.number)]
    _text(document, "；".join(f"{label}：{value}" for label, value in [*facts, *_facts(problem)]) + "。")
    _add_blocks(document, blocks(problem.body), prose=False)
    if problem.measures:
        _text(document, f"{PROBLEM_KEYS['measures'].label}：")
        for number, measure in enumerate(problem.measures, start=1):
            status = f"（{STATUSES[measure.status].label}）" if measure.status else ""
            _text(document, f"（{number}）{measure.text}{status}")
    if problem.progress:
        _text(document, "整改进展：")
        for entry in problem.progress:
            _text(document, _entry(entry))
    if problem.closeout:
        parts = (long_date(problem.closeout.date), problem.closeout.by, problem.closeout.doc_no)
        _text(document, f"{PROBLEM_KEYS['closeout'].label}：{'，'.join(part for part in parts if part)}。")


def _inner_quotes(title: str) -> str:
    """Return a title for use inside quotation marks: its own double marks become single ones; GB/T 15834-2011, 4.8.3.3."""
    return title.replace("“", "‘").replace("”", "’")


def _facts(problem: Problem) -> Iterable[tuple[str, str]]:
    """Yield label and value of what is stated of a problem besides its text."""
    yield f"整改{PROBLEM_KEYS['status'].label}", _status(problem)
    for key, value in (
        ("category", problem.category),
        ("lead", problem.lead),
        ("units", "、".join(problem.units)),
        ("owner", problem.owner),
        ("deadline", long_date(problem.deadline) if problem.deadline else LONG_TERM.label if problem.long_term else ""),
        ("flags", "、".join(FLAGS[flag].label for flag in problem.flags)),
        ("priority", "、".join(PRIORITIES[criterion].label for criterion in problem.priority)),
    ):
        if value:
            yield PROBLEM_KEYS[key].label, value
    if problem.withdrawn:
        yield PROBLEM_KEYS["withdrawn"].label, long_date(problem.withdrawn.date)


def _status(problem: Problem) -> str:
    """Return the status in the document's own words where these are known to mean it, else with its words behind it."""
    label, wording = problem.term.label, problem.status_wording
    if not wording or wording == label:
        return label
    return wording if STATUSES.find(wording) is problem.term else f"{label}（{wording}）"


def _entry(entry: Progress) -> str:
    status = f"（{STATUSES[entry.status].label}）" if entry.status else ""
    return f"{long_date(entry.date)}{status}：{entry.text}"


def _add_blocks(document: Document, content: Iterable[Block], prose: bool) -> None:
    """Add the blocks of a body. Headings of the prose that carry numbers become the document's own levels."""
    for block in content:
        if block.rows:
            _add_table(document, block)
            continue
        style = None
        if block.heading and prose:
            style = "Heading 1" if _is_chapter(block) else "Heading 2" if block.text.startswith("（") else "Heading 3"
        paragraph = document.add_paragraph(style=style)
        if not style:
            indent(paragraph._p.get_or_add_pPr(), first=2)
        runs = block.runs if not block.heading or style else tuple(run._replace(bold=True) for run in block.runs)
        add_runs(paragraph, ([Run(mark)] if (mark := list_mark(block)) else []) + list(runs))


def _add_table(document: Document, block: Block) -> None:
    columns = max(map(len, block.rows))
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    for number, row in enumerate(block.rows):
        for cell, runs in zip(table.add_row().cells, row):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if number else WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = Pt(20)
            add_runs(paragraph, [run._replace(bold=not number or run.bold) for run in runs])
            for made in paragraph.runs:
                made.font.size = Pt(_TABLE_SIZE)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))


def _contact_lines(contact: Contact) -> Iterable[str]:
    labels = {
        "phone": "联系电话",
        "address": "通信地址",
        "postcode": "邮政编码",
        "email": "电子邮箱",
        "hours": "接待时间",
    }
    for key, label in labels.items():
        if value := getattr(contact, key):
            yield f"{label}：{value}"
    if contact.until:
        yield f"{RECORDS['contact']['until'].label}日期：{long_date(contact.until)}"


def _add_attachments(document: Document, problems: Sequence[Problem]) -> None:
    """List the attachments by name; GB/T 9704-2012, 7.3.4: a line below the text, 附件：1.…"""
    names = list(
        dict.fromkeys(name.rpartition("/")[2] for p in problems for entry in p.progress for name in entry.files)
    )
    if names:
        _line(document, "")
    for number, name in enumerate(names, start=1):
        mark = f"{number}." if len(names) > 1 else ""
        paragraph = _line(document, f"{'附件：' if number == 1 else ''}{mark}{name}")
        indent(paragraph._p.get_or_add_pPr(), first=2 if number == 1 else 5)


def _add_signature(document: Document, disclosure: Disclosure) -> None:
    """Add the issuing body and the date; without a seal the date stands four characters in, 7.3.5.2."""
    day = long_date(disclosure.doc_date or disclosure.published)
    issuer = disclosure.issuer or disclosure.unit
    for text in ("", ""):
        _line(document, text)
    # The signature is centred over the date; a longer one ends two characters in.
    overhang = (len(issuer) - len(day) * 0.7) / 2
    for text, characters in ((issuer, max(2.0, 4 - overhang)), (day, 4.0)):
        paragraph = _line(document, text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        indent(paragraph._p.get_or_add_pPr(), right=characters)


def _add_note(document: Document, disclosure: Disclosure) -> None:
    """Add what the register holds besides the text, so that importing the document gives it back; 附注, 7.3.6."""
    labels = {key.name: key.label for key in DISCLOSURE_KEYS}
    period = disclosure.inspected
    facts = (
        ("unit", disclosure.unit),
        ("index_no", disclosure.index_no),
        ("published", long_date(disclosure.published)),
        ("inspector", disclosure.inspector),
        ("inspection", disclosure.inspection),
        ("round", disclosure.round),
        ("inspected", f"{long_date(period.start)}至{long_date(period.end)}" if period else ""),
        ("feedback", long_date(disclosure.feedback) if disclosure.feedback else ""),
        ("as_of", long_date(disclosure.as_of)),
    )
    _text(document, f"（{'；'.join(f'{labels[key]}：{value}' for key, value in facts if value)}）")


def _text(document: Document, text: str) -> None:
    """Add a paragraph of text, its first line two characters in."""
    indent(_line(document, text)._p.get_or_add_pPr(), first=2)


def _line(document: Document, text: str) -> Paragraph:
    return document.add_paragraph(plain(text))
