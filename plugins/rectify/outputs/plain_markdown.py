"""Disclosures as plain CommonMark with English front matter, and as JSON: for whoever builds pages with other tools.

Paths follow the register, `reports/<report-id>/<nn>.md`, so that links written in the bodies lead where they led. What the front
matter says stands in the text as well, for no generator shows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rectify.core.comments import without_comments
from rectify.core.language import Language, listed, spoken
from rectify.core.model import Disclosure, Problem
from rectify.core.register import PUBLIC_SCOPE, Register
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import FLAGS, SCOPES, STATUSES
from rectify.outputs.data import deadline_text, disclosures_json, problems_fragment, problems_json
from rectify.outputs.other_generators import projects
from rectify.outputs.plain_parts import (
    contact,
    counts_table,
    disclosure_facts,
    escaped,
    heading,
    measures,
    problem_facts,
    problem_table,
    progress,
    sentence,
    status_table,
    without_shortcodes,
)

Folders = Sequence[tuple[Disclosure, Sequence[Problem]]]
"""Disclosures with their problems in document order."""

_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029"})
"""What JSON leaves as it is and YAML does not."""


def plain_markdown(folders: Folders, as_of: date, language: Language | None = None) -> dict[str, bytes]:
    """Return the files of the folder by path, attachments not among them."""
    language = language or spoken()
    shown = [(disclosure, [problem.shown() for problem in problems]) for disclosure, problems in folders]
    register = _register(shown, as_of)
    files = {
        "README.md": _readme(shown, register, as_of, language),
        **projects(register.disclosures, language),
        "problems.json": problems_json([problems_fragment(problems, as_of, language) for _, problems in shown], as_of),
        "disclosures.json": disclosures_json(register),
    }
    for disclosure, problems in shown:
        counts = register.counts_of(disclosure).data()
        counted = sentence(counts, dict(disclosure.declared), language)
        files[f"{REPORTS}/{disclosure.id}/index.md"] = _disclosure_page(disclosure, problems, counted, as_of, language)
        for seq, problem in enumerate(problems, start=1):
            files[f"{REPORTS}/{disclosure.id}/{problem.nn}.md"] = _problem_page(
                problem, disclosure, seq, as_of, language
            )
    return files


def _register(folders: Folders, as_of: date) -> Register:
    """Return a register of all these disclosures for counting. It would leave out internal ones, which were asked for."""
    public = [disclosure._replace(scope=PUBLIC_SCOPE, genre="rectification") for disclosure, _ in folders]
    return Register(public, {disclosure.id: problems for disclosure, problems in folders}, as_of)


def _readme(folders: Folders, register: Register, as_of: date, language: Language) -> bytes:
    text = language.text
    counts = register.counts.data()
    rows = []
    for disclosure in register.disclosures:
        link = f"[{escaped(disclosure.title)}]({REPORTS}/{disclosure.id}/index.md)"
        rows.append((link, register.counts_of(disclosure).data()))
    number = sum(len(problems) for _, problems in folders)
    problems = language.plural("{number} 个问题", number)
    told = language.plural("截至 {as_of}，{number} 份通报，{problems}。", len(folders), as_of=as_of, problems=problems)
    statuses = listed(f"`{term.key}` {language.name(term)}" for term in STATUSES)
    notes = [
        text(
            "`reports/<id>/index.md`：一份通报；`reports/<id>/<nn>.md`：一个问题。"
            "字段区为 YAML，键用英文，日期为 ISO 8601。"
        ),
        text("`problems.json`、`disclosures.json`：同样的内容，供程序读取；`url` 相对于公开网站的根。"),
        text("状态 `status`：{statuses}。", statuses=statuses),
        text("在这个文件夹里运行 `zensical build` 或者 `hugo`，就得到一个网站。"),
    ]
    parts = [
        "# " + text("整改公开数据"),
        told,
        counts_table(rows, language),
        heading(text("各种状态")),
        status_table(counts["by_status"], language),
        heading(text("文件夹里有什么")),
        "\n".join(f"- {note}" for note in notes),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _disclosure_page(
    disclosure: Disclosure, problems: Sequence[Problem], counted: str, as_of: date, language: Language
) -> bytes:
    values = {
        "title": disclosure.title,
        "id": disclosure.id,
        "date": disclosure.published,
        "as_of": disclosure.as_of,
        "unit": disclosure.unit,
        "inspector": disclosure.inspector,
        "inspection": disclosure.inspection,
        "round": disclosure.round,
        "inspected": disclosure.inspected and {"start": disclosure.inspected.start, "end": disclosure.inspected.end},
        "feedback": disclosure.feedback,
        "scope": disclosure.scope,
        "scope_label": language.name(SCOPES[disclosure.scope]),
        "declared": dict(disclosure.declared),
        "declared_as_of": disclosure.declared_as_of,
        "outcomes": [outcome._asdict() for outcome in disclosure.outcomes],
        "contact": disclosure.contact and {key: value for key, value in disclosure.contact._asdict().items() if value},
        "index_no": disclosure.index_no,
        "doc_no": disclosure.doc_no,
        "issuer": disclosure.issuer,
        "doc_date": disclosure.doc_date,
    }
    before = [disclosure_facts(disclosure, language), counted]
    after = [
        heading(language.text("问题")),
        problem_table(problems, as_of, language),
        contact(disclosure.contact, language),
    ]
    return _page(values, before, disclosure.body, after)


def _problem_page(problem: Problem, disclosure: Disclosure, seq: int, as_of: date, language: Language) -> bytes:
    last = problem.last_progress
    values = {
        "title": problem.title,
        "ref": problem.ref,
        "disclosure": problem.disclosure,
        "weight": seq,
        "date": last.date if last else disclosure.as_of,
        "unit": disclosure.unit,
        "status": problem.status,
        "status_label": language.name(problem.term),
        "status_wording": problem.status_wording,
        "group": problem.group,
        "number": problem.number,
        "category": problem.category,
        "lead": problem.lead,
        "units": list(problem.units),
        "owner": problem.owner,
        "deadline": deadline_text(problem),
        "deadline_wording": problem.deadline_wording,
        "overdue": problem.overdue(as_of),
        "flags": list(problem.flags),
        "flag_labels": [language.name(FLAGS[flag]) for flag in problem.flags],
        "priority": list(problem.priority),
        "earlier": list(problem.earlier),
        "measures": [_stated(measure._asdict()) for measure in problem.measures],
        "progress": [_stated(entry._asdict()) for entry in problem.progress],
        "closeout": problem.closeout and _stated(problem.closeout._asdict()),
        "withdrawn": problem.withdrawn and problem.withdrawn.date,
    }
    after = [measures(problem, language), progress(problem, language), f"[{escaped(disclosure.title)}](index.md)"]
    return _page(values, [problem_facts(problem, as_of, language)], problem.body, after)


def _stated(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}


def _page(values: Mapping[str, Any], before: Sequence[str], body: str, after: Sequence[str]) -> bytes:
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items() if value or value is False]
    prose = without_shortcodes(without_comments(body)).strip("\n")
    parts = ["\n".join(["---", *lines, "---"]), *before, prose, *after]
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _yaml(value: Any) -> str:
    """Return a value in the part of YAML that is JSON; dates stand bare, as generators expect them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n  - {_yaml(item)}" for item in value)
    return json.dumps(value, ensure_ascii=False, default=str).translate(_LINE_ENDS)
