"""What a person meets: every page kind in Chromium, at phone and desktop width, by light and dark, with keys alone."""

import io

import pytest
from pypdf import PdfReader

from helpers.axe import COLOURS
from helpers.browser import answered, expect
from helpers.pages import PAGES, visit
from rectify.core.vocabulary import STATUSES

WIDTHS = {"phone": (390, 844), "desktop": (1440, 900)}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_violation(built_site, serve, page, axe, width, scheme):
    base = serve(built_site.output)
    found = {}
    tab = page(f"{base}/", viewport=WIDTHS[width], color_scheme=scheme)
    for kind, path in PAGES.items():
        visit(tab, f"{base}/{path}")
        if violations := axe(tab, COLOURS if scheme == "dark" else ()):
            found[kind] = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in violations]
    assert found == {}


@pytest.mark.parametrize(("width", "size"), [(320, ""), (320, "4"), (390, ""), (768, ""), (1440, "")])
def test_no_page_is_wider_than_the_window(built_site, serve, page, width, size):
    base = serve(built_site.output)
    tab = page(f"{base}/404.html", viewport=(width, 800))
    tab.evaluate("size => { localStorage['/rectify'] = JSON.stringify({size, spacing: size && 'wide'}); }", size)
    too_wide = {}
    for kind, path in PAGES.items():
        visit(tab, f"{base}/{path}")
        if over := tab.evaluate("document.documentElement.scrollWidth - innerWidth"):
            too_wide[kind] = over
    assert too_wide == {}


