"""A page that is read as one that was made finds what a page that is read whole does, but for words; these the sources tell."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE, write_disclosure
from helpers.site import Site
from rectify.checks.attachments.strings import json_lines
from rectify.checks.folder import check_folder
from rectify.checks.leaks import Needle
from rectify.checks.made_page import MadePageReader
from rectify.checks.page_parts import PageReader
from rectify.checks.screening import Screening
from rectify.core.family import Family
from rectify.core.finding import Finding, errors
from rectify.core.public_fields import public_fields
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.prose import NO_WORDS
from rectify.sources.folder import read_folder

_KEPT_BACK = "不公开的一句话"
PLANTED = (
    '<a href="../x/" title="一">',
    '<a href="#nowhere">',
    '<p id="a">',
    "<img src='//elsewhere.example/a.png'>",
    '<img src="https://elsewhere.example/a.png">',
    "<script>alert(1)</script>",
    "<script>\nalert(1)\n</script>",
    '<script src="//elsewhere.example/a.js"></script>',
    '<script type="module">alert(1)</script>',
    "<b onclick=x()>",
    "<b\nonclick=x()>",
    '<meta http-equiv="refresh" content="0;url=//a">',
    '<a href="javascript:alert(1)">',
    '<iframe src="../a/"></iframe>',
    '<p style="background: url(//elsewhere.example/b)">',
    "<style>@import '//elsewhere.example/c';</style>",
    f"<p>{_KEPT_BACK}</p>",
    f"<!-- {_KEPT_BACK} -->",
    f'<p title="{_KEPT_BACK}">',
    "".join(f"&#{ord(sign)};" for sign in _KEPT_BACK),
)


def test_what_the_making_can_get_wrong_is_found_by_both(built_site: Site):
    chance = random.Random(17)
    pages = [path.read_text("utf-8") for path in sorted(built_site.output.rglob("*.html"))[::7]]
    needle = Needle(_KEPT_BACK, "here", frozenset(_KEPT_BACK))
    made = MadePageReader(frozenset(), [needle])
    for _ in range(3):
        for page in pages:
            made.read("p.html", page)
    for number in range(100):
        page = chance.choice(pages)
        for planted in (PLANTED[number % len(PLANTED)], *chance.choices(PLANTED, k=number % 3)):
            place = page.index("\n", page.index("<main")) + chance.choice((0, 1))
            page = page[:place] + planted + page[place:]
        whole = PageReader(Screening(NO_WORDS), frozenset(), [needle]).read("p.html", page)
        for reader in (made, MadePageReader(frozenset(), [needle])):
            seen = reader.read("p.html", page)
            assert (seen.ids, set(seen.links), seen.leaked) == (whole.ids, set(whole.links), whole.leaked)
            assert {(one.rule, one.excerpt) for one in seen.findings} == {
                (one.rule, one.excerpt) for one in whole.findings if one.family is Family.BUILT_SITE
            }


KINDS = {
    "mobile": "13800138000",
    "identity": "110101199003070118",
    "card": "6222021234567890128",
    "secrecy mark": "机密★1年",
    "internal mark": "内部资料，注意保存",
}
HEAD = """标题: @title
文种: 整改情况报告
单位: @unit
巡察机构: @inspector
监督类型: @inspection
轮次: @round
反馈日期: 2024-03-29
截至日期: 2024-09-30
公开日期: 2024-10-18
公布数: {总数: 2, 已完成: 1, 持续推进: 1}
成效:
  - 名称: @outcome
    数量: 2
    单位: @measure-of-outcome
联系方式:
  电话: @phone
  地址: @address
  邮编: @postcode
  邮箱: @email
  时间: @hours
索引号: @index
文号: @number
发布机构: @issuer
"""
PROBLEM = """问题: @title
状态: 已销号
状态原文: @wording
分组: @group
序号: @number
类别: @category
牵头单位: @lead
责任单位:
  - 综合科
  - @units
责任人: @owner
整改时限: 2024-06-30
整改措施:
  - 内容: @measure
进展:
  - 日期: 2024-06-20
    状态: 已销号
    内容: @progress
销号:
  日期: 2024-06-30
  单位: @by
  文号: @decision
"""
FILES = {"index.md": HEAD, "01.md": PROBLEM}
_PLACE = re.compile(r"@([\w-]+)")
_USUAL = {
    "title": "清川市水务局党组关于市委巡察整改情况的报告",
    "inspection": "巡察",
    "phone": "0000-2345601",
    "postcode": "100000",
    "email": "jiwei@example.gov.cn",
}
_SPELLED = {
    "plain": lambda words: words,
    "coded": lambda words: '"' + "".join(f"\\u{ord(sign):04x}" for sign in words) + '"',
    "folded": lambda words: f'"{words[:4]}\\\n      {words[4:]}"',
    "parted": lambda words: f'"{words[:4]}\n      {words[4:]}"',
}


def _filled(source: str, place: str, words: str) -> str:
    """Return a front matter with these words at one place and plain ones at the others."""
    return _PLACE.sub(lambda match: words if match[1] == place else _USUAL.get(match[1], "综合科"), source)


def _findings(root: Path, name: str, front_matter: str) -> tuple[Path, list[Finding]]:
    content = write_disclosure(root, {**DISCLOSURE, f"reports/2024-a/{name}": f"---\n{front_matter}---\n\n正文。\n"})
    return content, list(check_folder(content, "2024-a").folder.findings)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_with_usual_words(name: str, tmp_path: Path):
    assert errors(_findings(tmp_path, name, _filled(FILES[name], "", ""))[1]) == []


def test_a_number_that_an_office_has_made_public_is_no_error_where_it_is_put_together(tmp_path: Path):
    front_matter = _filled(HEAD, "phone", '"0000-2345601、138001\\\n      38000"')
    told = {one.rule: one.severity for one in _findings(tmp_path, "index.md", front_matter)[1]}
    assert told["P003"] == "warning" and "P002" not in told


@pytest.mark.parametrize("spelled", _SPELLED)
@pytest.mark.parametrize("kind", KINDS)
def test_a_check_of_the_sources_finds_whatever_a_page_would_show(kind: str, spelled: str, tmp_path: Path):
    """Else a page that was made could be taken for clean while one that is read is not."""
    places = [(name, source, one) for name, source in FILES.items() for one in _PLACE.findall(source)]
    shown = 0
    for number, (name, source, place) in enumerate(places):
        front_matter = _filled(source, place, _SPELLED[spelled](KINDS[kind]))
        content, findings = _findings(tmp_path / str(number), name, front_matter)
        folder = read_folder(content, "2024-a")
        told = {one.rule for one in errors(findings)}
        warned = {"".join(one.token.split()) for one in findings if one.severity != "error"}
        records = [public_fields(one, PROBLEM_KEYS) for one in folder.problems]
        records += [public_fields(one, DISCLOSURE_KEYS) for one in filter(None, [folder.disclosure])]
        lines = json_lines(json.dumps(records, ensure_ascii=False))
        if not any(KINDS[kind][:4] in line for line in lines):
            assert told, (name, place)  # refused as what it is
            continue
        shown += 1
        screened = Screening(NO_WORDS, ["2024-a"]).findings(lines, "a.json")
        seen = {one.rule for one in screened if "".join(one.token.split()) not in warned}
        assert seen <= told, (name, place, lines)
    assert shown >= 20
