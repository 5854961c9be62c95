"""What stands around every page: its weight, the tool bar, and the colours that a reader's system asks for."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from helpers.browser import expect
from helpers.pages import PAGES, visit
from rectify.core.vocabulary import STATUSES

APART = ("problems/table/", "search/")
"""Pages that are programs, and read their data besides."""
VOICES = """
const spoken = globalThis.spoken = [];
const voices = [{lang: "zh-CN", name: "voice", localService: true, default: true, voiceURI: "voice"}];
globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", {value: Object.assign(new EventTarget(), {
    getVoices: () => voices, cancel() {},
    speak(said) { spoken.push(said.text); if (spoken.length < 3) setTimeout(() => said.dispatchEvent(new Event("end")), 1); },
})});
"""
"""A browser with a Chinese voice that speaks two sentences at once and does not come to the end of the third."""


def test_the_tool_bar_leaves_room_for_the_page_however_large_its_text(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/404.html", viewport=(390, 844))
    tab.evaluate("localStorage['/rectify'] = JSON.stringify({size: '4', bar: 'open'})")
    visit(tab, f"{serve(built_site.output)}/")
    bar = tab.locator(".rf-tools")
    bar.wait_for()
    assert bar.bounding_box()["height"] < 844 / 3
    assert min(bar.get_by_role("button").evaluate_all("all => all.map(one => one.offsetHeight)")) >= 24


def test_what_was_typed_stays_where_a_page_cannot_search(built_site, page):
    tab = page(
        f"{(built_site.output / 'search' / 'index.html').as_uri()}?q=河道", allow=("file:", "CORS", "ERR_FAILED")
    )
    assert tab.locator("#search-page-q").input_value() == "河道"


def test_every_page_weighs_little_and_asks_for_little(built_site, serve, page):
    base = serve(built_site.output)
    tab = page(f"{base}/404.html")
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    for path in PAGES.values():
        asked.clear()
        visit(tab, f"{base}/{path}")
        files = [built_site.output / urlsplit(url).path.lstrip("/") for url in asked]
        sizes = {
            file.name: len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes()))
            for file in files
        }
        assert sum(size for name, size in sizes.items() if name.endswith((".css", ".js"))) <= 25_000, (path, sizes)
        if not path.startswith(APART):
            assert len(asked) <= 5 and sum(sizes.values()) <= 35_000, (path, sizes)


def test_styles_and_scripts_are_published_without_their_comments_and_a_sites_own_as_they_are(built_site, make_site):
    files = [file for file in (built_site.output / "assets").rglob("*") if file.suffix in (".css", ".js")]
    assert len(files) > 8
    for file in files:
        assert not re.search(r"/\*|^\s*//", file.read_text("utf-8"), re.MULTILINE), file.name
    site = make_site({"../theme/assets/javascripts/since.js": "// ours\n"}, theme={"custom_dir": "theme"})
    site.build().ok()
    assert (site.output / "assets/javascripts/since.js").read_text("utf-8") == "// ours\n"


def test_the_tool_bar_with_keys_alone(built_site, serve, page, axe):
    base = serve(built_site.output)
    tab: Page = page(f"{base}/reports/2025-minzhengju/01/", viewport=(390, 844))
    tab.add_init_script(VOICES)
    tab.reload()
    tools = "document.querySelectorAll('script[src*=\"/tools.\"]').length"
    assert tab.evaluate(f"[localStorage.length, {tools}]") == [0, 0]
    opener, bar = tab.get_by_role("button", name="无障碍"), tab.get_by_role("region", name="无障碍工具")
    opener.focus()
    tab.keyboard.press("Enter")
    expect(bar.get_by_role("button", name="放大文字")).to_be_focused()
    before = tab.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    for _ in range(5):
        tab.keyboard.press("Enter")
    expect(bar.get_by_role("status")).to_have_text("175%")
    assert tab.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == pytest.approx(before * 1.75)
    for name in ("黄字黑底", "加大间距", "大字版"):
        bar.get_by_role("button", name=name).press("Space")
        assert bar.get_by_role("button", name=name).get_attribute("aria-pressed") == "true"
    tab.goto(f"{base}/")
    expect(bar).to_be_visible()
    assert tab.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(255, 255, 0)"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(tab) == []
    tab.goto(f"{base}/about/")
    assert axe(tab) == []
    tab.goto(f"{base}/")
    tab.set_viewport_size({"width": 1440, "height": 900})
    assert (
        tab.locator(".rf-home__columns").evaluate("e => getComputedStyle(e).gridTemplateColumns.split(' ').length") == 1
    )
    bar.get_by_role("button", name="朗读本页").press("Enter")
    expect(bar.get_by_role("button", name="停止朗读")).to_be_visible()
    tab.wait_for_function("spoken.length === 3")
    assert tab.evaluate("spoken")[1].startswith("截至2025年") and tab.locator(".rf-reading").count() == 1
    bar.get_by_role("button", name="暂停朗读").press("Enter")
    bar.get_by_role("button", name="继续朗读").press("Enter")
    assert tab.evaluate("spoken[2] === spoken[3]")
    bar.get_by_role("button", name="恢复默认").press("Enter")
    assert tab.locator("html").evaluate("e => Object.keys(e.dataset)") == ["scheme"]
    tab.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(opener).to_be_focused()
    assert tab.locator(".rf-reading").count() == 0


def test_without_a_voice_nothing_is_offered_to_be_read(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/")
    tab.add_init_script("Object.defineProperty(globalThis, 'speechSynthesis', {value: undefined})")
    tab.reload()
    tab.get_by_role("button", name="无障碍").click()
    expect(tab.get_by_role("button", name="恢复默认")).to_be_visible()
    assert not tab.get_by_role("button", name="朗读本页").is_visible()


def test_colours_follow_the_system_without_script_and_the_reader_with_it(built_site, serve, page):
    base = serve(built_site.output)
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page(f"{base}/", java_script_enabled=False, color_scheme="dark")
    assert dark.evaluate(paper) == "rgb(20, 22, 26)" and not dark.get_by_role("button", name="无障碍").is_visible()
    tab = page(f"{base}/problems/", color_scheme="dark", viewport=(1280, 500))
    tab.get_by_role("button", name="浅色").click()
    assert tab.evaluate(f"[{paper}, scrollY]") == ["rgb(255, 255, 255)", 0]
    expect(tab.get_by_role("button", name="深色")).to_be_focused()
    tab.goto(f"{base}/about/")
    assert tab.evaluate(paper) == "rgb(255, 255, 255)"


def test_every_status_has_a_square_of_its_own_in_forced_colours(built_site, serve, page):
    tab = page(f"{serve(built_site.output)}/", forced_colors="active")
    looks = tab.evaluate(
        """keys => keys.map(key => {
            const square = document.createElement("i");
            square.className = `rf-sq rf-sq--${key}`;
            square.append(document.createElement("span"));
            document.getElementById("content").append(square);
            const look = getComputedStyle(square), sign = getComputedStyle(square.firstChild);
            return [look.background, look.borderStyle, look.boxShadow, sign.visibility].join();
        })""",
        [status.key for status in STATUSES],
    )
    assert len(set(looks)) == len(looks) > 4
