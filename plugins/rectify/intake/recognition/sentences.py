"""What one sentence says of several problems: by their numbers, by their names, or of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.recognition.numbering import read_mark
from rectify.prose.statuses import Stated, heading_status, opening_status

_NUMBER = "(?:\\d{1,3}(?!\\d|[年月日.])|[一二三四五六七八九十]{1,3})"
_IN_BRACKETS = re.compile(
    "[（(]((?:\\d{1,3}|[一二三四五六七八九十]{1,3})(?:、(?:\\d{1,3}|[一二三四五六七八九十]{1,3})){0,20})[）)]"
)
_CIRCLED = re.compile("(?<=[第、，,和及与至到])[①-⑳]|[①-⑳](?=[、，,和及与至到项])")
"""Numbers that name and do not list: 第①、③项."""
_BETWEEN_BRACKETS = re.compile("(?<=[\\d一二三四五六七八九十])[）)][（(](?=[\\d一二三四五六七八九十]{1,3}[）)])")
_AND = "(?:[、，,和及与]|以及)"
_TO = "[至到—–\\-~～]"
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
OTHERS = re.compile(
    f"(?:其余|余下|剩余|其他|(?<=[^其意此另]外[，,])(?=均|全部|都|已))(?:的)?(?:各|(?P<count>\\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}))?{_UNIT}?(?:问题|事项|任务)?(?P<said>[^，。；）)]{{2,24}})"
)
_THESE = re.compile(
    f"(?P<said>(?:尚?未|正在|仍在|还在|持续)[^，。；：的]{{2,8}})的(?P<count>{_NUMBER}){_UNIT}(?:具体|反馈)?(?:问题|事项|任务)(?:分别)?(?:是|为|包括)[：:]?(?P<names>[^。：]{{4,300}})"
)
_PARTS = re.compile(f"{_AND}|{_UNIT}|[第序号编问题事任务反馈]+")
_BETWEEN = re.compile(f"{_TO}+")
_EACH = re.compile('[“"]([^“”"]{3,60})[”"](?:的)?(?:问题|事项)?([^，。；“”]{2,16})')
_QUOTED = re.compile("“[^”]{0,80}”|《[^》]{0,80}》")
_IN_QUOTES = re.compile('[“"]([^“”"]{2,60})[”"]')
_FIRST = re.compile(f"(?<![之以年月])前({_NUMBER})(?=(?:项|条|件|个(?:具体)?(?:反馈)?问题))")
_LAST = re.compile(f"(?:最后|[，、；]后)({_NUMBER})(?=(?:项|条|件|个(?:具体)?(?:反馈)?问题))")
"""前4项, 最后1项"""
HINT = re.compile("前[\\d一二三四五六七八九十]|第|序号|编号|以上|上述|问题[一二三四五六七八九十\\d（(]")
_LONGEST = 60
"""Characters behind the numbers in which their status stands."""
_MOST_EXCEPTIONS = 20
_BY_DAY = "(?:(?:全部|均)?已?[于在]|截[至止]到?)[^，。；已均全都第]{1,14}"
_ALL = re.compile(
    f"(?:^|(?<=[，。；]))(?:(?:以上|上述|(?P<ahead>以下|下列)|该部分|本部分|本章|本节|该类|本类|该方面|本方面|这)(?:所列|中|的)?(?:共有?|共计|有|涉及)?(?P<count>{_NUMBER})?{_UNIT}?(?:具体|反馈|整改|移交)?(?:问题|事项|任务|内容|(?<=\\d[个项条件])|(?<=[两三四五六七八九十][个项条件]))(?:的整改)?"
    f"|(?:[^，。；]{{0,30}}?(?:反馈|指出|发现|查出|移交|交办|曝光|巡[察视]|督[察查]|审计|负责)(?:的)?(?P<counted>{_NUMBER}){_UNIT}(?:具体|反馈|整改|立行立改)?(?:问题|事项|任务)))"
    f"(?:[，,]|目前|现|中|的整改|{_BY_DAY})*(?P<said>(?:均|都|全部|已|正|仍|尚|未|持续|整改|完成)[^，。；第除]{{2,20}})(?=[，。；]|$)"
)
"""以上3项问题均已整改到位; 审计指出4个问题，均已整改"""
SAYS_WHEN = re.compile(
    "(?:计划|预计|力争|拟|将于|确保|争取|延期)[^，。；]{0,16}(?:[前底末]|年内|季度|半年)|(?:[底末]|\\d[月日]|季度|半年)(?:之?前|以前|底前|末前)?[^，。；]{0,6}(?:完成|整改|到位|办结|销号)"
)
"""By when something will be done: 计划8月底前完成"""
_ONE_NAMED = re.compile(f"(?:其中|上述|以上|目前)?[，,]?第{_NUMBER}{_UNIT}?{_NOUN}")
"""第三项问题将于8月底前完成"""
_SEVERAL = re.compile("问题|事项|任务|内容|以上|上述")


class Said(NamedTuple):
    numbers: tuple[int, ...]
    words: str
    number: int = 0
    """Of how many problems it speaks, where it names none or one alone; 0 where it does not say."""
    end: int = 0
    """Where in the text its numbers end."""
    parts: tuple[str, ...] = ()
    """What it tells of each of the numbers in their order, where it tells of them apart: 针对第4至6项，甲…；乙…；丙…"""


def speaks_of_several(text: str) -> Said | None:
    """Return what a line says of several problems, None where it speaks of none or of one."""
    if read_mark(text):
        return None
    if found := all_of(text):
        return Said((), found[1], found[0])
    if named := named_apart(text):
        return Said((), "", named[3] and named[3] + len(named[0]))
    if each := named_each(text):
        return Said((), "", each[2] and each[2] + len(each[0]))
    if not HINT.search(text):
        return None
    said = numbers_said(text)
    numbers = {number for one in said for number in one.numbers}
    several = len(numbers) > 1 or bool(numbers and OTHERS.search(text))
    more = several or bool(numbers and _ONE_NAMED.match(bare(text.strip())))
    told = any(one.parts or heading_status(one.words).status or SAYS_WHEN.search(one.words) for one in said)
    return Said(tuple(numbers), "", int(not several)) if more and told else None


def all_of(text: str) -> tuple[int, str, bool] | None:
    """Return how many problems a text states one status of, 0 where it does not say, the words that state it, and whether they are
    those below it: 以下问题均已整改到位.
    """
    if not _SEVERAL.search(text):
        return None
    text = bare(text.strip())
    for match in _ALL.finditer(text):
        count = number_of(match["count"] or match["counted"] or "") or 0
        said = re.sub(f"(?<=完成|办结|整改){count}{_UNIT}$", "", match["said"]) if count else match["said"]
        if first_status(said).status and not re.search("\\d", said):
            return count, said + text[match.end() :], bool(match["ahead"])
    return None


def named_apart(text: str) -> tuple[tuple[str, ...], Stated, Stated, int] | None:
    """Return the names of the problems that a text excepts, their status, that of the others and how many these are.

    除门机维保和空白班两项尚在推进外，其余五项均已完成: names as short as a reader understands them.
    """
    match = _EXCEPT.search(text)
    others = OTHERS.search(text, match.start("but")) if match else None
    if not match or not others or HINT.search(match["but"]) or not (rest := heading_status(others["said"])).status:
        return None
    apart = _STATES.search(match["but"], match["but"].rfind("”") + 1)
    names = match["but"][: apart.start()] if apart else match["but"]
    stated = heading_status(match["but"][apart.start() :]) if apart else Stated()
    parts = tuple(_IN_QUOTES.findall(names)) or tuple(
        part for part in re.split("[、，,和与及]", names) if len(part) > 1
    )
    return (parts, stated, rest, number_of(others["count"] or "") or 0) if parts else None


def bare(text: str) -> str:
    text = _CIRCLED.sub(lambda match: str(ord(match[0]) - ord("①") + 1), fold_digits(text))
    return _FIRST.sub(r"第1至\1", _QUOTED.sub("", _IN_BRACKETS.sub(r"\1", _BETWEEN_BRACKETS.sub("、", text))))


def with_last_numbered(text: str, number: int) -> str:
    """Return a text with the numbers of the last ones of so many problems: 最后2项 of 6 are 第5至6项."""
    return _LAST.sub(lambda match: f"，第{max(number - (number_of(match[1]) or 0) + 1, 1)}至{number}", text)


def named_each(text: str) -> tuple[dict[str, Stated], Stated, int] | None:
    """Return the names of problems with the status of each that a text quotes, that of the others and how many these are.

    “甲”仍在推进，“乙”基本完成，其余均已完成。
    """
    others = OTHERS.search(text)
    if not others or not (rest := heading_status(others["said"])).status:
        return None
    named = {match[1]: heading_status(match[2]) for match in _EACH.finditer(text, 0, others.start())}
    if not named or not all(stated.status for stated in named.values()):
        return None
    return named, rest, number_of(others["count"] or "") or 0


def named_below(text: str) -> dict[str, Stated]:
    """Return what a text says by name of the matters that it counts, each with the status of all of them.

    未完成的2个问题是：甲推进缓慢，预计12月底前完成；乙跟踪不到位: as many parts as it counts.
    """
    match = _THESE.search(text)
    if not match or not (stated := heading_status(match["said"])).status:
        return {}
    names = match["names"]
    parts = [part.strip("“” ") for part in names.split("；" if "；" in names else "、") if part.strip()]
    return dict.fromkeys(parts, stated) if len(parts) == (number_of(match["count"]) or 0) else {}


def numbers_said(text: str) -> list[Said]:
    """Return the numbers that a text names, with what it says of them."""
    text = bare(text)
    named = [match for match in _NAMED.finditer(text) if _names(match)]
    ends = [match.start() for match in named[1:]] + [len(text)]
    excepted = [(match.start(), match.end("but")) for match in _EXCEPT.finditer(text)][:_MOST_EXCEPTIONS]
    found: list[Said] = []
    over = ""
    for match, end in zip(named, ends):
        numbers = tuple(numbers_in(match["numbers"]))
        if parts := _told_apart(text[match.end() : end], len(numbers)):
            found.append(Said(numbers, "", end=match.end(), parts=parts))
            continue
        words = re.split("[。；\n]", text[match.end() : min(end, match.end() + _LONGEST)], maxsplit=1)[0]
        for start, stop in excepted:
            if start < match.start() < stop:
                words = text[match.end() : min(end, stop)]
        words = OTHERS.split(words, maxsplit=1)[0]
        before = list(_NAMED_AFTER.finditer(text[max(match.start() - 24, 0) : match.start() + 1]))
        if before and before[-1].end() >= min(match.start(), 24):
            over = before[-1]["said"]
            words = f"{over}，{words}"
        elif over and "。" not in text[found[-1].end : match.start()] and not first_status(words).status:
            words = f"{over}，{words}"
        else:
            over = ""
        found.append(Said(numbers, words, end=match.end()))
    return found


def _told_apart(text: str, number: int) -> tuple[str, ...]:
    """Return the parts of the sentence behind so many numbers, several, that speak of one of them each and state no status of all."""
    sentence = re.split("[。\n]", text, maxsplit=1)[0]
    parts = tuple(part for one in sentence.split("；") if (part := one.strip("，, ")))
    if number < 2 or len(parts) < 2 or not sentence.startswith("，") or opening_status(parts[0]).status:
        return ()
    return parts


def _names(match: re.Match[str]) -> bool:
    """Whether numbers say which: 第3项, 问题3, and not 问题3个."""
    counted = bool(re.search(_UNIT, match["unit"]))
    if not match["first"] and counted and len(list(numbers_in(match["numbers"]))) == 1:
        # 以上3项 says how many.
        return False
    return counted == (match["first"] or "第").startswith("第")


def first_status(words: str) -> Stated:
    """Return the status of the first clause that states one: 已制定方案，正在推进."""
    return next((stated for clause in re.split("[，,]", words) if (stated := heading_status(clause)).status), Stated())


def numbers_in(named: str) -> Iterable[int]:
    """Yield the numbers that words name: 1、3和5, 第2至4项."""
    for part in _PARTS.split(named):
        ends = [number_of(end) for end in _BETWEEN.split(part)]
        first, last = ends[0], ends[-1]
        if first is not None and last is not None and first <= last:
            yield from range(first, last + 1)
