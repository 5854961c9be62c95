"""Reading a page in parts, of which most are known, says what reading it whole says."""

from __future__ import annotations

import random

from helpers.site import Site
from rectify.checks.active_page import active_findings
from rectify.checks.built_page import attributes, look, spoken_lines, text_lines, whole_text
from rectify.checks.leaks import Needle, find_needles
from rectify.checks.page_parts import PageReader
from rectify.checks.screening import Screening
from rectify.prose import NO_WORDS

_PLANTED = (
    '<a href="../x/" title="一">',
    "<img src='//elsewhere.example/a.png'>",
    '<p id="a"',
    ">",
    '"',
    "'",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
    "<script>",
    "</script>",
    "<b onclick=x()>",
    '<meta http-equiv="refresh" content="0;url=//a">',
    "<a\nhref='#b'\n>",
    "身份证号110101199003070118",
    "手机13800138000",
    "不公开的一句话",
    "\n",
    "&#x61;&quot;",
    "url(//elsewhere.example/b)",
)
_KEPT_BACK = "不公开的一句话"


class _Noted(Screening):
    """Notes what it is given."""

    def findings(self, lines, path):
        self.given = [line for line in lines if line]
        return super().findings(lines, path)


def _whole(page: str) -> tuple:
    named = attributes(page, text_lines(page))
    one, loads = look("p.html", page, named)
    return (
        one.ids,
        set(one.links),
        {finding.excerpt for finding in loads},
        [*filter(None, text_lines(page)), *filter(None, spoken_lines(named))],
        set(active_findings("p.html", page.encode(), frozenset())),
    )


def test_a_page_in_parts_is_the_page(built_site: Site):
    chance = random.Random(21)
    pages = [path.read_text("utf-8") for path in sorted(built_site.output.rglob("*.html"))[::9]]
    needle = Needle(_KEPT_BACK, "here", frozenset(_KEPT_BACK))
    known = PageReader(Screening(NO_WORDS), frozenset(), [needle])
    for page in pages:
        known.read("p.html", page)
    for _ in range(150):
        page = chance.choice(pages)
        for _ in range(chance.randint(0, 3)):
            at = chance.randrange(len(page))
            page = page[:at] + chance.choice(_PLANTED) + page[at:]
        noted = _Noted(NO_WORDS)
        fresh = PageReader(noted, frozenset(), [needle]).read("p.html", page)
        ids, links, loads, lines, runs = _whole(page)
        # What stands twice on a page is read before what stands there once.
        assert (fresh.ids, set(fresh.links), sorted(noted.given)) == (ids, links, sorted(lines))
        rules = {finding.rule for finding in fresh.findings}
        assert {"B006"} & rules == ({"B006"} if loads else {one.rule for one in runs} & {"B006"})
        assert ("B010" in rules) == any(one.rule == "B010" for one in runs)
        assert bool(fresh.leaked) == any(find_needles([needle], whole_text(page)))
        again = known.read("p.html", page)
        assert (again.ids, set(again.links), again.leaked) == (fresh.ids, set(fresh.links), fresh.leaked)
        assert {finding.rule for finding in again.findings} == rules


def test_a_checksum_by_chance_has_the_digits_of_a_card():
    """A citation that this program wrote refused a publication of ten thousand problems; a card is found beside it all the same."""
    screening, mark = Screening(NO_WORDS), "rectify:2019-a/16:0001-folder:c64eafd66deefc008636:cdcd3557036798865221"
    assert screening.findings([f"第 1 次公开：{mark}", "cdcd3557036798865221"], "a") == []
    assert {one.rule for one in screening.findings([f"{mark} 6222021234567890128"], "a")} == {"P004"}


def test_a_line_that_was_read_in_its_source_is_known_and_no_part_of_one():
    screening, said = Screening(NO_WORDS), "账号尾号138的问题已经整改到位，注意保管，不得外传的要求已经传达"
    screening.trust([said])
    assert screening.findings([said], "a") == [] and screening.is_clean(said)
    for line, rule in (
        (f"{said}13800138000", "P002"),
        (f"{said}（机密）", "M004"),
        ("注意保管，不得外传", "M003"),
    ):
        assert rule in {one.rule for one in screening.findings([line], "a")}


_CLEAN = (
    "台账登记不及时",
    "清川市民政局",
    "关于巡察整改进展情况的通报，第二批",
    "会议记录补录348份。",
    "监督电话公开栏未更新",
    "到鹿村宣讲",
)
_PUT = (
    "13800138000",
    "1380013",
    "8000",
    "138 0013 8000",
    "13八0013八8000",
    "138转0013转8000",
    "1985年7月生",
    "3幢2单元1402室",
    "110101199003070118",
    "尾号8000",
    "2025年10月7日",
    "2025-10-07",
    "逾期271天",
    "第3页",
    "机密★1年",
    "机密",
    "★10年",
    "仅供领导参阅",
    "微信号ab1234",
    "%E6%9C%BA%E5%AF%86",
    "姓名：",
    "6222021234567890128",
    "清A12345",
    "电话",
)
_BETWEEN = ("：", " - ", "，", "。", " ", "&", "=", "/", "", "第", "、", "（", "）", "\u3000")


def test_what_is_known_of_a_line_takes_nothing_from_what_is_found_in_it():
    chance = random.Random(20)
    informed = Screening(NO_WORDS, {"2025-shili"})
    informed.know(_CLEAN)
    found = 0
    for _ in range(4000):
        parts = [chance.choice(chance.choice((_CLEAN, _PUT))) for _ in range(chance.randint(1, 4))]
        line = "".join(part + chance.choice(_BETWEEN) for part in parts)
        expected = {one.rule for one in Screening(NO_WORDS, {"2025-shili"}).findings([line], "a")}
        assert {one.rule for one in informed.findings([line], "a")} == expected, line
        found += bool(expected)
    assert found > 500
