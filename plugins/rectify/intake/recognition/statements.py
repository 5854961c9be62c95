"""Sentences that state the statuses of several problems at once: by their numbers, or by the sign that some of them bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.signs import MARKING
from rectify.intake.recognition.tree import Node
from rectify.prose.statuses import Stated, flags_in, heading_status

_NUMBER = "(?:\\d{1,3}(?!\\d|[年月日.])|[一二三四五六七八九十]{1,3})"
_IN_BRACKETS = re.compile("[（(](\\d{1,3}|[一二三四五六七八九十]{1,3})[）)]")
_AND = "(?:[、，,和及与]|以及)"
_TO = "[至到—\\-~～]"
_UNIT = "(?:个|项|条|号)"
_NOUN = "(?:具体)?(?:反馈)?(?:问题|事项|任务)"
_NAMED = re.compile(
    f"(?:(?P<first>第|序号(?:为)?|编号(?:为)?|(?:反馈)?(?:问题|事项|任务))|(?<=以上)|(?<=上述))(?P<numbers>{_NUMBER}"
    f"(?:(?:{_UNIT}?{_NOUN}?{_AND}(?:第|序号|问题|事项)?|{_UNIT}?{_TO}第?){_NUMBER}){{0,60}})"
    f"(?P<unit>(?:[两三四五六七八九十\\d]{{0,2}}{_UNIT})?{_NOUN}?)(?!措施|方面|工作|制度|建议|季度|[：:])"
)
"""第1、3、5项; 第一项、第二项问题; 问题1、问题2; 序号3至6; 以上11、12两项"""
_NAMED_AFTER = re.compile(
    "(?P<said>(?:已|正在|尚未|未|持续|阶段|基本)[^，。；第]{1,14})(?:问题|事项|任务|的)*(?:有|为|是|：)(?=第)"
)
_EXCEPT = re.compile("除(?P<but>[^。；]{2,80}?)(?:之外|以外|外)[，,]?")
_OTHERS = re.compile(
    f"(?:其余|余下|剩余|其他|(?<=[^其意此另]外[，,])(?=均|全部|都|已))(?:的)?(?:各|(?P<count>\\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}))?{_UNIT}?(?:问题|事项|任务)?(?P<said>[^，。；）)]{{2,24}})"
)
_PARTS = re.compile(f"{_AND}|{_UNIT}|[第序号编问题事任务反馈]+")
_BETWEEN = re.compile(_TO)
_QUOTED = re.compile("“[^”]{0,80}”|《[^》]{0,80}》")
_HINT = re.compile("第|序号|编号|以上|上述|问题[一二三四五六七八九十\\d（(]")
_LONGEST = 60
"""Characters behind the numbers in which their status stands."""
_MOST_EXCEPTIONS = 20
_LEGEND = re.compile(
    f'(?:标|带|注|加|打)(?:有|注|记)?[“"（(]?(?P<sign>[{MARKING}])[”"）)]?(?:号|标记|标识|符号)?(?:的|者)?(?:问题|事项|任务)?(?:为|系|表示|是|指|，)?(?P<said>[^，。；）)]{{2,20}})'
)


class _Said(NamedTuple):
    numbers: tuple[int, ...]
    words: str


def set_apart(root: Node) -> None:
    """Move the lines that state statuses by number out of the problem that they stand below: they speak of all."""
    for child in list(root.children):
        moved = [(node, line) for node in child.walk() for line in node.lines if _speaks_of_several(line.text)]
        at = root.items.index(child) + 1
        for node, line in moved:
            node.items.remove(line)
            root.items.insert(at, line)
            at += 1


def _speaks_of_several(text: str) -> bool:
    if not _HINT.search(text) or read_mark(text):
        return False
    said = _said(text)
    numbers = {number for one in said for number in one.numbers}
    more = len(numbers) > 1 or bool(numbers and _OTHERS.search(text))
    return more and any(heading_status(one.words).status for one in said)


def with_stated_statuses(problems: Sequence[FoundProblem], lines: Iterable[Line]) -> list[FoundProblem]:
    """Return the problems with the statuses that sentences state by number or by sign: 第1、3项已完成，其余正在推进。

    Only where each number is that of one problem, and only for problems that have no status of their own.
    """
    lines = list(lines)
    return _by_sign(_by_number(list(problems), lines), lines)


def _by_number(problems: list[FoundProblem], lines: Sequence[Line]) -> list[FoundProblem]:
    numbers = [number_of(problem.number) for problem in problems]
    if not problems or len(set(numbers)) < len(problems) or None in numbers:
        return problems
    stated: dict[int, Stated] = {}
    apart: dict[int, str] = {}
    others = Stated()
    for line in lines:
        if not _HINT.search(line.text):
            continue
        found = _said(line.text)
        for one in found:
            apart.update(dict.fromkeys(one.numbers, one.words))
            if (status := _first_status(one.words)).status:
                stated.update(dict.fromkeys(one.numbers, status))
        if found and (match := _OTHERS.search(_bare(line.text))):
            rest = len(problems) - len({number for one in found for number in one.numbers})
            count = number_of(match["count"]) if match["count"] else rest
            others = heading_status(match["said"]) if count == rest else others
    if not stated and not (apart and others.status):
        return problems
    return [
        _stated(problem, stated.get(number or 0, Stated() if number in apart else others), apart.get(number or 0, ""))
        for problem, number in zip(problems, numbers)
    ]


def _by_sign(problems: list[FoundProblem], lines: Sequence[Line]) -> list[FoundProblem]:
    if not any(problem.sign for problem in problems):
        return problems
    for line in lines:
        legends = {match["sign"]: heading_status(match["said"]) for match in _LEGEND.finditer(line.text)}
        if any(stated.status for stated in legends.values()):
            match = _OTHERS.search(line.text)
            legends[""] = heading_status(match["said"]) if match else Stated()
            return [_stated(problem, legends.get(problem.sign, Stated()), "") for problem in problems]
    return problems


def _stated(problem: FoundProblem, stated: Stated, said: str) -> FoundProblem:
    flags = tuple(dict.fromkeys((*problem.flags, *flags_in(said))))
    problem = problem._replace(over=f"{problem.over}\n{said}") if said else problem
    if problem.stated.status or problem.unknown_status[0] or not stated.status:
        return problem._replace(flags=flags)
    return problem._replace(stated=stated, status_source="numbers", flags=flags)


def _bare(text: str) -> str:
    return _QUOTED.sub("", _IN_BRACKETS.sub(r"\1", fold_digits(text)))


def _said(text: str) -> list[_Said]:
    """Return the numbers that a text names, with what it says of them."""
    text = _bare(text)
    named = [match for match in _NAMED.finditer(text) if _names(match)]
    ends = [match.start() for match in named[1:]] + [len(text)]
    excepted = [(match.start(), match.end("but")) for match in _EXCEPT.finditer(text)][:_MOST_EXCEPTIONS]
    found = []
    for match, end in zip(named, ends):
        words = re.split("[。；\n]", text[match.end() : min(end, match.end() + _LONGEST)], maxsplit=1)[0]
        for start, stop in excepted:
            if start < match.start() < stop:
                words = text[match.end() : min(end, stop)]
        words = _OTHERS.split(words, maxsplit=1)[0]
        before = list(_NAMED_AFTER.finditer(text[max(match.start() - 24, 0) : match.start() + 1]))
        if before and before[-1].end() >= min(match.start(), 24):
            words = before[-1]["said"]
        found.append(_Said(tuple(_numbers(match["numbers"])), words))
    return found


def _names(match: re.Match[str]) -> bool:
    """Whether numbers say which: 第3项, 问题3, and not 问题3个."""
    counted = bool(re.search(_UNIT, match["unit"]))
    return counted == (match["first"] or "第").startswith("第")


def _first_status(words: str) -> Stated:
    """Return the status of the first clause that states one: 已制定方案，正在推进."""
    return next((stated for clause in re.split("[，,]", words) if (stated := heading_status(clause)).status), Stated())


def _numbers(named: str) -> Iterable[int]:
    for part in _PARTS.split(named):
        ends = [number_of(end) for end in _BETWEEN.split(part)]
        first, last = ends[0], ends[-1]
        if first is not None and last is not None and first <= last:
            yield from range(first, last + 1)
