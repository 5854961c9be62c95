"""A later state of a report that was imported: what it says otherwise is seen problem by problem, and taken or not."""

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, fields, notice, source
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.edit import read

RID = "2024-yuanlin"
FIRST = notice("2024年12月31日", "2025年1月10日")
LATER = (
    notice("2025年3月31日", "2025年4月8日")
    .replace("已续签3份，其余尽快续签。", "已完成整改。8份合同全部续签。")
    .replace("联系电话", "（三）行道树修剪不及时\n整改情况：正在推进。已修剪两条路。\n\n联系电话")
)


@pytest.fixture
def clerk(make_site) -> Clerk:
    clerk = Clerk(make_site(DISCLOSURE))
    page = drop(clerk, FIRST)
    form = {**fields(page.get_data(as_text=True), page.request.path), "id": RID, "published": "2025-01-10"}
    form |= {name: "ongoing" for name in form if name.startswith("status-") and not form[name]}
    assert "已导入 2 个问题" in clerk.post(page.request.path, form).get_data(as_text=True)
    return clerk


def drop(clerk: Clerk, text: str, name: str = "yuanlin.txt") -> TestResponse:
    return clerk.post("/import", {**clerk.form("/import", "/import"), "file": (BytesIO(text.encode()), name)})


def compared(clerk: Clerk, text: str = LATER, **changes: str) -> TestResponse:
    """Drop a report and go on to what it says otherwise."""
    page = drop(clerk, text)
    form = {**fields(page.get_data(as_text=True), page.request.path), "to": RID, **changes}
    return clerk.post(page.request.path, form)


def answered(clerk: Clerk, page: TestResponse, *left: str, **changes: str) -> TestResponse:
    """Answer the page of the differences, with these boxes empty."""
    form = fields(page.get_data(as_text=True), page.request.path)
    return clerk.post(page.request.path, {key: text for key, text in {**form, **changes}.items() if key not in left})


def values(clerk: Clerk, number: str) -> dict:
    keys = PROBLEM_KEYS if number != "index" else DISCLOSURE_KEYS
    return read(source(clerk.site, f"{RID}/{number}").read_text("utf-8"), keys).values


def files(clerk: Clerk) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (clerk.site.root / "content/reports" / RID).iterdir()}


def test_a_later_report_is_known_by_its_problems_and_what_is_ticked_is_taken(clerk):
    before = files(clerk)
    page = drop(clerk, LATER, "新的文件.txt").get_data(as_text=True)
    assert "3 个问题里有 2 个已经登记在这份通报里" in page and RID in page
    page = compared(clerk)
    text = page.get_data(as_text=True)
    assert "1 个问题没有不同" in text and "行道树修剪不及时" in text and "8份合同全部续签" in text
    assert files(clerk) == before, "seeing changes nothing"
    assert "已更新 2 个问题" in answered(clerk, page).get_data(as_text=True)
    two = values(clerk, "02")
    assert two["status"] == "done" and str(two["progress"][-1].date) == "2025-03-31"
    assert values(clerk, "03")["title"] == "行道树修剪不及时"
    assert str(values(clerk, "index")["as_of"]) == "2025-03-31"
    assert str(values(clerk, "index")["published"]) == "2025-01-10", "the first publication never moves"
    assert "和现在的一样" in compared(clerk).get_data(as_text=True)
    newest = clerk.desk.journal.entries()[-1]
    clerk.post("/changes/undo", {**clerk.form("/changes", "/changes/undo"), "id": newest.id})
    assert files(clerk) == before, "the note of the import too"


def test_what_is_left_stays_and_is_asked_again(clerk):
    before = files(clerk)
    page = compared(clerk)
    assert "已保存" in answered(clerk, page, "take|02.md", "take|new-3").get_data(as_text=True)
    assert files(clerk).keys() == before.keys() and files(clerk)["02.md"] == before["02.md"]
    again = compared(clerk).get_data(as_text=True)
    assert "行道树修剪不及时" in again and "8份合同全部续签" in again


def test_what_was_changed_here_since_stays_unless_the_document_is_chosen(clerk):
    clerk.problem(f"{RID}/02", title="养护合同续签拖延", body="已续签5份。")
    page = compared(clerk)
    text = page.get_data(as_text=True)
    assert "导入以后这里改过" in text and "已续签5份。" in text and "8份合同全部续签" in text
    assert "已更新" in answered(clerk, page).get_data(as_text=True)
    assert "已续签5份。" in source(clerk.site, f"{RID}/02").read_text("utf-8")
    clerk.post(
        "/changes/undo",
        {**clerk.form("/changes", "/changes/undo"), "id": clerk.desk.journal.entries()[-1].id},
    )
    page = compared(clerk)
    answered(clerk, page, **{"whose|02.md|body": "there"})
    now = source(clerk.site, f"{RID}/02").read_text("utf-8")
    assert "8份合同全部续签" in now and "养护合同续签拖延" in now