SHIFTS = """globalThis.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { moved += one.value; })).observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_comes(built_site, serve, page, width):
    base = serve(built_site.output)
    tab = page(f"{base}/404.html", viewport=WIDTHS[width])
    tab.add_init_script(SHIFTS)
    moved = {}
    for kind, path in PAGES.items():
        if "#" in path:
            continue  # what part of a list the address asks for, a browser without script knows when it has read the list
        visit(tab, f"{base}/{path}")
        shift = tab.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(moved))))")
        if shift > 0.01:
            moved[kind] = shift
    assert moved == {}


UNSEEN = """() => [...document.querySelectorAll("a[href], button, input, select, summary, textarea")].filter(one => {
    one.focus();
    if (one !== document.activeElement) return false;
    for (let at = one; at; at = at.parentElement) {
        const look = getComputedStyle(at), {width, height} = at.getBoundingClientRect();
        if (look.clipPath !== "none" || (look.overflow === "hidden" && width * height < 24)) return true;
    }
    return getComputedStyle(one).outlineStyle === "none";
}).map(one => one.outerHTML.slice(0, 90))"""
BROKEN = """() => [...document.querySelectorAll("wbr")].map(one => one.parentElement).filter(one => getComputedStyle(one).wordBreak !== "keep-all")
    .concat([...document.querySelectorAll("main td")].filter(one => /^[\\d,.]+%?$/.test(one.innerText.trim())
        && getComputedStyle(one).display === "table-cell" && getComputedStyle(one).textAlign !== "right")).map(one => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("width", WIDTHS)
def test_focus_is_seen_lines_end_between_words_and_numbers_stand_at_the_right(built_site, serve, page, width):
    base = serve(built_site.output)
    tab = page(f"{base}/404.html", viewport=WIDTHS[width])
    found = {}
    for kind, path in PAGES.items():
        visit(tab, f"{base}/{path}")
        tab.keyboard.press("Tab")  # from now on what has the focus is shown
        if wrong := tab.evaluate(UNSEEN) + tab.evaluate(BROKEN):
            found[kind] = wrong[:5]
    assert found == {}


def test_the_site_works_below_a_sub_path(built_site, serve, page):
    base = serve(built_site.output, under="gk/zhenggai")
    tab = page(f"{base}/")
    tab.get_by_role("link", name="公开通报", exact=True).first.click()
    tab.get_by_role("link", name="中共清川市委市直属机关工作委员会关于市委巡察整改情况的报告").click()
    expect(tab.locator(".rf-table tbody tr:visible")).to_have_count(25)
    tab.locator(".rf-header input[type=search]").fill("党费收缴")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{base}/search/**")
    tab.locator("[data-search-results] a").first.click()
    tab.wait_for_url(f"{base}/reports/**")


@pytest.mark.parametrize(("viewport", "seen"), [((1440, 900), ".rf-reports > li"), ((390, 844), ".rf-reports__title")])
def test_home_shows_the_newest_and_the_disclosures_on_the_first_screen(built_site, serve, page, viewport, seen):
    tab = page(f"{serve(built_site.output)}/", viewport=viewport)
    for part in (".rf-home__newest .rf-updates > li", seen):
        box = tab.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= viewport[1], part


def test_a_title_breaks_in_search_and_in_the_table_where_its_own_page_breaks_it(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/{PAGES['problem']}")
    title = tab.locator("h1").inner_html()
    assert "<wbr>" in title
    visit(tab, f"{base}/search/?q={title.replace('<wbr>', '')}")
    hit = tab.locator("[data-search-results] .search-title a").first.inner_html()
    assert hit.replace("<mark>", "").replace("</mark>", "") == title
    visit(tab, f"{base}/problems/table/?q=2025-minzhengju/01")
    assert tab.locator(".register-table tbody th a").inner_html() == title


def test_a_filter_breaks_a_name_where_the_lists_do_and_has_the_statuses_in_their_order(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/problems/")
    name, statuses = "中共清川市委市直属机关工作委员会", [status.key for status in reversed([*STATUSES])]
    listed = tab.locator(".rf-facets a", has_text=name).locator("span").first.inner_html()
    assert listed.replace("<wbr>", "") == name != listed
    for path, label, status in (
        ("search/?q=%E5%B7%A5%E4%BD%9C", ".search-choice", "[name=status]"),
        ("problems/table/", ".register-choice", "[data-axis-value=status]"),
    ):
        visit(tab, f"{base}/{path}")
        assert tab.locator(label, has_text=name).locator("span").first.inner_html() == listed, path
        assert tab.locator(status).evaluate_all("boxes => boxes.map(box => box.value)") == statuses, path


def test_a_figure_shows_the_part_of_the_list_that_it_counts(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/reports/2023-shizhi-jiguan-gongwei/")
    rows = tab.locator(".rf-table tbody tr:visible")
    expect(rows).to_have_count(25)
    tab.locator(".rf-sentence a[href='#done']").click()
    expect(rows).to_have_count(8)
    assert tab.locator(".rf-sentence a[href='#done']").inner_text() == "8"
    tab.locator(".rf-sentence a[href='#open']").click()
    expect(rows).to_have_count(17)
    tab.get_by_role("link", name="显示全部 25 个").click()
    expect(rows).to_have_count(25)


def test_keys_alone_reach_search_filters_and_a_problem(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/")
    press = tab.keyboard.press
    press("Tab")
    assert focused(tab)["text"] == "跳到正文"
    tab_until(tab, lambda f: f["name"] == "q")
    tab.keyboard.type("养老")
    press("Enter")
    tab.wait_for_url("**/search/?q=**")
    before = answered(tab)
    tab_until(tab, lambda f: f["name"] == "status" and f["value"] == "ongoing")
    press("Space")
    tab.wait_for_url("**status=ongoing**")
    assert 0 < answered(tab) < before
    tab_until(tab, lambda f: "/reports/" in f["href"])
    press("Enter")
    tab.wait_for_url("**/reports/**")
    assert tab.locator("h1").count() == 1


def test_a_reader_without_script_sees_everything(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/reports/2025-minzhengju/", java_script_enabled=False)
    assert tab.locator(".rf-table:not(.rf-table--months) tbody tr").count() == 16
    assert tab.locator(".rf-months").is_visible()
    tab.goto(f"{base}/search/")
    assert tab.locator("noscript a, a[href$='problems/']").count()
    tab.goto(f"{base}/reports/2025-minzhengju/03/")
    assert tab.locator(".rf-cite__line").is_visible() and not tab.locator(".rf-cite button").first.is_visible()


def test_a_problem_is_copied_by_its_reference_and_as_it_is_cited(built_site, serve, page):
    tab = page(
        f"{serve(built_site.output)}/reports/2025-minzhengju/03/", permissions=["clipboard-read", "clipboard-write"]
    )
    for name, wanted in (("复制编号", "2025-minzhengju/03"), ("复制引文", tab.locator(".rf-cite__line").inner_text())):
        tab.get_by_role("button", name=name).click()
        tab.wait_for_function("document.querySelector('.rf-cite [role=status]').textContent == '已复制'")
        assert tab.evaluate("navigator.clipboard.readText()") == wanted.strip()


def test_updates_are_filtered_by_kind_and_tell_what_came_since_the_last_visit(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/updates/", java_script_enabled=False)
    rows = tab.locator(".rf-updates > li")
    assert not tab.locator("[data-since]").is_visible()
    tab.goto(f"{tab.url}#kind-done")
    assert 0 < rows.locator("visible=true").count() == rows.and_(tab.locator("[data-kind=done]")).count() < rows.count()

    tab = page(f"{serve(built_site.output)}/updates/")
    assert not tab.locator("[data-since]").is_visible()
    key = next(key for key in tab.evaluate("Object.keys(localStorage)") if key.endswith("visit"))
    # Of what was there the reader has seen all but the newest, which is of the newest month.
    tab.evaluate(
        """key => { const seen = JSON.parse(localStorage[key]); sessionStorage.clear();
        seen.marks.shift(); seen.months[Object.keys(seen.months)[0]]--; seen.on = "2025-09-20";
        localStorage[key] = JSON.stringify(seen); }""",
        key,
    )
    for _ in range(2):  # it says the same as long as the reader stays
        tab.reload()
        assert (
            tab.locator("[data-since] [role=status]").inner_text() == "自您2025年9月20日上次查看以来，多了 1 条记录。"
        )
        assert tab.locator(".rf-new").all_inner_texts() == ["+1", "新"]
        # Of the years one is open; the others say how many records they have.
        assert tab.locator(".rf-facets details").evaluate_all("all => all.map(one => one.open)") == [True, False, False]
    tab.get_by_role("button", name="不再记").click()
    tab.reload()
    assert tab.locator("[data-since]").count() == 0 and "marks" not in tab.evaluate("key => localStorage[key]", key)


def test_a_link_to_another_site_asks_first_where_the_operator_wants_that(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/")
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    tab.evaluate(
        """() => new Promise(done => { const script = document.createElement("script");
        script.dataset.ask = "去 {host}？"; script.onload = done; script.src = "/assets/javascripts/leaving.js";
        document.head.append(script);
        document.querySelector(".rf-footer").innerHTML += '<a id="out" href="http://other.example/x">外</a>'; })"""
    )
    tab.locator("#out").click()
    assert asked == ["去 other.example？"] and tab.url.endswith("/")
    tab.locator(".rf-menu a").first.click()
    tab.wait_for_url("**/reports/")
    assert len(asked) == 1


def test_print_is_black_on_white_without_chrome(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/reports/2025-baiwei-huanbao/full/", color_scheme="dark")
    tab.emulate_media(media="print")
    assert not tab.locator(".rf-header").is_visible() and not tab.locator(".rf-footer").is_visible()
    assert tab.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.locator(".rf-full__problem").count() == 18


@pytest.mark.parametrize("colours", ["none", "active"])
def test_what_only_a_screen_has_use_for_is_not_printed(built_site, serve, page, colours):
    tab = page(f"{serve(built_site.output)}/", forced_colors=colours)
    for path, kept, left_out in (
        ("problems/table/", "tbody th", ".register-tools, .register-form, .register-filters"),
        ("updates/", ".rf-updates > li", ".rf-kinds, .rf-facets"),
        ("reports/2025-minzhengju/01/", ".rf-cite__line", ".rf-cite__tools, .rf-neighbours"),
    ):
        tab.emulate_media(media="screen")
        visit(tab, f"{serve(built_site.output)}/{path}")
        assert tab.locator(left_out).first.is_visible(), path
        tab.emulate_media(media="print")
        assert tab.locator(kept).first.is_visible(), path
        assert not tab.locator(left_out).locator("visible=true").count(), path


def test_paper_has_no_nearly_empty_last_sheet_and_a_problem_takes_one(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/")
    ends = {}
    for kind, path in PAGES.items():
        visit(tab, f"{base}/{path}")
        sheets = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
        last = len(sheets[-1].extract_text().split("\n"))
        if len(sheets) > 1 and (last < 5 or kind.endswith("problem")):
            ends[kind] = (len(sheets), last)
        if kind == "full text":
            lasts = {sheet.extract_text().strip().split("\n")[-1].strip() for sheet in sheets}
            assert len(lasts) > 5 and not lasts & {"整改措施", "整改进展"}, "a label stands above what it names"
        if kind == "table":
            assert sheets[0].mediabox.width > sheets[0].mediabox.height
            heads = ["整改时限" in sheet.extract_text() for sheet in sheets]
            assert len(heads) > 1 and all(heads), "the head of the table stands on every sheet"
    assert ends == {}


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_the_squares_of_a_chart_stand_in_rows_that_are_counted_by_eye(built_site, serve, page, width):
    tab = page(f"{serve(built_site.output)}/", viewport=(width, 844))
    for path in ("", PAGES["disclosure"]):
        visit(tab, f"{serve(built_site.output)}/{path}")
        charts = tab.locator(".rf-chart:visible").evaluate_all(
            """charts => charts.map(chart => Object.values(Object.groupBy(chart.querySelectorAll(".rf-sq"),
            square => Math.round(square.getBoundingClientRect().y))).map(row => row.length))"""
        )
        assert charts
        for *rows, last in charts:
            assert set(rows) <= {10} or set(rows) <= {20}, path
            assert not rows or last <= rows[0], path


def test_the_tables_of_a_disclosures_groups_have_their_columns_below_one_another(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/{PAGES['two groups']}", viewport=WIDTHS["desktop"])
    for media in ("screen", "print"):
        tab.emulate_media(media=media)
        places = tab.locator(".rf-list thead").evaluate_all(
            "heads => heads.map(head => [...head.querySelectorAll('th')].map(th => Math.round(th.getBoundingClientRect().x)))"
        )
        assert len(places) == 2 and places[0] == places[1]
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.evaluate("document.documentElement.dataset.spacing = 'wide'")
    wider = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert tab.locator(".rf-list tbody :is(td, th)").evaluate_all(wider) == []


@pytest.mark.parametrize("width", [390, 320])
def test_the_months_in_numbers_fit_a_telephone(built_site, serve, page, width):
    tab = page(f"{serve(built_site.output)}/updates/", viewport=(width, 800))
    tab.locator(".rf-months summary").click()
    assert tab.locator(".rf-months details").evaluate("e => e.scrollWidth - e.clientWidth") == 0
    too_wide = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert tab.locator(".rf-months :is(th, td)").evaluate_all(too_wide) == []


def test_a_head_block_and_a_breadcrumb_say_what_cannot_be_misread(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/{PAGES['disclosure']}", viewport=(390, 844))
    pieces = tab.locator(".rf-headblock dd").evaluate_all(
        "cells => cells.flatMap(cell => cell.innerHTML.split('<wbr>').map(piece => piece.replace(/<[^>]+>/g, '')))"
    )
    assert "“回头看”" in pieces, "a line ends beside it, not in it"
    visit(tab, f"{base}/{PAGES['problem']}")
    assert tab.locator(".rf-crumbs [aria-current]").inner_text() == "2025-minzhengju/01"


def focused(tab) -> dict[str, str]:
    """Return what has the focus."""
    return tab.evaluate(
        """() => { const e = document.activeElement;
        return {name: e.name || '', value: e.value || '', href: e.href || '', text: e.textContent.trim()}; }"""
    )


def tab_until(tab, wanted, limit: int = 60) -> None:
    """Press Tab until what has the focus is wanted."""
    for _ in range(limit):
        tab.keyboard.press("Tab")
        if wanted(focused(tab)):
            return
    raise AssertionError(f"not reached with {limit} times Tab")
