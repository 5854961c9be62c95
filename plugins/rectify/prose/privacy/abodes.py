"""Homes that no number tells, by the person beside whom they stand: (河口镇老街理发店隔壁), 板栗园村村部后面王家.

What stands directly behind a name, or before it, is a home if it reads as a place from its first character to its last
and ends in what is finer than a village: a cluster of houses, a house, or where it lies from something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rectify.prose.late import late
from rectify.prose.people import Person
from rectify.prose.word_lists import any_of, load

_DATA, _PEOPLE = load("dwellings"), load("people")
PLACE = r"[^，。；：、（）()|\s的“”\[\]!<>/]"
_COUNT = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,3})"
_AREA = (
    r"(?:[一-鿿](?:[村屯寨庄镇乡营里庙堡]|社区|小区|嘎查|苏木|街道?|[路巷弄道]|胡同|[林农牧茶]场|安置[区点]|新城|新区)|[一-鿿\d]村"
    rf"|^(?:{any_of(_DATA['landmarks'])}))"
)
"""A part of a town or of the country, or what stands in one."""
_SIDE = (
    r"(?:斜?对[面门过]|隔壁|[前后旁左右东南西北里外上下]{1,2}[面边侧头首方]|[旁后背侧]|附近|一带|门口|院[里内]|楼[上下顶]|里头|山脚下?"
    r"|[村路河桥巷沟坝井塘坎坡山嘴岔街田][口边上下头尾顶底脚背里]|大坪上)"
)
_HOUSE = (
    r"(?:(?<![盖建拆买卖租购分看修药库住危])房|[屋宅窑]|蒙古包|帐篷|房子|屋基|宅基地?|院子|院落|(?<![渔轮汽])船|[工窝草]棚|窑洞|祠堂|(?:筒子|宿舍|家属|单身|五保)[楼院]|家属区|宿舍|大院"
    rf"|{_COUNT}楼[前后东西]?间?|[东西][户门]|[前后]间)"
)
_NTH = rf"(?:(?:第?{_COUNT}|[头首末尾]|最后一)(?:户|家|间|座|排|栋|幢)|[A-Z]\d{{1,3}}户)"
_FAR = r"(?:[东西南北上下里外前后]{1,2}方?向?[走行]?约?[\d.一二三四五六七八九十百]{1,6}(?:米|公里|里)处?)"
_NUMBER = r"(?:\d[号室户栋幢座]|\d-\d{1,4}|门\d{3,4}|\d号码头)"
_HAMLET = r"(?:[一-鿿\d][组社队屯]|[湾坪冲坳岭塘沟坡垸岗畈墩圩垅坝垭岔凹洼梁峁塬沱坨坞屿脚坪])"
_ABODE = re.compile(rf"{_AREA}{PLACE}{{0,20}}?(?:{_SIDE}|{_HOUSE}|{_NTH}|{_FAR}|{_NUMBER}|{_HAMLET})处?$")
VILLAGE_OF = late(r"[一-鿿](?:[镇乡市县区旗]|街道|苏木)[一-鿿\d]{1,9}(?:[村屯寨]|社区|嘎查|小区)")
"""What is no finer than a village tells a home where that is said of it."""
_VILLAGE = late(rf"{VILLAGE_OF.pattern}$")
_READS = re.compile(r"[^\W_]{2,}(?:[-#][^\W_]+)*")
_NO_PLACE = late(any_of(_DATA["no_places"]))
_OFFICE = any_of(_DATA["offices"])
_LANDMARK = late(rf"(?:{_OFFICE}|村委?会?|乡里)(?:[一-鿿]{{0,3}}?(?:{_SIDE}|宿舍|家属)|[一-鿿]?[路街巷弄])")
"""Beside what somebody lives, and what a street is called after: an office is no office there."""
_OFFICE_ITSELF = late(_OFFICE)
_LEAD = r"(?:现|原|系|常年|长期|常|均|就是|实际|家|其|独自|租|暂|寄|借|住[址处]?|居[住所]?|[一-鿿]{0,2}地址?|地址|泊|在|于|是|为|[：: ]){0,5}"
_BEHIND = late(
    rf"(?:家|户|夫妇|收|[一-鿿]{{2,8}}[点地处址](?=[：:]))?(?:[（(][男女][^（）()\n]{{0,6}}[）)])?(?P<sign>[，,（(|\t \u3000：:\n]{{1,3}}|(?=[住居泊]))"
    rf"(?:[男女][，,]|[^，。；：、（）()|\s]{{1,4}}[族岁][，,]|\d{{1,3}}岁[，,]){{0,3}}{_LEAD}(?P<place>{PLACE}{{3,40}})"
)
_BEFORE = late(
    rf"(?:^|[，。；：、（）()|\s“”])(?P<place>{PLACE}{{3,40}}?)(?:{any_of([*_PEOPLE['private'], *_PEOPLE['roles']])})?$"
)
_LONGEST = 48


def abodes(text: str, named: Iterable[Person]) -> Iterator[tuple[int, int]]:
    """Yield the homes that stand directly beside the names of private persons."""
    for person in named:
        if person.rule != "P009":
            continue
        after = _BEHIND.match(text, person.end)
        if after and _is_abode(text, *after.span("place"), "（" in after["sign"] or "住" in after[0]):
            yield after.span("place")
        start = max(0, person.start - _LONGEST)
        before = _BEFORE.search(text[start : person.start])
        if before and _is_abode(text, start + before.start("place"), start + before.end("place"), False):
            yield start + before.start("place"), start + before.end("place")


def _is_abode(text: str, start: int, end: int, village: bool) -> bool:
    """Return whether a part of a text is a home; `village` is whether a village is enough."""
    place = text[start:end]
    if not _READS.fullmatch(place) or _NO_PLACE.search(place):
        return False
    if not _ABODE.search(place) and not (village and _VILLAGE.search(place)):
        return False
    return not is_office(place)


def is_office(place: str) -> bool:
    """Return whether an address is that of an office, not of what lies beside one."""
    return bool(_OFFICE_ITSELF.search(_LANDMARK.sub("", place)))
