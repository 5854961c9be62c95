"""What is not public reaches no byte of the site, and what is public reaches it as text, never as markup."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpers.attacks import build_unguarded
from helpers.site import Site, write_site

DISCLOSURE = "---\n标题: {0}整改情况\n文种: {genre}\n单位: {0}\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n公开范围: {scope}\n{more}---\n\n{body}\n"
PUBLIC = {"genre": "整改情况报告", "scope": "社会", "more": "", "body": "正文。"}
PROBLEM = "---\n问题: 台账不全\n状态: 持续推进\n{0}---\n\n正文。\n"


def canary(name: str) -> str:
    """A word that stands nowhere else; with Chinese characters, for the search index has its own ways with these."""
    return f"金丝雀{name}kanari"


APPROVAL = "".join(f"  {key}: {canary('审批' + key)}\n" for key in ("提出", "审核", "保密审查", "批准", "表号"))
WAIVER = (
    f"豁免:\n  - {{规则: {canary('规则')}, 理由: {canary('豁免理由')}, 审批人: {canary('豁免人')}, 日期: 2024-05-01}}\n"
)
COURSE = f"""办理:
  - {{日期: 2024-04-02, 环节: 交办, 单位: {canary("办理单位")}, 文号: {canary("办理文号")}, 内容: {canary("办理要求")}}}
  - {{日期: 2024-05-02, 环节: 延期申请, 内容: {canary("办理理由")}, 办结时限: 2031-03-17, 附件: [files/{canary("办理附件名")}.txt]}}
"""
WITHDRAWN = f"""---
问题: {canary("撤回问题")}
状态: 已完成
状态原文: {canary("撤回原文")}
类别: {canary("撤回类别")}
牵头单位: {canary("撤回牵头")}
责任单位: [{canary("撤回责任")}]
责任人: {canary("撤回责任人")}
整改措施: [{canary("撤回措施")}]
进展:
  - {{日期: 2024-05-01, 内容: {canary("撤回进展")}, 附件: [files/{canary("撤回附件名")}.txt, files/shared.txt]}}
销号: {{日期: 2024-05-02, 单位: {canary("撤回销号")}, 文号: {canary("撤回文号")}}}
撤回: {{日期: 2024-05-20, 理由: 涉及个人隐私}}
---

{canary("撤回正文")}，见[附件](files/{canary("撤回正文附件")}.txt)。
"""


def unpublished(name: str, genre: str, scope: str) -> dict[str, str]:
    """A whole report folder that must not be published, a canary in everything in it."""
    more, word = f"轮次: {canary(name + '轮次')}\n", canary(name)
    front = f"问题: {canary(name + '问题')}\n状态: 已完成\n分组: {canary(name + '分组')}\n"
    return {
        f"reports/2024-{name}/index.md": DISCLOSURE.format(word, genre=genre, scope=scope, more=more, body=word),
        f"reports/2024-{name}/01.md": f"---\n{front}---\n\n{canary(name + '正文')}\n",
        f"reports/2024-{name}/files/a.txt": canary(name + "附件"),
        f"reports/2024-{name}/files/{word}.md": canary(name + "草稿"),
    }


SECRET = {
    "reports/2024-jia/index.md": DISCLOSURE.format(
        "甲局", **PUBLIC | {"more": f"审批:\n{APPROVAL}{WAIVER}", "body": f"<!-- {canary('正文注释')} -->\n\n正文。"}
    ),
    "reports/2024-jia/01.md": PROBLEM.format(
        f"{WAIVER}{COURSE}进展: [{{日期: 2024-05-01, 内容: 启动, 附件: files/shared.txt}}]\n# {canary('字段注释')}\n"
    )
    + f"\n<!--\n{canary('多行注释')}\n-->\n",
    "reports/2024-jia/02.md": WITHDRAWN,
    f"reports/2024-jia/files/{canary('撤回附件名')}.txt": canary("撤回附件"),
    f"reports/2024-jia/files/{canary('撤回正文附件')}.txt": canary("撤回正文附件里"),
    f"reports/2024-jia/files/{canary('办理附件名')}.txt": canary("办理附件"),
    "reports/2024-jia/files/shared.txt": "两个问题都引用的附件",
    "reports/2024-jia/files/.hidden": canary("隐藏文件"),
    "about.md": f"# 监督方式\n\n<!-- {canary('页面注释')} -->\n",
    **unpublished("neibu", "工作情况报告", "社会"),
    **unpublished("dangnei", "整改情况报告", "党内"),
    **unpublished("danwei", "整改情况报告", "单位"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("private"), SECRET)
    site.build().ok()
    return site


def holding(site: Site, word: str) -> list[str]:
    """Files whose name or bytes have a word, in any encoding that the site uses."""
    spelt = [word.encode(form, "xmlcharrefreplace") for form in ("utf-8", "utf-16-le", "utf-16-be", "ascii")]
    return [name for name in site.files() if word in name or any(s in (site.output / name).read_bytes() for s in spelt)]


def test_the_search_for_canaries_finds_what_is_there(site: Site):
    assert len(holding(site, "两个问题都引用的附件")) == 1
    assert {"reports/2024-jia/01/index.html", "data/problems.json"} < set(holding(site, "台账不全"))
    assert any(name.startswith("search/index/cards/") for name in holding(site, "台账不全"))


@pytest.mark.parametrize(
    "name", ["审批", "规则", "豁免", "撤回", "隐藏文件", "neibu", "dangnei", "danwei", "字段注释", "办理"]
)
def test_no_canary_is_in_the_site(site: Site, name: str):
    assert any(canary(name)[: 3 + len(name)] in key + str(body) for key, body in SECRET.items())
    assert holding(site, f"金丝雀{name}") == []


def test_a_step_leaves_no_day_behind(site: Site):
    """Not even the deadline that is asked for, in any of the ways in which a day is written."""
    for day in ("2031-03-17", "2031年3月17日", "20310317", "17 March 2031"):
        assert holding(site, day) == []


@pytest.mark.parametrize("name", ["正文注释", "多行注释", "页面注释"])
def test_a_comment_of_the_writer_is_not_published(site: Site, name: str):
    assert holding(site, canary(name)) == []


def test_no_address_of_an_unpublished_report_is_in_the_site(site: Site):
    for rid in ("2024-neibu", "2024-dangnei", "2024-danwei"):
        assert holding(site, rid) == []


def test_the_withdrawn_problem_is_still_counted(site: Site):
    (disclosure,) = site.data("disclosures")["disclosures"]
    assert (disclosure["counts"]["total"], disclosure["counts"]["done"]) == (2, 1)
    assert "涉及个人隐私" in site.page("reports/2024-jia/02/")
    assert (site.output / "reports/2024-jia/files/shared.txt").is_file()


@pytest.mark.parametrize(
    "target", ["../2024-neibu/01.md", "../2024-neibu/index.md", "../2024-neibu/files/a.txt", "files/.hidden"]
)
def test_a_link_to_what_is_not_public_is_refused(make_site, target: str):
    body = PROBLEM.format("") + f"\n[见]({target})\n"
    result = make_site(SECRET | {"reports/2024-jia/01.md": body}).build()
    assert result.exit == 1
    assert "reports/2024-jia/01.md" in result.out and "[S041]" in result.out


EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">\'"></textarea></title>&amp;{{7*7}}'
LINKS = f"""
[甲](javascript:alert(1)) [甲](JaVaScRiPt:alert(1)) [甲](data:text/html,<script>alert(1)</script>) [甲](vbscript:x)

