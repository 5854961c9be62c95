"""Markdown of the plainest kind -> HTML, without Markdown: paragraphs, headings and bold words.

Most texts hold nothing else, and Markdown takes many times as long for them. What this converter does not
know for certain it leaves to Markdown, whose output it repeats byte for byte.
"""

from __future__ import annotations

import re

_DOUBTFUL = re.compile(
    r"""
      [_`<>&|\[\]\\\x00-\x09\x0b-\x1f\x7f]  # Characters that mean something, or that Markdown replaces.
    | ^[^\w\n\#*“‘《〈（【「『〔]  # A line that begins with anything but a letter, a digit or an opening mark.
    | ^\d+[.)]  # The number of a list item.
    | [^\S\n]$  # Blanks at the end of a line.
    """,
    re.MULTILINE | re.VERBOSE,
)
_BOLD = re.compile(r"(?<!\*)\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*(?!\*)")
_HEADING = re.compile(r"^(#{1,6}) (\S.*)$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{2,}")


def convert(text: str) -> str | None:
    """Return the HTML that Markdown makes of a text, or None where only Markdown can tell."""
    if _DOUBTFUL.search(text):
        return None
    marked = _BOLD.sub(r"<strong>\1</strong>", text)
    marked = _HEADING.sub(lambda m: f"\n<h{len(m[1])}>{m[2]}</h{len(m[1])}>\n", marked)
    if "*" in marked or "#" in marked:
        return None
    blocks = _BLANK_LINES.split(marked.strip("\n"))
    return "\n".join(block if block.startswith("<h") else f"<p>{block}</p>" for block in blocks)
