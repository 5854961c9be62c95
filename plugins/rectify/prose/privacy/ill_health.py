"""What tells of ill health, composed of what a body has and what becomes of it: 左眼球摘除, 肾结石, 烧伤后疤痕挛缩, 保胎.

No list of diseases is ever whole. Their names are made of a part of the body and a change in it, or end in a few
characters; what is done about them ends in 术. A change that happens to things as well counts beside a part of the body only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.word_lists import any_of, load

_DATA = load("ill_health")
_BODY = f"[{_DATA['body']}]"


def _by_first(words: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return the pattern of those of the words that begin with a character, for each first character."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return {
        first: late(f"{first}(?:{'|'.join(sorted(rest, key=lambda one: (-len(one), one)))})")
        for first, rest in rests.items()
    }


_WORDS = [one for kind in ("changes", "symptoms", "children", "states", "parts") for one in _DATA[kind]]
_OF_THINGS = frozenset(_DATA["of_things"])
_DONE = "术"
_EVERY = [*_WORDS, *sorted(_OF_THINGS), _DONE + r"(?=[，。；、）)后前中史治失”\"\s]|$)"]
_TOLD = _by_first(_EVERY)


def _signs() -> str:
    """Return the pattern of what a search jumps to: first characters before one that may follow, but of those that every
    paper is full of the second ones."""
    alone, firsts, seconds, follow = set(), set(), set(), set()
    for word in _EVERY:
        if not "一" <= word[1:2] <= "鿿":
            alone.add(word[0])
        elif word[0] in _DATA["common"]:
            seconds.add(word[1])
        else:
            firsts.add(word[0])
            follow.add(word[1])
    one, first, second, behind = ("".join(sorted(each)) for each in (alone, firsts, seconds, follow))
    return (
        f"[{''.join(sorted(alone | firsts | seconds))}]"
        f"(?:(?<=[{one}])|(?<=[{first}])(?=[{behind}])|(?<=[{_DATA['common']}].)(?<=[{second}]))"
    )


_SIGN = compiled(_signs())
_PART_BEFORE = late(
    rf"(?:{_BODY}|[双左右单两一][手面]|[听视智能]力|语言|言语|认知)(?:[{_DATA['beside']}]|{_BODY}){{0,5}}$"
)
_DONE_BEFORE = late(rf"(?:{_BODY}[{IDEOGRAPH}]{{0,8}}|{any_of(_DATA['done'])}|[{IDEOGRAPH}]{{2}}后)$")
_LEAD = late(rf"(?:{_BODY}|[{_DATA['beside']}{_DATA['degrees']}]){{1,10}}$")
_NO_PART = late(any_of(_DATA["no_part"]))
_LONGEST = 10


def ill_health(text: str) -> Iterator[tuple[int, int]]:
    """Yield what tells of ill health, with the parts of the body before it."""
    for sign in _SIGN.finditer(text):
        match = _told_at(text, sign.start()) or _told_at(text, max(0, sign.start() - 1))
        if not match:
            continue
        start, end = match.span()
        first = max(0, start - _LONGEST)
        before = _PART_BEFORE if match[0] in _OF_THINGS else _DONE_BEFORE if match[0] == _DONE else None
        if before and not (before.search(text, first, start) and not _NO_PART.search(text, first, end)):
            continue
        lead = _LEAD.search(text, first, start)
        yield lead.start() if lead else start, end


def _told_at(text: str, place: int) -> re.Match[str] | None:
    pattern = _TOLD.get(text[place])
    return pattern.match(text, place) if pattern else None
