"""The search page in a browser: what a reader finds, sees and hears."""

import json
import unicodedata
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from opencc import OpenCC

from helpers.browser import answered, expect
from helpers.site import ROOT
from rectify.core import vocabulary
from rectify.core.language import language
from rectify.core.packed import pack_lengths
from rectify.host.bodies import BASE
from rectify.host.fragments import Fragments
from rectify.host.site_texts import SiteTexts
from rectify.outputs.search_index import SearchEntry, analyse, assemble
from rectify.outputs.search_text import fold, origins
from rectify.outputs.variants import FILE, characters_of, variants_json

STATUSES = {
    "pending": "待整改",
    "ongoing": "持续推进",
    "staged": "阶段性完成",
    "done": "已完成",
    "closed-out": "已销号",
}
LABELS = {"status": STATUSES, "field": {"ref": "永久编号", "doc_no": "文号"}, "words": {}}
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'"
ASSETS = (
    "javascripts/search.js",
    "javascripts/search-query.js",
    "javascripts/variants.js",
    "stylesheets/search.css",
)


def problem(
    ref: str, title: str, status: str, body: str = "", unit: str = "市直机关工委", overdue: bool = False
) -> SearchEntry:
    year, day = ref[:4], int(ref[-2:])
    return SearchEntry(
        ref,
        f"reports/{ref}/",
        "problem",
        title,
        unit,
        status,
        overdue,
        year,
        f"{year}-09-{day:02d}",
        body,
        deadline=f"{year}-09-05",
        fields=(("units", "办公室 组织处"), ("doc_no", "清察函〔2023〕5号")),
    )


ENTRIES = [
    SearchEntry(
        "2023-gw",
        "reports/2023-gw/",
        "disclosure",
        "市直机关工委整改情况的报告",
        "市直机关工委",
        "",
        False,
        "2023",
        "2023-09-25",
        "工委高度重视。",
    ),
    replace(
        problem("2023-gw/01", "内控制度不够细化", "done", "修订采购内控规范，办理７．１３２万元采购。"),
        words=pack_lengths(["内控", "制度", "不够", "细化"]),
    ),
    problem(
        "2023-gw/02",
        "采购档案不完整",
        "ongoing",
        "前文。" * 40 + "台账管理较粗，内控薄弱。" + "后文。" * 40 + "第13份，第32份。",
        overdue=True,
    ),
    replace(
        problem("2023-gw/03", "<img src=x onerror=alert(1)>台账&amp;缺失", "pending", "正文 <script>alert(2)</script>"),
        priority=True,
        flags=("extended", "long-term"),
    ),
    problem("2024-cz/01", "往来款项清理不及时", "closed-out", "逐笔核对 PPP 项目往来款项。", unit="县财政局"),
    *(
        problem(f"2024-jy/{n:02d}", f"校园食品安全第{n}项检查不严", "done", "食堂台账。", unit=f"第{n}中学")
        for n in range(1, 26)
    ),
    *(problem(f"2022-yz/{n:02d}", f"用章登记第{n}页缺失", "done", "补签。", unit="县档案馆") for n in range(1, 29)),
    *(problem(f"2021-yz/{n:02d}", f"用章登记第{n}册缺失", "done", "补签。", unit="县档案馆") for n in range(1, 29)),
]


def write(folder, entries):
    analyses = [analyse(one) for one in entries]
    for path, data in {**assemble(analyses, LABELS), FILE: variants_json(characters_of(analyses))}.items():
        (folder / "search/index" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "search/index" / path).write_bytes(data)


@pytest.fixture
def address(tmp_path, serve):
    """Base address of a bare search page below a sub-path, under a strict policy."""
    write(tmp_path, ENTRIES)
    for path in ASSETS:
        (tmp_path / "assets" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "assets" / path).write_bytes((ROOT / "theme/assets" / path).read_bytes())
    fragments = Fragments([ROOT / "theme"], SiteTexts(language("zh")))
    fragments.share(as_of=date(2023, 9, 25))
    body = fragments.render("search", statuses=list(vocabulary.STATUSES)).replace(BASE, "../")
    head = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>搜索</title><link rel="icon" href="data:,">'
        f'<meta http-equiv="Content-Security-Policy" content="{CSP}"></head>'
    )
    header = '<form id="top" action="../search/" method="get" role="search" aria-label="全站"><input name="q" aria-label="词"></form>'
    (tmp_path / "search/index.html").write_text(
        f"{head}<body>{header}<main>{body}</main></body></html>", encoding="utf-8"
    )
    return serve(tmp_path, "sub")


