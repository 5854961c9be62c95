"""Signs of all alphabets that stand for figures and letters in common use, or for nothing that a reader sees.

Every table goes character for character, so that places stay the same.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from rectify.prose.word_lists import load

BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
"""For a character class."""
INVISIBLE = (
    "\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0020\U000e007f-\U000e0fff"
)
"""For a character class: what takes no room, and signs set over, under or through another."""
_UNMAPPED = "\u00aa\u00ba`´"
"""Signs of their own, whatever Unicode makes of them."""


@cache
def narrow() -> dict[int, str]:
    """Return the letter or figure in common use for each of those that look like one.

    The punctuation of Chinese sentences stays wide. What a tag of a language would be made of (U+E0020…) shows nowhere,
    and whoever looks at the text with a program reads it.
    """
    traditional = load("traditional")
    table = {ord(sign): plain for sign in "＠＋－．＃＿／＊＜＞＝｜﹫﹣﹒﹢․" if (plain := _plain(sign))}
    for code in (*range(0x80, 0x3000), *range(0xA620, 0xABFF), *range(0xFF10, 0xFF5B), *range(0x10000, 0x20000)):
        sign = chr(code)
        category = unicodedata.category(sign)
        if category == "Nd":
            table[code] = str(unicodedata.decimal(sign))
        elif category in ("Ll", "Lu", "Lm", "So") and sign not in _UNMAPPED and _plain(sign).isalnum():
            table[code] = _plain(sign)
    table |= {code: chr(code - 0xE0000) for code in range(0xE0021, 0xE007F)}
    # Letters of other alphabets that nobody can tell from ours.
    other, own = "АВЕКМНОРСТХасеорхЗΑΒΕΖΗΙΚΜΝΟΡΤΧⅩⅹ", "ABEKMHOPCTXaceopx3ABEZHIKMNOPTXXx"
    for signs, like in ((other, own), (traditional["traditional"], traditional["simplified"])):
        table |= dict(zip(map(ord, signs), like, strict=True))
    return table


def _plain(sign: str) -> str:
    """Return the one ASCII character that a sign is a form of, empty where it is none."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isascii() else ""


_ROWS = (
    "零一二三四五六七八九",
    "〇壹贰叁肆伍陆柒捌玖",
    "○〡〢〣〤〥〦〧〨〩",
    "零㊀㊁㊂㊃㊄㊅㊆㊇㊈",
    "零㈠㈡㈢㈣㈤㈥㈦㈧㈨",
    "零幺二叄",
)
_WORDS = {sign: str(value) for row in _ROWS for value, sign in enumerate(row)}
_SIGNS = {
    sign: str(unicodedata.digit(sign))
    for sign in map(chr, (0xB2, 0xB3, 0xB9, *range(0x2070, 0x208A), *range(0x2460, 0x2793), *range(0x1F100, 0x1F10D)))
    if unicodedata.digit(sign, None) is not None
}
WORDED = "".join((*_WORDS, *_SIGNS))
"""For a character class: figures of a number only where there are many of them, ⑴ ⒈ ❶ ¹ among them."""
FIGURES = str.maketrans(_WORDS | _SIGNS)
