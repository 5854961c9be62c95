"""Sites at the edges: nothing to show, one of everything, far too much of it. Each has a sensible look."""

import re
from collections.abc import Callable
from functools import cache

import pytest

from helpers.site import Site, write_site

LONG_TITLE = (
    "议事决策、财务管理、项目建设、选人用人和作风建设等多个方面的制度虽已建立但长期没有结合实际修订，执行中标准不一，"
    * 2
    + "监督检查也没有跟上"
)
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 3 + "1" * 90
LONG_UNIT = "清川市东部新区综合行政审批与公共资源交易服务管理中心党组织"

SITES = {
    "no disclosure": {},
    "one problem": {"2024-a": [{}]},
    "four hundred problems": {"2024-a": [{"状态": ("待整改", "已完成", "持续推进")[i % 3]} for i in range(400)]},
    "no problems": {"2024-a": []},
    "all done": {"2024-a": [{"状态": "已完成"}] * 12},
    "all pending": {"2024-a": [{"状态": "待整改"}] * 12},
    "some unstated": {"2024-a": [{"状态": "未单独公布"}, {"牵头单位": LONG_UNIT}]},
    "long names": {"2024-a": [{"问题": LONG_TITLE, "牵头单位": LONG_UNIT, "分组": LONG_TITLE}] * 2},
    "three hundred disclosures": {f"2024-u{i}": [{}] for i in range(300)},
    "ten years": {f"{year}-a": [{}] * (1 + year % 3) for year in range(2015, 2025)},
}


@pytest.fixture(scope="module")
def extreme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """Return one of SITES, built once."""

    @cache
    def build(name: str) -> Site:
        texts = files(SITES[name])
        if name == "no problems":
            texts = {path: text.replace("---\n", "---\n公布数: {总数: 0}\n", 1) for path, text in texts.items()}
        if name == "long names":
            texts = {path: f"{text}\n{LONG_WORD}\n" for path, text in texts.items()}
        site = write_site(tmp_path_factory.mktemp("extreme"), texts)
        site.build().ok()
        return site

    return build


@pytest.mark.parametrize("name", SITES)
def test_every_extreme_builds_and_counts(extreme, name):
    site = extreme(name)
    disclosures = site.data("disclosures")["disclosures"]
    assert {d["id"]: d["counts"]["total"] for d in disclosures} == {k: len(v) for k, v in SITES[name].items()}
    assert len(site.data("problems")["problems"]) == sum(map(len, SITES[name].values()))


@pytest.mark.parametrize(
    "name", ["no disclosure", "one problem", "four hundred problems", "no problems", "some unstated", "long names"]
)
@pytest.mark.parametrize("width", [320, 1440])
def test_extremes_fit_the_window_and_break_no_rule(extreme, serve, page, axe, name, width):
    base = serve(extreme(name).output)
    tab = page(f"{base}/", viewport=(width, 844))
    paths = [
        "",
        "reports/",
        "problems/",
        "problems/unit/",
        "problems/table/",
        "problems/overdue/",
        "updates/",
        "search/",
    ]
    for path in (
        paths
        + [f"reports/{i}/" for i in list(SITES[name])[:1]]
        + [f"reports/{i}/01/" for i, p in SITES[name].items() if p][:1]
    ):
        tab.goto(f"{base}/{path}")
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, path
        assert axe(tab) == [], path


def test_four_hundred_problems_give_way_to_a_bar_and_pages(extreme):
    site = extreme("four hundred problems")
    assert '<ol class="rf-chart"' not in site.page("reports/2024-a/")
    assert 'class="rf-bar"' in site.page("reports/2024-a/")
    assert site.page("problems/").count('class="rf-item"') == 100
    assert site.page("problems/4/").count('class="rf-item"') == 100
    assert site.page("problems/unit/甲单位/done/").count('class="rf-item"') == 100
    assert site.page("problems/unit/甲单位/status-pending/2/").count('class="rf-item"') == 34
    assert "第 301 至 400 个问题；各状态的数量见" in site.page("problems/4/")
    # What a state has of a status is what there is of it: one list, in one place.
    assert 'href="../../../problems/status/pending/"' in site.page("problems/state/open/")
    assert "problems/state/open/status-pending/index.html" not in site.files()


def test_three_hundred_disclosures_are_cut_into_pages(extreme):
    site = extreme("three hundred disclosures")
    assert site.page("reports/").count('class="rf-reports__title"') == 50
    assert site.page("reports/page_6/").count('class="rf-reports__title"') == 50


def test_years_go_back_from_the_last_however_many_problems_each_has(extreme):
    years = re.findall(r">(\d{4})年 *<", extreme("ten years").page("problems/"))
    assert list(dict.fromkeys(years))[:8] == [str(year) for year in range(2024, 2016, -1)]


@pytest.mark.parametrize(
    ("name", "columns"), [("one problem", "问题 状态 单位 编号"), ("some unstated", "问题 状态 单位 牵头单位 编号")]
)
def test_the_table_begins_without_the_columns_of_which_nothing_is_known(extreme, name, columns):
    head = extreme(name).page("problems/table/").partition("<thead>")[2].partition("</thead>")[0]
    assert re.findall(r">([^<>]+)</th>", head) == columns.split()


def test_a_day_without_entries(extreme):
    updates = extreme("one problem").page("updates/")
    assert updates.count("data-mark=") == 1 and "新公开" in updates and "rf-kinds" not in updates


def files(disclosures: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """Return the content of a site with these problems, by report id."""
    content = {name: f"---\ntitle: {name}\n---\n\n正文。\n" for name in ("index.md", "about.md", "methodology.md")}
    for disclosure_id, problems in disclosures.items():
        unit = LONG_UNIT if any("牵头单位" in p for p in problems) else "甲单位"
        year = disclosure_id[:4]
        head = f"标题: {unit}关于{disclosure_id}号整改情况的报告\n文种: 整改情况报告\n单位: {unit}\n截至日期: {year}-06-30\n公开日期: {year}-07-10\n"
        content[f"reports/{disclosure_id}/index.md"] = f"---\n{head}---\n\n正文。\n"
        for number, problem in enumerate(problems, start=1):
            values = {"问题": f"第{number}个问题", "状态": "持续推进"} | problem
            front = "".join(f"{key}: {value}\n" for key, value in values.items())
            content[f"reports/{disclosure_id}/{number:02d}.md"] = f"---\n{front}---\n\n情况。\n"
    return content
