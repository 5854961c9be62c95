"""Options with boxes, and which of them is ticked."""

import pytest

from rectify.prose.choice import is_ticked, parted, read_choice


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("☑已完成 □持续推进 □未完成", ["已完成"]),
        ("□已完成/☑基本完成/□未完成", ["基本完成"]),
        ("已完成☑　持续推进☐", ["已完成"]),
        ("已完成（√） 未完成（ ）", ["已完成"]),
        ("（ ）已完成 （√）持续推进", ["持续推进"]),
        ("[x] 是\n[ ] 否", ["是"]),
        ("是否完成：□是 ☒否", ["否"]),
        ("☑是 ☒否", ["是"]),
        ("●已完成 ○推进中", ["已完成"]),
        ("⦿已完成 ○推进中", ["已完成"]),
        ("⬛已完成 ⬜推进中", ["已完成"]),
        ("√已完成", ["已完成"]),
        ("√ 已完成\n   持续推进\n   未启动", ["已完成"]),
        ("□是 □否", []),
        ("□已完成", []),
        ("□已完成 ×推进中", []),
        ("■是 ☑否", ["是", "否"]),
        ("√", None),
        ("×", None),
        ("已完成", None),
        ("○○局（党组）", None),
        ("■修订制度3项，培训120人次，并对照清单逐项核查，形成报告报市委。", None),
        ("按照方案 ☑ 推进", None),
    ],
)
def test_the_ticked_options(text, ticked):
    choice = read_choice(text)
    assert (choice and list(choice.ticked)) == ticked


def test_cells_that_hold_a_tick_only():
    assert [is_ticked(text) for text in ("√", "☑", "（√）", "TRUE", "■")] == [True] * 5
    assert [is_ticked(text) for text in ("", "□", "×", "（ ）", "FALSE")] == [False] * 5
    assert is_ticked("已完成") is None and is_ticked("1") is None


@pytest.mark.parametrize(
    ("text", "options", "ticked"),
    [
        ("已完成√/持续推进", ("已完成", "持续推进"), ("已完成",)),
        ("已完成___ 持续推进_√_", ("已完成", "持续推进"), ("持续推进",)),
        ("已完成/持续推进", ("已完成", "持续推进"), ()),
    ],
)
def test_words_that_strokes_or_blanks_part(text, options, ticked):
    assert parted(text) == (options, ticked) and read_choice(text) is None
