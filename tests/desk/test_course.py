"""办理 at the desk: what may come next is offered, what waits is found, and of what is internal readers see nothing."""

import json
from io import BytesIO

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together, fields, source
from helpers.repository import git
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"


@pytest.fixture
def clerk(make_site) -> Clerk:
    return Clerk(make_site(DISCLOSURE))


def values(clerk: Clerk, ref: str = TWO) -> dict:
    return read(source(clerk.site, ref).read_text("utf-8"), PROBLEM_KEYS).values


def forms(clerk: Clerk, ref: str = TWO) -> dict[str, dict]:
    """What the forms of the steps hold, by stage."""
    page = clerk.text(f"/problem/{ref}")
    parts = [f"<form{part}" for part in page.split("<form")[1:] if 'name="stage"' in part]
    return {held["stage"]: held for held in map(fields, parts)}


def take(clerk: Clerk, stage: str, ref: str = TWO, **typed) -> str:
    form = forms(clerk, ref)[stage]
    return clerk.post(f"/problem/{ref}/step", {**form, **typed}).get_data(as_text=True)


def test_a_whole_story_by_the_forms_that_are_offered(clerk):
    assert {"handover", "extension", "application"} <= set(forms(clerk)) and "returned" not in forms(clerk)
    assert (
        forms(clerk)["handover"]["by"] == "中共清川市委第二巡察组"
        and forms(clerk)["handover"]["deadline"] == "2024-12-31"
    )
    assert "读者看不到" in take(clerk, "handover", text="逐个小区移交。", date="2024-09-02")
    take(clerk, "extension", text="管网改造推迟。", deadline="2025年3月31日", date="2024-10-08")
    assert "1 件延期申请待批" in clerk.text("/") and TWO in clerk.text("/ledger?view=extension")
    granted = forms(clerk)["granted"]
    assert granted["deadline"] == "2025-03-31", "what was asked for stands in the form of the answer"
    assert "公开的进展里多了一条" in take(clerk, "granted", date="2024-10-15")
    now = values(clerk)
    assert str(now["deadline"]) == "2025-03-31" and "调整为2025年3月31日" in now["progress"][-1].text
    assert "1 件延期" not in clerk.text("/")
    take(clerk, "application", text="全部移交，见移交单。", date="2024-11-20")
    assert "1 件销号申请待审" in clerk.text("/")
    page = clerk.text(f"/problem/{TWO}")
    assert "“销号申请”等待答复（2024-11-20）" in page and list(forms(clerk))[:2] == ["closeout", "returned"]
    take(clerk, "returned", text="还差三个小区的移交单。", date="2024-11-28", said="部分移交单还没有补齐。")
    assert "1 件被退回，还要整改" in clerk.text("/") and TWO in clerk.text("/ledger?view=back")
    assert "还差三个小区的移交单。" in clerk.text(f"/problem/{TWO}")
    take(clerk, "application", text="补齐了。", date="2024-12-02")
    take(clerk, "closeout", doc_no="清巡销〔2024〕9号", date="2024-12-09")
    now = values(clerk)
    assert (now["status"], now["closeout"][1:]) == ("closed-out", ("中共清川市委第二巡察组", "清巡销〔2024〕9号"))
    assert len(now["course"]) == 7 and not forms(clerk)
    assert "0 处错误" in clerk.site.rectify("check").ok().out
    reader = clerk.text(f"/reader/reports/{TWO}/index.html")
    assert "部分移交单还没有补齐。" in reader and "同意销号" in reader
    assert not [
        word for word in ("逐个小区移交。", "还差三个小区", "管网改造推迟", "补齐了。", "见移交单") if word in reader
    ]


@pytest.mark.parametrize(
    ("stage", "typed", "told"),
    [
        ("handover", {"by": "", "text": "移交。"}, "要写明：单位"),
        ("report", {"text": ""}, "要写明：内容"),
        ("extension", {"text": "推迟。", "deadline": "过几天"}, "不是日期"),
        ("extension", {"text": "推迟。", "deadline": "2024-11-30"}, "不晚于现在的"),
        ("report", {"text": "报送。", "date": "2099-01-01"}, "还没有到"),
        ("report", {"text": "报送。", "date": "2024-01-31"}, "早于反馈日期"),
        ("application", {"text": "完成。", "date": "2024-08-01"}, "早于上一条进展"),
    ],
)
def test_what_does_not_do_is_told_in_its_form_and_nothing_is_lost(clerk, stage, typed, told):
    before = source(clerk.site, TWO).read_bytes()
    page = take(clerk, stage, **typed, files=(BytesIO("移交单".encode()), "移交单.txt"))
    assert told in page and source(clerk.site, TWO).read_bytes() == before
    again = next(part for part in page.split("<details")[1:] if f'value="{stage}"' in part)
    assert " open" in again.partition(">")[0] and "移交单.txt" in again
    assert all(value in again for value in typed.values())


