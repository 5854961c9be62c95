"""Homes that no number tells, by what is said of the person whose they are: (河口镇老街理发店隔壁), 板栗园村村部后面王家.

A part of such a sentence is a home if it reads as a place from its first character to its last and ends in what is finer
than a village: a cluster of houses, a house, or where it lies from something. Behind a word for dwelling less is enough.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.people import Person
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.said_of import around
from rectify.prose.word_lists import any_of, load

_DATA, _PEOPLE = load("dwellings"), load("people")
PLACE = r"[^，。；：、（）()|\s的“”\[\]!<>/]"
_COUNT = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,3})"
_AREA = (
    r"(?:[一-鿿](?:[村屯寨庄镇乡营里庙堡]|社区|小区|嘎查|苏木|街道?|[路巷弄道]|胡同|[林农牧茶]场|[安移][置民][区点]|新城|新区|生活区|棚户区|[厂矿片]区|居委)|[一-鿿\d]村|[一-鿿]{2}[湾冲坳岭塘沟坡垸岗畈墩垅垭凹梁塬坝坪洼岔]"
    rf"|^(?:{any_of(_DATA['landmarks'])}))"
)
"""A part of a town or of the country, or what stands in one."""
_SIDE = (
    r"(?:斜?对[面门过]|隔壁|[前后旁左右东南西北里外上下]{1,2}[面边侧头首方]|背后|[旁后背侧边](?:那[一二三两]?[间栋座排]|的)?|附近|一带|门口|院[里内]|楼[上下顶]|里头|山[脚腰]下?|河沿|[弄巷]底|最里"
    r"|[村路河桥巷沟坝井塘坎坡山嘴岔街田库湖江渠池圩海林庙校][口边上下头尾顶底脚背里]|大坪上)"
)
_HOUSE = (
    r"(?:(?<![盖建拆买卖租购分看修药库住危])房|[屋宅窑]|蒙古包|帐篷|房子|屋[基场]|宅基地?|院子|院落|(?<![渔轮汽])船|[工窝草]棚|隔[断间]间?[A-Z]?\d{{0,3}}|窑洞|祠堂|(?:筒子|宿舍|家属|单身|五保)[楼院]|家属区|宿舍|大院"
    rf"|{_COUNT}[楼层][前后东西]?间?|[东西南北前后]楼|[东西][户门]|[前后]间)"
)
_NTH = rf"(?:(?:第?{_COUNT}|[头首末尾]|最后一)(?:个)?(?:户|家|间|座|排|栋|幢|门(?!口)|院|弯|坎)|[A-Z]\d{{1,3}}户)"
_FAR = r"(?:[东西南北上下里外前后]{1,2}方?向?[走行]?约?[\d.一二三四五六七八九十百]{1,6}(?:米|公里|里)处?)"
_NUMBER = r"(?:\d[号室户栋幢座]|\d-\d{1,4}|门\d{3,4}|\d号码头)"
_HAMLET = r"(?:[一-鿿\d][组社队屯]|[湾坪冲坳岭塘沟坡垸岗畈墩圩垅坝垭岔凹洼梁峁塬沱坨坞屿脚坪]子?)"
_ABODE = compiled(rf"{_AREA}{PLACE}{{0,20}}?(?:{_SIDE}|{_HOUSE}|{_NTH}|{_FAR}|{_NUMBER}|{_HAMLET})处?$")
VILLAGE_OF = late(r"[一-鿿](?:[镇乡市县区旗]|街道|苏木)[一-鿿\d]{1,9}(?:[村屯寨]|社区|嘎查|小区)")
"""What is no finer than a village tells a home where that is said of it."""
_VILLAGE = late(rf"{VILLAGE_OF.pattern}$")
_NUMBERED = late(
    rf"(?:{_AREA}|{any_of(_DATA['estates'])}){PLACE}{{0,14}}?(?<!\d)(?:[甲乙丙丁A-H]-?)?\d{{1,4}}[A-H]?(?:[东西南北中][户门]?)?$"
)
"""What ends in a number: 十里铺东街乙19."""
_READS = compiled(r"[^\W_]{2,}(?:[-#][^\W_]+)*")
_NO_PLACE = late(any_of(_DATA["no_places"]))
_STAFF = compiled("(?:教师|职工|干部|员工)(?=公寓|宿舍|楼|新村|小区|大院)|管理(?=[房用])")
"""Whose houses places are called after."""
_OFFICE = any_of(_DATA["offices"])
_LANDMARK = late(
    rf"(?:{_OFFICE}|村委?会?|乡里)(?:[一-鿿]{{0,3}}?(?:{_SIDE}|宿舍|家属|教工|教师楼|职工楼|筒子楼)|[一-鿿]?[路街巷弄])"
)
"""Beside what somebody lives, and what a street is called after: an office is no office there."""
_OFFICE_ITSELF = late(_OFFICE)
_DWELLS = late(
    r"(?:(?<![入收])住(?!院|建|房|保|宅|户|宿|所周)[址处所在于]?|居住?(?!民|委|家)[在于地处点所]{0,2}|家(?:就?在|庭住址|庭地址)|落[脚户]点?|安置[在于到]|[搬迁][到至]|(?:[其家屋房己]|住[房宅])位于|[娘婆夫]家"
    r"|地址|房号|门牌|泊|户籍(?:所在)?地?|[原祖]籍)[一-鿿]{0,2}?[为是在于：: 的]{0,3}"
)
"""Behind this a place is where somebody lives."""
_LABELLED = late(rf"(?:{_DWELLS.pattern})(?:[（(][^（）()\n]{{0,12}}[）)])?[：: \n]{{0,3}}$")
_SPATIAL = "厂村屯寨庄镇乡营社区路巷弄道街苑园院楼栋幢室层号房屋窑棚船舍站桥河江湖塘沟坝井坎坡山岭岗冲湾坪坳垸畈墩圩垅岔凹洼梁峁塬沱坨坞屿口边旁侧前后东西南北上下面壁门底头尾腰背沿里港组队户家"
_TO_ITS_END = compiled(rf".{{0,60}}[{_SPATIAL}\d]")
_FEW = compiled(rf"[{_SPATIAL}].{{0,60}}[{_SPATIAL}\d]")
_ONE_LIVES = late(
    r"家里?(?:就|住|现在|现)*在|一个人(?:住[在于]?|在)|独自(?:住[在于]?|在)|自己(?:住[在于]?|在)|住(?!院|建|房|保|宅|户|宿)[在于]?|租(?:住|了|房)?[在于的]|躲在|藏在|挤在|窝在|蜷在|缩在|守着?在|租的(?:房子?)?[是在]|搬[到去进]|借住[在于]?|落脚[在于]?"
)
"""What leads to where somebody lives."""
_WHO = late(
    rf"(?:[我他她你]们?|其|本人|自称|称|[人者]|{any_of([*_PEOPLE['private'], *_PEOPLE['parts'], *_PEOPLE['roles'], *_PEOPLE['titles']])})[就只也说还的现目前长期一直暂时一家几两三四五六七口人]{{0,6}}$|(?:^|[，。：、\s“])$"
)
"""Who, before it; a clause may begin with it as well."""
_LONGEST_WHO = 14
_ELSEWHERE = late("医院|病房|养老院|敬老院|福利院|看守所|监狱|学校|公司|单位|外地|一起|国外|户|进|院")
_FAMILY = compiled("[组屯寨湾冲坪坳岭塘沟坡垸岗畈墩圩垅坝垭岔凹洼梁峁塬沱坨坞屿脚村社队子][·・的]?.(?:姓|家|某)")
_TAIL = compiled(
    rf"(?:居?住|那[户家]|[一二两三四五六七八九十\d]间|人氏?|等地|处|业主|租户|{any_of([*_PEOPLE['private'], *_PEOPLE['roles']])})$"
)
_PART = compiled(rf"(?:{PLACE}|的(?=[^\W\d_]{{0,6}}(?:宿舍|[房楼院屋棚船]))){{3,60}}")
_LEAD = compiled("(?:现|原|系|常年|长期|常|均|就是|实际|其|独自|在|是|为){0,4}")
_NARRATED = late(r"[“\"]?[^，。；：、|\n]{2,40}")
_ENDS_AT_A_DOOR = late(
    rf"(?:{_SIDE}|{_HOUSE}|{_NTH}|{_FAR}|{_NUMBER}|[左右]手边?|{_COUNT}[楼层][左右东西]?[手边侧户]{{0,2}}|那[个栋座幢排间条][^，。；]{{0,8}}[院楼房屋巷弄子]|走{_COUNT}?百?[米步]|隔[断间]间?[A-Z]?\d{{0,3}}|[里边]间|[楼栋])[”\"]?(?:的?一?(?:间|套|个)?[^\W\d]{{0,2}}[里内]?)?$"
)
_BEFORE = 20
_OF_A_HOUSEHOLD = late(
    rf"[户家](?:(?<=户)(?<![入到进按每各分大商用客体营店].)|(?<=[姓某]家)|(?<=[姓某].家)|(?<=[姓某]..家))[（(：: ]{{1,2}}(?P<place>{PLACE}{{3,40}}?)(?=[）)，。；·\n]|$)"
)
"""该户（东岔村上河湾李家大院隔壁）"""
_OF_HALF_A_NAME = late(
    rf"[{NAME_BEGINS}]某[一-鿿]?(?:[，（(：: |\t]{{1,3}}[男女])?[，（(：: |\t]{{1,3}}(?P<place>{PLACE}{{4,30}}?)(?=[，。；）)|\t\n]|$)"
)
"""周某，枣树台村东头砖厂后面"""
_PLACE_OF = late(
    rf"(?P<place>{PLACE}{{0,10}}[一-鿿](?:{_HAMLET}|自然村|寨子))[·・的]?(?=[{NAME_BEGINS}](?:姓(?![名氏])|家[一-鿿]{{0,2}}[子女儿爷父母]|某{{0,2}}[家户](?![一-鿿]?[庄村湾坝冲坪屯沟寨])))"
)
"""石门坎组·罗家二儿子"""


def abodes(text: str, named: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Yield the homes in what is said of private persons; all who are named, in order."""
    starts = [person.start for person in named]
    between: set[tuple[int, int]] = set()
    for start, end in {around(text, person.start, person.end) for person in named if person.rule == "P009"}:
        inside = named[bisect_left(starts, start) : bisect_left(starts, end)]
        between.update(pairwise([start, *(place for person in inside for place in (person.start, person.end)), end]))
    for first, last in sorted(between):
        for part in _PART.finditer(text, first, last):
            yield from _home_in(text, *part.span())
    for told in _OF_A_HOUSEHOLD.finditer(text):
        place = _TAIL.sub("", told["place"])
        if _reads(place) and (_ABODE.search(place) or _NUMBERED.search(place)):
            yield told.start("place"), told.start("place") + len(place)
    for told in _OF_HALF_A_NAME.finditer(text) if "某" in text else ():
        place = _TAIL.sub("", told["place"])
        if _reads(place) and (_ABODE.search(place) or _NUMBERED.search(place)):
            yield told.start("place"), told.start("place") + len(place)
    for told in _PLACE_OF.finditer(text) if _FAMILY.search(text) else ():
        if _reads(told["place"]):
            yield told.span("place")
    for told in _ONE_LIVES.finditer(text):
        said = _NARRATED.match(text, told.end())
        if said and _is_told(said[0]) and _WHO.search(text[max(0, told.start() - _LONGEST_WHO) : told.start()]):
            yield said.span()


