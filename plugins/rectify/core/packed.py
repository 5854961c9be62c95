"""Small numbers written as letters: a column of a table in few bytes, which no look at texts takes for somebody's number."""

from __future__ import annotations

from collections.abc import Sequence

SIGNS = "BCDFGHJKLMNPRSTZbcdfghjklmnprstz"
"""The digits of the numbers; without vowels, so that they never spell a word."""
_BASE = len(SIGNS)
_DIGITS = {sign: digit for digit, sign in enumerate(SIGNS)}


def width_of(count: int) -> int:
    """Return how many letters tell numbers below `count` apart."""
    width = 1
    while _BASE**width < count:
        width += 1
    return width


def pack(numbers: Sequence[int], width: int) -> str:
    """Return numbers as letters, `width` of them each, the highest first."""
    written: dict[int, str] = {}
    for number in set(numbers):
        letters, rest = "", number
        for _ in range(width):
            rest, digit = divmod(rest, _BASE)
            letters = SIGNS[digit] + letters
        written[number] = letters
    return "".join([written[number] for number in numbers])


def pack_lengths(pieces: Sequence[str]) -> str:
    """Return how long the pieces of a text are, as a browser counts; empty for a single one, and where one is too long to be a word."""
    lengths = [len(piece.encode("utf-16-le", "surrogatepass")) // 2 for piece in pieces]
    return pack(lengths, 1) if len(lengths) > 1 and max(lengths) < _BASE else ""


def unpack(text: str, width: int) -> list[int]:
    """Return the numbers of a packed text; raises ValueError where it is none."""
    try:
        digits = [_DIGITS[sign] for sign in text]
    except KeyError:
        raise ValueError("no packed numbers") from None
    if width < 1 or len(digits) % width:
        raise ValueError("no packed numbers")
    numbers = digits[::width]
    for place in range(1, width):
        numbers = [number * _BASE + digit for number, digit in zip(numbers, digits[place::width])]
    return numbers
