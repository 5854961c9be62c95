"""A problem at the desk: what is typed is what the file says, and nothing else in it changes."""

import difflib
import json
import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.attached import png, tiff
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, desk_of, fields, source
from helpers.site import write_site
from rectify.core.vocabulary import FLAGS, PROBLEM_KEYS
from rectify.desk import journal
from rectify.sources.edit import read

REF = "2024-a/02"
GBK = "\ufeff---\r\n# 原文如此\r\n问题：二次供水设施移交缓慢   # 标题\r\n状态: 持续推进\r\n整改时限: 2024年12月31日\r\n---\r\n\r\n其余小区按计划移交。\r\n"


@pytest.fixture
def clerk(make_site) -> Clerk:
    return Clerk(make_site(DISCLOSURE))


def values(clerk: Clerk, ref: str = REF) -> dict:
    return read(source(clerk.site, ref).read_text("utf-8"), PROBLEM_KEYS).values


def test_an_entry_with_a_status_and_a_day_as_people_write_it(clerk):
    saved = clerk.problem(REF, entry_text="全部小区移交。", entry_status="done", entry_date="2024年12月5日")
    assert "已保存" in saved.get_data(as_text=True)
    now = values(clerk)
    assert now["status"] == "done" and now["progress"][-1][:3] == (now["progress"][-1].date, "全部小区移交。", "done")
    assert str(now["progress"][-1].date) == "2024-12-05"
    # The disclosure says as of which day it is, with the counts of its text as of theirs.
    index = (clerk.site.root / "content/reports/2024-a/index.md").read_text("utf-8")
    assert "截至日期: 2024-12-05" in index and "公布数截至日期: 2024-09-30" in index
    assert "0 处错误" in clerk.site.rectify("check").ok().out


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"entry_status": "done"}, "请写明做了什么"),
        ({"entry_text": "移交。", "entry_date": "明天"}, "不是日期"),
        ({"entry_text": "移交。", "entry_date": "2099-01-01"}, "还没有到"),
        ({"entry_text": "退回。", "entry_status": "pending"}, "不能退回"),
        ({"entry_text": "销号。", "entry_status": "closed-out"}, "销号要先完成"),
        ({"title": ""}, "是空的"),
        ({"deadline": "过几天"}, "过几天"),
        ({"deadline": "2025-03-31"}, "请写明原因"),
    ],
)
def test_what_does_not_do_is_told_at_its_field_and_nothing_is_written(clerk, changes, told):
    before = source(clerk.site, REF).read_bytes()
    again = clerk.problem(REF, **changes).get_data(as_text=True)
    assert told in again and "没有保存" in again.partition("添加进展")[0]
    assert source(clerk.site, REF).read_bytes() == before
    for text in changes.values():  # what was typed is still there
        assert not text or text in again


def test_an_entry_is_worded_anew_and_of_another_day_and_nothing_else_moves(clerk):
    clerk.problem(REF, entry_text="第二批移交。", entry_date="2024-09-20")
    before = source(clerk.site, REF).read_text("utf-8")
    mended = {"was-0-text": "第一批7个小区完成移交，签收齐全。", "was-1-date": "2024年9月18日"}
    assert "已保存" in clerk.problem(REF, **mended).get_data(as_text=True)
    after = before.replace("完成移交。", "完成移交，签收齐全。").replace("2024-09-20", "2024-09-18")
    assert source(clerk.site, REF).read_text("utf-8") == after
    clerk.problem(REF, **{"was-1-date": "2024-08-01"})
    progress = read(source(clerk.site, REF).read_text("utf-8"), PROBLEM_KEYS).values["progress"]
    assert [entry.text for entry in progress] == ["第二批移交。", "第一批7个小区完成移交，签收齐全。"]
    for wrong, told in (
        ({"was-0-text": " "}, "请写明做了什么"),
        ({"was-1-date": "改天"}, "“改天”不是日期"),
        ({"was-1-date": "0024-08-15"}, "不是日期"),
    ):
        assert told in clerk.problem(REF, **wrong).get_data(as_text=True).partition('id="remarks-history"')[2]


