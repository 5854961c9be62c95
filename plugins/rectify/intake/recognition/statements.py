"""Sentences that state the statuses of several problems at once: by their numbers, or by the sign that some of them bear."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.signs import MARKING
from rectify.intake.recognition.tree import Node
from rectify.prose.figures import Declared
from rectify.prose.statuses import Stated, flags_in, heading_status

_NUMBER = "(?:\\d{1,3}(?!\\d|[年月日.])|[一二三四五六七八九十]{1,3})"
_IN_BRACKETS = re.compile(
    "[（(]((?:\\d{1,3}|[一二三四五六七八九十]{1,3})(?:、(?:\\d{1,3}|[一二三四五六七八九十]{1,3})){0,20})[）)]"
)
_BETWEEN_BRACKETS = re.compile("(?<=[\\d一二三四五六七八九十])[）)][（(](?=[\\d一二三四五六七八九十]{1,3}[）)])")
_AND = "(?:[、，,和及与]|以及)"
_TO = "[至到—\\-~～]"
_UNIT = "(?:个|项|条|件|号)"
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
_STATES = re.compile(f"(?:等)?(?:(?:{_NUMBER}|两){_UNIT})?(?:问题|事项|任务)?(?:尚|仍|正|还|未|需|按|已|持续|继续)")
"""Where names end and what is said of them begins: …两项尚在推进"""
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


_ALL = re.compile(
    f"(?:^|(?<=[，。；]))(?:(?:以上|上述|该部分|本部分|该类|本类|该方面|这)(?:的)?(?P<count>{_NUMBER})?{_UNIT}?(?:具体|反馈|整改|移交)?(?:问题|事项|任务|内容)(?:的整改)?"
    f"|(?:[^，。；]{{0,8}}(?:反馈|指出|发现|查出|移交|交办)(?:的)?(?P<counted>{_NUMBER}){_UNIT}(?:具体|反馈|整改|立行立改)?(?:问题|事项|任务)))"
    "(?:[，,]|目前|现|中|的整改)*(?P<said>(?:均|都|全部|已|正|仍|尚|未|持续|整改)[^，。；第除]{2,20})(?=[，。；]|$)"
)
"""以上3项问题均已整改到位; 审计指出4个问题，均已整改"""


_SEVERAL = re.compile("问题|事项|任务|内容")


class Scope(NamedTuple):
    """The lines whose problems a sentence speaks of."""

    first: int
    last: int


class _Said(NamedTuple):
    numbers: tuple[int, ...]
    words: str
    number: int = 0
    """Of how many problems it speaks, where it names none; 0 where it does not say."""
    end: int = 0
    """Where in the text its numbers end."""


def set_apart(root: Node) -> dict[Line, Scope]:
    """Move the lines that state statuses of several problems out of the one that they stand below; return what they speak of."""
    scopes: dict[Line, Scope] = {}
    for node in list(root.walk()):
        for line in node.lines if node.parent else []:
            if (said := speaks_of_several(line.text)) and (above := _spoken_of(node, said)):
                child = node
                while child.parent is not root and child.parent is not None:
                    child = child.parent
                node.items.remove(line)
                after = [at for at, item in enumerate(root.items) if isinstance(item, Line) and item in scopes]
                root.items.insert(max([root.items.index(child), *after]) + 1, line)
                scopes[line] = _scope(above)
    return scopes


def speaks_of_several(text: str) -> _Said | None:
    """Return what a line says of several problems, None where it speaks of none or of one."""
    if read_mark(text):
        return None
    if found := _all_of(text):
        return _Said((), found[1], found[0])
    if named := _named(text):
        return _Said((), "", named[3] and named[3] + len(named[0]))
    if not _HINT.search(text):
        return None
    said = _said(text)
    numbers = {number for one in said for number in one.numbers}
    more = len(numbers) > 1 or bool(numbers and _OTHERS.search(text))
    return _Said(tuple(numbers), "") if more and any(heading_status(one.words).status for one in said) else None


def _all_of(text: str) -> tuple[int, str] | None:
    """Return how many problems a text states one status of, 0 where it does not say, with the words that state it."""
    if not _SEVERAL.search(text):
        return None
    text = _bare(text.strip())
    for match in _ALL.finditer(text):
        count = number_of(match["count"] or match["counted"] or "") or 0
        said = re.sub(f"(?<=完成|办结|整改){count}{_UNIT}$", "", match["said"]) if count else match["said"]
        if _first_status(said).status and not re.search("\\d", said):
            return count, said + text[match.end() :]
    return None


def _named(text: str) -> tuple[tuple[str, ...], Stated, Stated, int] | None:
    """Return the names of the problems that a text excepts, their status, that of the others and how many these are.

    除门机维保和空白班两项尚在推进外，其余五项均已完成: names as short as a reader understands them.
    """
    match = _EXCEPT.search(text)
    others = _OTHERS.search(text, match.start("but")) if match else None
    if not match or not others or _HINT.search(match["but"]) or not (rest := heading_status(others["said"])).status:
        return None
    apart = _STATES.search(match["but"])
    names = match["but"][: apart.start()] if apart else match["but"]
    stated = heading_status(match["but"][apart.start() :]) if apart else Stated()
    parts = tuple(part for part in re.split("[、，,和与及]", names) if len(part) > 1)
    return (parts, stated, rest, number_of(others["count"] or "") or 0) if parts else None


def _spoken_of(node: Node, said: _Said) -> Node | None:
    """Return the heading all of whose problems a line below the last of them speaks of, None where that is this one alone."""
    below = {child.mark.value for child in node.walk() if child is not node and child.mark}
    if below and set(said.numbers) <= below:
        return None
    top = node
    for above in _above(node):
        inside = [child for child in above.walk() if child.form != "run" and not child.is_section]
        if said.numbers and set(said.numbers) <= {child.mark.value for child in inside if child.mark}:
            return above
        like = [child for child in inside if child.form == node.form]
        if not said.numbers and len(like) > 1 and like[-1] is node and said.number in (0, len(like)):
            return None if any(speaks_of_several(line.text) for child in like[:-1] for line in child.lines) else above
        top = above
    return top if said.numbers else None


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _scope(node: Node) -> Scope:
    """Return the lines from a heading to the last one below it."""
    return Scope(
        node.line, max([node.line, *(below.line for below in node.walk()), *(line.number for line in node.texts())])
    )


def statements(root: Node, nodes: Sequence[Node], moved: Mapping[Line, Scope]) -> list[tuple[Line, Scope]]:
    """Return the lines of a document that belong to no problem, each with what it stands over."""
    inside = {id(node) for node in nodes}
    holding = {id(above) for node in nodes for above in _above(node)}
    scope_of = cache(_scope)

    def lines(node: Node) -> Iterator[tuple[Line, Scope]]:
        if id(node) in inside:
            return
        # A heading without others below it speaks of those around it: （一）已完成：第1、2项。
        over = node
        while over.parent is not None and not node.children and id(over) not in holding:
            over = over.parent
        scope = scope_of(over) if over.parent else Scope(0, sys.maxsize)
        if node.parent is not None:
            yield Line(node.text, node.line), scope
        for item in node.items:
            if isinstance(item, Line):
                yield item, moved.get(item, scope)
            elif isinstance(item, Node):
                yield from lines(item)

    return list(lines(root))


def with_stated_statuses(
    problems: Sequence[FoundProblem], lines: Sequence[tuple[Line, Scope]], declared: Declared | None = None
) -> list[FoundProblem]:
    """Return the problems with the statuses that sentences state by number or by sign: 第1、3项已完成，其余正在推进。

    A sentence speaks of the problems of the heading that it stands under or closes; the nearest one counts. Only where each
    number is that of one problem there, and only for problems that have no status of their own.
    """
    found = list(problems)
    for scope in sorted({scope for _, scope in lines}, key=lambda scope: scope.last - scope.first):
        members = [at for at, problem in enumerate(found) if scope.first <= problem.line <= scope.last]
        some = [line for line, its in lines if its == scope]
        for at, problem in zip(members, _in_scope([found[at] for at in members], some)):
            found[at] = problem
    return _by_total(_by_sign(found, [line for line, _ in lines]), declared)


def _in_scope(problems: list[FoundProblem], lines: Sequence[Line]) -> list[FoundProblem]:
    for line in lines:
        if named := _named(line.text):
            problems = _by_name(problems, *named)
    for line in lines:
        if found := _all_of(line.text):
            count, said = found
            behind = line.number > max((problem.line for problem in problems), default=line.number)
            if behind and not count and any(problem.stated.status for problem in problems[:-1]):
                # Where the others state their own, 上述问题 is the one above it.
                return [*problems[:-1], _stated(problems[-1], _first_status(said), said)]
            if (count or len(problems) * behind) == len(problems):
                return [_stated(problem, _first_status(said), said) for problem in _by_number(problems, lines)]
    return _by_number(problems, lines)


def _by_name(
    problems: list[FoundProblem], names: Sequence[str], stated: Stated, rest: Stated, count: int
) -> list[FoundProblem]:
    """Return the problems with the status of those that are named, each in one title alone, and of the others."""
    meant = [[at for at, problem in enumerate(problems) if name in problem.title] for name in names]
    apart = {at for some in meant for at in some}
    if any(len(some) != 1 for some in meant) or count not in (0, len(problems) - len(apart)):
        return problems
    return [_stated(problem, stated if at in apart else rest, "") for at, problem in enumerate(problems)]


def _by_total(problems: list[FoundProblem], declared: Declared | None) -> list[FoundProblem]:
    """Return the problems with the status that a document counts of all of them: 移交事项3件，已完成3件。"""
    if declared is None or len(declared.by_status) != 1 or declared.total != len(problems):
        return problems
    part = declared.by_status[0]
    known = {problem.stated.status for problem in problems} - {""}
    return (
        problems
        if part.count != declared.total or known - {part.stated.status}
        else [_stated(problem, part.stated, "") for problem in problems]
    )


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
            apart.update({number: f"{apart.get(number, '')}\n{one.words}" for number in one.numbers})
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
    return _QUOTED.sub("", _IN_BRACKETS.sub(r"\1", _BETWEEN_BRACKETS.sub("、", fold_digits(text))))


def _said(text: str) -> list[_Said]:
    """Return the numbers that a text names, with what it says of them."""
    text = _bare(text)
    named = [match for match in _NAMED.finditer(text) if _names(match)]
    ends = [match.start() for match in named[1:]] + [len(text)]
    excepted = [(match.start(), match.end("but")) for match in _EXCEPT.finditer(text)][:_MOST_EXCEPTIONS]
    found: list[_Said] = []
    over = ""
    for match, end in zip(named, ends):
        words = re.split("[。；\n]", text[match.end() : min(end, match.end() + _LONGEST)], maxsplit=1)[0]
        for start, stop in excepted:
            if start < match.start() < stop:
                words = text[match.end() : min(end, stop)]
        words = _OTHERS.split(words, maxsplit=1)[0]
        before = list(_NAMED_AFTER.finditer(text[max(match.start() - 24, 0) : match.start() + 1]))
        if before and before[-1].end() >= min(match.start(), 24):
            over = before[-1]["said"]
            words = f"{over}，{words}"
        elif over and "。" not in text[found[-1].end : match.start()] and not _first_status(words).status:
            words = f"{over}，{words}"
        else:
            over = ""
        found.append(_Said(tuple(_numbers(match["numbers"])), words, end=match.end()))
    return found


def _names(match: re.Match[str]) -> bool:
    """Whether numbers say which: 第3项, 问题3, and not 问题3个."""
    counted = bool(re.search(_UNIT, match["unit"]))
    if not match["first"] and counted and len(list(_numbers(match["numbers"]))) == 1:
        # 以上3项 says how many.
        return False
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
