"""Invented notices with a known truth: any problems, groups and statuses in any of the layouts in which units publish them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.script import TRADITIONAL
from rectify.intake.outline import Cell, Paragraph, Row, Table

Blocks = list[Paragraph | Table]
Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several, as a test wants it."""

_THINGS = [
    "采购验收",
    "台账",
    "值班记录",
    "外勤补贴",
    "合同",
    "公示栏",
    "下乡走访",
    "隐患排查",
    "档案",
    "食堂账目",
    "供水管网",
    "培训学时",
]
_FAULTS = [
    "流于形式",
    "更新不及时",
    "把关不严",
    "管理不规范",
    "底数不清",
    "落实不到位",
    "存在漏洞",
    "超期未办",
    "长期闲置",
    "账实不符",
]
_FACTS = ["23户未建档", "6个站点周末关闭", "3名职工重复领取", "41.5万元挂账", "验收单由一人填写", "2024年只召开1次会议"]
_ASPECTS = [
    "贯彻上级部署和工作要求方面",
    "落实主体责任方面",
    "基层党组织建设方面",
    "群众身边不正之风方面",
    "上轮整改落实、长效机制建设方面",
]
_UNITS = ["清川市档案馆", "白苇县水务局", "云溪区教育局", "石坪镇", "清川交通集团"]
_DONE = ["已完成整改", "已整改到位", "该问题已完成整改", "目前已完成整改", "已完成整改，长期坚持"]
_GOING = ["持续推进", "正在整改", "该问题正在整改", "目前正在推进"]
CELLS = {"done": ["已完成", "整改完成", "已办结"], "ongoing": ["持续推进", "正在整改", "整改中"]}
_ACCOUNTS = [
    "修订制度并逐项核对",
    "由办公室牵头清理",
    "约谈经办人，重新登记",
    "一是建立清单。二是按月通报",
    "补学4次，抽查12份",
]
CN = "一二三四五六七八九十"
_NUMBERS = {
    "cn": lambda n: f"{CN[n - 1]}、",
    "cn-paren": lambda n: f"（{CN[n - 1]}）",
    "arabic": lambda n: f"{n}.",
    "arabic-paren": lambda n: f"（{n}）",
}
_LADDERS = [
    ("cn", "cn-paren"),
    ("cn-paren", "arabic"),
    ("cn", "arabic"),
    ("cn-paren", "arabic-paren"),
    ("cn", "arabic-paren"),
]
_DEADLINES = [
    ("2025年12月底前", date(2025, 12, 31)),
    ("2026年6月30日", date(2026, 6, 30)),
    ("2025年第四季度末", date(2025, 12, 31)),
    ("2026年上半年", date(2026, 6, 30)),
]


class Problem(NamedTuple):
    title: str
    group: str
    status: str
    words: str
    account: str
    deadline: date | None = None
    until: str = ""


class Notice(NamedTuple):
    title: str
    opening: str
    problems: list[Problem]

    @property
    def groups(self) -> dict[str, list[Problem]]:
        found: dict[str, list[Problem]] = {}
        for one in self.problems:
            found.setdefault(one.group, []).append(one)
        return found


def notice(pick: Pick, least: int = 1, most: int = 20) -> Notice:
    """Return a notice about any problems, so many at least and at most."""
    unit = pick(_UNITS)
    aspects = _some(pick, _ASPECTS, pick([1, 2, 3]))
    problems: list[Problem] = []
    taken: set[str] = set()
    for group in aspects:
        for _ in range(pick([least, 2, 3, 4])):
            title = pick(_FACTS) if pick([False, False, True]) else pick(_THINGS) + pick(_FAULTS)
            while title in taken:
                title = pick(_THINGS) + pick(_FAULTS)
            taken.add(title)
            done = pick([True, False])
            until, day = pick([("", None), ("", None), *_DEADLINES]) if not done else ("", None)
            words = pick(_DONE if done else _GOING)
            problems.append(Problem(title, group, "done" if done else "ongoing", words, pick(_ACCOUNTS), day, until))
    del problems[most:]
    opening = pick(
        [
            "2024年3月12日至5月10日，市委第一巡察组进行了巡察。2024年7月2日反馈意见。现将整改情况公布如下。",
            f"根据统一部署，市委巡察组反馈问题{len(problems)}个。现予公布。",
            "现将整改情况予以公布。",
        ]
    )
    return Notice(
        f"{pick(['中共', ''])}{unit}党组关于巡察整改情况的{pick(['通报', '公开', '报告'])}", opening, problems
    )


