"""Long numbers of which nothing says what they number: in a disclosure whoever they belong to is all that they can tell.

A recogniser must know what it looks for, and people write labels, abbreviations and slips that nobody has listed. What a
number in such a text is of no person is told by what stands around it: an amount, a day, the label of a thing, a body's line.
"""

from __future__ import annotations

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.held import DATED, INSIDE, NO_NUMBER
from rectify.prose.privacy.recogniser import BEGINS, OTHER, Recogniser, Sighting, masked
from rectify.prose.privacy.things import BODY, IMPERSONAL, PUBLIC, THING, is_of_another

_ALONE, _AMONG_LETTERS = 7, 6
"""Digits that a number must have."""
_NEAR = 40
"""Characters before it that may explain it."""
_EXPLAINED = late(
    rf"(?:{OTHER})[^，。；\n]{{0,16}}$|[〔﹝\[（(](?:19|20)\d\d[〕﹞\]）)]|https?:|www\.|(?<=[\w\-])\.(?:gov|com|cn|org|net|html?|pdf|docx?|xlsx?|jpe?g|png)"
    r"|(?:[东西]经|[南北]纬|北纬|桩号|里程|编码|代码|序列|文件名?|附件|网址|链接|地址|门牌|热线|电话|传真|[Tt]el|TEL|[Ff]ax|FAX|编号|邮编|坐标|版本|校验|公告|公示|会议|直播间|[备准许核审]字?第?|字第?|令第?)[^，。；\n]{0,10}$"
)
_UNIT = late(
    r"[ ]?(?:号?(?:地块|宗地|标段|路段|图斑|楼|线|井|窗口|项目|工程|合同|批次|文件)|[余多]?[元万亿千百十个吨秒克米次页条股份张台套块天年月日时分人户件本亩斤升瓦度册株棵头只辆家名项处篇字场期批位组株幅座间栋枚袋箱瓶桶公平立毫厘分角]|%|％|[kKmMgG]?[mMgGWBV](?![a-z])|km|kWh|[:：]\d)"
)
_SENTENCE = compiled(f"[{IDEOGRAPH}]")
"""What programs write for each other, as inside of attachments, has none."""
_STARRED = compiled(r"[*×●•xX＊]")
_GROUPED = compiled(r"\d{4,8}(?:[.\-]\d{4,8}){2,}$")
"""Neither a day nor an amount."""
_IN_ADDRESS = compiled(r"[A-Za-z/]/[^\s\u4e00-\u9fff]*$")
_INDEXED = compiled(r"/(?:19|20)\d\d-\d")
"""Behind the first part of a document's number in an index of public information, 11000000MB0001/2024-00317."""
_STANDARD = compiled(
    r"(?:[A-Z]?(?:19|20)\d\d-\d{1,3}$|(?:(?:19|20)\d\d[ .\-]?){2,}$|(?:ISBN|ISSN|CN|SN|SF|GB|GA|JT[GJS]?|HJ|CJJ?|DB|TSG|ISO|IEC|YD|SL|NY|WS|JGJ?)(?:/[TZ])?[ ]?\d)"
)


def _is_unexplained(sighting: Sighting) -> bool:
    said = sighting.said
    digits = sum(one.isdigit() for one in said)
    letters = any(one.isalpha() and one.isascii() for one in said)
    if digits < (_AMONG_LETTERS if letters or said[0] == "0" else _ALONE) or len(set(said)) < 3:
        return False
    if (DATED.match(said) and not _GROUPED.match(said)) or NO_NUMBER.match(said) or _STANDARD.match(said):
        return False
    if sighting.is_masked or sighting.is_in_range or sighting.is_amount or sighting.may_count or sighting.is_part:
        return False
    start, end = sighting.place
    if _IN_ADDRESS.search(sighting.joined[max(0, start - 2 * _NEAR) : start]):
        return False
    if INSIDE.match(sighting.joined[max(0, start - 2) : start]) or _INDEXED.match(sighting.joined, end):
        return False
    if not _SENTENCE.search(sighting.line) or _STARRED.match(sighting.after):
        return False
    before = sighting.before[-_NEAR:]
    if _UNIT.match(sighting.after) or any(one.search(before) for one in (_EXPLAINED, THING, BODY, PUBLIC, IMPERSONAL)):
        return False
    if is_of_another(sighting.line):
        return False
    return not any(one.search(sighting.head) for one in (_EXPLAINED, THING))


RECOGNISERS = (
    Recogniser(
        rule="P026",
        form=late(
            rf"{BEGINS}(?=(?P<number>(?:[第弟] ?)?(?:[A-Za-z]{{1,6}}[ .\-]?)?\d(?:[ .\-_]?[0-9A-Z]){{5,29}})(?![0-9A-Za-z]))"
        ),
        valid=_is_unexplained,
        masked=lambda sighting: masked(sighting.number, 2, 2),
        source="个人信息保护法第四条",
        digits=1,
    ),
)
