"""Sites that are not like the others: files of older programs, approval before publication, a part of a larger site, problems withdrawn."""

import json
import re
import threading

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, source
from helpers.repository import committed, git
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.desk.slow_work import SlowWork
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"


@pytest.fixture
def clerk_of(make_site):
    def clerk(files=DISCLOSURE, **config) -> Clerk:
        site = committed(make_site(files, **config))
        git(site, "config", "user.name", "办公室科员").ok()
        return Clerk(site)

    return clerk


def test_a_file_in_the_encoding_of_an_older_program_is_made_readable_for_all_by_a_click(clerk_of):
    old = DISCLOSURE[f"reports/{TWO}.md"]
    clerk = clerk_of({**DISCLOSURE, f"reports/{TWO}.md": old.encode("gb18030")})
    clerk.problem(TWO, lead="供水科")
    assert "GBK" in clerk.text("/changes") and "改正后才能提交" in clerk.submit().get_data(as_text=True)
    told = clerk.post("/changes/mend", clerk.form("/changes", "/changes/mend")).get_data(as_text=True)
    assert "已改正 1 个文件" in told
    text = source(clerk.site, TWO).read_text("utf-8")
    assert "牵头单位: 供水科\n" in text and text.replace("牵头单位: 供水科\n", "") == old
    assert "已提交" in clerk.submit().get_data(as_text=True)


def test_what_must_be_approved_is_handed_in_first_and_approved_by_whoever_signs(clerk_of):
    clerk = clerk_of(plugins={"rectify": {"require_approval": True}})
    clerk.problem(TWO, lead="供水科")
    assert "提交以后还要批准" in clerk.text("/changes") and "/disclosure/2024-a/approve" in clerk.text("/changes")
    assert "已提交" in clerk.submit().get_data(as_text=True)
    assert clerk.site.rectify("publish", "--to", "live", "--repo", ".").exit == 4
    form = {**clerk.form("/disclosure/2024-a/approve", "/approve"), "by": "局党组"}
    assert "已批准" in clerk.post("/disclosure/2024-a/approve", form).get_data(as_text=True)
    assert "提交以后还要批准" not in clerk.text("/changes")
    clerk.submit()
    clerk.site.rectify("publish", "--to", "live", "--repo", ".").ok()


def test_a_register_in_a_part_of_a_larger_site_is_kept_like_any_other(clerk_of):
    files = {f"open/{name}" if "/" in name else name: text for name, text in DISCLOSURE.items()}
    clerk = clerk_of(files, plugins={"rectify": {"path": "open"}})
    form = {**clerk.form(f"/problem/{TWO}"), "entry_text": "第二批移交。"}
    looked = json.loads(clerk.post(f"/problem/{TWO}/look", form).data)
    assert looked["remarks"] == {} and "第二批移交。" in clerk.text(f"/reader/{looked['page']}")
    assert "第二批移交" not in clerk.text(f"/reader/reports/{ONE}/index.html")
    assert "已保存" in clerk.post(f"/problem/{TWO}", form).get_data(as_text=True)
    assert "已提交" in clerk.submit().get_data(as_text=True)
    assert "第二批移交。" in (clerk.site.root / f"content/open/reports/{TWO}.md").read_text("utf-8")


def test_each_of_two_registers_has_a_desk_and_its_pages_lead_to_the_site_around(make_site):
    plugins = [{"rectify": {"path": path, "language": key}} for path, key in (("open", "zh"), ("gov/other", "en"))]
    files = {"about.md": "# 网站\n"}
    for register in ("open", "gov/other"):
        files |= {f"{register}/{name}": text for name, text in DISCLOSURE.items()}
    files[f"gov/other/reports/{TWO}.md"] += "\n[网站](../../../../about.md) [监督](../../about.md)\n"
    site = committed(make_site(files, plugins=plugins))
    git(site, "config", "user.name", "办公室科员").ok()
    clerk = Clerk(site, folder="content/gov/other")
    form = {**clerk.form(f"/problem/{TWO}"), "entry_text": "第二批移交。"}
    looked = json.loads(clerk.post(f"/problem/{TWO}/look", form).data)
    page = clerk.text(f"/reader/{looked['page']}")
    assert looked["remarks"] == {} and "第二批移交。" in page and "Progress" in page
    assert 'href="../../../../../about/">网站<' in page and 'href="../../../about/">监督<' in page
    assert "已保存" in clerk.post(f"/problem/{TWO}", form).get_data(as_text=True)
    assert "已提交" in clerk.submit().get_data(as_text=True)
    assert "第二批移交。" in (site.root / f"content/gov/other/reports/{TWO}.md").read_text("utf-8")
    assert "第二批移交。" not in (site.root / f"content/open/reports/{TWO}.md").read_text("utf-8")
    other = Clerk(site, folder="content/open")
    looked = json.loads(other.post(f"/problem/{TWO}/look", other.form(f"/problem/{TWO}")).data)
    assert looked["remarks"] == {} and "进展" in other.text(f"/reader/{looked['page']}")
    assert other.desk.office.state != clerk.desk.office.state


def test_a_problem_is_withdrawn_with_its_reason_and_that_is_taken_back(clerk_of):
    clerk = clerk_of()
    before = source(clerk.site, TWO).read_bytes()
    way = f"/problem/{TWO}/withdraw"
    form = clerk.form(f"/problem/{TWO}", way)
    assert "请写明撤回的理由" in clerk.post(way, form).get_data(as_text=True)
    told = clerk.post(way, {**form, "withdrawn_reason": "涉及商业秘密，移送处理"}).get_data(as_text=True)
    assert "条目和计数还在" in told and "要请管理员清除" in told and "涉及商业秘密" in told
    kept = read(source(clerk.site, TWO).read_text("utf-8"), PROBLEM_KEYS).values["withdrawn"]
    assert kept.reason == "涉及商业秘密，移送处理"
    assert f'data-ref="{TWO}"' not in clerk.text("/ledger") and "已撤回的问题" in clerk.text("/disclosure/2024-a")
    clerk.submit()
    assert "撤回" in git(clerk.site, "show", "HEAD").ok().out
    assert "已取消撤回" in clerk.post(way, {**clerk.form(f"/problem/{TWO}", way), "back": "1"}).get_data(as_text=True)
    assert source(clerk.site, TWO).read_bytes() == before
    whole = "/disclosure/2024-a/withdraw"
    form = {**clerk.form("/disclosure/2024-a", whole), "withdrawn_reason": "公开有误"}
    assert "已撤回" in clerk.post(whole, form).get_data(as_text=True)
    assert all("公开有误" in source(clerk.site, ref).read_text("utf-8") for ref in (ONE, TWO))


def test_while_a_large_register_is_read_for_the_first_time_the_page_says_how_far(clerk_of, monkeypatch):
    from rectify.desk import application

    monkeypatch.setattr(application, "_MOMENT", 0)
    clerk = clerk_of()
    go_on = threading.Event()
    clerk.desk.reading = SlowWork(lambda tell: (tell(3, 40), go_on.wait(60)))
    for way in ("/", "/ledger", f"/problem/{TWO}"):
        page = clerk.text(way)
        assert re.search(r"读取 3/40，大约还要 \d+0 秒", page) and 'http-equiv="refresh"' in page
    go_on.set()
    clerk.desk.read()
    assert clerk.desk.reading.is_done(60)
    assert "2 个问题" in clerk.text("/ledger")
