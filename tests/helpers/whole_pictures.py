"""Pictures of one dot in forms that say where their parts lie, with what they may tell beside it."""

from __future__ import annotations

import struct

SHOWN = ((256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (277, 1), (278, 1), (279, 1))
"""Tags of a grey dot and their values, but for where it lies."""


def dot_tiff(*said: str) -> bytes:
    """A TIFF of one page, with texts as its description and what else may be said."""
    texts = [text.encode() + b"\x00" for text in said]
    # Where the strip lies is 273: tags stand in the order of their numbers.
    entries = sorted([(number, 3, 1, struct.pack("<I", value)) for number, value in SHOWN] + [(273, 4, 1, b"")])
    about = [(0x010E, 0x013B, 0x8298)[i] for i in range(len(texts))]
    dot, values, at = b"\x7f\x00", b"", 10 + 2 + 12 * (len(entries) + len(texts)) + 4
    for number, text in zip(about, texts, strict=True):
        entries.append((number, 2, len(text), struct.pack("<I", at + len(values))))
        values += text + bytes(len(text) % 2)
    entries = sorted((n, kind, count, struct.pack("<I", 8) if n == 273 else data) for n, kind, count, data in entries)
    head = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHI", *one[:3]) + one[3] for one in entries)
    return b"II*\x00" + struct.pack("<I", 10) + dot + head + bytes(4) + values


def box(kind: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def dot_heic(exif: bytes = b"", xmp: bytes = b"") -> bytes:
    """A HEIC that has three items in its data: what stands for the picture, Exif, XMP."""
    items = [b"picture", bytes(4) + exif, xmp]
    kinds = (b"hvc1", b"Exif", b"mime")
    entries = [box(b"infe", b"\x02\0\0\0", struct.pack(">HH4s", n, 0, kind), b"\0") for n, kind in enumerate(kinds, 1)]
    start = box(b"ftyp", b"heic", bytes(4), b"mif1heic")

    def meta(at: int) -> bytes:
        places = b""
        for n, item in enumerate(items, 1):
            places += struct.pack(">HHHII", n, 0, 1, at, len(item))
            at += len(item)
        iloc = box(b"iloc", bytes(4), b"\x44\x00", struct.pack(">H", len(items)), places)
        return box(b"meta", bytes(4), box(b"iinf", bytes(4), struct.pack(">H", len(items)), *entries), iloc)

    return start + meta(len(start) + len(meta(0)) + 8) + box(b"mdat", *items)
