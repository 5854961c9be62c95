"""Masks of a name, beside which the whole name stands: 彭*（彭德全）, **兰 and 郑玉兰, 贺女士（即贺春梅）.

Whom a text names, the finder of names tells; a mask belongs to one of them if it shows the same surname, or the same end,
and stands near. The same holds of nicknames and doors that are masked and then told in full.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.people import Person
from rectify.prose.privacy.names import COMPOUND, NAME_BEGINS, written
from rectify.prose.word_lists import any_of

_SIGN = "[*×○◯〇□■█▇▓●★☆※]"
_SIGNED = compiled(
    rf"{_SIGN}|某|姓(?=[的职村住学户人])|化名|[Xx](?![A-Za-z\d])|[女先老同大师阿](?=[士生师学夫傅姨爷妈娘伯叔])"
)
"""One of these is in every mask of a name."""
_TITLE = "女士|先生|老师|大夫|医生|师傅|同学|阿姨|大爷|大妈|大娘|大伯|大叔"
_MASKED = late(
    rf"(?P<surname>{any_of(COMPOUND)}|[{IDEOGRAPH}])"
    rf"(?:(?P<signs>某{{1,2}}|{_SIGN}{{1,2}}(?!{_SIGN})|[Xx]{{1,2}}(?![A-Za-z\d]))|(?:{_TITLE})|姓(?![名氏]))"
)
_ENDING = late(rf"(?<![\w*×○※]){_SIGN}{{1,2}}(?=[一-鿿])|(?<=[一-鿿]){_SIGN}{{2}}(?=[一-鿿])")
_BARE = late(r"(?:(?<![*\n])\*{3}|[×□■○◯]{2,3}|某某)(?=[（(])")
_FOREIGN = late(
    r"(?<![一-鿿])[一-鿿]{1,6}[*×○]{1,3}[·•・‧](?=[一-鿿]{2})|(?<=[一-鿿][·•・‧])[一-鿿]{0,2}[*×○]{1,3}(?![·•・‧])"
)
"""马*·马哈麦提: one half says whose the other is."""
_HALVED = compiled(r"[*×○](?=[·•・‧])|[·•・‧](?=\w{0,2}[*×○])")
_OF_KIN = late(
    r"(?:[丈前]夫|妻子|老[公婆伴]|爱人|配偶|[父母]亲|儿子|女儿|[长次三独][子女]|其[父母妻夫子女兄弟姐妹]|之[父母妻夫子女])[系是为：:叫（，]{0,2}[一-鿿]{0,10}$"
)
"""Before the name of somebody's kin: 丈夫系该村会计."""
_ALIAS = late(r"[“\"‘]?[一-鿿]{2,4}[”\"’]?[（(]化名[）)]")
_TITLED = late(rf"[\s，。、；：（）()“”\"|/_.=!{_SIGN[1:-1]}\-\]]|$|{_TITLE}")
_NEAR, _BRACKET, _MOST = 60, 40, 200


