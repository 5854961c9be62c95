"""The pages of publications: what they say, what they must not say, and that they are there for publications only."""

import json
import re

import pytest

from helpers.cases import DISCLOSURE
from helpers.publications import COUNTS, HASH, publications
from rectify.core.changes import Change

WITHDRAWN = DISCLOSURE["reports/2024-a/02.md"].replace(
    "状态: 持续推进\n序号", "状态: 持续推进\n撤回: {日期: 2024-10-20, 理由: 涉及第三方信息}\n序号"
)
CHANGES = [
    Change("2024-a/01", "旧题目", "done", "ongoing", "done"),
    Change("2024-a/02", "题目", "deadline", "2024-09-30", "2024-12-31"),
    Change("2024-a/01", "旧题目", "text", "涉及214户。", "涉及215户。", "body"),
    Change("2024-a", "通报", "text", "0000-2345600", "0000-2345601", "contact.phone", "disclosure"),
    Change("2024-a/01", "旧题目", "progress", "", "2024-06-20 新的巡检记录全面使用。（已完成）"),
    Change("2024-a/02", "题目", "reopened", "done", "ongoing"),
    Change("about/", "监督方式", "text", "", "新的一段。", "body", "page"),
]
SECOND = "releases/0002-5f1d22c09a7b/"


@pytest.fixture
def built(make_site, tmp_path):
    """built(releases, files) -> the site, built as a publication builds it."""

    def build(*releases, files=DISCLOSURE):
        site = make_site(dict(files))
        site.build(env=publications(tmp_path, *releases)).ok()
        return site

    return build


