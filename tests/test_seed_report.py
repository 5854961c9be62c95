"""A real rectification report, 25 problems of which 8 are done: the same figures on every page and in every file."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from helpers.browser import answered, expect
from helpers.site import ROOT, Site, write_site

TRUTH = ROOT.parent / "shared" / "seeds" / "truth.json"
RID = "2023-shiji-jiguan-gongwei"
DONE, ONGOING = 8, 17


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    """What readers counted in the report by hand."""
    if not TRUTH.exists():
        pytest.skip(
            f"the seeds are kept beside the project, not in it: no {TRUTH.parent.parent.name}/{TRUTH.parent.name}/{TRUTH.name}"
        )
    documents = json.loads(TRUTH.read_text("utf-8")).values()
    (report,) = [document for document in documents if document["type"] == "rectification_disclosure"]
    return report


def front_matter(**values: str | int) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n"


@pytest.fixture(scope="module")
def site(truth: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The report in the content format, one file a problem, built."""
    declared = truth["declared_counts"]
    head = front_matter(
        标题=truth["title"],
        文种="整改情况报告",
        单位="某市委市级机关工委",
        截至日期="2023-10-31",
        公开日期="2023-11-14",
        公布数=f"{{总数: {declared['total']}, 已完成: {declared['completed']}, 持续推进: {declared['continuing']}}}",
    )
    problems = {
        f"reports/{RID}/{problem['seq']:02}.md": front_matter(
            问题=problem["title"], 状态=problem["status"], 分组=problem["group"], 序号=problem["no"]
        )
        for problem in truth["problems"]
    }
    pages = {"about.md": "# 监督方式\n", "methodology.md": "# 说明\n"}
    site = write_site(tmp_path_factory.mktemp("seed"), {f"reports/{RID}/index.md": head, **problems, **pages})
    site.build().ok()
    return site


def numbers(html: str, element: str) -> list[int]:
    """The figures of the first element of a class: those with a link, and 0, which leads nowhere."""
    start = html.index(f'class="{element}')
    return [int(n) for n in re.findall(r"(?:<a [^>]*>|共\s)(\d+)(?:</a>|\s)", html[start : html.index("</p>", start)])]


def test_the_headline_and_the_table_say_25_8_and_17(site: Site):
    html = site.page(f"reports/{RID}/")
    assert numbers(html, "rf-sentence") == [25, DONE, ONGOING]
    assert html.count("<tr data-state=") == 25
    assert html.count('<tr data-state="done" data-status="done"') == DONE
    assert html.count('<tr data-state="open" data-status="ongoing"') == ONGOING
    assert "完成率 32.0%（8/25）" in re.sub("<[^>]*>", "", html)


def test_the_table_has_the_reports_own_titles_groups_and_numbers(site: Site, truth: dict[str, Any]):
    html = site.page(f"reports/{RID}/")
    rows = re.findall(r'<td data-column="number">(.*?)</td>\s*<th scope="row"><a href="([^"]*)">(.*?)</a>', html)
    assert rows == [(str(p["no"]), f"../../reports/{RID}/{p['seq']:02}/", p["title"]) for p in truth["problems"]]
    groups = re.findall(r'<h3 class="rf-group"[^>]*>([^<]*)<.*?>(\d+)</a>', html)
    assert groups == [(group, str(count)) for group, count in truth["counts"]["by_group"].items()]


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("problems/", 25),
        ("problems/state/done/", DONE),
        ("problems/state/open/", ONGOING),
        ("problems/status/done/", DONE),
        ("problems/status/ongoing/", ONGOING),
        ("problems/status/staged/", 0),
        ("problems/unit/某市委市级机关工委/", 25),
        ("problems/year/2023/", 25),
        ("problems/overdue/", 0),
    ],
)
def test_the_lists_say_the_same(site: Site, address: str, count: int):
    html = site.page(address)
    assert numbers(html, "rf-sentence")[0] == html.count('<li class="rf-item"') == count


@pytest.mark.parametrize("address", ["", "reports/"])
def test_the_overviews_say_the_same(site: Site, address: str):
    html = site.page(address)
    assert numbers(html, "rf-sentence") == [1, 25, DONE, ONGOING]
    assert numbers(html, "rf-reports__figure") == [DONE, 25]


def test_the_data_says_the_same(site: Site, truth: dict[str, Any]):
    (disclosure,) = site.data("disclosures")["disclosures"]
    by_status = {"unstated": 0, "pending": 0, "ongoing": ONGOING, "staged": 0, "done": DONE, "closed-out": 0}
    assert disclosure["counts"] == {
        "total": 25,
        "done": DONE,
        "open": ONGOING,
        "unstated": 0,
        "verified": 0,
        "overdue": 0,
        "by_status": by_status,
    }
    problems = site.data("problems")["problems"]
    assert [(p["seq"], p["title"], p["status_label"], p["group"]) for p in problems] == [
        (p["seq"], p["title"], p["status"], p["group"]) for p in truth["problems"]
    ]
    rows = Path(site.output, "data", "problems.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 26
    assert sum(",已完成," in row for row in rows) == DONE


def indexed_states(index: dict[str, Any]) -> list[tuple[str, str, bool, bool, list[str]]]:
    """Kind, status, overdue, priority and flags of every entry of the search index, as docs/search-index.md packs them."""
    kinds = len(index["states"])
    codes = [ord(letter) - 35 for letter in index["state"]]
    codes = codes if kinds > 9 else [number for code in codes for number in divmod(code, kinds)]
    return [tuple(index["states"][code]) for code in codes[: sum(index["runs"][2::3])]]


def test_the_search_filters_count_the_same(site: Site):
    index = json.loads((site.output / "search" / "index" / "index.json").read_text("utf-8"))
    states = [one[:4] for one in indexed_states(index)]
    assert states.count(("problem", "done", False, False)) == DONE
    assert states.count(("problem", "ongoing", False, False)) == ONGOING
    assert states.count(("disclosure", "", False, False)) == len(states) - 25 == 1
    assert (index["units"], index["years"]) == (["某市委市级机关工委"], ["2023"])
    assert index["labels"]["status"]["done"] == "已完成"


def test_the_command_says_the_same(site: Site):
    assert "25 problems: 8 done, 17 ongoing" in site.rectify("--lang", "en", "status").ok().out
    # A placeholder that nobody filled in is the document's own; whoever publishes has to decide.
    refused = site.rectify("--lang", "en", "build", "-d", str(site.root / "other"))
    assert refused.exit == 1 and "[W001]" in refused.out and "1 error" in refused.out


@pytest.mark.parametrize(
    ("query", "count"), [("status=已完成", DONE), ("status=ongoing", ONGOING), ("status=done&status=ongoing", 25)]
)
def test_the_search_page_finds_the_same(site: Site, page, serve, query: str, count: int):
    tab = page(f"{serve(site.output)}/search/?{query}")
    assert answered(tab) == count
    choices = tab.locator("[data-search-filters] label")
    shown = {label.strip() for label in choices.all_inner_texts()}
    assert f"✓已完成{DONE}" in {"".join(label.split()) for label in shown}
    assert f"◐持续推进{ONGOING}" in {"".join(label.split()) for label in shown}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_figure_leads_to_the_rows_that_it_counts(site: Site, page, serve, javascript: bool):
    tab = page(f"{serve(site.output)}/reports/{RID}/", java_script_enabled=javascript)
    for label, count in (("done", DONE), ("open", ONGOING), ("problems", 25)):
        tab.locator(f".rf-sentence a[href='#{label}']").click()
        expect(tab.locator(".rf-table tbody tr:visible")).to_have_count(count)
