"""Every named mistake stops `mkdocs build` with place, key, finding, choices and fix, and leaves the site as it was."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers.site import Site, write_site
from helpers.trees import snapshot

DISCLOSURE = "---\n标题: 甲局整改情况\n文种: 整改情况报告\n单位: 甲局\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n---\n\n通报正文。\n"
PROBLEM = "---\n问题: 台账不全\n状态: 持续推进\n分组: 第一组\n序号: 1\n---\n\n问题正文。\n"
GOOD = {
    "about.md": "# 监督方式\n",
    "reports/2024-jia/index.md": DISCLOSURE,
    "reports/2024-jia/01.md": PROBLEM,
    "reports/2024-jia/files/yuanwen.txt": "原文",
}
ONE = "reports/2024-jia/02.md"


class Case(NamedTuple):
    files: dict[str, str | bytes]
    """What is written over the good site."""
    zh: str
    """Two lines or more, as printed."""
    en: str
    links: tuple[tuple[str, str], ...] = ()
    """Symbolic links, each to a file or folder of the site's root outside content/."""


def problem(old: str, new: str) -> dict[str, str | bytes]:
    second = PROBLEM.replace("序号: 1", "序号: 2")
    assert old in second
    return {ONE: second.replace(old, new)}


LINK_ZH = "{} [S005] 符号链接指向 content/ 之外\n    改法：把文件本身放进 content/，不要用链接"
LINK_EN = "{} [S005] the symbolic link leads out of content/\n    fix: put the file itself into content/"


def link(place: str, target: str = "outside/02.md") -> Case:
    return Case({"../outside/02.md": PROBLEM}, LINK_ZH.format(place), LINK_EN.format(place), links=((place, target),))


