"""The site map against a site as it is published, with every kind of page on it: nothing missing there, nothing here."""

import gzip
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import committed
from helpers.site import ROOT, Site, write_site
from rectify.core.portal import OVER_ADDRESSES
from rectify.core.site_map import ADDRESSES, AXES, GENERATED, MENU, SITE, WRITTEN, Place, file_of, place_of
from rectify.host import axes

ADDRESS = "https://zg.qingchuan.example/"
DISCLOSURES, PROBLEMS = 51, 3
"""More than a page of the lists of disclosures, of categories, of problems, of the overdue, of a month, of a status and of its parts."""

PROBLEM = """---
问题: 第{n}项管网巡检记录不完整
状态: {status}
序号: {n}
类别: {category}
整改时限: 2024-06-30
整改措施:
  - 统一巡检记录格式，按月抽查。
进展:
  - {{日期: 2024-10-08, 状态: {status}, 内容: 第{n}批移交。}}
---

逐个小区核对产权。
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Site:
    """A site of many disclosures as `rectify publish` makes it, signed."""
    files = {name: text for name, text in DISCLOSURE.items() if not name.startswith("reports/")}
    head = re.sub("公布数: .*\n|市委巡察反馈的.*\n", "", DISCLOSURE["reports/2024-a/index.md"])
    head = head.replace("截至日期: 2024-09-30", "截至日期: 2024-10-10")
    for number in range(DISCLOSURES):
        folder = f"reports/2024-{number:02d}"
        files[f"{folder}/index.md"] = head.replace("清川市水务局党组", f"清川市水务局第{number}分局")
        for n in range(1, PROBLEMS + 1):
            files[f"{folder}/{n:02d}.md"] = PROBLEM.format(
                n=n, category=f"管网第{number}类", status="已完成" if not number and n == 1 else "持续推进"
            )
    first = f"{sorted({name.rpartition('/')[0] for name in files if name.startswith('reports/')})[0]}/01.md"
    files[first] = files[first].replace("}\n---", ", 附件: [files/证明.txt]}\n---")
    files[first.replace("01.md", "files/证明.txt")] = "移交清单。\n"
    site = committed(write_site(tmp_path_factory.mktemp("site"), files))
    mine = tmp_path_factory.mktemp("etc") / "mkdocs.yml"
    mine.write_text(f"site_url: {ADDRESS}\n", "utf-8")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", site.root / "key"], check=True)
    site.rectify("publish", "--to", "live", "--repo", ".", "--config", str(mine), "--sign-key", "key").ok()
    return Site(site.root, (site.root / "live" / "current").resolve())


def unknown(files: Iterable[str]) -> list[str]:
    return [f"{file}: no place of core/site_map.py is at this address" for file in files if place_of(file) is None]


def test_every_page_has_a_place_on_the_map(published):
    assert not unknown(published.files())
    assert unknown(["reports/2024-00/chart/index.html", "problems/state/index.htm", "feed/index.html"])


def test_every_place_on_the_map_is_built(published):
    files = published.files()
    built = {place.key for file in files if (place := place_of(file))}
    further = {place_of(file).key for file in files if re.search(r"/(?:page_)?2/index\.html$", file)}
    assert not [
        f"{place.key}: core/site_map.py has {place.path}, the site does not"
        for place in SITE.values()
        if place.key not in built
    ]
    assert not [
        f"{place.key}: the list has one page only"
        for place in SITE.values()
        if place.numbered and place.key not in further
    ]


def test_what_is_always_there_is_there_and_what_is_published_only_is_not(published, built_site):
    for place in SITE.values():
        for _, address in place.addresses():
            assert (published.output / file_of(address)).is_file(), place
            assert (built_site.output / file_of(address)).is_file() != place.published or place.addressed, place


def test_the_sitemap_and_the_menu_are_those_of_the_map(published):
    listed = set(re.findall("<loc>(.*?)</loc>", published.page("sitemap.xml")))
    pages = {file: place_of(file) for file in published.files()}
    wanted = {
        ADDRESS + file.removesuffix("index.html")
        for file, place in pages.items()
        if place.in_sitemap and not (place.numbered and file != file_of(place.path))
    }
    assert listed == wanted
    assert gzip.decompress((published.output / "sitemap.xml.gz").read_bytes()).decode() == published.page("sitemap.xml")
    assert published.page("robots.txt") == f"User-agent: *\nDisallow:\n\nSitemap: {ADDRESS}sitemap.xml\n"
    menu = re.search('<nav class="rf-menu".*?</nav>', published.page(), re.S)[0]
    assert re.findall('href="(.*?)"', menu) == [place.path for place in MENU]


COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Url")
OF_DISCLOSURE = ("disclosure", "full_text", "problem")
FRAMED = "card_page"
"""Stands in pages of others and is no page to be found by itself."""


def test_every_page_has_the_tags_of_the_guideline(published):
    """《政府网站发展指引》, annex on page tags."""
    for file in published.files():
        if file.endswith(".html") and place_of(file).key != FRAMED:
            tags = dict(re.findall('<meta name="([A-Z]\\w+)" content="(.*?)">', published.page(file)))
            key = place_of(file).key
            wanted = ["SiteName", "SiteDomain", "Description", *(COLUMN if key != "not_found" else ())]
            wanted += ARTICLE if key in OF_DISCLOSURE else ()
            assert sorted(tags) == sorted(wanted) and all(tags.values()), (file, tags)
            assert tags["SiteDomain"] == "zg.qingchuan.example"
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", tags.get("PubDate", "2024-10-18 00:00"))


def test_every_page_says_to_programs_what_it_is(published):
    """Open Graph, whose title tells the status too; a canonical address; and JSON-LD that no text of the content ends early."""
    for file in published.files():
        if file.endswith(".html") and file != "404.html" and place_of(file).key != FRAMED:
            page, key = published.page(file), place_of(file).key
            said = dict(re.findall('<meta property="og:(\\w+)" content="(.*?)">', page))
            address = quote(ADDRESS + file.removesuffix("index.html"), ":/")
            assert said["url"] == address == re.search('<link rel="canonical" href="(.*?)">', page)[1], file
            assert all(said.values()) and said["type"] == ("article" if key in ("disclosure", "problem") else "website")
            assert (published.output / said["image"].removeprefix(ADDRESS)).is_file()
            told = [
                json.loads(text) for text in re.findall('<script type="application/ld\\+json">(.*?)</script>', page)
            ]
            kinds = {"home": "WebSite", "disclosure": "Report", "problem": "Article", "data": "Dataset"}
            assert [(one["@type"], one["@id"]) for one in told] == ([(kinds[key], address)] if key in kinds else [])
            if key == "problem":
                assert said["title"].startswith(told[0]["creativeWorkStatus"]) and said["title"].endswith(
                    told[0]["headline"]
                )
                assert told[0]["isPartOf"]["@id"] == address.rsplit("/", 2)[0] + "/"


def test_the_axes_are_those_of_the_map():
    assert tuple(axis.key for axis in axes.AXES) == AXES


FOLDERS = {name for name in GENERATED if "." not in name}
HAND_WRITTEN = [
    *(f"{name}.md" for name in FOLDERS),
    *(name for name in GENERATED - FOLDERS),
    *(f"{name}/{file}" for name in FOLDERS - {"reports"} for file in ("index.md", "附表.xlsx")),
    "problems/status/done/index.md",
    "reports/index.md",
    "README.md",
    *(f"{source.removesuffix('.md')}/index.md" for source in WRITTEN.values() if source != "index.md"),
]
"""One file for each place that the register fills, and beside each page that somebody is expected to write."""


def test_nothing_written_by_hand_is_replaced(make_site):
    site = make_site({**DISCLOSURE, **dict.fromkeys(HAND_WRITTEN, "# 手写\n")})
    for result in (site.rectify("check"), site.build()):
        told = set(re.findall(r"(?:content/)?(\S+) \[S0(?:32|33|45)\]", result.out))
        assert result.exit == 1 and told == set(HAND_WRITTEN)
    assert not site.output.exists()


@pytest.mark.parametrize("name", ["about/index.md", "README.md", "about/index.html"])
def test_a_page_that_every_site_has_is_written_in_its_own_file_only(make_site, name):
    site = make_site(
        {"reports/2024-a/" + file: DISCLOSURE["reports/2024-a/" + file] for file in ("index.md", "01.md", "02.md")}
    )
    if name == "README.md":
        (site.root / "content" / "index.md").unlink()
    site.write(name, "# 手写\n")
    assert f"{name} [S033]" in site.build().out and f"{name} [S033]" in site.rectify("check").out


SPELLED = re.compile(
    rf"""["'}}](?:{"|".join(sorted({*FOLDERS, *(place.section for place in SITE.values() if place.source and place.path)}))})/"""
)


def written() -> Iterable[Path]:
    yield from (ROOT / "theme").rglob("*.html")
    yield from (ROOT / "plugins" / "rectify" / "host").glob("*.py")


def test_no_template_and_no_page_spells_an_address():
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: takes its address from core/site_map.py, {match[0]!r} is spelled out"
        for path in written()
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if (match := SPELLED.search(line))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_address_in_a_template_is_on_the_map():
    names = {
        (path, name)
        for path in (ROOT / "theme").rglob("*.html")
        for name in re.findall(r"\bat\.(\w+)", path.read_text("utf-8"))
    }
    known = {*ADDRESSES, *OVER_ADDRESSES}  # a portal has some of its own
    assert names and not [f"{path.name}: at.{name}" for path, name in names if name not in known]


def test_scripts_know_the_search_index_by_its_address():
    place: Place = SITE["search_part"]
    script = (ROOT / "theme" / "assets" / "javascripts" / "search.js").read_text("utf-8")
    assert f"`${{base}}{place.path.partition('{')[0]}`" in script
