"""The official document: the page of GB/T 9704-2012, the words of the web page, and all that import needs to read it again."""

import io
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.converted import converted, needs_office
from rectify.core.model import Approval, Closeout, Contact, Disclosure, Measure, Problem, Progress, Waiver, Withdrawal
from rectify.core.numerals import chinese
from rectify.host.bodies import Bodies
from rectify.intake.outline import Outline, Paragraph
from rectify.intake.recognition.recognise import recognise
from rectify.outputs.blocks import blocks, list_mark, plain_text
from rectify.outputs.official_document import official_document

DISCLOSURE = Disclosure(
    id="2024-jia",
    title="中共清川市甲局党组关于市委巡察整改情况的报告",
    genre="rectification",
    unit="清川市甲局",
    as_of=date(2024, 5, 31),
    published=date(2024, 6, 10),
    issuer="中共清川市甲局党组",
    doc_no="清甲党组〔2024〕7号",
    doc_date=date(2024, 6, 5),
    contact=Contact(
        phone="0000-1234567", address="清川市安平路1号", email="jia@qingchuan.example", until=date(2024, 7, 1)
    ),
    approval=Approval(approved_by="不得外传的批准人"),
    body="现将整改情况公开如下。\n\n## 一、总体情况\n\n压实责任。\n\n## 二、下一步工作打算\n\n继续推进。",
)
FIRST = Problem(
    disclosure="2024-jia",
    nn="01",
    title="资产台账“两张皮”",
    status="done",
    group="已完成的整改事项",
    number="1",
    lead="办公室",
    units=("甲科", "乙科"),
    owner="办公室主任",
    deadline=date(2024, 4, 30),
    flags=("immediate",),
    measures=(Measure("清点全部资产。"), Measure("建立账册。")),
    progress=(
        Progress(date(2024, 4, 1), "启动清点。", "ongoing"),
        Progress(date(2024, 4, 20), "清点完成。", "done", ("files/qingdan.pdf",)),
    ),
    closeout=Closeout(date(2024, 5, 6), "市委巡察办", "清巡办〔2024〕3号"),
    body="对照账册逐件清点。\n\n建立了新的账册。",
    waivers=(Waiver("W001", "不得外传的豁免", "乙", date(2024, 6, 1)),),
)
SECOND = Problem(
    disclosure="2024-jia",
    nn="02",
    title="制度执行不严格",
    status="ongoing",
    status_wording="正在整改",
    group="持续推进的整改事项",
    number="1",
    lead="法规科",
    flags=("long-term",),
    body="正在修订制度。",
)
WITHDRAWN = SECOND._replace(
    nn="03",
    number="2",
    title="已撤回的问题",
    body="已撤回的正文",
    withdrawn=Withdrawal(date(2024, 6, 20), "已撤回的理由"),
)
MARKUP = """段一**粗体***斜体*，保留\\*\\*局，`代码`与<党组>，[网站](https://www.qingchuan.example/a)和[另一问题](../2023-yi/01.md)。

### 小标题

1. 第一项
2. 第二项

- 无序项

| 项目 | 金额 |
|---|---|
| 退回 | **3.84** |

![现场照片](files/xianchang.png)

<!-- 同事之间的话 -->

    四格缩进不是代码
"""


def opened(*problems: Problem, disclosure: Disclosure = DISCLOSURE) -> DocumentObject:
    return Document(io.BytesIO(official_document(disclosure, problems)))


def lines(document: DocumentObject) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_the_text_stands_in_the_order_of_an_official_document():
    assert lines(opened(FIRST, SECOND)) == [
        "清甲党组〔2024〕7号",
        "中共清川市甲局党组关于市委巡察整改情况的报告",
        "现将整改情况公开如下。",
        "一、总体情况",
        "压实责任。",
        "二、问题整改情况",
        "（一）已完成的整改事项",
        "1.关于“资产台账‘两张皮’”问题的整改",
        "整改状态：已完成；牵头单位：办公室；责任单位：甲科、乙科；责任人：办公室主任；整改时限：2024年4月30日；标记：立行立改。",
        "对照账册逐件清点。",
        "建立了新的账册。",
        "整改措施：",
        "（1）清点全部资产。",
        "（2）建立账册。",
        "整改进展：",
        "2024年4月1日（持续推进）：启动清点。",
        "2024年4月20日（已完成）：清点完成。",
        "销号：2024年5月6日，市委巡察办，清巡办〔2024〕3号。",
        "（二）持续推进的整改事项",
        "1.关于“制度执行不严格”问题的整改",
        "整改状态：正在整改；牵头单位：法规科；整改时限：长期坚持；标记：长期坚持。",
        "正在修订制度。",
        "三、下一步工作打算",
        "继续推进。",
        "四、联系方式",
        "联系电话：0000-1234567",
        "通信地址：清川市安平路1号",
        "电子邮箱：jia@qingchuan.example",
        "截止日期：2024年7月1日",
        "附件：qingdan.pdf",
        "中共清川市甲局党组",
        "2024年6月5日",
        "（单位：清川市甲局；公开日期：2024年6月10日；截至日期：2024年5月31日）",
    ]


