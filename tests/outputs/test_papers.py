"""The papers: what they say is what the register says, on pages that can be read and signed."""

from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from helpers.cases import DISCLOSURE
from helpers.site import Site


@pytest.fixture
def site(make_site) -> Site:
    other = {
        path.replace("2024-a", "2024-b"): text.replace("清川市水务局", "清川市园林局")
        for path, text in DISCLOSURE.items()
        if "2024-a" in path
    }
    return make_site({**DISCLOSURE, **other})


def document(site: Site, *arguments: str):
    site.rectify("paper", *arguments, "-o", "paper.docx", "--force").ok()
    return Document(BytesIO((site.root / "paper.docx").read_bytes()))


def cells(made) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]


def sizes(made) -> set[float]:
    return {run.font.size.pt for table in made.tables for row in table.rows for cell in row.cells
            for paragraph in cell.paragraphs for run in paragraph.runs}  # fmt: skip


def test_a_form_for_each_problem_says_what_the_register_says(site):
    made = document(site, "handover", "2024-a")
    said = dict(cells(made))
    assert len(made.tables) == 2 and said["编号"] == "2024-a/02" and "2024年12月31日" in said["整改时限"]
    assert "逐个小区核对产权" in said["整改要求"] and "签字" in said["交办单位"]
    made = document(site, "closeout", "2024-a/01")
    said = dict(cells(made))
    assert len(made.tables) == 1 and said["现在的状态"] == "已完成"
    assert "2024年6月20日：新的巡检记录全面使用。" in said["整改情况"]
    assert "退回，还需要" in said["监督检查单位意见"]
    assert min(sizes(made)) >= 9


def test_what_was_done_stands_in_the_forms(site):
    by = ("--by", "清川市委巡察办")
    taken = ("update", "2024-a/02", "--step")
    site.rectify(*taken, "交办", *by, "--date", "2024-09-02", "--note", "年底前移交完。").ok()
    said = dict(cells(document(site, "handover", "2024-a/02")))
    assert said["整改要求"].startswith("年底前移交完。") and "逐个小区核对产权" in said["整改要求"]
    assert "清川市委巡察办" in said["交办单位"] and "2024年9月2日" in said["交办单位"]
    site.rectify(*taken, "销号申请", "--date", "2024-10-08", "--note", "全部移交，见移交单。").ok()
    said = dict(cells(document(site, "closeout", "2024-a/02")))
    assert said["整改单位意见"].startswith("全部移交，见移交单。") and "2024年10月8日" in said["整改单位意见"]
    assert "□ 同意销号" in said["监督检查单位意见"] and "□ 退回" in said["监督检查单位意见"]
    site.rectify(*taken, "退回", *by, "--date", "2024-10-15", "--note", "还差三张移交单。").ok()
    decided = dict(cells(document(site, "closeout", "2024-a/02")))["监督检查单位意见"]
    assert "□ 同意销号" in decided and "☑ 退回，还需要：还差三张移交单。" in decided and "2024年10月15日" in decided
    site.rectify(*taken, "销号申请", "--date", "2024-11-08", "--note", "补齐了。").ok()
    again = dict(cells(document(site, "closeout", "2024-a/02")))
    assert again["整改单位意见"].startswith("补齐了。") and "☑" not in again["监督检查单位意见"]
    site.rectify(*taken, "同意销号", *by, "--date", "2024-11-20", "--doc", "清巡销〔2024〕9号").ok()
    decided = dict(cells(document(site, "closeout", "2024-a/02")))["监督检查单位意见"]
    assert "☑ 同意销号" in decided and "清巡销〔2024〕9号" in decided
    listed = cells(document(site, "ledger", "2024-a/02", "--columns", "编号,最近一步"))
    assert listed[1] == ["2024-a/02", "2024-11-20 同意销号 清川市委巡察办"]


def test_lists_lie_across_with_their_headings_on_every_page(site):
    made = document(site, "overdue")
    head, *rows = cells(made)
    assert head[0] == "编号" and [row[0] for row in rows] == ["2024-a/02", "2024-b/02"]
    assert rows[0][1] == "清川市水务局" and rows[0][head.index("逾期")].endswith("天")
    section = made.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE and section.page_width > section.page_height
    assert made.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    made = document(site, "ledger", "2024-a", "--columns", "编号，问题、整改措施", "--sheet", "A3")
    assert cells(made)[0] == ["编号", "问题", "整改措施"] and len(cells(made)) == 3
    assert round(made.sections[0].page_width.mm) == 420 and min(sizes(made)) >= 9
    whole = sum(int(column.get(qn("w:w"))) for column in made.tables[0]._tbl.tblGrid.findall(qn("w:gridCol")))
    assert abs(whole / 20 * 25.4 / 72 - 390) < 2  # millimetres: the page within its margins


def test_what_is_asked_for_wrongly_is_told(site):
    told = site.rectify("paper", "ledger", "--columns", "没有的列")
    assert told.exit == 2 and "没有列“没有的列”" in told.out and "最近进展" in told.out
    site.rectify("paper", "overdue").ok()
    again = site.rectify("paper", "overdue")
    assert again.exit == 1 and "已经存在" in again.out
    assert site.rectify("paper", "handover", "2024-a/09").exit != 0
