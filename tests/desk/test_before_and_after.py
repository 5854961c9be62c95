"""A page as it is public now beside the page as it will be, at the width of a phone too."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import quote, urljoin

import pytest

from helpers.attached import png
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together, desk_of, served, source
from helpers.repository import committed, git

TWO = "2024-a/02"
PAGE = "reports/2024-a/02/index.html"
NEW = "第二批9个小区移交。"


@pytest.fixture
def clerk(make_site) -> Clerk:
    site = committed(make_site(DISCLOSURE))
    git(site, "config", "user.name", "办公室科员").ok()
    git(site, "config", "user.email", "clerk@qingchuan.example").ok()
    return Clerk(site)


def test_what_was_handed_in_stands_beside_what_is_saved(clerk):
    assert "这一件没有改动" in clerk.text(f"/compare/{TWO}")
    clerk.problem(TWO, entry_text=NEW)
    page = clerk.text(f"/compare/{TWO}")
    assert "上次提交的" in page and NEW in page
    assert f"/compare/{TWO}" in clerk.text("/changes") and f"/compare/{TWO}" in clerk.text(f"/problem/{TWO}")
    assert NEW not in clerk.text(f"/before/{PAGE}") and NEW in clerk.text(f"/reader/{PAGE}")
    assert "二次供水设施移交缓慢" in clerk.text(f"/before/{PAGE}")
    clerk.submit()
    assert NEW in clerk.text(f"/before/{PAGE}")


def test_what_a_page_in_the_frame_leads_to_is_shown_or_said(clerk):
    """No link of it ends at the desk's own page of errors, inside a frame."""
    for side in ("reader", "before"):
        page = clerk.text(f"/{side}/{PAGE}")
        links = {urljoin(f"/{side}/{PAGE}", unescape(href)) for href in re.findall(r'<a [^>]*href="([^"#:]+)"', page)}
        assert f"/{side}/" in links and f"/{side}/reports/2024-a/" in links
        pages = {link: clerk.get(link, Referer=f"{clerk.base}/{side}/{PAGE}") for link in links if link.endswith("/")}
        assert {link: got.status_code for link, got in pages.items() if got.status_code != 200} == {}
        told = {link: got.get_data(as_text=True) for link, got in pages.items()}
        assert "到网站上看" in told[f"/{side}/"] and f"/{side}/{PAGE}" in told[f"/{side}/"]
        assert "二次供水设施移交缓慢" in told[f"/{side}/reports/2024-a/"]
    assert clerk.get("/reader/none.css").status_code == clerk.get("/before/none.css").status_code == 404


def test_what_is_attached_is_seen_in_the_frame_or_taken_away(clerk):
    name = "reports/2024-a/files/现场.png"
    clerk.problem(TWO, entry_text=NEW, files=(BytesIO(png()), "现场.png"), body="![照片](files/现场.png)")
    assert quote(name) in clerk.text(f"/reader/{PAGE}") and f'/reader/{quote(name)}"' in clerk.text(f"/problem/{TWO}")
    got = clerk.get(f"/reader/{name}")
    assert (got.mimetype, got.data) == ("image/png", png()) and clerk.get(f"/before/{name}").status_code == 404
    clerk.submit()
    assert clerk.get(f"/before/{name}").data == png()
    folder = clerk.site.root / "content/reports/2024-a/files"
    (folder / "a.html").write_text("<script>alert(1)</script>", "utf-8")
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 <script>alert(1)</script>")
    pdf = clerk.get("/reader/reports/2024-a/files/a.pdf")
    assert pdf.mimetype == "application/pdf" and "Content-Disposition" not in pdf.headers
    assert pdf.headers["X-Content-Type-Options"] == "nosniff" and "script" not in pdf.headers["Content-Security-Policy"]
    (folder / "link.png").symlink_to(clerk.site.root / "mkdocs.yml")
    page = clerk.get("/reader/reports/2024-a/files/a.html")
    assert page.mimetype == "application/octet-stream" and page.headers["Content-Disposition"].startswith("attachment")
    for path in ("files/link.png", "files/none.png"):
        assert clerk.get(f"/reader/reports/2024-a/{path}").status_code == 404, path
    assert b"plugins" not in clerk.get("/reader/reports/2024-a/files/../../../../mkdocs.yml").data


