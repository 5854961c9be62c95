"""Counts are made of the problems alone, and every one is part of a whole."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.counts import Counts, count, headline
from rectify.core.language import language
from rectify.core.model import Problem
from rectify.core.vocabulary import STATES, STATUSES

TODAY = date(2024, 7, 17)
problems = st.lists(
    st.builds(
        Problem,
        st.just("2024-jia"),
        st.just("01"),
        st.just("甲"),
        st.sampled_from(list(STATUSES.entries)),
        deadline=st.none() | st.dates(date(2024, 7, 15), date(2024, 7, 19)),
    )
)


def of(**by_status: int) -> Counts:
    return Counts(tuple((s.key, by_status.get(s.key.replace("-", "_"), 0)) for s in STATUSES))


@settings(deadline=None)
@given(problems)
def test_parts_add_up_to_the_whole(problems: list[Problem]):
    counts = count(iter(problems), TODAY)
    assert counts.total == len(problems) == sum(n for _, n in counts.by_status)
    assert [key for key, _ in counts.by_status] == list(STATUSES.entries)
    assert counts.done + counts.open + counts.unstated == counts.total
    assert counts.done == sum(p.done for p in problems)
    assert dict(counts.states) == {"done": counts.done, "open": counts.open, "unstated": counts.unstated}
    assert set(dict(counts.states)) == set(STATES.entries)
    assert counts.percent() == "" or counts.unstated == 0
    assert sorted(counts.shown) == sorted((key, n) for key, n in counts.by_status if n)
    data = counts.data()
    assert data["total"] == data["done"] + data["open"] + data["unstated"] == sum(data["by_status"].values())


@settings(deadline=None)
@given(problems)
def test_overdue_is_open_with_its_deadline_before_the_day(problems: list[Problem]):
    counts = count(problems, TODAY)
    assert counts.overdue == sum(p.open and p.deadline is not None and p.deadline < TODAY for p in problems)
    assert counts.overdue <= counts.open


@pytest.mark.parametrize(
    ("deadline", "overdue"), [(date(2024, 7, 16), True), (date(2024, 7, 17), False), (None, False)]
)
def test_the_day_of_the_deadline_is_still_in_time(deadline: date | None, overdue: bool):
    assert Problem("a", "01", "甲", "ongoing", deadline=deadline).overdue(TODAY) is overdue
    assert not Problem("a", "01", "甲", "closed-out", deadline=deadline).overdue(TODAY)
    assert not Problem("a", "01", "甲", "unstated", deadline=deadline).overdue(TODAY)


@pytest.mark.parametrize(
    ("counts", "percent"),
    [
        (of(), ""),
        (of(done=8, ongoing=17), "32.0%"),
        (of(done=1, closed_out=1, staged=1), "66.7%"),
        (of(pending=1), "0.0%"),
        (of(done=1, unstated=1), ""),
    ],
)
def test_the_rate_is_of_done_and_closed_out_alone(counts: Counts, percent: str):
    assert counts.percent() == percent


def test_the_headline_of_the_contract():
    stated = {"total": 25, "done": 3}
    for counts, english, chinese in (
        (of(done=8, ongoing=17), "8 done, 17 ongoing", "已完成8个，持续推进17个"),
        # A sum of several statuses has the name of none.
        (
            of(done=7, closed_out=1, ongoing=15, staged=1, pending=1),
            "8 done (including closed out), 17 not done yet",
            "已完成（含已销号）8个，尚未完成17个",
        ),
    ):
        assert headline(counts.data(), stated, language("en")) == f"25 problems: {english}"
        assert headline(counts.data(), stated, language("zh")) == f"25个问题：{chinese}"


@pytest.mark.parametrize(
    ("counts", "stated", "chinese", "english"),
    [
        (
            of(unstated=25),
            {"total": 25, "done": 8, "ongoing": 17},
            "25个问题：逐项状态未单独公布；通报称已完成8个、持续推进17个",
            "25 problems: their statuses are not stated one by one; the notice states 8 done, 17 ongoing",
        ),
        (
            of(unstated=1),
            {"total": 1, "unstated": 1},
            "1个问题：逐项状态未单独公布",
            "1 problem: its status is not stated",
        ),
        (
            of(done=2, ongoing=3, unstated=20),
            {"total": 25, "closed-out": 8},
            "25个问题：已完成2个，持续推进3个，未单独公布20个；通报称已销号8个",
            "25 problems: 2 done, 3 ongoing, 20 not stated; the notice states 8 closed out",
        ),
    ],
)
def test_the_headline_where_the_notice_states_no_status(counts, stated, chinese, english):
    assert headline(counts.data(), stated, language("zh")) == chinese
    assert headline(counts.data(), stated, language("en")) == english