@pytest.fixture
def ask(page, address):
    """ask("?q=…") -> the page with its answer complete."""

    def visit(query, **options):
        seen = page(f"{address}/search/{quote(query, safe='?=&')}", **options)
        settled(seen)
        return seen

    return visit


def settled(seen):
    seen.wait_for_selector("[data-search-count]:not(:empty), [data-search-help]:not([hidden])", state="attached")
    seen.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")


def hits(seen):
    return [
        link.split("/sub/reports/")[1].strip("/")
        for link in seen.eval_on_selector_all("[data-search-results] a", "all => all.map(a => a.href)")
    ]


def count(seen):
    return int(seen.text_content("[data-search-count]"))


def numbers(seen, axis):
    rows = seen.eval_on_selector_all(
        f"input[name={axis}]",
        "all => all.map(box => [box.value, box.parentNode.querySelector('.search-number').textContent])",
    )
    return {value: int(number) for value, number in rows}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("内控", ["2023-gw/01", "2023-gw/02"]),
        ("控制度不", ["2023-gw/01"]),
        ("采购 台账", ["2023-gw/02"]),
        ("款", ["2024-cz/01"]),
        ("ＰＰＰ项目", []),
        ("ppp 项目往来", ["2024-cz/01"]),
        ("7.132万元", ["2023-gw/01"]),
        ("「内控制度」，不够细化！", ["2023-gw/01"]),
        ("第3中学", ["2024-jy/03"]),
        ("市直机关工委", ["2023-gw", "2023-gw/01", "2023-gw/02", "2023-gw/03"]),
        ("甲乙丙", []),
        # Fragments of words and numbers, references and their parts, one letter, marks in a title.
        ("132", ["2023-gw/01"]),
        ("32万", ["2023-gw/01"]),
        ("pp", ["2024-cz/01"]),
        ("2023-gw/02", ["2023-gw/02"]),
        ("cz/01", ["2024-cz/01"]),
        ("4-cz/01", ["2024-cz/01"]),
        ("清察函[2023]5号 往来", ["2024-cz/01"]),
        ("<img src=x", ["2023-gw/03"]),
    ],
)
def test_finds(ask, query, expected):
    seen = ask(f"?q={query}")
    found = hits(seen)
    assert found[: len(expected)] == expected
    assert count(seen) == len(expected) or (not expected and "部分相符" in seen.text_content(".search-summary"))


ANSWERS = """async ([base, queries]) => {
    const { Index, phrases } = await import(`${base}assets/javascripts/search-query.js`);
    const index = await Index.open(`${base}search/index/`);
    return Promise.all(queries.map(async (query) => [(await index.search(phrases(query), 10)).full, (await index.find(query, 10)).full]));
}"""


@pytest.mark.parametrize("site", ["simplified", "traditional"])
def test_a_query_in_the_other_characters_finds_what_its_own_would(page, address, tmp_path, site):
    convert = {"simplified": str, "traditional": OpenCC("s2t").convert}[site]
    write(
        tmp_path,
        [replace(one, title=convert(one.title), unit=convert(one.unit), body=convert(one.body)) for one in ENTRIES],
    )
    texts = [convert(text) for one in ENTRIES for text in (one.title, one.unit)]
    cut = {text[at : at + size] for text in texts for at in range(len(text)) for size in (2, 4)}
    own = sorted(part for part in cut if len(part) > 1 and part.isalpha())
    seen = page(f"{address}/search/", bypass_csp=True)

    def ask(turn):
        return seen.evaluate(ANSWERS, [f"{address}/", [turn(query) for query in own]])

    as_typed = ask(str)
    assert len(own) > 60 and all(found and found == again for found, again in as_typed), "found as it was before"
    for turn in ("s2t", "s2hk", "s2tw", "t2s"):
        turned = ask(OpenCC(turn).convert)
        missed = {query for query, (before, _), (_, now) in zip(own, as_typed, turned) if now != before}
        assert missed == set(), turn
    assert ask(lambda query: f"{query}𪚥") == [[[], []] for _ in own]


def test_what_is_found_in_other_characters_is_marked(ask):
    assert ask("?q=內控製度").inner_html(".search-title mark") == "内控<wbr>制度"


def test_titles_break_between_their_words_marked_or_not(ask):
    seen = ask("?q=控制度不够")
    assert seen.inner_html(".search-title a") == "内<mark>控<wbr>制度<wbr>不够</mark><wbr>细化"
    assert ask("?q=cz/01").inner_html(".search-title a") == "往来款项清理不及时"


