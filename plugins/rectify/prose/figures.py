"""The counts that a document states in words: 反馈的25个问题，已完成8个，持续推进17个; 诫勉谈话2人次."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rectify.core.model import Disclosure, Outcome
from rectify.core.numerals import fold_digits, number_of
from rectify.core.patterns import compiled
from rectify.core.vocabulary import DONE, VERIFIED
from rectify.prose.claims import claims
from rectify.prose.statuses import Stated, heading_status
from rectify.prose.word_lists import load

_WORDS = load("figures")["outcome"]
_NAMES, _MONEY, _UNITS = "|".join(_WORDS["words"]), "|".join(_WORDS["money"]), _WORDS["unit"]
_OUTCOME = compiled(
    rf"(?:(?P<name>{_NAMES})|(?P<paid>{_MONEY}))(?:共计?|累计|合计|计|达|共)?[：: ]?(?P<count>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:余)?"
    rf"(?P<unit>(?(paid)(?:万|亿)?元|(?:{_UNITS})))"
)
_FIGURE = compiled(
    rf"(?:整改期间|期间|其中|共计?|累计|合计|已|并|完成)*([\u4e00-\u9fff]{{2,14}}?)(?:共计?|累计|合计|达)?(\d+(?:,\d{{3}})*(?:\.\d+)?)(?:余)?({_UNITS})"
)
_NOT_OUTCOME = compiled("|".join(_WORDS["not_outcome"]))
_NUMBER = r"(\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_SPACED = compiled("(?<=[\u4e00-\u9fff])[ \u3000](?=\\d)|(?<=\\d)[ \u3000](?=[\u4e00-\u9fff])")
"""Spaces between Chinese and numbers: 反馈 25 个问题."""
_SOFT = compiled("(?:近|约|多达|超过|不少于|逾)$")
"""Words that make a number no exact statement."""
_ORDINAL = compiled(r"第[\d一二三四五六七八九十、，和及至到—\-]*$")
"""第十五项问题 is one of them and no count."""
_SOME = compiled("(?:完成|推进|整改|销号|办结|坚持|解决)的$|(?:另有?|另外|其余|剩余|余下|还有)$")
"""持续推进的2个问题 are some of them, and so are 另1个问题."""
_ELSEWHERE = compiled("(?:上一?轮|上次|前次|以往|历年|选人用人|意识形态|专项检查|集中整改期(?:内|间)?)[^，。；]{0,12}$")
"""上一轮巡察反馈的7个问题 are others, 集中整改期内的8个问题 a part."""
_PLANNED = compiled("(?:确保|力争|争取|计划|预计|待|要求|推动|督促)[^，。；]{0,30}$")
_ORDINALS = compiled("第[\\d一二三四五六七八九十][\\d一二三四五六七八九十第、，和及与至到—\\-]{0,200}(?:个|项|条)")
"""第1、3、5项已完成 says which, and not how many."""
_TOTAL = compiled(
    rf"(?:反馈|发现|指出|提出|移交|列入|共有?|涉及)(?:的)?(?:具体|整改)?问题(?:共|共计|总数|合计)?(?:为|有)?{_NUMBER}(?:个|项|条)"
    rf"|(?:反馈|发现|指出|提出|移交|查摆|梳理|涉及|列出|交办|共|共计|共有|反映|巡[察视]|审计|督察|整改)[^。；]{{0,40}}?{_NUMBER}(?:个|项|条|类)?(?:具体|突出|主要|反馈|整改)?(?:的)?问题(?!线索|一[卡档策表单])"
    rf"|{_NUMBER}(?:个|项|条)(?:群众反映|督察|巡[察视]|审计|反馈|发现|交办|具体|突出|的){{0,4}}问题"
    rf"|{_NUMBER}处(?:重大|较大|一般|突出)?(?:火灾|消防|安全|生产|环境){{1,2}}隐患"
    # 反馈我局具体问题6个, 认领具体问题11个, 指出隐患问题6处: whose or which they are stands between.
    rf"|(?:反馈|指出|移交|交办|认领|梳理)(?:(?!方面|类|领域|隐患)[^，。；、\d]){{0,8}}问题(?:共计?|合计)?{_NUMBER}(?:个|项|条)"
    rf"|(?:反馈|发现|指出|移交|交办|查出)(?:的)?(?:安全|各类)?(?:隐患问题|问题隐患|隐患)(?:共计?|合计)?{_NUMBER}(?:个|项|条|处)"
    rf"|(?:^|(?<=[。；，])){_NUMBER}(?:个|项|条)(?:反馈|具体)?问题中(?=[，,])"
)
_LETTERS = compiled(
    rf"(?:信访|举报|交办|转办|投诉|受理)[^。；\d]{{0,16}}?(?:件|问题|事项){_NUMBER}件|{_NUMBER}件(?:群众)?(?:信访|举报|投诉)(?:举报|投诉)?(?:件|问题|事项)"
)
"""Letters from the public: the axis of a table of letters, and of nothing else."""
_KINDS = compiled(
    r"(?:[\u4e00-\u9fff“”]{0,14}问题(?:为|有|共)?(?:\d{1,4}|[一二两三四五六七八九十百]{1,5})(?:个|项|条)(?:[，、；]|和|以及)?){2,6}"
)
"""整改不彻底问题4个，新发现问题5个: the problems are counted kind by kind."""
_COUNT = compiled(rf"{_NUMBER}(?:个|项|条|件)(?!方面|大方面|月|工作日|小组)")
_PLACES = compiled(f"{_NUMBER}处")
_DONE_COUNT = compiled(
    f"^(?:其中|目前|现|已|共|中|累计){{0,3}}完成{_NUMBER}(?:个|项|条|件|处)|^(?:其中|中)?{_NUMBER}(?:个|项|条|件|处)(?:问题|事项)?完成$"
)
"""完成10个, 4个完成: done, where a clause says nothing else."""
_ALL_OF_THEM = compiled("^[，,]?(?:目前|现)?((?:均|都|全部)[^，。；\\d]{2,12})(?<!后)(?=[，。；]|$)")
"""10项问题均已整改到位"""
_MASK = "[XＸ×*]{1,4}"
_MASKED = compiled(
    rf"(?:问题|措施|报告|任务){_MASK}(?:个|项|条|件|份)|{_MASK}(?:个|项|条)(?:具体|突出|主要|整改)?(?:的)?(?:问题|任务|措施)|(?<=反馈)[^，。]{{0,6}}{_MASK}个(?:大)?方面"
)
_APART = compiled("类|立行立改|即知即改|边巡边改|信访|线索|方面|制度|机制|措施|任务(?!中)")
_OTHER_AXIS = compiled("任务|信访件|举报件|线索")
_CLAUSE = compiled("[，,、：:]|其中|分别")
_PERIOD = compiled("(?:集中)?整改(?:期间|以来|中|过程中)|(?:累计|共计?|合计|期间|通过整改|截至)")
_NONE = compiled("(?:无|没有)(?:人|人员|干部)(?:受到|被)?(.{2,8})")
_RATE = compiled(r"(?:整改)?(?:总体)?(?:完成|整改)率(?:达到?|为)?(\d+(?:\.\d+)?)[%％]")


class StatedCount(NamedTuple):
    stated: Stated
    count: int  # type: ignore[assignment] # the name of a method of tuples, which nothing here calls
    words: str
    """The clause as printed."""


class Declared(NamedTuple):
    """What one counts sentence states."""

    total: int | None
    by_status: tuple[StatedCount, ...]
    line: int
    rate: str = ""
    """The completion rate as printed, without the sign."""


class Masked(NamedTuple):
    """A count whose number was masked away."""

    words: str
    line: int


def declared_counts(lines: Iterable[tuple[int, str]], letters: bool = False) -> list[Declared]:
    """Return the counts that an overview states: each total with how many are in which status, the fullest first.

    Only problems are counted, or with `letters` only letters from the public; aspects, tasks and items mended at once are
    other axes. A notice about two inspections states two totals; their sum comes last.
    """
    found: list[Declared] = []
    for number, line in lines:
        text = _SPACED.sub("", fold_digits(line))
        totals = []
        for match in (_LETTERS if letters else _TOTAL).finditer(text):
            group = next(i for i in range(1, match.re.groups + 1) if match[i])
            total = number_of(match[group])
            before = text[max(match.start(group) - 20, 0) : match.start(group)]
            if any(one.search(before) for one in (_ORDINAL, _SOME)):
                continue
            if _ALL_OF_THEM.match(text[match.end() :]) and _ELSEWHERE.search(before):
                continue
            if total is not None and not _SOFT.search(text[max(match.start(group) - 4, 0) : match.start(group)]):
                totals.append((total, match.start(), match.end(), text[match.end(group)]))
        for (total, _, end, unit), after in zip(totals, [*totals[1:], None]):
            reach = min(after[1] if after else len(text), end + 200)
            planned = _ALL_OF_THEM.match(text[end:reach]) and _PLANNED.search(text[:end])
            parts = [] if planned else _by_status(text[end:reach], total, letters, _PLACES if unit == "处" else _COUNT)
            rate = _RATE.search(text, end, reach)
            found.append(Declared(total, tuple(parts), number, rate[1] if rate else ""))
        for match in _KINDS.finditer(text):
            counts = [number_of(one[1]) or 0 for one in _COUNT.finditer(match[0])]
            found.append(Declared(sum(counts), (), number))
    full = [one for one in found if one.by_status]
    ordered = list(dict.fromkeys([*full, *found]))
    together = list({one.total: one for one in (full if len(full) > 1 else [])}.values())
    if len(full) < 2 and len({one.line for one in found}) > 1:
        # Where chapters state a total each, nothing is said of how many of the whole are done.
        together = [one._replace(by_status=()) for one in {one.line: one for one in found}.values()]
    return [*ordered, *([_sum(together)] if len(together) > 1 else [])]


def _sum(parts: list[Declared]) -> Declared:
    """Return the counts of several inspections as one."""
    by_status: dict[str, StatedCount] = {}
    for part in (part for one in parts for part in one.by_status):
        before = by_status.get(part.stated.status)
        words = f"{before.words}、{part.words}" if before else part.words
        by_status[part.stated.status] = StatedCount(part.stated, part.count + (before.count if before else 0), words)
    return Declared(sum(one.total or 0 for one in parts), tuple(by_status.values()), parts[0].line)


def settle(
    declared: Declared, by_status: Mapping[str, int]
) -> tuple[list[tuple[StatedCount, str]], list[tuple[StatedCount, str]]]:
    """Return pairs of a stated count and the status it is about, and those pairs whose words differ from the problems' own.

    `by_status` counts the problems as listed. Their headings outweigh the overview: 已取得明显成效的17个 above 17 problems
    under 按计划持续推进 is a count of these.
    """
    taken = {part.stated.status for part in declared.by_status if by_status.get(part.stated.status)}
    settled, moved = [], []
    for part in declared.by_status:
        key = part.stated.status
        if not by_status.get(key):
            others = [
                other for other, count in by_status.items() if other and count == part.count and other not in taken
            ]
            if len(others) == 1:
                key = others[0]
                taken.add(key)
                moved.append((part, key))
        settled.append((part, key))
    return settled, moved


def counted(key: str, listed: Mapping[str, int]) -> set[int]:
    """Return how many of the problems listed a count of a status may mean: what is closed out is done too."""
    both = {sum(listed.get(one, 0) for one in DONE)} if key in DONE and key != VERIFIED.key else set()
    return {listed.get(key, 0)} | both


def masked_counts(lines: Iterable[tuple[int, str]]) -> list[Masked]:
    """Return the counts of problems, aspects or measures whose number is a placeholder."""
    return [Masked(match[0], number) for number, line in lines for match in _MASKED.finditer(line)]


def outcomes(lines: Iterable[tuple[int, str]]) -> tuple[Outcome, ...]:
    """Return the figures of the accountability sentences in the order printed; zeros are stated too."""
    found: dict[tuple[str, str], Outcome] = {}
    for _number, line in lines:
        for sentence in re.split("[。；]", fold_digits(line)):
            for outcome in _in_figures(sentence) or [
                _outcome(m["name"] or m["paid"], m["count"], m["unit"]) for m in _OUTCOME.finditer(sentence)
            ]:
                found.setdefault((outcome.name, outcome.unit), outcome)
    return tuple(found.values())


def _in_figures(sentence: str) -> list[Outcome]:
    """Return the figures of a sentence that is a list of them: it sums up, and two clauses at least are name, number and unit."""
    if not _PERIOD.match(sentence.strip()):
        return []
    lists = [part for part in sentence.split("，") if not _NOT_OUTCOME.search(part)]
    clauses = [clause.strip() for part in lists for clause in part.split("、")]
    figures = []
    for clause in clauses:
        match, none = _FIGURE.fullmatch(clause), _NONE.fullmatch(clause)
        if match and (none or not heading_status(clause).status):
            figures.append(_outcome(match[1], match[2], match[3]))
        elif none:
            figures.append(Outcome(none[1], "0", "人"))
    return figures if len(figures) > 1 else []


def _outcome(name: str, count: str, unit: str) -> Outcome:
    return Outcome(name, count.replace(",", ""), unit)


def _by_status(text: str, total: int, letters: bool, count: re.Pattern[str]) -> list[StatedCount]:
    """Return the counts per status in the sentence after a total that add up to it, else in the first that has any."""
    if (every := _ALL_OF_THEM.match(text)) and (stated := heading_status(every[1])).status:
        return [StatedCount(stated, total, every[1])]
    sentences = [one for one in re.split("[。；;]", text) if letters or "问题" in one or not _OTHER_AXIS.search(one)]
    # Of clauses in the same status, 部分整改2个，正在整改5个, some name more and others a part of the one before.
    readings = [_in_sentence(sentence, more, count) for more in (False, True) for sentence in sentences]
    readings = [reading for reading in readings if reading]
    exact = [reading for reading in readings if sum(part.count for part in reading) == total]
    return next(iter(exact or readings), [])


def _in_sentence(text: str, more: bool, pattern: re.Pattern[str]) -> list[StatedCount]:
    result: dict[str, StatedCount] = {}
    for clause in _CLAUSE.split(_ORDINALS.sub("", text)):
        match = pattern.search(clause)
        count = number_of(match[1]) if match else None
        if match is None or count is None or _SOFT.search(clause[max(match.start() - 4, 0) : match.start()]):
            continue
        if _APART.search(clause) and "问题" not in clause:
            continue
        stated = Stated("done") if _DONE_COUNT.search(clause.strip()) else heading_status(clause)
        before = result.get(stated.status)
        if stated.status and (more or not before):
            words = f"{before.words}、{clause.strip()}" if before else clause.strip()
            result[stated.status] = StatedCount(stated, count + (before.count if before else 0), words)
    return list(result.values())


def moved_on(disclosure: Disclosure, as_of: date) -> dict[str, date]:
    """Return the keys that a later as-of date sets; counts and claims that the notice states stay those of their day."""
    values = {"as_of": as_of}
    if not disclosure.declared_as_of and disclosure.as_of < as_of:
        lines = list(enumerate(disclosure.body.split("\n"), start=1))
        prose = declared_counts(lines)
        total = max((one.total or 0 for one in prose), default=0)
        if disclosure.declared or any(one.by_status for one in prose) or any(claims(lines, total)):
            values["declared_as_of"] = disclosure.as_of
    return values