![甲](javascript:alert(1)) [甲](https://example.org/ "\\" onclick=\\"x") <javascript:alert(1)> [乙][丙]

[甲]: javascript:alert(1)
[丙]: javascript:alert(1)

{EVIL}

- {EVIL}
- `{EVIL}`

## {EVIL}

|甲|乙|
|-|-|
|{EVIL}|二|

<div onclick='x'>甲</div>

<svg/onload=alert(1)> \\<script>alert(1)\\</script>
"""
QUOTED = "'" + EVIL.replace("'", "''") + "'"


def evil(*keys: str) -> str:
    return "\n".join(f"{key}: {QUOTED}" for key in keys)


HOSTILE = {
    "about.md": f"---\ntitle: {QUOTED}\n---\n\n{EVIL}\n\n- `{EVIL}`\n\n<div onclick='x'>甲</div>\n",
    "reports/2024-jia/index.md": f"""---
文种: 整改情况报告
截至日期: 2024-05-31
公开日期: 2024-06-10
{evil("标题", "单位", "巡察机构", "监督类型", "轮次", "索引号", "文号", "发布机构")}
成效: [{{名称: {QUOTED}, 数量: 1, 单位: {QUOTED}}}]
联系方式:
{evil("  电话", "  地址", "  邮编", "  邮箱", "  时间")}
---

{LINKS}
""",
    "reports/2024-jia/01.md": f"""---
状态: 已完成
{evil("问题", "状态原文", "分组", "序号", "类别", "牵头单位", "责任单位", "责任人", "整改措施")}
进展:
  - 日期: 2024-05-01
    附件: ['files/a"onclick="x&<b>.txt']
{evil("    内容")}
销号: {{日期: 2024-05-02, 单位: {QUOTED}, 文号: {QUOTED}}}
---

{LINKS}
""",
    'reports/2024-jia/files/a"onclick="x&<b>.txt': "甲",
    "reports/2024-jia/02.md": f"---\n问题: 乙\n状态: 已完成\n撤回: {{日期: 2024-05-02, 理由: {QUOTED}}}\n---\n",
}


class Danger(HTMLParser):
    """Collects what could run or load: handlers, unexpected elements, addresses of other schemes."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        # A file of the theme is asked for by the pages that need it; whatever else a script loads is found below.
        self.scripts += tag == "script" and "assets/javascripts/" not in (dict(attrs).get("src") or "")
        self.found += [f"{tag} {name}={value}" for name, value in attrs if name.startswith("on") or name == "style"]
        for name, value in attrs:
            address = urlsplit(value or "") if name in ("href", "src", "action") else urlsplit("")
            if address.scheme not in ("", "http", "https", "mailto", "tel"):
                self.found.append(f"{tag} {name}={value}")
            if name == "src" and address.netloc:
                self.found.append(f"{tag} loads {value}")

    handle_startendtag = handle_starttag


def dangers(site: Site) -> list[tuple[str, str]]:
    """Page and danger of the whole site."""
    pages = [name for name in site.files() if name.endswith(".html")]
    return [(name, found) for name in pages for found in Danger(site.page(name)).found]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("hostile"), HOSTILE)
    build_unguarded(site).ok()
    return site