def test_a_deadline_in_words_moves_with_its_reason(clerk):
    clerk.problem(REF, deadline="2025年3月底前", reason="管网改造推迟")
    now = values(clerk)
    assert str(now["deadline"]) == "2025-03-31" and now["deadline_wording"] == "2025年3月底前"
    assert now["flags"] == ("extended",)
    assert now["progress"][-1].text == "整改时限由2024-12-31调整为2025-03-31：管网改造推迟"
    assert clerk.form(f"/problem/{REF}")["deadline"] == "2025年3月底前"
    clerk.problem(REF, deadline="长期坚持")
    assert "deadline" not in values(clerk) or values(clerk)["deadline"] is None
    assert "long-term" in values(clerk)["flags"]


def test_what_cannot_be_read_is_shown_as_it_is_written_and_stays_so(clerk):
    file = source(clerk.site, REF)
    text = file.read_text("utf-8")
    for said in ("第三季度末", "三月底前"):
        file.write_text(re.sub("整改时限: .*", f"整改时限: {said}", text), "utf-8")
        assert clerk.form(f"/problem/{REF}")["deadline"] == said
        clerk.problem(REF, lead="供水管理科")
        assert f"整改时限: {said}\n" in file.read_text("utf-8") and values(clerk)["lead"] == "供水管理科"


FIELDS = {
    "title": st.text(alphabet="供水设施移交缓慢：#-'\"[]{}&*!|>%@`,，。 ", min_size=1, max_size=30),
    "group": st.text(alphabet="党的建设方面、一二 #:", max_size=12),
    "lead": st.text(alphabet="供水科 &:#", max_size=8),
    "owner": st.sampled_from(["", "分管副局长", "科长: 供水", "'引号'"]),
    "units": st.lists(st.sampled_from(["供水科", "财务科", "办公室", "off"]), unique=True).map("、".join),
    "measures": st.lists(st.text(alphabet="逐个小区核对产权。:#-1", min_size=1, max_size=14), max_size=4).map(
        "\n".join
    ),
    "flags": st.lists(st.sampled_from(list(FLAGS.entries)), unique=True).map("、".join),
    "body": st.text(alphabet="其余小区按计划移交。\n -*#|", max_size=60),
}


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.none(), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})), st.booleans())  # fmt: skip
def test_only_what_was_changed_changes(tmp_path_factory, changes, as_from_windows):
    """Lines of other keys, comments, the order, the line ends and the mark at the beginning stay."""
    from rectify.desk.drafts import draft
    from rectify.desk.fields import BODY, meant, texts_of
    from rectify.sources.file_edit import text_of

    files = {**DISCLOSURE, **({"reports/2024-a/02.md": GBK.encode()} if as_from_windows else {})}
    site = write_site(tmp_path_factory.mktemp("desk"), files)
    desk = Clerk(site, comes_in=False).desk
    data = source(site, REF).read_bytes()
    base, _encoding = text_of(data, "")
    was = read(base, PROBLEM_KEYS)
    posted = {**texts_of(was.values, was.body), **changes}
    made = draft(desk.office, REF, base, posted)
    says = meant(texts_of(was.values, was.body), posted, was.values)
    if not made.is_readable:
        assert says.findings
        return
    if not made.edits:
        assert not says.values and says.body is None
        return
    (edit,) = made.edits
    after = read(edit.after, PROBLEM_KEYS)
    for name in PROBLEM_KEYS.entries:
        wanted = says.values.get(name, was.values.get(name))
        assert (after.values.get(name) or None) == (wanted or None), name
    assert after.body.strip() == (was.body.strip() if says.body is None else says.body)
    assert edit.new.startswith(b"\xef\xbb\xbf") == as_from_windows
    if as_from_windows:
        assert edit.new.count(b"\n") == edit.new.count(b"\r\n") and "# 原文如此" in edit.new.decode()
    kept = [line for line in base.split("\n") if not any(_is_of(line, name) for name in says.values)]
    if says.body is None and BODY not in says.values and not set(says.values) & {"measures", "flags", "units"}:
        lost = [line[2:] for line in difflib.ndiff(base.split("\n"), edit.after.split("\n")) if line.startswith("- ")]
        assert all(line not in kept for line in lost)


def _is_of(line: str, name: str) -> bool:
    word = line.partition(":")[0].partition("：")[0].strip()
    key = PROBLEM_KEYS.find(word) if word else None
    return key is not None and key.name == name