def named_masks(text: str, named: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Yield the masks of the persons whom a text names; all who are named, in order."""
    private = [(one.start, one.end) for one in named]
    if not private or not _SIGNED.search(text):
        return
    for mask in islice(_MASKED.finditer(text), _MOST):
        end = mask.end()
        for start, stop in _near(text, private, *mask.span()):
            name = written(text[start:stop])
            if not name.startswith(mask["surname"]) or len(name) == len(mask["surname"]) or not name.isalpha():
                continue
            if name[-1] == text[end : end + 1] and mask["signs"] and len(name) > 2:
                yield mask.start(), end + 1
            elif not mask["signs"] or len(mask["signs"]) > 1 or _TITLED.match(text, end):
                yield mask.span()
        if mask["signs"] and any(
            start > end and _OF_KIN.search(text, max(end, start - _BRACKET), start)
            for start, _ in _near(text, private, *mask.span())
            if "。" not in text[end:start]
        ):
            yield mask.span()
    for alias in islice(_ALIAS.finditer(text), _MOST) if "化名" in text else ():
        for start, _ in _near(text, private, *alias.span()):
            if start > alias.end() and _OF_KIN.search(text, max(alias.end(), start - _BRACKET), start):
                yield alias.span()
    for mask in islice(_ENDING.finditer(text), _MOST):
        size = len(mask[0])
        for start, stop in _near(text, private, *mask.span()):
            shown = text[start + size : stop]
            if shown and text.startswith(shown, mask.end()) and stop - start > size:
                yield mask.start(), mask.end() + len(shown)
    for mask in islice(_BARE.finditer(text), _MOST):
        close = text.find("）", mask.end(), mask.end() + 2 * _BRACKET)
        if any(
            mask.end() < start < min(close, mask.end() + _BRACKET) for start, _ in _near(text, private, *mask.span())
        ):
            yield mask.span()


_ONE_HIDDEN = late(
    rf"(?<![*×○\w])(?P<one>(?P<surname>[{NAME_BEGINS}])(?:(?P<hidden>[*×○])(?P<last>[{IDEOGRAPH}])|(?P<first>[{IDEOGRAPH}])[*×○])(?![*×○]))"
)


def complements(text: str) -> Iterator[tuple[int, int]]:
    """Yield the masks of one name of which each shows what the other hides: 王*国, 王建*."""
    masks = list(islice(_ONE_HIDDEN.finditer(text), _MOST))
    for one, other in pairwise(masks):
        if one["surname"] == other["surname"] and bool(one["last"]) != bool(other["last"]):
            if other.start() - one.end() < _NEAR:
                yield from (one.span("one"), other.span("one"))


def foreign_masks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the masks of one half of a name of two, of which the other is shown."""
    if any(one in text for one in "·•・‧") and _HALVED.search(text):
        yield from (match.span() for match in islice(_FOREIGN.finditer(text), _MOST))


def _near(text: str, private: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names near a mask, on its line or one beside it, that are not the mask itself."""
    place = bisect_left(private, (start - _NEAR, 0))
    while place < len(private) and private[place][0] < end + _NEAR:
        first, last = private[place]
        between = text[last:start] if last <= start else text[end:first]
        if (last <= start or first >= end) and between.count("\n") < 2:
            yield first, last
        place += 1


_NICK = late(
    r"(?:昵称|网名|[微薇][信博]|[抖快]音|[账帐]号|用户|小红书|QQ|ID)(?:号码?|名字?)?[：:为是叫“\"]{0,2}(?P<mask>\w{0,8}(?:\*{1,6}[^\W即是为指]{0,8}){1,4})"
)
_DOOR = late(
    r"[^\W_]{1,10}(?:[*×○□]{1,4}(?:[幢栋座室排组户弄巷]|号楼?|单元)[^\W_]{0,6}){1,3}[^。；\n]{0,16}?(?:星号|隐[去藏]|遮[住盖掩]|打码|[缺略]的)[^，。；\n\d]{0,8}(?P<told>\d{1,4}(?:[、和,，及与]\d{1,4}){0,3})(?![\d元年月人])"
)
_DOOR_TOLD = late(
    r"(?P<mask>[^\W_]{1,10}(?:[*×○□]{1,4}(?:[幢栋座室排组户弄巷]|号楼?|单元)[^\W_]{0,6}){1,3})[^。；\n]{0,14}?(?:写明|实[为是]|即[为是]?|应[为是]|原文|显示|全[称址]|真实|可见|对应)[^，。；\n\d]{0,4}?(?P<told>[一-鿿]{2,10}\d{1,4}(?:[幢栋座室排组户弄巷]|号楼?|单元)[^，。；\n]{0,10})"
)
"""某小区×栋×单元502, 下文写明是锦绣苑6栋2单元"""
_DOOR_SIGN = compiled("[*×○□](?=[幢栋号座单室排组户弄巷])")
_TOLD_WITHIN, _LEAST_SHOWN, _LONGEST_DOOR = 40, 2, 12


def told_masks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the nicknames and the doors that are masked and then told in full, with what tells them."""
    if "*" in text:
        for match in islice(_NICK.finditer(text), _MOST):
            shown = re.split(r"\*+", match["mask"])
            whole = compiled(r"\w{1,6}?".join(map(re.escape, shown)))
            told = whole.search(text, match.end(), match.end() + _TOLD_WITHIN)
            if told and len("".join(shown)) >= _LEAST_SHOWN and "\n" not in text[match.end() : told.start()]:
                yield from (match.span("mask"), told.span())
    if any(one in text for one in "*×○□") and _DOOR_SIGN.search(text):
        for door in islice(_DOOR_TOLD.finditer(text), _MOST):
            yield from (door.span("mask"), door.span("told"))
        for door in islice(_DOOR.finditer(text), _MOST):
            end = door.start("told")
            yield from ((door.start(), min(end, door.start() + _LONGEST_DOOR)), door.span("told"))
