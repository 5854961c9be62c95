"""The register's styles for a site that is its owner's: they reach only what stands in the register's part of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PART = ".rf-guest"
_SCOPE = f"{_PART}:not(#rf):not(#rf)"
"""Stronger than any rule of a theme that does not use ids; old browsers know no other way."""
_DRAWN = "".join(f":not({tag})" for tag in ("svg", "rect", "path"))
_RESET = "".join(f"{_PART}:not(#rf) {_DRAWN}{what}{{all:revert}}" for what in ("", "::before", "::after"))
"""What the theme says of lists, tables and details inside; drawings have attributes that it would take for styles."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STEP = re.compile(r"([^{}]*)([{}])")
_COMMA = re.compile(r",(?![^()]*\))")
_ROOT = re.compile(r":root((?:\[[^\]]*\]|:is\([^)]*\))*)")
_REM = re.compile(r"(?<![\w.])(-?(?:\d{1,3}(?:\.\d{1,4})?|\.\d{1,4}))rem\b")
_DARK = ':is([data-md-color-scheme="slate"],[data-bs-theme="dark"])'
"""How Material and the themes built on Bootstrap say that a page is dark."""


def scoped(styles: str) -> str:
    """Return styles whose every rule holds in the register's part of a page alone; lengths in `rem`, which are the owner's, are in our own measure."""
    return "".join(_scoped(_REM.sub(r"calc(\1*var(--rf-rem))", _COMMENT.sub("", styles))))


def scoped_from_scratch(styles: str) -> str:
    """Return the same with everything undone before that the theme of the site says of what is inside."""
    return _RESET + scoped(styles)


def _scoped(styles: str) -> Iterator[str]:
    around: list[str] = []
    for step in _STEP.finditer(styles):
        text, brace = step[1].strip(), step[2]
        if brace == "}":
            around.pop()
            yield f"{text}}}"
        else:
            is_rule = not text.startswith("@") and not any(one.startswith("@keyframes") for one in around)
            yield f"{_selectors(text) if is_rule else text}{{"
            around.append(text)


def _selectors(text: str) -> str:
    return ",".join(_selector(one.strip()) for one in _COMMA.split(text))


def _selector(one: str) -> str:
    root = _ROOT.match(one)
    if not root:
        return f"{_SCOPE} {one}"
    inside = one[root.end() :]
    before = f"{_DARK} " if "dark" in root[1] else f"{root[0]} " if root[1] else ""
    return f"{before}{_SCOPE}{inside}"
