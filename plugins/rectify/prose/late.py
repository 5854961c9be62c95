"""Patterns that are compiled where they are first used: of the many, most texts need few, and each costs milliseconds."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast

from rectify.core.patterns import compiled

_HAN, _HAN_SOON = "[一-鿿]", r"[^\W\d_A-Za-z]"
"""Twenty thousand characters are gone through one by one, in half a millisecond; these classes are not."""


class Late:
    """Stands for a pattern."""

    def __init__(self, pattern: str):
        self.pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return compiled(self.pattern.replace(_HAN, _HAN_SOON))

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.compiled, name)
        vars(self)[name] = method
        return method


def late(pattern: str) -> re.Pattern[str]:
    """Return what serves as the compiled pattern, and is compiled when it is first used.

    `[一-鿿]` in it stands for a letter of any writing but the Latin one, as far as a Chinese text can tell.
    """
    return cast("re.Pattern[str]", Late(pattern))
