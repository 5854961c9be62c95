"""PDF and OFD: what a printed page shows, in reading order; the same pages in both forms say the same."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, NumberObject

from helpers.printed import HEIGHT, Sheet, Text, grid, ofd, pdf, typeset
from rectify.intake.outline import Paragraph, Table
from rectify.intake.readers import read

FORMS = pytest.mark.parametrize(("form", "made"), [("pdf", pdf), ("ofd", ofd)], ids=["pdf", "ofd"])
TEXT = """中共清川市南圩区文化馆支部委员会关于区委第三巡察组巡察反馈意见整改进展情况的通报
根据区委统一部署，2024年3月4日至4月12日，区委第三巡察组对区文化馆党支部进行了巡察，现将整改进展情况予以公布。
一、整改总体情况
反馈问题2个，已完成1个，持续推进1个。
二、整改落实情况
""" + "\n".join(
    f"（{number}）关于“第{number}项工作落实不到位”的问题。逐项登记、逐项核对，" * 3 for number in "一二三四五六七八九"
)


def texts(outline):
    return [block.text for block in outline.blocks if isinstance(block, Paragraph)]


@FORMS
def test_wrapped_lines_are_joined_over_pages_and_what_runs_along_is_put_aside(written, form, made):
    sheets = typeset(TEXT, head="巡察整改公开材料")
    assert len(sheets) > 1
    outline, findings = read(written(f"a.{form}", made(sheets)))
    assert texts(outline) == TEXT.splitlines()
    assert [(f.rule, f.excerpt) for f in findings] == [("I031", "巡察整改公开材料"), ("I031", str(len(sheets)))]
    assert [block.line for block in outline.blocks] == sorted({block.line for block in outline.blocks})


@FORMS
def test_a_table_goes_on_over_the_page(written, form, made):
    xs = (80.0, 130.0, 260.0, 400.0, 500.0)
    head = ["序号", "问题", "整改情况", "状态"]
    first = grid(
        xs,
        (100, 140, 200, 700),
        [head, ["1", "采购验收\n不严", "修订办法", "已完成"], ["2", "台账不全", "补齐台账，", "持续推进"]],
    )
    second = grid(xs, (100, 140, 200, 260), [head, ["", "", "按月通报。", ""], ["3", "学习不经常", "", ""]])
    # 整改情况 and 状态 of the last row are one cell.
    drawn = tuple((400.0, 100, 400.0, 200) if line == (400.0, 100, 400.0, 260) else line for line in second.rules)
    merged = Sheet(second.texts, drawn)
    title = Text(200, 70, "整改台账", 20)
    outline, _ = read(written(f"a.{form}", made([first._replace(texts=(title, *first.texts)), merged])))
    assert isinstance(outline.blocks[0], Paragraph) and isinstance(outline.blocks[1], Table)
    assert len(outline.blocks) == 2
    rows = [[cell.text for cell in row.cells] for row in outline.blocks[1].rows]
    assert rows[:3] == [
        head,
        ["1", "采购验收\n不严", "修订办法", "已完成"],
        ["2", "台账不全", "补齐台账，按月通报。", "持续推进"],
    ]
    assert [(cell.text, cell.merged) for cell in outline.blocks[1].rows[3].cells] == [
        ("3", False),
        ("学习不经常", False),
        ("", False),
        ("", True),
    ]


@FORMS
def test_two_columns_are_read_one_after_the_other(written, form, made):
    said = [f"{number}是第{number}项制度执行不够严格的问题，已经修订有关办法并逐项登记。" for number in "一二三四五六"]
    title = Text(150, 80, "整改情况通报", 22)
    columns = [*column(60, said[:3]), *column(320, said[3:])]
    outline, _ = read(written(f"a.{form}", made([Sheet((title, *sorted(columns, key=lambda text: text.base)))])))
    assert texts(outline) == ["整改情况通报", *said]


def column(left: float, paragraphs: list[str], base: float = 120) -> list[Text]:
    """Return paragraphs set in sixteen characters of 12 points."""
    placed = []
    for paragraph in paragraphs:
        for at, start in enumerate([0, *range(14, len(paragraph), 16)]):
            end = 14 if not at else start + 16
            placed.append(Text(left + 24 * (not at), base, paragraph[start:end], 12))
            base += 20
    return placed


@FORMS
def test_scans_are_refused_with_advice(written, form, made):
    page = typeset(TEXT)[0]
    for sheets, rule in (([Sheet(picture=True)], "I006"), ([page, Sheet(picture=True)], "I034"), ([Sheet()], "I006")):
        outline, findings = read(written(f"a.{form}", made(sheets)))
        assert outline is None and [f.rule for f in findings] == [rule]
        assert ".docx" in findings[0].fix()


def test_a_pdf_with_a_password_or_without_names_of_its_characters_is_refused(written):
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(typeset(TEXT))))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    unnamed = pdf(typeset(TEXT), "/Identity-H")
    for data, rule in ((out.getvalue(), "I033"), (unnamed, "I036"), (b"%PDF-1.7\n%\xe2\xe3", "I011")):
        outline, findings = read(written("a.pdf", data))
        assert outline is None and [f.rule for f in findings] == [rule]


def changed(change) -> bytes:
    """The notice as a PDF whose pages somebody else's program has changed: a page in, what is drawn on top of it out."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(typeset(TEXT))))
    for page in writer.pages:
        if drawn := change(page):
            more = DecodedStreamObject()
            more.set_data(b"q " + drawn.encode() + b" Q")
            page[NameObject("/Contents")] = ArrayObject(
                [page["/Contents"].indirect_reference, writer._add_object(more)]
            )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(text: str, before: str, x: float = 100, y: float = 90, size: float = 12) -> str:
    return f"{before} BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("白色的一句", lambda page: drawn("白色的一句", "1 g")),
        ("不画的一句", lambda page: drawn("不画的一句", "3 Tr")),
        ("纸外的一句", lambda page: drawn("纸外的一句", "0 g", y=-30)),
        ("浅色的水印", lambda page: drawn("浅色的水印", "0.9 0.9 0.9 rg", y=560, size=40)),
    ],
)
def test_what_nobody_sees_on_a_page_is_no_text_and_is_told(written, words, change):
    plain, _ = read(written("plain.pdf", pdf(typeset(TEXT))))
    outline, findings = read(written("a.pdf", changed(change)))
    assert texts(outline) == texts(plain)
    assert [f.excerpt for f in findings if words in f.excerpt]