def test_evidence_stays_inside_and_undo_takes_a_step_back(clerk):
    before = source(clerk.site, TWO).read_bytes()
    take(clerk, "application", text="完成。", date="2024-11-20", files=(BytesIO("移交单".encode()), "移交单.txt"))
    assert values(clerk)["course"][0].files == ("files/移交单.txt",)
    clerk.site.rectify("build").ok()
    assert not [name for name in clerk.site.files() if "移交单" in name]
    clerk.post("/changes/undo", clerk.form("/changes", "/changes/undo"))
    assert source(clerk.site, TWO).read_bytes() == before


def test_two_decide_and_the_second_is_told(clerk):
    take(clerk, "application", ONE, text="完成。", date="2024-11-20")
    held = forms(clerk, ONE)["returned"]
    take(clerk, "closeout", ONE, date="2024-11-28")
    late = clerk.post(f"/problem/{ONE}/step", {**held, "text": "补齐。", "date": "2024-11-28"}).get_data(as_text=True)
    assert "没有等待答复的“销号申请”" in late and len(values(clerk, ONE)["course"]) == 2


def test_steps_of_two_clerks_are_both_kept(make_site, tmp_path):
    both = Together(make_site(DISCLOSURE), tmp_path)
    take(both.one, "handover", text="逐个移交。", date="2024-09-02")
    take(both.other, "report", text="移交两批。", date="2024-10-08")
    both.one.submit()
    both.other.submit()
    told = both.newest(TWO)
    assert told.index("环节: 交办") < told.index("环节: 整改情况报送") and "<<<" not in told


def test_two_who_decide_in_opposite_ways_leave_both_steps_and_a_warning(make_site, tmp_path):
    both = Together(make_site(DISCLOSURE), tmp_path)
    take(both.one, "application", ONE, text="完成。", date="2024-11-20")
    both.one.submit()
    git(both.other.site, "pull", "-q").ok()
    take(both.one, "closeout", ONE, date="2024-11-28")
    take(both.other, "returned", ONE, date="2024-11-28", text="补齐一季度的。")
    both.one.submit()
    both.other.submit()
    now = read(both.newest(ONE), PROBLEM_KEYS).values
    assert [one.stage for one in now["course"]] == ["application", "closeout", "returned"]
    assert now["status"] == "ongoing" and "closeout" not in now
    assert "[S090]" in both.other.site.rectify("check").out


def test_many_are_handed_over_at_once_after_a_look_at_each(clerk):
    asked = {
        "ref": [ONE, TWO],
        "stage": "handover",
        "entry_date": "2024-09-02",
        "step_text": "按季度报送。",
        "as_of": "1",
    }
    form = clerk.form("/ledger", "/ledger/together")
    shown = clerk.post("/ledger/together", {**form, **asked}).get_data(as_text=True)
    assert "将要改 1 个问题" in shown and "不能登记“交办”" in shown, "what is done is handed over no more"
    assert "2024-09-02 交办 中共清川市委第二巡察组 按季度报送。" in shown and "course" not in values(clerk)
    both = {**form, **asked, "entry_text": "第二批移交。", "apply": "1"}
    assert "一次只做一件" in clerk.post("/ledger/together", both).get_data(as_text=True) and "course" not in values(
        clerk
    )
    clerk.post("/ledger/together", {**form, **asked, "apply": "1"})
    (step,) = values(clerk)["course"]
    assert (step.stage, step.text) == ("handover", "按季度报送。") and "course" not in values(clerk, ONE)
    assert len(values(clerk)["progress"]) == 1


def test_a_plain_deadline_stands_in_the_form(clerk):
    assert clerk.form(f"/problem/{TWO}")["deadline"] == "2024-12-31"


def test_what_the_checks_say_of_steps_stands_at_the_top_of_the_form(clerk):
    take(clerk, "handover", text="逐个移交。", date="2024-09-02", by="王小川")
    form = clerk.form(f"/problem/{TWO}", f"/problem/{TWO}")
    said = json.loads(clerk.post(f"/problem/{TWO}/look", form, Accept="application/json").data)["remarks"]
    assert [one["text"] for one in said[""]] == ["2024-09-02 的“交办”里写了姓名：王小川"]
