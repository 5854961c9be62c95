"""A line as the eye reads it: without its blanks, in simplified characters, with one kind of brackets and of stars."""

from __future__ import annotations

from functools import lru_cache

from rectify.prose.word_lists import load

FORMS = load("traditional")
_BLANKS = frozenset(" \t\n\u3000\xa0\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff\\#>_~`—-")
_FACE = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{ord(old): new for old, new in zip(FORMS["traditional"], FORMS["simplified"], strict=True)},
    **dict.fromkeys(map(ord, "【〔〖「『［{"), "["),
    **dict.fromkeys(map(ord, "】〕〗」』］}"), "]"),
    **dict.fromkeys(map(ord, "☆✩✪✫✬✭✮✯✰⭐🌟⋆"), "★"),
    **dict.fromkeys(map(ord, "▲△◇●※"), "◆"),
    **dict.fromkeys(map(ord, "•・●‧"), "·"),
}
"""Character for character."""


@lru_cache(4)  # A line is looked at in several ways, one after the other.
def face_of(line: str) -> tuple[str, list[int]]:
    """Return a line as the eye reads it, and where each of its characters stands in the line."""
    places = [place for place, character in enumerate(line) if character not in _BLANKS]
    return "".join(line[place] for place in places).translate(_FACE), places
