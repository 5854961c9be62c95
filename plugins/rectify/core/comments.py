"""HTML comments in a Markdown text: notes among colleagues, which reach no output."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\n]")


def without_comments(text: str) -> str:
    """Return a text without its comments."""
    return _COMMENT.sub("", text)


def blank_comments(text: str) -> str:
    """Return a text with blanks in place of its comments; lines and columns stay."""
    return _COMMENT.sub(lambda match: _NOT_LINE_END.sub(" ", match[0]), text) if "<!--" in text else text
