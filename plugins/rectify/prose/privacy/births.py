"""When a person was born, and how old a named person is; the founding of a body and the age of many are no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.late import late
from rectify.prose.passage import Passage
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.columns import cells_below
from rectify.prose.privacy.reading import Reading, close, scanned
from rectify.prose.privacy.spans import apart
from rectify.prose.privacy.whose import Whose
from rectify.prose.word_lists import any_of

_GAP = r"[ \u3000\\·]{0,2}"
_HAN = "〇零○一二三四五六七八九"
_YEAR = rf"(?:(?:18|19|20)\d\d|(?:民国|光绪|宣统)[{_HAN}十\d]{{1,3}}|[一二][〇零○九八0O]?[{_HAN}]{{2,3}})"
_SHORT_YEAR = rf"(?:(?<!\d)\d\d|(?<![{_HAN}十])[{_HAN}]{{2}}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])"
"""Only beside a word for birth: 68年, 五四年, 丙申年."""
_DAY = r"(?:[初十廿卅一二三四五六七八九]{1,3}|\d{1,2})"
_MONTH = rf"(?:闰?(?:\d{{1,2}}|[一二三四五六七八九十正腊冬]{{1,3}}){_GAP}月?{_GAP}\n?(?:{_DAY}{_GAP}日?)?)"
_FEAST = "(?:元旦|除夕|春节|元宵|清明|端午|七夕|中秋|重阳|国庆|腊八|小年)节?"
_NAMED_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:{_YEAR}{_GAP}年{_GAP}\n?(?:[农阴公阳]历)?{_MONTH}?(?:\d{{1,2}}时(?:\d{{1,2}}分)?)?"
    rf"|(?:19|20)\d\d{_GAP}[-./]{_GAP}\d{{1,2}}(?:{_GAP}[-./]{_GAP}\d{{1,2}})?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?)"
)
_LOOSE = (
    rf"(?:{_YEAR}年{_GAP}{_FEAST}|{_SHORT_YEAR}{_GAP}年{_GAP}(?:{_FEAST}|{_MONTH}?)|(?<!\d)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}"
    rf"|\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)\d\d|\d{{1,2}}[ \-]{_NAMED_MONTH},?[ \-](?:19|20)\d\d|{_NAMED_MONTH} \d{{1,2}},? (?:19|20)\d\d)"
)
_PLAIN_DAY = rf"(?:(?:\d{{1,2}}|[一二三四五六七八九十正冬腊]{{1,2}})月(?:{_DAY}日|[初十廿]{_DAY})|(?<!\d)(?:0[1-9]|1[0-2])[0-3]\d(?!\d))"
_NO_BIRTH = r"(?!成立|设立|组建|以来|之?[前后]|以[前后])(?![\d年月日])"
_LABELLED = late(
    rf"(?:出[ \u3000]?生(?:[一-鿿]{{0,2}}日期|[ \u3000]?年[ \u3000]?月[ \u3000]?日?|年份|时间|于|地)?|生[日辰年卒](?:期|月日)?|诞辰|(?<![发产学医先考新师派衍滋花寄共野])[生诞]于|(?<=同学)生于|降生于|csrq|csny|(?i:(?<![a-z])(?:dob|born(?: on| in)?|birth(?:day|date|_?date|_day)?|date ?of ?birth)))"
    rf"(?P<is>(?:[（(][^（）()\n]{{1,8}}[）)])?(?:[一-鿿]{{1,4}}?[：:为成]|(?<=日期|时间|年月)[一-鿿]{{1,12}}?)?[：:为是于以|=（(\"“ \u3000在另列有*]{{0,8}}\n?(?:[农阴公阳]历)?)(?P<date>(?:{_DATE}|{_LOOSE})(?:[，一-鿿]{{0,8}}为(?:{_DATE}|{_LOOSE}))?|{_PLAIN_DAY}|(?:19|20)\d\d|一九[{_HAN}]{{2}}|(?<=生日[为是：: ])\d{{1,2}}[./\-]\d{{1,2}}){_NO_BIRTH}(?![至到~～—])"
)
_NOBODYS = re.compile("(?:[犬牛羊猪马驹羔崽仔猫鸡苗][只匹头]?|[畜禽]|宠物|动物|支部|政治|党的?|祖国的?|建[军党国])$")
"""Whose birth is no secret."""
_BORN = late(
    rf"(?<![至到~～—年])(?P<date>(?:{_DATE}|{_LOOSE}|{_PLAIN_DAY}){_GAP}(?:[是为过][一-鿿]{{0,3}}?生日|[当日这天凌晨上下午夜早晚间时分]{{0,5}}(?:\d\d?[：:]\d\d)?(?:(?:早产|[顺剖]腹?宫?产|分娩)(?!率|儿|量|室|总)|产下|产[一双]?[名个]?[男女婴子](?!品)|出[ \u3000]?生(?!人口|率|缺陷|医学|登记|队列|证)|降生|诞生(?=于[^。；]{{0,6}}家)|出世|落地(?=[，。])|生人|人(?=[，。、）)])|生[于在](?!产)|生(?=[）)，。、；\s|\]】」”的]|$))))"
    rf"|(?P<ox>(?:[{_HAN}]{{2}}年)?(?<![附所直归从下隶])属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:(?![一-鿿])|(?=的)))"
)
_CHANGED = late(
    rf"(?:出生|年龄|三龄|生日)[一-鿿]{{0,6}}[：:，]?[由从将把][“\"]?(?P<a>{_DATE}|{_LOOSE})[”\"]?(?:改|更正|变更|更改|修改|修正|调整|涂改|篡改)[为成至到][“\"]?(?P<b>{_DATE}|{_LOOSE})"
)
_UNLIKE = late(
    rf"(?:出生|年龄|三龄|生日)[^。；\n]{{0,30}}?(?P<a>{_DATE}|{_LOOSE})[与和同跟及，、][^。；\n\d]{{0,12}}(?P<b>{_DATE}|{_LOOSE})(?=[一-鿿，]{{0,6}}(?:不一|不符|不同|出入|矛盾|相差|不吻))"
)
_AGE = late(
    r"(?:年满|刚满|已满|满)?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})周?岁(?:\d{1,2}个月|高龄|生日)?(?!以[上下]|及以|至|—|-|儿童|以内|左右的老)|[一二三四五六七八九]十有[一二三四五六七八九]|(?:享年|终年|年方|年届|时年|虚岁|现年|年龄)[：:为是约 ]{0,2}(?:\d{1,3}(?![\d.%％])|[一二三四五六七八九十]{2,3})"
)
_AFTER_NAME = late(
    rf"[（(，,| \u3000]{{1,3}}(?:(?:男|女)[，,| \u3000]{{1,3}})?(?:[一-鿿]{{1,4}}族[，,| \u3000]{{1,3}})?(?P<date>{_DATE})(?=[—\-，,）)| \u3000]|$)"
)
_IN_NAME = late(r"(?P<date>(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)(?!\d)")
# Sex and date side by side are the particulars of somebody, even where the name is masked.
_AFTER_SEX = late(
    rf"(?<=[男女])(?:[\"”]?[ \u3000]?[|,，、/\t（( ][ \u3000]?[\"“]?[一-鿿]{{1,4}})?[\"”]?[ \u3000]?[|,，、/\t（( ][ \u3000]?[\"“]?(?P<date>{_DATE}|[3-9]\d[.\-/]\d{{1,2}}(?:[.\-/]\d{{1,2}})?)(?=[—\-，,、/）)|\s\"”]|生|$)"
)
# In a row of somebody's particulars the year tells: what happens to people in a paper of today is younger.
_PARTICULAR = late(
    rf"(?<=[|,，、/\t_\"“'（( \n])(?P<date>(?:19[2-9]\d|200\d|201[0-2])(?:{_GAP}年{_GAP}(?:\d{{1,2}}{_GAP}月?{_GAP}(?:\d{{1,2}}{_GAP}日?)?)?|[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?|(?:0[1-9]|1[0-2])(?:[0-3]\d)?)|['’‘]\d\d年(?:\d{{1,2}}月)?|[3-9]\d年\d{{1,2}}月(?:\d{{1,2}}日)?(?=的?[，。、）\s]|$))(?=的|[|,，、/\t_\"”'）)\s。；;]|$)"
)
_OLD = r"(?:19[2-9]\d|200\d)(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)(?![\d至到~～—\-]|及?以?[前后])"
_TOLD = late(
    rf"(?<![工党学军教树])(?:年龄|三龄|出生(?!率|人口|缺陷|队列|性别))[^。；\n]{{0,24}}?(?P<a>{_OLD})(?:[^。；\n]{{0,16}}?(?P<b>{_OLD}))?"
)
"""Days told in the sentence of somebody's age."""
_YOUNG = re.compile("新生儿|婴|幼儿|儿童|宝宝|接种|卡介|疫苗|学籍|入学")
_OF_A_CHILD = late(
    r"(?<=[|,，、/\t_ （(])(?P<date>20\d\d(?:0[1-9]|1[0-2])[0-3]\d|20\d\d[-./]\d{1,2}[-./]\d{1,2})(?=[|,，、/\t_ ）)。；]|$)"
)
_ZODIAC = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_HINT = re.compile(
    any_of(
        [
            *(
                "出生",
                "出 生",
                "出\u3000生",
                "生日",
                "生辰",
                "诞辰",
                "生年",
                "生卒",
                "生于",
                "诞于",
                "年龄",
                "三龄",
                "csrq",
                "csny",
                "生人",
                "年生",
                "月生",
                "日生",
                "降生",
                "早产",
                "顺产",
                "剖",
                "分娩",
                *(f"日产{one}" for one in "一双男女子"),
                "产下",
                "生在",
                "诞生",
                "出世",
            ),
            *("birth", "Birth", "BIRTH", "born", "Born", "BORN", "dob", "DOB"),
            *(f"{digit}生" for digit in range(10)),
            *(f"属{animal}" for animal in _ZODIAC),
            *(sex + sign for sex in "男女" for sign in '，,|、/"”\t（( '),
        ]
    )
)
_HEADING = re.compile(r"出[ \u3000]?生|生[ \u3000]?日|(?i:birth|dob)")
_COLUMN = late(r"出生(?:日期|年月日?|时间)?|生日|(?i:birthday|birthdate|dob|dateofbirth)")
_CELL = late(rf"(?:{_DATE}|{_LOOSE}|\d{{6}}(?:\d\d)?)日?")
_SEXED = re.compile(r"[男女]")
_SENTENCE_END = re.compile(r"[。；\n]")
_REACH = 50
"""Characters from an age within which its name stands."""


