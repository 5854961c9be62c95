"""The open data as JSON: every public problem and disclosure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from rectify import __version__
from rectify.core.language import Language
from rectify.core.model import Problem
from rectify.core.register import Register
from rectify.core.vocabulary import LONG_TERM

GENERATOR = f"rectify {__version__}"


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