CASES = {
    "broken YAML": Case(
        problem("台账不全", "台账: 不全"),
        f"{ONE}:2:7 [S012] 字段区的写法有误：一行里出现了第二个冒号\n    改法：检查这一行的冒号、引号和缩进",
        f"{ONE}:2:7 [S012] the front matter is not valid YAML: a second colon on one line\n    fix: check colons, quotes",
    ),
    "tab indent": Case(
        problem("序号: 2", "进展:\n\t- 日期: 2024-05-01"),
        f"{ONE}:6:1 [S013] 缩进用了制表符（Tab）\n    改法：改为两个半角空格；rectify check --fix 可以代为改正",
        f"{ONE}:6:1 [S013] a tab is used for indentation\n    fix: use two spaces; rectify check --fix does it",
    ),
    "duplicate key": Case(
        problem("分组: 第一组", "状态: 已完成"),
        f"{ONE}:4:1 [S016] 状态: 字段写了两次（第一次在第 3 行）\n    改法：只留一个",
        f"{ONE}:4:1 [S016] 状态: the key is written twice (first on line 3)\n    fix: keep one of them",
    ),
    "unknown key": Case(
        problem("分组:", "分 组别:"),
        f"{ONE}:4:1 [S017] 不认识的字段“分 组别”，是不是“分组”？\n    改法：可用的字段：问题、状态、状态原文、分组、",
        f"{ONE}:4:1 [S017] unknown key '分 组别', did you mean '分组'?\n    fix: accepted keys: title, status, ",
    ),
    "unknown status": Case(
        problem("持续推进", "己完成"),
        f"{ONE}:3:5 [S020] 状态: 不认识的值“己完成”，是不是“已完成”？\n"
        "    改法：可用的值：未单独公布、待整改、持续推进、阶段性完成、已完成、已销号",
        f"{ONE}:3:5 [S020] 状态: unknown value '己完成', did you mean '已完成'?\n    fix: accepted values: unstated, pending, ongoing, ",
    ),
    "empty status": Case(
        problem("持续推进", ""),
        f"{ONE}:3 [S038] 没有写明状态，进展里也没有\n    改法：补一行“状态: …”，可用的值：未单独公布、待整改、持续推进、",
        f"{ONE}:3 [S038] no status is given, nor by any progress entry\n    fix: add a line `status: …`; accepted values: unstated, pending, ",
    ),
    "impossible date": Case(
        problem("分组: 第一组", "整改时限: 2024年2月30日"),
        f"{ONE}:4:7 [S021] 整改时限: 没有这一天：2024年2月30日\n    改法：核对年月日",
        f"{ONE}:4:7 [S021] 整改时限: there is no such day: 2024年2月30日\n    fix: check year, month and day",
    ),
    "not a date": Case(
        problem("分组: 第一组", "整改时限: 九月底"),
        f"{ONE}:4:7 [S022] 整改时限: 不是可识别的日期：“九月底”\n    改法：可用的写法：带上年份，如 2024年九月底",
        f"{ONE}:4:7 [S022] 整改时限: not a date: '九月底'\n    fix: accepted forms: with its year, such as 2024年九月底",
    ),
    "missing key": Case(
        {"reports/2024-jia/index.md": DISCLOSURE.replace("单位: 甲局\n", "")},
        "reports/2024-jia/index.md:2:1 [S018] 缺少必填字段“单位”\n    改法：在字段区补一行：单位: …",
        "reports/2024-jia/index.md:2:1 [S018] the required key 'unit' is missing\n    fix: add a line to the front matter: unit: …",
    ),
    "two pages in one place": Case(
        {"about/index.md": "# 又一页\n"},
        "about/index.md [S033] 与“about.md”生成同一个页面 about/index.html\n    改法：改名或者删除其中一个",
        "about/index.md [S033] makes the same page as 'about.md': about/index.html\n    fix: rename or delete one of them",
    ),
    "two files for one problem": Case(
        {"reports/2024-jia/001.md": PROBLEM.replace("序号: 1", "序号: 9")},
        "reports/2024-jia/01.md [S033] 与“reports/2024-jia/001.md”生成同一个页面 1\n    改法：改名或者删除其中一个",
        "reports/2024-jia/01.md [S033] makes the same page as 'reports/2024-jia/001.md': 1\n    fix: rename or delete",
    ),
    "folder without index.md": Case(
        {"reports/2024-yi/01.md": PROBLEM},
        "reports/2024-yi/index.md [S031] 通报文件夹里没有 index.md\n    改法：新建 index.md，写上标题、文种、单位、",
        "reports/2024-yi/index.md [S031] the report folder has no index.md\n    fix: create index.md with title, genre,",
    ),
    "number used twice": Case(
        {ONE: PROBLEM},
        f"{ONE}:5 [S034] 序号: 同一分组里序号“1”重复，reports/2024-jia/01.md 已经用过\n    改法：核对原文的序号",
        f"{ONE}:5 [S034] number: number '1' is used twice in one group; reports/2024-jia/01.md has it already\n    fix: check",
    ),
    "GBK": Case(
        {ONE: PROBLEM.encode("gbk")},
        f"{ONE}:2 [S001] 文件编码是 GBK/GB18030，不是 UTF-8\n    改法：用编辑器或者 WPS“另存为”UTF-8 编码；GBK 和带标记的 UTF-16，rectify check --fix 可以代为转换",
        f"{ONE}:2 [S001] the file is encoded as GBK/GB18030, not UTF-8\n    fix: save it as UTF-8 in your editor; rectify check --fix converts GBK, and UTF-16 that has a mark",
    ),
    "UTF-16": Case(
        {ONE: PROBLEM.encode("utf-16")},
        f"{ONE}:1 [S001] 文件编码是 UTF-16，不是 UTF-8\n    改法：用编辑器或者 WPS“另存为”UTF-8 编码；GBK 和带标记的 UTF-16，rectify check --fix 可以代为转换",
        f"{ONE}:1 [S001] the file is encoded as UTF-16, not UTF-8\n    fix: save it as UTF-8 in your editor; rectify check --fix converts GBK, and UTF-16 that has a mark",
    ),
    "empty file": Case(
        {ONE: ""},
        f"{ONE} [S003] 文件是空的\n    改法：补上内容，或者删除这个文件",
        f"{ONE} [S003] the file is empty\n    fix: write its content or delete the file",
    ),
    "no front matter": Case(
        {ONE: "问题正文。\n"},
        f"{ONE}:1 [S010] 文件开头没有字段区\n    改法：第一行写三个半角减号 ---",
        f"{ONE}:1 [S010] the file has no front matter\n    fix: begin with a line ---",
    ),
    "10 MB": Case(
        {ONE: PROBLEM + "字" * 3_333_300},
        f"{ONE} [S004] 文件有 10.0 MB，超过 2 MB 的上限\n    改法：一个问题或者一份通报的正文不应这样大",
        f"{ONE} [S004] the file has 10.0 MB, more than the limit of 2 MB\n    fix: move pictures and attachments",
    ),
    "declared count": Case(
        {"reports/2024-jia/index.md": DISCLOSURE.replace("公开日期", "公布数:\n  总数: 25\n公开日期")},
        "reports/2024-jia/index.md:6 [S040] 公布数: 公布数与登记不一致：“总数”公布 25，登记 1\n    改法：核对原文和问题文件",
        "reports/2024-jia/index.md:6 [S040] declared: declared count differs from the register: 'total' is declared as 25, "
        "counted 1\n    fix: check the document",
    ),
    "linked problem": link(ONE),
    "linked page": link("more.md"),
    "linked folder of pages": link("more", "outside"),
    "linked report": link("reports/2024-bing", "outside"),
    "linked attachment": link("reports/2024-jia/files/02.md"),
    "linked folder of attachments": link("reports/2024-jia/files/more", "outside"),
}


