"""Numbers of whatever a person may hold, by labels that nobody has listed: 火化证号, 参合号, 失独证, zyh.

Such a label is composed of what persons hold or go through and of what a number or the paper that bears it is called,
with nothing behind that makes a thing, a body or a quantity of it. Beside somebody who is named no label is needed: there a
number is a person's unless what stands before it says of what else. No law tells how most of these numbers are made.
"""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.recogniser import BEGINS, OTHER, Recogniser, Sighting, Words, masked
from rectify.prose.privacy.telephones import PRIVATE_WORDS
from rectify.prose.privacy.things import BODY, IMPERSONAL, THING, is_of_another
from rectify.prose.word_lists import any_of, load

_DATA = load("holdings")
_HOLDING = late(any_of([*_DATA["holdings"], *_DATA["labels"]]))
_SIGN = late(any_of(_DATA["signs"]))
_SIGN_BEFORE = compiled(r"(?:编号|号码?|代码)[（(][^（）()]{0,6}$")
_SIGNS = (
    frozenset(sign[0] for sign in _DATA["signs"]) | frozenset("證户人员者对") | frozenset("abcdefghijklmnopqrstuvwxyz_")
)
"""What the label of a number has one of."""
_CODE = late(
    rf"(?i:(?<![A-Za-z])(?:(?:{any_of(_DATA['codes'])})(?:[_ ]?(?:no|num|number|id|code|h|m))?"
    rf"|(?:{'|'.join(_DATA['english'])})[_ ]?(?:no|num|number|id|code|card|cert|certificate|account)))[\W_]{{0,4}}$"
)
"""As databases and links call it."""
_PAPER = late(
    r"(?<=[一-鿿])(?:证件?|證|证书|证明书?|(?<!资产)卡|手册|簿|折子?)(?:芯片|条码|二维码|磁条|背面|正面)?(?:编号|号码?|编码|[Nn][Oo]\.?)?[：:为是系（( ]{0,3}$"
)
_WHOSE = late(
    r"(?:[人员者户民生师工属婴儿童犯手机]|对象)的?(?:编号|编码|代码|档案号?|档案编号|工号|户号)[：:为是系（( ]{0,3}$"
)
"""Of papers and persons that nobody has listed either."""
_NO_PAPER = late(any_of(_DATA["papers"]))
_PLAIN = late(
    r"(?:^|[（(\s]|[证卡户账帐档案籍个人其该])(?:(?:证件|档案|个人|人员|户|卡|证|账|帐)?(?:编号|号码?|ID)|[证卡折]|[账帐]户)[号码为是：:（( ]{0,3}$"
)
"""A label that tells nothing of the number but that it is one."""
_PERSON = late(
    rf"{PRIVATE_WORDS.pattern}|姓名|持[证卡有]人|持有人|[一-鿿]某(?!些|种|单位|局|镇|县|市)|驾驶人|被保险人|当事人|夫妻|子女|继承|住宅|抵押人|邻[户居里]"
)
_OF_ANYBODY = late("林权|土地|承包|不动产|产权|房权|房屋所有|保单|保险单|投保|理赔|报案|赔案")
"""Papers that bodies have as often as persons."""
_OF_BODIES = late("林权|不动产|土地|宅基地")
"""And more often than they."""
_OF_THINGS = late("车辆|道路")
NO_NUMBER = late(
    r"(?:[NSEW]\d{2,3}\.\d{3,}$|(?:19|20)\d\d[\-./ ]?(?:0?[1-9]|1[0-2])[\-./ ]?(?:[0-2]?\d|3[01])|(?:19|20)\d\d[\-—~](?:19|20)\d\d|0\d{2,3}[\- ]\d{7,8}|[48]00[\- ]?\d{3}[\- ]?\d{4}|12\d{3}|[\d.]+%)$"
)
DATED = late(
    r"(?:(?:19|20)\d\d[\-./ ]?(?:0?[1-9]|1[0-2])(?:[\-./ ]?(?:[0-2]?\d|3[01])(?:[ .\-]\d{1,2})?)?(?:-(?:19|20)\d\d|$)|(?:19|20)\d\d-(?:(?:19|20)\d\d|\d\d?)$|[A-Z ]*\d{1,3}(?:\.\d{1,3}){3}$|0(?:10|2\d|[3-9]\d\d)[\- .]?[2-9]\d{6,7}$|1[3-9]\d{9}$|[\d.]*\.\d+$)"
)
"""What tells a day or an amount, and telephones, of which others decide."""
_SIGNED = compiled(
    r"(?:[账卡证件单户编档案籍]?号码?|编码|代码|条码|[证卡单码折簿册照]|[Nn][Oo]\.?|[Ii][Dd]|[第弟#＃№])[：:为是=（( ]{0,3}$"
)
"""The end of what a number is called by."""
_SIGNED_LEAST, _MIXED_LEAST, _LEAST = 4, 6, 7
"""Digits of a number beside somebody: where something calls it one, among letters or behind a nought, and alone."""
INSIDE = compiled(r"[0-9A-Za-z][.\-/]$|\d:$")
"""Before the rest of something that began earlier."""
_PAGE = compiled(r"\.(?:s?html?|aspx?|jsp|php)")
_CLAUSE = compiled(r"[^，。；、|\n]{0,40}$")
_OTHER = Words(OTHER)
_TELLS = frozenset("（(为系是即：:—")
_NUMBERED = compiled(r"(?:编?号码?|合同|单|证|卡)[：:为是（( ]{0,3}$")
_HOLDER = compiled(r"[（(](?:[一-鿿]{0,6}(?:姓名[：:]?)?[一-鿿]某|(?:患者|学生|车主|户主|村民|持有人|当事人|被保险人))")
"""Somebody whose it is, in brackets behind."""
_FURTHEST, _SHORTEST = 30, 5


