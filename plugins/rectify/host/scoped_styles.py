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
_SHEET = re.compile(r"@page[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}")
"""Margins and numbers of sheets of paper are the owner's too."""
_STEP = re.compile(r"([^{}]*)([{}])")
_COMMA = re.compile(r",(?![^()]*\))")
_ROOT = re.compile(r":root((?:\[[^\]]*\]|:is\([^)]*\))*)")
_REM = re.compile(r"(?<![\w.])(-?(?:\d{1,3}(?:\.\d{1,4})?|\.\d{1,4}))rem\b")
_DARK = ':is([data-md-color-scheme="slate"],[data-bs-theme="dark"])'
"""How Material and the themes built on Bootstrap say that a page is dark."""


_WIDTH = re.compile(r"@media (?:screen and )?\((min|max)-width: ([\d.]+)em\)\{")
_BRACE = re.compile(r"[{}]")
_PHONE, _MARGINS, _SHARE = 40, 32, 0.8
"""In `em` of a window, below which a theme has nothing beside us but margins, of so many pixels; what is ours in a wider one."""
_MEASURES = "(container-type:inline-size)"


def scoped(styles: str) -> str:
    """Return styles whose every rule holds in the register's part of a page alone.

    Lengths in `rem`, which are the owner's, are in our own measure, and how wide the window is counts as how wide that part is.
    """
    return "".join(
        _measured("".join(_scoped(_REM.sub(r"calc(\1*var(--rf-rem))", _SHEET.sub("", _COMMENT.sub("", styles))))))
    )


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


def _measured(styles: str) -> Iterator[str]:
    """Yield styles that go by the width of our part; browsers that cannot measure it go by that of the window."""
    at = 0
    for asked in _WIDTH.finditer(styles):
        yield styles[at : asked.start()]
        at = _end_of_block(styles, asked.end())
        rules = styles[asked.end() : at]
        window = float(asked[2])
        ours = window * 16 - _MARGINS if window < _PHONE else window * 16 * _SHARE
        yield f"@supports {_MEASURES}{{@container rf ({asked[1]}-width:{ours:g}px){{{rules}}}"
        yield f"@supports not {_MEASURES}{{{asked[0]}{rules}}}"
    yield styles[at:]


def _end_of_block(styles: str, start: int) -> int:
    """Return where the block ends whose rules begin here."""
    depth = 1
    for brace in _BRACE.finditer(styles, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(styles)


def _selectors(text: str) -> str:
    return ",".join(_selector(one.strip()) for one in _COMMA.split(text))


def _selector(one: str) -> str:
    root = _ROOT.match(one)
    if not root:
        return f"{_SCOPE} {one}"
    inside = one[root.end() :]
    before = f"{_DARK} " if "dark" in root[1] else f"{root[0]} " if root[1] else ""
    return f"{before}{_SCOPE}{inside}"
