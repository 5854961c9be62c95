"""The course of the counts by month, held against a slow reading of the same entries."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rectify.core.counts import count
from rectify.core.model import Disclosure, Problem, Progress
from rectify.core.months import UNTOLD, by_month
from rectify.core.vocabulary import STATUSES

DAYS = st.dates(date(2023, 1, 1), date(2024, 12, 31))
KEYS = [status.key for status in STATUSES]
ENTRIES = st.lists(st.tuples(DAYS, st.sampled_from(["", *KEYS])), max_size=4).map(sorted)
PROBLEMS = st.lists(st.tuples(st.sampled_from(KEYS), ENTRIES), max_size=4)


def disclosure(number: int, published: date, as_of: date, feedback: date | None) -> Disclosure:
    return Disclosure(f"2023-{number}", "报告", "", "局", as_of, published, feedback=feedback)


def problem(status: str, entries: list[tuple[date, str]]) -> Problem:
    return Problem("2023-0", "01", "题", status, progress=tuple(Progress(day, "", key) for day, key in entries))


def begins(one: Disclosure, last: date) -> date:
    """The day from which its problems count."""
    return min(one.published, one.feedback or one.published, last)


def status_at(one: Disclosure, p: Problem, end: date, last: date) -> str:
    """The status at the end of a month, read entry by entry."""
    settled = max(min(one.as_of, last), begins(one, last))
    if (end.year, end.month) >= (settled.year, settled.month):
        return p.status
    return next((e.status for e in reversed(p.progress) if e.status and e.date <= end), UNTOLD)


@given(st.lists(st.tuples(DAYS, DAYS, st.none() | DAYS, PROBLEMS), max_size=3), DAYS)
def test_every_month_counts_what_the_entries_say(drawn, on):
    made = [
        (disclosure(n, published, as_of, feedback), [problem(*p) for p in problems])
        for n, (published, as_of, feedback, problems) in enumerate(drawn)
    ]
    months = by_month(made, on)
    for month in months:
        end = (date(month.year, month.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        there = [(d, p) for d, ps in made for p in ps if begins(d, on) <= end]
        expected = count([p._replace(status=status_at(d, p, end, on)) for d, p in there], date(2000, 1, 1))
        assert month.counts == expected, month
    if made:
        assert months[-1].counts == count([p for _, ps in made for p in ps], date(2000, 1, 1))
        assert sum(month.published for month in months) == len(made)
        assert (months[0].year, months[0].month) == min((d.year, d.month) for d in (begins(d, on) for d, _ in made))
    else:
        assert months == ()
