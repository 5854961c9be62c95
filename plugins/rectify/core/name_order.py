"""The order in which names are listed: by sound, as a Chinese dictionary has it, and 第二 before 第三.

The characters in daily use stand in GB 2312 in the order of their sound, which every Python knows; rarer ones come after them.
"""

from __future__ import annotations

import re
from functools import cache

from rectify.core.numerals import number_of

_FIGURES = "一二三四五六七八九十百零〇两"
_NUMBER = re.compile(
    rf"(?<=第)[{_FIGURES}]{{1,9}}|[{_FIGURES}]{{1,9}}(?=、)|(?<=[（(])[{_FIGURES}]{{1,9}}(?=[）)])|[{_FIGURES}]{{1,9}}(?=[中小幼]$)"
    r"|[0-9０-９]{1,18}|[①-⑳㈠-㈩⑴-⒇⒈-⒛]"
)
"""Numbers by which things are counted: 三 in 第三中学, 三、 and （三）, not in 三江县."""
_RARE = 0x10000


@cache
def order_of(name: str) -> tuple[tuple[int, int], ...]:
    """Return what names are sorted by: numbers come before Latin letters, these before Chinese characters."""
    places: list[tuple[int, int]] = []
    at = 0
    for match in _NUMBER.finditer(name):
        value = number_of(match[0])
        if value is not None:
            places += [*map(_place, name[at : match.start()]), (0, value)]
            at = match.end()
    return (*places, *map(_place, name[at:]))


def _place(character: str) -> tuple[int, int]:
    code = character.encode("gb2312", "ignore")
    return (1, int.from_bytes(code, "big") if code else _RARE + ord(character))
