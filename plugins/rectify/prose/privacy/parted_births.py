"""Days of birth whose parts stand apart, or that are told a second time: 龙年正月初八出生, 三十八年前的国庆节, 出生日期误登为."""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.days import DATE, FEAST, OF_NO_YEAR

TIME = r"(?:[零一二两三四五六七八九十\d：:]{1,3}[点时][\d零一二三四五六七八九十]{0,3}[分刻]?[前后许多半]{0,2})?"
"""What may stand between a day and the word for birth: 地震那天, 零点后."""
_CLOCK = rf"(?: ?\d{{1,2}}[:：]\d\d|{TIME})"
_ANIMAL = "[鼠牛虎兔龙蛇马羊猴鸡狗猪]"
_HAN_DIGITS = "〇零一二三四五六七八九十"
_SPREAD = r"[12] \d \d \d ?[年./\-] ?\d(?: \d)? ?[月./\-](?: ?\d(?: \d)? ?日?)?"
"""1 9 7 6 年 0 4 月"""
_WHEN = (
    rf"(?:(?:{DATE}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]{_ANIMAL}?年|{_ANIMAL}年|(?:\d{{1,3}}|[{_HAN_DIGITS}]{{1,3}})年前|[今去前]年)[ ，,的]?"
    rf"(?:(?:\d{{1,2}}|[{_HAN_DIGITS}正冬腊]{{1,2}})月)?(?:{FEAST}|[{_HAN_DIGITS}初]{{1,4}}|{OF_NO_YEAR})?|{OF_NO_YEAR}|{FEAST}(?<=节))"
)
"""A day whose year and feast may stand apart: 三十八年前的国庆节, 乙未羊年九月重阳, 龙年正月初八."""
_IN_PARTS = late(
    rf"(?<![至到~～—])(?P<born>{_WHEN})(?:[当那][天日晚夜])?{_CLOCK}(?:出生(?!人口|率|缺陷|医学|证|日|的|队列|登记)|落地(?=[，。、；]|$)|生的?(?=[（(_，。、；）]|$)|生日(?![期])|降生)"
    rf"|(?:生下来|出生|落地|降生)那?[天日年]?[是在为][“]?(?P<day>(?:{_WHEN}|{FEAST})(?:[，, ]{{1,2}}(?:{DATE}|\d{{4}}年))?)"
    rf"|生日[：:为是 ]{{0,2}}(?P<apart>\d{{1,2}}[.·/\-]\d{{1,2}})(?!\d)|出生年份?[：:为是在 ]{{1,2}}(?P<year>[一二][九〇零][{_HAN_DIGITS}]{{2}}|(?:19|20)\d\d)"
    rf"|(?P<first>{DATE}){_CLOCK}(?=[和与及、]{DATE}{_CLOCK}(?:出?生|降生))"
    rf"|出 ?生(?:日期|年月)?[：: ]{{1,3}}(?P<spread>{_SPREAD})"
)
"""Whatever part of a day, beside whatever word for birth."""
_OF_THINGS = compiled("工程|项目|政策|资金|成果|改革|基地|企业|任务|制度|措施")
_SAID_AGAIN = late(
    rf"生[^。；\n]{{0,10}}[（(](?:[公阳农阴]历|新历|旧历)[：:为]?(?P<other>{DATE})|(?:出生|生日)[^。；\n]{{0,24}}[误错][写记登填录报]?[为成作](?P<wrong>{DATE})"
)
"""A day of birth in another calendar, or as somebody put it down wrongly."""
_REACH = 50


def in_parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the days, or what is told of them, that a word for birth stands beside."""
    for match in _IN_PARTS.finditer(text):
        if not (match[0].endswith("落地") and _OF_THINGS.search(text, max(0, match.start() - _REACH), match.start())):
            yield match.span(match.lastgroup or 0)
    yield from (match.span(match.lastgroup or 0) for match in _SAID_AGAIN.finditer(text))