def _some(pick: Pick, options: Sequence[str], number: int) -> list[str]:
    left, found = list(options), []
    for _ in range(number):
        found.append(pick(left))
        left.remove(found[-1])
    return found


def as_lines(texts: Sequence[str]) -> Blocks:
    return [Paragraph(text, number) for number, text in enumerate(texts, 1)]


def framed(one: Notice, pick: Pick, body: Sequence[str]) -> list[str]:
    """Return lines with what stands around them: the head of a page, the tail of a notice, a signature."""
    unit = one.title.removeprefix("中共").partition("党组")[0]
    head = pick([[], [f"索引号：QC01/2024-0{pick([21, 407])}", f"发布机构：{unit}", "发布日期：2025-06-10"]])
    tail = pick([[], ["特此公示。"], [f"联系电话：0000-{pick([5190042, 3515200])}。", "电子邮箱：zg@example.gov.cn"]])
    signed = pick([[], [f"{unit}党组", "2025年6月3日"]])
    return [*head, one.title, one.opening, *body, *tail, *signed]


def account_of(problem: Problem, pick: Pick) -> str:
    until = pick(["，计划{}完成", "，预计{}前完成"]).format(problem.until.removesuffix("前")) if problem.until else ""
    return f"{problem.account}{until}。{problem.words}。"


def _titled(pick: Pick) -> Callable[[str], str]:
    """Return one way to word a heading, which all problems of a document have."""
    way = pick(["{}", "关于“{}”的问题", "关于“{}”问题的整改情况", "“{}”问题", "关于{}的问题"])
    return lambda title: way.format(title)


def headings(one: Notice, pick: Pick) -> Blocks:
    """Groups over problems, each with its account on the same line or below."""
    upper, lower = pick(_LADDERS)
    way, label, apart, restart = (
        _titled(pick),
        pick(["整改情况：", "整改结果：", ""]),
        pick([True, False]),
        pick([True, False]),
    )
    body: list[str] = []
    number = 0
    for at, (group, some) in enumerate(one.groups.items(), 1):
        body.append(_NUMBERS[upper](at) + group)
        number = 0 if restart or lower.startswith("cn") else number
        for problem in some:
            number += 1
            head = _NUMBERS[lower](number) + way(problem.title)
            account = label + account_of(problem, pick)
            body += [head, account] if apart else [f"{head}。{account}"]
    return as_lines(framed(one, pick, ["一、整改落实情况", *body] if not upper == "cn" else body))


def three_levels(one: Notice, pick: Pick) -> Blocks:
    """Aspects over shortcomings at large over the problems themselves; the aspect is the group."""
    label = pick(["整改情况：", "整改进展："])
    way = pick(["{}", "关于“{}”", "关于“{}”的问题"])
    body = []
    for at, (group, some) in enumerate(one.groups.items(), 1):
        body.append(f"（{CN[at - 1]}）{group}")
        body.append(f"1.{pick(['关于“抓得不够紧实”问题的整改', '履行职责不够到位', '关于“责任压得不实”的问题'])}")
        for number, problem in enumerate(some, 1):
            body += [f"（{number}）{way.format(problem.title)}", label + account_of(problem, pick)]
    return as_lines(framed(one, pick, ["二、整改落实情况", *body]))


def answers_apart(one: Notice, pick: Pick) -> Blocks:
    """The problems in one chapter, what was done in the next; there are no groups."""
    number = pick([_NUMBERS["arabic"], _NUMBERS["cn-paren"], _NUMBERS["arabic-paren"]])
    asked = [number(n) + problem.title for n, problem in enumerate(one.problems, 1)]
    told = [number(n) + account_of(problem, pick) for n, problem in enumerate(one.problems, 1)]
    return as_lines(
        framed(one, pick, [pick(["一、反馈的主要问题", "一、巡察反馈的问题"]), *asked, "二、整改情况", *told])
    )