def _home_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the home stands in a part of a sentence, if it holds one."""
    told = [match.end() for match in _DWELLS.finditer(text, start, end) if match.end() < end]
    if told:
        start = told[-1]
    elif not _LABELLED.search(text, max(0, start - _BEFORE), start):
        start = _LEAD.match(text, start).end()  # type: ignore[union-attr]
        bracketed = text[start - 1 : start] in ("（", "(")
        place = _TAIL.sub("", text[start:end])
        if _reads(place) and (_ABODE.search(place) or (bracketed and _VILLAGE.search(place))):
            yield start, start + len(place)
        return
    match = _TO_ITS_END.match(text, start, end)
    if match and _reads(match[0]) and (_FEW.search(match[0]) or _VILLAGE.search(match[0])):
        yield match.span()


def _is_told(place: str) -> bool:
    """Return whether what somebody says of where he lives leads there: 派出所斜对面那栋绿楼的五楼左手边."""
    return bool(
        _ENDS_AT_A_DOOR.search(place) and not _NO_PLACE.search(place) and not _ELSEWHERE.match(_LANDMARK.sub("", place))
    )


def _reads(place: str) -> bool:
    """Return whether a part of a text can be a place and no office's."""
    return bool(_READS.fullmatch(place)) and not _NO_PLACE.search(_STAFF.sub("", place)) and not is_office(place)


def is_abode(place: str) -> bool:
    """Return whether what stands behind a word for dwelling leads to somebody's door, whoever that is."""
    place = _TAIL.sub("", _LEAD.sub("", place, count=1))
    return _reads(place) and bool(_ABODE.search(place) or _NUMBERED.search(place))


def is_office(place: str) -> bool:
    """Return whether an address is that of an office, not of what lies beside one."""
    return bool(_OFFICE_ITSELF.search(_LANDMARK.sub("", place)))
