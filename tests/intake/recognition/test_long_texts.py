"""Passes over the lines of a document take time in proportion to their number, wherever its sentences end."""

import pytest

from helpers.growth import assert_linear
from rectify.intake.outline import Paragraph
from rectify.intake.recognition.leads import with_leads
from rectify.intake.recognition.wrapped import unwrapped


def lines(*texts: str):
    return lambda number: [Paragraph(texts[line % len(texts)], line) for line in range(number)]


@pytest.mark.parametrize(
    ("work", "make"),
    [
        (unwrapped, lines("市" * 30)),
        (unwrapped, lines(*["市" * 30] * 6, "市" * 29 + "。")),
        (with_leads, lines("针对“窗口排队较久”的问题：已完成")),
    ],
    ids=["no sentence ends", "sentences end", "leads"],
)
def test_more_lines_take_longer_in_proportion(work, make):
    assert_linear(make, work, 8_000)
