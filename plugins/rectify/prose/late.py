"""Patterns that are compiled where they are first used: of the many, most texts need few, and each costs milliseconds."""

from __future__ import annotations

import re
from typing import Any, cast

_HAN, _HAN_SOON = "[一-鿿]", r"[^\W\d_A-Za-z]"
"""Twenty thousand characters are gone through one by one, in half a millisecond; these classes are not."""


class _Late:
    def __init__(self, pattern: str):
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern.replace(_HAN, _HAN_SOON))
        vars(self).update({one: getattr(compiled, one) for one in ("match", "fullmatch", "search", "finditer")})
        return getattr(compiled, name)


def late(pattern: str) -> re.Pattern[str]:
    """Return what serves as the compiled pattern, and is compiled when it is first used.

    `[一-鿿]` in it stands for a letter of any writing but the Latin one, as far as a Chinese text can tell.
    """
    return cast("re.Pattern[str]", _Late(pattern))
