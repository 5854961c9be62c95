"""What a published file is by its first bytes, what its name promises, and what all that look into one share."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message

_BEGINNINGS = (
    ("zip", b"PK\x03\x04"),
    ("zip", b"PK\x05\x06"),
    ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("rtf", b"{\\rtf"),
    ("jpeg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("gif", b"GIF8"),
    ("tiff", b"II*\x00"),
    ("tiff", b"MM\x00*"),
    ("rar", b"Rar!\x1a\x07"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("gz", b"\x1f\x8b"),
    ("bz2", b"BZh"),
    ("xz", b"\xfd7zXZ"),
    ("media", b"ID3"),
    ("media", b"\xff\xfb"),
    ("media", b"OggS"),
    ("media", b"fLaC"),
    ("media", b"\x1aE\xdf\xa3"),
    ("media", b"FLV\x01"),
    ("media", b"0&\xb2u\x8ef\xcf\x11"),
)
_HEIC = (b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif")
# A comment is read once and for all: tried in every way that many could be one, they would never come to an end.
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|meta|table)\b", re.I | re.S
)

WORD = ("docx", "docm", "dotx", "dotm")
SHEET = ("xlsx", "xlsm", "xltx", "xltm")
SLIDES = ("pptx", "pptm", "ppsx", "ppsm", "potx", "potm")
OPEN = ("odt", "ods", "odp")
OFFICE = (*WORD, *SHEET, *SLIDES, *OPEN, "wps", "et")
"""What may be a zip file with an office document in it; WPS has used its endings for old and new formats."""
PICTURES = ("jpeg", "png", "gif", "tiff", "webp", "heic", "bmp")
"""Forms of pictures that can carry texts and more."""
ARCHIVES = ("zip", "rar", "7z", "gz", "bz2", "xz")

_EXPECTED = {
    "pdf": "pdf",
    "ofd": "zip",
    "rtf": "rtf",
    "zip": "zip",
    "rar": "rar",
    "7z": "7z",
    "gz": "gz",
    "tgz": "gz",
    "bz2": "bz2",
    "xz": "xz",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
    "gif": "gif",
    "bmp": "bmp",
    "tif": "tiff",
    "tiff": "tiff",
    "webp": "webp",
    "heic": "heic",
    "heif": "heic",
    "avif": "heic",
    "txt": "text",
    "csv": "text",
    "md": "text html",
    "json": "text",
    "xls": "ole",
    "ppt": "ole",
    "xlt": "ole",
    "dps": "ole zip",
    "et": "ole zip",
    "wps": "ole zip",
    "doc": "ole rtf",
    "dot": "ole",
    **dict.fromkeys((*WORD, *SHEET, *SLIDES, *OPEN), "zip"),
    **dict.fromkeys(
        ("mp3", "mp4", "m4a", "m4v", "mov", "avi", "wav", "wma", "wmv", "mkv", "webm", "ogg", "flac", "flv"), "media"
    ),
}
"""Ending -> the forms that a file of this name may have."""


HEAD = 8192
"""Bytes by which a form is known."""
_MEDIA = N_("音频或视频")


Unseen = tuple[str | Message, str]
"""A text that is on none of the pages of a file: what the programs call its place, and the text."""


class Contents(NamedTuple):
    """What was seen inside a file."""

    findings: list[Finding]
    lines: Sequence[tuple[int, str]] = ()
    """Its text, each with the number of the paragraph, row, slide or page that it stands in; 0 for what stands in none."""
    unseen: Sequence[Unseen] = ()
    inner: Iterable[tuple[str, bytes]] = ()
    """Files inside the file, with their names there."""


def form_of(head: bytes) -> str:
    """Return what a file is by its first kilobytes: `pdf`, `zip`, `ole`, `jpeg`, `media`, `html`, `text`, `data` (unknown), …"""
    for form, beginning in _BEGINNINGS:
        if head.startswith(beginning):
            return form
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "bmp"
    if head.startswith(b"RIFF"):
        return "webp" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC else "media"
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "text" if wide or b"\x00" not in head else "data"


def types_of(ending: str) -> tuple[str, ...]:
    """Return the forms that an ending promises, none for an ending that is not known."""
    return tuple(_EXPECTED.get(ending, "").split())


def wrong_type(path: str, ending: str, form: str) -> Finding:
    """Return the finding about a file that is not what its name says; one of a known other form may be meant to mislead."""
    if form in ("text", "data"):
        return uninspected_finding(path, ending, "A027")
    return found("A022", path, found=ending, allowed=_MEDIA if form == "media" else form.upper())


def uninspected_finding(path: str, reason: str | Message, rule: str = "A020") -> Finding:
    """Return the finding about what nobody has looked into, with the reason and the name that a waiver states."""
    folder, _, name = path.rpartition("/files/")
    return found(rule, path, found=reason, excerpt=f"files/{name}" if folder else name, token=name)


def is_local(address: str) -> bool:
    """Return whether an address leads to one computer or an inner network: a drive, a share, a private or short host name."""
    if re.match(r"file:|\\\\|//(?!/)|[A-Za-z]:[\\/]", address.strip(), re.I):
        return True
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(host) and ("." not in host or host.endswith((".local", ".lan", ".intranet", ".internal")))
