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
from rectify.core.model import Problem, Report
from rectify.core.register import PUBLIC_SCOPE, Register
from rectify.core.vocabulary import FLAGS, SCOPES, STATUSES
from rectify.outputs.data import deadline_text, disclosures_json, problems_fragment, problems_json

Folders = Sequence[tuple[Report, Sequence[Problem]]]
"""Disclosures with their problems in document order."""

_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029"})
"""What JSON leaves as it is and YAML does not."""
_MARKUP = re.compile(r"([\\`*_\[\]<>#|&~])")

_README = """# 整改公开数据 / Rectification disclosures

截至 {as_of}，{reports} 份通报，{problems} 个问题。As of {as_of}: {reports} disclosures, {problems} problems.

{links}

- `reports/<id>/index.md`：一份通报；`reports/<id>/<nn>.md`：一个问题。字段区为 YAML，键用英文，日期为 ISO 8601。
- `problems.json`、`disclosures.json`：同样的内容，供程序读取；`url` 相对于公开网站的根。
- 状态 `status`：{statuses}。
- Hugo 中请把各 `index.md` 改名为 `_index.md`。For Hugo rename each `index.md` to `_index.md`.
"""


def plain_markdown(folders: Folders, as_of: date) -> dict[str, bytes]:
    """Return the files of the folder by path, attachments not among them."""
    shown = [(report, [problem.shown() for problem in problems]) for report, problems in folders]
    files = {
        "README.md": _readme(shown, as_of),
        "problems.json": problems_json([problems_fragment(problems, as_of) for _, problems in shown], as_of),
        "disclosures.json": disclosures_json(_register(shown, as_of)),
    }
    for report, problems in shown:
        files[f"reports/{report.id}/index.md"] = _report_page(report, problems)
        for seq, problem in enumerate(problems, start=1):
            files[f"reports/{report.id}/{problem.nn}.md"] = _problem_page(problem, report, seq, as_of)
    return files


def _register(folders: Folders, as_of: date) -> Register:
    """Return a register of all these disclosures for counting. It would leave out internal ones, which were asked for."""
    public = [report._replace(scope=PUBLIC_SCOPE, genre="rectification") for report, _ in folders]
    return Register(public, {report.id: problems for report, problems in folders}, as_of)


def _readme(folders: Folders, as_of: date) -> bytes:
    links = "\n".join(f"- [{_escaped(report.title)}](reports/{report.id}/index.md)" for report, _ in folders)
    statuses = "，".join(f"`{term.key}` {term.label}" for term in STATUSES)
    problems = sum(len(problems) for _, problems in folders)
    return _README.format(as_of=as_of, reports=len(folders), problems=problems, links=links, statuses=statuses).encode()


def _report_page(report: Report, problems: Sequence[Problem]) -> bytes:
    values = {
        "title": report.title, "id": report.id, "date": report.published, "as_of": report.as_of, "unit": report.unit,
        "inspector": report.inspector, "inspection": report.inspection, "round": report.round,
        "inspected": report.inspected and {"start": report.inspected.start, "end": report.inspected.end},
        "feedback": report.feedback, "scope": report.scope, "scope_label": SCOPES[report.scope].label,
        "declared": dict(report.declared), "outcomes": [outcome._asdict() for outcome in report.outcomes],
        "contact": report.contact and {key: value for key, value in report.contact._asdict().items() if value},
        "index_no": report.index_no, "doc_no": report.doc_no, "issuer": report.issuer, "doc_date": report.doc_date,
    }  # fmt: skip
    listed = [f"{place}. [{_escaped(p.title)}]({p.nn}.md)：{p.term.label}" for place, p in enumerate(problems, start=1)]
    return _page(values, report.body, "\n".join(listed))


def _problem_page(problem: Problem, report: Report, seq: int, as_of: date) -> bytes:
    last = problem.last_progress
    values = {
        "title": problem.title, "ref": problem.ref, "disclosure": problem.report, "weight": seq,
        "date": last.date if last else report.as_of, "unit": report.unit,
        "status": problem.status, "status_label": problem.term.label, "status_wording": problem.status_wording,
        "group": problem.group, "number": problem.number, "category": problem.category, "lead": problem.lead,
        "units": list(problem.units), "owner": problem.owner, "deadline": deadline_text(problem), "overdue": problem.overdue(as_of),
        "flags": list(problem.flags), "flag_labels": [FLAGS[flag].label for flag in problem.flags],
        "measures": [_stated(measure._asdict()) for measure in problem.measures],
        "progress": [_stated(entry._asdict()) for entry in problem.progress],
        "closeout": problem.closeout and _stated(problem.closeout._asdict()),
        "withdrawn": problem.withdrawn and problem.withdrawn.date,
    }  # fmt: skip
    return _page(values, problem.body, f"[{_escaped(report.title)}](index.md)")


def _stated(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}


def _page(values: Mapping[str, Any], body: str, end: str) -> bytes:
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items() if value or value is False]
    parts = ["---", *lines, "---", "", without_comments(body).strip("\n"), "", end, ""]
    return re.sub("\n{3,}(?=[^\n]*\n$)", "\n\n", "\n".join(parts)).encode()


def _yaml(value: Any) -> str:
    """Return a value in the part of YAML that is JSON; dates stand bare, as generators expect them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n  - {_yaml(item)}" for item in value)
    return json.dumps(value, ensure_ascii=False, default=str).translate(_LINE_ENDS)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
