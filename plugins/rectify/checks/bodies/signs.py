"""Signs that Markdown takes for markup where none was meant, and markup of other programs, which is shown as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.checks.bodies.remark import Edit, Remark, Text

_TIMES = re.compile(r"(?<![\\*])(?<=[0-9A-Za-z])\*(?=[0-9A-Za-z])")
_OTHER = re.compile(
    r"(?<!~)~~[^~\n]+~~(?!~)"  # struck out
    r"|(?<!=)==[^=\n]+==(?!=)"  # highlighted
    r"|\[\^[^\[\]\s]+\]:?"  # a footnote
    r"|(?:(?<=^[-*+] )|(?<=^\d\. ))\[[ xX]\] "  # a task
    r"|^\s*\[(?:TOC|toc)\]\s*$"
    r"|^＃+"  # a heading with a full-width sign
    r"|^:::+.*$|^!!! ?\w.*$"
    r"|(?<=!\[)[^\[\]\n]*\|\d+(?:x\d+)?(?=\])"  # the width of a picture
    r"|(?<=[)\]])\{[:.#\w][^{}\n]*\}"  # attributes
)
_HINTS = ("~~", "==", "[^", "[ ]", "[x]", "[X]", "[TOC]", "[toc]", "＃", ":::", "!!!", "){", "]{", "![")


def signs(text: Text) -> Iterator[Remark]:
    """Yield multiplication signs that would become emphasis, and what only other programs know."""
    if "*" in text.characters and _TIMES.search(text.whole):
        yield from _times(text)
    # The site decides for its ordinary pages which extensions these have.
    if not text.is_page and any(sign in text.whole for sign in _HINTS):
        for number, line in text.lines:
            for match in _OTHER.finditer(line):
                token = match[0].strip()
                yield text.remark("S113", number, match.start(), found=token, excerpt=token[:60])


def _times(text: Text) -> Iterator[Remark]:
    paragraphs: list[dict[int, str]] = []
    for number, line in text.lines:
        if not paragraphs or number - 1 not in paragraphs[-1]:
            paragraphs.append({})
        paragraphs[-1][number] = line
    for lines in paragraphs:
        edits = [
            Edit(number, match.start(), 0, "\\") for number, line in lines.items() for match in _TIMES.finditer(line)
        ]
        if len(edits) > 1:
            number, place, *_ = edits[0]
            excerpt = lines[number][max(0, place - 8) : place + 12]
            yield text.remark("S112", number, place, edits=edits, excerpt=excerpt)
