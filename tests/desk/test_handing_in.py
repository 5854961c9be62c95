"""Handing in: into nothing, a repository of this machine, one over there; what others did meanwhile; a desk that is ended half-way."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import killed
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together, fields, source
from helpers.repository import commit, committed, git
from helpers.site import plain_environment
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"


@pytest.fixture
def alone(make_site) -> Clerk:
    """A clerk whose site is a repository of this machine."""
    return Clerk(committed(make_site(DISCLOSURE)))


@pytest.fixture
def office(make_site, tmp_path) -> Together:
    return Together(make_site(DISCLOSURE), tmp_path)


def values(clerk: Clerk, ref: str = TWO) -> dict:
    return read(source(clerk.site, ref).read_text("utf-8"), PROBLEM_KEYS).values


def log(clerk: Clerk) -> list[str]:
    return git(clerk.site, "log", "--format=%s").ok().out.splitlines()


def test_without_a_repository_saving_is_all_and_a_record_can_be_begun(make_site):
    clerk = Clerk(make_site(DISCLOSURE))
    (clerk.site.root / ".gitignore").write_text("/.cache/\n")
    clerk.problem(TWO, lead="供水科")
    page = clerk.text("/changes")
    assert "开始记录" in page and "撤销" in page
    began = clerk.post("/changes/begin", clerk.form("/changes", "/changes/begin")).get_data(as_text=True)
    assert "已经开始记录" in began and len(log(clerk)) == 1 and values(clerk)["lead"] == "供水科"
    # What the record begins with is not what anybody handed in.
    assert "撤回这次提交" not in clerk.text("/changes") and "别人最近提交的" not in clerk.text("/")


def test_what_was_changed_is_shown_field_by_field_and_handed_in_as_one_commit(alone):
    git(alone.site, "config", "user.name", "办公室科员").ok()
    git(alone.site, "config", "user.email", "clerk@qingchuan.example").ok()
    alone.problem(TWO, entry_text="全部小区移交。", entry_status="done", lead="供水科")
    page = alone.text("/changes")
    for part in (
        "<del>持续推进</del>",
        "已完成",
        "全部小区移交。",
        "牵头单位",
        "供水科",
        "更新 1 个问题",
        "持续推进 1 → 0",
        "已完成 1 → 2",
    ):
        assert part in page, part
    assert "已提交 1 个问题、1 份通报" in alone.submit().get_data(as_text=True)
    assert log(alone)[0] == "更新 1 个问题：2024-a/02"
    assert git(alone.site, "status", "--porcelain").ok().out == ""
    assert "没有要提交的改动" in alone.text("/changes") and not alone.desk.journal.entries()


def test_how_the_whole_site_moves_is_told_before(alone):
    alone.problem(TWO, entry_text="全部移交。", entry_status="done")
    told = alone.text("/changes").partition("全站的数字：")[2].partition("</p>")[0]
    assert told == "持续推进 1 → 0，已完成 1 → 2，逾期 1 → 0，进展更新 2 → 3"
    alone.post(f"/problem/{ONE}/withdraw", {**alone.form(f"/problem/{ONE}", "/withdraw"), "withdrawn_reason": "有误"})
    told = alone.text("/changes").partition("全站的数字：")[2].partition("</p>")[0]
    assert told == "持续推进 1 → 0，已完成 1 → 2，逾期 1 → 0", (
        "the entry of the one that is withdrawn is not shown any more"
    )


def test_who_hands_in_is_asked_once(alone, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    alone.problem(TWO, lead="供水科")
    assert "请写明提交人" in alone.submit().get_data(as_text=True)
    assert "已提交" in alone.submit(author="办公室科员").get_data(as_text=True)
    assert git(alone.site, "log", "-1", "--format=%an").ok().out.strip() == "办公室科员"


def test_what_the_checks_refuse_is_not_handed_in(alone):
    alone.problem(TWO, entry_text="联系住户 13856781234。")
    page = alone.text("/changes")
    assert "1 处检查提示" in page and "disabled" in page and "/problem/2024-a/02" in page
    assert "改正后才能提交" in alone.submit(author="x").get_data(as_text=True)
    assert len(log(alone)) == 1


def test_two_who_change_different_things_both_have_it(office):
    office.one.problem(TWO, entry_text="第二批移交。", entry_date="2024-09-01", lead="供水科")
    office.other.problem(TWO, entry_text="第三批移交。", entry_date="2024-09-20", owner="分管副局长")
    assert "单位的仓库已经收到" in office.one.submit().get_data(as_text=True)
    told = office.other.submit().get_data(as_text=True)
    assert "已提交 1 个问题" in told
    both = read(office.newest(TWO), PROBLEM_KEYS).values
    assert (both["lead"], both["owner"]) == ("供水科", "分管副局长")
    assert [entry.text for entry in both["progress"]] == ["第一批7个小区完成移交。", "第二批移交。", "第三批移交。"]
    assert values(office.other) == both
    assert git(office.other.site, "status", "--porcelain").ok().out == ""
    office.one.post("/changes/submit", office.one.form("/changes", "/changes/submit"))
    assert values(office.one) == both and log(office.one) == log(office.other)


def test_others_files_come_with_handing_in(office):
    office.one.problem(ONE, lead="管网科")
    office.one.submit()
    office.other.problem(TWO, lead="供水科")
    assert "收到别人更新的 1 个问题" in office.other.submit().get_data(as_text=True)
    assert values(office.other, ONE)["lead"] == "管网科"
    assert "更新 1 件" in office.other.text("/") and "办公室科员" in office.other.text("/")


@pytest.mark.parametrize("whose", ["ours", "theirs", "written"])
def test_two_who_change_the_same_field_are_asked_with_the_three_versions(office, whose):
    office.one.problem(TWO, lead="供水科")
    office.other.problem(TWO, lead="规划科", owner="科长")
    office.one.submit()
    asked = office.other.submit().get_data(as_text=True)
    assert "供水科" in asked and "规划科" in asked and "（没有）" in asked and "办公室科员也改了" in asked
    assert values(office.other)["lead"] == "规划科"  # nothing is lost, nothing is decided
    assert not any(sign in asked for sign in ("<<<<", "HEAD", "merge", "rebase"))
    form = fields(asked, "/changes/submit")
    name = f"choose|reports/{TWO}.md|lead"
    assert f'name="{name}"' in asked and form[f"write|reports/{TWO}.md|lead"] == "规划科"
    office.other.post("/changes/submit", {**form, name: whose, f"write|reports/{TWO}.md|lead": "供水科、规划科"})
    both = read(office.newest(TWO), PROBLEM_KEYS).values
    assert both["lead"] == {"ours": "规划科", "theirs": "供水科", "written": "供水科、规划科"}[whose]
    assert both["owner"] == "科长"


def test_a_third_wording_that_cannot_be_read_is_told_and_what_was_decided_beside_it_stays(office):
    path = f"reports/{TWO}.md"
    for clerk, lead, day, body in (
        (office.one, "供水科", "2025-03-31", "一。"),
        (office.other, "规划科", "2025-06-30", "二。"),
    ):
        clerk.problem(TWO, lead=lead, deadline=day, reason="工期调整。", body=body)
    office.one.submit()
    form = fields(office.other.submit().get_data(as_text=True), "/changes/submit")
    said = {f"choose|{path}|lead": "ours", f"choose|{path}|deadline": "written", f"write|{path}|deadline": "过几天",
            f"choose|{path}|body": "written", f"write|{path}|body": "一。\r\n\r\n二。"}  # fmt: skip
    again = office.other.post("/changes/submit", {**form, **said}).get_data(as_text=True)
    assert "不是可识别的日期" in again and "过几天" in again and "另写：牵头单位" not in again
    form = fields(again, "/changes/submit")
    assert form[f"choose|{path}|deadline"] == ["written"] and form[f"choose|{path}|lead"] == "ours"
    office.other.post("/changes/submit", {**form, f"write|{path}|deadline": "2025年4月30日"})
    both = read(office.newest(TWO), PROBLEM_KEYS)
    assert (both.values["lead"], str(both.values["deadline"])) == ("规划科", "2025-04-30")
    assert both.body.strip() == "一。\n\n二。" and "0 处错误" in office.other.site.rectify("check").ok().out


def test_what_was_decided_over_other_words_is_asked_again(office):
    office.one.problem(TWO, lead="供水科")
    office.one.submit()
    office.other.problem(TWO, lead="规划科")
    form = fields(office.other.submit().get_data(as_text=True), "/changes/submit")
    office.one.problem(TWO, lead="水质科")
    office.one.submit()
    said = {f"choose|reports/{TWO}.md|lead": "ours"}
    again = office.other.post("/changes/submit", {**form, **said}).get_data(as_text=True)
    assert "别人又改了一次" in again and "水质科" in again and values(office.one)["lead"] == "水质科"
    form = fields(again, "/changes/submit")
    office.other.post("/changes/submit", {**form, **said})
    assert read(office.newest(TWO), PROBLEM_KEYS).values["lead"] == "规划科"


def test_boxes_and_parts_of_a_contact_go_together_and_a_status_is_one_of_three_or_another(office):
    head, index = "/disclosure/2024-a", office.one.site.root / "content/reports/2024-a/index.md"
    index.write_text(re.sub("(?m)^公布数.*\n|^市委巡察反馈的2个.*$", "", index.read_text("utf-8")), "utf-8")
    file = source(office.one.site, TWO)
    file.write_text(re.sub("(?s)进展:.*?\n---", "---", file.read_text("utf-8")), "utf-8")
    for clerk in (office.one, office.other):
        clerk.submit()
    for clerk, status, flag, typed in (
        (office.one, "阶段性完成", "extended", {"contact.phone": "0000-1111111"}),
        (office.other, "待整改", "immediate", {"contact.phone": "0000-2222222", "contact.hours": "工作日"}),
    ):
        file = source(clerk.site, TWO)
        file.write_text(re.sub("(?m)^状态: .*$", f"状态: {status}", file.read_text("utf-8"), count=1), "utf-8")
        clerk.problem(TWO, flags=[flag])
        clerk.post(head, {**clerk.form(head, head), **typed})
    office.one.submit()
    asked = office.other.submit().get_data(as_text=True)
    assert asked.count("<legend>") == 2 and "<legend>联系方式 · 电话</legend>" in asked
    form = fields(asked, "/changes/submit")
    status, phone = f"reports/{TWO}.md|status", "reports/2024-a/index.md|contact.phone"
    assert form[f"write|{status}"] == "pending" and form[f"write|{phone}"] == "0000-2222222"
    said = {f"choose|{status}": "written", f"write|{status}": "ongoing", f"choose|{phone}": "written",
            f"write|{phone}": "0000-3333333"}  # fmt: skip
    office.other.post("/changes/submit", {**form, **said})
    both = read(office.newest(TWO), PROBLEM_KEYS).values
    assert both["status"] == "ongoing" and set(both["flags"]) == {"extended", "immediate"}
    contact = read(office.newest("2024-a/index"), DISCLOSURE_KEYS).values["contact"]
    assert (contact.phone, contact.hours) == ("0000-3333333", "工作日")


def test_a_page_of_text_that_two_wrote_can_be_written_anew(office):
    for clerk, words in ((office.one, "工作日九点接待。"), (office.other, "工作日八点半接待。")):
        (clerk.site.root / "content/contact.md").write_text(f"# 联系我们\n\n{words}\n", "utf-8")
    office.one.submit()
    form = fields(office.other.submit().get_data(as_text=True), "/changes/submit")
    said = {"choose|contact.md|body": "written", "write|contact.md|body": "# 联系我们\r\n\r\n工作日接待。"}
    office.other.post("/changes/submit", {**form, **said})
    kept = git(office.other.site, "show", "HEAD:content/contact.md").ok().out
    assert kept == "# 联系我们\n\n工作日接待。\n"


def test_what_changed_is_told_in_the_words_of_the_vocabulary(office):
    office.one.problem(TWO, deadline="2025-03-31", reason="工期调整。", entry_date="2024-11-01")
    shown = office.one.text("/changes")
    assert "申请延期" in shown and "long-term" not in shown and "extended" not in shown
    index = office.one.site.root / "content/reports/2024-a/index.md"
    text = index.read_text("utf-8")
    index.write_text(text.replace("总数: 2, 已完成: 1, 持续推进: 1", "总数: 2, 已完成: 2"), "utf-8")
    told = office.one.text("/changes")
    assert "总数 2，已完成 1，持续推进 1" in told and "总数 2，已完成 2" in told and "(&#39;" not in told


def test_where_both_registered_something_the_last_entry_says_how_far_it_is(office):
    office.one.problem(TWO, entry_text="全部移交。", entry_date="2024-10-25", entry_status="done")
    office.other.problem(TWO, entry_text="第二批移交。", entry_date="2024-10-10", entry_status="staged")
    office.one.submit()
    office.other.submit()
    both = read(office.newest(TWO), PROBLEM_KEYS).values
    assert both["status"] == "done" and [entry.status for entry in both["progress"]] == ["ongoing", "staged", "done"]
    assert "截至日期: 2024-10-25" in office.newest("2024-a/index")
    assert "0 处错误" in office.other.site.rectify("check").ok().out


def test_without_the_network_everything_stays_here(office, tmp_path):
    office.one.problem(TWO, lead="供水科")
    gone = office.there.rename(tmp_path / "away.git")
    assert "联网后再提交" in office.one.submit().get_data(as_text=True)
    assert values(office.one)["lead"] == "供水科" and office.one.desk.journal.entries()
    gone.rename(office.there)
    assert "单位的仓库已经收到" in office.one.submit().get_data(as_text=True)


def test_where_the_branch_is_guarded_it_goes_to_be_looked_at_and_comes_back(office):
    hook = office.there / "hooks" / "update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo protected branch >&2; exit 1; }\n')
    hook.chmod(0o755)
    for lead in ("供水科", "规划科"):  # what was handed in before gives way
        office.one.problem(TWO, lead=lead)
        assert "已交去审核" in office.one.submit().get_data(as_text=True)
    assert "规划科" in office.one.text("/changes") and office.one.desk.journal.entries()
    heads = (
        subprocess.run(
            ["git", "--git-dir", str(office.there), "branch", "--format=%(refname:short)"],
            check=True,
            capture_output=True,
        )
        .stdout.decode()
        .split()
    )
    (waiting,) = [name for name in heads if name != "main"]
    # Whoever looks at it merges it.
    subprocess.run(["git", "--git-dir", str(office.there), "branch", "-f", "main", waiting], check=True)
    assert "已经是最新的" in office.one.submit().get_data(as_text=True)
    assert git(office.one.site, "status", "--porcelain").ok().out == "" and values(office.one)["lead"] == "规划科"


def test_what_another_program_committed_goes_along(office):
    source(office.one.site, ONE).write_text(
        source(office.one.site, ONE).read_text("utf-8").replace("序号: 1", "序号: 1\n牵头单位: 管网科")
    )
    commit(office.one.site)
    office.other.problem(TWO, owner="科长")
    office.other.submit()
    office.one.problem(TWO, lead="供水科")
    assert "单位的仓库已经收到" in office.one.submit().get_data(as_text=True)
    assert "管网科" in office.newest(ONE)
    both = read(office.newest(TWO), PROBLEM_KEYS).values
    assert (both["lead"], both["owner"]) == ("供水科", "科长")


def test_what_was_handed_in_is_taken_back_by_another_commit(alone):
    git(alone.site, "config", "user.name", "办公室科员").ok()
    git(alone.site, "config", "user.email", "clerk@qingchuan.example").ok()
    before = source(alone.site, TWO).read_bytes()
    alone.problem(TWO, lead="供水科")
    alone.submit()
    alone.problem(TWO, owner="科长")
    told = alone.post("/changes/revert", alone.form("/changes", "/changes/revert")).get_data(as_text=True)
    assert "已经撤回" in told
    assert "lead" not in values(alone) and values(alone)["owner"] == "科长"
    alone.problem(TWO, owner="")
    assert source(alone.site, TWO).read_bytes() == before
    alone.submit()
    assert len(log(alone)) == 3 and "没有要提交" in alone.text("/changes")


def test_a_desk_that_is_ended_at_any_moment_leaves_every_file_whole_and_loses_nothing(office):
    helper, site = Path(killed.__file__), office.one.site
    command = [sys.executable, str(helper), str(site.root), str(office.there), "6", "7"]
    done = subprocess.run(command, capture_output=True, text=True, env=plain_environment())
    ends = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(ends) == 6, done.stderr
    assert [one for one in ends if one["wrong"]] == []
    # Whoever comes next hands in all of it, and the other side has what is here.
    clerk = Clerk(site)
    clerk.problem(TWO, lead="供水科")
    assert "单位的仓库已经收到" in clerk.submit().get_data(as_text=True)
    assert read(office.newest(TWO), PROBLEM_KEYS).values == values(clerk)
    assert git(site, "fsck", "--no-dangling").ok()
    # Of what was being written when the desk was ended a hidden part may be left, which is never handed in.
    left = git(site, "status", "--porcelain").ok().out.splitlines()
    assert [line for line in left if ".tmp-" not in line] == []
