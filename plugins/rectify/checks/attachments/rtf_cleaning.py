"""An RTF file (1.9.1) without the groups that tell who wrote it, and without what lies behind its end."""

from __future__ import annotations

import re

_TOKEN = re.compile(rb"\\bin(\d{1,9}) ?|\\[^A-Za-z]|[{}]")
_GROUP = re.compile(rb"\{\s*(?:\\\*\s*)?\\([a-z]{1,32})")
_TELLS = frozenset(b"info userprops revtbl docvar datastore xmlopen mailmerge atnauthor atnid".split())


def clean_rtf(data: bytes) -> bytes:
    """Return the file without them; raises ValueError where its braces do not close."""
    kept, done = [], 0
    depth = at = 0
    inside = 0
    """The depth of the group that is left out, 0 where none is."""
    while match := _TOKEN.search(data, at):
        at = match.end()
        if match[1]:
            at += int(match[1])
        elif match[0] == b"{":
            depth += 1
            group = _GROUP.match(data, match.start()) if not inside else None
            if group and group[1] in _TELLS:
                inside = depth
                kept.append(data[done : match.start()])
        elif match[0] == b"}":
            if depth == inside:
                inside, done = 0, at
            depth -= 1
            if not depth:
                return b"".join((*kept, data[done:at]))
    raise ValueError("not closed")
