"""办理: what may be done with a problem now, each step as a small form, and what was done with it so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify.core.course import CourseEntry, is_told, possible, sent_back, usual_words, waiting
from rectify.core.dated_entry import Refused, present_status
from rectify.core.language import N_, _, spoken
from rectify.core.model import Disclosure, Progress, Step
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, STAGES, Term
from rectify.desk.fields import day_of
from rectify.desk.uploads import Upload, placed
from rectify.prose.figures import moved_on
from rectify.sources.edit import read
from rectify.sources.file_edit import Edit, edit_of, text_of

if TYPE_CHECKING:
    from rectify.desk.office import Office, Row


class Offer(NamedTuple):
    """One step that may come next, as its form needs it."""

    stage: Term
    by: str
    """The body that most probably takes it."""
    deadline: str
    told: str
    """What readers will be told, where nothing else is written; empty where they are told nothing."""


class Told(NamedTuple):
    """One thing that was done: an entry that readers see, or a step that they do not."""

    day: date
    entry: Progress | None = None
    number: int = 0
    """The place of the entry among the entries."""
    step: Step | None = None


class Course(NamedTuple):
    """Where a problem stands between the offices."""

    waits: Step | None
    """What waits for a decision."""
    back: Step | None
    """The step that returned it."""
    offers: tuple[Offer, ...]
    """The decisions on what waits come first."""


def course_of(values: Mapping[str, Any], disclosure: Disclosure | None) -> Course:
    """Return where the problem with these values stands."""
    steps, status = values.get("course", ()), present_status(values)
    waits = waiting(steps, status)
    stages = () if values.get("withdrawn") or not status else possible(steps, status)
    offers = [_offer(stage, values, disclosure, waits) for stage in stages]
    return Course(waits, sent_back(steps, status), tuple(sorted(offers, key=lambda one: not one.stage.answers)))


def story(values: Mapping[str, Any]) -> list[Told]:
    """Return the entries and steps of a problem in one list, the newest first; an entry that tells of a step follows on it."""
    entries, told = [Told(one.date, one, number) for number, one in enumerate(values.get("progress", ()))], []
    for step in values.get("course", ()):
        while entries and entries[0].day < step.date:
            told.append(entries.pop(0))
        told.append(Told(step.date, step=step))
        stage = STAGES[step.stage]
        first = entries[0].entry if entries else None
        if stage.public and first and first.date == step.date and stage.sets in ("", first.status):
            told.append(entries.pop(0))
    return [*reversed(entries), *reversed(told)]


def step_edits(
    office: Office, ref: str, posted: Mapping[str, str], uploads: Sequence[Upload] = ()
) -> tuple[tuple[Edit, ...], bool]:
    """Return the edits of a step, and whether readers are told of it.

    Raises Refused with the reason where it cannot be taken, CannotEdit for a file that a program cannot change.
    """
    shown, rid = office.file(ref)
    file = office.content / shown
    values = read(text_of(file.read_bytes(), shown)[0], PROBLEM_KEYS).values
    row = office.row(ref)
    stage = STAGES.find(posted.get("stage", ""))
    if stage is None:
        raise Refused(N_("请选择环节"))
    day, deadline = _day(posted, "date") or office.today, _day(posted, "deadline")
    names = placed(office.content / REPORTS / rid, uploads)
    given = {name: posted.get(name, "").strip() for name in ("by", "doc_no", "text", "said")}
    step = Step(day, stage.key, given["by"], given["doc_no"], given["text"], deadline, tuple(names))
    is_seen = is_told(stage, values)
    entry = CourseEntry(step, given["said"])
    new, drop = entry.changes(values, row.disclosure.feedback if row else None, office.today)
    edits = [Edit(office.content / REPORTS / rid / name, f"{REPORTS}/{rid}/{name}", b"", one.data, "", "")
             for name, one in names.items()]  # fmt: skip
    edits.append(edit_of(file, shown, new, PROBLEM_KEYS, drop))
    if row and is_seen and posted.get("as_of") and day > row.disclosure.as_of:
        path = row.disclosure.path
        edits.append(edit_of(office.content / path, path, moved_on(row.disclosure, day), DISCLOSURE_KEYS))
    return tuple(edits), is_seen


def text_labels() -> dict[str, str]:
    """Return what the text of each stage is called."""
    other = {
        "handover": _("整改要求"),
        "plan": _("方案要点"),
        "report": _("报送的情况"),
        "extension": _("延期的理由"),
        "application": _("完成情况说明"),
        "inspected": _("核查结果"),
        "returned": _("还需要什么"),
    }
    return {stage.key: other.get(stage.key) or _("意见") for stage in STAGES}


def about(stage: Term) -> str:
    """Return what a stage is."""
    return stage.definition if spoken().is_chinese else stage.definition_en


def _offer(stage: Term, values: Mapping[str, Any], disclosure: Disclosure | None, waits: Step | None) -> Offer:
    by = _body(stage, values.get("lead", ""), disclosure) if disclosure else ""
    asked = waits.deadline if stage.answers and waits else None
    wanted = asked or (values.get("deadline") if stage.sets_deadline and not stage.answers else None)
    told = ""
    if is_told(stage, values):
        told = usual_words(Step(date.min, stage.key, by or "……", deadline=asked), values)
    return Offer(stage, by, str(wanted or ""), told)


def usual_body(stage: str, row: Row) -> str:
    """Return the body that most probably takes a step of a stage with a problem; empty where nobody is known."""
    found = STAGES.find(stage)
    return _body(found, row.problem.lead, row.disclosure) if found else ""


def _body(stage: Term, lead: str, disclosure: Disclosure) -> str:
    return disclosure.inspector if stage.side == "inspector" else lead or disclosure.unit


def _day(posted: Mapping[str, str], name: str) -> date | None:
    typed = posted.get(name, "").strip()
    day = day_of(typed, name == "deadline") if typed else None
    if typed and day is None:
        raise Refused(N_("“{text}”不是日期；写成 2025-09-30", text=typed))
    return day
