"""Names that the form of what they stand in tells: a record without marks, a list with sums, a list of so many persons, JSON.

练为民男1970年6月9日生, 退款名单：秋实 650元；冬梅 300元, 展望、米兰二人, "责任人":"赖在先".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from rectify.core.patterns import compiled
from rectify.core.word_breaks import how_frequent
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.likeness import SURNAME
from rectify.prose.privacy.names import is_value
from rectify.prose.privacy.parts import PARTS, POSTS
from rectify.prose.privacy.word_names import weight_of
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_HAN = f"[{IDEOGRAPH}]"
_SURNAMES = "".join(sorted({*SURNAME, *_DATA["rare_surnames"]}))
_LOOSE = rf"[{_SURNAMES}]{_HAN}{{1,2}}"
_DAY = r"(?:19|20)\d\d(?:[年./\-]\d{1,2}[月./\-]?(?:\d{1,2}日?)?|\d{4})"
_ENTRY = late(
    rf"(?:(?<![^\s，。；：:|/_\"“（(、\-])|(?<=\d))(?P<name>{_LOOSE})(?:[，,、 _|\t]{{0,2}}[男女][，,、 _|\t]{{0,2}}(?:{_HAN}{{1,3}}族[，,、 ]{{0,2}})?(?={_DAY})|[，,、 _（(]{{1,2}}(?:[男女][，,、 _]{{1,2}})?{_DAY}出?生(?!产|效))"
)
"""What begins with a name and tells the day of birth."""
_AILING = late(rf"(?<!\w)(?P<name>{_LOOSE})(?=[（(][^（）()\n]{{0,6}}(?:残疾|[视听]力|病毒|患者|感染者|尘肺))")
"""Whose illness stands in brackets behind."""
_AFTER_NUMBER = late(
    rf"[卡证号码保籍][^，。；\n\d]{{0,6}}[A-Z]{{0,3}}\d{{6,20}}[\dXx]?[，,、|\t ]{{1,3}}(?P<name>{_LOOSE})(?=[，,、|\t ])"
)
_BEFORE_IDENTITY = late(
    r"(?<!\w)(?P<name>[^\W\d_A-Za-z]{2,6})[，,、：:|\t（( ]{1,3}(?=[1-9]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dXx](?!\d))"
)
"""What stands alone behind the number of a card, or before an identity number."""
# Begins with a class of every first character, which the search jumps to.
_BORN = compiled(
    r"[生男女](?:(?<=\d生)|(?<=\d[日月年]生)|(?<=\d[日月年]出生)|(?<=[男女])[，,、 _|\t]{0,2}(?:[一-鿿]{1,3}族[，,、 ]{0,2})?(?:19|20)\d\d)"
)
"""One of these is in every text with such an entry."""
_LONG_NUMBER = compiled(r"\d{6}\d")
_SUM = r"[ ：:]{0,2}\d[\d,.]*(?:万?元|亩|分(?!钟))"
_PAID = late(
    rf"(?:名单|名册|明细|清单)[^，。；：:\n]{{0,6}}[：:]?[ \n]?(?P<list>{_HAN}{{2,4}}{_SUM}(?:[；;、，,\n ]{{1,2}}{_HAN}{{2,4}}{_SUM}){{1,40}})"
)
_PAYEE = late(rf"(?P<name>{_HAN}{{2,4}}){_SUM}")
_COUNTED = late(
    rf"(?:(?<![{IDEOGRAPH}])|(?<=[的有由让促与和给将对]))(?P<list>{_LOOSE}(?:[、与和]{_LOOSE}){{1,6}})等?(?:[二两三四五六七八九][人名位](?![次员])|两?(?:兄弟|姐妹|姐弟|兄妹|夫妇|夫妻))"
)
_COUNT = compiled("[二两三四五六七八九][人名位](?<=[一-鿿]..)|[、与和][一-鿿]{2,3}两?(?:兄弟|姐妹|姐弟|兄妹|夫妇|夫妻)")
_JOINT = compiled("[、与和]")
_FIELD = late(
    rf"(?:[\"']|(?<![^\s,{{]))(?:[^\"'：:\n]{{0,8}}(?:人|者|员|姓名|户主|家长|患者|学生|司机)|name|witness|owner|payee|patient|student|applicant|complainant|author|contact)(?:[\"'] ?[：:] ?\[?|[：:] ?\[)(?P<list>[\"']{_HAN}{{2,4}}[\"'](?: ?, ?[\"']{_HAN}{{2,4}}[\"'])*)"
)
_QUOTED = late(rf"[\"'](?P<name>{_HAN}{{2,4}})[\"']")
_ENDING = compiled(
    r"\.(?i:pdf|docx?|xlsx?|wps|et|pptx?|jpe?g|png|bmp|gif|mp[34]|wav|m4a|amr|zip|rar|7z|txt)(?![A-Za-z\d])"
)
_FILE = late(r"[^\s，。；：|\"“”]{4,60}$")
_SEGMENT = late(rf"(?:(?<=[_\-—/\\ （(])|(?<![\w.]))(?P<name>{_HAN}{{2,3}})(?=[_\-—.）) （(])")
_OF_SOMEBODY = late(
    "档案|证|照片|签[收字名]|谈话|记录|病历|申请|复核|低保|户|名单|笔录|协议|承诺|[举控]报|信访|处分|诊断|工资|体检|借条|收据|收条|流水|报告|认定|情况|检讨|残疾|救助"
)
_SOUNDS = compiled(f"[{_DATA['sounds']}日音]{{2,6}}")
_PART = any_of(PARTS | POSTS)
_HONOURED = late(rf"(?:{_PART})(?P<name>[{_SURNAMES}](?:{any_of(_DATA['honorifics'])}))(?!们)")
_HONORIFIC = compiled(any_of(_DATA["honorifics"]))


def record_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such names stand."""
    if _BORN.search(text):
        yield from (match.span("name") for match in _ENTRY.finditer(text))
    numbered = _LONG_NUMBER.search(text)
    for match in chain(_AILING.finditer(text), _AFTER_NUMBER.finditer(text) if numbered else ()):
        if _may_be_one(match["name"]):
            yield match.span("name")
    for match in _BEFORE_IDENTITY.finditer(text) if numbered else ():
        if _may_be_one(match["name"]) or _SOUNDS.fullmatch(match["name"]):
            yield match.span("name")
    if _COUNT.search(text):
        yield from _counted(text)
    if "名" in text or "单" in text:
        for match in _PAID.finditer(text):
            payees = list(_PAYEE.finditer(text, *match.span("list")))
            if any(is_value(one["name"]) for one in payees):
                yield from (one.span("name") for one in payees)
    if "." in text:
        for ending in _ENDING.finditer(text):
            file = _FILE.search(text, max(0, ending.start() - _LONGEST_FILE), ending.start())
            if file and _OF_SOMEBODY.search(file[0]):
                for one in _SEGMENT.finditer(text, file.start(), ending.end()):
                    if _SOUNDS.fullmatch(one["name"]) or (
                        weight_of(one["name"]) >= 0 and how_frequent(one["name"][:2]) < _RARE
                    ):
                        yield one.span("name")
    if '"' in text or "'" in text:
        for match in _FIELD.finditer(text):
            for one in _QUOTED.finditer(text, *match.span("list")):
                if is_value(one["name"]) or _may_be_one(one["name"]):
                    yield one.span("name")
    if _HONORIFIC.search(text):
        yield from (match.span("name") for match in _HONOURED.finditer(text))


def _counted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the members of the lists of so many persons of which each may be a name."""
    for match in _COUNTED.finditer(text):
        members, place = _JOINT.split(match["list"]), match.start("list")
        for member in members if all(map(_may_be_one, members)) else ():
            yield place, place + len(member)
            place += len(member) + 1


def _may_be_one(name: str) -> bool:
    """Return whether characters may be a name though they are a word."""
    return len(name) < 4 and "某" not in name and weight_of(name) >= _LEAST and how_frequent(name) < _BUSINESS


_LEAST, _BUSINESS, _RARE, _LONGEST_FILE = -20, 13, 8, 60
