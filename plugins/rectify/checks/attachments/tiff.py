"""Directories of a TIFF structure, which is also what Exif is written in (TIFF 6.0, Exif 2.32), read within bounds.

Every directory is read once, and a value only as far as it lies in the data.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_DIRECTORIES = 40
_ENTRIES = 400
"""Of one directory."""
_SPARE = 65_536
"""Bytes of values beyond the size of the data: entries may point to the same bytes again and again."""
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
"""Bytes of one value of a kind."""
_ORDERS = {b"II*\x00": "<", b"MM\x00*": ">"}
_POINTERS = {0x8769: "exif", 0x8825: "gps", 0xA005: "interoperability", 0x014A: "sub"}


class Tag(NamedTuple):
    """One entry of a directory."""

    directory: str
    """`image`, `exif`, `gps`, …; `thumbnail` for every further one of the first chain."""
    number: int
    kind: int
    """2 is text, 1 and 7 are bytes."""
    data: bytes
    place: int = 0
    """Of the entry in the data."""
    end: int = 0
    """Where its value ends in the data."""

    def numbers(self, order: str) -> tuple[int, ...]:
        """Return the values of an entry that holds places or sizes."""
        form = "H" if self.kind == 3 else "I"
        return struct.unpack_from(f"{order}{len(self.data) // struct.calcsize(form)}{form}", self.data)


def tags(data: bytes) -> Iterator[Tag]:
    """Yield the entries of all directories; nothing where it is no TIFF structure."""
    order = _ORDERS.get(data[:4])
    if order is None or len(data) < 8:
        return
    waiting = [("image", struct.unpack_from(order + "I", data, 4)[0])]
    seen: set[int] = set()
    left = len(data) + _SPARE
    while waiting and len(seen) < _DIRECTORIES:
        name, at = waiting.pop()
        if not at or at in seen or at + 2 > len(data):
            continue
        seen.add(at)
        count = min(struct.unpack_from(order + "H", data, at)[0], _ENTRIES, (len(data) - at - 2) // 12)
        for place in range(at + 2, at + 2 + 12 * count, 12):
            number, kind, length = struct.unpack_from(order + "HHI", data, place)
            size = SIZES.get(kind, 0) * length
            start = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
            value = data[start : start + min(size, left)]
            left -= len(value)
            if number in _POINTERS and len(value) >= 4:
                several = struct.unpack_from(f"{order}{min(len(value) // 4, _DIRECTORIES)}I", value)
                waiting += [(_POINTERS[number], one) for one in several]
            yield Tag(name, number, kind, value, place, start + len(value))
        end = at + 2 + 12 * count
        if name in ("image", "thumbnail") and end + 4 <= len(data):
            waiting.append(("thumbnail", struct.unpack_from(order + "I", data, end)[0]))


_PLACES_AND_SIZES = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202))
"""Of strips, tiles and a JPEG: the tag of where they are, and that of how long they are."""


def between(data: bytes) -> bytes:
    """Return what no directory names, before, between and behind the things that they do."""
    order = _ORDERS.get(data[:4], "<")
    spans = [(0, 8)]
    known: dict[int, tuple[int, ...]] = {}
    for tag in tags(data):
        spans += [(tag.place - 2, tag.place + 16), (tag.end - len(tag.data), tag.end)]
        for pair in _PLACES_AND_SIZES:
            if tag.number in pair and tag.kind in (3, 4):
                known[tag.number] = tag.numbers(order)
                places, sizes = (known.get(number, ()) for number in pair)
                spans += [(place, place + size) for place, size in zip(places, sizes)]
    rest, at = [], 0
    for start, end in sorted(spans):
        rest.append(data[at:start])
        at = max(at, end)
    return b"\n".join(filter(None, (part.strip(b"\x00") for part in (*rest, data[at:]))))
