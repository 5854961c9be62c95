"""When a person was born, and how old a named person is; the founding of a body and the age of many are no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.prose.passage import Passage
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.spans import apart

_GAP = r"[ \u3000\\]?"
_YEAR = r"(?:(?:18|19|20)\d\d|[一二][〇零○九八0O]?[〇零○一二三四五六七八九]{2,3})"
_DAY = r"(?:[初十廿一二三四五六七八九]{1,3}|\d{1,2})"
_DATE = (
    rf"(?:{_YEAR}{_GAP}年{_GAP}\n?(?:(?:\d{{1,2}}|[一二三四五六七八九十正腊冬]{{1,2}}){_GAP}月?{_GAP}(?:{_DAY}{_GAP}日?)?)?(?:\d{{1,2}}时(?:\d{{1,2}}分)?)?"
    rf"|(?:19|20)\d\d{_GAP}[-./]{_GAP}\d{{1,2}}(?:{_GAP}[-./]{_GAP}\d{{1,2}})?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?)"
)
_PLAIN_DAY = rf"(?:\d{{1,2}}月{_DAY}日|(?<!\d)(?:0[1-9]|1[0-2])[0-3]\d(?!\d))"
_LABELLED = re.compile(
    rf"(?:出生(?:日期|年月日?|时间|于)?|生日|生于|(?i:(?<![a-z])(?:dob|birth(?:day|date|_date)?|date of birth)))"
    rf"(?P<is>[：:为是于|= \u3000在]{{0,4}})(?P<date>{_DATE}(?:[，一-鿿]{{0,8}}为{_DATE})?|{_PLAIN_DAY})(?!成立|设立|组建|以来)"
)
_BORN = re.compile(
    rf"(?P<date>{_DATE}{_GAP}(?:出生(?!人口|率|缺陷|医学|登记|队列|证)|生人|生(?=[）)，。、；\s|]|$)))|(?P<ox>[〇零一二三四五六七八九]{{2}}年属[鼠牛虎兔龙蛇马羊猴鸡狗猪])"
)
_CHANGED = re.compile(rf"出生[一-鿿]{{0,3}}由(?P<a>{_DATE})改为(?P<b>{_DATE})")
_AGE = re.compile(
    r"(?:年满|刚满|已满|满)?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})周?岁(?:\d{1,2}个月|高龄|生日)?(?!以[上下]|及以|至|—|-|儿童|以内|左右的老)|[一二三四五六七八九]十有[一二三四五六七八九]"
)
_AFTER_NAME = re.compile(
    rf"[（(，,| \u3000]{{1,3}}(?:(?:男|女)[，,| \u3000]{{1,3}})?(?:[一-鿿]{{1,4}}族[，,| \u3000]{{1,3}})?(?P<date>{_DATE})(?=[—\-，,）)| \u3000]|$)"
)
_IN_NAME = re.compile(r"(?P<date>(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)(?!\d)")
_HINT = re.compile(
    "|".join(
        [
            "出生",
            "生日",
            "生于",
            "生人",
            "年生",
            "月生",
            "日生",
            "年属",
            "birth",
            "Birth",
            "BIRTH",
            "dob",
            "DOB",
            *(f"{digit}生" for digit in range(10)),
        ]
    )
)
_SEXED = re.compile(r"[男女]")
_SENTENCE_END = re.compile(r"[。；\n]")
_REACH = 50
"""Characters from an age within which its name stands."""


def births(passage: Passage, reading: Reading, named: list[Person]) -> Iterator[Finding]:
    """Return the dates of birth, and the ages of named persons."""
    text = reading.text
    if not named and not _HINT.search(text):
        return
    spans = {match.span("date") for match in _LABELLED.finditer(text)}
    spans |= {match.span("date" if match["date"] else "ox") for match in _BORN.finditer(text)}
    for match in _CHANGED.finditer(text):
        spans |= {match.span("a"), match.span("b")}
    for person in named:
        for pattern in (_AFTER_NAME, _IN_NAME):
            after = pattern.match(text, person.end)
            if after and (pattern is _IN_NAME or _is_row(text, after)):
                spans.add(after.span("date"))
    if named and ("岁" in text or "有" in text):
        for match in _AGE.finditer(text):
            if _of_somebody(text, named, *match.span()):
                spans.add(match.span())
    for start, stop in apart(spans):
        first, last = reading.source(start, stop)
        yield passage.found("P030", first, token=passage.text[first:last], example=_masked(text[start:stop]))


def _is_row(text: str, match: re.Match[str]) -> bool:
    """A date directly behind a name is one of birth where the sex is told, or brackets hold nothing else."""
    return bool(_SEXED.search(match[0])) or match[0].startswith(("（", "("))


def _of_somebody(text: str, named: list[Person], start: int, end: int) -> bool:
    """Return whether a named person stands in the sentence."""
    near = max(0, start - _REACH)
    first = max((m.end() for m in _SENTENCE_END.finditer(text, near, start)), default=near)
    last = match.start() if (match := _SENTENCE_END.search(text, end, end + _REACH)) else end + _REACH
    return is_named_between(named, first, last)


def _masked(said: str) -> str:
    return re.sub(r"\d", "*", said) if any(one.isdigit() for one in said) else "*"
