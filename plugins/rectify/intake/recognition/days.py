"""Dates and spans of dates in running text."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of
from rectify.sources.dates import parse_date

_CN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = re.compile(r"(\d{4})\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|[-./](\d{1,2})[-./](\d{1,2})(?!\d))")
_SPAN = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日?\s*(?:至|到|—+|－+|-+|~|～)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
)
_CN_DAY = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_YEAR_END = re.compile(r"(\d{4})\s*年\s*(?:年?底|年?末|内|全年)")


_YEAR = r"(?:(?P<year>\d{4})年|(?P<this>今年|本年)|(?P<next>明年|次年))"
_PERIOD = re.compile(
    rf"{_YEAR}?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年)|(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日|(?:份)?(?P<part>中旬|上旬|下旬|初)?)|年?(?P<end>年底|年末|年内|底前|末前))"
    r"(?:底|末)?"
)
ANY_PERIOD = re.sub("\\?P<[a-z]+>", "?:", _PERIOD.pattern)
_STEP = "一轮|首轮|第一|初步|试|方案|前期|招标|可研|设计|立项|编制|报送|问卷|自评"
"""What is done by a date is then a step on the way, and the date no deadline of the whole."""
_DUE = re.compile(
    rf"(?:(?P<moved>(?:延期|延长|顺延|推迟|调整)(?:至|到)|(?:最迟)?不[晚迟]于|(?:整改|完成|办理|办结)[时期]限(?:为|是|至|到)?|限期(?:整改|完成|办结)[（(])|(?P<planned>(?:预计|计划|拟|力争|确保|争取|限|将|约定)(?:于|在)?))?"
    rf"(?P<when>\d{{4}}年\d{{1,2}}月\d{{1,2}}日|{ANY_PERIOD})(?P<before>之?前|以前|内)?"
    rf"(?P<done>[^，。；了已]{{0,10}}?(?:完成|办结|整改|到位|销号|验收|完工|补齐|竣工|办理|解决|完毕|盘活|清零|建成|投用|使用|出台|见效|清退|交付|核实|换届|上线|达标|[修办做改建拆换][完好]|开标|注销|执结|收回|追回|清缴|印发|恢复|拆除|到岗|还清|付清|结清|兑付|修复|归还|启用|通水|通车|腾退|取缔|消除|落地|实现|恢复|达到?(?=\d)|全?覆盖|[降升压][至到]|提[高升][至到])(?!了|的|{_STEP}))?"
)
_SPACED = re.compile(r"(?<=[\d年月])[ \u3000]+(?=[\d年月日底初中上下末])")
"""Spaces that a printer put into a date: 2025 年 12 月底."""
_MOVED = re.compile("(?:延期|延长|延|顺延|推迟|调整)(?:整改)?(?:至|到|为)")
_AT_FIRST = re.compile("(?<![按照])原(?:定|计划|时限|期限|要求)[^，。；）)]*")
"""（经批准延期，原定2024年8月31日）: no longer so."""
_OF_A_PART = re.compile("(?:剩余|其余|余下|剩下)[^，。；]{0,4}[\\d一二两三四五六七八九十](?!\\d)[^，。；]*$")
"""剩余2家年底前覆盖: a part of it is to be so by then; only that it will be completed speaks of the whole."""
_EXPLAINED = re.compile(r"年?[底末][（(](\d{4}年\d{1,2}月\d{1,2}日)[）)](?=之?前)")
"""年底（2025年12月31日）前"""
_CLAUSE = 30
_LONGEST_PERIOD = timedelta(days=92)
"""A quarter: half years and years are told with what is to be done in them."""
_ALL_OF_YEAR = re.compile(
    r"(?:年份|时限|期限|时间|日期)[^，。；（）\d]{0,10}(?:均为|都是|均指|均系|为)(\d{4})年(?![\d度底末上下第])"
)
_NO_DEADLINE = re.compile(f"的|、|再|[^，。；]{{0,6}}(?:{_STEP}|开工|动工|启动)")
_FINISHED = re.compile("(?:[^，。；]{0,4}(?:完成|整改|解决|到位|销号))")
_PAST = re.compile("[^，。；]{0,14}[了已]")


class Found(NamedTuple):
    day: date
    start: int
    end: int


def days(text: str) -> list[Found]:
    """Return the dates that a text states in full, in order; dates that do not exist are left out."""
    folded = fold_digits(text)
    found = []
    for match in _DAY.finditer(folded):
        year, month, day = (int(part) for part in match.groups() if part)
        if (one := parse_day(year, month, day)) is not None:
            found.append(Found(one, match.start(), match.end()))
    for match in _CN_DAY.finditer(folded):
        one = parse_day(int(match[1].translate(_CN_DIGITS)), number_of(match[2]) or 0, number_of(match[3]) or 0)
        if one is not None:
            found.append(Found(one, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def span(text: str) -> tuple[date, date] | None:
    """Return the first span of dates, 2023年5月8日至6月30日; what the second date leaves out is that of the first."""
    match = _SPAN.search(fold_digits(text))
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    start = parse_day(year, month, day)
    end = parse_day(int(match[4] or year), int(match[5] or month), int(match[6]))
    return (start, end) if start and end and start <= end else None


def deadline(text: str, since: date | None = None) -> date | None:
    """Return the date of a deadline: a day, or the last day of a month, of a part of it, a quarter, half a year or a year.

    What names no year is of the first that ends after `since`; without that date it is no deadline.
    """
    folded = tight(text).strip()
    if re.search("\\d|[季年]", now := _AT_FIRST.sub("", folded)):
        folded = now
    if (moved := _MOVED.search(folded)) and (day := deadline(folded[moved.end() :], since)):
        return day
    if found := days(folded):
        return found[-1].day
    try:
        return parse_date(folded.rstrip("前底末止。； "), month_end=True)
    except ValueError:
        pass
    if (match := _PERIOD.search(folded)) and (day := _last_day(match, since)):
        return day
    if match := _YEAR_END.search(folded):
        return parse_day(int(match[1]), 12, 31)
    return None


def tight(text: str) -> str:
    """Return a text with usual digits and without the spaces that a printer put into its dates."""
    return _SPACED.sub("", fold_digits(text))


def _last_day(match: re.Match[str], since: date | None) -> date | None:
    """Return the last day of a period, of the year it names or of the first in which it is not over."""
    if quarter := match["quarter"]:
        month = 3 * (number_of(quarter) or 0)
    elif match["month"]:
        month = int(match["month"])
    else:
        month = 6 if match["half"] == "上半年" else 12
    if not 1 <= month <= 12:
        return None
    part = int(match["day"] or 0) or {"上旬": 10, "初": 10, "中旬": 20}.get(match["part"] or "")
    if match["year"]:
        years = [int(match["year"])]
    elif since is None:
        return None
    else:
        years = [since.year] if match["this"] else [since.year + 1] if match["next"] else [since.year, since.year + 1]
    found = [parse_day(year, month, part or calendar.monthrange(year, month)[1]) for year in years if 1 <= year <= 9999]
    return next((day for day in found if day and (len(years) == 1 or (since and day >= since))), None)


def due(text: str, since: date | None, years_only: bool = False) -> date | None:
    """Return the latest date by which sentences say that a matter will be done: 2025年底前完成, 预计第三季度末验收.

    Dates before `since` tell what happened and are none; with `years_only` nothing is taken that names no year.
    """
    found = []
    folded = _AT_FIRST.sub("", _EXPLAINED.sub(r"\1", tight(text)))
    for match in _DUE.finditer(folded):
        when = match["when"]
        if set("已每") & set(folded[max(match.start() - 2, 0) : match.start()]):
            continue
        part = _OF_A_PART.search(folded[max(match.start() - _CLAUSE, 0) : match.start()])
        if part and not match["planned"] and "完" not in folded[match.end() - 1 : match.end() + 2]:
            continue
        by = bool(match["before"]) or when.endswith(("底前", "末前"))
        day = deadline(when, since)
        # What has not begun when the text speaks cannot be what happened: 2025年第一季度出台.
        ahead = bool(since and day and re.match(r"\d{4}", when) and day - _LONGEST_PERIOD > since)
        promised = match["done"] and (by or match["planned"] or ahead or when.endswith(("底", "末")))
        if not promised and not match["moved"]:
            # 2024年12月底前补录数据 says it too, where it names a year that is known to lie ahead.
            ahead = bool(re.match(r"\d", when) or _FINISHED.match(folded, match.end())) and not _NO_DEADLINE.match(
                folded, match.end()
            )
            if not (by and since and ahead and not _PAST.match(folded, match.end())):
                continue
        if years_only and not re.match(r"\d{4}", when):
            continue
        if day and (since is None or day >= since):
            found.append(day)
    return max(found, default=None)


def stated_year(texts: Iterable[str]) -> int | None:
    """Return the year that a document states for all days that name none: 时限未注明年份的均为2025年."""
    found = {int(match[1]) for text in texts for match in _ALL_OF_YEAR.finditer(fold_digits(text))}
    return found.pop() if len(found) == 1 else None


def parse_day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
