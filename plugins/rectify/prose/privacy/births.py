"""When a person was born, and how old a named person is; the founding of a body and the age of many are no secret.

A word for birth directly before a day, or behind it, tells enough. Of every other day what stands around it is weighed: the
particulars of somebody, such as sex, schooling or kin, for it; what makes it the day of an act against it. The weights are
tenths of natural logarithms, fitted to texts in which the days of birth were known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import Passage
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.birthdays import by_the_way
from rectify.prose.privacy.columns import cells_below, line_at
from rectify.prose.privacy.days import DATE, DATED, FEAST, GAP, HAN_YEAR, OF_NO_YEAR, SPACED, Day, days
from rectify.prose.privacy.names import LEADERS, NAME_BEGINS
from rectify.prose.privacy.parted_births import TIME, in_parts
from rectify.prose.privacy.reading import Reading, scanned
from rectify.prose.privacy.spans import apart
from rectify.prose.privacy.whose import Whose
from rectify.prose.word_lists import any_of, load

_DATA = load("births")
_EVENT = rf"(?:(?:前一天|后一天|{FEAST}|[一-鿿“”\"]{{1,14}}?(?:那[天日年晚夜]|当[天日晚年夜])))?"
_NO_BIRTH = r"(?!成立|设立|组建|以来|之?[前后]|以[前后])(?![\d年月日])"
_LIFETIME = r"(?:18\d\d|19[0-5]\d)(?:[.年]\d{0,2}月?)?[—–~～\-至]{1,2}(?:(?:19|20)\d\d(?:[.年]\d{0,2}月?)?)?"
_WRITTEN = r"(?:(?:医学)?(?:证明?|一?栏|记录|信息)[上中里]?所?(?:写|填|记载?|载明?|登记|显示|标[注明]?|录入?)[的明为是了成]{0,2}(?:日期|时间)?)?"
"""Where the day is written: 出生证上写的"""
_IN_FIELDS = r"(?:19|20)\d\d年?[、，, ]{1,2}月份?[：: ]?\d{1,2}[、，, ]{1,2}日期?[：: ]?\d{1,2}"
_LABELLED = late(
    rf"(?:出[ \u3000]?生(?:[一-鿿]{{0,2}}日期|日(?=[由从被])|[ \u3000]?年[ \u3000]?月[ \u3000]?日?|年份|时间|于|地)?|生[日辰年卒](?:期|月日)?|诞辰|(?<![发产学医先考新师派衍滋花寄共野诞])诞?生于|(?<![一-鿿])生(?=[：:])|[年时日]生(?=[：:])|新生儿(?=[：: ]{{1,2}}\d)|出生(?:医学)?证明?(?=[ ：:]{{1,2}}\d)|(?:分娩|娩出|接生)(?:时间|日期)?(?=[：:为是于 ])|诞于|(?<=同学)生于|降生于|(?<=[我他她人])生在|csrq|csny|(?i:(?<![a-z])(?:d\.?o\.?b\.?|yob|born(?: on| in)?|birth(?:day|date|_?date|_day)?|date ?of ?birth)))"
    rf"(?P<is>{_WRITTEN}(?:[（(][^（）()\n]{{1,16}}[）)])?(?:[一-鿿]{{1,4}}?[：:为成]|(?<=日期|时间|年月)[一-鿿]{{1,12}}?)?[：:为是于由从被按的以|=（(\"“'’ \u3000\xa0在另列有*]{{0,8}}\n?(?:[农阴公阳]历)?)(?P<date>{DATE}(?:[，一-鿿]{{0,8}}为{DATE})?|{OF_NO_YEAR}|{_IN_FIELDS}|(?<![\d.])[2-9]\d[./、。，,\-]\d{{1,2}}(?:[./、。，,\-]\d{{1,2}})?(?![\d%％])|(?:19|20)\d\d[、。，,]\d{{1,2}}[、。，,]\d{{1,2}}(?!\d)|\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d)|(?:19|20)\d{{6}}(?:\d\d(?:\d\d)?)?(?!\d)|(?:19|20)\d\d|{HAN_YEAR}|(?:(?<=生日)|(?<=生日[为是：: ]))\d{{1,2}}[./\-]\d{{1,2}}){_NO_BIRTH}(?![至到~～—]|[*×某X])"
)
_NOBODYS = compiled(
    "(?:制度|机制|政策|平台|品牌|组织|学校|企业|公司|项目|[犬牛羊猪马驹羔崽仔猫鸡苗][只匹头]?|[畜禽]|宠物|动物|支部|政治|党的?|祖国的?|建[军党国])$"
)
"""Whose birth is no secret."""
_SOMEWHERE = "[在于][一-鿿]{2,10}?"
_BORN = late(
    rf"(?<![至到~～—])(?:(?<!年)|(?<=[今去前当]年))(?P<date>(?:{DATE}|{OF_NO_YEAR}){GAP}(?:[（(][^（）()\n]{{1,10}}[）)])?{_EVENT}(?:[是为过的][一-鿿]{{0,3}}?生日|[过做][一-鿿\d]{{0,3}}寿|[当日这那天凌晨上下午夜早晚间时分点许底初末\d：:]{{0,8}}{TIME}(?:(?:在[一-鿿]{{2,10}})?(?:早产|[顺剖]腹?宫?产|分娩)(?!率|儿|量|室|总|镇痛|中心|机构|安全|服务|费|补|女|妇|医|病|住院)|坐月子|(?:[上下]半年|年[初底中末]|[春夏秋冬][天季里])生(?!产)|[产诞生]下|娩出|产[一双]?[名个]?[男女婴子](?!品)|(?:(?<!\d年){_SOMEWHERE}|前后|左右)?(?:出[ \u3000]?生(?!人口|率|缺陷|医学|登记|队列|证)|降生|出世)|[鼠牛虎兔龙蛇马羊猴鸡狗猪]年生|降生|诞生(?=于[^。；]{{0,6}}家)|出世|来到(?:人世|世[上间])|生人|人(?=[，。、）)])|生[于在](?!产)|[的所]?生(?=[（(）)，。、；\s|\]】」”的将至迄]|$|[初高]中|小学|[大中]专|本科|文盲|[汉壮回苗藏彝土满侗瑶蒙]|[已未]婚|中共|群众|[男女]|户籍|籍贯|住|身份证)|[（(]生[）)])))"
    rf"|(?P<listed>{DATE})(?=[和与及、]{DATE}{GAP}(?:出?生|降生))"
    rf"|(?P<ox>(?:[〇零○一二三四五六七八九]{{2}}年)?(?<![附所直归从下隶])属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:(?![一-鿿])|(?=的))|(?<=(?:属相|生肖)[：:为是])[鼠牛虎兔龙蛇马羊猴鸡狗猪])"
)
_OTHERWISE = late(
    rf"(?:[我他她孩娃]是|本人|闺女|女儿|儿子|孙子|孙女|老[大二三幺])(?P<own>{DATE}|\d\d年)的人?(?=[，。、；\s]|$)|(?P<folk>(?:19\d\d|{HAN_YEAR})年(?:\d{{1,2}}月)?)的人(?=[，。、；\s]|$)"
    rf"|[子女娃孩孙](?P<child>{DATE})落地|[氏父母爷奶老士][（(](?P<life>{_LIFETIME})[）)]"
    rf"|(?<![A-Za-z])[Bb]\.? ?(?P<begun>{DATE})(?=[，,; ]{{1,2}}[Dd]\.)|生日[：:为是]{{0,2}}{OF_NO_YEAR}[，,、 ]{{1,2}}年份?[：:为是]{{0,2}}(?P<year>(?:19|20)\d\d)"
)
"""他是八八年的, 1929年的人, 何氏（1926—2020）"""
_LIVED = late(
    rf"生卒[年月日]{{0,3}}[：:为是 ]{{0,3}}(?P<date>(?:{DATE}|\d{{4}})[至到~～—\-]{{1,2}}(?:{DATE}|\d{{4}}年?)?)"
)
_AGE = late(
    r"(?:年满|刚满|已满|满)?(?:(?<![\d.])\d{1,3}|[一二三四五六七八九十百]{1,4})周?岁(?:\d{1,2}个月|高龄|生日)?(?!以[上下]|及以|至|—|-|儿童|以内|左右的老)|[一二三四五六七八九]十有[一二三四五六七八九]|(?:享年|终年|年方|年届|时年|虚岁|现年|年龄)[：:为是约 ]{0,2}(?:\d{1,3}(?![\d.%％])|[一二三四五六七八九十]{2,3})"
)
_AGED = late(
    rf"{_AGE.pattern}|(?:今年|虚岁|周岁)(?:[二三四五六七八九]十[一二三四五六七八九]?|\d{{2}})(?![\d年月日号个岁])"
)
"""Beside a day of birth, whoever was born then."""
_BESIDE_NAME = late(
    rf"(?:[填写]?[为成：:，, ]{{0,2}}(?P<spaced>{SPACED}))|(?P<date>(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)(?!\d)|[（(](?P<life>{_LIFETIME})[）)]"
)
"""In the name of a file, and the years of a life."""
_HINT = compiled(
    any_of(
        [
            *_DATA["hints"],
            *(f"{digit}{word}" for digit in "0123456789一二三四五六七八九十" for word in ("生", "落地")),
            *(f"{day}{word}" for day in ("节", "阳", "天") for word in ("出生", "落地", "生（", "生的")),
            "生_",
            *(f"{hour}生" for hour in "晨午晚夜上时分点所前后许半食至"),
            *(f"属{animal}" for animal in "鼠牛虎兔龙蛇马羊猴鸡狗猪"),
        ]
    )
    + "".join(f"|{one}是[\\d一五六七八九〇]" for one in "我他她孩娃")
    + "".join(rf"|{part}的(?=[，。、；])" for part in "年月日")
    + r"|本人[\d一五六七八九〇]|生[：:](?<![一-鿿]..)"
    + "".join(rf"|{opening}[\d.年月]{{4,8}}[—–~～\-至]" for opening in ("（", r"\("))
)
_HEADING = compiled(r"出[ \u3000]?生|生[ \u3000]?日|(?i:birth|dob)")
_COLUMN = late(r"出生(?:日期|年月日?|时间)?|生日|(?i:birthday|birthdate|dob|dateofbirth)")
_CELL = late(rf"(?:{DATE}|\d{{6}}(?:\d\d)?)日?")
_PUBLIC = late("|".join(_DATA["public"]))
_PAST = late("|".join(_DATA["past"]))
"""Whose birth is told in public: who is to take an office, and whom history knows; of animals as well."""
_YEAR, _ALIVE, _LIVING = compiled(r"1[89]\d\d"), 1900, 1960
_SENTENCE_END = compiled(r"[。；\n]")
_REACH = 50
"""Characters from an age within which its name stands."""

_WEIGHTS: dict[str, int] = _DATA["weights"]
_SAID = {name: compiled(any_of(words)) for name, words in _DATA["sentence"].items() if name in _WEIGHTS}
_TELLING = (
    compiled(any_of(word for name in _DATA["telling"] for word in _DATA["sentence"][name])),
    compiled(r"[男女FM](?<![^，,、：:|/\t （(\"”男\n].)[，,、|/\t ）)\"“]"),
    compiled("[父母妻夫妹姐兄弟](?<![一-鿿].)[，,：:（( ][0-9]"),
    compiled("某(?![些种个项])|(?:先生|女士)[：:，,（( ]{0,2}[0-9]"),
)
"""One of these, or somebody's name, is on the line of every day of birth."""
_EDGE = r"\s，。、；：（）()|/_,:;\"“”'\-\[\]【】《》<>=·？！?!."
_ACT_BEHIND = late(rf"[{_EDGE}]{{0,2}}[一-鿿]{{0,4}}?(?:{any_of(_DATA['sentence']['act'])})")
_EDGES = compiled(f"[{_EDGE}]{{1,4}}")
_SEX = late(rf"(?<![^{_EDGE}])[男女FM](?![^{_EDGE}])|性别|(?i:sex|gender)")
_SEX_BEFORE = late(rf"(?<![^{_EDGE}])[男女FM](?:[{_EDGE}]{{1,3}}[一-鿿]{{1,5}})?[{_EDGE}]{{1,3}}$")
_SEX_BEHIND = late(rf"[{_EDGE}]{{1,3}}[男女FM](?![^{_EDGE}])")
_NATION = late(r"[一-鿿]{1,4}族(?![一-鿿]{2})|民族")
_RECORDED_BEFORE = late(
    r"(?:[由从将把与和同跟按却即是系以原现]|(?:[改变更]|更[正改]|[填写载登记录显][着了的示]?)?[为成至到]?(?<![在前]))[“\"]?$"
)
_RECORDED_BEHIND = late(
    r"[”\"]?(?:[改更变涂篡修调误]|不一|不符|为准|相差|出入|矛盾|[与和同跟，、][一-鿿]{0,12}(?:不一致|不符|不同|不吻|相差|差))"
)
_OTHER_LABEL = late(r"[一-鿿](?<!生)(?:时间|日期|时限|期限|年份|期|时)[为是：: ]{0,3}$|[自从至于到在迄间]$")
_RANGE_SIGNS = frozenset("至到~～—-")
_BOUND = late("(?:以?[前后起]|之?[前后]|以来|[止终始间])")
_OF_THAT_DAY = late(rf"的[人娃]?(?=[{_EDGE}]|$)")
_JOINED = late(
    rf"[；;，、 ]{{0,2}}(?:{any_of(_DATA['sentence']['kin'])}|[父母妻夫兄弟姐妹子女媳婿])[，,：: ]{{0,2}}|[”\"）) ]{{0,2}}[、，,和与及或/而 ]{{0,2}}(?:[一-鿿]{{0,2}}(?:{any_of(_DATA['sentence']['papers'])})[一-鿿]{{0,3}}|(?:[应修]?[更改变修调]{{0,2}}[改正更]?[为成到至])?)[“\"（( ]{{0,2}}"
)
"""What stands between two days of birth."""
_MASKED_BEFORE = late(rf"某[一-鿿]?[{_EDGE}]{{1,3}}$|[{NAME_BEGINS}](?:先生|女士|某某?)[{_EDGE}]{{0,3}}$")
_KIN = "(?<![一-鿿])[父母妻夫兄弟姐妹子女媳婿]"
_PART_BEFORE = late(rf"(?:{any_of([*_DATA['sentence']['part'], *_DATA['sentence']['kin']])}|{_KIN})[{_EDGE}]{{1,3}}$")
_LIFE = late(rf"[—–~～\-至]{{1,2}}(?:{DATE})?[）)]")
"""What follows the first day of a life in brackets: （1938.6—）"""
_YEARS = (
    (1960, "before 1960"),
    (1980, "before 1980"),
    (2000, "before 2000"),
    (2009, "before 2009"),
    (2016, "before 2016"),
)
_LEFT, _RIGHT, _BESIDE, _CHILDHOOD = 40, 25, 4, 2009