def births(passage: Passage, reading: Reading, named: list[Person]) -> Iterator[Finding]:
    """Return the dates of birth, and the ages of named persons."""
    text = reading.text
    hinted = _HINT.search(text)
    if not named and not hinted:
        return
    spans: set[tuple[int, int]] = set()
    if hinted:
        text = scanned(text)
        spans |= {match.span("date") for match in (*_labelled(text), *_AFTER_SEX.finditer(text))}
        closed = close(reading)
        if closed is not reading:
            spans |= {closed.source(*match.span("date")) for match in _labelled(closed.text)}
        below = cells_below(text, _HEADING, _COLUMN)
        spans |= {(cell.start, cell.end) for cell in below if _CELL.fullmatch(text, cell.start, cell.end)}
    spans |= {match.span("date" if match["date"] else "ox") for match in _BORN.finditer(text)}
    for pattern in (_CHANGED, _UNLIKE):
        for match in pattern.finditer(text):
            spans |= {match.span("a"), match.span("b")}
    for person in named:
        for pattern in (_AFTER_NAME, _IN_NAME):
            after = pattern.match(text, person.end)
            if after and (pattern is _IN_NAME or _is_row(text, after)):
                spans.add(after.span("date"))
    if named and not passage.characters.isdisjoint("岁有年"):
        for match in _AGE.finditer(text):
            if _of_somebody(text, named, *match.span()):
                spans.add(match.span())
    if (named or (hinted and "某" in passage.characters)) and (days := _days(text)):
        whose = Whose(text, [(one.start, one.end) for one in named if one.rule == "P009"])
        spans |= {place for place in days if whose.is_on_line(*place)}
    for start, stop in apart(spans):
        first, last = reading.source(start, stop)
        yield passage.found("P030", first, token=passage.text[first:last], example=_masked(text[start:stop]))


