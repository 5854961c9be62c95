"""The office's own course of things: handed over, applied for, returned, closed out, and what a step changes in public.

The steps are internal. Where one changes the status or the deadline, a dated entry tells the readers so, in words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.dated_entry import DatedEntry, Refused, present_status
from rectify.core.language import N_, Message, listed, name_of, name_within, spoken
from rectify.core.model import Closeout, Step
from rectify.core.transitions import CLOSED_OUT
from rectify.core.vocabulary import RECORDS, STAGES, STATUSES, Term

KEYS = RECORDS["step"]
_WAITS = {"closeout": N_("销号待审"), "extension": N_("延期待批")}
"""By what a stage opens."""
_BACK = N_("被退回")


def unanswered(course: Sequence[Step]) -> Step | None:
    """Return the step that waits for a decision by the course alone; one that is opened later takes the place of one before."""
    last = None
    for step in course:
        stage = STAGES[step.stage]
        if stage.opens:
            last = step
        elif last and stage.answers == STAGES[last.stage].opens:
            last = None
    return last


def waiting(course: Sequence[Step], status: str) -> Step | None:
    """Return the step that waits for a decision; none once the status has gone on by another way."""
    step = unanswered(course)
    stage = STAGES[step.stage] if step else None
    fits = stage and (status == stage.sets if stage.sets else status in stage.after)
    return step if fits else None


def sent_back(course: Sequence[Step], status: str) -> Step | None:
    """Return the step that returned a problem which has the status of that step still, and was not applied for again."""
    last = next((step for step in reversed(course) if STAGES[step.stage].sets), None)
    return last if last and is_return(STAGES[last.stage]) and STAGES[last.stage].sets == status else None


def standing(course: Sequence[Step], status: str) -> Message | None:
    """Return in a word where a problem stands between the offices; None where nothing is open."""
    if step := waiting(course, status):
        return _WAITS[STAGES[step.stage].opens]
    return _BACK if sent_back(course, status) else None


def is_return(stage: Term) -> bool:
    """Return whether a stage takes a problem back to where work goes on."""
    return bool(stage.answers and stage.sets and STATUSES[stage.sets].counts_as == "open")


def possible(course: Sequence[Step], status: str) -> list[Term]:
    """Return the stages that may come next."""
    return [stage for stage in STAGES if _no(stage, course, status) is None]


class CourseEntry(NamedTuple):
    """One more step of the course of a problem, and what it changes besides."""

    step: Step
    said: str = ""
    """What readers are told where it changes something for them; empty for the usual words."""

    @property
    def stage(self) -> Term:
        return STAGES[self.step.stage]

    def status_after(self, before: str) -> str:
        """Return the status of a problem with the step."""
        return self.stage.sets or before

    def changes(
        self, values: Mapping[str, Any], feedback: date | None, today: date
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return the keys that the step sets in the values of a problem, and those it takes out.

        Raises Refused where it cannot be taken.
        """
        course, status, step, stage = values.get("course", ()), present_status(values), self.step, self.stage
        no = N_("这个问题已经撤回，不能再登记进展") if values.get("withdrawn") else _no(stage, course, status)
        no = no or _lacking(step) or _untimely(step, course, feedback, today) or _wrong_deadline(step, values)
        if self.said and not is_told(stage, values):
            no = no or N_("“{stage}”不改变公开的内容，不需要公开的话", stage=name_of(stage))
        if no:
            raise Refused(no)
        new: dict[str, Any] = {"course": (*course, step)}
        moved = step.deadline if stage.sets_deadline else None
        if not is_told(stage, values):
            return new | ({"deadline": moved} if moved else {}), ()
        entry = DatedEntry(
            stage.sets or status,
            self.said or usual_words(step, values),
            step.date,
            flags=("extended",) if moved and values.get("deadline") else (),
            deadline=moved,
            closeout=Closeout(step.date, step.by, step.doc_no) if stage.sets == CLOSED_OUT else None,
            is_return=is_return(stage),
        )
        told, gone = entry.changes(values, feedback, today)
        return new | told, gone


