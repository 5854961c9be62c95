"""Masked names beside what undoes them: a whole number of that person, or the whole name said to be the same one's.

韦*壮（452199198403221713）; “被害人秦某甲”与附表“秦霜降”为同一人; *建国, 开户名为申屠建国.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.columns import line_at
from rectify.prose.privacy.likeness import is_given
from rectify.prose.privacy.names import COMPOUND, NAME_BEGINS, is_value
from rectify.prose.word_lists import any_of

_HAN = f"[{IDEOGRAPH}]"
_SIGNS = r"(?:[*×○□■]{1,2}|_(?=[一-鿿])|[Xx]{1,2}(?![A-Za-z\d]))"
_MASKED = rf"(?:(?P<surname>{any_of(COMPOUND)}|[{NAME_BEGINS}])(?:某{{1,2}}[甲乙丙丁]?|{_SIGNS})(?P<last>{_HAN}(?=[”\"’」）)（(，、。；：:\s]|$))?|(?<![\w*×○□■])[*×○□■]{{1,2}}(?P<given>{_HAN}{{1,2}})(?=[”\"’」）)（(，、。；：:\s]|$))"
_ONE = late(_MASKED)
_NUMBERED = late(
    rf"{_MASKED.replace('?P<', '?P<n_')}[”\"’」]?(?:先生|女士)?[ ]?[，,（(：:、|]{{0,2}}[ ]?(?:[^，。；\n\d]{{1,10}}[，,])?(?:{_HAN}{{0,8}}(?:号码?|证))?[：:为是 |]{{0,2}}(?P<number>\d{{17}}[\dXx]|\d{{6}}[ \-]?\d{{8}}[ \-]?\d{{3}}[\dXx]|1[3-9]\d{{9}})(?![\d*])"
)
_REAL_NAME = late(
    rf"(?P<alias>[{IDEOGRAPH}]{{2,3}})[”\"]?[（(，]化名[，,、；; ]{{1,2}}(?:[全真本实原]名|实为|本来?叫)[为是叫：: “\"]{{0,3}}(?P<name>{_HAN}{{2,4}})(?=[”\"）)，。；])"
)
_ONE_CHARACTER = late(
    rf"(?P<mask>{_MASKED.replace('?P<', '?P<o_')})[^。；\n]{{0,12}}?(?:[大本真全]?名里?|名字里?|中间|那个?字|[*×○]|某)(?:字|里)?(?:带|有|含|为|是|即|叫)[一个着]{{0,2}}[“\"‘「]?(?P<one>{_HAN})(?:[”\"’」]|(?=字[，。）)]|[）)]))"
)
"""化名, 真名任思雨; 刘×峰, 大名带个“海”字; 刘×芳（×为桂）."""
_O_MASKED = _MASKED.replace("?P<", "?P<o_")
_GIVEN_TOLD = late(
    rf"(?P<mask>{_O_MASKED})[^。；\n]{{0,16}}?(?:(?<=[，（(、：“ ])名|单名|名字|[前后末尾首]?[一两二三]个?字(?=[是为叫：“\"])|[前后末尾][一两二]字)(?:[只仅]?一个)?[是为叫作：:]?[“\"‘「]?(?P<one>{_HAN}{{1,2}})[”\"’」]?(?=字|[，。；）)]|$)"
)
_THE_ONLY_ONE = late(
    rf"(?P<mask>{_O_MASKED})[”\"]?[，（(]?[系是为][^。；\n]{{0,16}}?(?:唯一|独一|仅有|只有)的?(?:一[名个位])?(?P<one>{_HAN}{{2,10}})"
)
_THAT_IS = late(
    rf"(?P<mask>{_O_MASKED})[”\"」）)]?[，,（( ]{{0,2}}(?:即|就是|系|是|对应|实为|也就是)[^。；\n]{{0,16}}?(?P<one>(?P=o_surname){_HAN}{{1,2}})(?=[”\"」）)，。；、]|$)"
)
"""欧阳某，名志远; 周某系镇中学唯一的音乐教师; 孙某甲，即附件二的孙立明."""
_SIGNED = compiled("某|[*×○□■_](?=[一-鿿”）（，、。；：]|$)|[Xx](?![A-Za-z0-9])")
_DIGITS = compiled(r"\d{11}|\d{6}[ \-]\d{8}")
_SAME = compiled(
    "同一|实为|就是|[全实真本原户]名|附[表件]|对照|未(?:作?处理|遮|隐|打码|脱敏)|露出|写明|可见|仍[为是写]"
)
_TOKEN = r"(?<=[“\"‘「（(：:为是即系叫、，| ])"
_ENDS = r"(?=[”\"’」）)，。；：、（(| ]|$)"
_MOST, _REACH = 40, 60


def undone(text: str) -> Iterator[tuple[int, int]]:
    """Yield the masked names of a text that what stands beside them undoes, and the whole names."""
    if not ((_SIGNED.search(text) and _ONE.search(text)) or "化名" in text):
        return
    if _DIGITS.search(text):
        for match in islice(_NUMBERED.finditer(text), _MOST):
            yield match.start(), match.end("n_last") if match["n_last"] else _end_of(match)
    for told in islice(_REAL_NAME.finditer(text), _MOST):
        if is_value(told["name"]):
            yield from (told.span("alias"), told.span("name"))
    for told in islice(_ONE_CHARACTER.finditer(text), _MOST):
        yield from (told.span("mask"), told.span("one"))
    for form, is_one in ((_GIVEN_TOLD, is_given), (_THE_ONLY_ONE, bool), (_THAT_IS, _is_whole)):
        for told in islice(form.finditer(text), _MOST):
            if is_one(told["one"]):
                yield from (told.span("mask"), told.span("one"))
    for same in islice(_SAME.finditer(text), _MOST):
        start, end = line_at(text, same.start())
        near = max(start, same.start() - _REACH), min(end, same.end() + _REACH)
        for mask in islice(_ONE.finditer(text, *near), _MOST):
            whole = (
                rf"{_TOKEN}{mask['surname']}{_HAN}{{{0 if mask['last'] else 1},{1 if mask['last'] else 2}}}{mask['last'] or ''}{_ENDS}"
                if mask["surname"]
                else rf"{_TOKEN}(?:{any_of(COMPOUND)}|[{NAME_BEGINS}]){mask['given']}{_ENDS}"
            )
            for one in re.finditer(whole, text[slice(*near)]):
                if _is_whole(one[0]):
                    yield mask.span()
                    yield near[0] + one.start(), near[0] + one.end()


def _is_whole(name: str) -> bool:
    return "某" not in name and is_value(name)


def _end_of(match: re.Match[str]) -> int:
    """Return where the mask in front of a number ends."""
    mask = _ONE.match(match.string, match.start())
    return mask.end() if mask else match.start("number")
