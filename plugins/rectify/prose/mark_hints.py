"""Where in a text marks may be: no other part is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rectify.prose.faces import FORMS
from rectify.prose.late import late
from rectify.prose.mark_phrases import VERB, WORDS
from rectify.prose.word_lists import any_of

_GAP = r"[ \t\u3000\xa0]*"
_FORBIDDING = WORDS["forbidding"][:-1]
_FORBIDS = re.compile(any_of(_FORBIDDING))
_WORDS = [
    *WORDS["hints"],
    *(form(word) for word in WORDS["english_hints"] for form in (str.lower, str.upper, str.capitalize)),
]
_PLAIN = re.compile(any_of(_WORDS))
_PLAINLY_FORBIDDEN = late(rf"(?:{_FORBIDS.pattern})[^，。；\n]{{0,8}}?{VERB}")


def _in_any_form() -> re.Pattern[str]:
    """Return what every line with a mark has, in all forms of its characters, with any blanks between them."""
    forms: dict[str, str] = {}
    for old, new in zip(FORMS["traditional"], FORMS["simplified"], strict=True):
        forms[new] = forms.get(new, new) + old

    def spaced(words: Iterable[str], gap: str = _GAP) -> str:
        return "|".join(gap.join(f"[{forms.get(one, re.escape(one))}]" for one in word) for word in words)

    forbidden = rf"(?:{spaced(_FORBIDDING)})[^，。；\n]{{0,8}}?(?:{spaced(WORDS['forbidden'])})"
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
    closed = _GAPS.sub("", text) if _GAPPED.search(text) else ""
    return not _PLAIN.search(closed) and not _FORBIDS.search(closed)


def hinted(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text that a mark may be about, in order; there is none on any other line."""
    if not _is_plain(text):
        return [match.span() for match in _IN_ANY_FORM.finditer(text)]
    found = [match.span() for match in _PLAIN.finditer(text)]
    if _FORBIDS.search(text):
        found += [match.span() for match in _PLAINLY_FORBIDDEN.finditer(text)]
    return sorted(found)