def test_import_reads_the_same_disclosure_again():
    document = opened(FIRST, SECOND)
    paragraphs = tuple(
        Paragraph(paragraph.text, line, centred=paragraph.style.name == "Title", right=paragraph.alignment == 2)
        for line, paragraph in enumerate(document.paragraphs, start=1)
    )
    found = recognise(Outline("a.docx", "docx", paragraphs), paragraphs)
    assert (found.kind.genre, found.kind.title) == ("rectification", DISCLOSURE.title)
    assert (found.values["doc_no"], found.values["issuer"], found.values["doc_date"]) == (
        DISCLOSURE.doc_no,
        DISCLOSURE.issuer,
        DISCLOSURE.doc_date,
    )
    assert found.values["contact"] == DISCLOSURE.contact
    for problem, read in zip((FIRST, SECOND), found.problems, strict=True):
        assert read.title == problem.title.replace("“", "‘").replace("”", "’")
        for key in ("group", "number", "lead", "units", "owner", "deadline", "flags"):
            assert getattr(read, key) == getattr(problem, key), key
        assert (read.stated.status, read.stated.wording) == (problem.status, problem.status_wording)
        assert [measure.text for measure in read.measures] == [measure.text for measure in problem.measures]
        assert [entry[:3] for entry in read.progress] == [entry[:3] for entry in problem.progress]
        assert [line.text for line in read.body] == problem.body.split("\n\n")


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("", "阶段性完成"),
        ("阶段性完成", "阶段性完成"),
        ("基本完成", "基本完成"),
        ("主体完工，待验收", "阶段性完成（主体完工，待验收）"),
        ("已完成", "阶段性完成（已完成）"),
    ],
)
def test_the_status_is_told_in_words_that_mean_it(wording, printed):
    problem = SECOND._replace(status="staged", status_wording=wording, lead="")
    assert f"整改状态：{printed}；整改时限：长期坚持；标记：长期坚持。" in lines(opened(problem))


def test_a_number_that_is_no_figure_is_stated_beside_the_heading():
    text = lines(opened(FIRST._replace(number="三（2）")))
    assert "1.关于“资产台账‘两张皮’”问题的整改" in text
    assert any(line.startswith("序号：三（2）；整改状态：已完成") for line in text)


def test_problems_without_groups_follow_the_chapter():
    text = lines(opened(FIRST._replace(group=""), disclosure=DISCLOSURE._replace(body="")))
    assert text[2:4] == ["一、问题整改情况", "1.关于“资产台账‘两张皮’”问题的整改"]


