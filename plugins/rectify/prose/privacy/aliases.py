"""What stands for somebody whom the text names as well: 代号“017”, 017—常满仓; 化名小雨（真实姓名：田欣雨）; A即何守业.

A name that is told in pieces is as good as written, and so is the rest of a door that is masked in one place only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.people import Person
from rectify.prose.privacy.names import COMPOUND, NAME_BEGINS, SYLLABLE
from rectify.prose.privacy.pinyin import begins_with
from rectify.prose.word_lists import any_of

_NO_NAME = "代号|代称|化名|假名|匿名|简称|编号|对照|受访|证人|笔名|艺名|字母|甲乙|密名"
# Begins with a class of every first character, which the search jumps to.
_ALIAS_WORDS = compiled(
    "[名号称照访人为即](?:(?<=[化假匿笔艺密本真实原]名)|(?<=代号)|(?<=编号)|(?<=[代简]称)|(?<=对照)|(?<=受访)|(?<=证人)|(?<=实为)|(?<=[A-Z甲乙丙丁某]即))|真实姓名"
)
_ALIAS = r"(?:[A-Za-z]{1,2}-?\d{0,3}|\d{1,3}|[甲乙丙丁戊己庚辛]|[小老阿大][一-鿿])[某号]?(?:同学|女士|先生|师傅)?"
_BEFORE_NAME = late(
    rf"(?<![A-Za-z\d.])[“\"「『]?(?P<alias>{_ALIAS})[”\"」』]?[）)]?(?:[（(](?:{_NO_NAME})[）)])?[，,、 ]{{0,2}}"
    r"(?:(?:的[一-鿿]{0,4}[是为]|[一-鿿]{0,2}(?:即|就是|系|实为|本名|真名|实名|原名|真实姓名|姓名|对应|指|代表)[一-鿿\d]{0,10}?)|[=＝:：→]|[—\-]{1,2}>?)[为是：:“\"「『（( ]{0,2}$"
)
_IN_BRACKETS = late(rf"[“\"「『](?P<alias>{_ALIAS})[”\"」』](?:[（(]|的?(?:{_NO_NAME})[^。；\n]{{0,14}})$")
_BEHIND_NAME = late(
    rf"[”\"」』]?[（(，,](?:以下|下称|文中)?(?:{_NO_NAME})[为是叫：:]{{0,2}}[“\"「『]?(?P<alias>[^”\"」』）)，。；\s]{{1,6}})"
)
_CALLED = late(rf"(?:{_NO_NAME})[为是叫：:]{{0,2}}[“\"「『](?P<alias>{_ALIAS})[”\"」』]")
_REACH = 26

_SPLIT = "弓长|木子|耳东|双木|古月|口天|三横王|草头黄|立早|走肖|人可|言午|十八子|关东|走召|女马|干勾于|禾日|禾火|西早|土申|广龙|白水|目艾|丘八|言射|卯金刀|耳火|木易|口力|日京|双口|言川|竹间"
"""Surnames by the parts of which they are written."""
_IN_PIECES = late(
    rf"(?<![一-鿿]同)姓[氏是为：:]?[“\"「]?(?P<surname>{_SPLIT}|{any_of(COMPOUND)}|[{NAME_BEGINS}])[”\"」]?[，,、；; ]{{0,2}}(?:单?名|名字)[是为叫：:]{{0,2}}[“\"「]?(?P<given>[一-鿿]{{1,2}})(?=[”\"」，。；、）)\s]|$)"
    rf"|姓(?P<drawn>[一-鿿]{{1,4}}(?:旁|水|头|底|框|字)[右左边]{{0,2}}[加个]{{1,2}}[一-鿿])|姓[是为：:]?[“\"「]?(?P<split>{_SPLIT})(?=[”\"」，。；、）)的\s]|$)"
)
_SOUNDS_LIKE = late(
    rf"(?P<mask>[{NAME_BEGINS}](?:某{{1,2}}|[*×○]{{1,2}}))[（(，,]{{1,2}}(?:谐音|同音|音同|读音|读作|念作|听起来像?)[为是：:]?[“\"「]?(?P<told>[一-鿿]{{2,4}})(?=[”\"」，。；）)]|$)"
)
_SHORT = late(
    rf"(?P<surname>[{NAME_BEGINS}])(?:某{{1,2}}|[*×○]{{1,2}})[（(，,]{{1,2}}(?:拼音|首字母|缩写|代号)?[为是：:]?(?P<letters>[A-Za-z]{{2,3}})(?=[）)，。；\s]|$)"
)
"""谭某某（TDH）"""
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_PINYIN = late(
    rf"(?:拼音|英文名)(?:字母|全拼|缩写)?(?:代替|代称|代|表示|写|替换)?[一-鿿]{{0,2}}[：:为是“\"（( ]{{1,2}}(?P<told>(?i:{SYLLABLE}[ \-']?{SYLLABLE}(?:[ \-']?{SYLLABLE})?))(?![A-Za-z])"
    r"|(?:首字母|缩写)[为是：:“\"]{0,2}(?P<first>[A-Za-z]{2,4})(?![A-Za-z])"
    rf"|某[，（(、 ]{{0,2}}[一-鿿]{{0,2}}[：: ]?(?P<toned>(?=[^，。；\n]{{0,16}}[{_TONES}])[a-z{_TONES}]{{1,6}}(?:[ \-]?[a-z{_TONES}]{{1,6}}){{1,2}})"
)
_LATIN = compiled(f"拼音|英文名|首字母|缩写|[{_TONES}]")
_DOOR = late(
    r"(?P<door>(?<![\d\-])\d{1,3}(?:号楼|栋|幢|座|单元|号院|弄)|[一-鿿\d]村[\d一二三四五六七八九十]{1,3}组|[路街巷道](?=[*×○]))(?P<mask>[*×○]{1,4})(?:号|室|户|单元)?"
)
_DOOR_MASKED = compiled("[栋幢座元院弄组楼路街巷道][*×○]")
_WITHIN, _MOST = 200, 40


def aliases(text: str, named: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Yield what stands for the private persons of a text, and the pieces in which it tells names and doors."""
    if _ALIAS_WORDS.search(text):
        yield from _of_named(text, named)
    if "姓" in text:
        for match in islice(_IN_PIECES.finditer(text), _MOST):
            yield from (match.span(name) for name, said in match.groupdict().items() if said)
    if "某" in text or "*" in text:
        for match in islice(_SHORT.finditer(text), _MOST):
            if begins_with(match["surname"], match["letters"]):
                yield match.span("letters")
    if _LATIN.search(text):
        yield from (match.span(match.lastgroup or 0) for match in islice(_PINYIN.finditer(text), _MOST))
    if "音" in text or "作" in text:
        for match in islice(_SOUNDS_LIKE.finditer(text), _MOST):
            yield from (match.span("mask"), match.span("told"))
    if _DOOR_MASKED.search(text):
        yield from _doors(text)


