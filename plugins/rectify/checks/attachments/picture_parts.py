"""The parts of a picture file that are not the picture: what they are, and their bytes.

JPEG (ITU-T T.81, Exif 2.32), PNG (3rd edition), GIF89a, WebP (RFC 9649), TIFF 6.0; of HEIF what can be found without its
boxes. Each file is gone through once, from the front.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from rectify.checks.attachments.tiff import between


class Part(NamedTuple):
    """One part beside the picture."""

    sort: str
    """`exif` (a TIFF structure), `xmp`, `iptc` (Photoshop's resources), `text`, `bytes` (unknown), `profile` (of its colours),
    `more` (a piece of a long XMP packet), `thumbnail`, `rest` (behind the end), `cut` (a text that is longer than what is read
    of it)."""
    data: bytes
    label: str = ""
    """The keyword of a text."""


MOST = 2_000
"""Parts of one picture."""
_TEXT = 65_536
"""Bytes of one text, inflated."""
_APART = 1_000_000
"""Bytes of what is looked for without knowing where it ends."""
_HEAD = b"Exif\x00\x00"
_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\x00"
_SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SEGMENT = re.compile(rb"\xff+[\xc0-\xcf\xd8-\xfe]")
_EMBEDDED = re.compile(rb"(?:EXIF.{4}|Exif\x00\x00)?(?=II\*\x00|MM\x00\*)", re.DOTALL)
_PACKET = re.compile(rb"<(?:x:xmpmeta|rdf:RDF)\b")
PNG_PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB bKGD hIST pHYs sPLT tIME cICP mDCV cLLI acTL fcTL fdAT iCCP oFFs".split()
)
WEBP_PICTURE = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_PNG_DOTS = frozenset((b"IHDR", b"IDAT", b"fdAT"))
"""What has nothing but the picture's dots; the rest of what a PNG is shown with may be longer than it should."""
_WEBP_SIZES = {b"VP8X": 10, b"ANIM": 6}
_FRAME = 16
"""Bytes before the parts of a frame."""
_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_WHOLE = {b"JFIF\x00": 14, b"Adobe": 12}
"""Bytes of the segments that tell how a JPEG is to be read, thumbnails aside."""
_LAYOUT = frozenset((b"mdat", b"ftyp"))
"""Of the boxes of HEIF, the picture's data and the name of the form."""


def parts_of(data: bytes, form: str) -> Iterator[Part]:
    """Yield the parts of a picture of a form in `types.PICTURES`, in their order, at most MOST; of what is damaged its bytes."""
    walk = {"jpeg": _jpeg, "png": _png, "gif": _gif, "webp": _webp, "heic": _heic, "bmp": _bmp}.get(form)
    if walk is None:
        yield Part("exif", data)
        yield Part("bytes", between(data))
        return
    try:
        yield from islice(walk(data), MOST)
    except (struct.error, IndexError):
        yield Part("bytes", data)


def _jpeg(data: bytes) -> Iterator[Part]:
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            # Readers go on to the next one.
            found = _SEGMENT.search(data, at)
            end = found.start() if found else len(data)
            yield Part("bytes", data[at:end])
            at = end
            continue
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            yield Part("rest", data[at + 2 :])
            return
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
            yield from segment_parts(marker, data[at + 4 : end])
            at = end
            if marker == 0xDA:
                scan = _SCAN_ENDS.search(data, at)
                at = scan.start() if scan else len(data)


def segment_parts(marker: int, body: bytes) -> Iterator[Part]:
    """Yield what a segment of a JPEG has beside the picture; nothing for one that belongs to the picture."""
    if marker == 0xFE:
        yield Part("text", body)
    elif body.startswith(_HEAD):
        yield Part("exif", body[6:])
    elif body.startswith(_XMP):
        yield Part("xmp", body[len(_XMP) :])
    elif body.startswith(_MORE_XMP):
        yield Part("more", body[len(_MORE_XMP) + 40 :])
    elif marker == 0xED and body.startswith(b"Photoshop 3.0\x00"):
        yield Part("iptc", body[14:])
    elif (body.startswith(b"JFIF\x00") and body[12:14].strip(b"\x00")) or body.startswith(b"JFXX\x00"):
        yield Part("thumbnail", body)
    elif body.startswith(b"ICC_PROFILE\x00"):
        yield Part("profile", body[14:])
    elif 0xE0 <= marker <= 0xEF and len(body) > _WHOLE.get(body[:5], 0):
        yield Part("bytes", body)


def _png(data: bytes) -> Iterator[Part]:
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IEND":
            yield Part("rest", data[at:])
            return
        if kind == b"eXIf":
            yield Part("exif", body.removeprefix(_HEAD))
        elif kind == b"iCCP":
            name, _, profile = body.partition(b"\x00")
            yield Part("text", name)
            yield Part("profile", _inflated(profile[1:]))
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from _png_text(kind, body)
        elif kind not in _PNG_DOTS:
            yield Part("bytes", body)


def _png_text(kind: bytes, body: bytes) -> Iterator[Part]:
    key, _, rest = body.partition(b"\x00")
    label = key.decode("latin-1")
    yield Part("text", key)
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        is_packed = rest[:1] == b"\x01"
        *translated, rest = rest[2:].split(b"\x00", 2)
        yield from (Part("text", one) for one in translated)
        rest = _inflated(rest) if is_packed else rest
    if len(rest) >= _TEXT:
        yield Part("cut", b"")
    if label == "XML:com.adobe.xmp":
        yield Part("xmp", rest)
    # What ImageMagick makes of the parts that other formats have.
    elif label.startswith("Raw profile type "):
        raw = _HEX.sub(b"", rest.split(b"\n", 3)[-1][:_TEXT])
        profile = bytes.fromhex(raw[: len(raw) // 2 * 2].decode("ascii"))
        sort = {"exif": "exif", "APP1": "exif", "xmp": "xmp", "iptc": "iptc"}.get(label.rpartition(" ")[2], "bytes")
        yield Part(sort, profile.removeprefix(_HEAD))
    else:
        yield Part("text", rest[:_TEXT], label)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _TEXT)
    except zlib.error:
        return b""


def _gif(data: bytes) -> Iterator[Part]:
    for at, is_picture in gif_marks(data):
        if data[at] == 0x3B:
            yield Part("rest", data[at + 1 :])
        elif data[at] != 0x21 and not is_picture:
            yield Part("rest", data[at:])
        elif not is_picture:
            label = data[at + 1]
            end, body = _blocks(data, at + 2)
            if label == 0xFF and body.startswith(b"XMP Data"):
                # The packet lies there as it is, not in blocks; what ends it leads whoever counts blocks to its end.
                yield Part("xmp", data[at + 14 : end])
            elif label == 0xFF:
                yield Part("bytes", body[11:])
            else:
                yield Part("text", body if label == 0xFE else body[12:])


def gif_start(data: bytes) -> int:
    """Return where the first block of a GIF is."""
    return 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)


def gif_marks(data: bytes) -> Iterator[tuple[int, bool]]:
    """Yield where each block of a GIF is, to the one that ends it, and whether it belongs to the picture; what is none ends it too."""
    at = gif_start(data)
    while at < len(data):
        sign = data[at]
        if sign == 0x3B:
            yield at, True
            return
        if sign == 0x2C:
            yield at, True
            flags = data[at + 9]
            at, _ = _blocks(data, at + 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0))
        elif sign == 0x21:
            end, body = _blocks(data, at + 2)
            label = data[at + 1]
            own = label == 0xF9 or (label == 0xFF and body.startswith((b"NETSCAPE", b"ANIMEXTS")))
            yield at, own
            at = end
        else:
            yield at, False
            return


