"""Line ends inside a paragraph, which the writer's editor or the column of a page made.

Between characters of scripts that are written without blanks they stand for nothing, else for a blank (CSS Text 4, 4.3).
"""

from __future__ import annotations

import re

WIDE = "\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…"
"""For character classes: Chinese characters, kana and the marks and forms written with them. Korean has blanks."""

_BREAK = re.compile(rf"\n(?<!\n\n)[ \t]*+(?=(?:<(?:strong|em|code|a [^<>]*+)>)*+[{WIDE}])")
_BEFORE = re.compile(rf"[{WIDE}](?:</(?:strong|em|code|a)>){{0,4}}[ \t]{{0,4}}\Z")
_REACH = 40
"""Characters before a line end that are looked at: closing tags and blanks."""
_BLANKS_BEFORE = re.compile(rf"(?<=[{WIDE}])[ \t]++\n")


def join_lines(text: str) -> str:
    """Return a plain text, or the HTML of a Markdown one, without the line ends that stand for nothing."""
    if "\n" not in text:
        return text
    if " \n" in text or "\t\n" in text:
        text = _BLANKS_BEFORE.sub("\n", text)
    return _BREAK.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    return "" if _BEFORE.search(match.string, max(0, match.start() - _REACH), match.start()) else match[0]
