"""A few rows of many, not all of one unit."""

import pytest

from rectify.host.spread import passes_over, spread


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ("aaaabc", "aabc"),
        ("aaaa", "aaaa"),
        ("abcd", "abcd"),
        ("aaaaab", "aaab"),
        ("aabbccdd", "aabb"),
        ("", ""),
    ],
)
def test_no_unit_fills_a_short_list_alone(rows, chosen):
    numbered = list(enumerate(rows))
    made = spread(numbered, lambda row: row[1], most=4)
    assert "".join(unit for _, unit in made) == chosen and made == sorted(made)
    assert passes_over(made, numbered) == (not rows.startswith(chosen))
