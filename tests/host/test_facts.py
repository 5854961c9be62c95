"""What a unit states, what was verified and what is computed stand apart; what came up again is shown on both sides."""

import re

import pytest

from helpers.cases import DISCLOSURE, changed
from helpers.site import Site, write_site

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
OLD = {
    path.replace("2024-a", "2023-b"): text.replace("截至日期: 2024-09-30", "截至日期: 2023-09-30")
    .replace("反馈日期: 2024", "反馈日期: 2023")
    .replace("起: 2024-01-08, 止: 2024", "起: 2023-01-08, 止: 2023")
    .replace("公开日期: 2024", "公开日期: 2023")
    .replace("2024-0", "2023-0")
    for path, text in DISCLOSURE.items()
    if path.startswith("reports/")
}
FILES = {
    **DISCLOSURE,
    **OLD,
    INDEX: DISCLOSURE[INDEX]
    .replace("已完成: 1", "已销号: 1")
    .replace("已完成1个", "已销号1个")
    .replace("清川市安和路6号\n", "清川市安和路6号\n  截止: 2024-08-01\n"),
    **changed(
        ONE,
        ("状态: 已完成", "状态: 已销号"),
        ("内容: 新的", "内容: 验收通过，新的"),
        (
            "---\n\n巡检",
            "前次: 2023-b/01\n销号: {日期: 2024-06-25, 单位: 市委巡察办, 文号: 清巡销〔2024〕5号}\n---\n\n巡检",
        ),
    ),
    **changed(
        TWO,
        ("整改时限: 2024-12-31", "整改时限: 2024-09-05"),
        ("序号: 2", "序号: 2\n标记: [申请延期]\n重点: 安全健康、挂牌督办"),
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    site = write_site(tmp_path_factory.mktemp("facts"), FILES)
    site.build().ok()
    return site


def words(site: Site, page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", site.page(page)))


def test_three_facts_stand_apart(site):
    closed, late = words(site, "reports/2024-a/01/"), words(site, "reports/2024-a/02/")
    assert "单位报告2024年6月20日完成 验收销号2024年6月25日，市委巡察办（清巡销〔2024〕5号） 是否按期按期完成" in closed
    assert (
        "单位报告没有完成 验收销号没有 是否按期到2024年9月30日逾期25天" in late
        and "起 ！逾期25天，时限2024年9月5日" in late
    )
    assert "已完成（含已销号）的 2 个里，经巡察机构或者监督部门验收销号的 1 个，其余由单位认定。" in words(site, "")
    first, second = site.data("problems")["problems"][:2]
    assert first["closeout"] == {"date": "2024-06-25", "by": "市委巡察办", "doc_no": "清巡销〔2024〕5号"}
    assert (second["overdue_days"], "closeout" in second) == (25, False)


def test_a_page_says_where_to_object_and_when_that_has_passed(site):
    page = words(site, "reports/2024-a/02/")
    title, _, below = page.partition("永久编号：2024-a/02")
    assert "二次供水设施移交缓慢" in title and "单位报告" in below
    assert "截止2024年8月1日（已截止，此后仍可反映）" in page


def test_lists_tell_for_how_long_and_since_when(site):
    for page in ("problems/", "problems/overdue/"):
        assert "逾期25天，时限2024年9月5日" in words(site, page), page
    assert "，逾期25天" in words(site, "reports/2024-a/")
    for page in ("problems/", "reports/2024-a/"):
        assert "。 " not in words(site, page).partition("已逾期。")[0], page


def test_every_figure_says_what_it_counts_to_a_screen_reader(site):
    for page, named in (
        ("", ("公开通报：2", "问题：4", "已完成（含已销号）：2", "持续推进：2", "逾期：")),
        ("reports/2024-a/", ("已销号：1", "问题：2")),
    ):
        missing = [name for name in named if f'aria-label="{name}' not in site.page(page)]
        assert missing == [], page
    bare = re.compile(r"<a (?![^>]*aria-label)[^>]*>[\d.,]+%?</a>")
    assert not [
        (page, found[0]) for page in site.files() if page.endswith(".html") and (found := bare.search(site.page(page)))
    ]


def test_what_has_not_been_brought_up_to_date_says_so(site):
    told = "通报截至2023年9月30日，此后未更新"
    for page in ("reports/2023-b/", "reports/", "problems/", "reports/2023-b/02/"):
        assert told in words(site, page) or (
            page.endswith("02/") and "2023年9月30日，此后未更新" in words(site, page)
        ), page
    assert told not in words(site, "reports/2024-a/") and "此后未更新" not in words(site, "reports/2023-b/01/")
    assert "从2023年9月30日到2024年9月30日。其中 1 份还有没完成的问题，半年以上没有更新。" in words(site, "")
    assert [one["stale"] for one in site.data("disclosures")["disclosures"]] == [False, True]


def test_both_sides_show_what_came_up_again_and_it_counts_once(site):
    for page, other in (("reports/2024-a/01/", "reports/2023-b/01/"), ("reports/2023-b/01/", "reports/2024-a/01/")):
        (section,) = re.findall(r'<section aria-labelledby="matter">.*?</section>', site.page(page), re.S)
        assert f'{other}"' in section and "这 2 个计入 1 个" in section
    assert "4 个问题合计 3 件" in words(site, "") and site.data("disclosures")["matters"] == 3
    unit = site.page("problems/unit/清川市水务局/")
    assert re.findall(r'<th scope="row"><a href="[./]*(reports/[^"]+)"', unit) == ["reports/2024-a/", "reports/2023-b/"]
    assert "先后出现的事" in unit
    assert "二次供水设施移交缓慢" in words(site, "problems/flag/extended/")


def test_priorities_are_listed_by_published_criteria(site):
    assert "二次供水设施移交缓慢" in words(site, "problems/priority/safety/")
    assert "其中列为重点的 1 个，已完成 0 个。" in words(site, "")
    # One problem, two criteria: the sum of the table is no number of problems.
    assert "其中 1 个写了重点" in words(site, "problems/priority/") and "写了" not in words(site, "problems/status/")
    assert "重点：挂牌督办" in words(site, "reports/2024-a/02/") and 'id="priority-supervised"' in site.page(
        "methodology/"
    )
    assert [one["priority"] for one in site.data("problems")["problems"]][:2] == [[], ["safety", "supervised"]]
    counting = site.data("counting")
    assert counting["priorities"]["safety"]["label"] == "安全健康" and counting["matters"] == 3
    page = words(site, "methodology/")
    assert [rule["key"] for rule in counting["rules"] if rule["text"] not in page] == []


def test_no_line_ends_between_a_number_and_its_measure_word(site):
    torn = re.compile(r"(?:\d|\d</a>) [个份件条次天页起]|第 (?:\d|<a)")
    pages = [
        path
        for path in site.files()
        if path.endswith(".html") and not re.search("search/|/table/|methodology|data/", path)
    ]
    found = {path: torn.findall((site.output / path).read_text("utf-8")) for path in pages}
    assert len(pages) > 20 and {path: wrong for path, wrong in found.items() if wrong} == {}