def test_the_checks_and_the_page_follow_what_is_typed_and_nothing_is_written(clerk):
    form = {**clerk.form(f"/problem/{REF}"), "entry_text": "移交完毕，联系住户 13856781234。", "entry_status": "done"}
    before = source(clerk.site, REF).read_bytes()
    told = json.loads(clerk.post(f"/problem/{REF}/look", form).data)
    (remark,) = told["remarks"]["entry"]
    assert remark["severity"] == "error" and "138****1234" in remark["fix"]
    page = clerk.text(f"/reader/{told['page']}")
    assert "移交完毕" in page and "已完成" in page
    assert "移交完毕" not in clerk.text("/reader/reports/2024-a/01/index.html")
    assert source(clerk.site, REF).read_bytes() == before
    told = json.loads(
        clerk.post(f"/problem/{REF}/look", {**form, "entry_text": "x", "body": "联系住户 13856781234。"}).data
    )
    assert "body" in told["remarks"]


def test_a_problem_that_refers_to_another_disclosure_is_shown(make_site):
    earlier = {
        path.replace("2024-a", "2022-b"): text.replace("2024-", "2022-")
        for path, text in DISCLOSURE.items()
        if "2024-a" in path
    }
    again = DISCLOSURE["reports/2024-a/02.md"].replace("序号: 2", "序号: 2\n前次: [2022-b/01]\n重点: [屡改屡犯]")
    clerk = Clerk(make_site({**DISCLOSURE, **earlier, "reports/2024-a/02.md": again}))
    told = json.loads(clerk.post(f"/problem/{REF}/look", clerk.form(f"/problem/{REF}")).data)
    assert told["remarks"] == {} and "二次供水设施移交缓慢" in clerk.text(f"/reader/{told['page']}")


def test_a_photograph_is_looked_into_and_cleaned_when_asked(clerk):
    form = {**clerk.form(f"/problem/{REF}"), "entry_text": "现场照片。"}
    photo = png(exif=tiff(gps=True))
    told = json.loads(
        clerk.post(f"/problem/{REF}/look", {**form, "files": (BytesIO(photo), "现场 照片.png")}).data
    )  # fmt: skip
    assert any("位置" in one["text"] and "勾上" in one["fix"] for one in told["remarks"]["files"])
    clerk.problem(REF, entry_text="现场照片。", files=(BytesIO(photo), "../../现场 照片.png"), clean="1")
    (name,) = values(clerk)["progress"][-1].files
    kept = source(clerk.site, REF).parent / name
    assert name == "files/现场-照片.png" and kept.read_bytes() == png()
    # Another file of the same name does not take its place.
    clerk.problem(REF, entry_text="又一张。", files=(BytesIO(photo), "现场 照片.png"))
    assert values(clerk)["progress"][-1].files == ("files/现场-照片-2.png",)
    assert kept.exists()


def test_a_form_that_lay_open_says_only_what_was_changed_in_it(clerk):
    old = clerk.form(f"/problem/{REF}")
    clerk.problem(REF, lead="供水科")
    saved = clerk.post(f"/problem/{REF}", {**old, "owner": "分管副局长"})
    assert "已保存" in saved.get_data(as_text=True)
    assert (values(clerk)["lead"], values(clerk)["owner"]) == ("供水科", "分管副局长")


@pytest.mark.parametrize("ref", [f"/problem/{REF}", "/disclosure/2024-a"])
def test_a_form_whose_beginning_is_forgotten_says_what_a_save_would_take_over(clerk, ref):
    name, of_others, mine = (
        ("lead", "供水科", "规划科") if "problem" in ref else ("issuer", "市水务局党组", "清川市水务局党组")
    )
    old = {**clerk.form(ref, ref), name: mine}
    clerk.post(ref, {**clerk.form(ref, ref), name: of_others})
    for file in (clerk.desk.office.state / "bases").iterdir():
        file.unlink()
    page = clerk.post(ref, old).get_data(as_text=True)
    said = page.partition('class="desk-said"')[2].partition("</div>")[0]
    assert f"现在是“{of_others}”，您填的是“{mine}”" in said and said.count("现在是") == 1
    assert "还没有保存" in page.partition("</title>")[0]
    assert "已保存" in clerk.post(ref, fields(page, ref)).get_data(as_text=True)
    assert clerk.form(ref, ref)[name] == mine


