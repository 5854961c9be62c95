"""The n-th problem, or several, as answers name them: 针对问题一， 第2至4项问题的整改： （对应问题3、5） 4号问题."""

from __future__ import annotations

import re
from typing import NamedTuple

from rectify.core.numerals import fold_digits
from rectify.intake.recognition.sentences import numbers_in

_ONE = "(?:\\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])"
_MORE = (
    f"(?:[个项条]?(?:问题)?(?:[、，,和及与]|以及|[至到—–~～-]{{1,2}})(?:第|问题|序号)?{_ONE}(?![\\d年月.．])){{0,20}}"
)


def _number(name: str) -> str:
    """Return the pattern of the number of a problem, or of those of several: 1、3 and 2至4."""
    return f"[（(“]?(?P<{name}>{_ONE}{_MORE})[）)”]?"


_MATTER = "(?:(?:反馈|具体|整改|所列|指出的?|存在的?|发现的?|交办)?(?:问题|意见|事项|任务|要求|建议)(?:清单)?(?:序号|编号)?|序号|编号)"
_WHOSE = "(?:上述|以上|前述|(?:[省市县区]委)?(?:巡[察视]|督[察查]|审计)组?(?:所?(?:反馈|指出|提出|发现))?的?|反馈的?)"
_DONE = "(?:整改|落实|办理|答复|回复|回应|解决)"
_NTH = (
    f"(?:针对|关于|对于|对应|对照|围绕|对|就)?[【“]?{_WHOSE}?{_MATTER}?(?:中|的|之)?"
    f"(?:第{_number('ordinal')}(?:[个项条点号件]|(?=[”】]?(?:问题|意见|事项|任务)))"
    f"|(?<=[题见项务求议单号])[ \u3000]?{_number('label')}"
    f"|{_DONE}(?:落实|情况|措施|结果|进展){{0,2}}[ \u3000]?{_number('answer')}"
    f"|{_number('name')}号(?=问题|事项))"
    f"[”】]?{_MATTER}?[”】]?(?:的?{_DONE}(?:落实|完成|进展|措施|结果|成效|情况){{0,3}})?"
)
_BEGINS = re.compile(
    f"\\s{{0,40}}(?P<open>[（(【])?{_NTH}[）)】]?"
    "(?:[：:，,。、]\\s{0,4}|[→—]{1,2}|[ \u3000]{1,4}|$|(?(open)(?<=[）)】])|(?!)))"
)
_IS = re.compile(f"\\s{{0,40}}[（(【]?{_NTH}[）)】]?[：:。]?\\s*")
_BARE = re.compile(f"\\s{{0,40}}{_number('bare')}[.．、]?\\s*")


class Reference(NamedTuple):
    values: tuple[int, ...]
    """Of one problem, or of several that have one answer."""
    length: int
    """Characters that it takes, with the sign behind it."""
    named: bool = True
    """Whether it says that it is a problem that is counted, and is no number alone."""


def reference_before(text: str) -> Reference | None:
    """Return the problem that a paragraph begins by naming, else None."""
    return _reference(_BEGINS.match(fold_digits(text)))


def reference_in(cell: str) -> Reference | None:
    """Return the problem that a cell names and nothing else; a number alone names one too."""
    folded = fold_digits(cell)
    return _reference(_IS.fullmatch(folded)) or _reference(_BARE.fullmatch(folded))


def _reference(match: re.Match[str] | None) -> Reference | None:
    words = match.groupdict() if match else {}
    name = next((name for name, word in words.items() if word and name != "open"), "")
    values = tuple(dict.fromkeys(numbers_in(words[name]))) if name else ()
    return Reference(values, match.end(), name != "bare") if match and values else None
