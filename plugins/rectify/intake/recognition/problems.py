"""The nodes and tables that are problems -> the problems, each with its labels, account, points and status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from rectify.intake.outline import Table
from rectify.intake.recognition import selection, told_problems
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.fields import (
    deadline_flags,
    read_fields,
    split_dated,
    status_of,
)
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.genre import Kind
from rectify.intake.recognition.labels import Labelled, split_labels
from rectify.intake.recognition.likeness import is_likely, names_problem, states_problem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.remainder import shown
from rectify.intake.recognition.runs import runs
from rectify.intake.recognition.table_heads import find_header
from rectify.intake.recognition.tables import read_table
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node, sentence_end
from rectify.intake.recognition.words import LABELS
from rectify.prose.statuses import Stated, heading_status, labelled_status

_LABEL = re.compile("^(?:反馈|具体|存在的?)?问题[：:]")
_COUNTED = re.compile(
    "[（(](?:共|合计)?\\d{1,3}(?:个|项|条|件|处|起)(?:问题|事项|隐患)?[）)]$|[（(][^（()）]{0,10}(?:\\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)[^（()）]{0,12}[，,；、][^（()）]{2,40}[）)]$"
)
"""（3个问题，均已完成） behind the name of a group: its figures, which change."""
_COUNTED_BEHIND = re.compile(
    "(?<=方面)[，,：: ]{0,2}(?:共|合计|涉及|反馈|有){0,2}(?:\\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条)(?:具体|反馈)?(?:问题|事项|任务)?(?:[，,；;、：:].{0,60})?$"
)
"""The same without brackets: 甲方面，共3个问题，已完成2个，1个长期坚持"""
_BARE_HEADING = re.compile(
    "^(?:(?:反馈|具体|整改)?(?:问题|事项|任务)?[（(]?(?:序号|编号|第)?[一二三四五六七八九十百\\d]*[项条个号]?[）)]?)$"
)
"""A heading that only counts: the problem itself is labelled below it."""
_CODE = re.compile("[A-Z]{1,3}[-－—]?\\d{1,3}")
_ONCE = {"title", "status", "closed", "progress"}
_FEW_AGAIN = 1
"""Labels of steps, each with its deadline, that may come again."""
_BEFORE = "整改前"
"""A label that says when it was so, which the words behind it do not."""
_LABEL_OF = re.compile("[：:]")
_LONGEST_PLACE, _LONGEST_TITLE = 24, 60
"""Characters of a heading that names where the problem labelled below it lies, and of what the label says."""


def problems_of(
    root: Node, nodes: list[Node], kind: Kind, totals: Set[int]
) -> tuple[list[FoundProblem], set[int], list[str]]:
    """Return the problems, the tables they came from, and the columns that were not understood.

    Those of tables, or those with headings; both where neither are as many as is stated, and together they are.
    """
    if kind.lists_nothing:
        return [], set(), []
    from_tables: list[FoundProblem] = []
    used: set[int] = set()
    unused: list[str] = []
    headers = [(node, table, header) for node, table in selection.tables_of(root) if (header := find_header(table))]
    sheets = len({table.name for _, table, _ in headers}) > 1
    for node, table, header in headers:
        if node.role in ("next", "contact"):
            continue
        sheet = table.name if sheets or heading_status(table.name).status else ""
        found = read_table(table, header, node if node.parent else None, sheet, _status_over(node, sheet))
        if found:
            from_tables += _apart(found, sheet, from_tables)
            used.add(id(table))
            unused += [word for word, field in zip(header.words, header.fields) if word and not field]
    from_headings = [_problem(one) for node in nodes for one in selection.points_apart(node)]
    if from_tables and from_headings and totals.isdisjoint({len(from_tables), len(from_headings)}):
        together = sorted([*from_tables, *from_headings], key=lambda problem: problem.line)
        if len({problem.title for problem in together}) in totals:
            return together, used, unused
    if from_tables and len(from_tables) >= len(from_headings):
        return from_tables, used, unused
    if from_headings:
        return from_headings, set(), []
    if kind.publishable:
        return [_problem(node) for node in told_problems.told_in_prose(root)], set(), []
    if kind.genre == "plan":
        return [], set(), []
    return (
        [_inline(node, line, text.text, text.value) for node, line, text in told_problems.inline_problems(root)],
        set(),
        [],
    )


def _problem(node: Node) -> FoundProblem:
    result_first = names_problem(node)
    own_text = node.text if result_first else node.rest
    lines = [Line(own_text, node.line)] if own_text else []
    lines += list(node.texts())
    text = "\n".join(line.text for line in lines)
    own = problem_wording(node.heading)
    labelled, free = split_labels([Line(own.labels, node.line), *lines] if own.labels else lines)
    only_counts = result_first or bool(_BARE_HEADING.match(node.heading))
    named = not only_counts and not _is_over_its_problem(node, labelled)
    values = read_fields(labelled, with_heading=named)
    labelled_title = values.pop("title", "")
    wording = own if named or not labelled_title else problem_wording(labelled_title)
    if not named and not only_counts:
        free.insert(0, Line(node.heading, node.line))
    elif named and labelled_title:
        before = any(one.label == _BEFORE and one.text for one in labelled)
        free.insert(0, Line(f"{_BEFORE}：{labelled_title}" if before else labelled_title, node.line))
    if wording.account:
        free.insert(0, Line(wording.account, node.line))
    entries, free = split_dated(free, sentences=False)
    values["progress"] = tuple(sorted((*values.get("progress", ()), *entries), key=lambda entry: entry.date))
    accounts = values.pop("body")
    facts_line = [Line(wording.facts, node.line)] if wording.facts else []
    tables = [shown(item) for below in node.walk() for item in below.items if isinstance(item, Table)]
    told = [line for line in (*facts_line, *free, *accounts, *tables) if line.text.strip()]
    body = tuple(sorted(told, key=lambda line: line.number))
    bracket = labelled_status(wording.status) if wording.status else Stated()
    group = _group_status(node)
    values = status_of(values, [line for line in (*free, *accounts) if line.text], bracket, group)
    flags = deadline_flags(values)
    values.pop("flags", None)
    parent, upper = _groups(node)
    area = next((one for one in labelled if one.field == "group" and one.text), None)
    if area and (parent is None or parent.is_section):
        # 行政区域：… of every block groups them as the column of a table does.
        parent = Node("titled", None, area.text, area.line, None)
        values.pop("category", "")
    elif upper:
        values.setdefault("category", upper)
    number = values.pop("number", "") or _number(node)
    return FoundProblem(
        title=wording.title,
        line=node.line,
        number=number,
        group=name_of_group(parent.heading) if parent else "",
        group_heading=_without_counts(parent.printed) if parent else "",
        group_line=parent.line if parent else 0,
        over="\n".join([wording.status, *(above.text for above in node.ancestors())]),
        counted=next((Line(above.text, above.line) for above in node.ancestors() if counted_heading(above.text)), None),
        series_line=node.parent.line if node.parent else 0,
        group_is_section=bool(parent and parent.is_section),
        flags=flags,
        body=body,
        points=_points(lines, text),
        repeated=tuple(_repeated(labelled, "" if result_first else _LABEL_OF.split(node.text, maxsplit=1)[0].strip())),
        form=node.form,
        sign=wording.sign,
        **values,
    )


def _number(node: Node) -> str:
    """Return the number of a heading, with the letters that it bears: A-01."""
    if node.mark is None:
        return ""
    lettered = _CODE.search(node.mark.text)
    return lettered[0] if lettered else str(node.mark.value)


def _is_over_its_problem(node: Node, labelled: Sequence[Labelled]) -> bool:
    """Whether a heading is not the problem that is labelled below it: 受理编号：3, or the place, 点位一：苇岸村."""
    titles = [one.text for one in labelled if one.field == "title" and "任务" not in one.label]
    if LABELS.get(re.split("[：:]", node.text, maxsplit=1)[0].strip()) in ("note", "number"):
        return bool(titles)
    beside = [one for one in node.parent.children if one.series == node.series] if node.parent else [node]
    worded = sum(states_problem(one.heading) for one in beside)
    return (
        len(titles) == 1
        and len(node.heading) <= _LONGEST_PLACE
        # 畜禽养殖污染 beside 矿山修复 names a field too.
        and (not states_problem(node.heading) or worded * 2 < len(beside))
        and (
            states_problem(titles[0])
            or bool(node.mark and "点位" in node.mark.text)
            # Where no heading states one, and below each of them one label says what it is.
            or (not worded and len(titles[0]) <= _LONGEST_TITLE and all(len(_titles(one)) == 1 for one in beside))
        )
    )


def _titles(node: Node) -> list[str]:
    """Return what the labels right below a heading say that the problem is."""
    return [one.text for one in split_labels(node.lines)[0] if one.field == "title"]


def _repeated(labelled: Sequence[Labelled], heading: str) -> Iterable[Line]:
    """Yield the labels that come again below one heading, itself one perhaps: a problem has one status, and not all twice."""
    seen = {heading}
    again: dict[str, Line] = {}
    for one in labelled:
        if one.lines and "任务" not in one.label:
            if one.label in seen:
                again.setdefault(one.label, Line(one.label, one.line))
            seen.add(one.label)
    once = [line for label, line in again.items() if LABELS[label] in _ONCE]
    yield from once or (list(again.values())[:1] if len(again) > _FEW_AGAIN else ())


def name_of_group(heading: str) -> str:
    """Return the name of a group without the label and the figures that its heading bears."""
    counted = counted_heading(heading)
    return counted.name if counted else _LABEL.sub("", _without_counts(heading))


def _without_counts(heading: str) -> str:
    return _COUNTED_BEHIND.sub("", _COUNTED.sub("", heading))


def _groups(node: Node) -> tuple[Node | None, str]:
    """Return the heading that groups a problem, and the words of the one beside it: above it, or between it and the problem.

    A heading between that is a problem's own wording groups nothing; what groups is the aspect above it.
    """
    parent = node.above()
    upper = parent.above() if parent else None
    if parent and upper and not upper.is_section and counted_heading(parent.text):
        # （一）聚焦主责方面 over 已完成3个: how far it is groups nothing where an aspect does.
        parent, upper = upper, upper.above()
    if not parent or not upper or upper.is_section:
        return parent, ""
    if parent.is_section and LABELS.get(parent.heading) == "title" and not is_likely(upper):
        # 一、甲局 over （一）存在问题 （二）整改情况, as the chapters of the next unit have it
        return upper, ""
    if is_likely(parent) and not parent.heading.endswith("方面"):
        return upper, problem_wording(parent.heading).title
    return parent, upper.heading if upper.heading.endswith("方面") else ""


def _points(lines: Sequence[Line], text: str) -> tuple[tuple[str, int], ...]:
    """Return first sentence and line of every point of a problem's runs."""
    starts, offset = [], 0
    for line in lines:
        starts.append((offset, line.number))
        offset += len(line.text) + 1
    points = []
    for run in runs(text):
        for point in run:
            number = max((start for start in starts if start[0] <= point.start), default=(0, 0))[1]
            points.append((point.text[: sentence_end(point.text)].rstrip("。；"), number))
    return tuple(points)


