"""Where a private person lives; the masked form keeps the street.

What makes an address a home is how fine it is, a flat of a building or a house of a village, and what stands around it,
before or after. The address of an office, a shop or a building site is public however fine it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import Passage
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.abodes import PLACE, VILLAGE_OF, abodes, is_abode, is_office
from rectify.prose.privacy.beds import beds
from rectify.prose.privacy.columns import cells_below
from rectify.prose.privacy.doors import doors
from rectify.prose.privacy.english_doors import ENGLISH, is_english_home
from rectify.prose.privacy.lived_in import DWELLS, HOME, LIVES, is_lived_in
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.siting import sited
from rectify.prose.privacy.whereabouts import whereabouts
from rectify.prose.word_lists import any_of, load

_DATA, _PERSONS = load("dwellings"), load("people")
_N = r"[A-Za-z]?\d(?: ?\d){0,3}"
_COUNT = rf"(?:{_N}|[一二三四五六七八九十百]{{1,4}})"
_BLOCK = rf"(?:{_COUNT}|[甲乙丙丁A-H])\s?(?:号楼|号院|栋|幢|座|#楼?|排)"
_UNIT = rf"(?:(?:{_COUNT}|[甲乙丙丁])\s?(?:单元|门(?!面|店|口)|梯)|[东西南北中]单元)"
_ROOM = rf"(?:(?:地下室)?{_N}\s?(?:[室户]|房(?![间屋产地改])|房间)|{_COUNT}楼[东西南北中]?户?|[东西南北中]户|顶[楼层复跃][东西南北中]?户?|地下室{_N}|[一二三四五六七八九〇零]{{3,4}}(?:室|(?![一-鿿])|(?=[搬的居住已后门]))|\d{{1,2}}[A-H](?![A-Za-z0-9])|\d(?: ?\d){{2,3}}(?![\d年月日元万人户个处套件项米㎡%.]))"
_GAP = r"[ \-|]{0,3}"
_FLAT = rf"{_BLOCK}{_GAP}(?:{_UNIT}{_GAP})?(?:(?:(?:{_N}|[甲乙丙丁])-)?{_ROOM}|\d{{1,4}}号(?![楼院杆井]))"
"""12幢3单元402室."""
_STAIR = rf"{_UNIT}{_GAP}{_ROOM}"
_TRIPLE = rf"(?:{_N}|[A-Z])(?:#|号楼|栋|幢)?-{_N}-{_N}[A-H]?(?![\d\-A-Za-z])"
_HAMLET = r"[^，。；：、（）()|\s的“”\[\]!<>/路街巷道线〔〕\d]"
_POINT = r"(?:[东西]经|[Ee]|经度)[：: ]?1\d\d[.°]\d{3,}[^，。；\n]{0,4}?[，,、 ]{0,2}(?:[南北]纬|[Nn]|纬度)[：: ]?\d\d[.°]\d{3,}|(?:[南北]纬|[Nn]|纬度)[：: ]?\d\d[.°]\d{3,}[^，。；\n]{0,4}?[，,、 ]{0,2}(?:[东西]经|[Ee]|经度)[：: ]?1\d\d[.°]\d{3,}|(?<![\d.])(?:[2-4]\d\.\d{4,8}, ?(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{4,8}|(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{4,8}, ?[2-4]\d\.\d{4,8})(?![\d.])"
"""30.12345,120.12345"""
_VILLAGE_DOOR = r"(?:[村屯庄寨]|自然村|嘎查|[湾坪坡沟坳冲])(?:委会)?[的]?[东西南北村]{1,2}(?:头|口|边|首|尾|侧)?[^，。；\n]{0,4}?(?:第?[一二三四五六七八九十\d]{1,2}[户家间座排]|水塘边|桥头|大树[旁下])"
_NTH_HOUSE = r"[东西南北][头边]?数第?[\d一二三四五六七八九十]{1,2}[趟排栋户家间座]房?(?:\d{1,3}号)?|[东西南北]?[头侧面边旁口起姓排内手]第[\d一二三四五六七八九十]{1,2}[户家间栋](?!型)"
_GROUP = (
    rf"(?:村(?:第?{_COUNT}|{PLACE}{{1,4}}?)(?:村民小组|村民组|组)|[一-鿿]第?{_COUNT}[社队])(?![织长建团成合会员区])"
)
_STREET_NUMBER = r"[路街巷弄里道同][^，。；：、（）()|\s的\d]{0,4}? ?(?:\d{1,4}(?:-\d{1,3})?|[一二三四五六七八九十]{1,3}) ?号(?:附\d{1,3}号)?"
"""Everybody has an address like this."""
_SMALL_PLACE = rf"(?:[村屯寨]|社(?!区))(?![和与及]){_HAMLET}{{1,5}}?(?:[垅湾冲坳坪坝岭坡塘沟垸畈圩岗垭凼坎墩屯寨庄]|[岔垭路河坡]口|院子|屋场|老屋|大屋|桥头|山脚|井边|河边|树下)(?![一-鿿]{{0,2}}[村路街乡镇])"
"""A cluster of some houses in a village."""
_FARM = rf"(?:[农林茶牧渔]场|嘎查)(?:{_COUNT}|[东西南北])(?:队|连|分场|艾里)"


_ABROAD = r"〒 ?\d{3}-?\d{4}[^，。；\n（）()]{4,40}|[一-鿿][县市区町村][^，。；\s（）()]{1,12}\d{1,3}-\d{1,3}-\d{1,3}(?:-\d{1,5})?(?![\d\-])"
"""〒538-0044 大阪市鹤见区放出东3-21-50-706"""
_IN_FIELDS = r"(?:[^，。；：、\n\s]{2,16}[，, ]{1,2})?楼(?:栋|号|幢)[：: ]?\d{1,3}[，,、；; ]{0,2}(?:单元号?[：: ]?\d{1,2}[，,、；; ]{0,2})?(?:房|室|门牌?|户)号?[：: ]?\d{1,4}"
"""海棠路金域蓝湾，楼号7，房号1102"""
_AFLOAT = r"(?:[住连]家|以船为家的?)[船艇](?:[一-鿿]{0,4}\d{3,6})?"


_FORMS = tuple(
    late(one)
    for one in (
        _ABROAD,
        _AFLOAT,
        _IN_FIELDS,
        r"门牌(?:号码?|照片?|上|写)?[为是：: “\"]{0,2}(?:[一-鿿]{1,8}[街巷弄路里道])?[A-Za-z]?\d{1,4}(?:-\d{1,3})?(?![\d块个张枚处,])",
        r"(?:楼[上下]|对[门面]|隔壁)的?[A-Za-z]?\d{3,4}(?:室|住?户|业主)?(?![\d年元万人米平])",
        _NTH_HOUSE,
        _VILLAGE_DOOR,
        rf"(?<=地址)[登记为是：: ]{{1,4}}{PLACE}{{2,24}}?(?:(?<![*×某XＸ○])[组社队屯]|第.户)(?![一-鿿])",
        _POINT,
        _GROUP,
        _FARM,
        _SMALL_PLACE,
        r"[一-鿿]第[\d一二三四五六七八九十]{1,2}[户家间座](?!型|[一-鿿]{0,2}(?:公司|企业|店|银行|医院|单位))",
        r"[街巷弄里道]\d{1,4}-\d{1,3}(?![\d\-])",
        ENGLISH,
    )
)
"""Homes that no number tells, or none alone."""
_ALONE = 8
"""Of these the first tell a home unless an office stands near; beside the rest there must be a label or a person."""
_ENGLISH = late(ENGLISH)
_HOUSE_SIGN = compiled(
    r"[\d一二三四五六七八九十甲乙丙丁A-H](?: ?(?:[号连室栋幢弄排座#组社队]|单元|楼|村民|门\d|/\d{1,2}/\d{3})|(?<!\d\d\d\d)-\d{1,4}(?:-\d|(?<=\d\d\d)(?!\d)))"
)
_ENGLISH_SIGN = compiled(
    "Room|room|ROOM|Rm|rm|Bldg|bldg|Blk|Apt|apt|Unit|House|Flat|flat|FLAT|partment|Building|building|Tower|tower|Block|block|Lane|lane"
)
_OTHER_SIGN = compiled(
    rf"{any_of(_DATA['signs'])}|楼上的?[A-Z]?\d|楼下的?[A-Z]?\d|对门的?[A-Z]?\d|对面的?[A-Z]?\d|隔壁的?[A-Z]?\d|〒|住家船|住家艇|连家船|连家艇|以船为家|{_ENGLISH_SIGN.pattern}|村[^，。；：、\n]{{1,8}}?组(?![织长建团成合])|第.{{1,2}}[户家间]|家位于|嘎查|"
    + "|".join([*(f"{one}0?\\d" for one in "湾坪屯队边组"), *(rf"{one}\d{{1,4}}-\d" for one in "街巷弄路里道")])
)
"""One of these is in every home's address."""
_LABELS = (
    "地址",
    "入户地点",
    "家访地点",
    "走访地点",
    "送餐地点",
    "取件地点",
    "户位于",
    "屋位于",
    "宅位于",
    "屋在",
    "户在",
    "屋场在",
)
_LIVED_IN = compiled(r"[住娘婆夫](?:(?<=住)[^\W\d_A-Za-z]{2,14}[村组屯湾社路街巷区房屋楼院船面壁旁后]|(?<!住)家)")
_LABEL = late(
    rf"(?P<label>家庭[一-鿿]{{1,4}}[地住]址|{any_of(_DATA['labels'])}|(?:入户|家访|走访|探访|送餐|寄件|取件)地[点址]|住(?!院|建|房|保|宅|户)|(?<=[人户者])居(?!住|委|民)|住[ \u3000]{{1,2}}址|(?<![^\n ])址(?= )|(?<=[人者户主生属工员客东])(?P<whose>(?:联系|通[讯信]|现|邮寄)?地址|房号)|(?<=[户屋宅房])(?:所?在地?|位于)(?=[一-鿿])|(?<![一-鿿])[屋户]场?[子]?在)(?:变更|已)?(?:[（(][^（）()\n]{{1,12}}[）)])?[：:为是在于 至|到就—=“]{{0,3}}(?:(?<=[址地处点])\n)?"
    rf"(?P<place>{PLACE}{{2,40}}(?:[ \u3000]{{1,2}}(?=[一-鿿]{{0,8}}(?:[县市区旗乡镇村屯组社路街巷]|街道)|\d){PLACE}{{1,20}}){{0,5}}(?:\n{PLACE}{{2,30}})?)"
)
_PERSON_BEFORE = late(
    rf"(?:{any_of([*_PERSONS['private'], *_PERSONS['parts'], *_PERSONS['roles'], '本人'])}|[送领收寄抚赡扶代看][养护管][人户])的?$"
)
"""Whose address is a home's though it is but called an address."""
_FINE = late(
    rf"[村庄屯寨]委?会?{PLACE}{{0,6}}(?:[组庄屯队湾号]|村民)|{_STREET_NUMBER}|{_FLAT}|{_STAIR}|{_TRIPLE}|\d[号户]|[楼房家院][上内]|[一二三四五六七八九]楼|房东|对[门面]|隔壁|[东西南北]侧|后面|旁边|{_BLOCK}{_GAP}{_UNIT}|{_N}[室组]"
    rf"|[村庄屯寨湾][东西南北]?[头侧边尾口]|[前后]院|山脚|[土砖平瓦木]房|顶[楼层]|{_BLOCK}(?!楼?[共等、至]|竣|项|建)"
)
_HEADING = compiled("住[址处所地]|地址|户籍|居住|门牌|[房室]号|村组|坐落")
_COLUMN = late(
    r"(?!.{0,4}(?:单位|办公|注册|经营|企业|公司|学校|项目|建设|施工))[一-鿿]{0,6}(?:住[址处所地]|地址|居住[地处点]|门牌号?|房号|室号)|户籍(?:所在)?地?(?:址)?|(?:户主|农户)?村组|房屋坐落"
)
_PEOPLE = late("姓名|户主|[学患]|人员|对象|[村居]民|家庭|户籍|住")
_FINE_CELL = late("[村组社队屯湾号室栋幢院](?!办|部|委|保|会)|小区|-\\d")
_LIVED = late(
    rf"{VILLAGE_OF.pattern}|社区|小区|家属|宿舍|[路街巷]|[房屋楼院船棚窑](?![、长管产])|对[面门]|隔壁|[旁后侧背]"
)
_COUNTED = compiled(r"(?:共|有|约|达|[下所]辖|总计)\d|(?:群众|[村居]民|农户|住户)\d+户")
"""小区共14栋6299户"""
_HOUSEHOLDS = compiled(r"(?:群众|居民|村民|农户|住户|人家|[共约])?\d+户")
_BLANK = compiled(r"[×XＸ*]{1,3}[县市区镇乡街村][^，。\n]{0,4}?[×XＸ*]")
"""Of a form that nobody has filled in."""
_BUILDS = compiled("住[建院]")
"""住建局 is an office; elsewhere an address begins behind 住."""
_ESTATE = late(rf"[一-鿿]{{2,6}}(?:小区|社区|{any_of(one for one in _DATA['estates'] if len(one) > 1)})")
_ESTATE_BEFORE = late(rf"(?:^|[：:，。；（( \n])(?P<estate>[一-鿿]{{1,8}}(?:{any_of(_DATA['estates'])}))[，, ]{{1,2}}$")
_SAME_PLACE = ("该小区", "该社区", "该楼", "该栋", "该村", "同小区", "本小区")
_CLAUSE_END = compiled(r"[。；\n]")
_LEFT, _RIGHT, _NEAR, _NAMED, _LONGEST_ROLE = 24, 14, 16, 60, 8