def _of_named(text: str, named: Sequence[Person]) -> Iterator[tuple[int, int]]:
    for person in named:
        if person.rule != "P009":
            continue
        first = max(0, text.rfind("\n", 0, person.start) + 1, person.start - _REACH)
        before = text[first : person.start]
        alias = _BEFORE_NAME.search(before) or _IN_BRACKETS.search(before)
        start, end = (first + alias.start("alias"), first + alias.end("alias")) if alias else (-1, -1)
        if not alias and (alias := _BEHIND_NAME.match(text, person.end)):
            start, end = alias.span("alias")
        if alias:
            yield start, end
            for called in islice(_CALLED.finditer(text), _MOST):
                if called["alias"] == text[start:end]:
                    yield called.span("alias")


def _doors(text: str) -> Iterator[tuple[int, int]]:
    """Yield the masked doors of which the rest stands elsewhere in the text, with that."""
    for match in islice(_DOOR.finditer(text), _MOST):
        rest = compiled(
            rf"{re.escape(match['door'])} ?(?:\d{{1,2}}单元)?[\-–]?[A-Za-z]?\d{{1,4}}(?:室|号|户)?(?!\d*[栋幢座])"
        )
        for first, last in ((match.end(), match.end() + _WITHIN), (max(0, match.start() - _WITHIN), match.start())):
            if told := rest.search(text, first, last):
                yield match.span()
                yield told.span()
                break
