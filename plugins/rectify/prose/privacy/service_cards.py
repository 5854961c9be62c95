"""The cards of officers, soldiers, police and others in service: 军字第1234567号."""

from __future__ import annotations

import re

from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.reading import BLANKS, SEPARATOR
from rectify.prose.privacy.recogniser import AMOUNT, BEGINS, ENDS, Recogniser, Sighting, Words, masked

_WORDS = Words(
    r"(?:军官|士兵|士官|义务兵|警官|警察|文职(?:干部|人员)?|军人|学员|消防员|军属|烈属|法官|检察官|书记员|执法|执行公务|公务)(?:退休|保障|优待|工作)?(?:证件?|卡)"
    rf"|(?:民警|辅警|协警|交警|特警|狱警|法警|警员|协管员|城管队员|出警|执勤|带班)[{IDEOGRAPH}]{{0,4}}?(?:编号|工号|胸[号牌]|证号|警号|证件)"
    r"|退休证|优待证|残疾军人证|警号|身份牌号?|证件编?号|(?i:(?:officer|police|badge|soldier)(?:card|id|no))"
)


_WORDED = Words(
    rf"{_WORDS.own.pattern}|(?:军|警|士[兵官]|消防|退役|复员|转业|法官|检察|执法|公务|残疾|伤残|优待|烈属|牺牲|义务兵)[{IDEOGRAPH}]{{0,6}}?[证證卡号]"
)
_ISSUERS = "军政后装参海空陆火武士兵警退消北南沈京兰济宁广成战预边文学"
_HAN = f"(?:(?![证件号卡])[{IDEOGRAPH}])"


def _is_worded(sighting: Sighting) -> bool:
    """军字第…号 is a form of many papers; the card is named beside it."""
    return not AMOUNT.match(sighting.after) and sighting.is_labelled(_WORDED)


def _is_plain(sighting: Sighting) -> bool:
    return not AMOUNT.match(sighting.after) and sighting.follows(_WORDS)


def _is_lettered(sighting: Sighting) -> bool:
    """Return whether the letters before 字第 are an issuer's; six digits and more are too many for a document."""
    start = sighting.place[0]
    before = sighting.joined[max(0, start - 1) : start]
    return (not _IN_WORD.match(before) or before in "证件号为是持有卡本码系") and not AMOUNT.match(sighting.after)


_IN_WORD = re.compile(f"[{IDEOGRAPH}]")


def _masked(sighting: Sighting) -> str:
    return re.sub(r"\d+", lambda match: masked(match[0], 1, 2), sighting.said)


RECOGNISERS = (
    Recogniser(
        rule="P020",
        form=re.compile(
            rf"(?P<number>(?:[{_ISSUERS}]\s?){{1,2}}[字宇]\s{{0,2}}(?:第\s{{0,2}})?[A-Z]?\d{{6,8}}(?:\s?号)?){ENDS}"
        ),
        valid=_is_lettered,
        masked=_masked,
        source="军官证和文职干部证管理规定",
    ),
    Recogniser(
        rule="P020",
        form=re.compile(
            rf"(?P<number>(?:{_HAN}{{1,2}}字[{BLANKS}]*(?:第[{BLANKS}]*)?|{_HAN}?(?:公警?|军[A-Z]?|退|优))[A-Z]?{SEPARATOR}(?:\d{SEPARATOR}){{4,8}}\d(?:[{BLANKS}]*号)?){ENDS}"
        ),
        valid=_is_worded,
        words=_WORDED,
        masked=_masked,
        source="军官证和文职干部证管理规定，人民警察证使用管理规定",
    ),
    Recogniser(
        rule="P020",
        form=re.compile(rf"{BEGINS}(?=(?P<number>[A-Z]{{0,2}}(?:\d{SEPARATOR}){{4,17}}\d){ENDS})"),
        valid=_is_plain,
        words=_WORDS,
        masked=_masked,
        source="退役军人、其他优抚对象优待证管理办法",
    ),
)
