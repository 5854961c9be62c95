"""Which status may follow which, and on which day."""

from datetime import date, timedelta
from itertools import combinations, product

import pytest

from rectify.core.language import language
from rectify.core.transitions import RELAPSED, refusal, untimely
from rectify.core.vocabulary import STATUSES

ORDER = ("unstated", "pending", "ongoing", "staged", "done", "closed-out")
LAST, FEEDBACK, TODAY = date(2024, 8, 15), date(2024, 3, 29), date(2024, 10, 1)
DAY = timedelta(days=1)


def test_the_order_is_that_of_the_vocabulary():
    assert tuple(STATUSES.entries) == ORDER


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in combinations(ORDER, 2) if pair[1] != "closed-out"] + list(zip(ORDER, ORDER))
)
def test_forwards_or_staying_is_possible(before, after):
    assert refusal(before, after) is None


@pytest.mark.parametrize(("after", "before"), list(combinations(ORDER, 2)))
def test_backwards_needs_a_relapse(before, after):
    no = refusal(before, after)
    assert "反弹" in language("zh").say(no) and RELAPSED in language("en").say(no)
    assert refusal(before, after, ("extended",)) is not None
    assert refusal(before, after, (RELAPSED,)) is None


@pytest.mark.parametrize("before", ORDER[:4])
def test_closed_out_needs_done_or_a_verification(before):
    assert "经验收" in str(refusal(before, "closed-out"))
    assert refusal(before, "closed-out", (RELAPSED,)) is not None
    assert refusal(before, "closed-out", verified=True) is None


def test_closed_out_after_done():
    assert refusal("done", "closed-out") is None


@pytest.mark.parametrize("pair", list(product(ORDER, repeat=2)))
def test_a_refusal_speaks_both_languages(pair):
    no = refusal(*pair)
    assert no is None or (STATUSES[pair[1]].label in language("zh").say(no) and pair[1] in language("en").say(no))


@pytest.mark.parametrize(
    ("day", "last", "feedback", "word"),
    [
        (TODAY + DAY, None, None, "还没有到"),
        (LAST - DAY, LAST, FEEDBACK, "早于上一条进展"),
        (FEEDBACK - DAY, None, FEEDBACK, "早于反馈日期"),
    ],
)
def test_a_day_that_cannot_be(day, last, feedback, word):
    assert word in str(untimely(day, last, feedback, TODAY))


@pytest.mark.parametrize(
    ("day", "last", "feedback"),
    [(TODAY, None, None), (LAST, LAST, FEEDBACK), (FEEDBACK, None, FEEDBACK), (FEEDBACK, FEEDBACK - DAY, FEEDBACK)],
)
def test_a_day_that_can_be(day, last, feedback):
    assert untimely(day, last, feedback, TODAY) is None
