"""What was read in a document as the fields of a form, and what the form makes of it: nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from rectify.core.finding import Finding
from rectify.core.language import _, _n, spoken
from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Progress
from rectify.core.vocabulary import STATUSES
from rectify.desk.fields import BODY, HEAD, PROBLEM, day_of, meant, texts_of
from rectify.intake.draft import Draft, DraftProblem
from rectify.intake.importing import Result
from rectify.intake.understanding import Understanding, text_lines

KEPT = ("title", "unit", "as_of", "published")
"""What a disclosure must say of itself, and a document may not."""
_ROW = ("title", "group", "lead", "deadline")
_MORE = ("number", "category", "units", "owner", "measures")
"""Fields of a problem that stand behind the others, for few of them are wrong."""
_APPROVAL = "S051"
"""Has a page of its own, once something is there to be approved."""


class Line(NamedTuple):
    """One line of a document, and what is found in it."""

    number: int
    text: str
    problem: int
    """The number of the problem that begins there, 0 for none."""
    part: tuple[int, str]
    """Of which problem it was read as what; 0 for none."""
    findings: tuple[Finding, ...]


def lines_of(result: Result) -> tuple[list[Line], list[Finding]]:
    """Return the lines of a document with what is found in each, and what is found in none."""
    understanding = result.understandings[0]
    begins = {problem.line: number for number, problem in enumerate(result.draft.problems, start=1) if problem.line}
    at: dict[int, list[Finding]] = {}
    for finding in (*understanding.findings, *result.extra):
        if finding.rule != _APPROVAL:
            at.setdefault(finding.line, []).append(finding)
    parts = dict(_parts(understanding))
    lines = [
        Line(number, text, begins.get(number, 0), parts.get(number, (0, "")), tuple(at.get(number, ())))
        for number, text in text_lines(understanding.outline)
    ]
    known = {line.number for line in lines}
    return lines, [one for number, some in at.items() if number not in known for one in some]


def _parts(understanding: Understanding) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield for lines below the head of a problem which it is and what they were read as."""
    for number, problem in enumerate(understanding.recognition.problems, start=1):
        for line in problem.body:
            if line.number != problem.line:
                yield line.number, (number, _("正文"))
        for at in problem.read_at:
            if at != problem.line:
                yield at, (number, _("栏目"))


def row(number: int, problem: DraftProblem) -> dict[str, Any]:
    """Return a problem that was read as the form shows it."""
    texts = texts_of(problem.values, problem.body)
    entries = [
        (_entry(number, place, "date"), str(one.date), _entry(number, place, "text"), one.text, _status(one.status))
        for place, one in enumerate(problem.values.get("progress", ()))
    ]
    return {
        "number": str(number),
        "line": str(problem.line or ""),
        "status": problem.values.get("status") or "",
        **{name: texts[name] for name in _ROW},
        "more": [(name, PROBLEM.label(name), texts[name]) for name in _MORE if name != "measures"],
        "measures": texts["measures"],
        "body": texts[BODY],
        "entries": entries,
        "read": _read_of(texts, len(entries)),
    }


def _read_of(texts: Mapping[str, str], entries: int) -> str:
    """Return how much of each long part was read."""
    measures = len(texts["measures"].splitlines())
    parts = [
        _n("正文 {number} 字", len(texts[BODY])) if texts[BODY] else _("没有正文"),
        *([_n("措施 {number} 条", measures)] if measures else []),
        *([_n("进展 {number} 条", entries)] if entries else []),
    ]
    return _("，").join(parts)


def corrected(result: Result, form: Mapping[str, str], unstated: Collection[str] = ()) -> tuple[Result, list[str]]:
    """Return what was read, as the form corrects it, and what keeps it from being written.

    `unstated` are required keys that may be missing: what is there already has them.
    """
    wrong: list[str] = []
    if result.understandings[0].draft_reason() is not None:
        wrong.append(_("这份材料不能公开，没有写入"))
    head = texts_of(result.draft.values, "", HEAD)
    says = meant(head, {name: form.get(name, "") for name in KEPT}, result.draft.values, HEAD)
    wrong += [f"{HEAD.label(name)}：{one.message()}" for name, some in says.findings.items() for one in some]
    wrong += [_("请写明“{label}”", label=HEAD.label(name)) for name in KEPT if not form.get(name, "").strip()]
    problems = []
    for number, problem in enumerate(result.draft.problems, start=1):
        if form.get(f"drop-{number}"):
            continue
        one, no = _problem(problem, number, form, "status" in unstated)
        wrong += [_("第{place}个：{reason}", place=number, reason=reason) for reason in no]
        problems.append(one)
    if not problems:
        wrong.append(_("没有留下问题"))
    values = {name: value for name, value in {**result.draft.values, **says.values}.items() if value not in (None, "")}
    return result._replace(draft=Draft(values, result.draft.body, tuple(problems))), wrong


def _problem(
    problem: DraftProblem, number: int, form: Mapping[str, str], may_lack_status: bool
) -> tuple[DraftProblem, list[str]]:
    base = texts_of(problem.values, problem.body)
    posted = {name: form.get(f"{name}-{number}", base.get(name, "")) for name in (*_ROW, *_MORE, BODY)}
    says = meant(base, posted, problem.values)
    wrong = [f"{PROBLEM.label(name)}：{one.message()}" for name, some in says.findings.items() for one in some]
    values = {**problem.values, **says.values}
    for name in says.drop:
        values.pop(name, None)
    status = form.get(f"status-{number}", problem.values.get("status") or "")
    term = STATUSES.find(status)
    if term is None and not may_lack_status:
        wrong.append(_("请选择状态"))
    elif term and status != problem.values.get("status"):
        values["status"] = term.key
        values.pop("status_wording", None)
    if "progress" in values:
        values["progress"] = tuple(_entries(values["progress"], number, form, wrong))
    kept = {name: value for name, value in values.items() if value not in (None, "", ()) or name == "deadline"}
    return problem._replace(values=kept, body=problem.body if says.body is None else says.body), wrong


def _entries(
    entries: tuple[Progress, ...], number: int, form: Mapping[str, str], wrong: list[str]
) -> Iterator[Progress]:
    """Yield the entries as the form has them, in the order of their days; one whose text is empty is none."""
    made = []
    for place, entry in enumerate(entries):
        text = unify_line_ends(form.get(_entry(number, place, "text"), entry.text)).strip()
        typed = form.get(_entry(number, place, "date"), "").strip() or str(entry.date)
        day = day_of(typed)
        if day is None:
            wrong.append(_("“{text}”不是日期；写成 2025-09-30", text=typed))
        if text:
            made.append(entry._replace(date=day or entry.date, text=text))
    yield from sorted(made, key=lambda entry: entry.date)


def _entry(number: int, place: int, part: str) -> str:
    return f"entry-{number}-{place}-{part}"


def _status(key: str) -> str:
    return spoken().name(STATUSES[key]) if key in STATUSES.entries else ""
