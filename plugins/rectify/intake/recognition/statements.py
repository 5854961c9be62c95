"""Sentences that state the statuses of several problems at once: by their numbers, or by the sign that some of them bear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rectify.core.numerals import number_of
from rectify.intake.recognition.bullets import MARKING
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.scopes import Scope
from rectify.intake.recognition.sentences import (
    HINT,
    OTHERS,
    SAYS_WHEN,
    Said,
    all_of,
    bare,
    first_status,
    named_apart,
    named_below,
    named_each,
    numbers_said,
    with_last_numbered,
)
from rectify.prose.figures import Declared
from rectify.prose.statuses import Stated, closing_rate, flags_in, heading_status

_LEGEND = re.compile(
    f'(?:标|带|注|加|打)(?:有|注|记)?[“"（(]?(?P<sign>[{MARKING}])[”"）)]?(?:号|标记|标识|符号)?(?:的|者)?(?:问题|事项|任务)?(?:为|系|表示|是|指|，)?(?P<said>[^，。；）)]{{2,20}})'
)


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
    return _by_rest(_by_rate(_by_total(_by_sign(found, [line for line, _ in lines]), declared)), declared)


def _in_scope(problems: list[FoundProblem], lines: Sequence[Line]) -> list[FoundProblem]:
    for line in lines:
        if apart := named_apart(line.text):
            names, stated, rest, count = apart
            problems = _by_name(problems, dict.fromkeys(names, stated), rest, count)
        elif each := named_each(line.text):
            problems = _by_name(problems, *each)
        elif below := named_below(line.text):
            problems = _below(problems, below)
    for line in lines:
        if found := all_of(line.text):
            count, said, ahead = found
            behind = line.number > max((problem.line for problem in problems), default=line.number)
            if behind and not count and any(problem.stated.status for problem in problems[:-1]):
                # Where the others state their own, 上述问题 is the one above it.
                return [*problems[:-1], _stated(problems[-1], first_status(said), said)]
            ahead = ahead and line.number < min((problem.line for problem in problems), default=0)
            if (count or len(problems) * (behind or ahead)) == len(problems):
                return [_stated(problem, first_status(said), said) for problem in _by_number(problems, lines)]
    return _by_number(problems, lines)


def _by_name(problems: list[FoundProblem], names: Mapping[str, Stated], rest: Stated, count: int) -> list[FoundProblem]:
    """Return the problems with the status of those that are named, each in one title alone, and of the others."""
    meant = {name: [at for at, problem in enumerate(problems) if name in problem.title] for name in names}
    apart = {at: names[name] for name, some in meant.items() for at in some}
    if any(len(some) != 1 for some in meant.values()) or count not in (0, len(problems) - len(apart)):
        return problems
    return [_stated(problem, apart.get(at, rest), "") for at, problem in enumerate(problems)]


def _below(problems: list[FoundProblem], told: Mapping[str, Stated]) -> list[FoundProblem]:
    """Return the problems with what is told of those that begin with the title of one each."""
    meant = {part: [at for at, one in enumerate(problems) if part.startswith(one.title)] for part in told}
    if any(len(some) != 1 for some in meant.values()):
        return problems
    said = {at: part for part, (at,) in meant.items()}
    return [
        _stated(problem, told[said[at]], said[at]) if at in said else problem for at, problem in enumerate(problems)
    ]


def _by_rest(problems: list[FoundProblem], declared: Declared | None) -> list[FoundProblem]:
    """Return the problems with the one status that is left by the counts of all of them for those that state none."""
    left = [problem for problem in problems if not problem.stated.status]
    if declared is None or declared.total != len(problems) or not 0 < len(left) < len(problems):
        return problems
    known = Counter(problem.stated.status for problem in problems)
    short = [part for part in declared.by_status if part.count != known[part.stated.status]]
    if len(short) != 1 or short[0].count - known[short[0].stated.status] != len(left):
        return problems
    return [_stated(problem, short[0].stated, "", source="total") for problem in problems]


def _by_total(problems: list[FoundProblem], declared: Declared | None) -> list[FoundProblem]:
    """Return the problems with the status that a document counts of all of them: 移交事项3件，已完成3件。"""
    if declared is None or len(declared.by_status) != 1 or declared.total != len(problems):
        return problems
    part = declared.by_status[0]
    known = {problem.stated.status for problem in problems} - {""}
    # 10个问题均已整改到位 says it of each.
    source = "numbers" if part.words.startswith(("均", "都", "全部")) else "total"
    return (
        problems
        if part.count != declared.total or known - {part.stated.status}
        else [_stated(problem, part.stated, "", source=source) for problem in problems]
    )


def _by_rate(problems: list[FoundProblem]) -> list[FoundProblem]:
    """Return the problems with the status that a rate behind each account says: 已补公示，完成率100%."""
    rates = [closing_rate(problem.body[-1].text) if problem.body else Stated() for problem in problems]
    if len(problems) < 2 or not all(rate.status for rate in rates):
        return problems
    return [_stated(problem, rate, "") for problem, rate in zip(problems, rates)]


def _by_number(problems: list[FoundProblem], lines: Sequence[Line]) -> list[FoundProblem]:
    numbers = [number_of(problem.number) for problem in problems]
    if not problems or len(set(numbers)) < len(problems) or None in numbers:
        return problems
    stated: dict[int, Stated] = {}
    apart: dict[int, str] = {}
    others = Stated()
    for line in lines:
        if not HINT.search(line.text):
            continue
        text = with_last_numbered(line.text, len(problems))
        found = numbers_said(text)
        for one in found:
            apart.update(
                {number: f"{apart.get(number, '')}\n{part}" for number, part in _in_order(one, problems, numbers)}
            )
            if one.parts:
                continue
            apart.update({number: f"{apart.get(number, '')}\n{one.words}" for number in one.numbers})
            if (status := first_status(one.words)).status:
                stated.update(dict.fromkeys(one.numbers, status))
        if found and (match := OTHERS.search(bare(text))):
            rest = len(problems) - len({number for one in found for number in one.numbers})
            count = number_of(match["count"]) if match["count"] else rest
            others = heading_status(match["said"]) if count == rest else others
    if not stated and not (apart and others.status) and not any(map(SAYS_WHEN.search, apart.values())):
        return problems
    return [
        _stated(problem, stated.get(number or 0, Stated() if number in apart else others), apart.get(number or 0, ""))
        for problem, number in zip(problems, numbers)
    ]


def _in_order(said: Said, problems: Sequence[FoundProblem], numbers: Sequence[int | None]) -> Iterator[tuple[int, str]]:
    """Yield each number with its part of a sentence that tells of them one after the other, where the words of most are those of its title."""
    titles = {number: problem.title for number, problem in zip(numbers, problems)}
    pairs = list(zip(said.numbers, said.parts))
    alike = sum(bool(_pairs_of(titles.get(number, "")) & _pairs_of(part)) for number, part in pairs)
    if len(said.parts) == len(said.numbers) and alike * 2 > len(pairs):
        yield from pairs


def _pairs_of(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if text[at : at + 2].isalpha()}


def _by_sign(problems: list[FoundProblem], lines: Sequence[Line]) -> list[FoundProblem]:
    if not any(problem.sign for problem in problems):
        return problems
    for line in lines:
        legends = {match["sign"]: heading_status(match["said"]) for match in _LEGEND.finditer(line.text)}
        if any(stated.status for stated in legends.values()):
            match = OTHERS.search(line.text)
            legends[""] = heading_status(match["said"]) if match else Stated()
            return [_stated(problem, legends.get(problem.sign, Stated()), "") for problem in problems]
    return problems


def _stated(problem: FoundProblem, stated: Stated, said: str, source: str = "numbers") -> FoundProblem:
    flags = tuple(dict.fromkeys((*problem.flags, *flags_in(said))))
    problem = problem._replace(over=f"{problem.over}\n{said}") if said else problem
    if problem.stated.status or problem.unknown_status[0] or not stated.status:
        return problem._replace(flags=flags)
    return problem._replace(stated=stated, status_source=source, flags=flags)
