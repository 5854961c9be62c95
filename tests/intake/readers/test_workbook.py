"""What a workbook's cells say, as its reader sees them."""

from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from rectify.intake.readers import read


def cell(reference: str, value: str, attributes: str = "") -> str:
    return f'<c r="{reference}" {attributes}><v>{value}</v></c>'


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}" {attributes}>{"".join(cells)}</row>'


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def formats(*codes: str) -> str:
    listed = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n, _ in enumerate(codes))
    return f"<numFmts>{listed}</numFmts><cellXfs>{styles}</cellXfs>"


@pytest.fixture
def saved(tmp_path):
    """A function that saves a workbook of openpyxl and reads it."""

    def save(book):
        book.save(tmp_path / "a.xlsx")
        return read(tmp_path / "a.xlsx")

    return save


def texts(outline) -> list[list[str]]:
    return [[c.text for c in r.cells] for table in outline.blocks for r in table.rows]


def test_a_ledger_made_by_another_program(saved):
    book = openpyxl.Workbook()
    book.properties.creator = "综合岗"
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["方面", "序号", "问题", "时限", "完成率"])
    sheet.append(["内控", 1, "采购验收不严", datetime(2024, 9, 30), 0.76])
    sheet.append([None, 2, " 原样 ", "2024年9月底", 1.5])
    sheet["D2"].number_format, sheet["E2"].number_format = "yyyy-mm-dd", "0%"
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet["C2"].comment = Comment("口径再核", "岗")
    book.create_sheet("底稿").append(["甲"])
    book["底稿"].sheet_state = "veryHidden"
    outline, findings = saved(book)
    first, second = outline.blocks
    assert (first.name, first.hidden, second.name, second.hidden) == ("台账", False, "底稿", True)
    assert texts(outline)[1:3] == [
        ["内控", "1", "采购验收不严", "2024-09-30", "76%"],
        ["内控", "2", " 原样 ", "2024年9月底", "1.5"],
    ]
    assert first.rows[1].cells[3].value == date(2024, 9, 30)
    assert first.rows[1].cells[1].value == 1
    assert [r.cells[0].merged for r in first.rows] == [False, False, True]
    assert [(r.line, r.hidden) for r in first.rows] == [(1, False), (2, False), (3, True)]
    assert [(f.kind, f.line) for f in findings] == [
        ("hidden_rows", 0),
        ("comment", 2),
        ("hidden_sheet", 0),
        ("document_metadata", 0),
    ]
    assert findings[2].message() == "工作表“底稿”是隐藏的（深度隐藏，菜单里看不到），里面的 1 行没有导入"


@pytest.mark.parametrize(
    ("code", "stored", "shown", "value"),
    [
        ("General", "1", "1", 1),
        ("General", "0.1", "0.1", 0.1),
        ("General", "123456789012", "123456789012", 123456789012),
        ("0.00", "7.1", "7.10", 7.1),
        ("0.0%", "0.32", "32.0%", 0.32),
        ("#,##0", "12000", "12000", 12000),
        ("yyyy/m/d", "45565", "2024-09-30", date(2024, 9, 30)),
        ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "45565", "2024-09-30", date(2024, 9, 30)),
        ("yyyy&quot;年&quot;m&quot;月&quot;", "45536", "2024年9月", None),
        ("yyyy-mm-dd hh:mm", "45565.5", "2024-09-30 12:00", date(2024, 9, 30)),
        ("h:mm", "0.375", "09:00", None),
        ("yyyy-mm-dd", "-5", "-5", -5),
        ("yyyy-mm-dd", "9e9", "9000000000", 9e9),
        ("&quot;第&quot;0&quot;项&quot;", "3", "第3项", 3),
        ("0&quot;%&quot;", "80", "80%", 80),
        ("000", "7", "007", 7),
        ("[=1]&quot;已完成&quot;;[=2]&quot;持续推进&quot;;&quot;待整改&quot;", "2", "持续推进", 2),
        ("[=1]&quot;已完成&quot;;[=2]&quot;持续推进&quot;;&quot;待整改&quot;", "5", "待整改", 5),
        ("&quot;是&quot;;;&quot;否&quot;", "0", "否", 0),
        (";;;", "3", "3", 3),
        ("[$¥-804]#,##0.00", "7.5", "¥7.50", 7.5),
        ("[Red]0.0;[Blue]-0.0", "7.5", "7.5", 7.5),
        ("General", "nan", "nan", None),
        ("General", "x", "x", None),
    ],
)
def test_numbers_by_their_format(xlsx, code, stored, shown, value):
    outline, _ = read(xlsx({"表": data(row(1, cell("A1", stored, 's="0"')))}, styles=formats(code)))
    (found,) = outline.blocks[0].rows[0].cells
    assert (found.text, found.value) == (shown, value)


def test_days_may_be_counted_from_1904(xlsx):
    file = xlsx(
        {"表": data(row(1, cell("A1", "44103", 's="0"')))},
        styles=formats("yyyy-mm-dd"),
        workbook='<workbookPr date1904="1"/>',
    )
    assert read(file)[0].blocks[0].rows[0].cells[0].value == date(2024, 9, 30)


