"""Recognition of any text at all: it never raises, and its time grows no faster than the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.growth import assert_linear
from rectify.intake.outline import Outline, Paragraph
from rectify.intake.recognition.consistency import findings
from rectify.intake.recognition.furniture import take_apart
from rectify.intake.recognition.recognise import recognise

PIECES = [
    "一",
    "二",
    "十",
    "、",
    "。",
    "，",
    "：",
    "；",
    "（",
    "）",
    "(",
    ")",
    "【",
    "】",
    "“",
    "”",
    "《",
    "》",
    "①",
    "1",
    "12",
    ".",
    "．",
    " ",
    "\u3000",
    "一是",
    "二是",
    "关于",
    "问题",
    "整改",
    "情况",
    "方面",
    "不到位",
    "已完成",
    "正在",
    "反馈",
    "2024年",
    "9月",
    "30日",
    "截至",
    "个",
    "整改情况",
    "牵头单位",
    "公示",
    "的",
]
SIZE = 40_000


def read(text: str):
    blocks = [Paragraph(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    recognition = recognise(Outline("x.txt", "text", tuple(blocks), lines=len(blocks)), blocks)
    findings(recognition, "x.txt")
    return recognition


@given(st.lists(st.sampled_from([*PIECES, "\n"]), max_size=60).map("".join))
def test_never_raises(text):
    lines = text.count("\n") + 1
    assert all(0 < problem.line <= lines for problem in read(text).problems)


LONG = [
    "甲",
    "1.",
    "一是",
    "一是甲。二是乙。",
    "（",
    "）",
    "“甲”",
    "”",
    "【",
    "，",
    "\u3000",
    "①",
    "问题：",
    "关于“",
    "整改情况：",
    "牵头单位：甲；",
    "反馈12个问题，",
    "反馈",
    "截至",
    "2024年1月1日",
    "追缴1万元、",
    "其中已完成1个、",
    "0000-",
    "a@",
    "[",
]


@pytest.mark.parametrize("joint", ["", "。\n（一）"], ids=["one line", "headings"])
@pytest.mark.parametrize("piece", LONG)
def test_long_repetitions_take_linear_time(piece, joint):
    """40 kB of a repeated piece, on one line and as the text of numbered headings."""

    def repeated(size: int) -> str:
        unit = piece * 40 + joint
        return "清川市水务局关于巡察整改情况的通报\n一、整改落实情况\n" + unit * (size // len(unit.encode()))

    assert_linear(repeated, read, SIZE)


def test_a_head_that_gives_its_title_twice_and_with_other_blanks():
    head = ("标题：关于\t巡察整改", "标题：关于 巡察整改", "发布日期：2024-01-05")
    page = take_apart([Paragraph(text, line) for line, text in enumerate(head, 1)])
    assert [one.text for one in page.kept] == ["关于 巡察整改"]
