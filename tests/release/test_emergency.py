"""`rectify emergency`: one page in place of the site, and the ways back."""

import json
import re
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed
from helpers.site import Result, Site

ONE = "reports/2024-a/01.md"


@pytest.fixture
def site(make_site) -> Site:
    site = committed(make_site(DISCLOSURE))
    publish(site).ok()
    return site


def publish(site: Site) -> Result:
    return site.rectify("publish", "--to", "live", "--repo", ".")


def live(site: Site) -> Path:
    return (site.root / "live" / "current").resolve()


def emergency(site: Site, *arguments: str) -> Result:
    return site.rectify(
        "emergency", "--to", "live", "--message", "因<b>更新</b>暂停访问", "--contact", "0000-2345601", *arguments
    )


def test_a_page_of_its_own_and_back(site):
    before = live(site)
    assert "将公开说明页" in emergency(site, "--dry-run").ok().out and live(site) == before
    emergency(site).ok()
    page = (live(site) / "index.html").read_text("utf-8")
    assert "因&lt;b&gt;更新&lt;/b&gt;暂停访问" in page and "0000-2345601" in page
    assert (
        not any(word in page for word in ("src=", "http:", "https:", "<script", "<style", "style=", "url("))
        and page.count("href=") == page.count('href="notice.css"') == 1
    )
    assert {path.name for path in live(site).iterdir()} == {
        "index.html",
        "404.html",
        "notice.css",
        "release.json",
        "manifest.json",
    }
    site.rectify("verify", "live/current").ok()
    assert before.name in site.rectify("rollback", "--to", "live").ok().out and live(site) == before


def test_the_page_speaks_the_language_of_the_site(make_site):
    site = committed(make_site(DISCLOSURE, theme={"language": "en"}))
    publish(site).ok()
    site.rectify("emergency", "--to", "live", "--message", "Back soon", "--contact", "0000-2345601").ok()
    page = (live(site) / "index.html").read_text("utf-8")
    assert '<html lang="en">' in page and "Contact: 0000-2345601" in page
    assert not re.search("[\u2e80-\uffef]", page)


def test_nothing_that_is_pushed_ends_it_and_then_it_is_compared_with_the_last_site(site):
    before = live(site)
    emergency(site).ok()
    notice = live(site)
    (site.root / "README.txt").write_text("说明", "utf-8")
    commit(site)
    held = publish(site)
    assert held.exit == 6 and live(site) == notice and "因<b>更新</b>暂停访问" in held.out
    emergency(site, "--message", "仍在更新").ok()
    assert publish(site).exit == 6
    assert "仍是说明页" in site.rectify("unhold", "all", "--to", "live").ok().out
    publish(site).ok()
    record = json.loads((live(site) / "release.json").read_bytes())
    assert record["previous"]["id"] == before.name and record["changes"] == [], (
        "a notice is no earlier state of the register"
    )
    site.rectify("verify", "live/current").ok()


def test_a_problem_that_vanished_behind_a_notice_is_still_refused(site):
    emergency(site).ok()
    notice = live(site)
    (site.root / "content" / "reports/2024-a/02.md").unlink()
    site.write(
        "reports/2024-a/index.md",
        DISCLOSURE["reports/2024-a/index.md"]
        .replace("总数: 2, 已完成: 1, 持续推进: 1", "总数: 1")
        .replace("的2个问题，已完成1个，持续推进1个", "的问题"),
    )
    commit(site)
    site.rectify("unhold", "all", "--to", "live").ok()
    refused = publish(site)
    assert refused.exit == 4 and "[H0" in refused.out and live(site) == notice


@pytest.mark.parametrize("file", ["current/history.jsonl", "history.jsonl"])
def test_a_history_that_was_altered_keeps_no_notice_back_and_a_way_leads_on(site, file):
    before, altered = live(site), site.root / "live" / file
    altered.write_bytes(altered.read_bytes().replace(b"2024-a/01", b"2024-a/09", 1) + b"{}\n")
    assert "放行以前什么都不公开" in (shown := emergency(site).ok().out) and "历史没有记全" in shown
    notice = live(site)
    assert notice != before and (notice / "notice.css").is_file()
    if altered.parent == site.root / "live":
        altered.unlink()
    site.rectify("unhold", "all", "--to", "live").ok()
    publish(site).ok()
    site.rectify("verify", "live/current").ok()


def test_a_site_that_was_altered_is_told_with_a_way_that_works(site):
    altered = live(site) / "history.jsonl"
    altered.write_bytes(b"{}\n")
    site.write(ONE, DISCLOSURE[ONE].replace("逐日核对", "每日核对"))
    commit(site)
    for told in (publish(site), site.rectify("rollback", "--to", "live")):
        assert told.exit == 1 and "rectify emergency" in told.out and "移走" not in told.out


def test_a_note_that_a_power_cut_emptied_is_written_anew(site):
    note = site.root / "live" / ".last"
    for left in (b"", b"\0\0\0", b"\xff one"):
        note.write_bytes(left)
        assert "Traceback" not in site.rectify("doctor", "--to", "live").out
        assert publish(site).exit == 3 and live(site).name in note.read_text("utf-8")


def test_what_is_in_the_way_is_told_with_the_command_that_moves_it(site):
    (site.root / "live" / ".number").write_bytes(b"\0what")
    refused = emergency(site)
    assert refused.exit == 1 and "rectify doctor --to live --fix" in refused.out
    site.rectify("doctor", "--to", "live", "--fix")
    emergency(site).ok()
    assert "因&lt;b&gt;更新" in (live(site) / "index.html").read_text("utf-8")


def test_a_digest_tells_of_the_site_that_a_notice_stands_for(site):
    first = live(site)
    emergency(site).ok()
    assert first.name in site.rectify("digest", "--to", "live").ok().out
    site.rectify("unhold", "all", "--to", "live").ok()
    site.write(ONE, (site.root / "content" / ONE).read_text("utf-8") + "\n另补一段说明。\n")
    commit(site)
    publish(site).ok()
    told = site.rectify("digest", "--to", "live").ok().out
    assert first.name in told and live(site).name in told


def test_where_nothing_was_published(make_site):
    site = make_site(DISCLOSURE)
    emergency(site).ok()
    site.rectify("verify", "live/current").ok()
    site.rectify("unhold", "all", "--to", "live").ok()
    assert site.rectify("publish", "--to", "live").ok() and "reports" in {path.name for path in live(site).iterdir()}


def test_an_empty_message_is_wrong_use(site):
    assert site.rectify("emergency", "--to", "live", "--message", " ").exit == 2
