"""The table of all problems in Chromium: what it shows, counts, keeps in the address and gives away is what the data say."""

import csv
import io
import json
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from helpers.site import Site

TABLE = "problems/table/"


@pytest.fixture(scope="module")
def problems(built_site: Site) -> list[dict]:
    """The problems of the open data, each with its unit and year."""
    disclosures = {one["id"]: one for one in built_site.data("disclosures")["disclosures"]}
    rows = built_site.data("problems")["problems"]
    return [
        {**row, "unit": disclosures[row["disclosure"]]["unit"], "year": disclosures[row["disclosure"]]["published"][:4]}
        for row in rows
    ]


def shown(tab) -> list[str]:
    """Return the titles in the table."""
    return tab.locator("tbody th").all_inner_texts()


def numbers(tab, axis: str) -> dict[str, int]:
    """Return the number beside each value of a filter."""
    return tab.evaluate(
        """axis => Object.fromEntries(Array.from(document.querySelectorAll(`[data-axis-value=${axis}]`),
        box => [box.value, Number(box.parentNode.lastChild.textContent)]))""",
        axis,
    )


def ready(tab, count: int) -> None:
    tab.locator("[data-register][data-ready]").wait_for()
    expect(tab.locator("[data-register-download]")).to_contain_text(f" {count} ")


@pytest.mark.parametrize(("typed", "turned"), [("养老 机构", "養老 機構"), ("档案", "檔案"), ("没有这个", "沒有這個")])
def test_words_in_traditional_characters_find_the_same(built_site, serve, page, typed, turned):
    tab = page(f"{serve(built_site.output)}/{TABLE}?q={typed}")
    said = tab.locator("[data-register][data-ready] [data-register-said]").inner_text()
    found = shown(tab)
    tab.goto(f"{serve(built_site.output)}/{TABLE}?q={turned}")
    assert tab.locator("[data-register][data-ready] [data-register-said]").inner_text() == said
    assert shown(tab) == found


def test_filters_counts_order_and_columns_are_those_of_the_data_and_in_the_address(built_site, serve, page, problems):
    tab = page(f"{serve(built_site.output)}/{TABLE}")
    ready(tab, len(problems))
    assert shown(tab) == [one["title"] for one in problems[:50]]
    assert {k: n for k, n in numbers(tab, "status").items() if n} == Counter(one["status"] for one in problems)
    assert numbers(tab, "unit") == Counter(one["unit"] for one in problems)
    assert numbers(tab, "late") == {
        str(int(late)): n for late, n in Counter(one["overdue"] for one in problems).items()
    }

    tab.locator("[data-axis-value=status][value=ongoing]").focus()
    tab.keyboard.press("Space")
    ongoing = [one for one in problems if one["status"] == "ongoing"]
    ready(tab, len(ongoing))
    assert tab.evaluate("document.activeElement.value") == "ongoing"  # which was made anew
    tab.locator("[data-axis-value=late][value='1']").check()
    late = [one for one in ongoing if one["overdue"]]
    ready(tab, len(late))
    # A value is counted as if nothing were chosen in its own filter.
    assert numbers(tab, "late")["0"] == len(ongoing) - len(late)
    assert {k: n for k, n in numbers(tab, "status").items() if n} == Counter(
        o["status"] for o in problems if o["overdue"]
    )

    head = tab.get_by_role("columnheader", name="整改时限")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert shown(tab) == [one["title"] for one in sorted(late, key=lambda one: one["deadline"], reverse=True)]
    expect(tab.locator("thead")).to_contain_text("牵头单位")
    tab.get_by_text("选择列").click()
    tab.locator("[data-column][value=category]").check()
    expect(tab.locator("thead")).to_contain_text("类别")

    query = parse_qs(urlsplit(tab.url).query)
    assert (query["status"], query["overdue"], query["sort"]) == (["ongoing"], ["1"], ["-deadline"])
    before, topics = shown(tab), tab.locator("td[data-column=category]").all_inner_texts()
    tab.reload()
    ready(tab, len(late))
    assert (shown(tab), tab.locator("td[data-column=category]").all_inner_texts()) == (before, topics)
    tab.get_by_role("button", name="去掉条件“状态：持续推进”").click()
    ready(tab, sum(one["overdue"] for one in problems))
    tab.go_back()
    ready(tab, len(late))