@pytest.mark.parametrize(("number", "figure"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_chinese_figures(number, figure):
    assert chinese(number) == figure


def test_the_page_is_that_of_the_standard():
    section = opened(FIRST).sections[0]
    assert [
        round(value.mm, 1)
        for value in (section.page_width, section.page_height, section.top_margin, section.left_margin)
    ] == [210, 297, 37, 28]
    assert round((section.page_width - section.left_margin - section.right_margin) / 36_000, 1) == 156
    assert round((section.page_height - section.top_margin - section.bottom_margin) / 36_000, 1) == 225
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    # 22 lines and 28 characters fill the block, and one more of either does not fit.
    assert 22 * int(grid.get(qn("w:linePitch"))) <= 225 / 25.4 * 1440 < 23 * int(grid.get(qn("w:linePitch")))
    pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 28 * pitch <= 156 / 25.4 * 72 < 28 * pitch + 0.5


def test_fonts_and_sizes_are_those_of_the_standard():
    document = opened(FIRST)
    found = {}
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal"):
        style = document.styles[name]
        found[name] = (style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size.pt)
        assert style.element.rPr.rFonts.get(qn("w:asciiTheme")) is None
    assert found == {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Heading 3": ("仿宋_GB2312", 16),
        "Normal": ("仿宋_GB2312", 16),
    }
    normal = document.styles["Normal"].paragraph_format
    assert 28 <= normal.line_spacing.pt <= 29 and normal.line_spacing_rule == 4
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text == "建立了新的账册。")
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    headings = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert headings == ["Heading 1", "Heading 1", "Heading 2", "Heading 3", "Heading 1", "Heading 1"]


def test_fonts_have_substitutes():
    with zipfile.ZipFile(io.BytesIO(official_document(DISCLOSURE, [FIRST]))) as package:
        table = package.read("word/fontTable.xml").decode()
    assert table.count("<w:font ") == 5
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,' in table


def test_page_numbers_stand_outside_in_song():
    document = opened(FIRST)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, alignment in ((section.footer, 2), (section.even_page_footer, 0)):
        paragraph = footer.paragraphs[0]
        assert paragraph.alignment == alignment
        assert paragraph.text == "— 1 —"
        assert " PAGE " in "".join(code.text for code in paragraph._p.iter(qn("w:instrText")))
        assert {run.font.size.pt for run in paragraph.runs} == {14}
        assert {run._r.rPr.rFonts.get(qn("w:ascii")) for run in paragraph.runs} == {"宋体"}


def test_signature_and_date_end_at_the_right():
    *_, issuer, day, _ = opened(FIRST).paragraphs
    assert (issuer.alignment, day.alignment) == (2, 2)
    assert day._p.pPr.ind.get(qn("w:rightChars")) == "400"
    assert day.text == "2024年6月5日"


def test_a_long_title_is_parted_evenly_without_line_breaks():
    document = opened(FIRST)
    title = next(paragraph for paragraph in document.paragraphs if paragraph.style.name == "Title")
    room = 156 / 25.4 * 72 - 2 * int(title._p.pPr.ind.get(qn("w:left"))) / 20
    lines_needed, per_line = 2, int(room // 22)
    assert len(title.text) <= lines_needed * per_line and per_line - len(title.text) / lines_needed <= 1.5
    short = opened(FIRST, disclosure=DISCLOSURE._replace(title="整改情况的报告"))
    assert next(p for p in short.paragraphs if p.style.name == "Title")._p.pPr.ind is None


def test_markdown_comes_out_as_what_it_means():
    document = opened(SECOND._replace(body=MARKUP))
    first = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("段一"))
    assert first.text == "段一粗体斜体，保留**局，代码与<党组>，网站（https://www.qingchuan.example/a）和另一问题。"
    assert [(run.text, run.bold, run.italic) for run in first.runs if run.bold or run.italic] == [
        ("粗体", True, None),
        ("斜体", None, True),
    ]
    link = first._p.find(qn("w:hyperlink"))
    assert document.part.rels[link.get(qn("r:id"))].target_ref == "https://www.qingchuan.example/a"
    text = lines(document)
    at = text.index(first.text)
    assert text[at + 1 : at + 7] == [
        "小标题",
        "（1）第一项",
        "（2）第二项",
        "• 无序项",
        "（图：现场照片）",
        "四格缩进不是代码",
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["项目", "金额"],
        ["退回", "3.84"],
    ]
    assert not any("同事之间" in line for line in text)


@pytest.mark.parametrize(
    "body",
    [
        MARKUP.replace("![现场照片](files/xianchang.png)", ""),
        "a < b & c &nbsp; &lt;\n\n<script>alert(1)</script>\n\n[x](javascript:alert)\n\n***\n\n> 引用\n> 续行  \n> 换行",
        "1. 甲\n\n    续段\n\n2. 乙\n    - 子项\n\n电话138\\*\\*\\*\\*1234，_下划线_与__双__，a_b_c",
        "标题\n===\n\n| 单列 |\n|--|\n| 甲\\|乙 |\n\n    缩进",
    ],
)
def test_the_words_are_those_of_the_web_page(body):
    page = Bodies().problem(body, "reports/2024-jia").text
    ours = "".join(
        block.text + "".join(run.text for row in block.rows for cell in row for run in cell) for block in blocks(body)
    )
    assert "".join(ours.split()) == "".join(page.split())


_PIECES = (
    "一是",
    "**",
    "** ",
    " ",
    "#",
    "## ",
    "\n",
    "\n\n",
    "2023年",
    "1. ",
    "-",
    "- ",
    "完成整改。",
    "A1",
    "|",
    "  \n",
    "《办法》",
    "“",
    ":",
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_a_plain_body_reads_the_short_way_as_the_long_way(body):
    read = blocks(body)
    if not any(one.rows for one in read):
        assert plain_text(body) == "\n".join(list_mark(one) + one.text for one in read)


def test_plain_text_has_a_line_for_each_paragraph():
    assert plain_text("甲\n乙\n\n1. 丙\n\n| 丁 | 戊 |\n|--|--|\n| 1 | 2 |\n") == "甲乙\n（1）丙\n丁 | 戊\n1 | 2"
    assert plain_text(" \n") == ""


def test_internal_fields_and_withdrawn_texts_stay_inside():
    data = official_document(DISCLOSURE, [FIRST, WITHDRAWN])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    assert "不得外传" not in text and "已撤回的" not in text
    assert "2.（内容已撤回）" in lines(Document(io.BytesIO(data)))


def test_control_characters_do_not_break_the_file():
    assert "甲乙" in " ".join(lines(opened(FIRST._replace(lead="甲\x01乙", body="正\x0b文"))))


def test_the_same_content_makes_the_same_bytes(monkeypatch):
    first = official_document(DISCLOSURE, [FIRST])
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert official_document(DISCLOSURE, [FIRST]) == first
    properties = Document(io.BytesIO(first)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.modified.date() == date(2024, 6, 5) and properties.title == DISCLOSURE.title


def pdf_lines(file: Path, page: int) -> list[str]:
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(file), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return ["".join(line.split()) for line in text.splitlines() if line.strip()]


@needs_office
def test_a_full_page_has_22_lines_of_28_characters(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(official_document(DISCLOSURE, [FIRST._replace(body="整改台账逐件清点核对登记入册" * 120)]))
    pdf = converted(file, "pdf", tmp_path)
    *body, number = pdf_lines(pdf, 2)
    assert len(body) == 22 and {len(line) for line in body} == {28}
    assert number == "—2—"
    sizes = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, encoding="utf-8", check=True).stdout
    assert "(A4)" in sizes
