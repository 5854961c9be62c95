"""Two clerks at the same disclosure: whatever each does, both find it again, and no record says what neither wrote."""

import os
import re
from io import BytesIO

import pytest

from helpers.attached import png
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together, source
from helpers.repository import git
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"
NEW = "---\n问题: {title}\n状态: 持续推进\n分组: 持续整改事项\n---\n\n{body}\n"


@pytest.fixture
def office(make_site, tmp_path) -> Together:
    return Together(make_site(DISCLOSURE), tmp_path)


def clean(clerk: Clerk) -> bool:
    return git(clerk.site, "status", "--porcelain").ok().out == ""


def write(clerk: Clerk, ref: str, title: str, body: str = "正在核对。") -> None:
    source(clerk.site, ref).write_text(NEW.format(title=title, body=body), "utf-8")


def uncounted(clerk: Clerk) -> None:
    """The head of the disclosure no longer says how many problems there are."""
    index = clerk.site.root / "content/reports/2024-a/index.md"
    text = re.sub(r"(?m)^公布数: .*\n", "", index.read_text("utf-8"))
    index.write_text(text.replace("市委巡察反馈的2个问题，已完成1个，持续推进1个。", "逐条公开。"), "utf-8")


def test_what_is_there_for_a_moment_while_somebody_writes_disturbs_nobody(make_site, monkeypatch):
    from rectify.desk.trial import tried
    from rectify.sources.content import survey

    clerk = Clerk(make_site(DISCLOSURE))
    office, scandir = clerk.desk.office, os.scandir
    half = source(clerk.site, TWO).parent / ".01.md.tmp-1a2b3c4d"

    def listed(folder):
        half.unlink(missing_ok=True)
        return entries if (entries := found.get(str(folder))) else scandir(folder)

    half.write_text("half")
    with tried(office, "2024-a", ()) as content:
        assert not (content / "reports/2024-a" / half.name).exists()
    found = {str(half.parent): list(scandir(half.parent))}
    monkeypatch.setattr(os, "scandir", listed)
    names = [name for name, *_rest in survey(office.content).folders["2024-a"]]
    assert names == ["01.md", "02.md", "index.md"]


def test_nothing_is_put_together_anew_while_nothing_has_changed(make_site):
    clerk = Clerk(make_site(DISCLOSURE))
    office = clerk.desk.office
    before = office.register()
    assert office.register() is before
    clerk.problem(TWO, lead="供水科")
    now = office.register()
    assert now is not before and now.row(TWO).problem.lead == "供水科"


def test_two_new_problems_of_one_number_are_two_problems(office):
    write(office.one, "2024-a/03", "水表更换台账不全")
    write(office.other, "2024-a/03", "应急抢修记录不全")
    for clerk in (office.one, office.other):
        uncounted(clerk)
    assert "已提交" in office.one.submit().get_data(as_text=True)
    told = office.other.submit().get_data(as_text=True)
    assert "别人也新建了 2024-a/03，您的那一份改为 2024-a/04" in told
    for number, title in (("03", "水表更换台账不全"), ("04", "应急抢修记录不全")):
        assert f"问题: {title}\n" in office.newest(f"2024-a/{number}")
        assert title in source(office.other.site, f"2024-a/{number}").read_text("utf-8")
    assert clean(office.other)


def test_two_photographs_of_one_name_are_both_kept_at_their_entries(office):
    office.one.problem(ONE, entry_text="复核。", entry_status="done", files=(BytesIO(png()), "现场.png"))
    other = png({"Title": "x"})
    office.other.problem(TWO, entry_text="第二批移交。", files=(BytesIO(other), "现场.png"))
    office.one.submit()
    assert "files/现场-2.png" in office.other.submit().get_data(as_text=True)
    folder = source(office.other.site, ONE).parent
    assert (folder / "files/现场.png").read_bytes() == png() and (folder / "files/现场-2.png").read_bytes() == other
    assert read(office.newest(TWO), PROBLEM_KEYS).values["progress"][-1].files == ("files/现场-2.png",)
    assert read(office.newest(ONE), PROBLEM_KEYS).values["progress"][-1].files == ("files/现场.png",)
    assert clean(office.other)


def test_one_takes_a_problem_away_that_the_other_changes(office):
    source(office.one.site, TWO).unlink()
    uncounted(office.one)
    office.other.problem(TWO, lead="供水科")
    office.one.submit()
    asked = office.other.submit().get_data(as_text=True)
    assert "供水科" in asked and "供水科" in source(office.other.site, TWO).read_text("utf-8")


def test_comments_of_both_stay(office):
    for clerk, line, words in (
        (office.one, "状态: 持续推进", "  # 与物业核对过"),
        (office.other, "整改时限: 2024-12-31", "  # 原文如此"),
    ):
        file = source(clerk.site, TWO)
        file.write_text(file.read_text("utf-8").replace(line, line + words, 1), "utf-8")
    office.one.submit()
    office.other.submit()
    assert "# 与物业核对过" in office.newest(TWO) and "# 原文如此" in office.newest(TWO)


def test_a_page_with_keys_of_its_own_loses_none_of_them(office):
    first, other = (clerk.site.root / "content/about.md" for clerk in (office.one, office.other))
    text = "---\ntitle: 说明\nhide: 没有\ndescription: 一\n---\n\n联系办公室。\n\n第二段。\n\n第三段。\n"
    first.write_text(text, "utf-8")
    office.one.submit()
    office.other.submit()
    first.write_text(text.replace("第三段。", "第三段，已改。"), "utf-8")
    other.write_text(text.replace("description: 一", "description: 二"), "utf-8")
    office.one.submit()
    office.other.submit()
    assert other.read_text("utf-8") == text.replace("第三段。", "第三段，已改。").replace(
        "description: 一", "description: 二"
    )
    assert clean(office.other)


def test_what_lies_beside_the_content_and_is_in_no_commit_is_not_covered(office):
    for clerk in (office.one, office.other):
        (clerk.site.root / "notes.txt").write_text("两人都有的\n", "utf-8")
    git(office.one.site, "add", "notes.txt").ok()
    git(office.one.site, "commit", "-q", "-m", "说明").ok()
    (office.other.site.root / "notes.txt").write_text("还没有交的\n", "utf-8")
    office.one.problem(ONE, lead="管网科")
    office.one.submit()
    git(office.one.site, "push", "-q", "origin", "main").ok()
    office.other.problem(TWO, lead="供水科")
    assert "会盖掉" in office.other.submit().get_data(as_text=True)
    assert (office.other.site.root / "notes.txt").read_text("utf-8") == "还没有交的\n"
    assert "供水科" in source(office.other.site, TWO).read_text("utf-8")


def test_a_file_that_is_changed_while_it_is_handed_in_keeps_that(office, monkeypatch):
    from rectify.desk.repository import Repository

    office.one.problem(TWO, lead="供水科")
    office.one.submit()
    office.other.problem(TWO, owner="科长")
    push = Repository.push

    def push_and_type(repository, commit):
        push(repository, commit)
        file = source(office.other.site, TWO)
        file.write_text(file.read_text("utf-8") + "\n补写的一句。\n", "utf-8")

    monkeypatch.setattr(Repository, "push", push_and_type)
    office.other.submit()
    text = source(office.other.site, TWO).read_text("utf-8")
    assert "补写的一句。" in text and "供水科" in text and "科长" in text
    assert "补写的一句。" in office.other.text("/changes")
