"""Whose a number is: somebody's who is named in its sentence, or on the lines beside it where each holds a part of a record.

Who is named for an office, such as who answers for a project, is not meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.likeness import SURNAME
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_REACH = 60
"""Characters on either side of a number in which the name stands."""
_LINES = 2
_LONGEST_PART = 40
"""Characters of a line that is but a part of a record."""
_MASKED = late(
    rf"[{''.join(SURNAME)}]某(?!些|种|个|项|地|单位|[局镇县市村])|[{NAME_BEGINS}](?:×|X{{1,2}}(?![A-Za-z0-9])|\*{{1,2}}(?!\*))|[{NAME_BEGINS}](?:{any_of([*_DATA['titles'], '姓'])}|[姐哥叔婶姨嫂爷伯](?![{IDEOGRAPH}]))|姓[{NAME_BEGINS}](?![名氏])"
)
"""Somebody of whom the surname stands: 张某, 罗女士, 姓郎."""
_TOLD = late(
    rf"(?:(?:来电|来信|来访|投诉|举报|信访|反映|报案|报料|诉求|留言|领款|承租|报警|户|患|死|逝|车|业)[人主者]|姓名|户名|家长)[：:](?=[{IDEOGRAPH}]{{2,4}}(?![{IDEOGRAPH}]))|(?:患者|户名|户主|收件人|寄件人|车主|驾驶人|参保人|报警人)(?=[{IDEOGRAPH}]{{2,3}}(?![{IDEOGRAPH}]))|(?<=[，,、|\t /（(\"”])[男女](?=[，,、|\t /）)\"“])"
)
"""Somebody by what is told of them, whatever the name: 来电人：, ，女，"""
_FOR_AN_OFFICE = late(
    rf"(?:{any_of([*_DATA['posts'], *_DATA['company_posts']])}|(?<!紧急)联系人|联络[人员]|(?:负责|责任|经办|承办|委托|代理|招标|评审|主持|记录|检查|填表|制表|复核|统计|汇总|起草|签发|验收|监理|施工|设计|发布|审核|校对|编辑|撰稿|值班|带班|接访|包保|挂[点钩]|帮扶|监督|管理|维护|发言)人?员?|法定代表人|法人|专家|委员|领导|干部|代表|工程师|律师|公证员|记者|作者)[：: （(]{{0,2}}$"
)
_IN_POST = late(rf"[（(，, ]?(?:{any_of([*_DATA['posts'], *_DATA['company_posts']])}|科长|股长|工$|同志)")
_LONGEST_POST = 8
_SENTENCE_END = frozenset("。！？")


class Whose:
    """The people of a text, where it names them."""

    def __init__(self, text: str, named: Iterable[tuple[int, int]] = ()):
        self._text = text
        self._named = list(named)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        private = [place for place in self._named if not self._is_for_an_office(*place)]
        told = [match.span() for pattern in (_MASKED, _TOLD) for match in pattern.finditer(self._text)]
        return sorted([*private, *told])

    def _is_for_an_office(self, start: int, end: int) -> bool:
        return bool(
            _FOR_AN_OFFICE.search(self._text, max(0, start - _LONGEST_POST), start)
            or _IN_POST.match(self._text[end : end + _LONGEST_POST])
            or _IN_POST.search(self._text[start + 1 : end])
        )

    def is_on_line(self, start: int, end: int) -> bool:
        """Return whether somebody is named in the sentence of a place, on its line."""
        if not self._places:
            return False
        first, last = self._line(start, end)
        return self._stands(max(first, start - _REACH), min(last, end + _REACH), start, end)

    def is_beside(self, start: int, end: int) -> bool:
        """Return whether somebody is named on the lines beside the short line of a place."""
        if not self._places:
            return False
        above, below = self._line(start, end)
        if below - above > _LONGEST_PART:
            return False
        for _ in range(_LINES):
            above, below = self._line(max(0, above - 1), min(len(self._text), below + 1))
        return self._stands(max(above, start - _REACH), min(below, end + _REACH), start, end)

    def _line(self, start: int, end: int) -> tuple[int, int]:
        last = self._text.find("\n", end)
        return self._text.rfind("\n", 0, start) + 1, len(self._text) if last < 0 else last

    def since(self, start: int) -> int:
        """Return where the last name before a place ends, 0 where there is none."""
        place = bisect_left(self._places, (start,))
        return self._places[place - 1][1] if place else 0

    def _stands(self, first: int, last: int, start: int, end: int) -> bool:
        """Return whether a name stands in a part of the text, in the sentence of what stands within that."""
        for one, stop in self._places[bisect_left(self._places, (first,)) : bisect_left(self._places, (last,))]:
            between = self._text[end:one] if one >= end else self._text[stop:start]
            if _SENTENCE_END.isdisjoint(between):
                return True
        return False
