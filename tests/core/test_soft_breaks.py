"""A line that an editor wrapped between two Chinese characters has no blank there, wherever its text is shown."""

import pytest

from rectify.core.soft_breaks import join_lines
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.host.bodies import Bodies
from rectify.outputs.blocks import plain_text
from rectify.outputs.search_text import tidy
from rectify.sources.edit import read

WRAPPED = "由值班\n人员签字，\n“按月”归\n档。共\n25个 \n问题"
JOINED = "由值班人员签字，“按月”归档。共 25个问题"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("值班\n人员", "值班人员"),
        ("值班 \n\t人员", "值班人员"),
        ("值班。\n“人员", "值班。“人员"),
        ("共\n25个", "共\n25个"),
        ("値札\nカタ", "値札カタ"),
        ("한국\n말", "한국\n말"),
        ("一\n\n二", "一\n\n二"),
        ("<p>一</p>\n<p>二</p>", "<p>一</p>\n<p>二</p>"),
        (
            "<p><strong>一</strong>\n<a href='x'>二</a><br />\n三</p>",
            "<p><strong>一</strong><a href='x'>二</a><br />\n三</p>",
        ),
    ],
)
def test_join_lines(text: str, joined: str):
    assert join_lines(text) == joined


def test_a_wrapped_paragraph_everywhere():
    emphatic = f"**{WRAPPED}**"
    assert " ".join(Bodies().problem(WRAPPED, "").text.split()) == JOINED
    assert " ".join(Bodies().problem(emphatic, "").text.split()) == JOINED
    assert plain_text(WRAPPED) == plain_text(emphatic) == tidy(WRAPPED) == JOINED


def test_a_wrapped_value():
    entry = "\n".join(f"      {line}" for line in WRAPPED.split("\n"))
    head = "---\n问题: 甲\n状态: 已完成\n进展:\n"
    for style in ("", " >"):
        text = f"{head}  - 日期: 2024-01-01\n    内容:{style}\n{entry}\n---\n"
        assert read(text, PROBLEM_KEYS).values["progress"][0].text == JOINED
    text = f"{head}  - 日期: 2024-01-01\n    内容: |\n      一是甲。\n      二是乙。\n---\n"
    assert read(text, PROBLEM_KEYS).values["progress"][0].text == "一是甲。\n二是乙。"


def test_code_keeps_its_lines():
    from markdown import Markdown

    from rectify.outputs.safe_markdown import SafeText

    html = Markdown(extensions=["fenced_code", SafeText(code=True)]).convert(
        "甲\n乙\n\n```\n甲\n乙\n```\n\n    甲\n    乙\n"
    )
    assert html.startswith("<p>甲乙</p>") and html.count("甲\n乙") == 2
