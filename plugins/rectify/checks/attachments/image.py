"""What a picture tells beside what it shows: where, by whom and with which device it was taken, and what was written into it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from html import unescape

from rectify.checks.attachments.picture_parts import MOST, Part, parts_of
from rectify.checks.attachments.strings import in_some_way, strings_of
from rectify.checks.attachments.tiff import Tag, tags
from rectify.checks.attachments.types import Contents, Unseen, uninspected_finding
from rectify.core.finding import found
from rectify.core.language import N_, Message

_OWNER = N_("所有者或作者")
_SERIAL = N_("设备序列号")
_DEVICE = N_("设备或者计算机的名称")
_NAMING: dict[int, Message] = {
    0x013B: _OWNER,  # Artist
    0x9C9D: _OWNER,  # XPAuthor
    0xA430: _OWNER,  # CameraOwnerName
    0xA431: _SERIAL,  # BodySerialNumber
    0xA435: _SERIAL,  # LensSerialNumber
    0xC62F: _SERIAL,  # CameraSerialNumber
    0x013C: _DEVICE,  # HostComputer
}
"""Tags of Exif 2.32 and of Windows that name somebody or one device."""
_WINDOWS = range(0x9C9B, 0x9CA0)
"""Tags of Windows, UTF-16 in bytes."""
_COMMENT = 0x9286
_POSITION = 2
"""GPSLatitude."""
_THUMBNAIL = 0x0201
_PRIVATE = 0x8000
"""From here on the tags are whoever's; what is a number to one is text to another."""
_PICTURE = (0x015B, 0x8773, 0x0111, 0x0117, 0x0144, 0x0145)
"""Tags that belong to the picture itself: tables, colours, strips and tiles."""
_AUTHOR_KEYS = ("author", "artist", "creator")
_IPTC_OWNERS = (80, 85, 110, 122)
"""By-line, its title, credit, writer (IIM 4.2)."""
_IPTC_THUMBNAILS = (0x0409, 0x040C)
_XMP_POSITION = re.compile(rb"exif:GPSLatitude\b")
_XMP_AUTHOR = re.compile(rb"<dc:creator>\s*<rdf:Seq>\s*<rdf:li[^>]{0,200}>([^<]{1,200})<")
_XMP_SERIAL = re.compile(rb"aux:(?:SerialNumber|LensSerialNumber)(?:=\"|>)([^\"<]{1,80})")
_XMP_THUMBNAIL = re.compile(rb"xmpGImg:image\b")
_XMP_VALUE = re.compile(r"=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')")
_XMP_TAG = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|<[/?A-Za-z][^<>]*>")
_PLACE = N_("图片的属性")
_BEHIND = N_("图片末尾之后")


def image_contents(data: bytes, path: str, form: str, inside: str = "") -> Contents:
    """Return what a picture tells; `inside` is its name in the document that holds it."""
    seen = _Seen()
    parts = list(parts_of(data, form))
    for part in parts:
        seen.take(part)
    seen.take(Part("xmp", b"".join(part.data for part in parts if part.sort == "more")))
    findings = [uninspected_finding(path, N_("多于 {limit} 个部分", limit=MOST))] if len(parts) == MOST else []
    if seen.is_cut:
        findings.append(uninspected_finding(path, N_("文字太长")))
    if seen.position:
        findings.append(found("A017", path, excerpt=N_("：{name}", name=inside) if inside else ""))
    for name, value in dict.fromkeys(seen.names):
        findings.append(found("A018", path, found=name, excerpt=value[:40]))
    if seen.thumbnail:
        findings.append(found("A028", path))
    if seen.rest:
        findings.append(found("A029", path, found=seen.rest))
    return Contents(findings, (), list(dict.fromkeys(seen.texts)))


def xmp_texts(packet: bytes) -> Iterator[str]:
    """Return the texts and values of an XMP packet (ISO 16684-1), its names aside."""
    text = in_some_way(packet)
    values = (match[1] or match[2] for match in _XMP_VALUE.finditer(text))
    return filter(None, (unescape(value).strip() for value in (*values, *_XMP_TAG.split(text))))


def xmp_authors(data: bytes) -> Iterator[str]:
    """Yield the authors that an XMP packet in the bytes names."""
    for match in _XMP_AUTHOR.finditer(data):
        if author := unescape(match[1].decode("utf-8", "replace")).strip():
            yield author


