"""Where a private person lives; the masked form keeps the street."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.passage import Passage
from rectify.prose.privacy.reading import Reading

_HOME = (
    "(?:家住|住在|住所(?:位于|地)?|家庭住址|家庭地址|现住址|住址|户籍(?:所在地|地址?)?|现住|现居住于?|居住(?:地|在|于)|常住(?:地址?|于)|住处|家中(?=[（(])"
    "|租住|暂住|(?:患者|病人|父母|子女|老人|信访人|举报人|投诉人|申请人|当事人)住(?!院)|(?:本人|个人|其|家庭)(?:名下)?住房(?:位于|在)|(?:军人|人员|群众|户口)(?:安置)?落户"
    r"|(?:低保户|贫困户|脱贫户|特困户|残疾人|患者|学生|孤儿|村民|居民) ?\| )"
)
_STREET = r"[^，。；：、（）()|\s的]{1,24}?[路街巷道村镇乡区苑园里弄庄]"
# 3号楼2单元501: the room may lack its word; 村3组2024年 goes on with a year.
_HOUSE = (
    r"(?:[^，。；：、（）()|\s的]{0,10}?\d{1,5}(?:号楼|号院|号|室|栋|幢|单元|弄|组)"
    r"(?:[\dA-Za-z\-]{1,6}(?:号楼|号|室|户|栋|幢|单元|楼|层|组)){0,4}(?:\d{3,4}(?![\d年月元万人户]))?"
    r"|[一二三四五六七八九十]{1,3}组|\d{1,3}-\d{1,2}-\d{3,4}(?![\d\-]))"
)
_HOUSE_SIGN = re.compile(r"[\d一二三四五六七八九十](?:[号室栋幢弄组]|单元)|\d-\d{1,2}-\d{3}|(?:小区|花园|家园|苑|里)\d")
"""One of these is in every house number."""
_ADDRESS = re.compile(rf"{_HOME}[：:为在是于（(]{{0,2}}[ \u3000]?(({_STREET}){_HOUSE})")
_VISITED = re.compile(
    rf"(?:[到至赴]|(?:邮寄|送达)地址[：:为是]?)(({_STREET}){_HOUSE})(?<!组)(?=入户|家访|家中|走访慰问|，收件人(?:为|是)?本人)"
)
# Offices have letters sent to a street as well, but not to a dwelling.
_DWELLING = re.compile(
    r"(?:邮寄|送达)地址[：:为是]{0,2}(([^，。；：、（）()|\s的\d]{1,24}?)(?:"
    r"(?:花园|家园|小区|苑|里|[栋幢弄])\d{1,3}(?:号楼|栋|幢|弄|号|-)[\d\-号楼栋幢单元室]{3,14}|(?:\d{1,4}号)?\d{1,3}栋\d{1,2}单元\d{3,4}室?|村(?:\d{1,3}|[一二三四五六七八九十]{1,3})[组号](?:\d{1,4}号)?))"
)


def dwellings(passage: Passage, reading: Reading) -> Iterator[Finding]:
    """Return the addresses that lead to somebody's door."""
    text = reading.text
    if not _HOUSE_SIGN.search(text):
        return
    homes = {match.start(1): match for pattern in (_ADDRESS, _VISITED, _DWELLING) for match in pattern.finditer(text)}
    for match in homes.values():
        start, end = reading.source(*match.span(1))
        yield passage.found("P005", start, token=passage.text[start:end], example=match[2])
