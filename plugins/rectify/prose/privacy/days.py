"""Days of the calendar in whatever way they are written, with the year if it can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.late import late

_GAP = r"[ \u3000\xa0\\·]{0,2}"
GAP = _GAP
"""For patterns: what may stand between the parts of a day."""
_HAN = "〇零○一二三四五六七八九"
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_VALUES = {**dict(zip(_HAN, (0, 0, 0, *range(1, 10)))), **dict(zip(_FORMAL, range(1, 10))), "O": 0}
_REIGNS = {"民国": 1911, "光绪": 1874, "宣统": 1908, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988}
_YEAR = rf"(?:(?:18|19|20)\d\d|(?:{'|'.join(_REIGNS)})[{_HAN}十廿卅\d]{{1,3}}|[一二][〇零○九八0O]?[{_HAN}]{{2,3}}|[壹贰][〇零捌玖][〇零{_FORMAL}]{{2}})"
_SHORT_YEAR = rf"(?:(?<!\d)\d\d|(?<![{_HAN}十])[{_HAN}]{{2}}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])"
"""68年, 五四年, 丙申年."""
_DAY = rf"(?:[初十廿卅一二三四五六七八九]{{1,3}}|[零拾{_FORMAL}]{{1,3}}|\d{{1,2}})"
_MONTH = rf"(?:闰?(?:\d{{1,2}}|[一二三四五六七八九十正腊冬]{{1,3}}|[零拾{_FORMAL}]{{1,3}}|元(?=月)){_GAP}月?{_GAP}\n?(?:{_DAY}{_GAP}[日号]?)?)"
_FEAST = (
    '[“"]?(?:大年(?:初?[一二三四五六七八九]|初十|三十|夜)|(?:元旦|除夕|春节|元宵|清明|端午|七夕|中秋|重阳|国庆|腊八|小年|寒食|冬至|中元|立[春夏秋冬]|夏至|[春秋]分|雨水|惊蛰|谷雨|小满|芒种|[小大][暑寒雪]|处暑|白露|寒露|霜降'
    '|元旦|妇女|三八|五一|劳动|五四|青年|六一|儿童|七一|建党|八一|建军|教师|十一|圣诞|平安夜|情人|母亲|父亲|龙抬头|二月二|三月三|双[九十]一?)(?:国际)?节?|[春夏秋冬][天季]?)[”"]?'
)
FEAST = _FEAST
"""For patterns: a day that is called by its feast."""
_NAMED_MONTH = r"(?i:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?)"
_CALENDAR = r"(?:[农阴公阳]历)?"
WHOLE = (
    rf"(?:{_YEAR}{_GAP}年{_GAP}\n?{_CALENDAR}{_MONTH}?(?:\d{{1,2}}时(?:\d{{1,2}}分)?)?"
    rf"|[一二][{_HAN}]{{3}}[.·][一二三四五六七八九十]{{1,2}}[.·][一二三四五六七八九十廿]{{1,3}}|(?:19|20)\d\d{_GAP}[-./]{_GAP}\d{{1,2}}(?:{_GAP}[-./]{_GAP}\d{{1,2}})?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?)"
)
"""For patterns: a day, month or year that nothing else looks like."""
LOOSE = (
    rf"(?:{_YEAR}年{_GAP}{_FEAST}|{_SHORT_YEAR}{_GAP}年{_GAP}(?:{_FEAST}|{_MONTH}?)|(?<!\d)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}"
    rf"|\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?[ \-](?:of )?{_NAMED_MONTH},?[ \-](?:19|20)\d\d"
    rf"|{_NAMED_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
"""For patterns: what may be something else as well."""
SPACED = r"(?<!\d)(?:19|20)\d\d (?:0?[1-9]|1[0-2]) [0-3]?\d(?!\d)"
"""For patterns: a day with nothing but blanks between its figures."""
DATE = rf"(?:{WHOLE}|{LOOSE}|{SPACED})"
"""For patterns: any of these."""
OF_NO_YEAR = rf"(?:(?<!\d)(?:(?<!年)|(?<=[今去前当同]年))(?:\d{{1,2}}|[一二三四五六七八九十正冬腊]{{1,2}})月(?:{_DAY}[日号]|[初十廿]{_DAY}|[二三]十[一二三四五六七八九]?)|(?<!\d)(?:0[1-9]|1[0-2])[0-3]\d(?!\d))"
"""For patterns: a day of any year."""
HAN_YEAR = rf"一九[{_HAN}]{{2}}"

_ANY = late(rf"(?<![\d.\-A-Za-z])(?<!\d/)(?!\d\d年(?!{_GAP}(?:\d|{_FEAST})))(?:{WHOLE}|{LOOSE})(?![\d\-/]|(?<=年)代)")
"""15年 is a time, 1980年代 a decade, not a year."""
# The class at the start holds every first character, so that the search jumps from one to the next.
DATED = compiled(
    r"[0-9〇零○一二三四五六七八九十壹贰叁肆伍陆柒捌玖子丑寅卯辰巳午未申酉戌亥JFMASOND](?:[ \u3000\xa0]?年|(?<=[0-9])[-./][0-9]{1,2}[-./][0-9]|(?<=[12])[089][0-9]{2}(?: ?[-./]|[0-9]{2})|(?<=[〇零一二三四五六七八九])[.·][一二三四五六七八九十]"
    r"|(?<=[JFMASOND])(?i:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)[A-Za-z.]{0,6}[ -])"
)
"""One of these is in every day."""
_LETTER_MONTH = compiled("[A-Za-z]")
_TEENS = 30
"""Two digits below are of this century."""


class Day(NamedTuple):
    start: int
    end: int
    year: int
    """0 where none can be told."""
    is_whole: bool
    """Whether it is a day of a month; otherwise it is a month or a year."""
    is_bare_year: bool


def days(text: str, start: int, end: int) -> Iterator[Day]:
    """Yield the days, months and years of a part of a text, in order."""
    for match in _ANY.finditer(text, start, end):
        said = match[0].rstrip()
        yield Day(match.start(), match.start() + len(said), _year(said), _is_whole(said), said.endswith("年"))


def _year(said: str) -> int:
    """Return the year of a date, 0 where none can be told."""
    for reign, before in _REIGNS.items():
        if said.startswith(reign):
            return before + _counted(said[2:].partition("年")[0])
    if _LETTER_MONTH.search(said) or (said[:1].isdigit() and not said[:4].isdigit()):
        four = re.search(r"(?:19|20)\d\d", said)
        if four:
            return int(four[0])
        two = int(said[:2]) if said[:2].isdigit() else 0
        return two and two + (1900 if two > _TEENS else 2000)
    if said[:4].isdigit():
        return int(said[:4])
    if said[:1] in _VALUES:
        digits = [_VALUES[one] for one in said.partition("年")[0] if one in _VALUES]
        number = int("".join(map(str, digits)))
        return number if number > 1000 else 1900 + number if _TEENS < number < 100 else 0
    return 0


def _counted(said: str) -> int:
    """Return the number up to ninety-nine that digits or characters write."""
    if said.isdigit():
        return int(said)
    said = said.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = said.partition("十")
    if ten:
        return 10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0)
    return int("".join(str(_VALUES.get(one, 0)) for one in said) or 0)


def _is_whole(said: str) -> bool:
    if said.isdigit():
        return len(said) == 8
    if "年" in said:
        _, _, rest = said.partition("年")
        _, month, day = rest.partition("月")
        return bool(day.strip()) if month else len(rest.strip()) > 2
    return len(re.findall(r"\d+|[A-Za-z]+", said)) >= 3