def test_two_who_change_the_same_field_choose(clerk):
    old = clerk.form(f"/problem/{REF}")
    clerk.problem(REF, lead="供水科")
    asked = clerk.post(f"/problem/{REF}", {**old, "lead": "规划科", "entry_text": "第二批移交。"}).get_data(
        as_text=True
    )
    assert "供水科" in asked and "规划科" in asked and values(clerk)["lead"] == "供水科"
    form = fields(asked)
    assert form["lead"] == "规划科" and form["entry_text"] == "第二批移交。"
    clerk.post(f"/problem/{REF}", {**form, f"choose|reports/{REF}.md|lead": "ours"})
    assert values(clerk)["lead"] == "规划科" and values(clerk)["progress"][-1].text == "第二批移交。"


def test_what_was_saved_is_taken_back_in_order(clerk):
    first = source(clerk.site, REF).read_bytes()
    clerk.problem(REF, lead="供水科")
    second = source(clerk.site, REF).read_bytes()
    clerk.problem(REF, owner="分管副局长")
    older, newer = clerk.desk.journal.entries()
    form = clerk.form("/changes", "/changes/undo")
    assert "先撤销后来的" in clerk.post("/changes/undo", {**form, "id": older.id}).get_data(as_text=True)
    assert "已撤销" in clerk.post("/changes/undo", {**form, "id": newer.id}).get_data(as_text=True)
    assert source(clerk.site, REF).read_bytes() == second
    clerk.post("/changes/undo", {**form, "id": older.id})
    assert source(clerk.site, REF).read_bytes() == first
    assert "已经撤销过" in clerk.post("/changes/undo", {**form, "id": older.id}).get_data(as_text=True)


def test_half_a_line_of_the_journal_is_passed_over(clerk):
    clerk.problem(REF, lead="供水科")
    file = clerk.desk.office.state / "saved.jsonl"
    file.write_bytes(file.read_bytes() + '{"id": "abc", "what": "问'.encode()[:-1])
    assert len(clerk.desk.journal.entries()) == 1
    assert "供水科" in clerk.text("/ledger")
    clerk.problem(REF, owner="分管副局长")
    assert len(clerk.desk.journal.entries()) == 2
    assert "已撤销" in clerk.post("/changes/undo", clerk.form("/changes", "/changes/undo")).get_data(as_text=True)
    assert "owner" not in values(clerk)


def test_of_more_saves_than_are_kept_the_oldest_stays_and_that_is_said(clerk, monkeypatch):
    monkeypatch.setattr(journal, "MOST", 2)
    before = source(clerk.site, REF).read_bytes()
    for name in ("一", "二"):
        clerk.problem(REF, owner=name)
    said = "只能撤销最近 2 次"
    assert said in clerk.text("/changes")
    clerk.problem(REF, owner="三")
    clerk.sit_at(desk_of(clerk.site))  # the desk is opened again
    page = clerk.text("/changes")
    assert page.count('name="id"') == 2 and said in page
    # Somebody else's change of the same file came in between: nothing is covered, and a sentence says why.
    file = source(clerk.site, REF)
    kept = file.read_bytes()
    file.write_bytes(kept.replace("三".encode(), "别人".encode()))
    undo = clerk.form("/changes", "/changes/undo")
    assert "后来别人又改过" in clerk.post("/changes/undo", undo).get_data(as_text=True)
    file.write_bytes(kept)
    for one in reversed(clerk.desk.journal.entries()):
        clerk.post("/changes/undo", {**undo, "id": one.id})
    assert values(clerk)["owner"] == "一" and file.read_bytes() != before
    assert said not in clerk.text("/changes")


