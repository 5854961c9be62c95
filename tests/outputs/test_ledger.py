"""The ledger workbook: an office's ledger to look at and print, with nothing in it that must not leave."""

import html
import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from rectify.core import ledger
from rectify.core.model import Approval, Closeout, Disclosure, Measure, Problem, Progress, Waiver, Withdrawal
from rectify.core.vocabulary import STATUSES
from rectify.outputs.ledger import workbook

AS_OF = date(2024, 5, 31)
DISCLOSURE = Disclosure(
    id="2024-jia",
    title="清川市甲局整改情况的报告",
    genre="rectification",
    unit="清川市甲局",
    as_of=AS_OF,
    published=date(2024, 6, 10),
    approval=Approval(approved_by="不得外传的批准人"),
)
FULL = Problem(
    disclosure="2024-jia",
    nn="01",
    title="台账不全",
    status="done",
    status_wording="整改到位",
    group="第一组",
    number="3",
    category="内部控制",
    lead="办公室",
    units=("甲科", "乙科"),
    owner="办公室主任",
    deadline=date(2024, 4, 30),
    flags=("immediate", "long-term"),
    priority=("money", "repeated"),
    earlier=("2022-jia/04", "2021-jia/11"),
    measures=(Measure("清点资产。", "done"), Measure("建立账册。")),
    body="第一段**重点**。\n\n第二段\\*\\*局。",
    progress=(
        Progress(date(2024, 4, 1), "启动。", "ongoing"),
        Progress(date(2024, 4, 20), "完成。", "done", ("files/a.pdf", "files/b.pdf")),
    ),
    closeout=Closeout(date(2024, 5, 6), "市委巡察办", "清巡办〔2024〕3号"),
    waivers=(Waiver("W001", "不得外传的豁免", "乙", AS_OF),),
)


def loaded(*problems: Problem, disclosure: Disclosure = DISCLOSURE) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook([(disclosure, problems)], AS_OF)))


def row_of(book: openpyxl.Workbook, number: int = 4) -> dict:
    sheet = book[ledger.SHEET]
    return {head.value: cell for head, cell in zip(sheet[3], sheet[number])}


def test_a_row_states_the_problem_as_an_office_would_write_it():
    cells = {heading: cell.value for heading, cell in row_of(loaded(FULL)).items()}
    assert cells == {
        "编号": "2024-jia/01",
        "分组": "第一组",
        "序号": 3,
        "问题": "台账不全",
        "类别": "内部控制",
        "整改措施": "1.清点资产。（已完成）\n2.建立账册。",
        "牵头单位": "办公室",
        "责任单位": "甲科、乙科",
        "责任人": "办公室主任",
        "整改时限": datetime(2024, 4, 30),
        "状态": "已完成",
        "状态原文": "整改到位",
        "标记": "立行立改、长期坚持",
        "整改情况": "第一段重点。\n第二段**局。",
        "销号": "2024-05-06\n市委巡察办\n清巡办〔2024〕3号",
        "重点": "资金资产、屡改屡犯",
        "前次": "2022-jia/04\n2021-jia/11",
    }
    assert list(cells) == ["编号", *map(ledger.heading, ledger.COLUMNS)]


def test_dates_are_dates_and_a_deadline_may_be_long_term():
    book = loaded(FULL, FULL._replace(nn="02", deadline=None), FULL._replace(nn="03", deadline=None, flags=()))
    assert row_of(book)["整改时限"].number_format == "yyyy-mm-dd"
    assert row_of(book, 5)["整改时限"].value == "长期坚持"
    assert row_of(book, 6)["整改时限"].value is None


def test_progress_has_a_sheet_with_room_to_append():
    sheet = loaded(FULL)[ledger.PROGRESS_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=6)]
    assert rows == [
        ["编号", "问题", "日期", "状态", "内容", "附件"],
        ["2024-jia/01", "台账不全", datetime(2024, 4, 1), "持续推进", "启动。", None],
        ["2024-jia/01", "台账不全", datetime(2024, 4, 20), "已完成", "完成。", "files/a.pdf\nfiles/b.pdf"],
        [None] * 6,
    ]
    assert sheet["A6"].border.left.style == "thin"
    assert "D100" in sheet.data_validations.dataValidation[0].sqref