def test_titles_come_before_bodies_and_partial_matches_last(ask):
    seen = ask("?q=采购档案不完整 内控")
    assert hits(seen)[0] == "2023-gw/02" and count(seen) == 1
    assert hits(ask("?q=132")) == ["2023-gw/01"]  # of a number nothing is a part
    assert ask("?q=内控制度很不细化").text_content(".search-summary").startswith("没有完全相符")


def test_filters_count_with_each_other(ask):
    seen = ask("?q=台账&status=done&year=2024")
    assert count(seen) == 25
    assert numbers(seen, "status") == {
        "unstated": 0,
        "pending": 0,
        "ongoing": 0,
        "staged": 0,
        "done": 25,
        "closed-out": 0,
    }
    assert numbers(seen, "year") == {"2024": 25}
    assert numbers(ask("?q=台账&year=2023"), "status") == {
        "unstated": 0,
        "pending": 1,
        "ongoing": 1,
        "staged": 0,
        "done": 0,
        "closed-out": 0,
    }
    assert hits(ask("?overdue=1")) == ["2023-gw/02"]
    assert hits(ask("?priority=1")) == ["2023-gw/03"] and hits(ask("?priority=1&overdue=1")) == []
    assert hits(ask("?flag=长期坚持")) == ["2023-gw/03"] == hits(ask("?flag=extended&priority=1"))
    assert hits(ask("?flag=relapsed")) == [] and numbers(seen, "flag")["long-term"] == 0
    assert hits(ask("?status=已销号")) == ["2024-cz/01"]
    assert hits(ask("?disclosure=2023-gw&status=done")) == ["2023-gw/01"]


def test_filters_alone_list_the_problems_newest_first(ask):
    assert hits(ask("?unit=市直机关工委")) == ["2023-gw/03", "2023-gw/02", "2023-gw/01"]


def test_nothing_asked_shows_help_and_counts(ask):
    seen = ask("")
    assert seen.is_visible("[data-search-help]") and not hits(seen) and seen.text_content("[data-search-count]") == ""
    assert numbers(seen, "status")["done"] == 82
    assert numbers(seen, "year") == {"2024": 26, "2023": 3, "2022": 28, "2021": 28}


def test_the_name_of_a_filter_leads_to_all_that_have_it(ask):
    for asked, told, query in (
        ("逾期", "筛选条件“逾期”有 1 个问题", "?overdue=1"),
        ("已完成", "筛选条件“已完成”有 82 个问题", "?status=done"),
    ):
        link = ask(f"?q={asked}").locator("[data-search-named] a")
        assert (link.inner_text(), link.get_attribute("href")) == (told, query)
    for other in ("?q=内控", "?q=逾期&overdue=1", ""):
        assert ask(other).locator("[data-search-named] a").count() == 0


def test_titles_are_text_whatever_they_hold(ask):
    seen = ask("?q=台账缺失 img")
    assert count(ask("?q=台账缺失")) == 1
    assert seen.inner_text("[data-search-results] a").startswith("<img src=x onerror=alert(1)>台账&amp;缺失")
    assert not seen.query_selector_all("[data-search-results] img, [data-search-results] script")


def test_a_hit_says_where_it_was_found_and_how_late_it_is(ask):
    seen = ask("?q=察函 清理")
    assert seen.locator(".search-field").all_inner_texts() == ["文号：清察函〔2023〕5号"]
    assert seen.locator("mark").all_inner_texts() == ["清理", "察函"]
    assert ask("?q=cz/01").locator(".search-field").all_inner_texts() == ["永久编号：2024-cz/01"]
    assert ask("?overdue=1").inner_text(".search-facts .rf-overdue") == "！逾期20天，时限2023年9月5日"
    assert "标点符号" in ask("?q=！%").text_content(".search-summary")


