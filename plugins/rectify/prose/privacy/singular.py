"""One person without a whole name: 信访人, 其母, 老吴, 学生李某轩, 郑某之妻, and what is said there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.word_lists import any_of, load

_DATA, _PEOPLE = load("conditions"), load("people")
_BY_PART = late(any_of([*_DATA["singles"], *_DATA["kin"]]))
_ROLES = frozenset(
    [*_PEOPLE["private"], *_PEOPLE["parts"], *_PEOPLE["roles"], *_DATA["singles"], *_DATA["masked"]]
) - frozenset(_DATA["in_service"])
_SIZES = sorted({len(role) for role in _ROLES})
_BY_SURNAME = late(
    rf"[{NAME_BEGINS}](?:某[{IDEOGRAPH}]?|女士|先生)(?=(?:之|的)?[父母妻夫子女儿]|([（(]))?|(?!小[麦米])[老小阿][{NAME_BEGINS}](?=[{IDEOGRAPH}])(?![庄村镇乡区街路庙桥屯湾沟坝岭岗坡塘河湖寨营店集家师])"
)
_TITLED = late(
    rf"[{NAME_BEGINS}](?:大[妈娘爷叔婶伯嫂姐哥]|老[汉太三四五六]|阿[婆姨公]|师傅|奶奶|爷爷|婆婆|[婶嫂姨]|女士|先生|同学)(?=[{IDEOGRAPH}，,（(])"
)
"""胡老汉, 邱师傅: who is so addressed."""
_KIN = re.compile("[之的]?(?:[父母妻夫子女][，亲子儿]?|丈夫|儿子|女儿)(?![士生])")
_MANY = late(_DATA["of_many"])
_NOT_OF_HIM = late(_DATA["not_of_him"])
_BRACKET = re.compile("[（(][^（）()]{1,8}[）)]")
_SENTENCE_END = re.compile("[。！？\\n]")
_EDGES = frozenset("，。；：、“（(！？\n |\t…")
_LEADS = ("反映", "投诉", "离异", "外籍", "被害", "申请", "涉事", "因", "系", "为")
_COLONS = ("：", ":")
_FARTHEST = 60


def singular(text: str) -> Iterator[tuple[int, int]]:
    """Return the parts of a text that tell of one person who is named by a part, a pet name or half a name."""
    for match in _BY_PART.finditer(text):
        if _begins(text, match.start()) and text[match.end() : match.end() + 1] not in _COLONS:
            yield from _said(text, match.end())
    for sign in ("某", "女士", "先生", "老", "小", "阿"):
        if sign in text:
            break
    else:
        return
    for match in _BY_SURNAME.finditer(text):
        if _is_one(text, match.start(), match.end()):
            yield from _said(text, match.end() - (text[match.end() - 2] == "某"))


def addressed(text: str) -> Iterator[tuple[int, int]]:
    """Return the parts of a text that tell of somebody who is named as neighbours address him."""
    for match in _TITLED.finditer(text):
        yield from _said(text, match.end())


def _begins(text: str, start: int) -> bool:
    """Return whether a person begins a clause, or stands behind what leads to one."""
    return not start or text[start - 1] in _EDGES or text.endswith(_LEADS, max(0, start - 2), start)


def _is_one(text: str, start: int, end: int) -> bool:
    """Return whether a pet name begins a clause, or half a name has a part beside it or is that of kin."""
    if text[start] in "老小阿" and text[start + 1] not in "某":
        return _begins(text, start)
    start -= text[start - 1 : start] in _COLONS
    if any(text[max(0, start - size) : start] in _ROLES for size in _SIZES) or _KIN.match(
        text, end - (text[end - 1] in "父母妻夫子女儿")
    ):
        return True
    return text[end : end + 1] in ("（", "(") and any(text[end + 1 : end + 1 + size] in _ROLES for size in _SIZES)


def _said(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Return as much of the sentence as tells of him, nothing where it tells a rule or of many."""
    end = _SENTENCE_END.search(text, start, start + _FARTHEST)
    stop = end.start() if end else min(len(text), start + _FARTHEST)
    if _MANY.search(text, start, stop):
        return
    begin = bracket.end() if (bracket := _BRACKET.match(text, start, stop)) else start
    another = _NOT_OF_HIM.search(text, begin, stop)
    yield start, another.start() if another else stop
