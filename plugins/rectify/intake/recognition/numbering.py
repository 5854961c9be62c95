"""The number printed at the start of a paragraph: 一、（一）1.（1）① 一是, and the labels 问题一： that do the same.

Order of levels after GB/T 9704-2012, 7.3.3: 一、, （一）, 1., （1）.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import NamedTuple

from rectify.core.numerals import fold_digits, number_of

FORMS = ("chapter", "stem", "cn", "letter", "cn-paren", "item", "arabic", "arabic-paren", "circle", "run")
"""From the highest level to the lowest, as documents usually nest them."""

_CN = "[一二三四五六七八九十百零〇]{1,5}"
ABOUT = (
    "(?:原有?|本次|上轮|具体|整改|反馈|巡[察视]|审计|督[察查导]|交办|督办|转办|曝光|检查|检视|查摆|发现|指出|存在|通报|移交"
    "|群众|认领|领办|信访|媒体|暗访|突出|主要|重点|安全){0,4}"
)
MATTER = "(?:问题|事项|任务|隐患|诉求|点位|反映|留言|意见|短板|堵点|痛点)"
"""What lists of problems count: 原反馈问题一：, 曝光问题（二）：, 诉求三：."""
_SPACE = "[ \\t\u3000\xa0]*"
_PATTERNS = (
    (
        "chapter",
        re.compile(
            rf"第({_CN}|\d{{1,2}})(?:(?:部分|章|篇)[：:、]?|(?:类|方面|批)(?:[：:、]|[ \u3000]{{1,4}})){_SPACE}"
        ),
    ),
    # 甲、 as a heading, not 甲、乙两家.
    ("stem", re.compile(rf"([甲乙丙丁戊己庚辛壬癸])、{_SPACE}(?![甲乙丙丁戊己庚辛壬癸])")),
    ("letter", re.compile(rf"([A-ZⅠ-Ⅻ])(?:[.．、]|[类级][：:、]){_SPACE}(?=[\u4e00-\u9fff“])")),
    ("cn", re.compile(rf"({_CN}){_SPACE}(?:、|[．.](?!\d)){_SPACE}")),
    ("cn-paren", re.compile(rf"([㈠-㈩])[、．.]?{_SPACE}")),
    ("arabic", re.compile(rf"([⒈-⒛]){_SPACE}")),
    ("arabic-paren", re.compile(rf"([⑴-⒇]){_SPACE}")),
    ("cn-paren", re.compile(rf"[（(]{_SPACE}({_CN}){_SPACE}[）)][、．.]?{_SPACE}")),
    # Half of a label is the number: 反馈问题一：, 问题1：, 整改事项（三）：
    (
        "item",
        re.compile(
            rf"{ABOUT}{MATTER}(?:清单)?(?:序号)?[ \u3000]?[（(]?({_CN}|\d{{1,3}})[）)]?{_SPACE}[：:、.．｜|丨]{_SPACE}"
        ),
    ),
    (
        "item",
        re.compile(rf"(?!{MATTER}){ABOUT}{MATTER}[（(]({_CN}|\d{{1,3}})[）)]{_SPACE}(?=[^，。、及和])"),
    ),
    ("item", re.compile(rf"{ABOUT}{MATTER}({_CN}|\d{{1,3}})[ \t\u3000]{{1,4}}(?=[\u4e00-\u9fff“])(?![个项条件类])")),
    (
        "item",
        re.compile(
            rf"(?:监察|检察|司法|审计|纪检监察)?建议[（(]?({_CN}|\d{{1,2}})[）)]?(?:中?所?(?:指出|反映|提出|指|涉及)的?问题|[：:])[：:]?{_SPACE}"
        ),
    ),
    (
        "item",
        re.compile(
            rf"第({_CN}|\d{{1,3}})[项个号条件](?:(?:{ABOUT}(?:意见|建议|问题|事项|任务))?{_SPACE}[：:]{_SPACE}|[ \t\u3000]{{1,4}}(?=[\u4e00-\u9fff“])|$)|序号{_SPACE}(\d{{1,3}})[ \t\u3000：:、]{{1,4}}(?=[\u4e00-\u9fff“])"
        ),
    ),
    # 第一，关于甲不严。 A point of a speech is followed by something else.
    ("item", re.compile(rf"第({_CN})，(?=(?:关于|针对)[^，。]{{4}})")),
    ("item", re.compile(rf"【{_SPACE}(?:反馈|具体|整改)?(?:问题|事项|任务)?({_CN}|\d{{1,3}}){_SPACE}】[：:]?{_SPACE}")),
    # Not a decimal (3.5万), a date (9.13), a time or a version; years have four digits.
    ("arabic", re.compile(rf"(\d{{1,3}}){_SPACE}(?:[.．、]{_SPACE}(?![\d％%])|、(?=\d{{1,2}}月\d{{1,2}}日))")),
    # A-1 甲不严, 问题Q01 乙不实: a letter for the group, or the list, before the number.
    (
        "arabic",
        re.compile(
            rf"{MATTER}?[A-Z]{{1,3}}(?:[-－—](\d{{1,3}})|(\d{{2,3}}))[ \t\u3000：:、.．]{{1,4}}(?=[\u4e00-\u9fff“])"
        ),
    ),
    # 01 甲不严, as the cards of pages number.
    ("arabic", re.compile(r"(0\d)[ \u3000]+(?=[\u4e00-\u9fff“])")),
    ("arabic-paren", re.compile(rf"(?:[（(]{_SPACE}(\d{{1,3}}){_SPACE}[）)]|(\d{{1,3}})[）)])[、．.]?{_SPACE}")),
    # （1/5）, of so many
    ("item", re.compile(r"[（(](\d{1,2})[/／]\d{1,2}[）)][、．.]?[ \t\u3000]*")),
    ("circle", re.compile(rf"([①-⑳㉑-㉟㊱-㊿❶-❿]){_SPACE}[、．.]?{_SPACE}")),
    ("run", re.compile(rf"(?:第?({_CN})是|其({_CN})，|({_CN})方面是?，)(?![否不])")),
)
_ORDERS = {
    word: value
    for words in ("甲乙丙丁戊己庚辛壬癸", string.ascii_uppercase, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")
    for value, word in enumerate(words, 1)
}
_LONGEST = 60


class Mark(NamedTuple):
    """A number at the start of a text."""

    form: str
    """One of FORMS."""
    value: int
    text: str
    """As printed, with its punctuation."""
    length: int
    """Characters of the text that it takes, indentation included."""


@lru_cache(maxsize=4096)  # Every step of recognition asks.
def read_mark(text: str) -> Mark | None:
    """Return the number that a paragraph begins with, or None."""
    start = len(text) - len(text.lstrip())
    folded = fold_digits(text[: start + _LONGEST])
    for form, pattern in _PATTERNS:
        if match := pattern.match(folded, start):
            word = next(group for group in match.groups() if group)
            value = _ORDERS.get(word) or number_of(word)
            if value is None:
                continue
            return Mark(form, value, text[start : match.end()].strip(), match.end())
    return None
