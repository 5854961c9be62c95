import html
import re

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rectify.sources.markdown_text import table, to_markdown

EXTENSIONS = ["tables", "sane_lists"]
"""Those of mkdocs.yml."""


def shown(text: str) -> list[str]:
    """The paragraphs a reader sees; anything but paragraphs comes out as it is, and fails the comparison."""
    blocks = re.findall(r"<p>(.*?)</p>|<(\w+)", markdown.markdown(text, extensions=EXTENSIONS), re.DOTALL)
    return [html.unescape(body) if not tag else f"<{tag}>" for body, tag in blocks]


def blanks(text: str) -> str:
    return " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", " ", text).split())


@pytest.mark.parametrize(
    "line",
    [
        "推动**局事业，市*局、电话138****1234",
        "《*活动方案》*号",
        "# 号开头",
        "##paidbegin##（三）",
        "#20240617-03",
        "1. 数字",
        "12) 括号",
        "1.关于",
        "- 横线",
        "+ 加号",
        "---",
        "- - -",
        "===",
        "> 引号",
        "<党组>会议",
        "<b>粗</b>",
        "<!-- 注 -->",
        "<https://a.example>",
        "<12345@a.example>",
        "<甲@a<b>",
        "&nbsp;&amp;&#39;",
        "&#65",
        "甲&#x41乙&#Xa",
        "A&B",
        "`反引号`",
        "_下划线_甲_乙_",
        "a_b_c",
        "[文字](http://a.example)",
        "[文字][1]",
        "[1]: http://a.example",
        "[普通]方括号",
        "![图](a.png)",
        r"D:\数据\*.doc \\ \_",
        "|甲|乙|",
        "~~~",
        "甲  ",
        "***",
        "* * *",
        "____",
        "__甲__",
        "“甲”*乙*",
        "$x$ ^甲^",
        "{: .a}",
        ":::",
        "甲\\",
        "!甲",
        "1\\.甲",
        "<甲 乙>",
        "</p>",
        "<?php",
    ],
)
def test_signs_are_shown_as_they_are(line):
    assert shown(to_markdown([line])) == [blanks(line)]


@pytest.mark.parametrize(
    "line",
    [
        "2024年整改完成98％。",
        "一是“三会一课”；二是（略）。",
        "1.关于台账",
        "金额1,240.5万元",
        "时间8:30—12:00",
        "A-B",
        "[2024]5号",
        "A&B、&#号",
        "5<6",
    ],
)
def test_ordinary_text_gets_no_signs(line):
    assert to_markdown([line]) == line


def test_indentation_and_blank_lines():
    assert to_markdown(["    四个空格", "　　全角", "\t制表", "", "甲\n乙"]) == "四个空格\n\n全角\n\n制表\n\n甲\n\n乙"


_signs = st.text(alphabet="*_`#<>[]()!&;\\-+=|~.:1甲 a党\t/'\"{}^$", max_size=30)


@settings(max_examples=500)
@given(st.lists(st.one_of(_signs, st.text(max_size=30)), max_size=4))
@example(["1.\u2028甲", "\ufffe"])
def test_any_text_is_shown_as_it_is(lines):
    expected = [blanks(part) for line in lines for part in line.split("\n") if blanks(part)]
    assert [blanks(one) for one in shown(to_markdown(lines))] == expected


def test_a_table_with_signs_in_its_cells():
    text = table([["序号", "问题|表现"], ["1", "*局 <b>", "多一格"]])
    found = re.findall(r"<t[hd]>(.*?)</t[hd]>", markdown.markdown(text, extensions=EXTENSIONS))
    assert [html.unescape(one) for one in found] == ["序号", "问题|表现", "", "1", "*局 <b>", "多一格"]
