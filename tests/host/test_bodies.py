"""Markdown bodies: what is published of them, and that leaving out idle patterns changes nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from helpers.cases import DISCLOSURE
from rectify.host.bodies import BASE, Bodies, headings_below

PIECES = [
    "整改",
    "台账",
    "一是",
    "*",
    "**",
    "_",
    "`",
    "\\",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "&",
    "&amp;",
    "  \n",
    "\n\n",
    "# ",
    "- ",
    "1. ",
    " ",
    "a.md",
    "http://a.example",
    "|",
    "\n",
    "<!-- x -->",
    "x@y.example",
    "^",
    "~",
]

texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80)


@settings(deadline=None, max_examples=400)
@given(texts)
def test_leaving_out_patterns_that_cannot_match_changes_nothing(text: str):
    quick, plain = Bodies(), Bodies()
    for patterns in plain._patterns.values():
        patterns.fit = lambda text: None
    assert quick.problem(text, "reports/a") == plain.problem(text, "reports/a")
    assert quick.prose(text, "reports/a") == plain.prose(text, "reports/a")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("《<党组>意见》", "<p>《&lt;党组&gt;意见》</p>"),
        ("    四个空格开头", "<p>四个空格开头</p>"),
        ("[甲](javascript:alert(1))", '<p><a href="#">甲</a></p>'),
        ("![图](https://elsewhere.example/a.png)", '<p><a href="https://elsewhere.example/a.png">图</a></p>'),
        ("![图](files/a.png)", f'<p><img alt="图" src="{BASE}reports/a/files/a.png" /></p>'),
        ("[二](02.md)", f'<p><a href="{BASE}reports/a/02/">二</a></p>'),
        ("[通报](../b/index.md#text-x)", f'<p><a href="{BASE}reports/b/#text-x">通报</a></p>'),
        ("甲<!-- 内部备注 -->乙", "<p>甲乙</p>"),
        ("3. 从三开始", '<ol start="3">\n<li>从三开始</li>\n</ol>'),
    ],
)
def test_html_of(markdown: str, html: str):
    assert Bodies().problem(markdown, "reports/a").html == html


def test_links_are_those_into_the_site_as_written():
    body = Bodies().problem("[甲](02.md) [乙](files/a%20b.pdf) [丙](https://a.example) [丁](#x)", "reports/a")
    assert body.links == ("02.md", "files/a%20b.pdf", "#x")


def test_the_plain_text_has_no_markup_and_keeps_blocks_apart():
    body = Bodies().problem("## 题\n\n**一是**做A&B。\n\n- [二](02.md)", "reports/a")
    assert [line for line in body.text.split("\n") if line.strip()] == ["题", "一是做A&B。", "二"]


def test_prose_has_an_outline():
    body = Bodies().prose("## 一、总体情况\n\n文\n\n## 二、下一步\n", "reports/a")
    assert body.headings == (("text-一-总体情况", "一、总体情况"), ("text-二-下一步", "二、下一步"))
    assert 'id="text-一-总体情况"' in body.html


@pytest.mark.parametrize(
    ("markdown", "level", "tags"),
    [
        ("## 甲\n\n### 乙\n\n## 丙", 2, ["h3", "h4", "h3"]),
        ("### 甲\n\n文", 4, ["h5"]),
        ("## 甲\n\n#### 乙\n\n##### 丙", 4, ["h5", "h6", "h6"]),
        ("文，`<h2>`", 2, []),
    ],
)
def test_headings_stand_below_the_one_of_their_problem(markdown: str, level: int, tags: list[str]):
    html = headings_below(Markup(Bodies().problem(markdown, "reports/a").html), level)
    assert re.findall(r"<(h\d)>.*?</\1>", html) == tags


@pytest.mark.parametrize(("opening", "closing"), [("*甲 **乙 ", " 丁** 丁*"), ("*甲 _乙 ", " 丁_ 丁*")])
def test_emphasis_inside_emphasis_beyond_all_reason_keeps_its_words(opening: str, closing: str):
    body = Bodies().prose(opening * 1000 + "丙" + closing * 1000, "reports/a")
    assert 0 < body.html.count("<em>") <= 100
    assert body.text.count("甲") == body.text.count("乙") == 1000


def test_headings_of_a_body_stand_below_its_problem_on_every_page(make_site):
    one = "reports/2024-a/01.md"
    site = make_site({**DISCLOSURE, one: f"{DISCLOSURE[one]}\n## 所见情形\n\n甲\n\n### 原因\n\n乙\n"})
    site.build().ok()
    for page, over in (("01", r'<h(\d) id="body">'), ("full", r'<h(\d) class="rf-full__title"')):
        html = site.page(f"reports/2024-a/{page}/index.html")
        levels = [int(re.search(shape, html)[1]) for shape in (over, r"<h(\d)>所见情形", r"<h(\d)>原因")]
        assert levels == [levels[0], levels[0] + 1, levels[0] + 2]
