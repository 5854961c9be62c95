"""What a file is by its content; its ending is only asked where the content leaves a choice."""

from __future__ import annotations

import re

from rectify.core.finding import Finding, found

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET_ENDINGS = ("xls", "xlsx", "xlsm", "xlt", "et", "ett")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_MEDIA = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"\x30\x26\xb2\x75", b"FLV\x01", b"#!AMR")
_MEDIA_BOXES = (b"WAVE", b"AVI ")
_PICTURE_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"\xca\xfe\xba\xbe",
    b"8BPS",
    b"AC10",
    b"\x00\x01\x00\x00\x00",
    b"OTTO",
)
_NO_TEXT = {
    "picture": ("heic", "heif", "avif", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "psd", "dwg"),
    "media": (
        "mp4",
        "m4v",
        "mov",
        "avi",
        "wmv",
        "flv",
        "mkv",
        "webm",
        "mpg",
        "mpeg",
        "mp3",
        "m4a",
        "wav",
        "amr",
        "aac",
        "ogg",
        "flac",
        "wma",
    ),
    "program": ("exe", "dll", "msi", "apk", "iso", "dmg", "bin", "db", "ttf", "otf", "woff", "woff2"),
}
"""Endings of files that hold no text, whatever their bytes look like."""
# A comment is read once and for all: tried in every way that many could be one, they would never come to an end.
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|meta|table)\b", re.I | re.S
)
_MHT = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.I)


def format_of(data: bytes, name: str) -> str:
    """Return `package` for a zip file, `html`, `mht`, `text` or `pdf`; `ole` and `rtf` for older
    programs; `picture`, `media`, `program` or `archive` for what is not read.

    The bytes may be the file's beginning only, if that is 4 KB at least.
    """
    ending = name.rpartition(".")[2].lower()
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "package"
    if start.startswith(_OLE):
        return "ole"
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(_PICTURES) or start[8:12] == b"WEBP":
        return "picture"
    if start.startswith(_ARCHIVES):
        return "archive"
    if start[4:8] == b"ftyp":
        return "picture" if start[8:12] in _PICTURE_BRANDS else "media"
    if start.startswith(_MEDIA) or (start.startswith(b"RIFF") and start[8:12] in _MEDIA_BOXES):
        return "media"
    if start.startswith(_PROGRAMS) and b"\x00" in start:
        return "program"
    if form := next((form for form, endings in _NO_TEXT.items() if ending in endings), ""):
        return form
    if _MHT.match(start) and (ending in ("mht", "mhtml", "doc", "xls") or b"multipart/related" in start):
        return "mht"
    wide = start.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if ending in ("html", "htm", "shtml", "xhtml") or _HTML.match(wide):
        return "html"
    return "text"


def older_kind(form: str, data: bytes, path: str) -> str:
    """Return what LibreOffice has to be told that a file of a form is: `doc`, `xls` or `rtf`; empty where nothing is."""
    if form != "ole":
        return form if form == "rtf" else ""
    # The streams of an OLE file by their names, which are stored in UTF-16.
    streams = (("EncryptedPackage", ""), ("WordDocument", "doc"), ("Workbook", "xls"))
    return next((kind for name, kind in streams if name.encode("utf-16-le") in data), "")


def unread(form: str, data: bytes, path: str) -> Finding:
    """Return the finding about a file of a form that is not read."""
    if form == "ole":
        # An encrypted .docx or .xlsx is an OLE file with these two streams; their names are stored in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in data:
            return found("I005", path)
        ending = path.rpartition(".")[2].lower()
        sheet = ending in _SHEET_ENDINGS or "Workbook".encode("utf-16-le") in data
        return found("I004", path, found=".xls/.et" if sheet else ".doc/.wps", allowed=".xlsx" if sheet else ".docx")
    if form == "rtf":
        return found("I007", path, found="RTF")
    if form == "picture":
        return found("I008", path)
    if form in ("media", "program"):
        return found("I113", path, found=f".{path.rpartition('.')[2].lower()}")
    return found("I009", path)
