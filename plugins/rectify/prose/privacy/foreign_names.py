"""Names that are not built of a surname and a given name in Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rectify.prose.late import late
from rectify.prose.privacy.names import FOREIGN_NAME, LATIN_NAME
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_DOTTED = late(FOREIGN_NAME)
_UYGHUR = re.compile(f"(?:{any_of(_DATA['uyghur'])})[{_DATA['sounds']}]{{0,4}}")
_LATIN = late(LATIN_NAME)
_PAIRED = re.compile(any_of(_DATA["paired"]))


def foreign_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such names stand: 古丽娜尔·买买提, 扎西顿珠, 乌云其木格, Zhang Guilan."""
    if "·" in text or "•" in text:
        yield from (match.span() for match in _DOTTED.finditer(text))
    yield from (match.span() for match in _UYGHUR.finditer(text))
    yield from (match.span() for match in _LATIN.finditer(text))
    parts = [match.span() for match in _PAIRED.finditer(text)]
    yield from ((start, end) for (start, middle), (next_, end) in pairwise(parts) if middle == next_)
