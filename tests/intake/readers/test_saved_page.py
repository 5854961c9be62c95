"""Saved pages of government sites: the article and its head block, without the site around it."""

import pytest

from rectify.intake.outline import Paragraph, Table
from rectify.intake.readers import read

ARTICLE = "".join(f"<p>第{n}项整改已经完成，制度修订后印发执行，效果由群众评议。</p>\n" for n in range(1, 9))


@pytest.fixture
def page(written):
    def make(html: str, name: str = "a.html", codec: str = "utf-8"):
        return read(written(name, html.encode(codec)))

    return make


def texts(outline) -> list[str]:
    return [b.text for b in outline.blocks if isinstance(b, Paragraph)]


SITE = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>某县整改情况通报_某县人民政府</title>
<meta name="ArticleTitle" content="某县整改情况通报"><meta name="PubDate" content="2024-05-06"><meta name="viewport" content="x">
<style>.gone {{ color: red; display: none }}</style><script>var a = "脚本";</script></head><body>
<nav><a href="/">首页</a> 导航</nav><header><h1>某县人民政府</h1></header>
<div class="crumb">您现在的位置：<a href="/">首页</a></div>
<table><tr><td>索&nbsp;引&nbsp;号：</td><td>0001-2024</td><td>发布机构</td><td>某县<b>人民政府</b></td></tr>
<tr><td>文&emsp;号：</td><td></td><td>有效性：</td><td>有效</td></tr></table>
<div class="bar">发布日期：2024-05-06&nbsp;&nbsp;来源：县政府办公室&nbsp;&nbsp;浏览量：<span>12</span></div>
<div class="box Article-Content" id="x">
<p align="center"><b>某县整改情况通报</b></p>
<p>字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a> 打印 分享到：微信</p>
{ARTICLE}<div class="gone">内部备注</div><p style="display:none">隐藏段落</p>
<p>打印机采购不规范的问题已整改。</p>
<p style="text-align: right">某县人民政府</p>
<p>附件：<a href="files/问题清单.xlsx?v=2">问题清单.xlsx</a></p>
<p>责任编辑：信息中心</p><p>上一篇：<a href="1.html">关于防汛的通知</a></p>
</div>
<div class="footer">主办：某县人民政府　某ICP备00000000号</div></body></html>"""


def test_the_article_is_told_from_the_site(page):
    outline, findings = page(SITE)
    shown = texts(outline)
    assert shown[0] == "某县整改情况通报"
    assert (outline.blocks[0].level, outline.blocks[0].centred) == (1, True)
    assert shown[1:9] == [f"第{n}项整改已经完成，制度修订后印发执行，效果由群众评议。" for n in range(1, 9)]
    assert shown[9:] == ["打印机采购不规范的问题已整改。", "某县人民政府", "附件：问题清单.xlsx"]
    assert outline.blocks[-2].right
    assert outline.head == (
        ("索引号", "0001-2024"),
        ("发布机构", "某县人民政府"),
        ("有效性", "有效"),
        ("发布日期", "2024-05-06"),
        ("来源", "县政府办公室"),
        ("ArticleTitle", "某县整改情况通报"),
        ("PubDate", "2024-05-06"),
    )
    assert [(f.kind, f.excerpt) for f in findings] == [("hidden_element", "内部备注"), ("attachment", "问题清单.xlsx")]


@pytest.mark.parametrize(
    ("html", "head"),
    [
        (
            "<li><b>索引号：</b><span>0001</span></li><li><b>文号</b>：<i>清政</i>〔2024〕1号</li>",
            [("索引号", "0001"), ("文号", "清政〔2024〕1号")],
        ),
        (
            "<p><span>发布日期：2024-01-05</span><span>来源：县政府 【字体：大】</span></p>",
            [("发布日期", "2024-01-05"), ("来源", "县政府")],
        ),
        (
            "<dl><dt>发布机构</dt><dd>县政府</dd><dt>成文日期</dt><dd></dd><dt>有效性</dt><dd>有效</dd></dl>",
            [("发布机构", "县政府"), ("有效性", "有效")],
        ),
        ("<p>数据来源：统计</p><p>标题</p><p>无关</p><p>主题</p>", []),
    ],
)
def test_pairs_of_the_head_block_in_all_shapes(page, html, head):
    assert list(page(f"<div>{html}</div><div id=zoom>{ARTICLE}</div>")[0].head) == head


def test_lines_are_those_of_the_source(page):
    outline, _ = page(SITE)
    lines = SITE.split("\n")
    assert all(block.text[:6] in lines[block.line - 1] for block in outline.blocks[1:-1])
    assert outline.lines == len(lines)


def test_line_breaks_keep_their_lines(page):
    outline, _ = page('<div id="zoom">\n甲，\n乙。<br>\n\n丙。<br/>丁</div>')
    assert [(b.text, b.line) for b in outline.blocks] == [("甲，乙。", 2), ("丙。", 5), ("丁", 5)]


def test_a_page_without_a_known_container_is_read_where_its_text_is(page):
    menu = "<ul>" + "<li><a href='#'>栏目名称链接</a></li>" * 30 + "</ul>"
    outline, findings = page(f"<body>{menu}<div><div class='q'>{ARTICLE}</div></div><p>版权所有</p></body>")
    assert len(texts(outline)) == 8
    assert [f.kind for f in findings] == ["article_not_marked"]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (f"<title>甲县整改情况_甲县人民政府网</title><div id=zoom>{ARTICLE}</div>", "甲县整改情况"),
        (f"<h1>甲县整改情况的通报</h1><div id=zoom>{ARTICLE}</div>", "甲县整改情况的通报"),
        (
            f"<title>甲县整改情况的通报-甲县</title><h1>甲县人民政府</h1><div class=title>甲县整改情况的通报</div><div id=zoom>{ARTICLE}</div>",
            "甲县整改情况的通报",
        ),
        (
            f"<title>甲县整改情况的通报</title><div id=zoom><p>甲县整改情况</p><p>的通报</p>{ARTICLE}</div>",
            "甲县整改情况",
        ),
    ],
)
def test_the_title_is_found(page, html, title):
    assert texts(page(html)[0])[0] == title


@pytest.mark.parametrize(
    ("declared", "codec"), [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("", "utf-8"), ("gb2312", "utf-8")]
)
def test_the_encoding_is_found_whatever_the_page_claims(page, declared, codec):
    outline, _ = page(f'<meta charset="{declared}"><div id="zoom">{ARTICLE}</div>', codec=codec)
    assert texts(outline)[0].startswith("第1项整改已经完成")


def table_of(outline) -> list[list[tuple[str, bool]]]:
    (table,) = [b for b in outline.blocks if isinstance(b, Table)]
    return [[(c.text, c.merged) for c in r.cells] for r in table.rows]


def test_tables_of_data_keep_their_merged_cells(page):
    html = "<table><tr><th rowspan=2>方面<th colspan=2>责任</tr><tr><td>牵头<td>配合<br>两行</tr></table>"
    outline, _ = page(f'<div id="zoom"><p>前</p>{html}<p>后</p></div>')
    assert texts(outline) == ["前", "后"]
    assert table_of(outline) == [
        [("方面", False), ("责任", False), ("责任", True)],
        [("方面", True), ("牵头", False), ("配合\n两行", False)],
    ]


def test_tables_that_lay_out_the_page_are_walked_into(page):
    outline, _ = page(f"<table><tr><td id='zoom'><table><tr><td>{ARTICLE}</td></tr></table></td></tr></table>")
    assert len(texts(outline)) == 8


def test_numbers_of_lists_and_levels_of_headings(page):
    outline, _ = page(
        "<div id=zoom><h2>一、总体</h2><ol start=3><li>甲<li value=7>乙</ol><ol type=a><li>丙</ol><ul><li>丁</ul><pre>戊\n己</pre></div>"
    )
    assert [(b.text, b.number, b.level) for b in outline.blocks] == [
        ("一、总体", "", 2),
        ("3.甲", "3.", 0),
        ("7.乙", "7.", 0),
        ("a.丙", "a.", 0),
        ("丁", "", 0),
        ("戊", "", 0),
        ("己", "", 0),
    ]


def test_a_page_saved_under_an_office_ending(page):
    assert page(f"<html><body>{ARTICLE}</body></html>", "a.doc")[0].format == "html"
    assert page("<html><table><tr><td>序号<td>问题<tr><td>1<td>甲</table></html>", "a.xls")[0].format == "html"


def test_a_single_file_page(page):
    mht = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=gb2312\n"
        f'Content-Transfer-Encoding: 8bit\n\n<div id="zoom">{ARTICLE}</div>\n--b--\n'
    )
    outline, _ = page(mht, "a.mht", codec="gb18030")
    assert len(texts(outline)) == 8


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<b>" * 100_000 + "文",
        "<table><tr><td>" * 20_000,
        "<!--" * 200_000,
        "<a href='" * 100_000,
        "&nbsp" * 300_000,
        "<td colspan=9999>文" * 3000,
        "<table>" + "<tr><td rowspan=999>文<td>字" * 3000,
        "<p hidden>" * 1500 + "文" * 100_000,
        "<style>" + ".a" * 50_000 + "{" * 50_000,
        "<p class=title>" * 50_000 + "文",
        "<p>来源" * 50_000,
        "<p>字<br>" * 300_000,
    ],
)
def test_pages_without_end_are_read_or_refused(written, html):
    outline, findings = read(written("a.html", html.encode()))
    assert outline is not None or [f.severity for f in findings] == ["error"]


def test_struck_out_words_are_none_and_boxes_of_forms_and_symbol_fonts_are_read(page):
    style = "<style>.old{color:red;text-decoration: line-through}</style>"
    struck = "<p>1.<s>旧题</s>新题<strike>不</strike></p><p class='old'>2.作废</p><p><span style='text-decoration-line:line-through'>6月</span>9月</p>"
    boxes = (
        "<p><input type=checkbox checked>是 <input type='radio'>否</p>"
        "<p><span style=\"font-family:'Wingdings 2'\">R</span>是 <font face=Wingdings>¨</font>否</p>"
    )
    outline, findings = page(style + struck + boxes)
    assert [block.text for block in outline.blocks][-4:] == ["1.新题", "9月", "☑是 ☐否", "☑是 ☐否"]
    assert [one.excerpt for one in findings if one.kind == "struck_text"] == ["旧题", "不", "2.作废", "6月"]


def test_what_forms_raised_digits_and_readings_print(page):
    chosen = "<select><option>已完成</option><option selected>持续推进</option></select>"
    cells = f"<tr><td>一</td><td>{chosen}</td><td><input value='补登记'><input type=hidden value=x></td><td><textarea>甲</textarea></td></tr>"
    html = f"<body>{ARTICLE}<p>10<sup>3</sup>立方米，<ruby>台<rp>(</rp><rt>tái</rt><rp>)</rp></ruby>账{chosen}</p><table>{cells}</table></body>"
    outline, _ = page(html)
    assert texts(outline)[-1] == "10³立方米，台账"
    (table,) = [block for block in outline.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.rows[0].cells] == ["一", "持续推进", "补登记", "甲"]