def labelled(one: Notice, pick: Pick) -> Blocks:
    """Blocks of labelled lines, one for each problem, the labels in any order behind the first."""
    named = pick(["问题", "反馈问题", "存在问题"])
    marks = pick([f"{named}{{}}：", f"{{}}.{named}："])
    order = pick([["整改情况", "责任单位", "整改状态"], ["责任单位", "整改状态", "整改情况"], ["整改状态", "整改情况"]])
    body = []
    for number, problem in enumerate(one.problems, 1):
        values = {"整改情况": f"{problem.account}。", "责任单位": "办公室", "整改状态": pick(CELLS[problem.status])}
        body.append(marks.format(number) + problem.title)
        body += [f"{label}：{values[label]}" for label in order]
        body += [f"整改时限：{problem.until}"] if problem.until else []
    return as_lines(framed(one, pick, body))


def table(one: Notice, pick: Pick) -> Blocks:
    """A table: its columns in any order, groups as bands, as a column, or none."""
    grouped = pick(["band", "column", ""])
    boxes = pick(["words", "tick", "yes", "choice"])
    columns = ["序号", "存在问题", "整改措施", "责任单位", "整改时限"]
    state = {"words": "整改状态", "tick": "是否完成", "yes": "是否整改到位", "choice": "整改状态"}[boxes]
    rest = _some(pick, [*columns[2:], state], 4)
    head = ["序号", *(["所属方面"] if grouped == "column" else []), "存在问题", *rest]
    rows = [head]
    for group, some in one.groups.items():
        if grouped == "band":
            rows.append([group] * len(head))
        for problem in some:
            done = problem.status == "done"
            values = {
                "序号": str(one.problems.index(problem) + 1),
                "所属方面": group,
                "存在问题": problem.title,
                "整改措施": problem.account,
                "责任单位": "办公室",
                "整改时限": problem.until or "—",
                "整改状态": _choice(done) if boxes == "choice" else pick(CELLS[problem.status]),
                "是否完成": "√" if done else "×",
                "是否整改到位": "是" if done else "否",
            }
            rows.append([values[word] for word in head])
    made = Table(tuple(as_row(texts, at, len(set(texts)) == 1) for at, texts in enumerate(rows, 3)))
    return [*as_lines([one.title, one.opening]), made]


def _choice(done: bool) -> str:
    return "☑已完成 □持续推进" if done else "□已完成 ☑持续推进"


def as_row(texts: Sequence[str], line: int, band: bool) -> Row:
    return Row(tuple(Cell(text, merged=band and at > 0) for at, text in enumerate(texts)), line)


def cards(one: Notice, pick: Pick) -> Blocks:
    """One small table for each problem: labels beside their values."""
    blocks: Blocks = as_lines([one.title, one.opening])
    line = 3
    order = pick([["整改措施", "责任单位", "整改状态"], ["责任单位", "整改状态", "整改措施"]])
    for number, problem in enumerate(one.problems, 1):
        values = {"整改措施": problem.account, "责任单位": "办公室", "整改状态": pick(CELLS[problem.status])}
        pairs = [("序号", str(number)), ("存在问题", problem.title), *((label, values[label]) for label in order)]
        pairs += [("整改时限", problem.until)] if problem.until else []
        blocks.append(Table(tuple(as_row(pair, line + at, False) for at, pair in enumerate(pairs))))
        line += len(pairs)
    return blocks


def by_sentence(one: Notice, pick: Pick) -> Blocks:
    """A list whose statuses one sentence gives by number."""
    some = one.problems
    done = [str(n) for n, problem in enumerate(some, 1) if problem.status == "done"]
    rest = len(some) - len(done)
    said = [f"第{'、'.join(done)}项问题{pick(['已完成整改', '已整改到位'])}"] if done else []
    others = (
        f"其余{rest}项{pick(['正在推进', '持续推进中'])}"
        if done
        else f"以上{rest}项问题{pick(['均正在推进', '均在持续推进'])}"
    )
    said += [others] if rest else []
    listed = [f"{n}.{problem.title}" for n, problem in enumerate(some, 1)]
    return as_lines(framed(one, pick, ["一、反馈的问题", *listed, "二、整改情况", "，".join(said) + "。"]))