class _Seen:
    """Collects what the parts of a picture tell."""

    def __init__(self) -> None:
        self.names: list[tuple[Message, str]] = []
        self.texts: list[Unseen] = []
        self.position = self.thumbnail = self.is_cut = False
        self.rest = 0

    def take(self, part: Part) -> None:
        getattr(self, f"_{part.sort}")(part)

    def _exif(self, part: Part) -> None:
        for tag in tags(part.data):
            self._tag(tag)

    def _tag(self, tag: Tag) -> None:
        if tag.directory == "gps":
            self.position = self.position or tag.number == _POSITION
        elif tag.directory == "thumbnail" and tag.number == _THUMBNAIL:
            self.thumbnail = True
        elif tag.number in (0x02BC, 0x83BB, 0x8649):  # XMP, IPTC and Photoshop in TIFF
            self.take(Part({0x02BC: "xmp", 0x83BB: "iim", 0x8649: "iptc"}[tag.number], tag.data))
        elif tag.number in _NAMING or tag.kind == 2 or tag.number in _WINDOWS or tag.number == _COMMENT:
            self._say(_value(tag), _NAMING.get(tag.number))
            if tag.kind == 2 and b"\x00" in tag.data.rstrip(b"\x00"):
                self._bytes(Part("bytes", tag.data))
        elif (tag.kind in (1, 7) or tag.number >= _PRIVATE) and len(tag.data) > 4 and tag.number not in _PICTURE:
            self._bytes(Part("bytes", tag.data))

    def _xmp(self, part: Part) -> None:
        self.position = self.position or bool(_XMP_POSITION.search(part.data))
        self.thumbnail = self.thumbnail or bool(_XMP_THUMBNAIL.search(part.data))
        self.names += ((_OWNER, author) for author in xmp_authors(part.data))
        self.names += ((_SERIAL, match[1].decode("utf-8", "replace")) for match in _XMP_SERIAL.finditer(part.data))
        self.texts += ((_PLACE, text) for text in xmp_texts(part.data))

    def _iptc(self, part: Part) -> None:
        """Take Photoshop's resources, one of which holds the datasets of IPTC."""
        at = 0
        while part.data[at : at + 4] == b"8BIM" and at + 12 <= len(part.data):
            number, name = struct.unpack_from(">HB", part.data, at + 4)
            at += 6 + (name + 2) // 2 * 2
            if at + 4 > len(part.data):
                break
            size = struct.unpack_from(">I", part.data, at)[0]
            body = part.data[at + 4 : at + 4 + size]
            at += 4 + size + size % 2
            if number == 0x0404:
                self._iim(Part("iim", body))
            elif number in _IPTC_THUMBNAILS:
                self.thumbnail = True
            else:
                self._bytes(Part("bytes", body))
        # Some programs write the datasets without the resources around them.
        self._iim(Part("iim", part.data[at:]))

    def _iim(self, part: Part) -> None:
        at = 0
        while part.data[at : at + 1] == b"\x1c" and at + 5 <= len(part.data):
            record, dataset, size = struct.unpack_from(">BBH", part.data, at + 1)
            if size > 0x7FFF:  # the size of a longer one stands behind
                break
            value = in_some_way(part.data[at + 5 : at + 5 + size])
            at += 5 + size
            self._say(value, _OWNER if record == 2 and dataset in _IPTC_OWNERS else None)
        self._bytes(Part("bytes", part.data[at:]))

    def _text(self, part: Part) -> None:
        label = part.label
        if b"\x00" in part.data.strip(b"\x00"):
            self._bytes(part)
        value = in_some_way(part.data)
        if label.lower() in _AUTHOR_KEYS:
            self._say(value, _OWNER)
        else:
            self._say(f"{label}：{value}" if label else value, None)

    def _bytes(self, part: Part) -> None:
        self.texts += ((_PLACE, text) for text in strings_of(part.data))

    _profile = _bytes

    def _more(self, part: Part) -> None:
        """Leave a piece until all are there."""

    def _cut(self, part: Part) -> None:
        self.is_cut = True

    def _thumbnail(self, part: Part) -> None:
        self.thumbnail = True

    def _rest(self, part: Part) -> None:
        # Programs fill up with noughts or end a file with a line.
        if rest := part.data.strip(b"\x00\r\n\t "):
            self.rest = len(rest)
            self.texts += ((_BEHIND, text) for text in strings_of(rest))

    def _say(self, value: str, name: Message | None) -> None:
        if not (value := value.strip("\x00 \r\n\t")):
            return
        if name is not None:
            self.names.append((name, value))
        self.texts.append((_PLACE, value))


def _value(tag: Tag) -> str:
    if tag.number in _WINDOWS:
        return tag.data.decode("utf-16-le", "replace")
    if tag.number == _COMMENT:
        charset, data = tag.data[:8], tag.data[8:]
        if charset.startswith(b"UNICODE"):
            # In the order of the file or in the other one; a text has more of its ends on one side.
            little = data[1::2].count(0) >= data[::2].count(0)
            return data.decode("utf-16-le" if little else "utf-16-be", "replace")
        return in_some_way(data)
    return in_some_way(tag.data.rstrip(b"\x00"))
