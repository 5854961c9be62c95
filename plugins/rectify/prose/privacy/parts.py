"""The parts that people play, behind which their names stand: 村民, 校长, 儿媳, 户主."""

from __future__ import annotations

from rectify.prose.word_lists import load

_DATA = load("people")
PARTS = frozenset(one for kind in ("private", "parts", "roles", "nouns") for one in _DATA[kind])
POSTS = frozenset(one for kind in ("posts", "public_posts", "company_posts", "holders", "his") for one in _DATA[kind])
LABELS = frozenset([*PARTS, *_DATA["labels"]])
CALLED_SO = frozenset(_DATA["called_so"])
_ANY = frozenset([*LABELS, *CALLED_SO, *_DATA["his"], *_DATA["holders"]])
_ENDS = frozenset(part[-1] for part in _ANY | POSTS)
_SIZES = range(7, 1, -1)
EDGES = frozenset(" \t\n\u3000，。、；：？！（）()“”\"'《》<>[]|/_.!?-—,:;=\0")
"""What parts a name from what stands beside it."""


def part_before(text: str, end: int, parts: frozenset[str] = _ANY) -> str:
    """Return the longest of the parts that ends at a place, empty where none does."""
    if text[end - 1 : end] not in _ENDS:
        return ""
    for size in _SIZES:
        if (said := text[max(0, end - size) : end]) in parts:
            return said
    return ""
