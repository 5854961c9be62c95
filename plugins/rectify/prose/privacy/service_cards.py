"""The cards of officers, soldiers, police and others in service: 军字第1234567号."""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.alike import BLANKS
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, ENDS, Recogniser, Sighting, Words, masked
from rectify.prose.privacy.things import THING, is_of_another
from rectify.prose.privacy.vehicles import PROVINCES

_WORDS = Words(
    r"(?:军官|士兵|士官|义务兵|警官|警察|文职(?:干部|人员)?|军人|学员|消防员|军属|烈属|法官|检察官|书记员|执法|执行公务|公务)(?:退休|保障|优待|工作)?(?:证件?|卡)"
    rf"|(?:民警|辅警|协警|交警|特警|狱警|法警|警员|协管员|城管队员|出警|执勤|带班)[{IDEOGRAPH}]{{0,4}}?(?:编号|工号|胸[号牌]|证号|警号|证件)"
    rf"|(?<![报预])(?:军[人官属士队]?|警[官察衔]?|士[兵官]|兵役|退役|复员|转业|法官|检察官|法警|消防员|烈[属士]|优待|优抚)(?:(?![站室器碑场所队车馆院校局处房库岗亭备心件])[{IDEOGRAPH}]){{0,6}}?(?:证|卡|号牌?|牌|编码|章)[{IDEOGRAPH}]{{0,2}}"
    r"|(?:民警|警员|辅警|协警|交警|特警)(?=[（(：: ]?$)|退休证|优待证|残疾军人证|警号|[胸臂肩帽][章标牌徽]号?|身份牌号?|证件编?号|(?i:(?:officer|police|badge|soldier)(?:card|id|no))"
)


_WORDED = Words(
    rf"{_WORDS.own.pattern}|(?:军|警|士[兵官]|消防|退役|复员|转业|法官|检察|执法|公务|残疾|伤残|优待|烈属|牺牲|义务兵)[{IDEOGRAPH}]{{0,6}}?[证證卡号]"
)
_ISSUERS = "军政后装参海空陆火武士兵警退消北南东西中联沈京兰济宁广成战预边文学"
_HAN = f"(?:(?![证件号卡])[{IDEOGRAPH}])"


def _is_worded(sighting: Sighting) -> bool:
    """军字第…号 is a form of many papers; the card is named beside it."""
    return not sighting.is_amount and sighting.is_labelled(_WORDED) and not is_of_another(sighting.line)


def _is_plain(sighting: Sighting) -> bool:
    if sighting.is_amount:
        return False
    if sighting.follows(_WORDS):
        return not THING.search(sighting.label(_WORDS))
    # What is on a uniform, where the line is about who wears one.
    worn = sighting.follows(_BADGE) or bool(_WEARER.search(sighting.before))
    return worn and bool(_FORCE.search(sighting.line)) and not _NOT_WORN.search(sighting.before[-_REACH:])


_BADGE = Words(r"[胸臂肩帽警工编证牌]?[标章牌徽徽证]?[编警工]?号(?:牌|章|码)?(?:末尾|尾号)?|全号|编号")
_WEARER = late(
    r"(?:民警|辅警|协警|交警|特警|狱警|法警|警员|警察|协管员?|城管|保安|出警的?|执勤的?)[一-鿿]{0,3}?[是为叫：:（(]?$|[0-9A-Z]{4,8}[和与及、,，]$"
)
_FORCE = late("(?<![报预])警(?!情|示|戒|告|钟|惕|报|力|用|务室|务站)|城管|协管|执法人员|保安|消防员|执勤|巡逻队员|联防")
_NOT_WORN = late("记录仪|控制器|设备|车辆|案件|警情|栓|终端|摄像|电台|项目|文件|合同|案号|栏目|资产|回执|单号|工单")
_REACH = 12


def _is_lettered(sighting: Sighting) -> bool:
    """Return whether a number behind 字第 is of a card: by its issuer, or by what the line is about.

    Five digits and more are too many for a document, whose year stands in brackets.
    """
    if sighting.is_amount or _PAPER.search(sighting.before[-16:] + sighting.said) or is_of_another(sighting.line):
        return False
    start = sighting.place[0]
    before = sighting.joined[max(0, start - 1) : start]
    issued = sighting.said.lstrip("（(")[0] in _ISSUERS and (
        not _IN_WORD.match(before) or before in "证件号为是持有卡本码系役员官兵"
    )
    return issued or bool(_SERVES.search(sighting.line + sighting.head))


_SERVES = compiled("军|警|文职|兵|士官|武装|消防|退役|复员|转业|优抚|优待|抚恤|烈|伤残|荣誉|功臣|证件|持证|持有")
_PAPER = compiled(
    "不动产|房产|房权|产权|土地|国用|集用|林权|林证|地字|建字|乡字|规划|文号|发文|来文|公证|判决|裁定|准字|食字|卫字|许可|资质|备案|登记证|执照|批复|函字|办字|发字|通字"
)
_IN_WORD = compiled(f"[{IDEOGRAPH}]")


def _masked(sighting: Sighting) -> str:
    return re.sub(r"\d+", lambda match: masked(match[0], 1, 2), sighting.said)


RECOGNISERS = (
    Recogniser(
        rule="P020",
        # Province, kind of the disabled person in service, a letter of the city: 湘军J115568.
        form=late(rf"(?P<number>[{PROVINCES}兵][军警公消民]\s?[A-Z]\s?\d{{6}}){ENDS}"),
        valid=lambda sighting: not sighting.is_amount,
        masked=_masked,
        source="伤残抚恤管理办法",
        digits=6,
    ),
    Recogniser(
        rule="P020",
        form=late(
            rf"(?P<number>(?:[（(][{IDEOGRAPH}][）)]|(?:(?![证件号卡码为是持有])[{IDEOGRAPH}]\s?){{1,2}})[字宇]\s{{0,2}}(?:[第弟]\s{{0,2}})?[A-Z]?(?:\d ?){{4,7}}\d(?:\s?号)?){ENDS}"
        ),
        valid=_is_lettered,
        masked=_masked,
        source="军官证和文职干部证管理规定",
        digits=5,
    ),
    Recogniser(
        rule="P020",
        form=late(
            rf"(?P<number>(?:{_HAN}{{1,2}}字[{BLANKS}]*(?:第[{BLANKS}]*)?|{_HAN}?(?:公警?|法?警|军[A-Z休]?|退|优))[A-Z]?{SEPARATOR}(?:\d{SEPARATOR}){{3,8}}\d(?:[{BLANKS}]*号)?){ENDS}"
        ),
        valid=_is_worded,
        words=_WORDED,
        masked=_masked,
        source="军官证和文职干部证管理规定，人民警察证使用管理规定",
        digits=4,
    ),
    Recogniser(
        rule="P020",
        form=late(rf"{BEGINS}(?=(?P<number>[A-Z]{{0,2}}(?:\d{SEPARATOR}){{4,17}}\d){ENDS})"),
        valid=_is_plain,
        masked=_masked,
        source="退役军人、其他优抚对象优待证管理办法",
        digits=5,
    ),
)