JUMPS = """window.jumps = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) window.jumps += one.value; })).observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_while_the_answer_comes(ask, width):
    seen = ask("", viewport=(width, 900), bypass_csp=True)
    seen.add_init_script(JUMPS)
    for query in ("", "?q=用章", "?status=done"):
        seen.goto(seen.url.partition("?")[0] + query)
        settled(seen)
        seen.wait_for_timeout(200)
        assert seen.evaluate("window.jumps") < 0.01


def test_opened_from_a_folder_the_page_says_why_nothing_is_found(ask, tmp_path, page):
    seen = page((tmp_path / "search/index.html").as_uri(), allow=("file:", "CORS", "ERR_FAILED"))
    seen.wait_for_selector("[data-search-still]", timeout=8000)
    assert "要放在网站服务器上" in seen.inner_text("[data-search-still]")


def test_marks_and_snippet(ask):
    seen = ask("?q=台账管理 内控")
    assert seen.locator("mark").all_inner_texts() == ["台账管理", "内控"]
    snippet = seen.inner_text(".search-snippet")
    assert snippet.startswith("…") and snippet.endswith("…") and "台账管理较粗，内控薄弱" in snippet
    assert ask("?q=7.132").locator("mark").all_inner_texts() == ["７．１３２"]


def test_query_and_filters_live_in_the_address(ask):
    seen = ask("?q=台账")
    seen.check("input[name=status][value=done]")
    seen.wait_for_url("**/search/?q=*&status=done")
    assert answered(seen) == 25
    assert seen.evaluate("document.activeElement.value") == "done"
    seen.check("input[name=unit][value=第10中学]")
    assert answered(seen) == 1 and seen.evaluate("document.activeElement.value") == "第10中学"
    seen.go_back()
    expect(seen.locator("[data-search-count]")).to_have_text("25")
    assert not seen.is_checked("input[name=unit][value=第10中学]")
    seen.fill("#top input", "内控")
    seen.press("#top input", "Enter")
    expect(seen.locator("[data-search-count]")).to_have_text("1")
    assert seen.input_value("#search-page-q") == "内控" and seen.title() == "“内控” - 搜索"


def test_more_results_by_keyboard(ask):
    seen = ask("?q=用章登记")
    assert count(seen) == 56 and len(hits(seen)) == 30
    seen.focus("[data-search-more]")
    seen.keyboard.press("Enter")
    seen.wait_for_selector("[data-search-results] li:nth-child(56)")
    assert len(hits(seen)) == len(set(hits(seen))) == 56
    assert seen.evaluate("document.activeElement.closest('li').matches(':nth-child(31)')")


def test_all_units_can_be_searched(ask):
    seen = ask("")
    assert len(numbers(seen, "unit")) == 8
    seen.click("[data-search-units-all]")
    seen.wait_for_selector("input[name=unit] >> nth=26")
    seen.fill("[data-search-units-text]", "财政")
    expect(seen.locator("input[name=unit]:visible")).to_have_count(1)


def test_a_site_published_meanwhile_is_read_anew(ask, tmp_path):
    seen = ask("?q=内控")
    write(tmp_path, [problem("2023-aa/01", "新的内控问题", "done"), *ENTRIES])
    seen.fill("#search-page-q", "新的内控")
    seen.press("#search-page-q", "Enter")
    expect(seen.locator("[data-search-count]")).to_have_text("1")
    settled(seen)
    assert hits(seen) == ["2023-aa/01"]


def test_without_scripts_the_static_lists_are_offered(page, address):
    seen = page(f"{address}/search/?q=内控", java_script_enabled=False)
    assert seen.locator("noscript a").evaluate_all("all => all.map(a => a.pathname)") == [
        "/sub/problems/",
        "/sub/reports/",
    ]


@pytest.mark.parametrize("query", ["", "?q=台账&status=done", "?q=甲乙丙", "?disclosure=2023-gw"])
@pytest.mark.parametrize("width", [1440, 390])
def test_accessible(ask, axe, query, width):
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    assert axe(ask(query, viewport=(width, 900), bypass_csp=True)) == []


def test_python_and_the_client_fold_alike(page, address):
    chars = [chr(code) for code in [*range(0x20, 0x3400), *range(0xF900, 0x10000), *range(0x1F100, 0x1F200)]]
    chars = [char for char in chars if unicodedata.category(char) not in ("Cn", "Cs", "Co")]
    seen = page(f"{address}/search/", bypass_csp=True)
    folded = seen.evaluate(
        "async ([base, chars]) => { const { fold } = await import(base); return chars.map((char) => fold(char).folded); }",
        [f"{address}/assets/javascripts/search-query.js", chars],
    )
    assert {char: (fold(char), there) for char, there in zip(chars, folded) if fold(char) != there} == {}


def test_python_and_the_client_agree_on_origins(page, address):
    text = "（７．１３２㎡）ﬁ内控①A"
    seen = page(f"{address}/search/", bypass_csp=True)
    at = seen.evaluate(
        "async ([base, text]) => (await import(base)).fold(text).at",
        [f"{address}/assets/javascripts/search-query.js", text],
    )
    assert at == origins(text)


def test_the_index_names_its_format(tmp_path):
    write(tmp_path, ENTRIES)
    index = json.loads((tmp_path / "search/index/index.json").read_bytes())
    assert (index["format"], index["version"]) == ("rectify-search", 2)