def test_the_sheet_is_ready_to_filter_fill_in_and_print():
    sheet = loaded(FULL, FULL._replace(nn="02"))[ledger.SHEET]
    assert sheet["A1"].value == "清川市甲局整改台账"
    assert sheet["A2"].value == "截至 2024年5月31日　　2个问题：已完成2个，持续推进0个"
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:Q5"
    assert sheet.print_area == "'整改台账'!$A$1:$Q$5"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape",
        8,
        1,
    )
    assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    choice = sheet.data_validations.dataValidation[0]
    assert choice.formula1 == f'"{",".join(STATUSES.labels().values())}"'
    assert "K4" in choice.sqref and "K200" in choice.sqref
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert {rule.formula[0].strip('"') for rule in rules} == set(STATUSES.labels().values())


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")'])
def test_a_text_never_becomes_a_formula(start):
    cell = row_of(loaded(FULL._replace(title=start, lead=start)))["问题"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (start, "s", True)


def test_control_characters_are_dropped_and_escapes_are_text():
    cells = row_of(loaded(FULL._replace(title="甲\x01乙\x0b丙", lead="_x000D_")))
    assert cells["问题"].value == "甲乙丙"
    assert cells["牵头单位"].value == "_x005F_x000D_"


def test_a_text_longer_than_a_cell_goes_on_in_further_columns():
    body = "\n\n".join(f"{'长' * 700}{n}" for n in range(100))
    sheet = loaded(FULL._replace(body=body), FULL._replace(nn="02"))[ledger.SHEET]
    headings = [cell.value for cell in sheet[3]]
    first = headings.index("整改情况")
    assert headings[first : first + 3] == ["整改情况", "整改情况（续2）", "整改情况（续3）"]
    pieces = [
        sheet.cell(4, column + 1).value or "" for column, name in enumerate(headings) if name.startswith("整改情况")
    ]
    assert "".join(pieces) == body.replace("\n\n", "\n")
    assert max(map(len, pieces)) <= ledger.LIMIT
    assert sheet.cell(5, first + 1).value == "第一段重点。\n第二段**局。"


def test_pieces_count_as_the_cell_counts():
    text = "𠮷" * 40_000
    assert "".join(ledger.parts(text)) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= ledger.LIMIT for part in ledger.parts(text))


def test_internal_fields_and_withdrawn_texts_stay_inside():
    gone = FULL._replace(
        nn="02", title="已撤回的问题", body="已撤回的正文", withdrawn=Withdrawal(date(2024, 6, 20), "已撤回的理由")
    )
    data = workbook([(DISCLOSURE, [FULL, gone])], AS_OF)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = html.unescape("".join(package.read(name).decode() for name in package.namelist()))
    for secret in ("不得外传", "已撤回的"):
        assert secret not in text
        assert json.dumps(secret).strip('"') not in text
    assert "（内容已撤回）" in text


def test_the_copy_for_comparison_is_well_hidden():
    book = loaded(FULL)
    assert book[ledger.BASE_SHEET].sheet_state == "veryHidden"
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == ["整改台账", "进展记录", "填写说明"]


def test_several_disclosures_share_a_workbook_and_name_their_units():
    other = DISCLOSURE._replace(id="2024-yi", unit="清川市乙局")
    data = workbook([(DISCLOSURE, [FULL]), (other, [FULL._replace(disclosure="2024-yi")])], AS_OF)
    sheet = openpyxl.load_workbook(io.BytesIO(data))[ledger.SHEET]
    assert [[cell.value for cell in row[:2]] for row in sheet.iter_rows(min_row=3, max_row=5)] == [
        ["编号", "公开单位"],
        ["2024-jia/01", "清川市甲局"],
        ["2024-yi/01", "清川市乙局"],
    ]
    assert sheet["A1"].value == "整改台账"


def test_a_disclosure_without_problems_has_an_empty_ledger():
    sheet = loaded()[ledger.SHEET]
    assert [cell.value for cell in sheet[4]] == [None] * (1 + len(ledger.COLUMNS))


def test_the_same_content_makes_the_same_bytes(monkeypatch):
    first = workbook([(DISCLOSURE, [FULL])], AS_OF)
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert workbook([(DISCLOSURE, [FULL])], AS_OF) == first
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (properties.created, properties.modified) == (datetime(2024, 5, 31), datetime(2024, 5, 31))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert b"openpyxl" not in package.read("docProps/core.xml")
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
