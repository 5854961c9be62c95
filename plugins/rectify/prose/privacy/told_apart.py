"""Masked names that mean one person all the same: nobody else is called so there, or a picture tells who it is.

操*炳, 全组无第二人; 郗某, 单位里姓郗的只他一个; 佟某雨, 班级合影第三排右二; 名单与照片对照. A name is masked as offices mask it,
with 某, a star, a cross, a circle or a line in place of a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.names import COMPOUND, NAME_BEGINS
from rectify.prose.privacy.spans import united
from rectify.prose.word_lists import any_of

_HAN = f"[{IDEOGRAPH}]"
_SIGN = r"(?:某{1,2}|[*×○□＿_]{1,2}|[Xx]{1,2}(?![A-Za-z\d]))"
_SURNAME = rf"(?:{any_of(COMPOUND)}|(?![今本此该这每各第说某在有和与被对])[{IDEOGRAPH}])"
_MASKED = late(
    rf"(?<![*×○_])(?P<surname>{_SURNAME})(?:{_SIGN}{_HAN}?|(?<![{IDEOGRAPH}].){_HAN}[*×○_])(?=[”\"’」）)、，。；：:（(\s]|$|[的在是为与和]|{_HAN}{{0,3}}[（(，])"
)
_HALF = late(rf"(?<=[”\"“、，：: ])[*×○□_]{{1,2}}{_HAN}{{1,2}}(?=[”\"’」、，。；：:（(]|$)")
"""_九妹, beside a surname with a line behind it."""
_PEOPLE = "(?:[人户名位家例]|员工|职工|学生|村民|老师|医生|护士)"
_ALONE = late(
    rf"(?:[再更]?无|没有?|再没有?|找不出|不存在)[^，。；\n]{{0,6}}?(?:第二|别的|其他|另一|同姓|重名|同名)[^，。；\n]{{0,6}}"
    rf"|(?:[仅只就唯独]|全靠)(?:[此有剩他她其它这该]|一户|姓|本人|是){{0,3}}(?:一[个名位]?)?(?:{_PEOPLE}|独苗)?[^，。；\n]{{0,3}}(?:姓|这个姓|此姓|该姓|同姓|{_HAN}[姓氏])"
    rf"|(?:姓{_HAN}(?:的|氏|者)?|{_HAN}姓|[此该这]个?姓氏?|同姓|独姓|孤姓|这[个类]姓)[^，。；\n]{{0,10}}?(?:[仅只就唯独](?:[此有剩他她其是]){{0,2}}一|独一|唯一|[仅只就]其|一[户人家个]$)[^，。；\n]{{0,4}}"
    rf"|[全本该此][^，。；\n]{{0,8}}?[仅只就唯独](?:[此有剩他她其]){{0,2}}一(?:[个名位户家人]|{_PEOPLE}|[^，。；\n]{{0,3}}姓)[^，。；\n]{{0,4}}|独此一[家人户]|独一[家个份]|别无二人|(?:[全本该此][^，。；\n]{{0,4}})?唯一的?(?:复姓|姓)[^，。；\n]{{0,6}}"
)
_ONLY = late(r"(?:唯一|[仅只]有?|独)(?:的|一[名个位]){1,2}[一-鿿]{1,10}$")
"""Nobody else has the name, or the part that he plays."""
_HOME = late(r"[”\"]?[，,](?P<home>(?:家?住|居|家)[在于]?[^，。；\n”\"]{2,14})")
_HIDDEN_MIDDLE = compiled(rf"[某*×○□＊Xx](?<=[{NAME_BEGINS}\\].)(?={_HAN})")
_ONE_OF_A_PLACE = late(
    rf"(?P<surname>[{NAME_BEGINS}])\\?[某*×○□＊Xx]{_HAN}(?=[（(](?P<told>[^（）()\n]{{2,30}})[）)]|[^。某\n]{{0,24}}?[，,](?:家?住|户籍)[在于]?[^，。；某\n]{{2,10}}[村镇乡][^，。；某\n]{{0,6}}[\d一二三四五六七八九十]{{1,2}}[组号屯队社])"
)
_OF_SOMEWHERE = late(
    r"(?:[村镇乡街寨屯场]|^)[^某]{0,4}?[\d一二三四五六七八九十]{1,2}[组队社]|(?:[村镇乡局所校院厂社站]|社区|小学|中学|[一-鿿]{2})[^某]{0,16}?(?:支书|书记|主任|村长|[局所校院镇乡厂站组]长|会计|村医)"
)
"""The group that somebody lives in, or the post that one person holds."""
_PICTURE = late(
    "合影|合照|照片|座次|座位[表图]|站位|留影|毕业照|全家福|光荣榜|宣传栏|荣誉墙|花名册|签到[表册]|通讯录|名单原件|原名册"
)
_PLACE = late(
    rf"(?:第?[一二三四五六七八九十\d]{{1,2}}排)?(?:[左右前后]起?)?(?:数?第[一二三四五六七八九十\d]{{1,2}}[人个位名]?|(?<=[左右])[一二三四五六七八九十\d]{{1,2}})(?=[^\w]|{_HAN}|$)|[前后中首末]排[左右正]?[一-鿿\d]{{0,4}}|居中者?|[左右]起第?[一二三四五六七八九十\d]{{1,2}}"
)
_TELLS = late(
    "标[注明]|注明|写[着明有]|题名|姓名牌|名牌|胸牌|全名|实名|完整|可对应|对照|说明|显示|辨认|未[遮隐打]|露出|可见"
)
_OF_A_RULE = late("制度|办法|规定|公示期|应当|须|一律|统一")
_LINE_SIGN = compiled("[某*×○□＿_]|[Xx](?![A-Za-z0-9])")
_TELLING = ("姓", "第二人", "第二个", "第二户", "第二家", "第二名", "独", "唯一", "仅此", "只此", "就一", "仅一", "只一", "有一", "他一", "她一", "其一", "合影", "合照", "照片", "座次", "座位", "站位", "留影", "毕业照", "全家福", "光荣榜", "宣传栏", "荣誉墙", "花名册", "签到", "通讯录", "名单原", "原名册")  # fmt: skip
"""One of these is in what is told."""
_TELLS_APART = compiled(any_of(_TELLING))
_AFTER, _BEFORE, _MOST = 60, 24, 100


def told_apart(text: str) -> Iterator[tuple[int, int]]:
    """Yield the masked names of whom the same sentence tells who it is, and what tells it."""
    if not _LINE_SIGN.search(text):
        return
    for sign in islice(_HIDDEN_MIDDLE.finditer(text), _MOST):
        start = sign.start() - (2 if text[sign.start() - 1] == "\\" else 1)
        match = _ONE_OF_A_PLACE.match(text, max(0, start))
        if match and (not match["told"] or _OF_SOMEWHERE.search(match["told"])):
            yield match.span()
    if not any(word in text for word in _TELLING):
        return
    near = united(
        (max(0, told.start() - _AFTER), told.end() + _AFTER) for told in islice(_TELLS_APART.finditer(text), _MOST)
    )
    for mask in (mask for start, end in near for mask in _MASKED.finditer(text, start, end)):
        if not _is_surname(text, mask):
            continue
        first, last = _sentence(text, *mask.span())
        if _OF_A_RULE.search(text, first, last):
            continue
        if only := _ONLY.search(text, first, mask.start()):
            yield from (only.span(), mask.span())
        elif alone := _ALONE.search(text, mask.end(), last):
            yield from (mask.span(), alone.span())
            if home := _HOME.match(text, alone.end(), last):
                yield home.span("home")
        elif (picture := _PICTURE.search(text, first, last)) and (
            _TELLS.search(text, first, last) or _PLACE.search(text, picture.end(), last)
        ):
            yield mask.span()
            if place := _PLACE.search(text, picture.end(), last):
                yield place.span()
            yield from (half.span() for half in _HALF.finditer(text, first, last))


def _is_surname(text: str, mask: re.Match[str]) -> bool:
    """Return whether a name is masked, be the surname ever so rare: then nothing but an edge or a person stands before it."""
    if mask["surname"] in NAME_BEGINS or mask["surname"] in COMPOUND:
        return True
    before = text[max(0, mask.start() - 1) : mask.start()]
    return not before or not before.isalnum() or before in "人户民员生工者师士主妇友"


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(sign, max(0, start - _BEFORE), start) for sign in "。；\n") + 1 or max(0, start - _BEFORE)
    ends = [place for sign in "。；\n" if (place := text.find(sign, end, end + _AFTER)) >= 0]
    return first, min(ends, default=min(len(text), end + _AFTER))
