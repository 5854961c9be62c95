"""Where in a text marks may be: no other part is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from rectify.prose.faces import FORMS
from rectify.prose.late import late
from rectify.prose.mark_phrases import WORDS, any_word
from rectify.prose.word_lists import any_of

_GAP = r"[ \t\u3000\xa0]*"
_FORBIDDING = [*WORDS["forbidding"][:-1], *WORDS["forbidding_colloquially"]]
_FORBIDS = re.compile(any_of(_FORBIDDING))
_SPREADS = [*WORDS["forbidden"], *WORDS["forbidden_to_readers"]]
_WORDS = [
    *WORDS["hints"],
    *(form(word) for word in WORDS["english_hints"] for form in (str.lower, str.upper, str.capitalize)),
]


def _soon(words: Iterable[str]) -> str:
    """Return a pattern that finds any of the words where two characters begin one, the rest of them looked at there only."""
    apart = sorted({word for word in words if not any(other != word and other in word for other in words)})
    firsts, seconds = ({re.escape(word[place]) for word in apart} for place in (0, 1))
    begun = (
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in alike)})"
        for first, alike in groupby(apart, key=lambda word: word[0])
    )
    return f"(?=[{''.join(firsts)}][{''.join(seconds)}])(?:{'|'.join(begun)})"


_PLAIN = re.compile(_soon(_WORDS))
_PLAINLY_FORBIDDEN = late(rf"(?:{_FORBIDS.pattern})[^，。；\n]{{0,8}}?{any_word(_SPREADS)}")
_ONLY = re.compile("[仅只限]")
_FOR_FEW = late(
    r"[仅只限](?<![期有权局年时上下超无]限)(?![期制时定于度额速价高是有要能会为]|不过)[^，。；\n]{2,14}?(?:阅|知悉|掌握|可见|看|使用)"
)


def _in_any_form() -> re.Pattern[str]:
    """Return what every line with a mark has, in all forms of its characters, with any blanks between them."""
    forms: dict[str, str] = {}
    for old, new in zip(FORMS["traditional"], FORMS["simplified"], strict=True):
        forms[new] = forms.get(new, new) + old

    def spaced(words: Iterable[str], gap: str = _GAP) -> str:
        return "|".join(gap.join(f"[{forms.get(one, re.escape(one))}]" for one in word) for word in words)

    forbidden = rf"(?:{spaced(_FORBIDDING)})[^，。；\n]{{0,8}}?(?:{spaced(_SPREADS)})"
    across = spaced(WORDS["levels"], rf"{_GAP}(?:\n{_GAP})?")
    return late(rf"{across}|{spaced(_WORDS)}|{forbidden}|[☆★⭐]{_GAP}[\d０-９长長]")


_IN_ANY_FORM = _in_any_form()
_LISTED = (*WORDS["hints"], *_FORBIDDING, *WORDS["forbidden"])
_ODD = re.compile(f"[{FORMS['traditional']}☆★⭐绝机秘](?:(?<![绝机秘])|\n密)")
_GAPPED = re.compile(
    f"[{re.escape(''.join({one for word in _LISTED for one in word[:-1]}))}][ \t\u3000\xa0]+[{re.escape(''.join({one for word in _LISTED for one in word[1:]}))}]"
)
_GAPS = re.compile(r"[ \t\u3000\xa0]+")


def _is_plain(text: str) -> bool:
    """Return whether the words of a text stand as they are in the lists, where they are found ten times as soon."""
    if _ODD.search(text):
        return False
    return not _GAPPED.search(text) or _counted(_GAPS.sub("", text)) <= _counted(text)


def _counted(text: str) -> int:
    return sum(sum(1 for _ in pattern.finditer(text)) for pattern in (_PLAIN, _PLAINLY_FORBIDDEN))


def hinted(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text that a mark may be about, in order; there is none on any other line."""
    if not _is_plain(text):
        return [match.span() for match in _IN_ANY_FORM.finditer(text)]
    found = [match.span() for match in _PLAIN.finditer(text)]
    if _FORBIDS.search(text):
        found += [match.span() for match in _PLAINLY_FORBIDDEN.finditer(text)]
    if _ONLY.search(text):
        found += [match.span() for match in _FOR_FEW.finditer(text)]
    return sorted(found)
