"""The way of a reader through a site, at three widths, with and without script, in both languages; and in light, dark, forced colours, on paper."""

import pytest

from helpers.browser import answered, expect
from helpers.languages import build_in

DISCLOSURE = "reports/2025-minzhengju/"
WORDS = {
    "zh": {"tools": "无障碍", "bar": "无障碍工具", "larger": "放大文字", "yellow": "黄字黑底", "reset": "恢复默认"},
    "en": {
        "tools": "Reading aids",
        "bar": "Reading aids",
        "larger": "Larger text",
        "yellow": "Yellow on black",
        "reset": "Reset",
    },
}
NARROW, MIDDLE, WIDE = 390, 768, 1440
LEAST = 1000
"""Where the side column has just come beside the table."""


@pytest.fixture(scope="module")
def site(built_site, tmp_path_factory):
    """site(language) -> a built site that speaks it."""
    made = {"zh": built_site}

    def speaking(language: str):
        if language not in made:
            made[language] = build_in(language, tmp_path_factory.mktemp(language))
        return made[language]

    return speaking


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [NARROW, MIDDLE, LEAST, WIDE])
@pytest.mark.parametrize("language", WORDS)
def test_the_way_from_home_to_what_one_looks_for(site, serve, page, language, width, scripted):
    base = serve(site(language).output, "register")
    tab = page(f"{base}/", viewport=(width, 900), java_script_enabled=scripted)

    def fits(place: str) -> None:
        assert tab.locator("h1").count() == tab.locator("main").count() == 1, place
        wide = tab.locator("body").evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (place, wide)

    fits("home")
    assert tab.locator("[data-rf-looks]").is_visible() == scripted
    tab.locator(f".rf-reports a[href$='{DISCLOSURE}#done']").click()
    tab.wait_for_url(f"**/{DISCLOSURE}#done")
    rows = tab.locator(".rf-list tbody tr")
    done = int(tab.locator(".rf-sentence a[href='#done']").first.inner_text())
    assert 0 < rows.locator("visible=true").count() == done < rows.count() == 16
    fits("disclosure")
    over = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert tab.locator(".rf-list tbody :is(td, th)").evaluate_all(over) == []
    titles = tab.locator(".rf-list tbody th").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().width)"
    )
    assert min(width for width in titles if width) > 120
    rows.locator("visible=true").first.get_by_role("link").click()
    tab.wait_for_url(f"**/{DISCLOSURE}0*/")
    assert tab.locator(".rf-timeline").first.is_visible() and tab.locator(".rf-ref").first.is_visible()
    fits("problem")
    tab.locator("#rf-q").fill("整改")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/?q=**")
    if scripted:
        assert answered(tab) > 0 and tab.locator("[data-search-results] a").first.is_visible()
    else:
        assert tab.locator("noscript a").first.is_visible()
    fits("search")
    tab.goto(f"{base}/problems/table/?status=ongoing")
    if scripted:
        tab.locator("[data-register][data-ready]").wait_for()
    shown = tab.locator("tbody tr")
    assert (0 < shown.count() <= 50) and shown.first.get_by_role("link").is_visible()
    assert tab.locator("[data-register-form]").is_visible() == scripted
    fits("table")


@pytest.mark.parametrize("language", WORDS)
def test_the_tool_bar_says_what_it_does(site, serve, page, axe, language):
    words = WORDS[language]
    base = serve(site(language).output, "register")
    tab = page(f"{base}/{DISCLOSURE}", viewport=(NARROW, 844))
    tab.get_by_role("button", name=words["tools"]).click()
    bar = tab.get_by_role("region", name=words["bar"])
    before = tab.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    for name in ("larger", "yellow"):
        bar.get_by_role("button", name=words[name]).click()
    expect(bar.get_by_role("status")).to_have_text("115%")
    assert tab.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > before
    assert tab.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(255, 255, 0)"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(tab) == []
    bar.get_by_role("button", name=words["reset"]).click()
    assert tab.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == before


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}], ids=str)
def test_map_data_table_and_card_are_read_in_every_look(site, serve, page, axe, look):
    """Whatever the look, text is on its paper, and the axe finds nothing; in print the tools are gone."""
    base = serve(site("en").output, "register")
    tab = page(f"{base}/", viewport=(WIDE, 900))
    tab.emulate_media(**look)
    for place, seen in (
        ("sitemap/", ".rf-map__row a"),
        ("data/", ".rf-terms dd"),
        ("problems/table/", ".register-table tbody th"),
        (f"{DISCLOSURE}card/", "h1 a"),
    ):
        tab.goto(f"{base}/{place}")
        if "table" in place:
            tab.locator("[data-register][data-ready]").wait_for()
        assert tab.locator(seen).first.is_visible(), place
        text, paper = tab.locator(seen).first.evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert text != paper, place
        assert axe(tab) == [], place
        if "media" in look and "card" not in place:
            assert not tab.locator(".rf-header, .rf-footer, .register-form").locator("visible=true").count(), place
