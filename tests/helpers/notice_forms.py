"""Further layouts of invented notices: letters from the public, bodies, blocks, boxes, lists inside cells, two heads, tasks."""

from __future__ import annotations

from helpers.notices import CELLS, CN, Blocks, Layout, Notice, Pick, account_of, as_lines, as_row, framed
from rectify.intake.outline import Cell, Row, Table

_UNTIL_LABELS = ["整改时限", "完成时限", "办结时限", "原定时限"]
_TASKS = {
    "流于形式": "规范",
    "更新不及时": "及时更新",
    "把关不严": "严格",
    "管理不规范": "规范",
    "底数不清": "摸清",
    "落实不到位": "落实",
    "存在漏洞": "完善",
    "超期未办": "清理",
    "长期闲置": "盘活",
    "账实不符": "核对",
}


def letters(one: Notice, pick: Pick) -> Blocks:
    """Letters from the public: a table of what was asked, what was found, and whether it is over."""
    title = pick(["群众信访举报转办和边督边改公开情况一览表", "交办信访举报件办理情况公示"])
    asked = pick(["交办问题基本情况", "反映的主要问题", "举报内容"])
    over = pick(["是否办结", "办结情况", "办理状态"])
    head = ["序号", "受理编号", asked, "行政区域", "是否属实", "处理和整改情况", over]
    rows = [head]
    for n, problem in enumerate(one.problems, 1):
        told = pick(["已办结", "办结"]) if problem.status == "done" else pick(["正在办理", "未办结"])
        rows.append([str(n), f"D3CL2025{n:04}", problem.title, problem.group, "属实", f"{problem.account}。", told])
    return [
        *as_lines([title, "现按有关规定予以公开。"]),
        Table(tuple(as_row(texts, at, False) for at, texts in enumerate(rows, 3))),
    ]


def by_body(one: Notice, pick: Pick) -> Blocks:
    """Bodies one after the other, each with its problems and then its results by the same numbers."""
    body = []
    for at, (group, some) in enumerate(one.groups.items()):
        body += [f"{CN[at]}、{group}", pick(["（一）存在问题", "（一）发现的问题"])]
        body += [f"{n}.{problem.title}。" for n, problem in enumerate(some, 1)]
        body += [pick(["（二）整改情况", "（二）整改结果"])]
        body += [f"{n}.{account_of(problem, pick)}" for n, problem in enumerate(some, 1)]
    return as_lines(framed(one, pick, body))


def blocks(one: Notice, pick: Pick) -> Blocks:
    """Blocks headed by the number alone, with gaps between the numbers; the problem is labelled below it."""
    named, until = pick(["问题描述", "整改任务", "反馈问题"]), pick(_UNTIL_LABELS)
    body, number = [], 0
    for problem in one.problems:
        number += pick([1, 2, 5])
        accepted = (
            pick(["同意销号", "予以销号"])
            if problem.status == "done"
            else pick(["暂不予销号", "未通过验收", "暂缓销号"])
        )
        body += [f"第{number}项", f"{named}：{problem.title}", "整改目标：全部整改到位。"]
        body += [f"{until}：{problem.until}"] if problem.until else []
        body += [f"完成情况：（1）{problem.account}；（2）逐户核对。", f"验收结论：{accepted}。"]
    return as_lines(framed(one, pick, body))


def ticked(one: Notice, pick: Pick) -> Blocks:
    """A list with boxes of which the document says what a tick means; what was done stands below."""
    full, empty = pick([("[x]", "[ ]"), ("☑", "□"), ("√", "□")])
    body = []
    for problem in one.problems:
        body += [f"{full if problem.status == 'done' else empty} {problem.title}", f"{problem.account}。"]
    legend = pick(["打勾的为已完成。", "勾选的问题为已完成。"])
    return as_lines([one.title, one.opening + legend, *body])


def lists_in_cells(one: Notice, pick: Pick) -> Blocks:
    """A row for each group: several numbered problems in one cell, results and deadlines by the same numbers beside it."""
    state = pick(["整改状态", "落实状态"])
    rows = [["所属方面", "反馈问题", "整改情况", state, "完成时限"]]
    number = pick([0, None])
    for group, some in one.groups.items():
        first = (number or 0) + 1
        number = None if number is None else number + len(some)
        cells = [
            [problem.title for problem in some],
            [f"{problem.account}。" for problem in some],
            [pick(CELLS[problem.status]) for problem in some],
            [problem.until or "—" for problem in some],
        ]
        bare = pick([True, False]) and len(some) > 1
        rows.append(
            [group]
            + ["\n".join(f"{n}.{text}" for n, text in enumerate(texts, first)) for texts in cells[:2]]
            + ["\n".join(text if bare else f"{n}.{text}" for n, text in enumerate(texts, first)) for texts in cells[2:]]
        )
    return [
        *as_lines([one.title, one.opening]),
        Table(tuple(as_row(texts, at, False) for at, texts in enumerate(rows, 3))),
    ]


def two_heads(one: Notice, pick: Pick) -> Blocks:
    """A table whose head has two rows: deadline, body and status are parts of a merged cell."""
    over = pick(["整改落实", "责任及时限", "整改要求"])
    parts = pick([["牵头股室", "整改时限", "整改状态"], ["整改状态", "责任股室", "完成时限"]])
    values = {"整改时限": "until", "完成时限": "until"}
    upper = ["序号", "所属方面", "存在问题", *[over] * len(parts)]
    rows = [
        Row(tuple(Cell(text, merged=True) for text in upper), 3),
        Row(tuple(Cell(text, merged=at < 3) for at, text in enumerate(["序号", "所属方面", "存在问题", *parts])), 4),
    ]
    for n, problem in enumerate(one.problems, 1):
        told = {"until": problem.until or "—", "整改状态": pick(CELLS[problem.status])}
        texts = [str(n), problem.group, problem.title, *(told.get(values.get(part, part), "人事股") for part in parts)]
        rows.append(as_row(texts, n + 4, False))
    return [*as_lines([one.title, one.opening]), Table(tuple(rows))]


def tasks(one: Notice, pick: Pick) -> Blocks:
    """Problems reworded as what is to be done: three levels, the lowest are the items."""
    body = []
    for at, (group, some) in enumerate(one.groups.items()):
        body.append(f"（{CN[at]}）{group}")
        body.append(f"1.{pick(['统筹各项工作布局', '严格资金使用监管', '规范队伍日常管理'])}")
        body += [f"（{n}）{problem.title}。{account_of(problem, pick)}" for n, problem in enumerate(some, 1)]
    opening = ["一、强化政治担当，坚决扛牢整改责任", "（一）加强组织领导。成立整改专班，周调度、月通报。"]
    return as_lines(framed(one, pick, [*opening, "二、坚持问题导向，推动巡察整改见行见效", *body]))


def as_tasks(one: Notice) -> Notice:
    """Return a notice whose titles say what is to be done."""
    ends = sorted(_TASKS, key=len, reverse=True)

    def task(title: str) -> str:
        end = next((end for end in ends if title.endswith(end)), "")
        return f"{_TASKS[end]}{title.removesuffix(end)}" if end else f"妥善处理{title}"

    return one._replace(problems=[problem._replace(title=task(problem.title)) for problem in one.problems])


FORMS = {
    "letters": Layout(letters, has_deadlines=False),
    "by body": Layout(by_body, fewest=1),
    "blocks": Layout(blocks, has_groups=False),
    "ticked": Layout(ticked, has_groups=False, has_deadlines=False, fewest=2),
    "lists in cells": Layout(lists_in_cells, fewest=2),
    "two heads": Layout(two_heads),
}
