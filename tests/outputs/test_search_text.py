"""Folding and cutting into terms."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.outputs.search_text import HAN, fold, grid, origins, pair_term, pairs, terms, tidy, words

TEXT = st.text(
    st.sampled_from("整改问题内控制度ａＡa12３４.．，。、《》 \n㎡①ﬁ𠮷々ｶﾞ½İ") | st.characters(codec="utf-8"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("７．１３２万元", "7.132万元"),
        ("“内控”，制度。", "“内控”,制度。"),
        ("（一）㎡①", "(一)m21"),
        ("Ⅳ类ﬁ", "iv类fi"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("𠮷林", "𠮷林"),
    ],
)
def test_forms_fold_together(text, folded):
    assert fold(text) == folded


@given(TEXT)
def test_every_folded_character_has_its_original(text):
    places = origins(text)
    assert len(places) == len(fold(text))
    assert places == sorted(places)
    assert all(char in fold(text[place]) for char, place in zip(fold(text), places))


@given(TEXT, TEXT)
def test_folding_is_character_by_character(one, other):
    assert fold(one + other) == fold(one) + fold(other)


@given(TEXT)
def test_a_grid_keeps_positions(text):
    assert len(grid(fold(text))) == len(fold(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("内控制度", ["内控", "控制", "制度", "度"]),
        ("内控、制度", ["内控", "控", "制度", "度"]),
        ("共12项", ["共1", "12", "2项", "项", "12"]),
        ("7.132万元", ["7.", ".1", "13", "32", "2万", "万元", "元", "7.132"]),
        ("PPP项目 A-1", ["pp", "pp", "p项", "项目", "目", "a", "1", "ppp", "a", "1"]),
        ("第3.", ["第3", "3", "3"]),
        ("", []),
    ],
)
def test_terms(text, expected):
    assert [term for term, _ in terms(fold(text))] == expected


@given(TEXT)
def test_terms_stand_where_they_say(text):
    folded = fold(text)
    for term, place in terms(folded):
        assert folded[place : place + len(term)] == term


@given(TEXT)
def test_every_letter_begins_one_term(text):
    folded = fold(text)
    begun = [place for pair, place in zip(pairs(grid(folded)), range(len(folded))) if pair_term(pair)]
    assert begun == [place for place, char in enumerate(grid(folded)) if char != " "]


@given(TEXT)
def test_words_hold_no_han(text):
    assert not any(re.match(f"[{HAN}]", char) for word, _ in words(fold(text)) for char in word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修订采购内控\n制度。", "修订采购内控制度。"),
        ("第一段。\n\n第二段", "第一段。 第二段"),
        ("标题\n\n正文", "标题 正文"),
        ("项目 A\n项目 B", "项目 A 项目 B"),
        ("  前\u3000后\t", "前 后"),
    ],
)
def test_tidy(text, expected):
    assert tidy(text) == expected
