"""A HEIC or AVIF picture with Exif and XMP overwritten where they lie (ISO/IEC 23008-12, ISO/IEC 14496-12): nothing moves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_BOXES = 10_000
_EMPTY_EXIF = b"\x00\x00\x00\x00II*\x00\x08\x00\x00\x00" + bytes(6)
"""The place of the structure, and one without entries. How the picture is turned stands in a box of its own."""
_MEANINGLESS = (b"free", b"skip", b"uuid")
_FILE, _BESIDE = 0, 1
"""Where an item may lie: at a place of the file, or in the box of small data."""


class _Box(NamedTuple):
    kind: bytes
    start: int
    """Of what it holds."""
    end: int


def clean_heif(data: bytes) -> bytes:
    """Return the picture without what it tells; raises ValueError, struct.error or IndexError where its boxes are not those of one."""
    out = bytearray(data)
    boxes = list(_boxes(data, 0, len(data)))
    meta = next((box for box in boxes if box.kind == b"meta"), None)
    if meta is None:
        raise ValueError("no picture")
    inner = {box.kind: box for box in _boxes(data, meta.start + 4, meta.end)}
    items = dict(_items(data, inner[b"iinf"]))
    small = inner.get(b"idat")
    for item, pieces in _places(data, inner[b"iloc"], small.start if small else None):
        empty = {b"Exif": _EMPTY_EXIF, b"mime": b""}.get(items.get(item, b""))
        if empty is None:
            continue
        if items[item] == b"mime" and not _is_xmp(b"".join(data[start:end] for start, end in pieces)):
            continue
        for number, (start, end) in enumerate(pieces):
            if not meta.start <= start <= end <= len(data) and not 0 <= start <= end <= len(data):
                raise ValueError("outside")
            new = empty if not number and len(empty) <= end - start else b""
            out[start:end] = new + (bytes if items[item] == b"Exif" else _blanks)(end - start - len(new))
    for box in boxes:
        if box.kind in _MEANINGLESS:
            out[box.start : box.end] = bytes(box.end - box.start)
    return bytes(out)


def _blanks(length: int) -> bytes:
    return b" " * length


def _is_xmp(data: bytes) -> bool:
    return not data.strip() or b"<x:xmpmeta" in data or b"<rdf:RDF" in data


def _boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    for _ in range(_BOXES):
        if at + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        size = size or end - at
        if size < head or at + size > end:
            raise ValueError("outside")
        yield _Box(kind, at + head, at + size)
        at += size


def _items(data: bytes, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Yield number and kind of each item."""
    wide = data[box.start] > 0
    for one in _boxes(data, box.start + (8 if wide else 6), box.end):
        version = data[one.start]
        if one.kind == b"infe" and version >= 2:
            form = ">I2x4s" if version > 2 else ">H2x4s"
            yield struct.unpack_from(form, data, one.start + 4)


def _places(data: bytes, box: _Box, small: int | None) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the number of each item and where its pieces lie; those that are put together from others lie nowhere."""
    version = data[box.start]
    sizes = data[box.start + 4 : box.start + 6]
    offset, length, base, index = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15 if version else 0
    at = box.start + 6

    def number(size: int) -> int:
        nonlocal at
        at += size
        if at > box.end:
            raise ValueError("outside")
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else _FILE
        number(2)
        first = number(base)
        pieces = []
        for _ in range(number(2)):
            number(index)
            start, size = first + number(offset), number(length)
            if method == _BESIDE and small is not None:
                start += small
            pieces.append((start, start + size))
        if method in (_FILE, _BESIDE):
            yield item, pieces
