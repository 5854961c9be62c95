"""What a built site gives to others: data package, feeds, calendar and JSON-LD to their programs, a card to their pages."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote

import feedparser
import icalendar
import jsonschema
import pytest
from lxml import etree

from helpers import schema_org
from helpers.site import ROOT, Site, write_site
from rectify.core.language import language
from rectify.core.vocabulary import STATUSES

REPORT = "reports/2025-minzhengju"
ADDRESS = "https://zg.qingchuan.example/"
LICENCE = {"licence": "CC-BY-4.0", "licence_url": "https://creativecommons.org/licenses/by/4.0/"}
FOOTER = {
    "site_id_code": 3400000001,
    "icp": "清ICP备00000001号",
    "police": "清公网安备 34000002000001号",
    "conac": "0BE1AC",
    "police_mark": "assets/images/seal.png",
    "conac_mark": "//bszs.conac.cn/mark.png",
}
ADDRESSED = {"type": "string", "pattern": "^https?://[!-~]+$"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items", "feed_url", "home_page_url"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": ADDRESSED,
        "feed_url": ADDRESSED,
        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Za-z]+)?$"},
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "additionalProperties": False,
                "properties": {
                    "id": ADDRESSED,
                    "url": ADDRESSED,
                    "title": {"type": "string"},
                    "content_text": {"type": "string", "minLength": 1},
                    "date_published": {
                        "type": "string",
                        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$",
                    },
                    "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                    "language": {"const": "zh-CN"},
                },
            },
        },
    },
}
"""What version 1.1 of JSON Feed says of the fields that we use."""
_TOLD = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture(scope="module", params=["zh", "en"])
def addressed(request, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project's own disclosures on a site that knows its address."""
    root = tmp_path_factory.mktemp("addressed")
    told = {"site_url": ADDRESS, "extra": FOOTER, "plugins": [{"rectify": LICENCE}]}
    site = write_site(root, {}, theme={"language": request.param}, **told)
    shutil.copytree(ROOT / "content", root / "content", dirs_exist_ok=True)
    site.build().ok()
    return site


def test_frictionless_accepts_the_data_package(addressed):
    command = [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=addressed.output / "data", capture_output=True, check=False, timeout=120)
    report = json.loads(done.stdout)
    assert report["valid"] and len(report["tasks"]) >= 7, report["errors"] or report["tasks"]
    rows = {task["name"]: task["stats"].get("rows") for task in report["tasks"]}
    assert rows["problems"] == rows["register-xlsx"] == len(addressed.data("problems")["problems"])


def test_a_printed_page_tells_its_address_in_the_letters_of_its_language(addressed):
    page = (addressed.output / "problems/unit/清川市民政局/index.html").read_text("utf-8")
    list_of_the_unit = "problems/unit/清川市民政局/"
    if '<html lang="en"' in page:
        list_of_the_unit = f'<span lang="zh-CN">{list_of_the_unit}</span>'
    assert re.search(f'<p class="rf-printed">[^<]+ {ADDRESS}{list_of_the_unit}</p>', page)
    assert f'<link rel="canonical" href="{ADDRESS}problems/unit/{quote("清川市民政局")}/">' in page


def test_every_feed_is_read_and_every_entry_leads_to_a_page(addressed):
    feeds = sorted(addressed.output.rglob("feed.xml"))
    assert len(feeds) > 12
    atom = etree.RelaxNG(file=Path(__file__).parents[1] / "helpers/atom.rng")
    wrong = feeds[0].read_bytes()
    for changed in (wrong.replace(b"T00:00:00Z", b""), wrong.replace(b"<id>", b"<ID>").replace(b"</id>", b"</ID>")):
        assert not atom.validate(etree.fromstring(changed))
    for file in feeds:
        atom.assertValid(etree.parse(file))
        jsonschema.validate(json.loads(file.with_suffix(".json").read_bytes()), JSON_FEED)
        read = feedparser.parse(file.read_bytes())
        name = file.relative_to(addressed.output).as_posix()
        assert (read.bozo, read.version) == (False, "atom10") and read.entries, name
        assert read.feed.title and read.feed.id and read.feed.updated_parsed and read.feed.author, name
        assert len({entry.id for entry in read.entries}) == len(read.entries), name
        other = json.loads(file.with_suffix(".json").read_bytes())["items"]
        assert [(one["id"], one["url"]) for one in other] == [(e.id, e.link) for e in read.entries], name
        for entry in read.entries:
            assert entry.title and entry.updated_parsed and entry.link.startswith(ADDRESS), name
            assert (addressed.output / entry.link.removeprefix(ADDRESS) / "index.html").is_file(), entry.link


