"""Characters and pairs of them."""

import pytest

from rectify.prose import examine_text


@pytest.mark.parametrize(
    ("text", "token", "right"),
    [
        ("达到９８％。", "９８％", "98%"),
        ("线上＋线下", "＋", "+"),
        ("第１－２组", "１－２", "1-2"),
        ("Ａ类", "Ａ", "A"),
    ],
)
def test_full_width_forms_are_found_with_the_right_ones(text: str, token: str, right: str):
    (found,) = examine_text([(1, text)], "a.txt")
    assert (found.kind, dict(found.values)["token"], dict(found.values)["allowed"]) == ("fullwidth_char", token, right)


@pytest.mark.parametrize("text", ["达到98%。", "（一）总体；要求：", "“线上”、线下！", "〔2024〕3号"])
def test_chinese_punctuation_is_not_full_width(held, text: str):
    assert held(text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [("方向,自觉", ","), ("如下:一是", ":"), ("中国(清川)园区", "("), ("完成;推进", ";"), ("“整改”,落实", ",")],
)
def test_half_width_marks_between_characters_are_found(tokens, text: str, token: str):
    assert tokens("halfwidth_punct", text)[0] == token


@pytest.mark.parametrize(
    "text", ["8:30至12:00", "比例为3:1", "见https://example.gov.cn/a?b=c", "1,200元", "a,b", "状态: 已完成"]
)
def test_half_width_marks_beside_digits_and_letters_are_right(tokens, text: str):
    assert tokens("halfwidth_punct", text) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("方向,自觉。" * 11, 1),
        ("方向,自觉;落实。" * 11, 2),
        ("方向,自觉。" * 10, 10),
        ("方向,自觉，落实。" * 11, 11),
    ],
    ids=["throughout", "two signs", "too few for a habit", "as often as not"],
)
def test_a_habit_of_half_width_marks_is_told_once(tokens, text: str, times: int):
    assert len(tokens("halfwidth_punct", text)) == times


@pytest.mark.parametrize("text", ["\u00a0今年", "整\u200b改", "整\u00ad改", "\uf0b7一是", "整改\ufeff"])
def test_invisible_characters_are_found(held, text: str):
    assert [kind for kind, _ in held(text)] == ["nbsp"]


@pytest.mark.parametrize("text", ["　　今年以来", "a b\tc", "（一） 总体"])
def test_ordinary_spaces_are_none(tokens, text: str):
    assert tokens("nbsp", text) == []


def test_an_indented_number_among_flush_ones_is_found(tokens):
    assert tokens("fullwidth_space_indent", "（一）甲\n　（二）乙\n（三）丙") == ["　"]
    assert tokens("fullwidth_space_indent", "1.甲\n2.乙\n　　3.丙") == ["　　"]
    assert tokens("fullwidth_space_indent", "一、甲\n二、乙\n　三、丙") == ["　"]


@pytest.mark.parametrize(
    "text",
    ["　　（一）甲\n　　（二）乙", "一、甲\n　　（一）乙\n　　（二）丙", "　　今年以来\n今年", "　（一）甲\n（二）乙"],
)
def test_an_indent_that_the_text_keeps_to_is_none(tokens, text: str):
    assert tokens("fullwidth_space_indent", text) == []


@pytest.mark.parametrize("text", ["整改\ufffd情况", "锟斤拷锟斤拷", "烫烫烫烫", "锘一、总体", "å·¥ä½\x9c"])
def test_garbled_text_is_found(tokens, text: str):
    assert tokens("mojibake", text)


@pytest.mark.parametrize("text", ["烫伤", "元素锘", "café", "屯里"])
def test_rare_characters_are_not_garbled(tokens, text: str):
    assert tokens("mojibake", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于“整改问题的", ["“"]),
        ("关于整改”问题", ["”"]),
        ("《清川市办法", ["《"]),
        ("（试行", ["（"]),
        ("（一）“甲（乙”丙", ["（"]),
        ("甲】乙", ["】"]),
    ],
)
def test_a_mark_without_its_partner_is_found(tokens, text: str, expected: list[str]):
    assert tokens("unbalanced_quotes", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“‘三会一课’制度”",
        "《关于〈办法〉的通知》（试行）",
        "1）甲；2）乙",
        "一）总体",
        "（1)甲",
        "It’s",
        "“第一段\n“第二段”",
        "中国（清川）园区",
    ],
)
def test_pairs_ordinals_apostrophes_and_long_quotations_are_right(tokens, text: str):
    assert tokens("unbalanced_quotes", text) == []


@pytest.mark.parametrize("text", ["《关于《办法》的通知》", "印发《落实《关于抓好整改的意见》方案》", "《甲“《乙》”》"])
def test_book_marks_inside_book_marks_are_found(tokens, text: str):
    assert tokens("nested_book_marks", text) == ["《"]


@pytest.mark.parametrize("text", ["《甲》《乙》", "《关于〈办法〉的通知》", "（《甲》）"])
def test_book_marks_side_by_side_are_right(tokens, text: str):
    assert tokens("nested_book_marks", text) == []


def test_a_full_width_point_behind_the_number_of_a_heading_is_usual():
    assert [one.kind for one in examine_text([(1, "12．关于台账"), (2, "　3．公示")], "a.txt")] == []
    assert [one.kind for one in examine_text([(1, "漏损率1．5个点")], "a.txt")] == ["fullwidth_char"]
