"""The days from feedback to done: of stated days alone, with how many problems they are of."""

from datetime import date

from rectify.core.durations import durations
from rectify.core.model import Disclosure, Problem, Progress

DAY = date(2024, 5, 10)


def disclosure(feedback: date | None) -> Disclosure:
    return Disclosure("2024-a", "报告", "", "局", date(2024, 12, 31), date(2025, 1, 10), feedback=feedback)


def problem(status: str, *entries: tuple[date, str]) -> Problem:
    return Problem("2024-a", "01", "题", status, progress=tuple(Progress(day, "", key) for day, key in entries))


DONE = problem("done", (date(2024, 5, 20), "done"), (date(2024, 8, 1), ""))
CLOSED = problem("closed-out", (date(2024, 6, 9), "done"), (date(2024, 9, 1), "closed-out"))
REOPENED = problem("done", (date(2024, 6, 1), "done"), (date(2024, 7, 1), "ongoing"), (date(2024, 8, 18), "done"))
EARLY = problem("done", (date(2024, 4, 1), "done"))
UNDATED = problem("done", (date(2024, 6, 1), ""))
OPEN = problem("ongoing", (date(2024, 6, 1), "done"), (date(2024, 7, 1), "ongoing"))


def test_what_is_not_stated_is_not_counted_and_how_many_are_is_told():
    made = durations([(disclosure(DAY), [DONE, CLOSED, REOPENED, EARLY, UNDATED, OPEN]), (disclosure(None), [DONE])])
    assert (made.days, made.number, made.done) == ((0, 10, 30, 100), 4, 6)
    assert made.data() == {"median_days": 20, "problems": 4, "done": 6}


def test_the_median_is_to_half_a_day_and_none_without_days():
    assert durations([(disclosure(DAY), [DONE, problem("done", (date(2024, 5, 31), "done"))])]).middle == 15.5
    assert durations([(disclosure(DAY), [OPEN, UNDATED])]).data() == {"median_days": None, "problems": 0, "done": 1}
