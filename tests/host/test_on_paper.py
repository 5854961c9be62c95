"""What a reader prints: the question with its answers, all the rows that are asked for, addresses, and sheets that are filled."""

import io
import unicodedata
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from helpers.pages import PAGES, visit


def sheets(tab) -> list[str]:
    """Return what stands on each sheet."""
    return [plain(sheet.extract_text()) for sheet in printed(tab)]


def plain(text: str) -> str:
    """Return a text without spaces, which are guessed from distances, and without the look-alikes that fonts have of some characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(tab):
    return PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages


def lowest(sheet) -> float:
    """Return how far down the sheet its text goes, the number of the sheet left out: 0 at the top, 1 at the bottom."""
    places = []

    def see(text, page, place, *_):
        if text.strip(" \n—0123456789"):
            places.append(page[1] * place[4] + page[3] * place[5] + page[5])

    sheet.extract_text(visitor_text=see)
    return 1 - min(places) / float(sheet.mediabox.height)


def test_a_search_says_what_was_asked_and_how_much_of_the_answer_is_there(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/search/?q=公开&status=done")
    tab.locator("[data-search-printed]:not(:empty)").wait_for(state="attached")
    assert not tab.locator("[data-search-printed]").is_visible()
    first, *_ = sheets(tab)
    assert plain("检索：“公开”、已完成") in first and "前30条" not in first
    visit(tab, f"{base}/search/?status=ongoing")
    expect(tab.locator("[data-search-printed]")).to_have_text("检索：持续推进。这里是前 30 条。")
    tab.get_by_role("button", name="再显示").click()
    expect(tab.locator("[data-search-printed]")).to_have_text("检索：持续推进")
    assert plain("检索：持续推进") in sheets(tab)[0]


def test_the_table_prints_every_row_that_is_asked_for_and_is_then_as_it_was(built_site, serve, page):
    problems = built_site.data("problems")["problems"]
    base = serve(built_site.output)
    tab = page(f"{base}/problems/table/?page=2")
    tab.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.includes('rows-1.json'))")
    tab.locator("[data-register][data-ready]").wait_for()
    tab.wait_for_load_state("networkidle")
    before = tab.locator(".register-main").inner_text()
    told = sheets(tab)
    everything = "".join(told)
    assert plain(f"共{len(problems)}个问题，都在这里。") in told[0]
    # A reference in a narrow column may take two lines.
    assert all(one["ref"] in everything for one in problems)
    assert tab.locator(".register-main").inner_text() == before
    expect(tab.locator("tbody tr")).to_have_count(50)


def test_numbers_of_problems_and_addresses_of_pages_stand_where_links_were(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/{PAGES['disclosure']}")
    told = "".join(sheets(tab))
    assert all(f"{PAGES['disclosure'].split('/')[1]}/{nn:02}" in told for nn in range(1, 17))
    assert plain(f"监督方式（{base}/about/）") in told
    visit(tab, f"{base}/problems/unit/")
    assert "".join(sheets(tab)).count("合计") == 1


def test_states_are_told_apart_by_their_shades_of_grey(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/{PAGES['disclosure']}")
    for look in ({"media": "print"}, {"media": "screen", "forced_colors": "active"}):
        tab.emulate_media(**look)
        shades = tab.locator(".rf-months__now i").evaluate_all(
            """marks => marks.map(mark => {
            const [red, green, blue] = getComputedStyle(mark).backgroundColor.match(/[0-9.]+/g).map(Number);
            const ink = 255 - (0.3 * red + 0.59 * green + 0.11 * blue);
            return 255 - ink * getComputedStyle(mark).opacity; })"""
        )
        # As they lie on one another: what is done below, darker than what is not.
        assert len(shades) > 3 and all(high - low > 12 for high, low in pairwise(shades)), (look, shades)


@pytest.mark.parametrize("disclosure", ["2025-minzhengju", "2024-yunxi-liangshi", "2023-shizhi-jiguan-gongwei"])
def test_no_sheet_but_the_last_is_left_half_empty(built_site, serve, page, disclosure):
    base = f"{serve(built_site.output)}/reports/{disclosure}"
    tab = page(f"{base}/")
    for path in ("/", "/full/"):
        visit(tab, base + path)
        ends = [round(lowest(sheet), 2) for sheet in printed(tab)]
        assert len(ends) > 1 and min(ends[:-1]) > 0.65 and ends[-1] > 0.15, (path, ends)


def test_items_of_a_list_go_along_to_the_last_sheet(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/problems/")
    tab.locator(".rf-item").evaluate_all("items => items.slice(40).forEach(item => item.remove())")
    for _ in range(13):  # one sheet holds no more
        ends = [round(lowest(sheet), 2) for sheet in printed(tab)]
        assert len(ends) > 2 and min(ends[:-1]) > 0.65 and ends[-1] > 0.2, ends
        tab.locator(".rf-item").last.evaluate("item => item.remove()")
