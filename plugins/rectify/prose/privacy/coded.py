"""Texts that stand in a text in another form: in Base64, or the wrong way round behind a sign that turns them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Iterator

from rectify.core.patterns import compiled

_BASE64 = compiled(
    r"(?<![A-Za-z0-9+/_\-])(?=[A-Z+/_\-]{0,20}[a-z0-9])(?=[a-z0-9+/_\-]{0,20}[A-Z])(?:[A-Za-z0-9+/_\-]{4}){3,60}"
    r"(?:[A-Za-z0-9+/_\-]{2,3}={0,2})?(?![A-Za-z0-9+/=_\-])"
)
_URL_SAFE = str.maketrans("-_", "+/")
_TELLS = compiled(r"[\u4e00-\u9fff]{2}|\d{8}|@")
_TURNED = compiled("\u202e([^\u202c\u202e\n]{1,200})")


def coded(text: str, characters: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where such a text stands and what it says; `characters` are those that the text around it has."""
    # An address or a setting has one of these; in prose a word is a word.
    if "=" in characters or ":" in characters:
        for match in _BASE64.finditer(text):
            if said := _decoded(match[0]):
                yield *match.span(), said
    if "\u202e" in characters:
        yield from ((*match.span(), match[1][::-1]) for match in _TURNED.finditer(text))


def _decoded(code: str) -> str:
    """Return what Base64 stands for, empty where that is no text that tells anything."""
    whole = code.translate(_URL_SAFE).rstrip("=")
    try:
        said = base64.b64decode(whole + "=" * (-len(whole) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return said if said.isprintable() and _TELLS.search(said) else ""
