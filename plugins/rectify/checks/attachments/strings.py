"""Texts in bytes of a form that nobody here knows, found as runs of characters."""

from __future__ import annotations

import json
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

_MOST = 5_000
"""Runs of one kind; of the further ones those with a number in them are text."""
# Every step takes bytes that the other steps cannot take and gives none back, so that a search is linear.
_BYTES = re.compile(rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){6,}+")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x4e-\x9f]){4,}+")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e]|[\x4e-\x9f][\x00-\xff]){4,}+")
_FIGURES = re.compile(r"(?:[0-9][^0-9]{0,3}){6}")


_ENCODED = re.compile(r"(?i)\bquoted-printable\b")
_CODES = re.compile(r"(?:\\u[\da-fA-F]{4})+")


def strings_of(data: bytes) -> Iterator[str]:
    """Yield what may be text in UTF-8 or UTF-16."""
    for runs, codec in ((_BYTES, "utf-8"), (_WIDE, "utf-16-le"), (_WIDE_BIG, "utf-16-be")):
        for number, match in enumerate(runs.finditer(data)):
            text = match[0].decode(codec, "ignore").strip()
            if text and (number < _MOST or _FIGURES.search(text)):
                yield text


def decoded(data: bytes) -> str | None:
    """Return the text of bytes that hold nothing else, None where it is in none of the encodings that Chinese programs write."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        codecs: tuple[str, ...] = ("utf-32",)
    else:
        codecs = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def in_some_way(data: bytes) -> str:
    """Return the text of bytes, with a sign for each that is not understood."""
    text = decoded(data)
    return data.decode("utf-8", "replace") if text is None else text


def plain(text: str) -> str:
    """Return a text with what a mail or an address card has encoded as it is read (RFC 2045, 6.7; vCard 2.1)."""
    if not _ENCODED.search(text):
        return text
    return text + "\n" + quopri.decodestring(text.encode()).decode("utf-8", "replace")


def json_text(text: str) -> str:
    """Return a JSON text with characters instead of their codes."""
    return _CODES.sub(_character, text) if "\\u" in text else text


def json_lines(text: str) -> list[str]:
    """Return the values of a JSON text in order, a line each, numbers with their names; of what is no JSON, its lines."""
    try:
        # Pairs, because of two with one name an object keeps the last.
        return list(_values(_DECODER.decode(json_text(text))))
    except (ValueError, RecursionError):
        return json_text(text).split("\n")


def joined_lists(text: str) -> Iterator[str]:
    """Yield the lists of a JSON text whose members are the pieces of one number, joined, behind their name."""
    with suppress(ValueError, RecursionError):
        yield from _joined(_DECODER.decode(json_text(text)))


def _joined(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, _Pairs):
        for inner, one in value:
            yield from _joined(one, inner)
    elif isinstance(value, list):
        pieces = [one.strip() for one in value if isinstance(one, str)]
        number = "".join(pieces)
        is_cut = len(pieces) == len(value) > 1 and all(map(_PIECE.fullmatch, pieces))
        if is_cut and _FEWEST <= len(number) <= _LONGEST and not all(map(_YEAR.fullmatch, pieces)):
            yield f'"{name}": "{number}'
        else:
            for one in value:
                yield from _joined(one, name)


_PIECE = re.compile(r"\d{1,10}[Xx]?|-")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST, _LONGEST = 11, 20
"""Figures of a number that somebody has."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[0-9A-Za-z](?:[^0-9A-Za-z]{0,3}[0-9A-Za-z]){3}")
"""What a label may make private: no number of anybody's has less than four letters or digits, nor are they further apart."""
_SPEAKS_FOR_ITSELF = re.compile(r"\d{4}-\d\d-\d\d|[0-9a-f]{32}|[0-9a-f]{64}")
"""A day or a checksum, whatever it is of."""
_SHORT = 40
"""Characters of a value that is no sentence."""


class _Pairs(list[tuple[str, Any]]):
    """What an object holds."""


_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=str, parse_float=str, strict=False)


def _values(value: Any, name: str = "") -> Iterator[str]:
    """Yield the values in a line each, short ones with a number behind their name, which may say what it is for;
    no days and checksums."""
    if isinstance(value, _Pairs):
        for inner, one in value:
            yield from _values(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one, name)
    elif isinstance(value, str):
        for line in value.split("\n"):
            if not _SPEAKS_FOR_ITSELF.fullmatch(line):
                is_labelled = len(line) <= _SHORT and _DIGIT.search(line) and _NUMBER.search(line)
                yield f'"{name}": "{line}' if is_labelled else line
    else:
        yield f'"{name}"'


def _character(match: re.Match[str]) -> str:
    """Return what a run of codes means; half of a pair, which no output could hold, becomes the sign for that."""
    units = bytes.fromhex(match[0].replace("\\u", ""))
    return units.decode("utf-16-be", "replace")
