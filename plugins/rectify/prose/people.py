"""Names: officials in post, and private persons in whatever part they play."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_NOT_NAMES = re.compile(any_of(_DATA["not_names"]))
_LEADERS = re.compile(any_of(_DATA["leaders"]))
_SURNAME = f"(?:{any_of([*_DATA['surnames'], *_DATA['ambiguous_surnames']])})"
# Characters that no given name holds; they show that the words run on.
_NO_GIVEN = (
    "的了和与及等在对将把被向以为不有是从由按到也都还均已未个各该本某们这那其之名位人员部门委局党务组机关作任职下上中因"
)
_GIVEN = f"(?:(?![{_NO_GIVEN}])[{IDEOGRAPH}])"
_NAME = f"({_SURNAME}{_GIVEN}{{1,2}}?)"
# Only what a person does, or the word 同志, shows that a name ended here.
_DOES = (
    "同志|兼?任(?:组长|副组长|主任|副主任|总指挥|书记|第一)|担任|为组长|主持|带队|率队|率领|出席|亲自|到会|作了?(?:讲话|报告|动员|部署)"
    r"|通报|介绍|表示|强调|指出|等?(?:\d|[一二三四五六七八九])名"
)
_OFFICIAL = re.compile(rf"(?:{any_of(_DATA['posts'])})[、，：]?{_NAME}(?={_DOES})")
_COMRADE = re.compile(rf"(?:^|(?<=[，。、；：“（由请对任派予将把\n])){_NAME}(?=同志)")
_PRIVATE = re.compile(
    rf"(?:{any_of(_DATA['private'])})[：:]?{_NAME}(?=[，。、；（(：“\n]|等\d?|到访|家长|家属|的家|同学|女士|先生|反映|举报|投诉|称|来电|来信|来访|于\d|因|患|诉|$)"
)
# 职工文体、业主管理: words that stand before many others, so that only what nobody but a person does shows a name.
_IN_PART = re.compile(
    rf"(?:{any_of(_DATA['parts'])}){_NAME}(?=(?:反映|举报|投诉|来电|来信|来访)(?!率|量|较|比|增|减|多|少|件|情况|渠道|\d)|驾驶|驾车|酒后|患病|同志)"
)
_ROLES = any_of([*_DATA["private"], *_DATA["parts"], *_DATA["roles"]])
_AGED = re.compile(
    rf"(?:^|(?<=[，。、；：“（由对向为给\n])|(?:{_ROLES})){_NAME}(?=[（(，](?:[男女][，、]|\d{{1,3}}岁))"
)
# 学生成长、职工周转房: where any word may follow, every character must be one that names are made of.
_USUAL = re.compile(
    rf"(?:{_ROLES})(?:[：:]| \| )?((?:{any_of([*_DATA['surnames'], *_DATA['ambiguous_surnames'], *_DATA['doubtful_surnames']])})"
    rf"[{_DATA['given']}]{{1,2}}?)(?=[，。、；：（(“\n]| \||$|{any_of(_DATA['follows'])})"
)


def people(passage: Passage) -> Iterator[Finding]:
    """Return the named persons.

    The head of an office may be named (政府信息公开条例, Art. 20), which someone has to decide; private persons may not
    be named without consent.
    """
    text = passage.text
    taken = set()
    for match in _OFFICIAL.finditer(text):
        if _is_name(match[1]):
            taken.add(match.start(1))
            yield passage.found("P010", match.start(1), token=match[1])
    if "同志" in text:
        for match in _COMRADE.finditer(text):
            if match.start(1) not in taken and _is_name(match[1]):
                yield passage.found("P010", match.start(1), token=match[1])
    # Looking for an age behind every name costs more than all the rest.
    told = (
        (_PRIVATE, _IN_PART, _USUAL) if passage.characters.isdisjoint("岁男女") else (_PRIVATE, _IN_PART, _AGED, _USUAL)
    )
    private = {match.start(1): match[1] for pattern in told for match in pattern.finditer(text)}
    for start, name in private.items():
        if _is_name(name):
            yield passage.found("P009", start, token=name, example=name[0] + "某" * (len(name) - 1))


def _is_name(name: str) -> bool:
    return not _NOT_NAMES.match(name) and not _LEADERS.match(name)
