"""Plain text -> Markdown that shows exactly that text, with as few signs added as possible: people edit it afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_INLINE = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+\-.!|])"  # a backslash that would take the next sign with it
    r"|[*`]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"  # between Latin letters Markdown leaves it alone
    r"|\[(?=[^\[\]]*\]\s*[(\[:])"  # the beginning of a link or of a definition
)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;|#(?:[0-9]|[xX][0-9A-Fa-f]))")
"""What is read as one character; of those given by number the semicolon may be missing."""
_START = re.compile(r"^(?:#|>|[+-](?=\s|$)|-(?=[ -]*$))")
_NUMBER = re.compile(r"^(\d+)(?=[.)]\s)")


def to_markdown(paragraphs: Sequence[str]) -> str:
    """Return plain paragraphs as Markdown, a blank line apart.

    Stars, hashes, angle brackets, numbers at the start and indentation mean nothing: the reader sees the text as it was.
    Control characters and blanks at either end are dropped.
    """
    lines = [line for paragraph in paragraphs for line in _CONTROL.sub(" ", paragraph).replace("\t", " ").split("\n")]
    return "\n\n".join(escape(line) for line in map(str.strip, lines) if line)


def escape(line: str) -> str:
    """Return one line of plain text as one Markdown paragraph."""
    line = _INLINE.sub(r"\\\g<0>", line)
    line = _ENTITY.sub("&amp;", line)
    # An e-mail address in angle brackets is made a link, whatever it begins with.
    line = line.replace("<", "&lt;") if "@" in line else _TAG.sub("&lt;", line)
    return _NUMBER.sub(r"\1\\", _START.sub(r"\\\g<0>", line))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as a Markdown table, the first row as its head; rows are filled up to the same width."""
    width = max(map(len, rows))
    lines = [
        "| "
        + " | ".join([escape(" ".join(cell.split())).replace("|", r"\|") for cell in row] + [""] * (width - len(row)))
        + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
