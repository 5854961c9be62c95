"""Numbers as documents write them: in Chinese figures, full-width, in circles."""

_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")

_SIGNS = (("①", 20, 1), ("㉑", 15, 21), ("㊱", 15, 36), ("⑴", 20, 1), ("⒈", 20, 1), ("㈠", 10, 1), ("❶", 10, 1))
"""First of the characters that are a number, how many follow each other, and the value of the first."""

_DIGITS = "零一二三四五六七八九"
_LONGEST = 18
"""Characters of a number; what is longer counts nothing, and Python refuses to read thousands of digits."""


def chinese(number: int) -> str:
    """Return a number below a hundred in Chinese figures, 21 as 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[ones] if ones or not tens else ""
    )


def fold_digits(text: str) -> str:
    """Return the text with full-width digits made half-width; offsets stay."""
    return text.translate(_FULL_WIDTH)


def number_of(word: str) -> int | None:
    """Return the value of 25, 二十五, 两, ⑤ or ⒌, or None where it is none."""
    if len(word) > _LONGEST:
        return None
    word = fold_digits(word)
    if word.isascii() and word.isdigit():
        return int(word)
    if len(word) == 1:
        for first, count, value in _SIGNS:
            if 0 <= ord(word) - ord(first) < count:
                return ord(word) - ord(first) + value
    word = word.replace("两", "二")
    if "百" in word:
        hundreds, _, rest = word.partition("百")
        low = number_of(rest.lstrip("零")) if rest.lstrip("零") else 0
        return None if low is None or hundreds not in _VALUES else _VALUES[hundreds] * 100 + low
    if "十" in word:
        tens, _, ones = word.partition("十")
        if (tens and tens not in _VALUES) or (ones and ones not in _VALUES):
            return None
        return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)
    if word and all(c in _VALUES for c in word):
        return int("".join(str(_VALUES[c]) for c in word))
    return None


def as_number(text: str) -> int | str:
    """Return a printed number as one, so that a spreadsheet sorts it as such; any other text as it is."""
    is_number = text.isascii() and text.isdigit() and str(int(text[:9])) == text
    return int(text) if is_number else text