def dwellings(passage: Passage, reading: Reading, homes: list[tuple[int, int]]) -> Iterator[Finding]:
    """Return the findings for the addresses that lead to somebody's door."""
    for start, end in homes:
        first, last = reading.source(start, end)
        place = reading.text[start:end]
        street = re.split(r"[\dA-Za-z甲乙丙丁第]|[一二三四五六七八九十](?=[号组楼栋幢单])", place, maxsplit=1)[
            0
        ].rstrip(" -|")
        yield passage.found("P005", first, token=passage.text[first:last], example=street or "*")


def dwellings_in(reading: Reading, named: list[Person]) -> list[tuple[int, int]]:
    """Return where the homes of a text stand, in order, none twice."""
    text = reading.text
    spans = [*abodes(text, named), *whereabouts(text, named), *beds(text)]
    spans += [(start - _reach(text, start), end) for start, end in sited(text, named)]
    if any(sign in text for sign in _LABELS) or any(
        sign.search(text) for sign in (_HOUSE_SIGN, _OTHER_SIGN, _LIVED_IN)
    ):
        spans += _signed(text, named)
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            start, end = found[-1][0], max(end, found.pop()[1])
        found.append((start, end))
    return found


def _signed(text: str, named: list[Person]) -> list[tuple[int, int]]:
    """Return the homes that a label or the number of a house tells."""
    spans = [match.span("place") for match in _LABEL.finditer(text) if _is_home(text, match, named)]
    spans += [
        (cell.start, cell.end)
        for cell in cells_below(text, _HEADING, _COLUMN)
        if _PEOPLE.search("|".join(cell.heads))
        and (_FINE_CELL.search(text, cell.start, cell.end) or _LIVED.search(text, cell.start, cell.end))
        and not is_office(text[cell.start : cell.end])
    ]
    for place, form in enumerate(_FORMS if _ENGLISH_SIGN.search(text) else _FORMS[:-1]):
        for match in form.finditer(text):
            start, end = match.start() - _reach(text, match.start()), match.end()
            if not _is_of_none(text, start, end) and _is_somebodys(text, start, end, named, place < _ALONE):
                spans.append((start, end))
    for door in doors(text):
        start = door.start - _reach(text, door.start)
        if not _is_of_none(text, start, door.end) and is_lived_in(text, start, door, named):
            estate = _ESTATE_BEFORE.search(text, max(0, start - _LEFT), start)
            spans.append((estate.start("estate") if estate else start, door.end))
            if text.startswith(_SAME_PLACE, start) and (said := _ESTATE.search(text, max(0, start - _NAMED), start)):
                spans.append(said.span())
    return spans