def test_several_problems_are_set_together_after_a_look_at_each(clerk):
    form = clerk.form("/ledger", "/ledger/together")
    asked = {**form, "ref": ["2024-a/01", "2024-a/02"], "entry_status": "done", "entry_text": "复核完成。"}
    shown = clerk.post("/ledger/together", asked).get_data(as_text=True)
    assert "将要改 2 个问题" in shown and "截至日期" in shown  # what goes along is shown too
    assert "复核完成。" not in source(clerk.site, REF).read_text("utf-8")
    assert "已保存 2 个问题" in clerk.post("/ledger/together", {**asked, "apply": "1"}).get_data(as_text=True)
    assert [values(clerk, ref)["progress"][-1].text for ref in ("2024-a/01", REF)] == ["复核完成。"] * 2
    # A column of Excel, one line for each.
    pasted = {
        **asked,
        "entry_text": "",
        "entry_status": "",
        "pasted_as": "lead",
        "pasted": "供水科\r\n规划科",
        "apply": "1",
    }
    clerk.post("/ledger/together", pasted)
    assert [values(clerk, ref)["lead"] for ref in ("2024-a/01", REF)] == ["供水科", "规划科"]
    assert "要一样多" in clerk.post("/ledger/together", {**pasted, "pasted": "供水科"}).get_data(as_text=True)
    refused = clerk.post("/ledger/together", {**asked, "entry_status": "pending"}).get_data(as_text=True)
    assert "将要改 0 个问题" in refused and "不能退回" in refused


def test_the_day_begins_with_what_wants_attention(clerk):
    today = clerk.text("/")
    assert "1 件逾期" in today and "二次供水设施移交缓慢" in today and "管网巡检" not in today
    late = clerk.text("/ledger?view=late")
    assert "2024-a/02" in late and "2024-a/01" not in late
    assert "没有符合条件的问题" in clerk.text("/ledger?words=没有这样的")


def test_a_broken_file_is_told_of_and_stops_nothing_else(make_site):
    files = {**DISCLOSURE, "reports/2024-a/02.md": "---\n问题: [没有写完\n状态: 已完成\n---\n"}
    clerk = Clerk(make_site(files))
    assert "方括号或者花括号没有配对" in clerk.text("/") and "2024-a/01" in clerk.text("/ledger")
    broken = clerk.text("/problem/2024-a/02")
    assert "请管理员改正" in broken and "“提交”里的“代为改正”" in broken
    assert clerk.get("/problem/2024-a/99").status_code == 404
    assert "正文" in clerk.text("/problem/2024-a/01")


def test_an_attachment_stays_with_its_form_while_a_question_is_open(clerk):

    old = clerk.form(f"/problem/{REF}")
    clerk.problem(REF, lead="供水科")
    sent = {
        **old,
        "lead": "规划科",
        "entry_text": "现场照片。",
        "entry_date": "明天",
        "files": (BytesIO(png()), "现场.png"),
    }
    again = fields(clerk.post(f"/problem/{REF}", sent).get_data(as_text=True), f"/problem/{REF}")
    (kept,) = again["kept"]
    assert kept.endswith("|现场.png")
    asked = fields(
        clerk.post(f"/problem/{REF}", {**again, "entry_date": "2024-10-08"}).get_data(as_text=True), f"/problem/{REF}"
    )
    assert asked["kept"] == kept
    clerk.post(f"/problem/{REF}", {**asked, f"choose|reports/{REF}.md|lead": "ours"})
    (name,) = values(clerk)["progress"][-1].files
    assert (source(clerk.site, REF).parent / name).read_bytes() == png()
    clerk.post(f"/problem/{REF}", {**clerk.form(f"/problem/{REF}"), "entry_text": "又。", "kept": "../../x|a.png"})
    assert values(clerk)["progress"][-1].files == ()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\nb\0c.png", "a-b-c.png"),
        ("\u202egnp.exe.png", "gnp.exe.png"),
        ("CON.png", "file-CON.png"),
        ("C:\\\\照片\\\\现场.png", "现场.png"),
        ("../../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("…", "file"),
        ("关于印发工作规则的通知" * 20 + ".docx", None),
        ("a." + "x" * 400, None),
    ],
)
def test_a_name_of_every_kind_is_one_that_every_system_takes(tmp_path, sent, kept):
    from rectify.desk.uploads import Upload, placed

    (name,) = placed(tmp_path, [Upload(sent, b"")])
    assert kept is None or name == f"files/{kept}"
    assert len(name.encode()) < 200 and name.isprintable() and ".." not in name


def test_names_that_differ_in_capitals_alone_are_two(tmp_path):
    from rectify.desk.uploads import Upload, placed

    (tmp_path / "files").mkdir()
    (tmp_path / "files/A.png").write_bytes(b"1")
    assert list(placed(tmp_path, [Upload("a.png", b"2"), Upload("A.png", b"1")])) == ["files/a-2.png", "files/A.png"]
