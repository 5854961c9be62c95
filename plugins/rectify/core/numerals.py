"""Numbers in Chinese figures, as headings of official documents carry them."""

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Return a number below a hundred in Chinese figures, 21 as 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones or not tens else "")
