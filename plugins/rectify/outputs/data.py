"""The open data: every public problem and disclosure as JSON, and the problems as CSV for WPS and Excel."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date

from rectify import __version__
from rectify.core.language import Language
from rectify.core.model import Disclosure, Problem
from rectify.core.register import Register
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, LONG_TERM, PRIORITIES, PROBLEM_KEYS

GENERATOR = f"rectify {__version__}"

_CSV_KEYS = ("group", "number", "title", "status", "lead", "units", "owner", "deadline", "category")


def problem_data(problem: Problem, seq: int, as_of: date, language: Language) -> dict:
    """Return one problem as it stands in `data/problems.json`; `seq` is its place in the document, from 1."""
    data = {
        "ref": problem.ref,
        "disclosure": problem.disclosure,
        "seq": seq,
        "title": problem.title,
        "status": problem.status,
        "status_label": language.name(problem.term),
        "status_wording": problem.status_wording,
        "group": problem.group,
        "number": problem.number,
        "category": problem.category,
        "lead": problem.lead,
        "units": list(problem.units),
        "deadline": deadline_text(problem),
        "deadline_wording": problem.deadline_wording,
        "overdue": problem.overdue(as_of),
        "overdue_days": problem.days_overdue(as_of),
        "flags": list(problem.flags),
        "priority": list(problem.priority),
        "earlier": list(problem.earlier),
        "url": problem.url,
        "progress": [{"date": e.date.isoformat(), "status": e.status, "text": e.text} for e in problem.progress],
    }
    if problem.closeout:
        data["closeout"] = {
            "date": problem.closeout.date.isoformat(),
            "by": problem.closeout.by,
            "doc_no": problem.closeout.doc_no,
        }
    if problem.withdrawn:
        data["withdrawn"] = problem.withdrawn.date.isoformat()
        data |= {"ended": True} if problem.withdrawn.ended else {}
    return data


def deadline_text(problem: Problem) -> str:
    """Return the deadline as an ISO date, 长期坚持, or nothing."""
    if problem.deadline:
        return problem.deadline.isoformat()
    return LONG_TERM.label if problem.long_term else ""


def problems_fragment(problems: Iterable[Problem], as_of: date, language: Language) -> str:
    """Return one disclosure's problems as JSON objects, a line each, to be joined by `problems_json`."""
    rows = (problem_data(p, seq, as_of, language) for seq, p in enumerate(problems, start=1))
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def problems_json(fragments: Iterable[str], as_of: date) -> bytes:
    """Return `data/problems.json` from the fragments of all disclosures."""
    head = json.dumps({"as_of": as_of.isoformat(), "generator": GENERATOR}, ensure_ascii=False)[:-1]
    return f'{head}, "problems": [\n{_joined(fragments)}\n]}}\n'.encode()


def _joined(fragments: Iterable[str]) -> str:
    return ",\n".join(fragment for fragment in fragments if fragment)


def disclosures_json(register: Register) -> bytes:
    """Return `data/disclosures.json`."""
    rows = [
        {
            "id": r.id,
            "title": r.title,
            "unit": r.unit,
            "inspector": r.inspector,
            "published": r.published.isoformat(),
            "as_of": r.as_of.isoformat(),
            "until": r.until.isoformat() if r.until else "",
            "ended": r.ended,
            "stale": register.is_stale(r),
            "url": r.url,
            "counts": register.counts_of(r).data(),
            "stated": {"as_of": r.stated_on.isoformat(), "counts": dict(r.declared)},
        }
        for r in register.disclosures
    ]
    data = {
        "as_of": register.as_of.isoformat(),
        "generator": GENERATOR,
        "matters": register.matter_count,
        "disclosures": rows,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def csv_fragment(disclosure: Disclosure, problems: Iterable[Problem], as_of: date, language: Language) -> str:
    """Return one disclosure's problems as CSV rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for p in problems:
        last = p.last_progress
        writer.writerow(
            _plain(cell)
            for cell in (
                p.ref,
                disclosure.unit,
                disclosure.title,
                p.group,
                p.number,
                p.title,
                language.name(p.term),
                p.lead,
                "、".join(p.units),
                p.owner,
                language.name(LONG_TERM) if p.long_term and not p.deadline else deadline_text(p),
                p.category,
                language.text("、").join(language.name(FLAGS[f]) for f in p.flags),
                language.text("是") if p.overdue(as_of) else "",
                last.date.isoformat() if last else "",
                last.text if last else "",
                str(p.days_overdue(as_of) or ""),
                p.closeout.date.isoformat() if p.closeout else "",
                p.closeout.by if p.closeout else "",
                p.closeout.doc_no if p.closeout else "",
                disclosure.as_of.isoformat(),
                "、".join(p.earlier),
                language.text("、").join(language.name(PRIORITIES[one]) for one in p.priority),
            )
        )
    return out.getvalue()


def _plain(cell: str) -> str:
    # A spreadsheet would run a cell that begins like a formula; where people write Chinese, a full-width sign begins one too.
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r") else cell


def problems_csv(fragments: Iterable[str], language: Language) -> bytes:
    """Return `data/problems.csv`: UTF-8 with a byte order mark, which WPS and Excel need to show Chinese."""
    head = [
        language.text("编号"),
        language.name(DISCLOSURE_KEYS["unit"]),
        language.name(DISCLOSURE_KEYS["title"]),
        *(language.name(PROBLEM_KEYS[key]) for key in _CSV_KEYS),
        language.name(PROBLEM_KEYS["flags"]),
        language.text("是否逾期"),
        language.text("最近进展日期"),
        language.text("最近进展"),
        language.text("逾期天数"),
        language.text("销号日期"),
        language.text("验收单位"),
        language.text("验收文号"),
        language.text("通报截至"),
        language.name(PROBLEM_KEYS["earlier"]),
        language.name(PROBLEM_KEYS["priority"]),
    ]
    return ("\ufeff" + ",".join(head) + "\r\n" + "".join(fragments)).encode()
