"""A TIFF (6.0) put together again from what shows its pages, so that nothing else is in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from rectify.checks.attachments.tiff import SIZES

_SHOWN = frozenset(
    chain(
        range(0x00FE, 0x010B),  # size, colours, compression
        (0x0111, 0x0112, 0x0115, 0x0116, 0x0117, 0x0118, 0x0119, 0x011A, 0x011B, 0x011C),
        (0x0122, 0x0123, 0x0124, 0x0125, 0x0128, 0x0129, 0x012D, 0x013D, 0x013E, 0x013F, 0x0140, 0x0141),
        range(0x0142, 0x0146),  # tiles
        (0x0146, 0x0147, 0x0148, 0x014C, 0x014E, 0x0150, 0x0151, 0x0152, 0x0153, 0x0154, 0x0155, 0x0156, 0x015B),
        (0x0211, 0x0212, 0x0213, 0x0214, 0x8773),
    )
)
_PARTS = {0x0111: 0x0117, 0x0144: 0x0145}
"""Where the parts of a picture lie -> how long they are: strips and tiles."""
_OLD_JPEG = 6
_COMPRESSION = 0x0103
_PAGES, _ENTRIES = 5_000, 400
_LONG = 4


class _Entry(NamedTuple):
    number: int
    kind: int
    values: int
    data: bytes


def clean_tiff(data: bytes) -> bytes:
    """Return a TIFF with its pages and nothing else; raises ValueError or struct.error for one that is damaged, or of a kind not known here."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}[data[:4]]
    out = bytearray(data[:4] + bytes(4))
    link = 4
    for entries in _pages(data, order):
        parts = {number: _parts(data, order, entries, number) for number in _PARTS if number in entries}
        if not parts:
            raise ValueError("a page without a picture")
        for number, pieces in parts.items():
            starts = []
            for piece in pieces:
                out += bytes(len(out) % 2)
                starts.append(len(out))
                out += piece
            entries[number] = _Entry(number, _LONG, len(starts), struct.pack(f"{order}{len(starts)}I", *starts))
        out += bytes(len(out) % 2)
        struct.pack_into(order + "I", out, link, len(out))
        link = _add(out, order, [entries[number] for number in sorted(entries)])
    return bytes(out)


def _add(out: bytearray, order: str, entries: list[_Entry]) -> int:
    """Add a directory and the values that do not stand in it; return where the place of the next one is noted."""
    start = len(out)
    end = start + 2 + 12 * len(entries)
    out += struct.pack(order + "H", len(entries)) + bytes(12 * len(entries) + 4)
    for place, one in zip(range(start + 2, end, 12), entries, strict=True):
        struct.pack_into(order + "HHI", out, place, one.number, one.kind, one.values)
        if len(one.data) <= 4:
            out[place + 8 : place + 8 + len(one.data)] = one.data
        else:
            struct.pack_into(order + "I", out, place + 8, len(out))
            out += one.data + bytes(len(one.data) % 2)
    return end


def _pages(data: bytes, order: str) -> Iterator[dict[int, _Entry]]:
    """Yield what shows a page, page by page."""
    at = struct.unpack_from(order + "I", data, 4)[0]
    seen: set[int] = set()
    while at:
        count = struct.unpack_from(order + "H", data, at)[0]
        if at in seen or len(seen) == _PAGES or count > _ENTRIES:
            raise ValueError("without end")
        seen.add(at)
        entries = {}
        for place in range(at + 2, at + 2 + 12 * count, 12):
            number, kind, length = struct.unpack_from(order + "HHI", data, place)
            if number in _SHOWN:
                size = SIZES[kind] * length if kind in SIZES else 0
                start = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
                if not size or start + size > len(data):
                    raise ValueError("outside")
                entries[number] = _Entry(number, kind, length, data[start : start + size])
        compression = entries.get(_COMPRESSION)
        if compression and struct.unpack_from(order + "H", compression.data)[0] == _OLD_JPEG:
            raise ValueError("tables elsewhere")
        yield entries
        at = struct.unpack_from(order + "I", data, at + 2 + 12 * count)[0]


def _parts(data: bytes, order: str, entries: dict[int, _Entry], number: int) -> list[bytes]:
    starts, lengths = (_numbers(order, entries[one]) for one in (number, _PARTS[number]))
    if len(starts) != len(lengths) or sum(lengths) > len(data):
        raise ValueError("parts that do not fit")
    if any(start + length > len(data) for start, length in zip(starts, lengths, strict=True)):
        raise ValueError("outside")
    return [data[start : start + length] for start, length in zip(starts, lengths, strict=True)]


def _numbers(order: str, entry: _Entry) -> tuple[int, ...]:
    sign = {3: "H", 4: "I", 13: "I"}[entry.kind]
    return struct.unpack(f"{order}{entry.values}{sign}", entry.data)
