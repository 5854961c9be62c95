"""The page of earlier publications: what it says, what it must not say, and that it is there for publications only."""

import json

import pytest

from helpers.cases import DISCLOSURE

WITHDRAWN = DISCLOSURE["reports/2024-a/02.md"].replace(
    "状态: 持续推进\n序号", "状态: 持续推进\n撤回: {日期: 2024-10-20, 理由: 涉及第三方信息}\n序号"
)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def record(number: int, *changes: tuple[str, ...], **values) -> dict:
    names = ("ref", "title", "kind", "before", "after")
    return {
        "id": f"{number:04d}-5f1d22c09a7b",
        "commit": "5f1d22c09a7b" * 3 + "5f1d",
        "committed": "2024-10-19T09:30:00+08:00",
        "declared": "2024-09-30",
        "counts": {"disclosures": 1, "total": 2, "done": 1, "open": 1},
        "previous": {"id": "before", "manifest": HASH[::-1]},
        "manifest": HASH,
        "changes": [dict(zip(names, one)) for one in changes],
    } | values


@pytest.fixture
def built(make_site, tmp_path):
    """built(history, files) -> the site, built as a publication builds it."""

    def build(history, files=DISCLOSURE):
        site = make_site(dict(files))
        (tmp_path / "history.json").write_text(json.dumps(history), "utf-8")
        site.build(env={"RECTIFY_HISTORY": str(tmp_path / "history.json")}).ok()
        return site

    return build


HISTORY = [
    record(
        2,
        ("2024-a/01", "旧题目", "done", "ongoing", "done"),
        ("2024-a/02", "题目", "deadline", "2024-09-30", "2024-12-31"),
    ),
    record(1, previous=None),
]


def test_what_each_publication_says(built):
    page = built(HISTORY).page("releases/")
    assert "第 2 次公开" in page and "2024年9月30日" in page and HASH in page and "sha256sum manifest.json" in page
    assert "1 份通报，2 个问题：已完成 1 个，持续推进 1 个" in page
    assert (
        '<a href="../reports/2024-a/01/">管网巡检记录不完整</a> <span class="rf-quiet">持续推进 → 已完成</span>' in page
    )
    assert "2024年9月30日 → 2024年12月31日" in page and "<code>5f1d22c09a7b</code>" in page
    assert page.index("第 2 次公开") < page.index("第 1 次公开") < page.index("保留记录里的第一次公开")
    assert "旧题目" not in page, "titles are those of today"


def test_a_menu_entry_and_an_address_for_machines(make_site, tmp_path):
    site = make_site(dict(DISCLOSURE), site_url="https://zg.qingchuan.example/整改/")
    (tmp_path / "history.json").write_text("[]", "utf-8")
    site.rectify("build", env={"RECTIFY_HISTORY": str(tmp_path / "history.json")}).ok()
    assert "本次是第一次公开" in site.page("releases/") and 'href="releases/"' in site.page()
    assert "https://zg.qingchuan.example/整改/releases/" in site.page("sitemap.xml")
    assert 'href="/整改/' in site.page("404.html"), "a site below a path, verified with its own links"


def test_nothing_of_it_without_a_publication(make_site):
    site = make_site(dict(DISCLOSURE))
    site.build().ok()
    assert not (site.output / "releases").exists() and "公开记录" not in site.page()


@pytest.mark.parametrize("title", ["二次供水设施移交缓慢", "<b>别的题目</b>"])
def test_a_withdrawn_text_stays_away(built, title):
    history = [record(1, ("2024-a/02", title, "status", "pending", "ongoing"), ("2023-b/01", title, "gone"))]
    page = built(history, DISCLOSURE | {"reports/2024-a/02.md": WITHDRAWN}).page("releases/")
    assert title not in page and "别的题目" not in page
    assert "2024-a/02（现已不再显示）" in page and "2023-b/01（现已不再显示）" in page


def test_a_new_title_is_a_new_page(make_site, tmp_path):
    site = make_site(dict(DISCLOSURE))
    (tmp_path / "history.json").write_text(json.dumps(HISTORY), "utf-8")
    env = {"RECTIFY_HISTORY": str(tmp_path / "history.json")}
    site.build(env=env).ok()
    site.write(
        "reports/2024-a/01.md", DISCLOSURE["reports/2024-a/01.md"].replace("管网巡检记录不完整", "管网巡查台账不完整")
    )
    site.build(env=env).ok()
    assert "管网巡查台账不完整" in site.page("releases/") and "管网巡检记录不完整" not in site.page("releases/")


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"id": "x"}]', '{"id": 1}'])
def test_a_history_that_is_none_ends_the_build_with_a_sentence(make_site, tmp_path, text):
    site = make_site(dict(DISCLOSURE))
    (tmp_path / "history.json").write_text(text, "utf-8")
    result = site.build(env={"RECTIFY_HISTORY": str(tmp_path / "history.json")})
    assert result.exit and "RECTIFY_HISTORY" in result.out and "Traceback" not in result.out


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "light"), (1440, "dark")])
def test_it_can_be_read_by_everyone(built, serve, page, axe, width, scheme):
    tab = page(f"{serve(built(HISTORY).output)}/releases/", viewport=(width, 844), color_scheme=scheme)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in axe(tab)] == []
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.emulate_media(media="print")
    assert tab.locator(".rf-release__facts code").first.is_visible()