def _days(text: str) -> list[tuple[int, int]]:
    """Return the days that are of birth where somebody is named with them."""
    days = [match.span("date") for match in _PARTICULAR.finditer(text)]
    if "龄" in text or "出生" in text:
        days += [match.span(part) for match in _TOLD.finditer(text) for part in ("a", "b") if match[part]]
    if _YOUNG.search(text):
        days += [match.span("date") for match in _OF_A_CHILD.finditer(text)]
    return days


def _labelled(text: str) -> Iterator[re.Match[str]]:
    return (
        match
        for match in _LABELLED.finditer(text)
        if not _NOBODYS.search(text, max(0, match.start() - 6), match.start())
    )


def _is_row(text: str, match: re.Match[str]) -> bool:
    """A date directly behind a name is one of birth where the sex is told, or brackets hold nothing else."""
    return bool(_SEXED.search(match[0])) or match[0].startswith(("（", "("))


def _of_somebody(text: str, named: list[Person], start: int, end: int) -> bool:
    """Return whether a named person stands in the sentence."""
    near = max(0, start - _REACH)
    first = max((m.end() for m in _SENTENCE_END.finditer(text, near, start)), default=near)
    last = match.start() if (match := _SENTENCE_END.search(text, end, end + _REACH)) else end + _REACH
    return is_named_between(named, first, last)


def _masked(said: str) -> str:
    return re.sub(r"\d", "*", said) if any(one.isdigit() for one in said) else "*"
