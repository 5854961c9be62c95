"""Words in traditional characters, told by those that the words of this program hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

_PAIRS = "".join(tomllib.loads(Path(__file__).with_name("script.toml").read_text("utf-8"))["pairs"].split())

TRADITIONAL: dict[str, str] = dict(zip(_PAIRS[1::2], _PAIRS[::2]))
"""The simplified character of each traditional one."""
_SIMPLIFIED = str.maketrans(TRADITIONAL)


def simplified(text: str) -> str:
    """Return a text with simplified characters, each in the place of the other."""
    return text.translate(_SIMPLIFIED)
