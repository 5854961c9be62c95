"""`rectify build` has the verdict of a publication, before it touches the site."""

import re
import shutil
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE, changed
from helpers.site import ROOT, Site

ONE, TWO = "reports/2024-a/01.md", "reports/2024-a/02.md"


@pytest.fixture
def site(make_site, tmp_path: Path) -> Site:
    """A built site with a theme of its own."""
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    site = make_site(DISCLOSURE, theme={"custom_dir": str(tmp_path / "theme")})
    site.rectify("build").ok()
    return site


def state(site: Site) -> dict[str, bytes]:
    return {path: (site.output / path).read_bytes() for path in site.files()}


def test_what_only_the_built_site_shows_ends_the_build_before_the_site_is_touched(site: Site, tmp_path: Path):
    before = state(site)
    page = tmp_path / "theme" / "partials" / "site-footer.html"
    page.write_text(page.read_text("utf-8") + '<script src="https://cdn.example/a.js"></script>')
    result = site.rectify("build")
    assert result.exit == 1 and "[B006]" in result.out and "网站没有改动" in result.out
    assert state(site) == before


def test_a_folder_of_the_site_is_enough_to_say_which_site_is_meant(site: Site):
    below = Site(site.root / "content" / "reports", site.output)
    for way in ([], ["-f", "../../mkdocs.yml"]):
        assert "没有变化" in below.rectify("build", *way).ok().out
    published = site.root / "live"
    below.rectify("publish", "--to", str(published)).ok()
    assert (published / "current" / "reports/2024-a/index.html").is_file()


@pytest.mark.parametrize("command", [["build"], ["publish", "--to", "live"]])
def test_no_site_is_said_in_a_sentence(tmp_path: Path, command: list[str]):
    result = Site(tmp_path, tmp_path / "site").rectify(*command)
    assert result.exit and "没有" in result.out and "No such file" not in result.out and "fatal" not in result.out


KEPT = "此句只供内部核对时参阅"
PLANTED = {
    "B004": '<a href="nowhere/">甲</a>',
    "B005": '<a href="#nowhere">乙</a>',
    "B006": '<img src="https://cdn.example/a.png" alt="丙">',
    "B007": f"<p>{KEPT}</p>",
    "B010": '<p onclick="x()">丁</p>',
    "P002": "<p>{{ register.problems[0].title }}{{ 139123 }}{{ 45678 }}</p>",
    "P001": '<p title="{{ register.problems[0].title }}：{{ 330102 }}{{ 199003071230 }}">戊</p>',
    "M004": "<p>{{ register.problems[0].title }}（{{ '机' }}{{ '密' }}）</p>",
}
PLACES = {
    "pages/problem.html": {"reports/2024-a/01/index.html", "reports/2024-a/02/index.html"},
    "pages/disclosure.html": {"reports/2024-a/index.html"},
    "pages/full.html": {"reports/2024-a/full/index.html"},
    "pages/table.html": {"problems/table/index.html"},
}


@pytest.mark.parametrize("place", PLACES)
def test_a_build_finds_what_a_check_of_the_finished_site_finds(site: Site, tmp_path: Path, place: str):
    """Pages are verified as they are made; the check reads them from the disk."""
    before = state(site)
    site.write(ONE, (site.root / "content" / ONE).read_text("utf-8") + f"\n<!-- {KEPT} -->\n")
    template = tmp_path / "theme" / place
    template.write_text(template.read_text("utf-8") + "\n".join(PLANTED.values()), "utf-8")
    refused = site.rectify("build")
    assert refused.exit == 1 and state(site) == before
    site.build().ok()
    checked = site.rectify("check", "site")
    expected = {(path, rule) for path in PLACES[place] for rule in PLANTED}
    assert places(refused.out) == places(checked.out) == expected


def test_what_stands_around_every_page_is_read_whole(site: Site, tmp_path: Path):
    site.write(ONE, (site.root / "content" / ONE).read_text("utf-8") + f"\n<!-- {KEPT} -->\n")
    footer = tmp_path / "theme" / "partials" / "site-footer.html"
    planted = [text.replace("{{ register.problems[0].title }}", "管网巡检记录不完整") for text in PLANTED.values()]
    footer.write_text(footer.read_text("utf-8") + "\n".join(planted), "utf-8")
    refused = site.rectify("build")
    site.build().ok()
    site.rectify("check", "site", "-o", str(tmp_path / "found.txt"))
    assert {rule for _, rule in places(refused.out)} == set(PLANTED)
    assert {rule for _, rule in places((tmp_path / "found.txt").read_text("utf-8"))} == set(PLANTED)


