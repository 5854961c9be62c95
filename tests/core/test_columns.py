"""Widths of texts, against what terminals and sheets show."""

import pytest

from rectify.core.columns import columns_of, padded


@pytest.mark.parametrize(
    ("text", "terminal", "sheet"),
    [("", 0, 0), ("a1", 2, 2), ("整改", 4, 4), ("１，", 4, 4), ("ｱ", 1, 1), ("“…”", 3, 6)],
)
def test_columns(text, terminal, sheet):
    assert (columns_of(text), columns_of(text, in_chinese_font=True)) == (terminal, sheet)


def test_a_text_is_filled_up_and_never_cut():
    assert padded("整改", 6) == "整改  " and padded("整改", 3) == "整改"
