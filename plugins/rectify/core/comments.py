"""HTML comments in a Markdown text: notes among colleagues, which reach no output."""

from __future__ import annotations

import re
from collections.abc import Callable

_OPENING, _CLOSING = "<!--", "-->"
_COMMENT = re.compile(f"{_OPENING}(.*?){_CLOSING}", re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\n]")


def without_comments(text: str) -> str:
    """Return a text without its comments."""
    return replace_comments(text, lambda match: "")


def blank_comments(text: str) -> str:
    """Return a text with blanks in place of its comments; lines and columns stay."""
    return replace_comments(text, lambda match: _NOT_LINE_END.sub(" ", match[0]))


def comments(text: str) -> list[str]:
    """Return what the comments of a text say."""
    return _COMMENT.findall(text, 0, _end(text)) if _OPENING in text else []


def replace_comments(text: str, replacement: Callable[[re.Match[str]], str]) -> str:
    """Return a text with something else in place of each comment."""
    if _OPENING not in text:
        return text
    end = _end(text)
    return _COMMENT.sub(replacement, text[:end]) + text[end:]


def _end(text: str) -> int:
    """Return where the last comment can end: behind it, each opening would be followed to the end of the text for nothing."""
    return text.rfind(_CLOSING) + len(_CLOSING) if _CLOSING in text else 0
