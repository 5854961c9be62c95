"""通报 at the desk: its head and prose, new ones, new problems, papers, and documents that are dropped on the page."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, fields, source
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.outputs.paper_columns import USUAL
from rectify.sources.edit import read

RID = "2024-a"
NOTICE = """中共清川市园林局党组关于巡察整改进展情况的通报

根据市委统一部署，2024年3月至5月，市委第三巡察组对市园林局党组开展了巡察，2024年7月2日反馈了意见。现将截至2024年12月31日的整改进展情况公布如下。

一、党的建设方面
（一）苗木采购档案不全
整改情况：已完成整改。补齐采购档案46份，建立专柜。
（二）养护合同续签滞后
整改情况：正在推进。已续签3份，其余2025年3月底前完成。

联系电话：0000-2345678

中共清川市园林局党组
2025年1月10日
"""


@pytest.fixture
def clerk(make_site) -> Clerk:
    return Clerk(make_site(DISCLOSURE))


def head(clerk: Clerk, rid: str = RID) -> dict:
    file = clerk.site.root / "content/reports" / rid / "index.md"
    return read(file.read_text("utf-8"), DISCLOSURE_KEYS).values


def save(clerk: Clerk, **changes: str) -> str:
    form = {**clerk.form(f"/disclosure/{RID}", f"/disclosure/{RID}"), **changes}
    return clerk.post(f"/disclosure/{RID}", form).get_data(as_text=True)


def test_the_head_of_a_disclosure_is_edited_field_by_field(clerk):
    assert "清川市水务局党组" in clerk.text("/disclosures")
    assert "已保存" in save(
        clerk, **{"contact.phone": "0000-2345602", "as_of": "2024年10月31日", "issuer": "清川市水务局党组"}
    )
    now = head(clerk)
    assert (now["contact"].phone, str(now["as_of"]), now["issuer"]) == (
        "0000-2345602",
        "2024-10-31",
        "清川市水务局党组",
    )
    assert now["contact"].address == "清川市安和路6号"
    text = (clerk.site.root / "content/reports/2024-a/index.md").read_text("utf-8")
    assert "审批: {提出: 机关党委, 审核: 办公室, 保密审查: 办公室, 批准: 党组, 日期: 2024-10-15}" in text
    again = save(clerk, published="改天")
    assert "改天" in again and str(head(clerk)["published"]) == "2024-10-18"
    looked = clerk.post(
        f"/disclosure/{RID}/look",
        {**clerk.form(f"/disclosure/{RID}", f"/disclosure/{RID}"), "body": "联系住户 13856781234。"},
    )
    assert looked.get_json()["remarks"]["body"][0]["severity"] == "error"
    assert "联系住户" in clerk.text(f"/reader/{looked.get_json()['page']}")


def test_what_is_no_plain_text_is_typed_in_one_line_and_a_number_that_is_wrong_leads_to_its_field(clerk):
    file = source(clerk.site, "2024-a/01")
    file.write_text(file.read_text("utf-8").replace("已完成", "持续推进"), "utf-8")
    for page in ("/", "/changes"):
        assert f'<a href="{clerk.below}/disclosure/{RID}">通报 {RID}</a>' in clerk.text(page)
    form = clerk.form(f"/disclosure/{RID}", f"/disclosure/{RID}")
    assert (form["declared"], form["inspected"]) == ("总数 2，已完成 1，持续推进 1", "2024-01-08 至 2024-03-08")
    looked = clerk.post(f"/disclosure/{RID}/look", form).get_json()["remarks"]
    assert "公布“已完成”1 个" in looked["declared"][0]["text"] and "公布“已完成”1 个" in looked["body"][0]["text"]
    typed = {
        "declared": "总数2、持续推进：2个、已完成0",
        "inspected": "2024年1月9日到2024年3月8日",
        "outcomes": "制定制度 12 项\n追缴资金7.132万元",
    }
    assert "已保存" in save(clerk, **typed, body="逐条公开。")
    now = head(clerk)
    assert (
        now["declared"] == (("total", 2), ("ongoing", 2), ("done", 0)) and str(now["inspected"].start) == "2024-01-09"
    )
    assert now["outcomes"] == (("制定制度", "12", "项"), ("追缴资金", "7.132", "万元"))
    again = clerk.form(f"/disclosure/{RID}", f"/disclosure/{RID}")
    assert again["outcomes"] == "制定制度 12 项\n追缴资金 7.132 万元"
    assert "没有改动" in save(clerk)
    for name, text, told in (
        ("declared", "两个", "总数 12，已完成 8"),
        ("declared", "总数 2，总数 3", "总数 12，已完成 8"),
        ("inspected", "去年", "2024-03-18 至 2024-04-26"),
        ("inspected", "2024-03-08 至 2024-01-08", "起止颠倒"),
        ("outcomes", "不少", "制定制度 12 项"),
    ):
        said = save(clerk, **{name: text}).partition(f'id="remarks-{name}"')[2][:300]
        assert "desk-remark--error" in said and told in said and "{" not in said, text
    save(clerk, declared="", inspected="", outcomes="")
    assert not {"declared", "inspected", "outcomes"} & head(clerk).keys()


def test_a_head_whose_form_is_forgotten_is_shown_again_and_covers_nothing(clerk):
    form = clerk.form(f"/disclosure/{RID}", f"/disclosure/{RID}")
    save(clerk, issuer="清川市水务局党组")
    for kept in (clerk.desk.office.state / "bases").iterdir():
        kept.unlink()
    again = clerk.post(f"/disclosure/{RID}", {**form, "doc_no": "清水〔2024〕7号"}).get_data(as_text=True)
    assert "还没有保存" in again and "清水〔2024〕7号" in again
    assert head(clerk)["issuer"] == "清川市水务局党组" and "doc_no" not in head(clerk)


def test_a_new_disclosure_and_a_new_problem_get_the_next_number(clerk):
    form = {
        **clerk.form("/disclosures/new"),
        "title": "清川市园林局关于整改情况的报告",
        "unit": "清川市园林局",
        "id": "2025-yuanlin",
    }
    assert "只用小写字母" in clerk.post("/disclosures/new", {**form, "id": "园林"}).get_data(as_text=True)
    assert "已经有通报" in clerk.post("/disclosures/new", {**form, "id": RID}).get_data(as_text=True)
    assert "截至日期：" in clerk.post("/disclosures/new", {**form, "as_of": "改天"}).get_data(as_text=True)
    assert "已新建" in clerk.post("/disclosures/new", form).get_data(as_text=True)
    page = clerk.text("/disclosure/2025-yuanlin")
    token = fields(page, "/new")
    for number in ("01", "02"):
        made = clerk.post("/disclosure/2025-yuanlin/new", {**token, "title": "养护合同续签滞后", "status": "ongoing"})
        assert "已新建" in made.get_data(as_text=True)
        assert source(clerk.site, f"2025-yuanlin/{number}").is_file()
    newest = clerk.desk.journal.entries()[-1]
    clerk.post("/changes/undo", {**clerk.form("/changes", "/changes/undo"), "id": newest.id})
    assert not source(clerk.site, "2025-yuanlin/02").exists()


def test_papers_are_taken_away_as_word_and_excel(clerk):
    word = Document(BytesIO(clerk.get(f"/disclosure/{RID}/docx").data))
    assert any("二次供水设施移交缓慢" in paragraph.text for paragraph in word.paragraphs)
    book = load_workbook(BytesIO(clerk.get(f"/disclosure/{RID}/xlsx").data))
    assert any("二次供水设施移交缓慢" in str(cell.value) for sheet in book for row in sheet for cell in row)
    assert clerk.get(f"/disclosure/{RID}/pdf").status_code == 404


def test_a_document_is_looked_at_beside_its_lines_corrected_and_written(clerk):
    dropped = clerk.post(
        "/import", {**clerk.form("/import", "/import"), "file": (BytesIO(NOTICE.encode()), "整改 通报.txt")}
    )
    page = dropped.get_data(as_text=True)
    assert "读出 2 个问题" in page and "苗木采购档案不全" in page and "正在推进" in page
    form = fields(page, dropped.request.path)
    assert "园林局" in form["unit"]
    assert (form["status-1"], form["status-2"]) == ("done", "ongoing")
    before = set((clerk.site.root / "content").rglob("*"))
    wrong = clerk.post(dropped.request.path, {**form, "id": "", "title-1": ""}).get_data(as_text=True)
    assert "只用小写字母" in wrong and "第1个" in wrong
    assert set((clerk.site.root / "content").rglob("*")) == before  # nothing is written before it is right
    right = {
        **form, "id": "2024-yuanlin", "title-2": "养护合同续签不及时", "deadline-2": "2025年3月底前", "lead-1": "绿化科",
        "published": "2025年1月10日", "as_of": "2024-12-31",
    }  # fmt: skip
    assert "已导入 2 个问题" in clerk.post(dropped.request.path, right).get_data(as_text=True)
    two = read(source(clerk.site, "2024-yuanlin/02").read_text("utf-8"), PROBLEM_KEYS).values
    assert two["title"] == "养护合同续签不及时" and str(two["deadline"]) == "2025-03-31" and two["status"] == "ongoing"
    assert read(source(clerk.site, "2024-yuanlin/01").read_text("utf-8"), PROBLEM_KEYS).values["lead"] == "绿化科"
    assert str(head(clerk, "2024-yuanlin")["published"]) == "2025-01-10"
    clerk.post("/changes/undo", {**clerk.form("/changes", "/changes/undo"), "id": clerk.desk.journal.entries()[-1].id})
    assert set((clerk.site.root / "content").rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("程序.exe", b"MZ" + bytes(100), "没有导入"),
        ("空.docx", b"", "没有导入"),
        ("坏.docx", b"PK\x03\x04" + bytes(30), "没有导入"),
        ("秘密.txt", ("机密★三年\n" + NOTICE).encode(), "没有导入"),
        ("讲话.txt", "在会议上的讲话\n同志们：今天我讲三点意见。\n".encode(), "没有导入"),
        ("../../index.md", "# 不是通报\n".encode(), "没有导入"),
    ],
)
def test_what_is_no_disclosure_is_refused_in_a_sentence(clerk, name, data, told):
    page = clerk.post("/import", {**clerk.form("/import", "/import"), "file": (BytesIO(data), name)}).get_data(
        as_text=True
    )
    assert told in page and "Traceback" not in page
    assert (
        not list((clerk.site.root / "content").glob("*不是*"))
        and clerk.get("/import/0123456789abcdef").status_code == 200
    )


def test_whoever_signs_approves_what_stands_there(clerk):
    page = clerk.text(f"/disclosure/{RID}/approve")
    assert "二次供水设施移交缓慢" in page and "以后读者看得见的改动使批准失效" in page
    form = {**fields(page, "/approve"), "by": "清川市水务局党组", "form_no": "2024-17", "reviewed_by": "法规科"}
    assert "日期不晚于今天" in clerk.post(f"/disclosure/{RID}/approve", {**form, "date": "2099-01-01"}).get_data(
        as_text=True
    )
    # What somebody changes after the page was opened has been seen by nobody who signs.
    was = source(clerk.site, "2024-a/02").read_bytes()
    clerk.problem("2024-a/02", owner="科长", as_of="")
    assert "请看过现在的再批准" in clerk.post(f"/disclosure/{RID}/approve", form).get_data(as_text=True)
    assert not head(clerk)["approval"].fingerprints
    source(clerk.site, "2024-a/02").write_bytes(was)
    assert "已批准" in clerk.post(f"/disclosure/{RID}/approve", form).get_data(as_text=True)
    approval = head(clerk)["approval"]
    assert (approval.approved_by, approval.form_no) == ("清川市水务局党组", "2024-17")
    assert (approval.proposed_by, approval.reviewed_by) == ("机关党委", "法规科") and len(approval.fingerprints) == 3
    assert "没有改动" in clerk.text(f"/disclosure/{RID}/approve")
    clerk.problem("2024-a/02", lead="供水科", entry_text="", as_of="")
    again = clerk.text(f"/disclosure/{RID}/approve")
    assert "02.md" in again and "上次批准以后改过的" in again


def test_forms_and_lists_are_taken_away_as_word(clerk):
    for way in (
        "/problem/2024-a/02/handover",
        "/problem/2024-a/02/closeout",
        "/papers/overdue",
        "/papers/ledger?view=late",
    ):
        made = Document(BytesIO(clerk.get(way).data))
        assert any(
            "二次供水设施移交缓慢" in cell.text for table in made.tables for row in table.rows for cell in row.cells
        ), way
    form = fields(clerk.text("/ledger"), "/papers/ledger")
    assert form["column"] == list(USUAL) and form["sheet"] == "A4"
    made = Document(BytesIO(clerk.get("/papers/ledger?column=title&column=ref&column=measures&sheet=A3").data))
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["编号", "问题", "整改措施"]
    assert round(made.sections[0].page_width.mm) == 420
    assert clerk.get("/papers/ledger?column=none&sheet=A9").status_code == 200
    assert clerk.get("/problem/2024-a/09/handover").status_code == 404
    assert "没有符合条件的问题" in clerk.text("/papers/ledger?words=没有这样的")
