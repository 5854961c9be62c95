"""Bytes of a text file or saved page -> text, whatever encoding an office's programs left it in."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.line_ends import unify_line_ends
from rectify.sources.text import is_everyday_chinese

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_BROKEN_SHARE = 0.01
"""Share of characters that may be unreadable in a text that is otherwise plainly of an encoding."""


class Decoded(NamedTuple):
    text: str
    encoding: str
    """For people: `UTF-8`, `GBK/GB18030`, `UTF-16`."""
    broken: int = 0
    """Characters that could not be read, each U+FFFD in the text."""


def read_text(data: bytes, path: str, declared: str = "") -> tuple[str, list[Finding]]:
    """Return a document's text with plain line ends, and what is to be said of its encoding.

    `declared` is the encoding that a page says it has. Raises RefusedDocument where the bytes are no text.
    """
    decoded = decode(data, declared)
    if decoded is None:
        raise RefusedDocument(found("I017", path))
    text = unify_line_ends(decoded.text)
    findings = [] if decoded.encoding == "UTF-8" else [found("I016", path, 1, found=decoded.encoding)]
    if decoded.broken:
        findings.append(found("I030", path, text.count("\n", 0, text.index("\ufffd")) + 1, found=decoded.broken))
    return text, findings


def decode(data: bytes, declared: str = "") -> Decoded | None:
    """Return the text of bytes, or None when they are no text; `declared` is what a page says of itself."""
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], codec, name)
    if wide := _wide(data):
        return wide
    for codec, name in (("utf-8", "UTF-8"), ("gb18030", "GBK/GB18030")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # GB18030 decodes nearly any bytes: its result counts when it reads as Chinese, or when the page says so.
        if codec == "utf-8" or is_everyday_chinese(text) or declared.lower() in ("gb2312", "gbk", "gb18030"):
            return Decoded(text, name)
    return _tolerant(data, "utf-8", "UTF-8") or _tolerant(data, "gb18030", "GBK/GB18030", chinese=True)


def _wide(data: bytes) -> Decoded | None:
    """Return a text in UTF-16 without a mark: digits and line ends have a zero byte, which no other encoding has."""
    if len(data) % 2 or 0 not in data:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        ascii_only = all("\t" <= c <= "~" for c in text[:2048])
        if "\x00" not in text[:2048] and (ascii_only or is_everyday_chinese(text)):
            return Decoded(text, "UTF-16")
    return None


def _tolerant(data: bytes, codec: str, name: str, chinese: bool = False) -> Decoded | None:
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken > len(text) * _BROKEN_SHARE or (chinese and not is_everyday_chinese(text)):
        return None
    return Decoded(text, name, broken)