def _inline(node: Node, line: Line, text: str, value: int) -> FoundProblem:
    end = sentence_end(text)
    body = text[end:].strip()
    return FoundProblem(
        title=text[:end].rstrip("。；， "),
        line=line.number,
        number=str(value),
        group=node.heading,
        group_heading=node.printed,
        group_line=node.line,
        body=(Line(body, line.number),) if body else (),
        form="inline",
    )


def _apart(found: list[FoundProblem], sheet: str, before: Iterable[FoundProblem]) -> list[FoundProblem]:
    """Return the problems of a worksheet, in groups of its own where the numbers of another begin again in the same."""
    taken = {(problem.group, problem.number) for problem in before if problem.number}
    if not sheet or not any((problem.group, problem.number) in taken for problem in found):
        return found
    return [problem._replace(group=f"{sheet}：{problem.group}" if problem.group else sheet) for problem in found]


def _status_over(node: Node, sheet: str) -> Stated:
    """Return the status that the worksheet or the headings over a table state."""
    stated = heading_status(sheet) if sheet else Stated()
    return stated if stated.status else _group_status(node, with_own=True)


def _group_status(node: Node, with_own: bool = False) -> Stated:
    for above in (node, *node.ancestors()) if with_own and node.parent else node.ancestors():
        stated = heading_status(above.heading)
        if stated.status:
            return stated
    return Stated()


def distinct_groups(problems: list[FoundProblem], nodes: list[Node], publishable: bool) -> Iterable[FoundProblem]:
    """Yield the problems with groups told apart: two headings that read alike take the heading above them as well.

    In a disclosure one heading over all problems, which says only that problems follow, is no group.
    """
    if (
        publishable
        and len({problem.group_line for problem in problems}) == 1
        and all(p.group_is_section or LABELS.get(p.group) == "title" for p in problems)
    ):
        yield from (problem._replace(group="") for problem in problems)
        return
    lines: dict[str, set[int]] = {}
    for problem in problems:
        lines.setdefault(problem.group, set()).add(problem.group_line)
    above = {node.parent.line: next((a.heading for a in node.parent.ancestors()), "") for node in nodes if node.parent}
    for problem in problems:
        if len(lines[problem.group]) > 1 and (heading := above.get(problem.group_line)):
            problem = problem._replace(group=f"{heading}：{problem.group}")
        yield problem
