"""Characters written as codes of HTML: `&amp;`, `&#65;`, `&#x41;`."""

from __future__ import annotations

import html
import re

_ZEROS = re.compile(r"&#0+(?=\d)")
_NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")


def unescape(text: str) -> str:
    """Return a text with the characters that its codes stand for, as browsers read them.

    The standard library's function raises where a code has thousands of digits.
    """
    if "&#" in text:
        text = _NO_CHARACTER.sub("\ufffd", _ZEROS.sub("&#", text))
    return html.unescape(text) if "&" in text else text
