"""Files that are written into a text as addresses of their own (RFC 2397): pictures in drawings and style sheets."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice

_MOST = 500
_ADDRESS = re.compile(
    r"data:(?:[a-z]+/([A-Za-z0-9.+-]{1,40}))?(?:;[A-Za-z0-9=.\-]{1,40}){0,4};base64,([A-Za-z0-9+/=\s]{16,})"
)
_ENDINGS = {"jpeg": "jpg", "svg+xml": "svg", "plain": "txt", "javascript": "js", "": "data"}


def inlined(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield a name and the bytes of each; what is no Base64 shows nothing."""
    for number, match in enumerate(islice(_ADDRESS.finditer(text), _MOST), start=1):
        code = "".join(match[2].split()).rstrip("=")
        try:
            data = base64.b64decode(code[: len(code) - (len(code) % 4 == 1)] + "=" * (-len(code) % 4))
        except binascii.Error:
            continue
        kind = (match[1] or "").lower()
        yield f"{number}.{_ENDINGS.get(kind, kind)}", data