def status_over_groups(one: Notice, pick: Pick) -> Blocks:
    """Problems below the heading that states their status."""
    number = pick([_NUMBERS["arabic"], _NUMBERS["cn-paren"]])
    body, at = [], 0
    for status, words in (
        ("done", ["已完成整改的问题", "已完成的整改事项"]),
        ("ongoing", ["正在推进的问题", "需持续推进的整改事项"]),
    ):
        if some := [problem for problem in one.problems if problem.status == status]:
            at += 1
            body.append(f"{CN[at - 1]}、{pick(words)}（{len(some)}个）")
            for n, problem in enumerate(some, 1):
                body += [number(n) + problem.title, f"整改情况：{problem.account}。"]
    return as_lines(framed(one, pick, body))


def run_on(one: Notice, pick: Pick) -> Blocks:
    """Line breaks lost: all of it in one paragraph."""
    some = one.problems
    way = pick(["关于“{}”的问题", "“{}”问题"])
    parts = "".join(f"（{CN[n]}）{way.format(p.title)}。整改情况：{account_of(p, pick)}" for n, p in enumerate(some))
    text = (
        f"{one.title}{one.opening}一、整改工作基本情况召开会议五次，制定措施三十条，逐项明确经办人员和完成时间，"
        f"压茬推进整改工作落地见效，形成一级抓一级的工作格局。二、反馈问题整改情况{parts}联系电话：0000-5190042。"
    )
    return as_lines([text])


def cells_a_line(one: Notice, pick: Pick) -> Blocks:
    """A table pasted one cell a line."""
    bar = pick([" |", "|", " ｜"])
    cells = ["序号", "存在问题", "整改措施", "整改状态"]
    for n, problem in enumerate(one.problems, 1):
        cells += [str(n), problem.title, "逐项清理", pick(CELLS[problem.status])]
    return as_lines([one.title, one.opening, *(f"{cell}{bar}" for cell in cells)])


def worksheets(one: Notice, pick: Pick) -> Blocks:
    """A workbook whose sheets are named by status."""
    blocks: Blocks = []
    line = 1
    for status, names in (("done", ["已完成", "已整改到位"]), ("ongoing", ["持续推进", "正在整改"])):
        some = [problem for problem in one.problems if problem.status == status]
        rows = [["序号", "存在问题", "整改情况"], *([str(n), p.title, p.account] for n, p in enumerate(some, 1))]
        if some:
            made = tuple(as_row(texts, line + at, False) for at, texts in enumerate([[one.title] * 3, *rows]))
            blocks.append(Table(made, pick(names)))
    return blocks


class Change(NamedTuple):
    """Other characters for the same words."""

    signs: dict[int, str]

    def text(self, text: str) -> str:
        return text.translate(self.signs)

    def __call__(self, blocks: Blocks) -> Blocks:
        return [
            block._replace(text=self.text(block.text))
            if isinstance(block, Paragraph)
            else block._replace(
                rows=tuple(
                    row._replace(cells=tuple(cell._replace(text=self.text(cell.text)) for cell in row.cells))
                    for row in block.rows
                )
            )
            for block in blocks
        ]


traditional = Change(str.maketrans({plain: other for other, plain in TRADITIONAL.items()}))
half_width = Change(str.maketrans("，：；（）", ",:;()"))


class Layout(NamedTuple):
    write: Callable[[Notice, Pick], Blocks]
    has_groups: bool = True
    has_deadlines: bool = True
    by_status: bool = False
    """Whether the problems stand in the order of their statuses."""
    fewest: int = 1
    most: int = 20
    """Problems that have a place in it."""
    any_script: bool = True
    form: str = ""


LAYOUTS = {
    "headings": Layout(headings),
    "three levels": Layout(three_levels),
    "answers apart": Layout(answers_apart, has_groups=False, fewest=2, most=10),
    "labelled": Layout(labelled, has_groups=False),
    "table": Layout(table, has_groups=False),
    "cards": Layout(cards, has_groups=False),
    "by sentence": Layout(by_sentence, has_groups=False, has_deadlines=False, most=10),
    "status over groups": Layout(status_over_groups, has_groups=False, has_deadlines=False, by_status=True, most=10),
    "run on": Layout(run_on, has_groups=False, fewest=2, most=10, any_script=False),
    "cells a line": Layout(cells_a_line, has_groups=False, has_deadlines=False),
    "worksheets": Layout(worksheets, has_groups=False, has_deadlines=False, by_status=True, form="xlsx"),
}