def _is_of_none(text: str, start: int, end: int) -> bool:
    """Return whether a place is counted, or left blank."""
    return bool(_COUNTED.search(text, start, end) or _BLANK.search(text, start, end))


def _is_somebodys(text: str, start: int, end: int, named: list[Person], alone: bool) -> bool:
    if text[start:end].isascii() and _ENGLISH.match(text, start):
        return is_english_home(text, start, end)
    near = max(0, start - _NEAR), end + _NEAR
    lives = is_named_between(named, start - _NEAR, end + _NEAR) or bool(LIVES.search(text, *near))
    if alone and lives:
        return True
    return (alone or lives or bool(DWELLS.search(text, *near))) and not _is_office(text, start, end)


def _reach(text: str, start: int) -> int:
    """Return how many characters before a house number belong to its address."""
    before = _BUILDS.sub("建建", text[max(0, start - _LEFT) : start])
    return len(before) - max(
        (before.rfind(sign) + 1 for sign in "，。；：、（）()| \n的“”[]!<>/住于在至到往为"), default=0
    )


def _is_home(text: str, match: re.Match[str], named: list[Person]) -> bool:
    """Return whether what stands behind a label is a home; where somebody is named, a village or a house is enough."""
    start, place = match.start(), match["place"]
    if _BLANK.search(place) or _HOUSEHOLDS.match(place):
        return False
    if match["whose"]:
        somebodys = _PERSON_BEFORE.search(text, max(0, start - _LONGEST_ROLE), start)
        return bool(somebodys and (_FINE.search(place) or is_abode(place))) and not is_office(place)
    if match["label"].endswith(("至", "住所地", "住所")):
        start = max(text.rfind(sign, 0, start) for sign in "。；\n") + 1
    if is_office(text[start : match.start("place")]) or is_office(f"{place}{text[match.end() : match.end() + 4]}"):
        return False
    if _FINE.search(place.replace(" ", "").replace("\u3000", "")) or is_abode(place):
        return True
    first = max(text.rfind(sign, 0, match.start()) for sign in "。\n") + 1
    return bool(_LIVED.search(place)) and is_named_between(
        named, max(first, match.start() - _NAMED), match.end() + _NEAR
    )


def _is_office(text: str, start: int, end: int) -> bool:
    left = _CLAUSE_END.split(text[max(0, start - _NEAR) : start])[-1]
    right = _CLAUSE_END.split(text[end : end + _RIGHT])[0]
    around = left + text[start:end] + right
    return is_office(around) and not HOME.search(around)
