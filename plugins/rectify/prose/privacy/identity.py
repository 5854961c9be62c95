"""Identity numbers of 18 and 15 characters, alone or within another number."""

from __future__ import annotations

import re
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, ENDS, OTHER, Recogniser, Sighting, Words, keep, masked

_PROVINCES = {
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
"""GB/T 2260, and 81 to 83 for residents from Hong Kong, Macao and Taiwan."""
_FIRST_BIRTH, _LAST_BIRTH = 1900, 2099
_GROWN_UP = 1998
"""Numbers that offices give out tell a later day."""
_S = SEPARATOR.replace("]?", "()（）]?")
"""Brackets stand around the day of birth as well."""
_EIGHTEEN = (
    rf"[1-8]{_S}(?:\d{_S}){{5}}(?:1{_S}9|2{_S}0){_S}\d{_S}\d{_S}[01]{_S}\d{_S}[0-3]{_S}\d{_S}(?:\d{_S}){{3}}[\dXx×]"
)

_DISABILITY = compiled("残疾|肢体|智力|视力|听力|言语|精神|多重|护理补贴|disab")
_PUPIL = compiled("学[生籍号校]|班|年级|转[学入出]|孩子|寄宿|[小中]学")
_SOMEBODY = compiled("(?:对象|[人儿生户者员民父母妻夫子女娃老]|某)[（(：:，,]{1,2}$")
WORDS = Words(
    r"身[份分]证|公民身份|身份号|证件|证号|护照|\bID\b|ID ?(?:card|号|no)|SFZ|sfz|社会保障号|老人|户主|居住证",
    OTHER + "|编号|编码|代码",
)


def is_identity(number: str) -> bool:
    """Return whether 18 characters are an identity number.

    A unified social credit code (GB 32100) may be all digits as well; where both sums are right, its place for the
    division code decides.
    """
    if not _looks_right(number) or ric.calc_check_digit(number) != number[17]:
        return False
    return not (number[0] in "159" and number[1] in "1239" and int(number[2:4]) in _PROVINCES and uscc.is_valid(number))


def _looks_right(number: str) -> bool:
    return number[:17].isdigit() and int(number[:2]) in _PROVINCES and is_birth(number[6:14])


def _is_new(sighting: Sighting) -> bool:
    number = sighting.number
    if "信用代码" in sighting.before or "信用代码" in sighting.head:
        return False
    if is_identity(number) and len(sighting.signs - set("()（）")) <= 1:
        return True
    if not _looks_right(number) or sighting.goes_on:
        return False
    return sighting.is_labelled(WORDS) or _is_of_somebody(sighting) or _is_of_an_adult(sighting)


def _is_of_an_adult(sighting: Sighting) -> bool:
    """Return whether nothing but an identity number, copied with a digit that is wrong, has so old a day behind a county."""
    number = sighting.number
    return (
        int(number[6:10]) < _GROWN_UP
        and sighting.is_regular
        and not (sighting.is_in_row or sighting.is_masked or sighting.is_in_range or sighting.is_amount)
        and is_division(number[:6])
        and not sighting.is_another(WORDS)
    )


def _is_of_somebody(sighting: Sighting) -> bool:
    """Return whether a number with a digit that is wrong stands by itself directly behind whom it is of."""
    number = sighting.number
    return (
        number == sighting.said
        and bool(_SOMEBODY.search(sighting.before))
        and is_division(number[:6])
        and not sighting.is_another(WORDS)
    )


def _is_beginning(sighting: Sighting) -> bool:
    """Return whether the first digits of a number tell where and when somebody was born."""
    number = sighting.number
    whole = (number + "01")[:14] if len(number) == 12 else number[:14]
    return (
        int(number[:2]) in _PROVINCES
        and is_birth(whole[6:])
        and sighting.is_labelled(WORDS)
        and is_division(number[:6])
    )


def _is_old(sighting: Sighting) -> bool:
    number = sighting.number
    # Digits one by one that go on are a row of figures.
    if len(set(number)) < 4 or (len(sighting.said) == 29 and sighting.is_in_row):
        return False
    if int(number[:2]) not in _PROVINCES or not is_birth("19" + number[6:12]):
        return False
    return sighting.is_labelled(WORDS) or (
        _is_set_right(sighting) and is_division(number[:6]) and not sighting.is_another(WORDS)
    )


def _is_set_right(sighting: Sighting) -> bool:
    return sighting.is_regular or [len(part) for part in re.findall(r"\d+", sighting.said)] == [6, 6, 3]


def is_division(code: str) -> bool:
    """Return whether six digits are the code of a county, now or once (GB/T 2260)."""
    return any("county" in found for _, found in numdb.get("cn/loc").info(code))


def is_birth(digits: str) -> bool:
    """Return whether eight digits are a day on which somebody living may have been born."""
    try:
        return _FIRST_BIRTH <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= _LAST_BIRTH
    except ValueError:
        return False


def _masked(sighting: Sighting) -> str:
    return masked(sighting.number, 6, 3)


RECOGNISERS = (
    Recogniser(
        rule="P001",
        form=late(rf"{BEGINS}(?=(?P<number>{_EIGHTEEN})(?!\d))"),
        valid=_is_new,
        masked=_masked,
        source="GB 11643-1999",
        digits=17,
    ),
    Recogniser(
        rule="P001",
        # A telephone or a card number goes on where columns were copied without what stood between them.
        form=late(r"(?<![0-9A-Za-z])(?=(?P<number>\d{17}[\dXx]\d{11,60})(?![0-9A-Za-z]))"),
        valid=lambda sighting: is_identity(sighting.number[:18]),
        masked=keep(6, 0),
        source="GB 11643-1999",
        digits=28,
    ),
    Recogniser(
        rule="P001",
        # G or L before it makes a pupil's number of it.
        form=late(rf"(?<![0-9A-Za-z])[GLgl]{SEPARATOR}(?P<number>{_EIGHTEEN}){ENDS}"),
        valid=lambda sighting: _looks_right(sighting.number),
        masked=_masked,
        source="中小学生学籍管理办法",
        digits=17,
    ),
    Recogniser(
        rule="P001",
        # Copied wrongly, beside a pupil.
        form=late(r"(?<![0-9A-Za-z])(?P<number>[GL]\d{17}[\dX])(?![0-9A-Za-z])"),
        valid=lambda sighting: bool(_PUPIL.search(sighting.line + sighting.heads)),
        masked=_masked,
        source="中小学生学籍管理办法",
        digits=17,
    ),
    Recogniser(
        rule="P001",
        # Kind and degree follow, and B1 where the card was issued anew.
        form=late(
            rf"{BEGINS}(?=(?P<number>{_EIGHTEEN}{SEPARATOR}[1-7]{SEPARATOR}[1-4](?:{SEPARATOR}[Bb]\d{{1,2}})?){ENDS})"
        ),
        valid=lambda sighting: (
            _looks_right(sighting.number[:18]) and bool(_DISABILITY.search(sighting.line + sighting.head))
        ),
        masked=lambda sighting: masked(sighting.number, 6, 5),
        source="中华人民共和国残疾人证管理办法",
        digits=19,
    ),
    Recogniser(
        rule="P001",
        form=late(rf"{BEGINS}(?=(?P<number>[1-8]{_S}(?:\d{_S}){{7}}[01]{_S}\d{_S}[0-3]{_S}(?:\d{_S}){{3}}\d){ENDS})"),
        valid=_is_old,
        masked=keep(6, 3),
        source="GB 11643-1989",
        digits=15,
    ),
    Recogniser(
        rule="P001",
        form=late(rf"{BEGINS}(?=(?P<number>[1-8]\d{{5}}(?:19|20)\d\d[01]\d(?:[0-3]\d\d{{0,3}})?)(?![0-9A-Za-z]))"),
        valid=_is_beginning,
        words=WORDS,
        masked=keep(6, 0),
        source="GB 11643-1999",
        digits=12,
    ),
)
