"""Markdown of the plainest kind -> HTML, without Markdown: paragraphs, headings and bold words.

Most texts hold nothing else, and Markdown takes many times as long for them. What this converter does not
know for certain it leaves to Markdown, whose output it repeats byte for byte.
"""

from __future__ import annotations

import re

from rectify.core.soft_breaks import join_lines

_MARKUP = re.compile(r"[_`<>&|\[\]\\\x00-\x09\x0b-\x1f\x7f]")
"""Characters that mean something, or that Markdown replaces."""

_OTHER_LINE = re.compile(r"\n(?:[^\w\n#*“‘《〈（【「『〔]|\d+[.)])|[^\S\n]\n")
"""A line that begins with anything but a letter, a digit or an opening mark, or like a list item, or ends in a blank."""

_BOLD = re.compile(r"\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*(?!\*)")
_HEADING = re.compile(r"\n(#{1,6}) (\S.*)")
_BLANK_LINES = re.compile(r"\n{2,}")


def convert(text: str) -> str | None:
    """Return the HTML that Markdown makes of a text, or None where only Markdown can tell."""
    text = f"\n{text}\n"
    if _MARKUP.search(text) or _OTHER_LINE.search(text):
        return None
    if "*" in text:
        text = _BOLD.sub(r"<strong>\1</strong>", text)
    text = _HEADING.sub(lambda m: f"\n\n<h{len(m[1])}>{m[2]}</h{len(m[1])}>\n", text)
    if "*" in text or "#" in text:
        return None
    blocks = _BLANK_LINES.split(text.strip("\n"))
    return "\n".join([block if block.startswith("<h") else f"<p>{join_lines(block)}</p>" for block in blocks])
