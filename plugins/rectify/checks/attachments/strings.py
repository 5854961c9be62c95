"""Texts in bytes of a form that nobody here knows, found as runs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

LIMIT = 4_000_000
"""Bytes that are searched."""
_MOST = 5_000
"""Runs of one kind."""
# Every step takes bytes that the other steps cannot take, so that a search is linear.
_BYTES = re.compile(rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){6,4000}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x4e-\x9f]){4,4000}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e]|[\x4e-\x9f][\x00-\xff]){4,4000}")


def strings_of(data: bytes) -> Iterator[str]:
    """Yield what may be text in UTF-8 or UTF-16."""
    data = data[:LIMIT]
    for runs, codec in ((_BYTES, "utf-8"), (_WIDE, "utf-16-le"), (_WIDE_BIG, "utf-16-be")):
        for match in islice(runs.finditer(data), _MOST):
            if text := match[0].decode(codec, "ignore").strip():
                yield text


def decoded(data: bytes) -> str:
    """Return the text of bytes that hold nothing else, in the encoding that fits: Unicode, else that of Chinese programs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
