"""Boxes and ticks that are letters of a symbol font: R in Wingdings 2 prints as a ticked box.

Source: the code charts of the fonts Wingdings, Wingdings 2, Webdings and Symbol.
"""

from __future__ import annotations

_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0x6E: "■", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {
        0x2A: "☐",
        0x4F: "✗",
        0x50: "✓",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0xA2: "■",
        0xA3: "☐",
        0xA4: "☐",
    },
    "webdings": {0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗"},
    "symbol": {0xD6: "√", 0xB4: "×"},
}
_PRIVATE = 0xF000
"""Symbol fonts put their letters into the private use area as well, from here on."""


def printed(text: str, font: str | None) -> str:
    """Return a text that is set in a font as it is printed, as far as boxes and ticks go."""
    signs = _FONTS.get((font or "").strip(" \"'").lower())
    return "".join(signs.get(ord(char) & ~_PRIVATE, char) for char in text) if signs else text


def symbol(font: str | None, code: str | None) -> str:
    """Return a symbol that is named by its font and hexadecimal code (ECMA-376 part 1, 17.3.3.30), empty where it is no box or tick."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    char = chr(number) if 0 < number < 0xE000 or 0xF000 <= number < 0xF900 else ""
    sign = printed(char, font)
    return sign if sign != char else ""