def test_what_is_typed_and_not_saved_is_not_what_will_be(clerk):
    clerk.post(f"/problem/{TWO}/look", {**clerk.form(f"/problem/{TWO}"), "entry_text": NEW})
    assert NEW in clerk.text(f"/reader/{PAGE}")
    clerk.text(f"/compare/{TWO}")
    assert NEW not in clerk.text(f"/reader/{PAGE}")


def test_what_is_new_or_gone_has_one_side(clerk):
    source(clerk.site, "2024-a/03").write_text("---\n问题: 水压不足\n状态: 待整改\n---\n", "utf-8")
    assert "还没有公开过" in clerk.text("/compare/2024-a/03")
    source(clerk.site, TWO).unlink()
    assert "不再有这一件" in clerk.text(f"/compare/{TWO}")
    assert clerk.get("/compare/2024-a/09").status_code == clerk.get("/compare/2024-z").status_code == 404
    assert clerk.get("/compare/..%2F..%2F/mkdocs").status_code == 404
    assert "没有改动" in clerk.text("/compare/2024-a")


def test_an_older_state_with_an_error_says_so(clerk):
    old = source(clerk.site, TWO)
    text = old.read_text("utf-8")
    old.write_text(text.replace("状态: 持续推进\n序号", "状态: 不知道\n序号"), "utf-8")
    git(clerk.site, "commit", "-qam", "坏的", "--no-verify").ok()
    old.write_text(text, "utf-8")
    assert clerk.get(f"/compare/{TWO}").status_code == 200
    assert "二次供水" not in clerk.text(f"/before/{PAGE}") and clerk.get(f"/before/{PAGE}").status_code == 200


def test_without_a_record_there_is_nothing_to_compare_with(make_site):
    clerk = Clerk(make_site(DISCLOSURE))
    assert "没有可以对照的" in clerk.text(f"/compare/{TWO}")


def test_where_it_is_known_what_the_site_shows_that_is_compared(make_site, tmp_path):
    live = tmp_path / "live"
    office = Together(make_site(DISCLOSURE, plugins={"rectify": {"published": str(live)}}), tmp_path)
    office.one.problem(TWO, lead="供水科")
    office.one.submit()
    assert "单位的仓库里现在的" in office.one.text(f"/compare/{TWO}")
    office.one.site.rectify("publish", "--to", str(live), "--repo", str(office.there)).ok()
    office.one.problem(TWO, entry_text=NEW)
    office.one.submit()
    # It is handed in, and no reader has it.
    assert "第 0001 次公开" in office.one.text(f"/compare/{TWO}")
    assert NEW not in office.one.text(f"/before/{PAGE}") and "供水科" in office.one.text(f"/before/{PAGE}")


def test_both_are_seen_at_the_width_of_a_phone(clerk, page):
    clerk.problem(TWO, entry_text=NEW)
    with served(desk_of(clerk.site)) as way:
        tab = page(way, viewport=(1024, 900))
        tab.goto(f"{way.partition('/enter')[0]}/compare/{TWO}")
        before, after = (tab.frame_locator("iframe").nth(place) for place in (0, 1))
        after.get_by_text(NEW).first.wait_for()
        before.get_by_text("二次供水设施移交缓慢").first.wait_for()
        assert before.get_by_text(NEW).count() == 0
        tab.get_by_role("button", name="手机").click()
        boxes = [tab.locator("iframe").nth(place).bounding_box() for place in (0, 1)]
        assert [box["width"] for box in boxes] == [390, 390] and boxes[0]["y"] == boxes[1]["y"]
        for place, side in enumerate((before, after)):
            assert side.locator("html").evaluate("one => one.scrollHeight") <= boxes[place]["height"] + 1