def test_words_are_found_and_pages_turned(built_site, serve, page, problems):
    tab = page(f"{serve(built_site.output)}/{TABLE}?sort=unit")
    ready(tab, len(problems))
    tab.get_by_role("link", name="第 3 页").click()
    expect(tab.locator("tbody tr")).to_have_count(len(problems) - 100)
    # What is typed is asked at once, in any column and in any width of letters.
    tab.locator("#register-q").press_sequentially("２０２５-MINZHENGJU  养老")
    wanted = [
        one
        for one in problems
        if one["disclosure"] == "2025-minzhengju"
        and "养老" in json.dumps({**one, "progress": "", "status_wording": ""}, ensure_ascii=False)
    ]
    ready(tab, len(wanted))
    assert 0 < len(wanted) < 16 and "page=" not in tab.url
    tab.locator("#register-q").fill("没有这样的词")
    expect(tab.locator("[data-register-said]")).to_have_text("没有符合条件的问题。去掉几个条件再试。")


def test_names_stand_in_the_order_of_every_other_list(built_site, serve, page, problems):
    base = serve(built_site.output)
    tab = page(f"{base}/problems/unit/")
    units = tab.locator(".rf-table--axis").first.locator("tbody th").all_inner_texts()
    assert len(units) > 4
    tab.goto(f"{base}/sitemap/")
    assert [one for one in tab.locator(".rf-map h3").all_inner_texts() if one in units] == units
    tab.goto(f"{base}/{TABLE}?sort=unit")
    ready(tab, len(problems))
    seen = dict.fromkeys(tab.locator("td[data-column=unit]").all_inner_texts())
    assert list(seen) == units[: len(seen)]
    names = ["第一中学", "第二中学", "第十二中学", "第二十中学", "三、丙", "十、丁", "三江县", "（一）甲", "（三）乙"]
    ordered = tab.evaluate(
        """async names => {
        const { Rows } = await import(document.querySelector('[data-register]').dataset.base + 'assets/javascripts/register-rows.js');
        return names.sort((one, other) => Rows.prototype._compare.call({}, one, other)); }""",
        names,
    )
    assert [one for one in ordered if one.startswith("第")] == names[:4]
    assert [one for one in ordered if one[1] == "、"] == names[4:6] and ordered.index("（一）甲") < ordered.index(
        "（三）乙"
    )


def test_downloads_hold_exactly_what_is_shown(built_site, serve, page, problems):
    tab = page(
        f"{serve(built_site.output)}/{TABLE}?unit=清川市民政局&sort=-late&columns=status,late,deadline,flags,units,ref"
    )
    wanted = sorted((o for o in problems if o["unit"] == "清川市民政局"), key=lambda one: -(one["overdue_days"] or 0))
    ready(tab, len(wanted))
    files = {}
    for kind in ("csv", "xlsx", "json"):
        with tab.expect_download() as download:
            tab.locator(f"[data-download={kind}]").click()
        assert download.value.suggested_filename.endswith(f"-{built_site.data('problems')['as_of']}.{kind}")
        files[kind] = download.value.path().read_bytes()
    assert files["csv"].startswith(b"\xef\xbb\xbf") and files["csv"].endswith(b"\r\n")
    head, *rows = csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""))
    assert head == ["问题", "状态", "逾期", "整改时限", "责任单位", "标记", "编号"]
    told = [
        (o["title"], o["status_label"], str(o["overdue_days"] or ""), o["deadline"], "、".join(o["units"]), o["ref"])
        for o in wanted
    ]
    assert [(*row[:5], row[6]) for row in rows] == told
    table = load_workbook(io.BytesIO(files["xlsx"])).active
    sheet = [
        [str(cell.value.date()) if cell.is_date else str(cell.value or "") for cell in row] for row in table.iter_rows()
    ]
    assert sheet == [head, *rows] and table.auto_filter.ref == f"A1:G{len(wanted) + 1}"
    data = json.loads(files["json"])
    assert data["as_of"] == built_site.data("problems")["as_of"] and data["source"] == tab.url
    assert [(o["ref"], o["status"], o["flags"], o["url"]) for o in data["problems"]] == [
        (o["ref"], o["status"], o["flags"], o["url"]) for o in wanted
    ]

    evil = [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "＝1",
        "\t=1",
        'a"b,c\nd',
        "a]]>&<b>",
        "\x00\x0b甲",
        "😀",
        "x" * 40000,
        -5,
    ]
    made = tab.evaluate(
        """async evil => {
        const files = await import(document.querySelector('[data-register]').dataset.base + 'assets/javascripts/register-files.js');
        const bytes = async blob => Array.from(new Uint8Array(await blob.arrayBuffer()));
        return [await bytes(files.csv(['甲'], evil.map(one => [one]))), await bytes(files.xlsx('a', ['甲'], evil.map(one => [one]), [9]))]; }""",
        evil,
    )
    cells = [row[0] for row in csv.reader(io.StringIO(bytes(made[0]).decode("utf-8-sig"), newline=""))][1:]
    assert cells == [f"'{one}" for one in evil[:6]] + [*evil[6:-1], "-5"]
    cells = [row[0] for row in load_workbook(io.BytesIO(bytes(made[1]))).active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*evil[:8], "甲", evil[9], evil[10][:32767], -5]
    assert {cell.data_type for cell in cells[:-1]} == {"s"}