def births(passage: Passage, reading: Reading, named: list[Person]) -> Iterator[Finding]:
    """Return the dates of birth, and the ages of named persons."""
    text = reading.text
    text, hinted = scanned(text), _HINT.search(text)
    spans: set[tuple[int, int]] = set()
    if hinted:
        spans |= _told(text)
        below = cells_below(text, _HEADING, _COLUMN)
        spans |= {(cell.start, cell.end) for cell in below if _CELL.fullmatch(text, cell.start, cell.end)}
    spans |= set(by_the_way(text))
    for person in named:
        if after := _BESIDE_NAME.match(text, person.end):
            spans.add(after.span(after.lastgroup or 0))
    if named and not passage.characters.isdisjoint("岁有年"):
        spans |= {match.span() for match in _AGE.finditer(text) if _of_somebody(text, named, *match.span())}
    spans |= _weighed(text, named, spans)
    sentences = {_sentence(text, *span) for span in spans}
    spans |= {match.span() for first, last in sentences for match in _AGED.finditer(text, first, last)}
    for start, stop in apart({span for span in spans if not _is_public(text, *span)}):
        first, last = reading.source(start, stop)
        yield passage.found("P030", first, token=passage.text[first:last], example=_masked(text[start:stop]))


def _is_public(text: str, start: int, end: int) -> bool:
    """Return whether the sentence is about somebody or something of which everybody knows the birth."""
    first, last = _sentence(text, start, end)
    if _PUBLIC.search(text, first, last):
        return True
    year = int(found[0]) if (found := _YEAR.search(text, start, end)) else _LIVING
    return year < _ALIVE or (
        year < _LIVING and bool(_PAST.search(text, first, last) or LEADERS.search(text, first, last))
    )


