"""A site in another language than its content: every word of its own is in that language, what is content says that it is not."""

import csv
import io
import json
import os
import re
import shutil

import pytest

from helpers import nu
from helpers.browser import answered
from helpers.languages import CONTENT, HAN, build_in, texts

KINDS = {
    "home": "",
    "disclosures": "reports/",
    "disclosure": "reports/2025-minzhengju/",
    "disclosure without contact": "reports/2022-many/",
    "full text": "reports/2025-baiwei-huanbao/full/",
    "problem": "reports/2025-minzhengju/01/",
    "relapsed problem": "reports/2025-minzhengju/02/",
    "withdrawn problem": "reports/2024-yunxi-liangshi/19/",
    "attachment": "reports/2024-yunxi-liangshi/06/",
    "all problems": "problems/",
    "second page": "problems/2/",
    "axis": "problems/unit/",
    "list": "problems/status/done/",
    "part of a list": "problems/year/2022/done/",
    "overdue": "problems/overdue/",
    "updates": "updates/",
    "month": "updates/2022-08/",
    "releases": "releases/",
    "release": "releases/0002-5f1d22c09a7b/",
    "methodology": "methodology/",
    "site map": "sitemap/",
    "table": "problems/table/",
    "ordinary page": "about/",
    "ordinary page in Chinese": "notice/",
    "search": "search/",
    "card": "reports/2025-minzhengju/card/",
    "not found": "404.html",
}


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    return build_in("en", tmp_path_factory.mktemp("english"))


def test_an_english_site_has_han_characters_in_content_alone(english):
    wrong = {}
    for path in english.files():
        if path.endswith(".html"):
            for language, place, text in texts(english.page(path)):
                if HAN.search(text) and language != CONTENT:
                    wrong.setdefault((place, text[:60]), path)
    assert wrong == {}
    assert all(english.page(path) for path in KINDS.values())


def test_what_is_written_in_english_is_not_called_chinese(english):
    pages = [path for path in english.files() if path.startswith("reports/2025-example/") and path.endswith(".html")]
    for path in [*pages, "problems/table/", "problems/unit/"]:
        told = [text for language, place, text in texts(english.page(path)) if language == CONTENT and "[" not in place]
        assert [text for text in told if not HAN.search(text)] == [], path
    told = [english.page(f"reports/{place}/") for place in ("2025-example", "2025-example/01", "2025-minzhengju/01")]
    assert [re.findall(r'"inLanguage":"([^"]+)"', page) for page in told] == [["en"], ["en"], [CONTENT]]
    feeds = [english.output / f"reports/{place}/feed.json" for place in ("2025-example", "2025-minzhengju")]
    languages = [{item.get("language") for item in json.loads(feed.read_bytes())["items"]} for feed in feeds]
    assert languages == [{None}, {CONTENT}]


def test_dates_numbers_and_sentences_are_english(english):
    home, report, problem = (english.page(KINDS[kind]) for kind in ("home", "disclosure", "problem"))
    assert '<html lang="en"' in home
    assert re.search(
        r"As of <time[^>]*>\d+ \w+ 202\d</time>, <a[^>]*>9</a> disclosures with <a[^>]*>217</a> problems: ", home
    )
    assert "<title>Qingchuan Rectification Register</title>" in home
    assert '<time datetime="2025-09-25">25 September 2025</time>' in report
    assert re.search(r'<td data-column="deadline"[^>]*><time[^>]*>\d+ [A-Z][a-z]{2} 2025<', report)
    assert "16</a> problems: " in report and ">1</a> pending" in report
    assert f'<title lang="{CONTENT}">' in problem and f'<h1 lang="{CONTENT}">' in problem
    rows = list(csv.reader(io.StringIO((english.output / "data/problems.csv").read_text("utf-8-sig"))))
    assert rows[0][:4] == ["Reference", "Unit", "Title", "Group"] and {"Done", "Ongoing"} <= {row[6] for row in rows}
    assert {one["status_label"] for one in english.data("problems")["problems"]} >= {"Done", "Closed out"}


def test_traditional_chinese_has_no_simplified_characters_of_its_own_nor_anything_of_the_language_before(
    english, tmp_path
):
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    shutil.copytree(english.root, tmp_path / "site")
    site = build_in("zh-Hant", tmp_path / "site")
    own = {
        text: path
        for path in site.files()
        if path.endswith(".html")
        for language, _, text in texts(site.page(path))
        if language != CONTENT and HAN.search(text)
    }
    assert len(own) > 200 and '<html lang="zh-Hant"' in site.page()
    assert {text: path for text, path in own.items() if convert(text) != text} == {}
    assert not re.search("Disclosures|Overdue|(?<!date)Published", "".join(site.page(path) for path in KINDS.values()))


def test_search_answers_in_english(english, serve, page):
    tab = page(f"{serve(english.output, 'register')}/search/?q=%E6%95%B4%E6%94%B9&status=Done")
    count = answered(tab)
    assert tab.locator(".search-summary").inner_text() == f"{count} results."
    assert 0 < tab.locator("[data-search-results] a").count() <= count
    assert tab.locator("[data-search-results] time").first.inner_text().split()[1] in ("August", "September", "July")
    own = [(place, text) for language, place, text in texts(tab.content()) if HAN.search(text) and language != CONTENT]
    assert [one for one in own if one[0] not in ("title", "input[value]")] == []
    tab.goto(f"{serve(english.output, 'register')}/search/?q=%E9%BE%98")
    assert answered(tab) == 0
    assert tab.locator(".search-summary").inner_text().startswith("0 results. Try")
    tab.goto(f"{serve(english.output, 'register')}/search/?q=overdue")
    answered(tab)
    assert re.fullmatch(r"The filter “Overdue” has \d+ problems?", tab.locator("[data-search-named]").inner_text())


@pytest.mark.skipif(not os.environ.get("RECTIFY_NU"), reason="Nu: run.py test brings it")
def test_no_english_page_has_an_error_in_its_markup(english):
    pages = [path if path.endswith(".html") else f"{path}index.html" for path in KINDS.values()]
    assert nu.errors(english.output, pages) == set()


def test_no_english_page_has_an_accessibility_violation_or_is_wider_than_a_phone(english, serve, page, axe):
    base = serve(english.output, "register")
    tab = page(f"{base}/", viewport=(390, 844))
    found = {}
    for kind, path in KINDS.items():
        tab.goto(f"{base}/{path}")
        found[kind] = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in axe(tab)]
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[kind].append(("too wide", []))
    tab.goto(f"{base}/reports/2025-minzhengju/01/")
    assert tab.pdf(format="A4").count(b"/Type /Page\n") == 1, "printed with its code and its citation"
    tab.goto(f"{base}/about/")
    tab.get_by_text("By letter").click()
    assert [tab.get_by_text(text, exact=True).is_visible() for text in ("Write.", "Call.")] == [True, False]
    # The narrowest telephone, with the largest text that the tool bar has.
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.evaluate("localStorage['/register/rectify'] = JSON.stringify({size: '4'})")
    for kind, path in KINDS.items():
        tab.goto(f"{base}/{path}")
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[kind].append(("too wide with large text", []))
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}
