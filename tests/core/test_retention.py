"""For how long details are public."""

from datetime import date

import pytest

from rectify.core.model import Disclosure, Problem, Withdrawal
from rectify.core.register import Register
from rectify.core.retention import Retention

TOLD = Disclosure("2024-a", "整改情况", "rectification", "水务局", date(2024, 2, 20), date(2024, 2, 29), body="秘。")
BY_HAND = Withdrawal(date(2024, 3, 1), "涉及第三方")
PROBLEMS = (
    Problem(
        "2024-a", "01", "秘", "ongoing", category="供水", lead="秘", deadline=date(2024, 5, 1), flags=("extended",)
    ),
    Problem("2024-a", "02", "秘", "done", priority=("money",), withdrawn=BY_HAND),
)


@pytest.mark.parametrize(
    ("until", "years", "end"),
    [
        (None, 0, None),
        (None, 1, date(2025, 3, 1)),  # a year without the day
        (None, 4, date(2028, 2, 29)),
        (date(2024, 6, 1), 0, date(2024, 6, 1)),
        (date(2024, 6, 1), 4, date(2024, 6, 1)),  # what a disclosure states goes before the rule
        (None, 9000, None),
    ],
)
def test_the_end_of_a_term(until, years, end):
    told = TOLD._replace(until=until)
    assert Retention(date(2030, 1, 1), years).end_of(told) == end
    assert not Retention(None, years).is_over(told)
    if end:
        day_before = end.fromordinal(end.toordinal() - 1)
        assert Retention(end, years).is_over(told) and not Retention(day_before, years).is_over(told)
        assert Retention(day_before, years).ends_within(told, 30) == end
        assert Retention(end, years).ends_within(told, 30) is None


def test_the_entry_stays_with_all_that_is_counted():
    before = Register([TOLD], {"2024-a": PROBLEMS}, date(2026, 1, 1))
    over, problems = Retention(date(2025, 3, 1), 1).applied(TOLD, PROBLEMS)
    after = Register([over], {"2024-a": problems}, date(2026, 1, 1))
    assert "秘" in repr(before.problems) and "秘" not in repr(after.problems) + repr(after.disclosures)
    assert (after.counts, after.matter_count) == (before.counts, before.matter_count)
    assert [list(index) for index in (after.by_category, after.by_flag)] == [["供水"], ["extended"]]
    assert after.disclosures[0].until == date(2025, 3, 1)
    assert after.problems[1].withdrawn == BY_HAND
