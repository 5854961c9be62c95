"""After it was handed in: since which publication readers have it, where that can be known, and where not, who knows."""

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together
from helpers.repository import git

ONE, TWO = "2024-a/01", "2024-a/02"


@pytest.fixture
def live(tmp_path):
    return tmp_path / "live"


@pytest.fixture
def office(make_site, tmp_path, live) -> Together:
    return Together(make_site(DISCLOSURE, plugins={"rectify": {"published": str(live)}}), tmp_path)


def publish(office: Together, live) -> None:
    office.one.site.rectify("publish", "--to", str(live), "--repo", str(office.there)).ok()


def told(clerk: Clerk) -> list[str]:
    """What the page says of the newest commits, the newest first."""
    listed = clerk.text("/changes").partition("最近的提交")[2]
    return [
        next((said for said in ("等待公开", "暂不公开") if said in part), "")
        or part.partition("公开，第 ")[2].partition(" 次")[0]
        for part in listed.split("<li>")[1:]
    ]


def test_what_was_handed_in_says_in_which_publication_it_is(office, live):
    assert "请到网站上看；这台电脑读不到网站的文件夹" in office.one.text("/changes")
    publish(office, live)
    office.one.problem(TWO, lead="供水科")
    assert "等待公开" in office.one.submit().get_data(as_text=True)
    assert told(office.one) == ["等待公开", "0001"]
    publish(office, live)
    office.one.problem(ONE, owner="科长")
    office.one.submit()
    assert told(office.one) == ["等待公开", "0002", "0001"]
    assert "网站上现在是第 0002 次公开" in office.one.text("/changes")
    publish(office, live)
    assert told(office.one) == ["0003", "0002", "0001"], "the first one that has it, not the newest"
    # Of what came from somebody else and is not here yet nothing is claimed.
    page = office.other.text("/changes")
    assert "还没有收到" in page and told(office.other) == [""]
    office.other.submit()
    assert told(office.other) == ["0003", "0002", "0001"]


def test_what_went_back_is_not_public(office, live):
    publish(office, live)
    office.one.problem(TWO, lead="供水科")
    office.one.submit()
    publish(office, live)
    office.one.site.rectify("rollback", "--to", str(live), "--reason", "核对").ok()
    page = office.one.text("/changes")
    assert told(office.one) == ["暂不公开", "0001"] and "退回了" in page and "理由：核对" in page
    office.one.problem(ONE, owner="科长")
    office.one.submit()
    assert told(office.one) == ["等待公开", "等待公开", "0001"], "what is newer is published with what was held"
    office.one.site.rectify("emergency", "--to", str(live), "--message", "系统维护").ok()
    page = office.one.text("/changes")
    assert "网站停着" in page and "网站暂停更新" in page and "等待公开" not in page.partition("最近的提交")[2]


def test_where_the_site_cannot_be_read_its_address_is_given(make_site, tmp_path):
    both = Together(make_site(DISCLOSURE, site_url="https://zhenggai.qingchuan.example/"), tmp_path)
    git(both.one.site, "remote", "remove", "origin").ok()
    page = both.one.text("/changes")
    assert '<a href="https://zhenggai.qingchuan.example/" target="_blank" rel="noopener noreferrer">' in page
    assert "等待公开" not in page