def test_markup_in_any_field_or_body_stays_text(hostile: Site):
    assert dangers(hostile) == []
    # The page for what is missing has the theme's scripts and nothing of the content.
    pages = [name for name in hostile.files() if name.endswith(".html")]
    assert {Danger(hostile.page(name)).scripts for name in pages} == {Danger(hostile.page("404.html")).scripts}


@pytest.mark.parametrize(
    "address", ["reports/2024-jia/", "reports/2024-jia/01/", "reports/2024-jia/full/", "problems/", "reports/", ""]
)
def test_markup_is_shown_as_it_was_written(hostile: Site, address: str):
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile.page(address)
    assert "{{7*7}}" in hostile.page(address)


def test_the_data_keeps_markup_as_it_was_written(hostile: Site):
    first = hostile.data("problems")["problems"][0]
    assert first["title"] == first["lead"] == first["progress"][0]["text"] == EVIL


@pytest.mark.parametrize("link", ["[甲](&#106;avascript:a)", "[甲](<java\tscript:a>)", "[甲](javascript&colon;a)"])
def test_a_disguised_script_link_is_taken_for_a_file_that_is_missing(make_site, link: str):
    index = DISCLOSURE.format("甲局", **PUBLIC)
    files = {"reports/2024-jia/index.md": index, "reports/2024-jia/01.md": PROBLEM.format("") + link}
    result = make_site(files).build()
    assert result.exit == 1
    assert "reports/2024-jia/01.md" in result.out and "[S041]" in result.out


@pytest.mark.parametrize("link", ["[甲](javascript:alert(1))", "![甲](javascript:alert(1))", "[甲](http://[乙)"])
def test_a_script_link_in_an_ordinary_page_is_refused_or_inert(make_site, link: str):
    site = make_site({"about.md": f"# 监督方式\n\n{link}\n"})
    result = site.build()
    assert "Traceback" not in result.out
    assert result.exit == 1 or Danger(site.page("about/")).found == []


def test_an_attachment_of_any_name_can_be_had(hostile: Site):
    assert "download>a&#34;onclick=&#34;x&amp;&lt;b&gt;.txt</a>" in hostile.page("reports/2024-jia/01/")
    assert Path(hostile.output, 'reports/2024-jia/files/a"onclick="x&<b>.txt').read_text("utf-8") == "甲"


@pytest.mark.parametrize("name", ["a.md", "README.md", "a b.PDF", "图/一.txt", "index.html"])
def test_an_attachment_is_published_as_it_is_or_refused(make_site, name: str):
    problem = PROBLEM.format(f"进展: [{{日期: 2024-05-01, 内容: 启动, 附件: ['files/{name}']}}]\n")
    files = {"index.md": DISCLOSURE.format("甲局", **PUBLIC), "01.md": problem, f"files/{name}": "# 附件\n"}
    site = make_site({f"reports/2024-jia/{file}": body for file, body in files.items()})
    if site.build().exit == 0:
        assert (site.output / "reports/2024-jia/files" / name).read_text("utf-8") == "# 附件\n"
        assert [f for f in site.files() if "/files/" in f] == [f"reports/2024-jia/files/{name}"]


@pytest.mark.parametrize("name", ["reports/2024-jia/01.md", "reports/2024-jia/index.md", "about.md"])
def test_no_page_loads_anything_from_another_host(make_site, name: str):
    pictures = "\n\n![图](https://example.org/a.png)\n\n![图](//example.org/a.png)\n"
    site = make_site({**HOSTILE, name: HOSTILE[name].replace(LINKS, "").replace(QUOTED, "甲") + pictures})
    result = site.build()
    assert "Traceback" not in result.out
    assert result.exit == 1 or dangers(site) == []


RUNNING = """() => [...document.querySelectorAll("*")].filter(e =>
    [...e.attributes].some(a => a.name.startsWith("on")) || e.tagName === "SCRIPT" && e.textContent.includes("alert(")
).map(e => e.outerHTML)"""


@pytest.mark.parametrize("address", ["reports/2024-jia/", "reports/2024-jia/01/", "search/?q=script"])
def test_no_script_makes_markup_of_text(hostile: Site, page, serve, address: str):
    tab = page(f"{serve(hostile.output)}/{address}")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate(RUNNING) == []
    if "q=" in address:
        assert "<script>alert(1)</script>" in tab.locator("[data-search-results]").inner_text()
