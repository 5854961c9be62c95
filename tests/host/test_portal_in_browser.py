"""A portal as readers see it: in Chromium, without script, on a phone, in English; every problem leads to its own site."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from helpers.cases import DISCLOSURE
from helpers.portals import LIST, RECORD, PortalPlace, copied
from helpers.site import write_site

PAGES = (
    "",
    "sites/",
    "sites/b/",
    "problems/table/",
    "problems/overdue/",
    "updates/",
    "search/",
    "data/",
    "methodology/",
)
TITLE = '管网"><img src=x onerror=alert(1)>记录'


def late(record):
    """Return a record whose second problem was overdue on its own day."""
    record["problems"][1] |= {"deadline": "2024-08-31"}
    return record


def one_late(tree):
    tree["disclosures"][0]["counts"]["overdue"] = 1
    return tree


def named(record):
    record["unit"] = "安平县水利局"
    record["problems"][0]["title"] = TITLE
    return late(record)


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> PortalPlace:
    """Three sites: one has an overdue problem and a hostile title, one is of an earlier day, one was never there."""
    root = tmp_path_factory.mktemp("portal")
    (root / "site").mkdir()
    site = write_site(root / "site", DISCLOSURE)
    site.rectify("publish", "--to", "live").ok()
    release = (site.root / "live" / "current").resolve()
    place = PortalPlace(root)
    place.lists("a", copied(release, root / "a", {RECORD: named, LIST: one_late}), "安平县")
    earlier = {LIST: lambda tree: {**tree, "as_of": "2024-09-01"}}
    place.lists("b", copied(release, root / "b", earlier), "清川市水务局").lists("c", "http://127.0.0.1:9/", "乐山县")
    units = ("安平县", "乐山县", "清川市水务局")
    belongs = "".join(f'[[unit]]\nname = "{unit}"\nparent = "清川市"\n' for unit in units)
    (place.site.root / "units.toml").write_text(f'{belongs}[[unit]]\nname = "清川市"\n', "utf-8")
    place.run().ok()
    return place


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_fit(portal, serve, page, axe, path, width):
    tab = page(f"{serve(portal.site.output)}/{path}", viewport=(width, 900))
    assert not axe(tab)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_tree_adds_up_and_each_figure_has_its_site_and_day(portal, serve, page):
    tab = page(f"{serve(portal.site.output)}/", java_script_enabled=False)
    rows = [row.split("\t") for row in tab.locator(".rf-portal tbody tr").all_inner_texts()]
    assert rows[0][0] == "清川市" and rows[0][1:6] == ["4", "2", "2", "0", "1"]
    by_name = {row[0].split("\n")[0]: row for row in rows}
    assert by_name["a整改公开"][5:] == ["1", "2024年9月30日"] and by_name["b整改公开"][6] == "2024年9月1日"
    assert by_name["c整改公开"][1] == "还没有数字" and "无法访问" in by_name["c整改公开"][0]
    expect(tab.locator(".rf-sentence--large")).to_contain_text(
        "各网站截至2024年9月1日到2024年9月30日，2 个网站公开 4 个问题"
    )


def test_the_table_filters_by_site_and_leads_there(portal, serve, page):
    address = f"{serve(portal.site.output)}/problems/table/?site={quote('a整改公开')}"
    tab = page(address)
    tab.locator("[data-register][data-ready]").wait_for()
    links = tab.locator("tbody th a")
    expect(links).to_have_count(2)
    assert {link.get_attribute("href") for link in links.all()} == {
        "https://a.example/reports/2024-a/01/",
        "https://a.example/reports/2024-a/02/",
    }
    assert links.first.inner_text() == TITLE
    # Overdue by the day of its own site, which is not that of the other.
    expect(tab.locator("tbody")).to_contain_text("逾期30天")
    with tab.expect_download() as coming:
        tab.locator("[data-download=json]").click()
    rows = json.loads(Path(coming.value.path()).read_text("utf-8"))
    assert all(row["site"] == "a整改公开" and row["url"].startswith("https://a.example/") for row in json_rows(rows))


def json_rows(told):
    return next(value for value in told.values() if isinstance(value, list))


def test_the_search_finds_texts_of_all_sites_and_leads_to_them(portal, serve, page):
    tab = page(f"{serve(portal.site.output)}/search/?q={quote('班组长逐日核对')}")
    hits = tab.locator(".search-hits .search-title a")
    expect(hits).to_have_count(2)
    assert {hit.get_attribute("href").partition("/reports")[0] for hit in hits.all()} == {
        "https://a.example",
        "https://b.example",
    }
    expect(tab.locator(".search-hits li").first).to_contain_text("整改公开")
    written = hits.first.inner_html()
    assert "<wbr>" in written
    for page_of_titles in ("problems/table/", "sites/a/", "sites/b/"):
        html = (portal.site.output / page_of_titles / "index.html").read_text("utf-8")
        assert re.search(r'<a href="[^"]*/reports/[^"]*">[^<]+<wbr>', html), page_of_titles


def test_what_leads_out_leads_to_a_listed_site(portal):
    for file in portal.site.output.rglob("*.html"):
        for address in re.findall(r'(?:href|src|action)="([a-z]+:[^"]*)"', file.read_text("utf-8")):
            assert address.startswith(("https://a.example/", "https://b.example/", "http://127.0.0.1:9/")), (
                file,
                address,
            )


def test_english(portal, serve, page, axe):
    configuration = portal.site.root / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(
        text.replace("language: zh", "language: en") + "\nsite_url: https://portal.example/\n", "utf-8"
    )
    portal.run("--to", "english").ok()
    configuration.write_text(text, "utf-8")
    tab = page(f"{serve(portal.site.root / 'english' / 'current')}/")
    assert tab.locator("html").get_attribute("lang") == "en" and not axe(tab)
    expect(tab.locator(".rf-sentence--large")).to_contain_text("2 sites have published 4 problems")
    feed = (portal.site.root / "english" / "current" / "feed.xml").read_text("utf-8")
    assert "https://a.example/reports/2024-a/01/" in feed and "<img" not in feed