def _is_held(sighting: Sighting) -> bool:
    said = sighting.said
    digits = sum(one.isdigit() for one in said)
    if len(set(said)) < 2 or _PAGE.match(sighting.joined, sighting.place[1]):
        return False
    long = digits >= (_SHORTEST - 1 if said[0] in "第弟" or said[0].isalpha() else _SHORTEST)
    labelled = long and _is_labelled(sighting) and not is_of_another(sighting.line)
    if not labelled and not _is_somebodys(sighting, digits):
        return False
    return not (sighting.is_masked or sighting.is_in_range or sighting.is_amount or NO_NUMBER.match(said))


def _is_somebodys(sighting: Sighting, digits: int) -> bool:
    start = sighting.place[0]
    if digits < _SIGNED_LEAST or DATED.match(sighting.said) or INSIDE.match(sighting.joined[max(0, start - 2) : start]):
        return False
    beside = sighting.is_somebodys
    if not beside and not sighting.is_beside_somebody:
        return False
    clause = sighting.called
    if IMPERSONAL.search(clause) or IMPERSONAL.search(sighting.head):
        return False
    if sighting.said[0] in "第弟" or _SIGNED.search(clause) or _SIGNED.search(sighting.head):
        return True
    return beside and digits >= (_LEAST if sighting.said.isdigit() and sighting.said[0] != "0" else _MIXED_LEAST)


def _is_labelled(sighting: Sighting) -> bool:
    head = sighting.head
    clause = _CLAUSE.search(head or sighting.labelled_by)[0]  # type: ignore[index]
    if not head and clause and _SIGNS.isdisjoint(clause) and sighting.labelled_behind[:1] not in _TELLS:
        return False
    label = _label(clause) if clause else ""
    if not label and (sighting.may_count or (head and THING.search(head))):
        return False
    if not label and head:
        clause = _CLAUSE.search(sighting.labelled_by)[0]  # type: ignore[index]
        label = _label(clause)
    if label and sighting.may_count and not head:
        return False
    if label:
        return _is_of_a_person(sighting, label)
    if clause[-1:].isascii() and _CODE.search(clause[-24:]):
        return True
    plain = _PLAIN.search(clause)
    if plain or not clause or sighting.labelled_behind[:1] in _TELLS:
        behind = sighting.labelled_behind.lstrip("，,（(的为系是即均都：:—")[:14]
        if _label(behind) or (sighting.after[:1] == "的" and _HOLDING.match(behind)):
            return _is_of_a_person(sighting, "")
    if _HOLDER.match(sighting.after) and _NUMBERED.search(clause):
        return True
    paper, other = clause[-16:], _OTHER.own.search(clause)
    if _WHOSE.search(paper) or (_PAPER.search(paper) and not other):
        return not (_NO_PAPER.search(paper) or THING.search(paper) or BODY.search(paper))
    named = plain or (_SIGNED.search(paper) and not THING.search(paper) and not IMPERSONAL.search(paper))
    return bool(
        named and not other and _PERSON.search(f"{sighting.line}{sighting.heads}") and not BODY.search(sighting.line)
    )


def _label(clause: str) -> str:
    """Return the label in a clause with a little of what stands before it, empty where there is none or a thing is meant."""
    things = [match.end() for match in THING.finditer(clause)]
    last = max(things[-1] if things else 0, len(clause) - _FURTHEST)
    for match in _HOLDING.finditer(clause):
        signed = _SIGN.search(clause, match.end() - 1, match.end() + 10) or _SIGN_BEFORE.search(clause[: match.start()])
        if signed and match.end() >= last:
            return clause[max(0, match.start() - 6) :]
    return ""


def _is_of_a_person(sighting: Sighting, label: str) -> bool:
    """Return whether what the label says is not said of a body, nor of land or insurance without anybody."""
    if BODY.search(label) or _OF_THINGS.search(label):
        return False
    if _OF_ANYBODY.search(label):
        return not BODY.search(sighting.line) and (
            not _OF_BODIES.search(label) or sighting.is_somebodys or bool(_PERSON.search(sighting.line))
        )
    return True


def _masked(sighting: Sighting) -> str:
    return re.sub(r"[0-9A-Za-z]+", lambda match: masked(match[0], 1, 2), sighting.said)


RECOGNISERS = (
    Recogniser(
        rule="P026",
        form=late(
            rf"{BEGINS}(?=(?P<number>(?:[第弟] ?)?(?:[A-Za-z]{{1,6}}[ .\-]?)?\d(?:(?:[ .\-_]|\n(?=\d{{3}}))?[0-9A-Z]){{3,29}})(?![0-9A-Za-z]))"
        ),
        valid=_is_held,
        masked=_masked,
        source="个人信息保护法第四条",
        digits=1,
    ),
    Recogniser(
        rule="P026",
        # What is a thing's elsewhere: the number of somebody's telephone itself, and of the file on a licence.
        form=late(
            r"(?:(?:手机|移动电话|电话机|涉案|作案)[^，。；\n]{0,8}?(?:IMEI|imei|串[号码]|序列号)|(?:驾驶证|驾照|行驶证)[^。；\n]{0,40}?档案编?号)[码号]?[为是：: ]{0,3}"
            r"(?P<number>(?=[A-Z]{0,4}\d)[0-9A-Z]{10,17})(?![0-9A-Za-z])"
        ),
        valid=lambda sighting: not sighting.is_masked,
        masked=_masked,
        source="个人信息保护法第四条",
        digits=1,
    ),
)
