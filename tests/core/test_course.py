"""The stages of the vocabulary, and which may follow which."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.course import CourseEntry, is_return, possible, sent_back, unanswered, waiting
from rectify.core.dated_entry import Refused, present_status
from rectify.core.model import Step
from rectify.core.vocabulary import DONE, RECORDS, STAGES, STATUSES

DAY, TODAY = date(2025, 3, 1), date(2025, 12, 31)
DEADLINE = date(2025, 6, 30)
BY = "清川市委巡察办"


def step(stage: str, day: date = DAY, **given) -> Step:
    return Step(day, stage, **{"by": BY, "text": "写明的内容。", **given})


def after(*stages: str) -> dict:
    """The values of a problem after these stages."""
    values: dict = {"status": "ongoing", "deadline": DEADLINE}
    for stage in stages:
        later = values["deadline"] + timedelta(days=30) if "deadline" in STAGES[stage].asks else None
        apply(values, step(stage, deadline=later))
    return values


def apply(values: dict, one: Step, said: str = "") -> None:
    new, gone = CourseEntry(one, said).changes(values, None, TODAY)
    values |= new
    for name in gone:
        values.pop(name, None)


def refusal(one: Step, values: dict, said: str = "", feedback: date | None = None) -> str:
    with pytest.raises(Refused) as no:
        CourseEntry(one, said).changes(values, feedback, TODAY)
    return str(no.value)


@pytest.mark.parametrize("stage", list(STAGES), ids=lambda stage: stage.key)
def test_a_stage_says_only_what_there_is(stage):
    assert set(stage.after) <= set(STATUSES.entries) and stage.side in ("unit", "inspector")
    assert set(stage.asks) <= set(RECORDS["step"].entries) and (not stage.sets or stage.sets in STATUSES.entries)
    assert not stage.answers or stage.answers in {one.opens for one in STAGES}
    # What readers would see of a step, they are told; and who changes it is the side that decides.
    assert bool(stage.public) == bool(stage.sets or (stage.sets_deadline and stage.answers))
    assert stage.definition and stage.definition_en
    assert bool(stage.public) == bool(stage.public_en)
    for words in (stage.public, stage.public_en):
        words.format(by="甲", before="乙", after="丙")


def test_a_whole_course():
    values = after("handover", "plan", "report", "application")
    assert values["status"] == "done" and waiting(values["course"], "done").stage == "application"
    assert {one.key for one in possible(values["course"], "done")} >= {"returned", "closeout"}
    apply(values, step("returned", text="还要补齐。"))
    assert values["status"] == "ongoing" and sent_back(values["course"], "ongoing").text == "还要补齐。"
    assert values["progress"][-1].text == f"经{BY}核查，尚未达到整改要求，继续整改。"
    apply(values, step("application"))
    assert sent_back(values["course"], "done") is None
    apply(values, step("closeout", doc_no="清巡销〔2025〕3号"))
    assert values["status"] == "closed-out" and values["closeout"] == (DAY, BY, "清巡销〔2025〕3号")
    assert len(values["course"]) == 7 and possible(values["course"], "closed-out") == []


def test_an_extension_moves_the_deadline_when_it_is_granted_and_not_before():
    values = after("extension")
    assert values["deadline"] == DEADLINE and "progress" not in values
    apply(values, step("granted", deadline=date(2025, 8, 31)), "管网改造推迟，整改时限调整。")
    assert values["deadline"] == date(2025, 8, 31) and values["flags"] == ("extended",)
    assert values["progress"][-1].text == "管网改造推迟，整改时限调整。" and values["status"] == "ongoing"
    apply(values, step("extension", deadline=date(2025, 12, 1)))
    apply(values, step("declined"))
    assert values["deadline"] == date(2025, 8, 31) and len(values["progress"]) == 1
    assert waiting(values["course"], "ongoing") is None


def test_a_first_deadline_comes_with_the_handing_over():
    values: dict = {"status": "pending"}
    apply(values, step("handover", deadline=DEADLINE))
    assert values["deadline"] == DEADLINE and "progress" not in values
    assert "走延期" in refusal(step("handover", deadline=date(2025, 7, 1)), values)


@pytest.mark.parametrize(
    ("one", "before", "said", "word"),
    [
        (step("closeout"), ("report",), "", "先登记“销号申请”"),
        (step("granted", deadline=TODAY), ("application",), "", "先登记“延期申请”"),
        (step("application"), ("application",), "", "还没有答复"),
        (step("extension", deadline=TODAY), ("application",), "", "不能登记“延期申请”"),
        (step("returned", text=""), ("application",), "", "要写明：内容"),
        (step("closeout", by=""), ("application",), "", "要写明：单位"),
        (step("extension"), (), "", "要写明：办结时限"),
        (step("extension", deadline=DEADLINE), (), "", "不晚于现在的"),
        (step("report", day=DAY - timedelta(days=1)), ("handover",), "", "早于上一步“交办”"),
        (step("report", day=TODAY + timedelta(days=1)), (), "", "还没有到"),
        (step("report"), (), "公开的话。", "不需要公开的话"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(one, before, said, word):
    assert word in refusal(one, after(*before), said)


def test_nothing_comes_before_the_feedback_or_after_a_withdrawal():
    assert "早于反馈日期" in refusal(step("handover"), {"status": "ongoing"}, feedback=DAY + timedelta(days=1))
    assert "已经撤回" in refusal(step("handover"), {"status": "ongoing", "withdrawn": True})


def test_another_way_of_changing_the_status_answers_what_waits():
    values = after("application")
    assert waiting(values["course"], "closed-out") is None and waiting(values["course"], "ongoing") is None


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(sorted(STAGES.entries)), st.integers(0, 40)), max_size=14))
def test_random_courses_keep_what_must_hold(tries):
    values: dict = {"status": "pending", "deadline": DEADLINE}
    day = DAY
    for stage, days in tries:
        before = dict(values)
        wanted = values["deadline"] + timedelta(days=days + 1) if "deadline" in STAGES[stage].asks else None
        offered = stage in {one.key for one in possible(values.get("course", ()), values["status"])}
        try:
            apply(values, step(stage, day, deadline=wanted))
        except Refused:
            assert not offered and values == before
            continue
        assert offered
        course = values["course"]
        assert course[:-1] == before.get("course", ()), "nothing is lost"
        assert present_status({"progress": values.get("progress", ())}) in ("", values["status"])
        told = len(values.get("progress", ())) - len(before.get("progress", ()))
        shown = any(values.get(name) != before.get(name) for name in ("status", "deadline", "closeout"))
        assert told == int(shown), "readers are told of what they see change, and of nothing else"
        assert bool(values.get("closeout")) == (values["status"] == "closed-out")
        assert (values["status"] in DONE) or values["status"] in ("pending", "ongoing")
        one = unanswered(course)
        assert one is None or STAGES[one.stage].opens
        if STAGES[stage].answers:
            assert waiting(course, values["status"]) is None
        if is_return(STAGES[stage]):
            assert sent_back(course, values["status"]) == course[-1]
        day += timedelta(days=days % 7)