def test_white_on_a_dark_ground_is_seen(written):
    grounds = iter(["0.1 0.2 0.4 rg 80 765 200 30 re f"])

    def headed(page):
        ground = next(grounds, "")
        return ground and f"{ground} {drawn('白字的标题', '1 g', y=775)}"

    assert texts(read(written("a.pdf", changed(headed)))[0])[0] == "白字的标题"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(written, turn):
    def turned(page):
        page[NameObject("/Rotate")] = NumberObject(turn)

    plain, _ = read(written("plain.pdf", pdf(typeset(TEXT))))
    assert texts(read(written("a.pdf", changed(turned)))[0]) == texts(plain)


def test_a_bold_face_made_of_two_prints_is_read_once(written):
    texts_ = (Text(80, 120, "整改情况"), Text(80.4, 120, "整改情况"), Text(80, HEIGHT / 2, "正文。"))
    assert texts(read(written("a.pdf", pdf([Sheet(texts_)])))[0]) == ["整改情况", "正文。"]


def test_tables_without_rules_stand_below_their_headings(written):
    lefts = (80, 130, 260, 400)
    rows = [("序号", "问题", "整改情况", "状态"), ("1", "采购验收把关", "修订办法", "已完成"), ("", "不严", "", "")]
    rows += [("2", "台账不全", "补齐台账", "持续推进")]
    listed = [Text(x, 120 + 24 * at, cell, 12) for at, row in enumerate(rows) for x, cell in zip(lefts, row) if cell]
    pairs = (("问题序号", "3"), ("反馈问题", "学习不经常"), ("整改措施", ""), ("整改情况", "正在推进"))
    below = [
        Text(x, 320 + 24 * at, cell, 12) for at, row in enumerate(pairs) for x, cell in zip((80, 260), row) if cell
    ]
    between = Text(80, 280, "此外，另有一个问题正在推进，情况如下。", 12)
    outline, _ = read(written("a.pdf", pdf([Sheet((*listed, between, *below))])))
    first, paragraph, second = outline.blocks
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        list(rows[0]),
        ["1", "采购验收把关\n不严", "修订办法", "已完成"],
        list(rows[3]),
    ]
    assert paragraph.text == between.text
    assert [tuple(cell.text for cell in row.cells) for row in second.rows] == list(pairs)
