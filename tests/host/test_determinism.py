"""The same content gives the same bytes: elsewhere, later, warm or cold, with either host, and after any accident."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.site import Site, plain_environment, write_site
from helpers.trees import differing, snapshot

DISCLOSURE = "---\n标题: {0}整改情况\n文种: 整改情况报告\n单位: {0}\n截至日期: 2024-05-31\n公开日期: 2024-06-1{1}\n---\n\n## 总体\n\n正文。\n"
PROBLEM = "---\n问题: {0}的台账不全\n状态: 持续推进\n分组: 第一组\n整改时限: 2024-05-{1:02}\n类别: 财务\n---\n\n第{1}个问题的正文，见[另一个](01.md)。\n"
FILES = {
    "about.md": "# 监督方式\n\n见[通报](reports/2024-jia/index.md)。\n",
    "methodology.md": "# 说明\n",
    "reports/2024-jia/index.md": DISCLOSURE.format("甲局", 0),
    "reports/2024-jia/files/原文 a.txt": "原文",
    **{f"reports/2024-jia/{n:02}.md": PROBLEM.format("甲局", n) for n in range(1, 30)},
    "reports/2024-jia/30.md": PROBLEM.format("甲局", 30) + "\n见[原文](<files/原文 a.txt>)。\n",
    "reports/2024-yi/index.md": DISCLOSURE.format("乙局", 1),
    **{f"reports/2024-yi/{n:02}.md": PROBLEM.format("乙局", n) for n in range(1, 5)},
}
SITE_URL = "https://example.org/zhenggai/"


def attach(site: Site, name: str, text: str) -> None:
    """Write an attachment that a problem refers to."""
    site.write(f"reports/2024-jia/{name}", text)
    site.write("reports/2024-jia/29.md", f"{PROBLEM.format('甲局', 29)}\n见[附件]({name})。\n")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, bytes]]:
    """A site as it was built, and its bytes."""
    site = write_site(tmp_path_factory.mktemp("kept"), FILES, site_url=SITE_URL)
    site.build().ok()
    return site, snapshot(site.output)


@pytest.fixture
def site(kept: tuple[Site, dict[str, bytes]], tmp_path: Path) -> Site:
    """A copy of the site, built once more where it lies, so that the next build finds everything as it left it."""
    root = shutil.copytree(kept[0].root, tmp_path / "site")
    site = Site(root, root / "site")
    site.build().ok()
    assert differing(snapshot(site.output), kept[1]) == []
    return site


def cold(site: Site, place: Path, **settings) -> dict[str, bytes]:
    """What a build of the same content without any cache gives, in another place."""
    other = write_site(place, {}, site_url=SITE_URL, **settings)
    shutil.rmtree(other.root / "content")
    shutil.copytree(site.root / "content", other.root / "content", symlinks=True)
    other.build().ok()
    return snapshot(other.output)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LANG": "C", "LC_ALL": "C"},
        {"RECTIFY_LANG": "en", "HOME": "/nonexistent"},
    ],
    ids=str,
)
def test_another_checkout_gives_the_same_bytes(kept: tuple, tmp_path: Path, environment: dict[str, str]):
    other = write_site(tmp_path / "a much longer path", FILES, site_url=SITE_URL)
    other.build(env=environment).ok()
    assert differing(snapshot(other.output), kept[1]) == []


def test_one_process_gives_the_same_bytes(kept: tuple, tmp_path: Path):
    other = write_site(
        tmp_path / "one",
        FILES,
        site_url=SITE_URL,
        plugins=[{"rectify": {"processes": 1, "publisher": "清川市整改公开工作办公室"}}],
    )
    other.build().ok()
    assert differing(snapshot(other.output), kept[1]) == []


def test_a_build_at_another_date_is_declared(site: Site):
    before = snapshot(site.output)
    site.build(env={"SOURCE_DATE_EPOCH": "1735689600"}).ok()
    assert site.data("problems")["as_of"] == "2025-01-01"
    site.build().ok()
    assert differing(snapshot(site.output), before) == []


def test_no_path_of_the_machine_is_in_the_site(kept: tuple):
    site, before = kept
    for secret in (str(site.root).encode(), os.path.expanduser("~/").encode(), b".cache"):
        assert [path for path, body in before.items() if secret in body and not path.startswith("assets/")] == []


def change(site: Site, name: str, old: str, new: str) -> None:
    path = site.root / "content" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def move(site: Site, name: str, to: str) -> None:
    (site.root / "content" / name).rename(site.root / "content" / to)


ENTRY = "状态: 已完成\n进展:\n  - {日期: 2024-05-20, 状态: 已完成, 内容: 建好了。}"
EDITS: dict[str, Callable[[Site], object]] = {
    "status and progress": lambda s: change(s, "reports/2024-jia/07.md", "状态: 持续推进", ENTRY),
    "one word of a body": lambda s: change(s, "reports/2024-jia/06.md", "正文", "本文"),
    "a long body": lambda s: change(s, "reports/2024-jia/08.md", "正文", "很长的一段" * 2000),
    "title": lambda s: change(s, "reports/2024-yi/01.md", "乙局的台账", "乙局账本"),
    "group and category": lambda s: change(s, "reports/2024-yi/02.md", "第一组", "另一组"),
    "deadline": lambda s: change(s, "reports/2024-yi/04.md", "2024-05-04", "长期坚持"),
    "attachment": lambda s: attach(s, "files/b.txt", "新附件"),
    "attachment edited": lambda s: s.write("reports/2024-jia/files/原文 a.txt", "改过"),
    "problem removed": lambda s: (s.root / "content/reports/2024-jia/28.md").unlink(),
    "problem added in between": lambda s: s.write("reports/2024-jia/031.md", PROBLEM.format("甲局", 31)),
    "problem withdrawn": lambda s: change(
        s, "reports/2024-jia/05.md", "类别", "撤回: {日期: 2024-05-30, 理由: 隐私}\n类别"
    ),
    "newer date of figures": lambda s: change(s, "reports/2024-yi/index.md", "2024-05-31", "2024-07-31"),
    "unit renamed": lambda s: change(s, "reports/2024-yi/index.md", "单位: 乙局", "单位: 甲局"),
    "page": lambda s: s.write("about.md", "# 监督方式\n\n改过。\n"),
    "page added": lambda s: s.write("more.md", "# 更多\n"),
    "report added": lambda s: (
        s.write("reports/2023-bing/index.md", DISCLOSURE.format("丙局", 2)),
        s.write("reports/2023-bing/01.md", PROBLEM.format("丙局", 1)),
    ),
    "report renamed": lambda s: move(s, "reports/2024-yi", "reports/2024-yi2"),
    "report no longer public": lambda s: change(s, "reports/2024-yi2/index.md", "单位:", "公开范围: 党内\n单位:"),
    "report removed": lambda s: shutil.rmtree(s.root / "content/reports/2023-bing"),
}
"""Each is made on top of those before it."""


def test_a_rebuild_after_an_edit_equals_a_cold_build(site: Site, tmp_path: Path):
    for name, edit in EDITS.items():
        before = snapshot(site.output)
        edit(site)
        site.rectify("build").ok()
        after = snapshot(site.output)
        assert differing(after, before) != [], name
        assert (name, differing(after, cold(site, tmp_path / name))) == (name, [])


def test_a_link_into_a_folder_that_changed_is_checked_again(site: Site):
    change(site, "reports/2024-yi/01.md", "01.md", "../2024-jia/30.md")
    site.build().ok()
    (site.root / "content/reports/2024-jia/30.md").unlink()
    assert site.build().exit == 1
    site.write("reports/2024-jia/30.md", FILES["reports/2024-jia/30.md"])
    assert site.build().exit == 0


@pytest.mark.parametrize(("first", "then"), [("files/a", "files/a/b.txt"), ("files/a/b.txt", "files/a")])
def test_a_file_and_a_folder_may_change_places(site: Site, first: str, then: str):
    attach(site, first, "甲")
    site.build().ok()
    place = site.root / "content/reports/2024-jia/files/a"
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    attach(site, then, "乙")
    site.build().ok()
    assert (site.output / "reports/2024-jia" / then).read_text("utf-8") == "乙"


ACCIDENTS: dict[str, Callable[[Path], object]] = {
    "problem deleted": lambda out: (out / "reports/2024-jia/07/index.html").unlink(),
    "folder deleted": lambda out: shutil.rmtree(out / "problems"),
    "index deleted": lambda out: (out / "search/index/index.json").unlink(),
    "same size": lambda out: (out / "data/problems.json").write_bytes(
        b"x" * (out / "data/problems.json").stat().st_size
    ),
    "emptied": lambda out: (out / "about/index.html").write_text(""),
    "attachment": lambda out: (out / "reports/2024-jia/files/原文 a.txt").write_text("伪造"),
    "asset": lambda out: next((out / "assets/javascripts").glob("*.js")).write_text("alert(1)"),
    "stray page": lambda out: (out / "reports/2024-jia/99.html").write_text("伪造"),
    "everything": shutil.rmtree,
}


def test_the_next_build_repairs_the_site(site: Site):
    before = snapshot(site.output)
    for name, accident in ACCIDENTS.items():
        accident(site.output)
        assert differing(snapshot(site.output), before) != [], name
        site.build().ok()
        assert (name, differing(snapshot(site.output), before)) == (name, [])


def test_a_lost_or_damaged_cache_changes_nothing(site: Site):
    before = snapshot(site.output)
    for cache in ("made", "folders", "parts", ""):
        folder = site.root / ".cache" / "rectify" / cache
        for path in [p for p in folder.rglob("*") if p.is_file() and p.suffix != ".cache"]:
            path.write_bytes(path.read_bytes()[:-7])
        site.build().ok()
        assert (cache, differing(snapshot(site.output), before)) == (cache, [])
        shutil.rmtree(folder)
        site.build().ok()
        assert (cache, differing(snapshot(site.output), before)) == (cache, [])


MISTAKES = {
    "broken link in a body": (
        "reports/2024-yi/01.md",
        PROBLEM.format("乙局", 1).replace("01.md", "09.md"),
        "[S041] 链接的目标不存在：09.md",
    ),
    "broken link in a page": ("about.md", "# 监督方式\n\n[没有](none.md)\n", "[S041] 链接的目标不存在：none.md"),
    "broken anchor in a page": (
        "about.md",
        "# 监督方式\n\n[没有](methodology.md#none)\n",
        "[S089] 链接指向的位置不存在：methodology.md#none",
    ),
}


@pytest.mark.parametrize(("name", "body", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_broken_link_stops_the_build_and_leaves_the_site(site: Site, name: str, body: str, message: str):
    before = snapshot(site.output)
    site.write(name, body)
    result = site.build()
    assert result.exit == 1
    assert message in result.out
    assert "Traceback" not in result.out
    assert differing(snapshot(site.output), before) == []


def test_two_builds_at_once_leave_a_whole_site(site: Site):
    before = snapshot(site.output)
    change(site, "reports/2024-jia/index.md", "正文", "本文")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "mkdocs.yml", "-d", str(site.output)]
    builds = [
        subprocess.Popen(
            command,
            cwd=site.root,
            env=plain_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for _ in range(3)
    ]
    outputs = [build.communicate(timeout=300)[0] for build in builds]
    assert [output for output in outputs if "Traceback" in output] == []
    assert 0 in [build.returncode for build in builds]
    change(site, "reports/2024-jia/index.md", "本文", "正文")
    site.build().ok()
    assert differing(snapshot(site.output), before) == []


def test_a_sitemap_has_paths_where_the_site_has_no_address_and_a_site_keeps_its_own_robots_txt(tmp_path: Path):
    site = write_site(tmp_path / "plain", {**FILES, "robots.txt": "User-agent: *\nDisallow: /search/\n"})
    site.build().ok()
    listed = re.findall("<loc>(.*?)</loc>", site.page("sitemap.xml"))
    assert listed[0] == "/" and all((site.output / f".{path}index.html").is_file() for path in listed)
    assert site.page("robots.txt") == "User-agent: *\nDisallow: /search/\n"
    templates = [
        name
        for name in site.files()
        if name.endswith((".html", ".xml", ".json")) and b"{%" in (site.output / name).read_bytes()
    ]
    assert templates == []


def test_the_sitemap_lists_every_page_with_dates_of_the_records(kept: tuple):
    site, before = kept
    listed = re.findall(r"<loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?", before["sitemap.xml"].decode())
    addresses = [loc.removeprefix(SITE_URL) for loc, _ in listed]
    assert len(addresses) == len(set(addresses))
    assert [address for address in addresses if not (site.output / address / "index.html").is_file()] == []
    problems = {address for address in addresses if re.fullmatch(r"reports/[^/]+/\d+/", address)}
    assert problems == {p["url"] for p in site.data("problems")["problems"]}
    assert {day for _, day in listed} <= {"", "2024-05-31", "2024-06-10", "2024-06-11"}


def test_both_hosts_give_the_same_bytes(kept: tuple, tmp_path: Path):
    other = write_site(tmp_path / "other", FILES, site_url=SITE_URL)
    other.build("--strict", host="properdocs").ok()
    assert differing(snapshot(other.output), kept[1]) == []
