"""What tells the circumstances of a person, and what nobody but a person does."""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.word_lists import any_of, load

_DATA = load("conditions")


def _told(*parts: str) -> re.Pattern[str]:
    words = "|".join(one for part in parts for one in _DATA[part])
    return late(
        f"(?:(?:[重中轻]度|先天性?|[急慢]性|严重)?(?:{words})|[{_DATA['parts']}]{{1,6}}?(?:{'|'.join(_DATA['ails'])})){_DATA['courses']}"
    )


CONDITION = _told("health", "money", "hardship", "penalty")
"""Matches what tells of health, pay, hardship or penalties."""
TOLD_OF_MASKED = late(rf"{_told('money').pattern}|(?:{'|'.join(_DATA['hardship'])})(?![一-鿿])")
"""Matches what tells of somebody in service whose penalty an office tells with the name masked."""
_AILMENTS = "|".join(_DATA["ailments"])
TOLD = late(f"{CONDITION.pattern}|{_AILMENTS}|{'|'.join(_DATA['wide'])}")
"""Matches what tells as much in the sentence of somebody who is named."""
TOLD_OF_ONE = late(f"{CONDITION.pattern}|{_AILMENTS}|{'|'.join(_DATA['of_one'])}")
"""Matches what tells as much of somebody who is known by the part that he plays."""
DEED = any_of(load("people")["deeds"])
"""The pattern of what is done or suffered directly behind a name."""
_DOES_A_PERSON = compiled(
    rf"{DEED}|(?:19|20)\d\d(?![\d.,%％万亿元人户个])|[，,：: （(]{{0,2}}(?:电话|手机|微信|地址|住址|身份证|护照|名下|\d{{7}})|[（(，,]?(?:[男女](?=[，、,）)|\s])|\d{{1,3}}周?岁)|（(?:[男女]|\d|已|按|签|即|自住|化名|户主)"
)
_BETWEEN = compiled(r"[_\-— \u3000，,：:\t|]{0,2}")
_HAS = frozenset("因患系得有")


def does_a_person(text: str, place: int) -> bool:
    """Return whether what only a person does, has or suffers stands at a place, as it does behind a name."""
    if _DOES_A_PERSON.match(text, place):
        return True
    between = _BETWEEN.match(text, place)
    told = between.end() if between else place
    return bool(CONDITION.match(text, told) or (text[told : told + 1] in _HAS and CONDITION.match(text, told + 1)))
