"""One person without a whole name: 信访人, 其母, 老吴, 学生李某轩, 郑某之妻, 12床蔡大妈, 全院唯一的女司机, and what is said there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.likeness import frequency
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.word_lists import any_of, load

_DATA, _PEOPLE = load("conditions"), load("people")
_IN_SERVICE = frozenset(_DATA["in_service"])
_ROLES = (
    frozenset([*_PEOPLE["private"], *_PEOPLE["parts"], *_PEOPLE["roles"], *_DATA["singles"], *_DATA["masked"]])
    - _IN_SERVICE
)
_SIZES = sorted({len(role) for role in _ROLES | _IN_SERVICE})
_KIN = "|".join(_DATA["kin"])
# Each way begins with its own characters, so that the search jumps from one to the next.
_BY_PART = late(
    "|".join(
        (
            any_of(_DATA["singles"]),
            *(
                f"{one}(?:[男女]?(?:生|孩子?|童)|患者|病人|员工|职工|学生|老人|[村居]民|户)"
                for one in ("该", "涉事", "患病", "受害")
            ),
        )
    )
)
_OF_CLASS = compiled(r"班(?<=[\d一二三四五六七八九十）)].)的?(?:副?班长|[一-鿿]{2}委员|团支书|那[名个位]|唯一)")
"""Who is one in a class: 高三（6）班班长."""
_BY_KIN = late(
    rf"[我他她其](?:们家的?|(?!们)(?:家的?|的亲?|亲)?)[胞堂表养继大二三小]?(?:{_KIN})(?![{_DATA['after_kin']}])"
)
_OF_POST = late(
    rf"(?:{any_of(_DATA['posts'])})(?:[之的](?:夫|妻|[父母子女兄弟姐妹侄])(?:亲|子|弟|夫|媳|哥|嫂)?|的?(?:丈夫|妻子|老[婆公伴]|爱人|父亲|母亲|儿子|女儿|哥哥|弟弟|姐姐|妹妹|女婿|儿媳|小舅子|侄[子女]|[独长次幼][子女]))"
    r"(?![女子士们、和及与等等])"
)
_BY_SURNAME = late(
    rf"[{NAME_BEGINS}](?:某[{IDEOGRAPH}]?|女士|先生)(?=(?:之|的)?[父母妻夫子女儿]|([（(]))?|(?!小(?:[麦米时康]|白菜|黄鱼|汤)|老(?:毛病|黄[历牛]|古[板董]|江湖|方[法子]|路子))[老小阿][{NAME_BEGINS}](?=[{IDEOGRAPH}])(?![庄村镇乡区街路庙桥屯湾沟坝岭岗坡塘河湖寨营店集家师])"
)
_ADDRESSED = late(
    "|".join(
        (
            *(f"{one}(?![{IDEOGRAPH}]?[们傅等])" for one in sorted(_DATA["addressed"], key=len, reverse=True)),
            rf"姓(?={any_of(_DATA['called'])})",
            "氏(?:兄弟|姐妹|夫[妇妻]|父子|母[女子])",
        )
    )
)
_SURNAMES, _CALLED = frozenset(NAME_BEGINS), frozenset(_DATA["called"])
_NICK = late(rf"[老小][{NAME_BEGINS}](?![{IDEOGRAPH}]?[{_DATA['after_nick']}])")
_AS_ONE = (
    r"[^（）()\n]{0,8}(?:仅此一[人名例位]|仅有?一[名人位个]|只有一[名人位个]|独此一[人家]|唯一)[^（）()\n]{0,6}[）)]"
)
_OF_SIGHT = "(?=[一-鿿]{2,12}的?(?:男孩|女孩|孩子|[男女]生|学生|大[爷妈叔]|老[人师汉太]|[男女]?[工员]))"
_ONLY = late(
    rf"唯一(?:的|一[名位个]){{0,2}}|仅有(?:的|一[名位个]){{0,2}}|（{_AS_ONE}|\({_AS_ONE}|那个{_OF_SIGHT}|那位{_OF_SIGHT}|那名{_OF_SIGHT}"
)
"""Of whom there is but one, or who is pointed at."""
_OF_KIN = compiled("[之的]?(?:[父母妻夫子女][，亲子儿]?|丈夫|儿子|女儿)(?![士生])")
_IN_BRACKET = late(rf"[（(][^（）()\n]{{0,10}}?(?:{any_of([*_ROLES, *_DATA['called']])})[，、）)]")
_MANY = late(_DATA["of_many"])
_NOT_OF_HIM = late(_DATA["not_of_him"])
_BRACKET = compiled("[（(][^（）()]{1,12}[）)]")
_SENTENCE_END = compiled("[。！？\\n]")
_CLAUSE = compiled("[^，。；：、！？\\n|（）()—\\-]*$")
_EDGES = frozenset("，。；：、“（(！？\n |\t…")
_LEADS = ("反映", "投诉", "离异", "外籍", "被害", "申请", "涉事", "因", "系", "为")
_COLONS = ("：", ":")
_FARTHEST, _BEFORE, _RARE = 60, 16, 1
_ELDERS = frozenset(_DATA["elders"])


class Told(NamedTuple):
    """A part of a text that tells of one person."""

    start: int
    end: int
    by: str
    """How: `known` to those who live or work beside him, so that any word tells of him; by a `part`; or `masked` as an office masks its own."""


def singular(text: str) -> Iterator[Told]:
    """Return the parts of a text that tell of one person who is named by a part, a pet name or half a name."""
    for match in _BY_PART.finditer(text):
        if _begins(text, match.start()) and text[match.end() : match.end() + 1] not in _COLONS:
            yield from _said(text, match.end(), "part")
    for match in _BY_KIN.finditer(text):
        yield from _said(text, match.end(), "known")
    for match in _OF_POST.finditer(text):
        yield from _said(text, match.end(), "part")
    for match in _OF_CLASS.finditer(text):
        yield from _said(text, match.end(), "part")
    for start, end in addressed(text):
        yield from _clause(text, start)
        yield from _said(text, end, "known")
    for match in _ONLY.finditer(text):
        yield from _said(text, match.end(), "known")
    for sign in ("某", "女士", "先生", "老", "小", "阿"):
        if sign in text:
            break
    else:
        return
    for match in _BY_SURNAME.finditer(text):
        if by := _by_what(text, match.start(), match.end()):
            yield from _said(text, match.end() - (text[match.end() - 2] == "某" != text[match.end() - 1]), by)


def _begins(text: str, start: int) -> bool:
    """Return whether a person begins a clause, or stands behind what leads to one."""
    return not start or text[start - 1] in _EDGES or text.endswith(_LEADS, max(0, start - 2), start)


def addressed(text: str) -> Iterator[tuple[int, int]]:
    """Yield who is called by a surname and a title, by what he does and a title, or by a pet name; 班主任老师 is not."""
    for match in _ADDRESSED.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] in _SURNAMES and frequency(text[start - 2 : start - 1], text[start - 1]) <= _RARE:
            yield start - 1, end
        elif any(text[max(0, start - size) : start] in _CALLED for size in (2, 3)) and match[0] in _ELDERS:
            yield start, end
    for match in _NICK.finditer(text):
        start, end = match.span()
        words = (text[start - 1 : start], text[start], text[start + 1], text[end : end + 1])
        if words[0] and (words[0] in "床号，、—：:的" or words[0].isalpha()):
            if max(map(frequency, words, words[1:])) <= _RARE:
                yield start, end


def _by_what(text: str, start: int, end: int) -> str:
    """Return how a pet name or half a name tells of one person, empty where it does not."""
    if text[start] in "老小阿" and text[start + 1] not in "某":
        return "part" if _begins(text, start) else ""
    start -= text[start - 1 : start] in _COLONS
    before = {text[max(0, start - size) : start] for size in _SIZES}
    if not _ROLES.isdisjoint(before) or text[max(0, start - 1) : start] == "床":
        return "part"
    if not _IN_SERVICE.isdisjoint(before):
        return "masked"
    if _OF_KIN.match(text, end - (text[end - 1] in "父母妻夫子女儿")) or _IN_BRACKET.match(text, end):
        return "part"
    return ""


def _clause(text: str, start: int) -> Iterator[Told]:
    """Return what stands before him in his clause: 月收入1260元的清洁工老佟."""
    begin = _CLAUSE.search(text, max(0, start - _BEFORE), start)
    if begin and begin.start() < start:
        yield Told(begin.start(), start, "known")


def _said(text: str, start: int, by: str) -> Iterator[Told]:
    """Return as much of the sentence as tells of him, nothing where it tells a rule or of many."""
    end = _SENTENCE_END.search(text, start, start + _FARTHEST)
    stop = end.start() if end else min(len(text), start + _FARTHEST)
    many = _MANY.search(text, start, stop)
    if many and not (by == "known" and many[0].startswith("的")):
        # Of him no more is told than stands in the clauses before.
        stop = max(text.rfind(sign, start, many.start()) for sign in "，；")
        if stop <= start:
            return
    begin = bracket.end() if (bracket := _BRACKET.match(text, start, stop)) and by != "known" else start
    another = _NOT_OF_HIM.search(text, begin, stop)
    yield Told(start, another.start() if another else stop, by)
