"""The public text of a source file: what is in it, and where."""

import sys
from pathlib import Path

import pytest

from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, Keys
from rectify.sources import front_matter
from rectify.sources.public_text import PublicText, public_text


def read(head: str, body: str = "", keys: Keys = DISCLOSURE_KEYS) -> PublicText:
    text = f"---\n{head}\n---\n{body}"
    return public_text(text, "index.md", front_matter.parse(text, "index.md"), keys, {"title": 2})


def words(head: str, keys: Keys = DISCLOSURE_KEYS) -> list[str]:
    """Return the text of a front matter without blanks."""
    text = read(head, keys=keys)
    return ["".join(line.split()) for number, line in text.lines if number < text.body_line]


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("标题: 供水情况", "供水情况"),
        ("标题:   供水情况", "供水情况"),
        ('标题: "供水情况"', "供水情况"),
        ("标题: '供水情况'", "供水情况"),
        ("标题：供水情况", "供水情况"),
        ("联系方式: {电话: 0000-1, 地址: 安和路6号}", "安和路6号"),
        ("成效:\n  - {名称: 追缴资金, 数量: 3}", "追缴资金"),
        ("标题: |\n  供水情况\n    另一行", "另一行"),
        ("标题: >-\n  供水\n  情况", "情况"),
        ("标题: 供水\n  情况", "情况"),
        ('标题: "供水\n  情况"', "情况"),
    ],
)
def test_words_stand_in_the_columns_of_the_file(head: str, word: str):
    number, line = next((number, line) for number, line in read(head).lines if word in line)
    written = f"---\n{head}".split("\n")[number - 1].replace("：", ": ")
    assert line.index(word) == written.index(word)


def test_keys_and_signs_of_yaml_are_blanks():
    head = "问题: 台账不全\n状态: 已完成\n整改措施: [补登, '抽查', {内容: 通报, 状态: 已完成}]\n进展:\n  - 日期: 2024-06-20\n    内容: |\n      全部补登。\n    附件: [files/a.pdf]"
    assert words(head, PROBLEM_KEYS) == [
        "台账不全",
        "已完成",
        "补登抽查通报已完成",
        "全部补登。",
        "files/a.pdf",
    ]


@pytest.mark.parametrize(
    "internal",
    [
        "审批: {提出: 机关党委, 批准: 党组}",
        "审批:\n  提出: 机关党委\n  日期: 2024-10-15",
        "豁免:\n  - 规则: P002\n    理由: 值班手机\n    原文: '13800000000'",
        "approval: {form_no: 2024-7}",
    ],
)
@pytest.mark.parametrize("before", ["标题: 供水", "联系方式:\n  电话: 0000-1", "联系方式:\n  电话: 0000-1\n\n# 内部\n"])
def test_internal_keys_are_left_out_wherever_they_stand(internal: str, before: str):
    alone = words(before)
    assert words(f"{before}\n{internal}") == words(f"{internal}\n{before}") == alone


def test_of_contacts_the_labels_are_kept():
    assert words("联系方式:\n  电话: 0000-1\n  # 值班 13800000000\n  地址: 安和路6号 # 东门") == [
        "电话0000-1",
        "地址安和路6号",
    ]
    assert words("联系方式: {电话: 0000-1, 地址: 安和路6号}") == ["电话0000-1地址安和路6号"]


def test_comments_are_left_out():
    assert words("标题: 供水 # 待核\n# 内部\n单位: >\n  水务局\n# 内部\n轮次: 第一轮") == ["供水", "水务局", "第一轮"]
    assert [line.strip() for _, line in read("标题: 供水", "\n甲<!-- 内部\n内部 -->乙\n").lines[1:]] == [
        "",
        "甲",
        "乙",
        "",
    ]


def test_a_hash_inside_a_text_is_no_comment():
    assert words("标题: 供水#2\n单位: |\n  # 水务局") == ["供水#2", "#水务局"]


def test_lines_of_the_body_are_those_of_the_file():
    text = read("标题: 供水", "\n第一段。\n\n第二段。\n")
    assert text.body_line == 4
    assert [(number, line) for number, line in text.lines if line.endswith("段。")] == [
        (5, "第一段。"),
        (7, "第二段。"),
    ]


def test_without_a_front_matter_there_is_the_text_alone():
    text = public_text("第一段。\n", "a.md", front_matter.parse("第一段。\n", "a.md"), DISCLOSURE_KEYS, {})
    assert text.lines[0] == (1, "第一段。")
    broken = "---\n标题: [供水\n---\n\n正文。\n"
    assert [
        line
        for _, line in public_text(broken, "a.md", front_matter.parse(broken, "a.md"), DISCLOSURE_KEYS, {}).lines
        if line
    ] == ["正文。"]


def test_thousands_of_nested_lists_are_read():
    assert words(f"标题: {'[' * 3000}供水{']' * 3000}") == ["供水"]


@pytest.mark.parametrize(
    "value",
    [
        "&x [*x]",
        "&x {a: *x, b: 甲}",
        "[" + ", ".join(["&a0 [甲, 甲]"] + [f"&a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]) + "]",
    ],
)
def test_a_value_that_holds_itself_or_doubles_without_end_is_read_once(make_site, value: str):
    site = make_site({"reports/2024-a/01.md": f"---\n问题: 台账不全\n标记: {value}\n---\n"})
    checked = site.run(str(Path(sys.executable).with_name("rectify")), "check", timeout=60)
    assert checked.exit == 1 and "标记" in checked.out and "Traceback" not in checked.out
