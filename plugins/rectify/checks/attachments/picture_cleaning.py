"""Pictures without what they carry beside the picture; the picture itself stays byte for byte, and the way it is turned."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from itertools import pairwise

from rectify.checks.attachments import picture_parts as parts
from rectify.checks.attachments.heif_cleaning import clean_heif
from rectify.checks.attachments.tiff import tags
from rectify.checks.attachments.tiff_cleaning import clean_tiff

_ORIENTATION = 0x0112
_TURNED = range(2, 9)
_EXIF_FLAGS = 0x0C
"""Of a WebP: it has Exif, it has XMP (RFC 9649, 2.7)."""


def clean_picture(data: bytes, form: str) -> bytes | None:
    """Return a picture with nothing beside it; None for a form, or a damaged file, that is left as it is."""
    clean = _CLEAN.get(form)
    if clean is None:
        return None
    try:
        return clean(data)
    except (struct.error, LookupError, ValueError):
        return None


def _turned(data: bytes, form: str) -> bytes:
    """Return a TIFF structure that holds only how the picture is turned; empty where it is not turned."""
    for part in parts.parts_of(data, form):
        for tag in tags(part.data) if part.sort == "exif" else ():
            value = int.from_bytes(tag.data[:2], "little" if part.data[:2] == b"II" else "big")
            if (tag.directory, tag.number) == ("image", _ORIENTATION) and value in _TURNED:
                return b"II*\x00" + struct.pack("<IHHHIII", 8, 1, _ORIENTATION, 3, 1, value, 0)
    return b""


def _jpeg(data: bytes) -> bytes:
    segments = []
    at = scan = 2
    while data[at + 1] != 0xDA:
        if data[at] != 0xFF:
            raise ValueError
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if all(part.sort == "profile" for part in parts.segment_parts(data[at + 1], data[at + 4 : end])):
            segments.append(data[at:end])
        at = scan = end
    end = _end_of_jpeg(data)
    turned = _turned(data, "jpeg")
    exif = struct.pack(">HH", 0xFFE1, len(turned) + 8) + b"Exif\x00\x00" + turned if turned else b""
    # Behind JFIF, which some readers want to be first.
    first = segments[:1] if segments and segments[0][1] == 0xE0 else []
    return b"".join([b"\xff\xd8", *first, exif, *segments[len(first) :], data[scan:end]])


def _end_of_jpeg(data: bytes) -> int:
    rest = next((part.data for part in parts.parts_of(data, "jpeg") if part.sort == "rest"), None)
    if rest is None:
        raise ValueError
    return len(data) - len(rest)


def _png(data: bytes) -> bytes:
    chunks, at = [data[:8]], 8
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise ValueError
        if kind in parts.PNG_PICTURE and kind != b"tIME":
            if kind == b"IDAT" and chunks[-1][4:8] != b"IDAT" and (turned := _turned(data, "png")):
                body = b"eXIf" + turned
                chunks.append(struct.pack(">I", len(turned)) + body + struct.pack(">I", zlib.crc32(body)))
            chunks.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(chunks)


def _gif(data: bytes) -> bytes:
    marks = list(parts.gif_marks(data))
    if not marks or data[marks[-1][0]] != 0x3B:
        raise ValueError
    kept = [data[at:end] for (at, is_picture), (end, _) in pairwise(marks) if is_picture]
    return b"".join([data[: parts.gif_start(data)], *kept, b"\x3b"])


def _webp(data: bytes) -> bytes:
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    chunks, at = [], 12
    turned = _turned(data, "webp")
    while at + 8 <= min(end, len(data)):
        kind, length = struct.unpack_from("<4sI", data, at)
        chunk = data[at : at + 8 + length + length % 2]
        if kind == b"VP8X":
            flags = chunk[8] & ~_EXIF_FLAGS | (0x08 if turned else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if kind in parts.WEBP_PICTURE:
            chunks.append(chunk)
        at += 8 + length + length % 2
    if turned:
        chunks.append(b"EXIF" + struct.pack("<I", len(turned)) + turned + bytes(len(turned) % 2))
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _bmp(data: bytes) -> bytes:
    size = parts.bmp_size(data)
    return data[:size] if size > _SMALLEST_BMP else data


_SMALLEST_BMP = 26
"""Bytes of a header; some programs write no size."""
_CLEAN: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": _jpeg,
    "png": _png,
    "gif": _gif,
    "webp": _webp,
    "tiff": clean_tiff,
    "heic": clean_heif,
    "bmp": _bmp,
}
