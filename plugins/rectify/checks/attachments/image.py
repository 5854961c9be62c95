"""What a picture tells beside what it shows: where, by whom and with which device it was taken (Exif 2.32, XMP, PNG)."""

from __future__ import annotations

import html
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

import exifread
from exifread.core.ifd_tag import IfdTag

from rectify.core.finding import Finding, found
from rectify.core.language import N_

logging.getLogger("exifread").setLevel(logging.CRITICAL + 1)

_OWNER = N_("所有者或作者")
_SERIAL = N_("设备序列号")
_TAGS = {
    "Image Artist": _OWNER,
    "Image XPAuthor": _OWNER,
    "EXIF CameraOwnerName": _OWNER,
    "EXIF BodySerialNumber": _SERIAL,
    "EXIF LensSerialNumber": _SERIAL,
    "Image CameraSerialNumber": _SERIAL,
}
_PNG_KEYS = ("author", "artist", "creator")
_TEXT = 65_536
"""Bytes of one text of a PNG."""
_TIFF = re.compile(rb"(?:EXIF.{4}|Exif\x00\x00)(?=II\*\x00|MM\x00\*)", re.DOTALL)
"""What stands before Exif in a chunk of WebP and in an item of HEIF."""
_STRUCTURES = 5
_EXIF = 1_000_000
_XMP_POSITION = re.compile(rb"exif:GPSLatitude\b")
_XMP_AUTHOR = re.compile(rb"<dc:creator>\s*<rdf:Seq>\s*<rdf:li[^>]{0,200}>([^<]{1,200})<")
_XMP_SERIAL = re.compile(rb"aux:(?:SerialNumber|LensSerialNumber)(?:=\"|>)([^\"<]{1,80})")


def image_findings(data: bytes, path: str, form: str, inside: str = "") -> list[Finding]:
    """Return the findings about a picture; `inside` is its name in the document that holds it."""
    tags = _exif(data, form)
    if form == "png":
        for key, value in _png_texts(data):
            if key.lower() in _PNG_KEYS and value.strip():
                tags.setdefault("Image Artist", value)
    names = {(_TAGS[name], value.strip("\x00 ")) for name, value in tags.items() if name in _TAGS}
    names |= {(_OWNER, author) for author in xmp_authors(data)}
    names |= {(_SERIAL, match[1].decode("utf-8", "replace")) for match in _XMP_SERIAL.finditer(data)}
    findings = []
    if "GPS GPSLatitude" in tags or _XMP_POSITION.search(data):
        findings.append(found("A017", path, excerpt=N_("：{name}", name=inside) if inside else ""))
    for name, value in sorted(names):
        if value:
            findings.append(found("A018", path, found=name, excerpt=value[:40]))
    return findings


def xmp_authors(data: bytes) -> Iterator[str]:
    """Yield the authors that an XMP packet in the bytes names (ISO 16684-1)."""
    for match in _XMP_AUTHOR.finditer(data):
        if author := html.unescape(match[1].decode("utf-8", "replace")).strip():
            yield author


def _exif(data: bytes, form: str) -> dict[str, str]:
    """Return the tags that matter; where the library does not know its way in a container, the TIFF structure is looked for."""
    tags = _tags(data)
    if not tags and form in ("webp", "heic"):
        for match in islice(_TIFF.finditer(data), _STRUCTURES):
            tags |= _tags(data[match.end() : match.end() + _EXIF])
    return tags


def _tags(data: bytes) -> dict[str, str]:
    try:
        tags = exifread.process_file(BytesIO(data), details=False, extract_thumbnail=False)
    # What a library raises on a hostile file is not to be listed; a picture without Exif is the same to us.
    except Exception:
        return {}
    return {name: _value(name, tag) for name, tag in tags.items() if name == "GPS GPSLatitude" or name in _TAGS}


def _value(name: str, tag: IfdTag) -> str:
    """Return a tag's value as text; the XP tags of Windows are UTF-16 in a list of bytes."""
    if (
        name.startswith("Image XP")
        and isinstance(tag.values, list)
        and all(isinstance(v, int) and 0 <= v < 256 for v in tag.values)
    ):
        return bytes(tag.values).decode("utf-16-le", "replace")
    return str(tag)


def _png_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the keyword and text of the chunks tEXt, zTXt and iTXt (PNG 3rd edition, 11.3.3)."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + min(length, _TEXT)]
        at += 12 + length
        key, separator, rest = body.partition(b"\x00")
        if not separator:
            continue
        if kind == b"tEXt":
            yield key.decode("latin-1"), rest.decode("utf-8", "replace")
        elif kind == b"zTXt":
            yield key.decode("latin-1"), _inflated(rest[1:]).decode("latin-1")
        elif kind == b"iTXt":
            text = rest[2:].split(b"\x00", 2)[-1]
            yield key.decode("latin-1"), (_inflated(text) if rest[:1] == b"\x01" else text).decode("utf-8", "replace")


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _TEXT)
    except zlib.error:
        return b""