def test_the_updates_lead_to_what_can_be_subscribed_to(addressed):
    page = addressed.page("updates/")
    places = re.findall(r'<a href="\.\./(?:updates/)?([^"/]+)"', page) + re.findall(
        r'<a href="([^"/]+\.(?:xml|json|ics))"', page
    )
    assert {"feed.xml", "feed.json", "deadlines.ics"} <= set(places)


def test_the_calendar_has_each_deadline_to_come_once(addressed):
    read = icalendar.Calendar.from_ical((addressed.output / "deadlines.ics").read_bytes())
    events = read.walk("VEVENT")
    data = addressed.data("problems")
    going_on = {status.key for status in STATUSES if status.counts_as == "open"}
    coming = {
        one["ref"]: one["deadline"]
        for one in data["problems"]
        if one["status"] in going_on and data["as_of"] <= (one["deadline"] or "") < "3"
    }
    assert read.errors == [] and len(events) == len(coming) > 5
    assert {one["dtstart"].dt.isoformat() for one in events} == set(coming.values())
    assert all(one.errors == [] and one["dtstamp"] and one["uid"] for one in events)
    assert {re.split("[：:]", one["summary"])[0] for one in events} <= {"整改时限", "Deadline"}


def test_the_footer_leads_to_the_authorities_with_the_address_of_the_page(addressed):
    fault = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3400000001&url="
    for path in ("", f"{REPORT}/01/", "problems/unit/清川市民政局/", "404.html"):
        links = [
            unescape(link)
            for link in re.findall('href="(https://[^"]+)"', addressed.page(path).partition("<footer")[2])
        ]
        assert links == [
            "https://beian.miit.gov.cn/",
            "https://beian.mps.gov.cn/#/query/webSearch?code=34000002000001",
            "https://bszs.conac.cn/sitename?method=show&id=0BE1AC",
            f"{fault}{ADDRESS}{quote(path.removesuffix('404.html'))}",
        ]
        # A mark of another host would tell it of every reader.
        marks = re.findall('<img[^>]+src="([^"]+)"', addressed.page(path).partition("<footer")[2])
        assert [mark.removeprefix("/").rpartition("../")[2] for mark in marks] == ["assets/images/seal.png"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_stands_in_a_page_of_others_by_the_line_that_is_told(addressed, serve, page, axe, scheme, tmp_path):
    base = serve(addressed.output)
    tab = page(f"{base}/{REPORT}/")
    line = tab.locator(".rf-embed code").first.text_content().replace(ADDRESS, f"{base}/")
    (tmp_path / "index.html").write_text(f"<!doctype html><link rel=icon href=data:,><title>x</title>{line}", "utf-8")
    tab = page(f"{serve(tmp_path)}/", java_script_enabled=False, color_scheme=scheme)
    card = tab.frames[1]
    link = card.get_by_role("link")
    assert link.inner_text() == next(
        d["title"] for d in addressed.data("disclosures")["disclosures"] if d["id"] in REPORT
    )
    paper = card.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 22, 26)"}[scheme]
    assert card.evaluate("document.documentElement.scrollHeight <= innerHeight && innerWidth === 360")
    link.click()
    tab.wait_for_url(f"{base}/{REPORT}/")
    tab.goto(f"{base}/{REPORT}/card/")
    assert "<script" not in tab.content()


def test_a_card_tells_the_day_that_overdue_is_counted_on(addressed):
    told = addressed.data("disclosures")
    day = date.fromisoformat(told["as_of"])
    late = [one for one in told["disclosures"] if one["counts"]["overdue"] and one["as_of"] != told["as_of"]]
    assert late
    for one in late:
        for place in ("card.svg", "card/index.html"):
            text = (addressed.output / "reports" / one["id"] / place).read_text("utf-8")
            assert any(language(key).date(day) in text for key in ("zh", "en")), (one["id"], place)


@pytest.mark.skipif(
    not os.environ.get("RECTIFY_SCHEMA_ORG"),
    reason=f"schema.org: {os.environ.get('RECTIFY_NO_SCHEMA_ORG') or 'run.py test brings its types'}",
)
def test_what_pages_tell_programs_is_schema_org(addressed, tmp_path: Path):
    told = {}
    for file in sorted(addressed.output.rglob("index.html")):
        for text in _TOLD.findall(file.read_text("utf-8")):
            told[file.relative_to(addressed.output).as_posix()] = text
    kinds = {json.loads(text)["@type"] for text in told.values()}
    assert kinds == {"WebSite", "Report", "Article", "Dataset"} and len(told) > 100
    assert schema_org.errors(told, tmp_path) == []
    wrong = told["index.html"].replace('"name"', '"label"', 1)
    folder = tmp_path / "wrong"
    folder.mkdir()
    assert schema_org.errors({"index.html": wrong}, folder)