def test_it_reads_again_what_was_published_anew_and_says_where_it_cannot(built_site, serve, page, problems):
    base, asked = serve(built_site.output), []
    tab = page(f"{base}/about/", allow=("rows-1.json", "exception", "ERR_FAILED"))

    def old(route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(json={"stamp": "BBB", "rows": []})
        else:
            route.continue_()

    tab.route("**/rows-1.json", old)
    tab.goto(f"{base}/{TABLE}?status=ongoing")
    ready(tab, sum(one["status"] == "ongoing" for one in problems))
    assert len(asked) == 2
    tab.unroute("**/rows-1.json")
    tab.route("**/rows-1.json", lambda route: route.abort())
    tab.goto(f"{base}/{TABLE}?status=ongoing")
    expect(tab.locator("[data-register-said]")).to_contain_text("没有读到")
    assert not tab.locator("tbody").is_visible()  # which has not what was asked for
    assert tab.locator(".register-table").get_attribute("aria-busy") is None  # nothing is on its way


def test_without_script_the_first_rows_and_the_lists_are_there(built_site, serve, page, problems):
    tab = page(f"{serve(built_site.output)}/{TABLE}", viewport=(1440, 900), java_script_enabled=False)
    assert shown(tab) == [one["title"] for one in problems[:50]]
    assert not tab.locator("[data-register-form]").is_visible()
    assert (
        tab.locator(".register-table").bounding_box()["width"] > 1000
    )  # nothing stands in the columns that are not there
    tab.locator("noscript a, .rf-notice a").first.click()
    tab.wait_for_url("**/problems/")
    tab.get_by_role("link", name="问题总表").click()
    tab.wait_for_url("**/problems/table/")


def test_opened_from_a_folder_it_says_that_it_needs_a_server(built_site, page):
    address = (built_site.output / TABLE / "index.html").as_uri()
    tab = page(f"{address}?status=ongoing", allow=("file:", "CORS", "ERR_FAILED"))
    expect(tab.locator(".register-still")).to_be_visible()
    assert not tab.locator("[data-register-form]").is_visible() and tab.locator("tbody").is_visible()


def test_a_list_leads_to_its_rows_in_the_table(built_site, serve, page, problems):
    tab = page(f"{serve(built_site.output)}/problems/unit/")
    tab.get_by_role("link", name="清川市民政局", exact=True).first.click()
    tab.get_by_role("link", name="问题总表").click()
    wanted = sum(one["unit"] == "清川市民政局" for one in problems)
    ready(tab, wanted)
    expect(tab.locator("tbody tr")).to_have_count(wanted)