def words(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub("<[^>]+>", "", page)


def test_what_each_publication_says(built):
    site = built([], CHANGES)
    page = site.page("releases/")
    assert "第 2 次公开" in page and "2024年10月20日" in page and "sha256sum manifest.json" in page
    assert "1 份通报，2 个问题：已完成（含已销号） 1 个，尚未完成 1 个" in page
    assert page.index("第 3 次公开") < page.index("第 2 次公开") < page.index("第 1 次公开")
    assert page.index("第 1 次公开") < page.index("保留记录里的第一次公开")
    second = site.page(SECOND)
    assert HASH in second and "<code>5f1d22c09a7b</code>" in second and "2024年9月30日" in second
    assert '<a href="../../reports/2024-a/01/">管网巡检记录不完整</a>' in second and "旧题目" not in second
    assert "持续推进 → 已完成" in second and "2024年9月30日 → 2024年12月31日" in second
    assert "涉及<del>" in second and "214</del><ins>" in second and "215</ins>户。" in second
    assert "联系方式：电话" in second and '<a href="../../about/">监督方式</a>' in second and "新的一段。" in second
    assert "与上一次相比没有变化。" in site.page("releases/0003-5f1d22c09a7b/")
    first, then = (
        json.loads((site.output / f"releases/000{n}-5f1d22c09a7b/problems.json").read_bytes()) for n in (1, 2)
    )
    assert [(one["status"], one["deadline"]) for one in first["problems"]] == [
        ("ongoing", "2024-06-30"),
        ("done", "2024-09-30"),
    ]
    assert then["problems"] == site.data("problems")["problems"] and first["counts"] == COUNTS
    assert 'href="../../releases/0002-5f1d22c09a7b/problems.json"' in second


def test_a_problem_and_a_disclosure_show_what_became_of_them(built):
    site = built([], CHANGES)
    problem = site.page("reports/2024-a/01/")
    assert "公开以后的改动" in problem and f'<a href="../../../{SECOND}">第 2 次公开</a>' in problem
    assert "持续推进 → 已完成" in problem and "215</ins>户。" in problem
    assert "2024年9月30日 → 2024年12月31日" in site.page("reports/2024-a/02/")
    assert "联系方式：电话" in site.page("reports/2024-a/")
    assert "登记于2024年10月20日" in words(problem) and "登记于" not in site.page("reports/2024-a/02/")
    updates = words(site.page("updates/2024-10/"))
    assert (
        "共有 3 条记录" in updates
        and "：2 个问题" in updates
        and "时限调整" in updates
        and "重新列为尚未完成" in updates
    )
    assert "2024年10月20日公开时改动，已完成 → 持续推进" in updates
    assert "2024年10月20日公开时改动，2024年9月30日 → 2024年12月31日" in updates
    assert "登记于2024年10月20日" in words(site.page("updates/2024-06/"))
    # Who looks at the newest month alone would miss what was registered for an earlier one.
    for page in ("updates/", "updates/2024-10/"):
        assert re.search(r"另补登以前月份的进展 \d 条.*2024年6月", words(site.page(page))), page
    assert "补登" not in site.page("updates/2024-06/")
    assert "rectify:2024-a/01:0002-5f1d22c09a7b:" in problem


def test_a_menu_entry_and_an_address_for_machines(make_site, tmp_path):
    room = [{"rectify": {"past_data": 0}}]
    site = make_site(dict(DISCLOSURE), site_url="https://zg.qingchuan.example/整改/", plugins=room)
    site.rectify("build", env=publications(tmp_path)).ok()
    assert "保留记录里的第一次公开" in site.page("releases/") and 'href="releases/"' in site.page()
    assert "https://zg.qingchuan.example/整改/releases/" in site.page("sitemap.xml")
    last = "releases/0001-5f1d22c09a7b/"
    assert not (site.output / last / "problems.json").exists() and "不再放在网站上" in site.page(last)
    assert 'href="/整改/' in site.page("404.html"), "a site below a path, verified with its own links"


def test_where_there_is_no_room_the_newest_has_a_page_and_the_others_stay_in_the_list(make_site, tmp_path):
    site = make_site(dict(DISCLOSURE), plugins=[{"rectify": {"past_pages": 0}}])
    site.rectify("build", env=publications(tmp_path, CHANGES, CHANGES)).ok()
    pages = [one.name[:4] for one in (site.output / "releases").iterdir() if (one / "index.html").is_file()]
    listed, problem = site.page("releases/"), site.page("reports/2024-a/01/")
    assert pages == ["0003"] and words(listed).count("这一次的网页不再保留") == 2
    assert "第 2 次公开" in words(problem) and "releases/0002" not in problem + listed


def test_nothing_of_it_without_a_publication(make_site):
    site = make_site(dict(DISCLOSURE))
    site.build().ok()
    assert not (site.output / "releases").exists() and "公开记录" not in site.page()


@pytest.mark.parametrize("title", ["二次供水设施移交缓慢", "<b>别的题目</b>"])
def test_a_withdrawn_text_stays_away(built, title):
    changes = [
        Change("2024-a/02", title, "status", "pending", "ongoing"),
        Change("2024-a/02", title, "text", f"旧的{title}", title, "title"),
        Change("2024-a/02", title, "withdrawn"),
        Change("2023-b/01", title, "gone"),
    ]
    site = built(changes, files=DISCLOSURE | {"reports/2024-a/02.md": WITHDRAWN})
    for page in map(site.page, ("releases/", "releases/0001-5f1d22c09a7b/", "reports/2024-a/02/")):
        assert title not in page and "别的题目" not in page
    updates = "".join(file.read_text("utf-8") for file in (site.output / "updates").rglob("*.html"))
    assert '<span class="rf-ref">2024-a/02</span>' in updates
    page = site.page("releases/0001-5f1d22c09a7b/")
    assert "2024-a/02（现已不再显示）" in page and "2023-b/01（现已不再显示）" in page


def test_a_new_title_is_a_new_page(make_site, tmp_path):
    site = make_site(dict(DISCLOSURE))
    env = publications(tmp_path, [], CHANGES)
    site.build(env=env).ok()
    site.write(
        "reports/2024-a/01.md", DISCLOSURE["reports/2024-a/01.md"].replace("管网巡检记录不完整", "管网巡查台账不完整")
    )
    site.build(env=env).ok()
    assert "管网巡查台账不完整" in site.page(SECOND) and "管网巡检记录不完整" not in site.page(SECOND)


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"id": "x"}]', '{"head": 1}'])
def test_an_order_that_is_none_ends_the_build_with_a_sentence(make_site, tmp_path, text):
    site = make_site(dict(DISCLOSURE))
    (tmp_path / "publication.json").write_text(text, "utf-8")
    result = site.build(env={"RECTIFY_RELEASE": str(tmp_path / "publication.json")})
    assert result.exit and "RECTIFY_RELEASE" in result.out and "Traceback" not in result.out


def test_a_history_that_was_altered_ends_the_build_with_its_line(make_site, tmp_path):
    site = make_site(dict(DISCLOSURE))
    env = publications(tmp_path, [], CHANGES)
    file = tmp_path / "history.jsonl"
    file.write_bytes(file.read_bytes().replace("涉及214户".encode(), "涉及24户".encode()))
    result = site.build(env=env)
    assert result.exit and "history.jsonl 第 5 行" in result.out and "Traceback" not in result.out


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "light"), (1440, "dark")])
def test_it_can_be_read_by_everyone(built, serve, page, axe, width, scheme):
    address = serve(built([], CHANGES).output)
    for place in ("releases/", SECOND, "reports/2024-a/01/"):
        tab = page(f"{address}/{place}", viewport=(width, 844), color_scheme=scheme)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in axe(tab)] == []
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.emulate_media(media="print")
    assert tab.locator(".rf-change-rows ins").first.is_visible()
