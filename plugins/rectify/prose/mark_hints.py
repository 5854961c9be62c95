"""Where in a text marks may be: no other part is looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from rectify.core.patterns import compiled
from rectify.prose.faces import FORMS
from rectify.prose.late import late
from rectify.prose.mark_phrases import WORDS, any_word
from rectify.prose.word_lists import any_of

_FORBIDDING = [*WORDS["forbidding"][:-1], *WORDS["forbidding_colloquially"]]
_FORBIDS = compiled(any_of(_FORBIDDING))
_SPREADS = [*WORDS["forbidden"], *WORDS["forbidden_to_readers"]]
_WORDS = [
    *WORDS["hints"],
    *(form(word) for word in WORDS["english_hints"] for form in (str.lower, str.upper, str.capitalize)),
]


def _soon(words: Sequence[str]) -> str:
    """Return a pattern that finds any of the words where two characters begin one, the rest of them looked at there only."""
    apart = sorted({word for word in words if not any(other != word and other in word for other in words)})
    firsts, seconds = (sorted({re.escape(word[place]) for word in apart}) for place in (0, 1))
    begun = (
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in alike)})"
        for first, alike in groupby(apart, key=lambda word: word[0])
    )
    return f"(?=[{''.join(firsts)}][{''.join(seconds)}])(?:{'|'.join(begun)})"


_PLAIN = compiled(_soon(_WORDS))
_PLAINLY_FORBIDDEN = late(rf"(?:{_FORBIDS.pattern})[^，。；\n]{{0,8}}?{any_word(_SPREADS)}")
_ONLY = compiled("[仅只限]")
_FOR_FEW = late(
    r"[仅只限](?<![期有权局年时上下超无]限)(?![期制时定于度额速价高是有要能会为]|不过)[^，。；\n]{2,14}?(?:阅|知悉|掌握|可见|看|使用)"
)
_SIMPLER = str.maketrans(FORMS["traditional"], FORMS["simplified"])
_BLANKS = frozenset(" \t\u3000\xa0")
_FOLDED = late(
    rf"{_soon([word.replace(' ', '') for word in _WORDS])}|{'|'.join(map(chr(10).join, WORDS['levels']))}|[☆★⭐][\d０-９长]"
)
"""The words without blanks, with a level whose line ends in the middle, and a star of secrecy."""
_LISTED = (*WORDS["hints"], *_FORBIDDING, *WORDS["forbidden"])
_ODD = compiled(f"[{FORMS['traditional']}☆★⭐绝机秘](?:(?<![绝机秘])|[ \t\u3000\xa0]*\n[ \t\u3000\xa0]*密)")
_PAIRS = {pair for word in _LISTED for pair in pairwise(word)}
_GAPPED = compiled(
    rf"[{re.escape(''.join(sorted({one for one, _ in _PAIRS})))}](?=[ \t\u3000\xa0]+([{re.escape(''.join(sorted({one for _, one in _PAIRS})))}]))"
)


def hinted(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text that a mark may be about, in order; there is none on any other line."""
    found = _spans(_PLAIN, text)
    end = -1
    odd = [match.span() for match in _ODD.finditer(text)]
    odd += [(match.start(), match.end(1)) for match in _GAPPED.finditer(text) if (match[0], match[1]) in _PAIRS]
    for first, last in sorted(odd):
        if last > end:
            start, end = text.rfind("\n", 0, first) + 1, text.find("\n", last)
            end = end if end >= 0 else len(text)
            found += _in_other_forms(text, start, end)
    return sorted(found)


def _in_other_forms(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where in lines of a text the words stand in other forms of their characters, and with blanks between these."""
    places = [place for place in range(start, end) if text[place] not in _BLANKS]
    folded = "".join([text[place] for place in places]).translate(_SIMPLER)
    return [(places[first], places[last - 1] + 1) for first, last in _spans(_FOLDED, folded)]


def _spans(words: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    found = [match.span() for match in words.finditer(text)]
    if _FORBIDS.search(text):
        found += [match.span() for match in _PLAINLY_FORBIDDEN.finditer(text)]
    if _ONLY.search(text):
        found += [match.span() for match in _FOR_FEW.finditer(text)]
    return found
