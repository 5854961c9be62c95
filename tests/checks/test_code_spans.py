"""Code in a line is blanked, and nothing else."""

import pytest

from rectify.checks.code_spans import blank_code


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("甲`乙`丙", "甲   丙"),
        ("``甲`乙``丙", "       丙"),
        ("`甲``乙`", "      "),
        ("甲`乙", "甲`乙"),
        ("``甲`", "``甲`"),
        ("`甲`乙`丙", "   乙`丙"),
        ("甲", "甲"),
    ],
)
def test_code_ends_with_as_many_backticks_as_it_began_with(line: str, blank: str):
    assert blank_code(line) == blank