def is_told(stage: Term, values: Mapping[str, Any]) -> bool:
    """Return whether the readers are told of a step of this stage: where the status changes, or the deadline by a decision."""
    return bool(stage.public) and (not stage.sets or stage.sets != present_status(values))


def usual_words(step: Step, values: Mapping[str, Any]) -> str:
    """Return what readers are told of a step where nobody has written it in words of their own."""
    before, stage = values.get("deadline"), STAGES[step.stage]
    words = stage.public if spoken().is_chinese else stage.public_en
    if step.deadline and not before:
        words = words.replace("由{before}调整为", "定为").replace("moves from {before} to", "is")
    return words.format(by=step.by, before=_day(before), after=_day(step.deadline))


def _day(day: date | None) -> str:
    return spoken().date(day) if day else ""


def step_line(step: Step) -> str:
    """Return a step in one line."""
    name = spoken().name(STAGES[step.stage])
    parts = (str(step.date), name, step.by, step.doc_no, str(step.deadline or ""), step.text)
    return " ".join(part for part in parts if part)


def missing(step: Step) -> list[str]:
    """Return the keys that a step must give and does not."""
    return [name for name in STAGES[step.stage].asks if not getattr(step, name)]


def out_of_order(course: Sequence[Step]) -> Iterator[tuple[Step, str | Message]]:
    """Yield the steps that cannot follow on those before them, and what should come first."""
    for place, step in enumerate(course):
        stage, before = STAGES[step.stage], unanswered(course[:place])
        opened = STAGES[before.stage].opens if before else ""
        if stage.answers and stage.answers != opened:
            yield step, name_of(_opener(stage))
        elif stage.opens and stage.opens == opened:
            yield step, listed(name_within(one) for one in STAGES if one.answers == opened)


def _opener(stage: Term) -> Term:
    return next(one for one in STAGES if one.opens == stage.answers)


def _no(stage: Term, course: Sequence[Step], status: str) -> Message | None:
    """Return why a stage cannot come next, None where it can."""
    open_now = waiting(course, status)
    if stage.answers and (open_now is None or STAGES[open_now.stage].opens != stage.answers):
        return N_(
            "没有等待答复的“{first}”，不能登记“{stage}”；先登记“{first}”",
            first=name_of(_opener(stage)),
            stage=name_of(stage),
        )
    if stage.opens and open_now and STAGES[open_now.stage].opens == stage.opens:
        return N_("{day} 的“{stage}”还没有答复", day=open_now.date, stage=name_of(stage))
    if status and status not in stage.after:
        return N_("状态是“{status}”，不能登记“{stage}”", status=name_of(STATUSES[status]), stage=name_of(stage))
    return None


def _lacking(step: Step) -> Message | None:
    names = missing(step)
    words = listed(name_within(KEYS[name]) for name in names)
    return N_("“{stage}”要写明：{names}", stage=name_of(STAGES[step.stage]), names=words) if names else None


def _untimely(step: Step, course: Sequence[Step], feedback: date | None, today: date) -> Message | None:
    if step.date > today:
        return N_("{day} 还没有到（今天是 {today}）", day=step.date, today=today)
    if course and step.date < course[-1].date:
        last = course[-1]
        return N_(
            "{day} 早于上一步“{stage}”（{last}）；各步从早到晚登记",
            day=step.date, stage=name_of(STAGES[last.stage]), last=last.date,
        )  # fmt: skip
    if feedback and step.date < feedback:
        return N_("{day} 早于反馈日期（{feedback}）", day=step.date, feedback=feedback)
    return None


def _wrong_deadline(step: Step, values: Mapping[str, Any]) -> Message | None:
    stage, before = STAGES[step.stage], values.get("deadline")
    if not step.deadline:
        return None
    if "deadline" in stage.asks and before and step.deadline <= before:
        return N_("新的时限 {after} 不晚于现在的 {before}", after=step.deadline, before=before)
    if stage.sets_deadline and not stage.public and before and step.deadline != before:
        return N_("现在的整改时限是 {before}；要改，写明原因改，或者走延期", before=before)
    return None
