"""What tells of ill health, composed of what a body has and what becomes of it: 左眼球摘除, 肾结石, 烧伤后疤痕挛缩, 保胎.

No list of diseases is ever whole. Their names are made of a part of the body and a change in it, or end in a few
characters; what is done about them ends in 术. A change that happens to things as well counts beside a part of the body only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.word_lists import any_of, load

_DATA = load("ill_health")
_BODY = f"[{_DATA['body']}]"


def _by_first(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, each first character once, so that the search jumps from one to the next."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"{first}(?:{'|'.join(sorted(rest, key=lambda one: (-len(one), one)))})"
        for first, rest in sorted(rests.items())
    )


_ALONE = compiled(_by_first(one for kind in ("changes", "symptoms", "children", "states") for one in _DATA[kind]))
_OF_THINGS = compiled(_by_first(_DATA["of_things"]))
_DONE = compiled(r"术(?=[，。；、）)后前中史治失”\"\s]|$)")
_PART_BEFORE = late(
    rf"(?:{_BODY}|[双左右单两一][手面]|[听视智能]力|语言|言语|认知)(?:[{_DATA['beside']}]|{_BODY}){{0,5}}$"
)
_DONE_BEFORE = late(rf"(?:{_BODY}[{IDEOGRAPH}]{{0,8}}|{any_of(_DATA['done'])}|[{IDEOGRAPH}]{{2}}后)$")
_LEAD = late(rf"(?:{_BODY}|[{_DATA['beside']}{_DATA['degrees']}]){{1,10}}$")
_NO_PART = late(any_of(_DATA["no_part"]))
_WAYS = ((_ALONE, None), (_OF_THINGS, _PART_BEFORE), (_DONE, _DONE_BEFORE))
_LONGEST = 10


def ill_health(text: str) -> Iterator[tuple[int, int]]:
    """Yield what tells of ill health, with the parts of the body before it."""
    for pattern, before in _WAYS:
        for match in pattern.finditer(text):
            start, end = match.span()
            first = max(0, start - _LONGEST)
            if before and not (before.search(text, first, start) and not _NO_PART.search(text, first, end)):
                continue
            lead = _LEAD.search(text, first, start)
            yield lead.start() if lead else start, end
