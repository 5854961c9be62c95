"""Identity numbers of 18 and 15 characters (GB 11643-1999)."""

from __future__ import annotations

import re
from datetime import date

from rectify.prose.privacy.recogniser import Recogniser, Sighting, keep

_REGIONS = {
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
    83,
}
"""GB/T 2260: the first two digits of a division code."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FIRST_BIRTH, _LAST_BIRTH = 1900, 2099


def is_identity(sighting: Sighting) -> bool:
    """Return whether 18 characters are an identity number.

    A unified social credit code (GB 32100) may be all digits as well; where both sums are right, its place for the
    division code and the words before decide.
    """
    number, before = sighting.number, sighting.before
    if not is_region(number) or not is_birth(number[6:14]) or "信用代码" in before:
        return False
    if "身份证" in before:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS))
    if "10X98765432"[total % 11] != number[17]:
        return False
    return not (number[0] in "159" and number[1] in "1239" and int(number[2:4]) in _REGIONS and _is_credit_code(number))


def _stands_alone(sighting: Sighting) -> bool:
    """A disabled person's number goes on with two digits."""
    goes_on = sighting.text[sighting.end : sighting.end + 1].isdigit()
    return is_identity(sighting) and ("残疾" in sighting.before or not goes_on)


def _is_old(sighting: Sighting) -> bool:
    return "身份证" in sighting.before and is_region(sighting.number) and is_birth("19" + sighting.number[6:12])


def _is_credit_code(number: str) -> bool:
    total = sum(_CREDIT_CODE.index(character) * pow(3, place, 31) for place, character in enumerate(number[:17]))
    return _CREDIT_CODE[-total % 31] == number[17]


def is_region(number: str) -> bool:
    """Return whether a number begins with the code of a province."""
    return int(number[:2]) in _REGIONS


def is_birth(digits: str) -> bool:
    """Return whether eight digits are a day on which somebody living may have been born."""
    try:
        return _FIRST_BIRTH <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= _LAST_BIRTH
    except ValueError:
        return False


RECOGNISERS = (
    # G before it makes a pupil's number of it, two digits after it that of a disabled person.
    Recogniser(
        rule="P001",
        form=re.compile(
            r"(?<![0-9A-FH-Za-z])(?<![0-9A-Za-z]G)(?:\d[ \-]?){17}[\dXx](?=(?:[1-7][1-4])?(?![0-9A-Za-z]))"
        ),
        valid=_stands_alone,
        masked=keep(6, 3),
        source="GB 11643-1999",
        quick=re.compile(r"\d[\d \-]{9}"),
    ),
    Recogniser(
        rule="P001",
        form=re.compile(r"(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])"),
        valid=_is_old,
        masked=keep(6, 3),
        source="GB 11643-1989",
        quick=re.compile("身份证"),
    ),
)
