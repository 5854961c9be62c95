"""Codes of characters, those among them that the standard library cannot read included."""

import pytest

from rectify.core.entities import unescape


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("甲&amp;乙", "甲&乙"),
        ("&#65;&#x41;", "AA"),
        (f"&#{'0' * 5000}65;", "A"),
        (f"&#{'9' * 5000};尾", "\ufffd尾"),
        (f"&#x{'0' * 5000}41;", "A"),
        ("没有", "没有"),
    ],
    ids=lambda value: value[:20],
)
def test_codes_of_any_length_are_read_as_browsers_read_them(written: str, read: str):
    assert unescape(written) == read
