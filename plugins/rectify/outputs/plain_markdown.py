"""Disclosures as plain CommonMark with English front matter, and as JSON: for whoever builds pages with other tools.

Paths follow the register, `reports/<report-id>/<nn>.md`, so that links written in the bodies lead where they led.
"""

from __future__ import annotations

import json
import re
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

Folders = Sequence[tuple[Disclosure, Sequence[Problem]]]
"""Disclosures with their problems in document order."""

_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029"})
"""What JSON leaves as it is and YAML does not."""
_MARKUP = re.compile(r"([\\`*_\[\]<>#|&~])")


def plain_markdown(folders: Folders, as_of: date, language: Language | None = None) -> dict[str, bytes]:
    """Return the files of the folder by path, attachments not among them."""
    language = language or spoken()
    shown = [(disclosure, [problem.shown() for problem in problems]) for disclosure, problems in folders]
    files = {
        "README.md": _readme(shown, as_of, language),
        "problems.json": problems_json([problems_fragment(problems, as_of, language) for _, problems in shown], as_of),
        "disclosures.json": disclosures_json(_register(shown, as_of)),
    }
    for disclosure, problems in shown:
        files[f"{REPORTS}/{disclosure.id}/index.md"] = _disclosure_page(disclosure, problems, language)
        for seq, problem in enumerate(problems, start=1):
            files[f"{REPORTS}/{disclosure.id}/{problem.nn}.md"] = _problem_page(
                problem, disclosure, seq, as_of, language
            )
    return files


def _register(folders: Folders, as_of: date) -> Register:
    """Return a register of all these disclosures for counting. It would leave out internal ones, which were asked for."""
    public = [disclosure._replace(scope=PUBLIC_SCOPE, genre="rectification") for disclosure, _ in folders]
    return Register(public, {disclosure.id: problems for disclosure, problems in folders}, as_of)


def _readme(folders: Folders, as_of: date, language: Language) -> bytes:
    text = language.text
    links = [f"- [{_escaped(disclosure.title)}](reports/{disclosure.id}/index.md)" for disclosure, _ in folders]
    statuses = listed(f"`{term.key}` {language.name(term)}" for term in STATUSES)
    number = sum(len(problems) for _, problems in folders)
    problems = language.plural("{number} 个问题", number)
    counts = language.plural(
        "截至 {as_of}，{number} 份通报，{problems}。", len(folders), as_of=as_of, problems=problems
    )
    notes = [
        text(
            "`reports/<id>/index.md`：一份通报；`reports/<id>/<nn>.md`：一个问题。"
            "字段区为 YAML，键用英文，日期为 ISO 8601。"
        ),
        text("`problems.json`、`disclosures.json`：同样的内容，供程序读取；`url` 相对于公开网站的根。"),
        text("状态 `status`：{statuses}。", statuses=statuses),
        text("Hugo 中请把各 `index.md` 改名为 `_index.md`。"),
    ]
    title = text("整改公开数据")
    parts = [f"# {title}", counts, "\n".join(links), "\n".join(f"- {note}" for note in notes)]
    return ("\n\n".join(parts) + "\n").encode()


def _disclosure_page(disclosure: Disclosure, problems: Sequence[Problem], language: Language) -> bytes:
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
    links = [
        f"{place}. "
        + language.text("{name}：{text}", name=f"[{_escaped(p.title)}]({p.nn}.md)", text=language.name(p.term))
        for place, p in enumerate(problems, start=1)
    ]
    return _page(values, disclosure.body, "\n".join(links))


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
    return _page(values, problem.body, f"[{_escaped(disclosure.title)}](index.md)")


def _stated(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}


def _page(values: Mapping[str, Any], body: str, end: str) -> bytes:
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items() if value or value is False]
    parts = ["---", *lines, "---", "", without_comments(body).strip("\n"), "", end, ""]
    return re.sub("(?<!\n)\n{3,}(?=[^\n]*\n$)", "\n\n", "\n".join(parts)).encode()


def _yaml(value: Any) -> str:
    """Return a value in the part of YAML that is JSON; dates stand bare, as generators expect them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n  - {_yaml(item)}" for item in value)
    return json.dumps(value, ensure_ascii=False, default=str).translate(_LINE_ENDS)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