def _weighed(text: str, named: list[Person], known: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the days that what stands around them makes days of birth; those known are."""
    particulars, ends, found = Particulars(text, named), {end for _, end in known}, set()
    last = 0
    for day in _days_beside_somebody(text, named):
        beside = last in ends and _JOINED.fullmatch(text, last, day.start)
        if particulars.weight(day) + (_WEIGHTS["beside a birth"] if beside else 0) > 0:
            found.add((day.start, day.end))
            ends.add(day.end)
        last = next((end for end in (day.end, day.end + 1, day.end + 2) if end in ends), day.end)
    return found


def _days_beside_somebody(text: str, named: list[Person]) -> Iterator[Day]:
    end = -1
    for match in DATED.finditer(text):
        if match.start() > end:
            start, end = line_at(text, match.start())
            if any(one.search(text, start, end) for one in _TELLING) or is_named_between(named, start, end):
                yield from days(text, start, end)


class Particulars:
    """What the days of a text stand among."""

    def __init__(self, text: str, named: list[Person]):
        self._text = text
        self._private = [(one.start, one.end) for one in named if one.rule == "P009"]
        self._ends = {end for _, end in self._private}

    @cached_property
    def _whose(self) -> Whose:
        return Whose(self._text, self._private)

    def weight(self, day: Day) -> int:
        """Return what speaks for a day of birth, less what speaks against it."""
        return sum(_WEIGHTS[name] for name in self.evidence(day))

    def evidence(self, day: Day) -> Iterator[str]:
        """Yield the names of the weights of a day."""
        text, (start, end) = self._text, line_at(self._text, day.start)
        left = _SENTENCE_END.split(text[max(start, day.start - _LEFT) : day.start])[-1]
        right = _SENTENCE_END.split(text[day.end : max(day.end, min(end, day.end + _RIGHT))])[0]
        yield "any day"
        yield from self._frame(left, right)
        said = f"{left}|{right}"
        told = [name for name, words in _SAID.items() if words.search(said)]
        yield from told
        if day.year >= _CHILDHOOD and "childhood" in told:
            yield "of a child"
        if _SEX.search(said):
            yield "sex"
        if _SEX_BEFORE.search(left) or _SEX_BEHIND.match(right):
            yield "sex beside"
        if _NATION.search(said):
            yield "nation"
        if self._is_behind_name(day.start) or _MASKED_BEFORE.search(left):
            yield "name before"
            if left[-1:] in ("（", "(") and _LIFE.match(right):
                yield "life"
        elif _PART_BEFORE.search(left):
            yield "part before"
            if left[-1:] in ("（", "(") and right[:1] in ("）", ")"):
                yield "bracketed"
        if self._whose.is_on_line(day.start, day.end):
            yield "somebody"
        yield next((name for year, name in _YEARS if 0 < day.year < year), "recent" if day.year else "no year")
        if not day.is_whole:
            yield "year" if day.is_bare_year else "month"

    def _frame(self, left: str, right: str) -> Iterator[str]:
        """Yield whether a day stands as a value, is one that a paper records, or goes with what happened."""
        recorded = _RECORDED_BEHIND.match(right)
        if recorded:
            yield "recorded behind"
        if _BOUND.match(right):
            yield "bound"
        elif _OF_THAT_DAY.match(right):
            yield "of that day"
        elif right and not _EDGES.match(right) and not recorded:
            yield "goes on"
        if _ACT_BEHIND.match(right):
            yield "act behind"
        if (left[-1:] in _RANGE_SIGNS and left) or (right[:1] in _RANGE_SIGNS and right):
            yield "ranged"
        if _OTHER_LABEL.search(left):
            yield "other label"
        elif left and not _EDGES.match(left[-1]) and _RECORDED_BEFORE.search(left):
            yield "recorded before"

    def _is_behind_name(self, place: int) -> bool:
        return any(
            place - size in self._ends and (not size or _EDGES.fullmatch(self._text, place - size, place))
            for size in range(_BESIDE)
        )


def _told(text: str) -> set[tuple[int, int]]:
    """Return the days with a word for birth before or behind them."""
    told = {match.span(match.lastgroup or 0) for match in _BORN.finditer(text)}
    told |= {match.span("date") for match in _LIVED.finditer(text)}
    told |= {match.span(match.lastgroup or 0) for match in _OTHERWISE.finditer(text)}
    told |= set(in_parts(text))
    for match in _LABELLED.finditer(text):
        if not _NOBODYS.search(text, max(0, match.start() - 6), match.start()):
            told.add(match.span("date"))
    return told


def _of_somebody(text: str, named: list[Person], start: int, end: int) -> bool:
    """Return whether a named person stands in the sentence."""
    return is_named_between(named, *_sentence(text, start, end))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of the sentence of a place."""
    near = max(0, start - _REACH)
    first = max((m.end() for m in _SENTENCE_END.finditer(text, near, start)), default=near)
    return first, match.start() if (match := _SENTENCE_END.search(text, end, end + _REACH)) else end + _REACH


def _masked(said: str) -> str:
    return re.sub(r"\d", "*", said) if any(one.isdigit() for one in said) else "*"
