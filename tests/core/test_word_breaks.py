"""Titles in the pieces between which a line may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.word_breaks import words_of

TEXT = st.text(
    st.sampled_from("整改问题清川市不的台账，、《》“”（）2.5 GPM廠𠮷") | st.characters(codec="utf-8"), max_size=40
)


@given(TEXT)
def test_the_pieces_are_the_text(text):
    assert "".join(words_of(text)) == text and "" not in words_of(text)


@pytest.mark.parametrize(
    "expected",
    [
        "党费|收缴|公示|不及时",
        "清川市民政局|党组|关于|市委|巡察|“回头看”|整改|情况的|报告",
        "健全|大宗|食材|采购|制度",
        "饮用水源|保护、|统计|数据|审核|随意性|较大",
        "柳港村塑料|加工厂|夜间|生产|噪声大",
        "关于|2023年度|预算|执行|和财政|收支|审计|整改|情况的|报告",
        "VOCs治理、|G107沿线|（二期）|餐厨|垃圾|收运",
        "新媒体|账号|管理|松散",
        "黑臭|水体|治理后|反弹|（第11项）",
        "第3轮巡察|反馈",
        # Characters that no list knows are no place to break.
        "白苇县关于市生态环境|保护|督察|反馈|问题",
        "部分|斷面水質未達|年度|目標",
    ],
)
def test_lines_end_between_words(expected):
    assert "|".join(words_of(expected.replace("|", ""))) == expected


def test_no_word_of_the_field_is_cut():
    """Among them those that other segmenters cut."""
    whole = "党组 年度 收支 回头看 立行立改 三重一大 台账 纠而复生 底数 出入库 便民服务站 情况 问题 委员会 报告 保证金".split()
    for word in whole:
        for text in (f"关于{word}的报告", f"{word}管理不规范", f"整改{word}"):
            starts = [text.index(word) + at for at in range(1, len(word))]
            ends, at = [], 0
            for piece in words_of(text):
                at += len(piece)
                ends.append(at)
            assert not set(starts) & set(ends), (word, words_of(text))