def _blocks(data: bytes, at: int) -> tuple[int, bytes]:
    """Return where the sub-blocks that begin at a place end, and what they hold."""
    blocks = []
    while at < len(data) and (size := data[at]):
        blocks.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    return at + 1, b"".join(blocks)


def _webp(data: bytes) -> Iterator[Part]:
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    yield from _webp_parts(data, 12, min(end, len(data)))
    yield Part("rest", data[end:])


def _webp_parts(data: bytes, at: int, end: int) -> Iterator[Part]:
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
        if kind == b"EXIF":
            yield Part("exif", body.removeprefix(_HEAD))
        elif kind == b"XMP ":
            yield Part("xmp", body)
        elif kind == b"ICCP":
            yield Part("profile", body)
        elif kind == b"ANMF":
            # No frame has frames.
            yield from () if b"ANMF" in body[_FRAME:] else _webp_parts(body, _FRAME, len(body))
        elif kind not in WEBP_PICTURE or len(body) > _WEBP_SIZES.get(kind, len(body)):
            yield Part("bytes", body)


def _bmp(data: bytes) -> Iterator[Part]:
    size = bmp_size(data)
    yield Part("rest", data[size:] if size else b"")


def bmp_size(data: bytes) -> int:
    """Return how many bytes of a BMP are the picture, whatever its head says of the whole; 0 where nothing tells."""
    told, start, head = struct.unpack_from("<I4xII", data, 2)
    if head < 40 or len(data) < 54:
        return int(told)
    width, height, depth, compression = struct.unpack_from("<ii2xHI", data, 18)
    rows = (abs(width) * depth + 31) // 32 * 4 * abs(height)
    picture = start + (struct.unpack_from("<I", data, 34)[0] if compression not in (0, 3) else rows)
    return min(told, picture) if told else picture


def _heic(data: bytes) -> Iterator[Part]:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1:
            size = struct.unpack_from(">Q", data, at + 8)[0]
        # One that says nothing of its size goes to the end.
        end = at + size if size >= 8 else len(data)
        if kind not in _LAYOUT:
            yield Part("bytes", data[at + 8 : end])
        at = end
    for match in islice(_EMBEDDED.finditer(data), 5):
        yield Part("exif", data[match.end() : match.end() + _APART])
    for match in islice(_PACKET.finditer(data), 5):
        yield Part("xmp", data[match.start() : match.start() + _APART].split(b"</x:xmpmeta>")[0])