def apply(site: Site, case: Case) -> None:
    for name, body in case.files.items():
        site.write(name, body)
    for name, target in case.links:
        place = site.root / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(site.root / target)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A good site, built once."""
    site = write_site(tmp_path_factory.mktemp("good"), GOOD)
    site.build().ok()
    return site


@pytest.fixture
def site(good: Site, tmp_path: Path) -> Site:
    """A copy of the good site, free to be broken."""
    root = shutil.copytree(good.root, tmp_path / "site")
    return Site(root, root / "site")


def refused(site: Site, env: dict[str, str] | None = None) -> str:
    """The output of a build that fails and leaves the earlier site alone, byte for byte."""
    before = snapshot(site.output)
    result = site.build(env=env)
    assert result.exit == 1, result.out
    assert "Traceback" not in result.out
    assert snapshot(site.output) == before
    return result.out


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_mistake_is_named_and_the_site_stays(site: Site, case: Case):
    apply(site, case)
    output = refused(site)
    assert case.zh in output
    assert "内容有 1 处错误，涉及 1 个文件，网站没有改动：" in output


def moved(case: Case, number: int) -> Case:
    """The case with the second problem in the file of another one, under a number of its own."""
    place = f"reports/2024-jia/{number:02}.md"
    files = {
        name.replace(ONE, place): body.replace("序号: 2", f"序号: {number}") if isinstance(body, str) else body
        for name, body in case.files.items()
    }
    links = tuple((name.replace(ONE, place), target) for name, target in case.links)
    return Case(files, case.zh.replace(ONE, place), case.en.replace(ONE, place), links)


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("zh", "内容有 {} 处错误，涉及 {} 个文件，网站没有改动："),
        ("en", "{} errors (files: {}); the site was not touched:"),
    ],
)
def test_all_mistakes_of_all_files_are_shown_at_once(site: Site, lang: str, head: str):
    alone = ("two files for one problem", "missing key", "declared count")  # these need the others' files as they were
    cases = [moved(case, number) for number, (name, case) in enumerate(CASES.items(), start=2) if name not in alone]
    for case in cases:
        apply(site, case)
    output = refused(site, {"RECTIFY_LANG": lang})
    assert [getattr(case, lang) for case in cases if getattr(case, lang) not in output] == []
    assert head.format(len(cases), len(cases)) in output


TOLERATED = {
    "full-width colon": (
        PROBLEM.replace("状态: ", "状态："),
        "01.md:3:3 [S014] 状态: 字段后面是全角冒号，已按半角冒号读取",
    ),
    "BOM": (b"\xef\xbb\xbf" + PROBLEM.encode(), "01.md:1 [S006] 文件开头有 BOM 标记，已忽略"),
    "CRLF": (PROBLEM.replace("\n", "\r\n"), ""),
    "CR": (PROBLEM.replace("\n", "\r"), ""),
    "English keys": (PROBLEM.replace("问题:", "title:").replace("状态: 持续推进", "status: ongoing"), ""),
}


@pytest.mark.parametrize(("body", "note"), TOLERATED.values(), ids=TOLERATED)
def test_tolerated_spelling_builds_the_same_site(site: Site, body: str | bytes, note: str):
    before = snapshot(site.output)
    site.write("reports/2024-jia/01.md", body)
    output = site.build().ok().out
    assert note in output
    assert bool(note) == ("rectify: reports/2024-jia/01.md" in output)
    assert note in site.rectify("build").out
    assert snapshot(site.output) == before


REFUSED = {
    "GBK page": ({"about.md": "# 怎样提出意见\n".encode("gbk")}, ("about.md", "GBK")),
    "UTF-16 page": ({"about.md": "# 监督方式\n".encode("utf-16")}, ("about.md", "UTF-16")),
    "page with broken YAML": ({"about.md": "---\ntitle: [监督\n---\n# 监督方式\n"}, ("about.md", "S012")),
    "empty title in quotes": (problem("台账不全", "''"), (ONE, "问题")),
    "link that is no address": (problem("问题正文", "[甲](http://[乙)"), (ONE, "http://[乙")),
    "list in lists": (problem("问题正文。", "\n".join("    " * n + "- 甲" for n in range(300))), (ONE,)),
    "control character": (problem("台账不全", '"台账\\x1arow\\x1a"'), (ONE, "问题")),
    "full-width file name": (
        {"reports/2024-jia/０２.md": problem("序号", "序号")[ONE]},
        ("reports/2024-jia/０２.md", "S032"),
    ),
    "brackets without end": (problem("第一组", "[" * 60_000), (ONE, "S012")),
}


@pytest.mark.parametrize(("files", "words"), REFUSED.values(), ids=REFUSED)
def test_worse_mistake_is_refused_without_a_traceback(
    site: Site, files: dict[str, str | bytes], words: tuple[str, ...]
):
    apply(site, Case(files, "", ""))
    output = refused(site)
    assert all(word in output for word in words)


@pytest.mark.parametrize("place", ["reports", "reports/2024-jia/files"])
def test_linked_top_folder_is_refused(site: Site, place: str):
    (site.root / "content" / place).rename(site.root / "outside-folder")
    (site.root / "content" / place).symlink_to(site.root / "outside-folder")
    assert LINK_ZH.format(place) in refused(site)


@pytest.mark.parametrize(
    ("name", "value", "word"), [("SOURCE_DATE_EPOCH", "昨天", "SOURCE_DATE_EPOCH"), ("RECTIFY_LANG", "fr", "[S003]")]
)
def test_bad_environment_has_no_traceback(site: Site, name: str, value: str, word: str):
    if name == "RECTIFY_LANG":
        site.write(ONE, "")
    assert word in refused(site, {name: value})
