"""A number in the formats that automatic numbering uses (ST_NumberFormat of ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def spell(value: int, form: str) -> str:
    """Return a number as the format shows it; in decimal digits where the format is unknown or cannot show it."""
    return _FORMS[form](value) if form in _FORMS and value >= 0 else str(value)


def raised(text: str) -> str:
    """Return a text that is set above the line with the digits that stand there: 10³ is not 103."""
    return text.translate(_RAISED)


def _counting(
    digits: str = _DIGITS, units: str = "十百千", zero: str = "零", one: tuple[bool, bool, bool] = (False, True, True)
) -> Callable[[int], str]:
    """Return a speller with units; `one` says of ten, hundred, thousand whether a leading 一 is written before them."""

    def spelled(value: int) -> str:
        if not 0 < value < 10000:
            return str(value) if value else digits[0]
        text, gap = "", False
        for power in (3, 2, 1, 0):
            digit = value // 10**power % 10
            if not digit:
                gap = bool(text)
                continue
            text += zero if gap else ""
            gap = False
            # The 一 of 十 is left out at the front only: 十一, 一百一十一.
            bare = digit == 1 and power and not one[power - 1] and not text
            text += ("" if bare else digits[digit]) + (units[power - 1] if power else "")
        return text

    return spelled


def _short_counting(value: int) -> str:
    """Digits from a hundred on, as Word's chineseCounting: 九十九, 一〇〇."""
    return _counting()(value) if value < 100 else _digital(value)


def _japanese(value: int) -> str:
    text = _counting(zero="", one=(False, False, False))(value)
    return text.replace("一百", "百").replace("一十", "十")


def _digital(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _letters(value: int) -> str:
    """A … Z, AA, BB …, as word processors count, not as spreadsheets do."""
    return chr(65 + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for number, letters in _ROMAN:
        text += letters * (value // number)
        value %= number
    return text


def _series(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else str(value)


def _run(first: str, last: str) -> Callable[[int], str]:
    return _series("".join(map(chr, range(ord(first), ord(last) + 1))))


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": _run("①", "⑳"),
    "decimalEnclosedCircleChinese": _run("①", "⑳"),
    "decimalEnclosedParen": _run("⑴", "⒇"),
    "decimalEnclosedFullstop": _run("⒈", "⒛"),
    "ideographEnclosedCircle": _run("㊀", "㊉"),
    "chineseCounting": _short_counting,
    "taiwaneseCounting": _short_counting,
    "chineseCountingThousand": _counting(),
    "taiwaneseCountingThousand": _counting(),
    "japaneseCounting": _japanese,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "chineseLegalSimplified": _counting(_FORMAL, "拾佰仟", one=(True, True, True)),
    "ideographLegalTraditional": _counting(_FORMAL_TRADITIONAL, "拾佰仟", one=(True, True, True)),
    "ideographTraditional": _series("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _series("子丑寅卯辰巳午未申酉戌亥"),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
}