def test_texts_of_all_kinds(xlsx):
    strings = "<si><t>普通</t></si><si><r><t>分</t></r><r><t>段</t></r><rPh><t>pin</t></rPh></si><si><t>换_x000D_\n行_x0041_</t></si>"
    cells = [cell(f"{c}1", str(n), 't="s"') for n, c in enumerate("ABC")] + [
        cell("D1", "9", 't="s"'),
        cell("E1", "算", 't="str"'),
    ]
    outline, _ = read(xlsx({"表": data(row(1, *cells, cell("F1", "1", 't="b"'), inline("G1", "内")))}, strings=strings))
    assert texts(outline) == [["普通", "分段", "换\n行A", "", "算", "TRUE", "内"]]


def test_formulas_without_a_result_and_with_an_error_are_named(xlsx):
    cells = ['<c r="A2"><f>SUM(B1:B9)</f></c>', cell("B2", "#REF!", 't="e"'), '<c r="C2"><f>1+1</f><v>2</v></c>']
    outline, findings = read(xlsx({"台账": data(row(2, *cells))}))
    assert texts(outline) == [["", "#REF!", "2"]]
    assert [(f.kind, f.line, dict(f.values)["key_label"]) for f in findings] == [
        ("formula_without_value", 2, "台账!A2"),
        ("formula_error", 2, "台账!B2"),
    ]


def test_cells_and_rows_may_leave_out_their_place(xlsx):
    body = "<sheetData><row><c t='inlineStr'><is><t>甲</t></is></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row></sheetData>"
    outline, _ = read(xlsx({"表": body}))
    assert [(r.line, [c.text for c in r.cells]) for r in outline.blocks[0].rows] == [(1, ["甲", "2"]), (3, ["3", ""])]


def test_what_a_sheet_claims_to_be_is_not_believed(xlsx):
    body = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols>'
    body += data(row(1, inline("A1", "甲"), '<c r="XFD1" s="1"/>'), row(1048576, '<c r="A1048576"/>'))
    body += '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="nonsense"/></mergeCells>'
    outline, _ = read(xlsx({"表": body}))
    assert texts(outline) == [["甲"]]


@pytest.mark.parametrize(
    "body",
    [
        data(row(1, inline("A1", "甲"), inline("XFD1", "乙"))),
        data(row(1, inline("A1", "甲"), inline("IV1", "乙")), *(row(n, cell(f"A{n}", "1")) for n in range(2, 1300))),
        data(row(1, inline("A1", "甲"), inline("Z1", "乙")), row(90000, inline("A90000", "末")))
        + "<mergeCells>"
        + '<mergeCell ref="A1:Z90000"/>' * 3
        + "</mergeCells>",
    ],
)
def test_too_much_is_refused(xlsx, body):
    outline, findings = read(xlsx({"表": body}))
    assert (outline, [f.rule for f in findings]) == (None, ["I015"])


def test_an_empty_workbook_holds_no_text(saved):
    outline, findings = saved(openpyxl.Workbook())
    assert (outline, [f.rule for f in findings]) == (None, ["I014"])


def test_struck_out_words_are_none_and_letters_of_symbol_fonts_are_boxes(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["问题", "作废", "时限", 3, "R"])
    sheet["B1"].font = sheet["D1"].font = Font(strike=True)
    sheet["C1"] = CellRichText(TextBlock(InlineFont(strike=True), "6月底 "), TextBlock(InlineFont(b=True), "9月底"))
    sheet["E1"].font = Font(name="Wingdings 2")
    book.save(tmp_path / "a.xlsx")
    outline, findings = read(tmp_path / "a.xlsx")
    assert [cell.text for cell in outline.blocks[0].rows[0].cells] == ["问题", "", "9月底", "", "☑"]
    assert [one.excerpt for one in findings if one.kind == "struck_text"] == ["作废", "6月底", "3"]


def test_rows_without_a_height_are_hidden_and_boxes_over_a_sheet_are_told(xlsx):
    rows = data(row(1, inline("A1", "露")), row(2, inline("A2", "藏"), attributes='ht="0" customHeight="1"'))
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    shape = "<x:sp><x:txBody><a:p><a:r><a:t>注：1为已销号</a:t></a:r></a:p></x:txBody></x:sp>"
    file = xlsx(
        {"表": rows},
        raw={
            "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
            "xl/drawings/drawing1.xml": f'<x:wsDr xmlns:x="{drawing}/spreadsheetDrawing" xmlns:a="{drawing}/main">{shape}</x:wsDr>',
        },
    )
    outline, findings = read(file)
    assert [one.hidden for one in outline.blocks[0].rows] == [False, True]
    told = {f.kind: f.text() for f in findings}
    assert "1 行被隐藏" in told["hidden_rows"] and "注：1为已销号" in told["embedded_object"]
