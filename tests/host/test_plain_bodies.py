"""The converter for plain texts repeats Markdown, or leaves the text to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.site import ROOT
from rectify.host import plain_bodies
from rectify.host.bodies import Bodies

WORDS = [
    "整改",
    "一是",
    "A",
    "x.",
    "3",
    "2023年",
    "１",
    "。",
    "，",
    "：",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "%",
    "!",
    "'",
    '"',
    "~",
]
MARKUP = [
    "**",
    "**",
    "*",
    "***",
    "#",
    "## ",
    "### ",
    "###### ",
    "##",
    " #",
    "\\",
    "&",
    "<",
    "|",
    "[",
    "_",
    "{: .a }",
    "---",
    "===",
]
BLANKS = [
    "\n",
    "\n\n",
    "\n\n\n",
    "\n## ",
    "\n**",
    "** ",
    " ",
    "  ",
    "　",
    "\t",
    "\r\n",
    "\u2028",
    "\x85",
    "\u00a0",
    "\x0c",
    "    ",
]
STARTS = [
    "\n- ",
    "\n1. ",
    "\n１. ",
    "\n1) ",
    "\n> ",
    "\n+ ",
    "\n* ",
    "\n: ",
    "\n　　",
    "\n---\n",
    "\n=\n",
    "\n**\n",
    "\n\x1a",
]

plain = st.lists(
    st.sampled_from([*WORDS, "\n", "\n\n", "**一是**", "**（二）**", "\n## 题", "\n\n### 题\n\n"]), max_size=25
)
mixed = st.lists(st.sampled_from([*WORDS, *MARKUP, *BLANKS, *STARTS]), max_size=25)


def markdown(text: str) -> str:
    bodies = Bodies()
    return bodies._convert(bodies._plain, text, "reports/a").html


@settings(deadline=None, max_examples=1500)
@given(plain.map("".join) | mixed.map("".join) | st.text(max_size=60))
def test_it_repeats_markdown_or_says_nothing(text: str):
    if text.strip():
        assert plain_bodies.convert(text) in (None, markdown(text))


def test_it_repeats_markdown_on_all_content():
    texts = [path.read_text(encoding="utf-8").split("\n---\n", 1)[-1] for path in (ROOT / "content").rglob("*.md")]
    done = {text: html for text in texts if text.strip() and (html := plain_bodies.convert(text)) is not None}
    assert done
    assert all(html == markdown(text) for text, html in done.items())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("甲\n乙\n\n丙", "<p>甲乙</p>\n<p>丙</p>"),
        ("甲\nA\n\n丙", "<p>甲\nA</p>\n<p>丙</p>"),
        ("\n\n## 一、题\n文\n### 二\n\n\n\n文", "<h2>一、题</h2>\n<p>文</p>\n<h3>二</h3>\n<p>文</p>"),
        ("**一是**甲，**二是** 乙", "<p><strong>一是</strong>甲，<strong>二是</strong> 乙</p>"),
        ("2023年，完成率98.5%。", "<p>2023年，完成率98.5%。</p>"),
    ],
)
def test_html_of(text: str, html: str):
    assert plain_bodies.convert(text) == html == markdown(text)


@pytest.mark.parametrize(
    "text", ["1. 甲", "- 甲", "甲  \n乙", "　　甲", "甲*乙*", "**甲 **", "A&B", "甲_乙", "# 题 #", "甲\n---"]
)
def test_markdown_is_left_to_markdown(text: str):
    assert plain_bodies.convert(text) is None
