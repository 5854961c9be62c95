"""Notices of handling that are put together from words: 谈话前严格保密，不得向被谈话人透露; 这份材料只在本群内部看.

A line is parted at its signs, brackets and wide gaps. A part is a notice if it is made of the words of notices from its
first character to its last and one of them tells something: who only may read it, what nobody may do with it, that it is
to be kept secret or given back, what it is, or that it is not finished yet. Sentences that speak about such things hold
other words as well. What such a line says beside its notices must be a title or a label; only a part that names the text
itself, or asks its reader, stands beside anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.faces import face_of
from rectify.prose.handling import Mark, fills
from rectify.prose.late import late
from rectify.prose.mark_phrases import BESIDE, CARRIER, SUBJECT, WORDS
from rectify.prose.word_lists import any_of, load

_DATA = {**WORDS, **load("notices")}


def _any(*kinds: str) -> str:
    return f"(?:{any_of(word for kind in kinds for word in _DATA[kind])})"


_MAY_NOT = _any("forbidding", "forbidding_colloquially")
_HOW = rf"(?:{_any('forbidding_how', 'how_colloquially')}|(?:向|对|给|把|将|往|在|通过|经|用|与|同|于|到|由|跟|让|随)[\w、]{{1,12}}?)"
_MEDIUM = rf"[上到至往在入进给出向]?{_any('media')}[上中里内外]?(?:以外)?"
_GIVEN = r"(?:(?<=提供)|(?<=转交)|(?<=转告)|(?<=转给)|(?<=告诉)|(?<=告知)|(?<=透露)|给|到|于|向)[一-鿿]{1,8}$"
_VERB = rf"{_any('forbidden', 'forbidden_to_readers')}(?:出去|{_GIVEN}|{_MEDIUM})?"
_FORBIDS = rf"(?!不作\w{{0,4}}依据){_MAY_NOT}{_HOW}{{0,3}}(?:{_VERB}|{_MEDIUM}$)(?:[、和或及与]?(?:{_MAY_NOT})?{_HOW}?{_VERB})*(?:的[一-鿿]{{0,4}}?{_any('texts')})?"
_ONLY = (
    rf"(?:[仅只专](?!供?参考)(?:供|限于?|能|可|给|由|对|在|发[给至到往]?|用于)?|限于?|供(?!参考)|发至)(?:(?![年月日期])[一-鿿]){{1,14}}?{_any('reading')}(?:即可|就行|就好|{CARRIER})?(?![一-鿿])"
    rf"|(?:仅限|只限|限于|限|[仅只]发[给至到]?|(?:[印分下]?发[给至到]|传达至|传达到|扩大到)(?![全每]|各(?!党|支)))[一-鿿、]{{0,12}}?{_any('readers')}(?:以[上下])?(?![一-鿿])"
    rf"|内部{_any('reading')}(?![一-鿿])|[仅只](?:限于?|在|用|通过|走|以)?[一-鿿]{{0,6}}?{_any('channels')}[一-鿿]{{0,4}}$"
    r"|仅[报送呈][一-鿿]{1,10}$|[传发到][到至]?[一-鿿]{1,10}为止"
    r"|(?:自己|大家|内部|心里|各自)(?:看看?|知道|了解|清楚|掌握)(?:一下)?(?:就[好行]|即可|就可以)了?"
)
_KEPT = (
    r"(?:(?:请|注意|严格|务必|千万|一律|须|应|予以|加以|切实|绝对|严守|(?<=前))保密(?:处理|保管|为盼|为要)?|严守秘密)"
)
_BACK = (
    r"(?:[阅看用办传会读散][看用议读阅完过件文]{0,2}(?:[毕后完罢]{1,2}|(?<=[完过]))|使用[后毕完]{1,2}|(?:当场|现场|会后|散会[后时]?|会毕|离[场席开][前时]|即[时席]|逐[份页人]|传阅后|讨论后|用毕|次日|会议结束[后时]?)|限[\d一二三五七十两]{1,2}[日天]内|\d+[秒分天日](?:钟|内|后)?)"
    r"(?:(?![未没不])[一-鿿\d]){0,8}?(?:[退交送归返缴][还回给交]?|收缴|(?:焚毁?|毁)(?:的[一-鿿]{2,14}$)?|销毁|回收|收回|清退|删[除掉了]?|粉碎|撤回|留[下在]|放[回在])"
    rf"(?:[一-鿿]{{0,9}}{_any('keepers')}(?:存档|归档|保管|登记|销毁|处理)?)?(?![一-鿿])"
)
_DONE = _any("done")
_STATE = (
    rf"(?:未到[一-鿿]{{2,8}}时[间候]|请[一-鿿、]{{2,12}}阅$|(?:尚|还|暂|仍|目前|均|领导|本人){{0,2}}(?:未|非|没有?)(?:经|被|正式|最终|对外|向社会)*[一-鿿]{{0,6}}?{_DONE}|{_any('states')}|[仅只]用于[一-鿿]{{1,14}}$|以[一-鿿]{{2,10}}为准|[一-鿿]{{2,10}}专用$|请[一-鿿]{{0,6}}?(?:审阅|审定|审核|审示|阅示|批示|修改|提出?意见)+)"
    rf"(?:的[一-鿿]{{0,6}}{_any('texts')})?"
)
_TIME = rf"[一-鿿]{{0,8}}?(?:未)?(?:正式|对外|最终)?{_DONE}(?:之|以)?前"
_SELF = rf"(?:(?:这[份个些张]?|[本此](?!{_any('not_itself')}))[一-鿿]{{0,4}}?{_any('texts')}{{1,2}}|[本此这](?=[为系属是])|以[上下](?:{_any('texts')}|(?=[为系属是均])))"
_IS = r"(?:按|属于?|系|[定列]?为|是(?!否)|均为|涉及|含有?)"
_SECRET = rf"(?:已|被|现|均)?(?:定密|{_IS}(?:[一-鿿]{{0,4}}?)(?<![不非]){_any('secrets')}[一-鿿]{{0,6}})$"
_ENCLOSED = r"(?:附件|附表|附图|附页|正文|表格内容|部分内容)[一二三四五\d]{0,2}[均都全部分]{0,2}(?:涉密|[暂]?不(?:予|宜)?(?:公开|上网|公布|随文[一-鿿]{0,4})|另[发寄送册]|另行[一-鿿]{1,6})$"
_BETWEEN = (
    rf"(?:该{_any('texts')}|(?:会上|会前|现场|当场|在[一-鿿]{{2,8}}?){_any('reading')}|{_any('texts')}(?=[仅只请勿别千切先暂])"
    rf"|[一-鿿]{{0,6}}?{_any('texts')}(?=[尚还暂未没仍])|[未非][经获得][一-鿿]{{0,8}}?(?:许可|批准|同意|授权|审批|允许|准许)"
    rf"|[一-鿿]{{1,6}}(?:之间|人员|同志|单位|双方)(?={_MAY_NOT})|\d{{1,2}}[年月日天]内|{_any('fill')})"
)
"""What else stands in a notice: whose, where, until when."""
_TOKEN = late(
    rf"(?P<self>{_SELF})|(?P<only>{_ONLY})|(?P<time>{_TIME})|(?P<forbids>{_FORBIDS})|(?P<kept>{_KEPT})|(?P<back>{_BACK})"
    rf"|(?P<secret>{_SECRET}|{_ENCLOSED})|(?P<state>{_STATE})|(?P<fill>{_BETWEEN})"
)
_TELLING = frozenset(("only", "forbids", "kept", "back", "secret"))
_STRICTEST = ("M004", "M003", "M007")
_SURE = frozenset(("mark", "ban", "notice", "own", "asks"))
_ASKS = late(rf"{_any('asking')}[一-鿿]{{0,6}}?{_any('asked')}")
_PROSE = compiled(any_of([*_DATA["telling"], *(word for word in _DATA["forbidding"] if len(word) > 1)]))
_TITLE = late(
    rf"(?!对(?!照)|将|把)[\w·.《》&+~×]{{0,40}}(?:{_any('texts')}|{_any('things')})(?:[之第]?[一二三四五六七八九十\d]{{1,4}}[期号]?)?|[\dA-Za-z_.:年月日@★]+|[密秘机内]"
    r"|关于\w{2,30}的\w{1,8}|(?:[呈报抄主]送?|拟?提交)\w{2,16}"
)
_BANS = compiled(_MAY_NOT)
_BESIDE = late(BESIDE)
_PART = compiled(r"[^,。;:!?|·◆()\[\]<>“”\"'/\x00]+")
_LONGEST, _LONGEST_PART, _LONGEST_VALUE, _LONGEST_LABEL = 90, 40, 12, 12


class _Part(NamedTuple):
    kind: str
    rule: str
    start: int
    end: int
    bracketed: bool


def notices(line: str) -> Iterator[Mark]:
    """Return the marks of a line that is a notice, or holds one."""
    if len(line) > 2 * _LONGEST:
        return
    face, places = face_of(line)
    if len(face) > _LONGEST or "|" in face:
        return
    parts = list(_parts(line, face, places))
    if any(part.kind == "other" for part in parts):
        tells = [part.kind in ("own", "asks") for part in parts]
        for index in range(len(parts) - 1, 0, -1):
            tells[index - 1] |= tells[index] and parts[index - 1].kind in _SURE
    else:
        weak = [part for part in parts if part.kind == "state"]
        sure = len(weak) > 1 or any(part.bracketed for part in weak) or any(part.kind in _SURE for part in parts)
        tells = [part.kind in _SURE or (sure and part.kind == "state") for part in parts]
    # What nobody may do with a thing that the line names: this text, or what it tells of.
    named = any(part.kind == "title" for part in parts)
    for told, group in groupby(zip(parts, tells), key=itemgetter(1)):
        if told:
            together = [part for part, _ in group]
            rule = min((part.rule for part in together), key=_STRICTEST.index)
            if rule == "M003" and all(part.kind == "ban" for part in together) and named:
                rule = "M007"
            yield Mark(rule, places[together[0].start], places[together[-1].end - 1] + 1)


def _parts(line: str, face: str, places: list[int]) -> Iterator[_Part]:
    labelled = False
    for match in _PART.finditer(face):
        start = match.start()
        for end in (*_gaps(line, places, *match.span()), match.end()):
            while start < end and face[start] in "*#★◆@":
                start += 1
            said = face[start:end].rstrip("*#★◆@")
            if said:
                closed = face[match.end() : match.end() + 1]
                kind, rule = _kind(said, closed)
                if kind == "mark" and closed == ":" and (match.end() == len(face) - 1 or said.isascii()):
                    kind = "beside"
                elif kind == "other" and labelled and len(said) <= _LONGEST_VALUE:
                    kind = "beside"
                labelled = closed == ":"
                yield _Part(kind, rule, start, start + len(said), closed in (")", "]"))
            start = end


def _gaps(line: str, places: list[int], start: int, end: int) -> list[int]:
    """Return where a wide gap, or a gap between words that are not spaced out, parts a stretch of the face."""
    gaps = [
        place
        for place in range(start + 1, end)
        if places[place] > places[place - 1] + 1 and not line[places[place]].isascii()
    ]
    edges = [start, *gaps, end]
    return [
        gap
        for before, gap, after in zip(edges, gaps, edges[2:])
        if (gap - before > 2 and after - gap > 2) or "—" in line[places[gap - 1] : places[gap]]
    ]


def _kind(said: str, closed: str) -> tuple[str, str]:
    """Return what a part is, and the rule of what it tells."""
    if len(said) > _LONGEST_PART:
        return "other", ""
    if rule := fills(said):
        return (
            "own"
            if re.match(SUBJECT, said)
            else "asks"
            if _ASKS.search(said)
            else "ban"
            if _BANS.match(said)
            else "mark"
        ), rule
    kinds = _kinds(said)
    if "forbids" in kinds and "state" in kinds[kinds.index("forbids") :]:
        return "other", ""
    if _TELLING.intersection(kinds):
        if "self" in kinds:
            return "own", "M007"
        return ("asks" if _ASKS.search(said) else "notice"), "M007"
    if "state" in kinds:
        return ("own" if "self" in kinds else "state"), "M007"
    if kinds:
        return "beside", ""
    if not _BESIDE.sub("", said):
        return "beside", ""
    if closed == ":" and len(said) <= _LONGEST_LABEL:
        return "beside", ""
    return ("title" if _TITLE.fullmatch(said) and not _PROSE.search(said) else "other"), ""


def _kinds(said: str) -> list[str]:
    """Return the kinds of the words that a part is made of, in order, none where it holds others."""
    kinds, place = [], 0
    while place < len(said):
        match = _TOKEN.match(said, place)
        if not match or match.end() == place:
            return []
        kinds.append(match.lastgroup or "")
        place = match.end()
    return kinds