def test_a_sentence_that_may_stand_in_a_text_is_a_mark_where_it_stands_alone(site: Site, tmp_path: Path):
    """What a check of the sources has read is known for a line, not for a part of one."""
    for name, text in changed(
        ONE, ("班组长逐日核对。", "班组长逐日核对，把内部资料，注意保管的提示改为公开张贴。")
    ).items():
        site.write(name, text)
    site.rectify("build").ok()
    template = tmp_path / "theme" / "pages" / "problem.html"
    template.write_text(template.read_text("utf-8") + "<p>内{{ '部资' }}料，注意保管</p>", "utf-8")
    refused = site.rectify("build")
    assert refused.exit == 1 and {rule for _, rule in places(refused.out)} == {"M003"}


def places(out: str) -> set[tuple[str, str]]:
    return set(re.findall(r"(?m)(?:^|\s)(?:site/)?(\S+\.html) \[([A-Z]\d{3})\]", out))


def test_an_unfinished_text_is_built_to_be_looked_at_but_has_no_good_verdict(site: Site):
    before = state(site)
    for name, text in changed(TWO, ("其余小区按计划移交。", "其余XX个小区按计划移交。")).items():
        site.write(name, text)
    result = site.rectify("build")
    assert result.exit == 1 and "[W001]" in result.out and state(site) == before
    site.build().ok()


def test_a_page_that_changed_is_verified_with_those_that_stay(site: Site):
    for name, text in changed(ONE, ("班组长逐日核对。", "班组长逐日核对并签字。")).items():
        site.write(name, text)
    site.rectify("build").ok()
    assert "并签字" in site.page("reports/2024-a/01/")
    assert site.rectify("check", "site").ok().out.startswith("检查了网站成品")


def test_a_file_that_a_page_needs_and_nobody_made_is_missed(site: Site):
    """The page that was removed from the site is neither made again nor kept: the build makes it anew."""
    (site.output / "reports" / "2024-a" / "01" / "index.html").unlink()
    site.rectify("build").ok()
    assert (site.output / "reports" / "2024-a" / "01" / "index.html").is_file()


def test_where_nothing_has_changed_nothing_is_built(site: Site):
    """What it says of the content is said again; the verdict holds as long as the site is as it was left."""
    first = site.rectify("build").ok().out
    again = site.rectify("build").ok().out
    assert "上次构建以来没有变化" in again and "正在构建网站" not in again
    assert [line for line in first.splitlines() if "没有变化" not in line and "正在构建" not in line] == [
        line for line in again.splitlines() if "没有变化" not in line
    ]
    page = site.output / "reports" / "2024-a" / "01" / "index.html"
    page.write_text(page.read_text("utf-8") + "<!-- -->", "utf-8")
    assert "没有变化" not in site.rectify("build").ok().out and "<!-- -->" not in page.read_text("utf-8")


def test_a_build_says_once_which_tags_no_page_has(site: Site):
    told = "网页没有标签 SiteDomain、Url、SiteIDCode：mkdocs.yml 没有写 site_url、extra.site_id_code"
    assert site.rectify("build").ok().out.count(told) == 1
    config = site.root / "mkdocs.yml"
    config.write_text(f"site_url: https://zg.example/\nextra: {{site_id_code: }}\n{config.read_text('utf-8')}", "utf-8")
    assert "网页没有标签" not in site.rectify("build").ok().out, "who has no code says so"


def test_what_reads_like_a_page_or_a_comment_and_is_a_text_ends_no_build(make_site):
    """Words that no rule of the sources refuses, and that are shown as they are written."""
    written = "\n\n".join(
        (
            '<a href="java\tscript:alert(1)" ping="https://evil.example/">甲</a>',
            '<p style="background:url(//evil.example/a.png)" title="a > b">乙</p>',
            "<style>@import url(https://evil.example/a.css)</style>",
            "写成 href='nowhere/' 或者 src=\"//evil.example/a.png\" 的都是文字。",
        )
    )
    one = DISCLOSURE[ONE].replace("管网巡检记录不完整", '"整改中 #3 号楼管网渗漏长期没有处理"')
    one = one.replace("统一巡检记录格式，按月抽查。", '["把 #3 号楼的管网全部换成新管", 复核]').replace("  - [", "  [")
    site = make_site({**DISCLOSURE, ONE: f"{one}\n{written}\n"})
    site.rectify("check").ok()
    site.rectify("build").ok()
    page = site.page("reports/2024-a/01/")
    assert "#3 号楼管网渗漏长期没有处理" in page and "#3 号楼的管网全部换成新管" in page and "@import url(" in page