def test_a_problem_of_other_words_is_said_to_be_one_that_is_there(clerk):
    other = LATER.replace("养护合同续签滞后", "部分绿地管护协议到期未处理")
    page = compared(clerk, other)
    assert "登记里有 1 个问题文件里没有" in page.get_data(as_text=True)
    seen = answered(clerk, page, **{"as-2": "02"})
    assert "请看过现在的再保存" in seen.get_data(as_text=True), "what it is compared with now has not been seen"
    assert "已更新 2 个问题" in answered(clerk, seen).get_data(as_text=True)
    assert values(clerk, "02")["title"] == "部分绿地管护协议到期未处理"
    assert values(clerk, "03")["title"] == "行道树修剪不及时" and "04.md" not in files(clerk)


def test_a_report_that_does_not_say_how_far_a_problem_is_leaves_that_as_it_is(clerk):
    page = compared(clerk, LATER.replace("已完成整改。补齐采购档案46份，建立专柜。", "补齐采购档案46份。"))
    answered(clerk, page)
    assert values(clerk, "01")["status"] == "done" and "46份。\n" in source(clerk.site, f"{RID}/01").read_text("utf-8")
    assert "留现在的" not in compared(clerk).get_data(as_text=True)


def test_a_new_problem_says_how_far_it_is(clerk):
    page = compared(clerk, LATER.replace("整改情况：正在推进。已修剪两条路。", "整改状态：另行研究\n路边的树较多。"))
    again = answered(clerk, page)
    assert "第3个：请选择状态" in again.get_data(as_text=True) and "03.md" not in files(clerk)
    assert "已更新 2 个问题" in answered(clerk, again, **{"status-3": "ongoing"}).get_data(as_text=True)
    assert values(clerk, "03")["status"] == "ongoing"


def test_what_changed_behind_the_page_is_seen_first(clerk):
    page = compared(clerk)
    clerk.problem(f"{RID}/02", body="已续签6份。")
    assert "请看过现在的再保存" in answered(clerk, page).get_data(as_text=True)
    assert "已续签6份。" in source(clerk.site, f"{RID}/02").read_text("utf-8")


def test_a_disclosure_that_was_written_here_is_compared_too(clerk):
    (clerk.site.root / "content/reports" / RID / ".import.json").unlink()
    page = compared(clerk)
    assert "已更新 2 个问题" in answered(clerk, page).get_data(as_text=True)
    assert values(clerk, "02")["status"] == "done"


def test_a_report_of_another_disclosure_does_not_come_into_this_one(clerk):
    other = (
        FIRST.replace("园林局", "水务局").replace("苗木采购", "水表采购").replace("养护合同续签滞后", "水价公示不全")
    )
    page = drop(clerk, other)
    form = {**fields(page.get_data(as_text=True), page.request.path), "published": "2025-01-10", "status-2": "ongoing"}
    before = files(clerk)
    assert "对不上" in clerk.post(page.request.path, {**form, "id": RID}).get_data(as_text=True)
    assert files(clerk) == before


def test_all_that_was_read_stands_beside_its_line_and_is_corrected_there(clerk):
    page = drop(clerk, FIRST.replace("园林局", "林业局").replace("苗木", "树种").replace("养护合同", "林地合同"))
    text = page.get_data(as_text=True)
    form = fields(text, page.request.path)
    assert "补齐采购档案46份" in form["body-1"] and "measures-1" in form
    changed = {
        "id": "2024-linye", "published": "2025-01-10", "status-2": "ongoing",
        "body-1": "补齐采购档案48份。", "measures-1": "建立专柜\n按月核对", "owner-1": "科长",
    }  # fmt: skip
    assert "已导入" in clerk.post(page.request.path, {**form, **changed}).get_data(as_text=True)
    one = read(source(clerk.site, "2024-linye/01").read_text("utf-8"), PROBLEM_KEYS)
    assert one.body.strip() == "补齐采购档案48份。" and one.values["owner"] == "科长"
    assert [measure.text for measure in one.values["measures"]] == ["建立专柜", "按月核对"]


def test_the_note_of_an_import_says_nothing_of_this_machine(clerk):
    note = (clerk.site.root / "content/reports" / RID / ".import.json").read_text("utf-8")
    assert str(clerk.site.root) not in note
