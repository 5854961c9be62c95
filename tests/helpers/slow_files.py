"""A hostile text in every place of every form of file that is read: what an office attaches, imports, or configures with."""

from __future__ import annotations

import contextlib
import struct
import tempfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import escape, quoteattr

from helpers.attached import W, open_document, pdf, repacked, slides, tiff, zipped
from helpers.carriers import gif, iptc, jpeg_with, ofd, png_with, segment
from rectify.checks.attachments.cleaning import cleaned
from rectify.checks.attachments.inside import inside_findings
from rectify.intake import readers
from rectify.prose import NO_WORDS
from rectify.prose.own_words import read_words
from rectify.sources.configuration import read_configuration
from rectify.sources.site_settings import read_settings

_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_LARGEST = 60_000
"""Bytes of what a segment of a JPEG, or a comment, can hold."""


def _plain(text: str) -> str:
    """A text as XML may hold it."""
    return escape("".join(sign for sign in text if sign in "\t\n" or sign >= " "))


def _package(main: str, parts: dict[str, str], relations: dict[str, tuple[tuple[str, str, bool], ...]]) -> bytes:
    """An office document of no more than a text needs."""
    first = {"_rels/.rels": (("officeDocument", main, False),)}
    return repacked(zipped({}), {"[Content_Types].xml": "<Types/>", **parts}, first | relations)


def _docx(text: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _plain(text).split("\n"))
    field = f"<w:p><w:r><w:instrText>{_plain(text)}</w:instrText></w:r></w:p>"
    body = f"<w:document {W}><w:body>{lines}{field}</w:body></w:document>"
    return _package("word/document.xml", {"word/document.xml": body}, {})


def _xlsx(text: str) -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{line}</t></is></c><c r="B{n}" t="inlineStr"><is><t>1</t></is></c></row>'
        for n, line in enumerate(_plain(text).split("\n"), 1)
    )
    book = f'<workbook {_SHEET} {_R}><sheets><sheet name="a" sheetId="1" r:id="x0"/></sheets></workbook>'
    parts = {"xl/workbook.xml": book, "xl/sheet1.xml": f"<worksheet {_SHEET}><sheetData>{rows}</sheetData></worksheet>"}
    relations = {"xl/_rels/workbook.xml.rels": (("worksheet", "sheet1.xml", False),)}
    return _package("xl/workbook.xml", parts, relations)


def _odt(text: str) -> bytes:
    body = "".join(f"<text:p>{line}</text:p>" for line in _plain(text).split("\n"))
    return open_document(f"<office:body><office:text>{body}</office:text></office:body>")


def _ods(text: str) -> bytes:
    return open_document(f"<table:table table:name={quoteattr(_plain(text))}/>", "spreadsheet")


def _rtf(text: str) -> bytes:
    """Not escaped: its braces and strokes are the file's own."""
    return b"{\\rtf1\\ansi\\ansicpg936 " + text.encode("gb18030", "replace") + b"\\par}"


def _pdf(text: str) -> bytes:
    return pdf(lambda writer: writer.add_metadata({"/Subject": text}), text.encode("ascii", "replace").decode()[:1_000])


def _jpeg(text: str) -> bytes:
    data = text.encode("utf-8", "replace")[:_LARGEST]
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + data + b"</x:xmpmeta>"
    return jpeg_with(segment(0xFE, data), segment(0xE1, xmp), iptc(120, text[: _LARGEST // 4]), rest=data)


def _png(text: str) -> bytes:
    return png_with(b"zTXt", b"Comment\x00\x00" + zlib.compress(text.encode("utf-8", "replace")))


def _page(text: str) -> bytes:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    return (head + f"<html><body><p>{text}</p></body></html>\n--x--\n").encode("utf-8", "replace")


FILES: dict[str, Callable[[str], bytes]] = {
    "a.docx": _docx,
    "a.xlsx": _xlsx,
    "a.pptx": lambda text: slides(_plain(text), notes=_plain(text)),
    "a.odt": _odt,
    "a.ods": _ods,
    "a.ofd": lambda text: ofd(_plain(text), f"<ofd:CustomData>{_plain(text)}</ofd:CustomData>"),
    "a.rtf": _rtf,
    "a.pdf": _pdf,
    "a.jpg": _jpeg,
    "a.png": _png,
    "a.gif": lambda text: gif(text[:60], text.encode("utf-8", "replace")),
    "a.tif": lambda text: tiff(description=text),
    "a.heic": lambda text: b"\x00\x00\x00\x18ftypheic" + bytes(4) + b"mif1heic" + text.encode("utf-8", "replace"),
    "a.zip": lambda text: zipped({"a.csv": text.encode("utf-8", "replace"), f"{text[:100]}.txt": "a"}),
    "a.csv": lambda text: text.encode("utf-8", "replace"),
    "a.json": lambda text: text.replace("a", "\\u0041").encode("utf-8", "replace"),
    "a.mht": _page,
    "a.doc": lambda text: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + text.encode("utf-16-le", "replace"),
    "a.bmp": lambda text: b"BM" + struct.pack("<II", len(text), 0) + text.encode("utf-8", "replace"),
}
"""Name of a file -> its bytes with a text wherever the form has a place for one."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _used(name: str, text: str) -> None:
    """Do with a file what a check, `--fix` and an import do."""
    data = FILES[name](text)
    for _ in inside_findings(data, name, NO_WORDS):
        pass
    cleaned(data, name[2:])
    file = Path(_folder().name, name)
    file.write_bytes(data)
    # What another program opens takes its own time.
    with patch.object(readers, "program", return_value=None):
        readers.read(file)


def _configured(text: str) -> None:
    """Read the files beside the content as those of a stranger."""
    folder = Path(_folder().name)
    for name, given in (("words.toml", text), ("mkdocs.yml", text), ("mkdocs.yml", f"site_name: {text}\n")):
        (folder / name).write_text(given, "utf-8", "replace")
        with contextlib.suppress(ValueError):
            read_words(folder / "words.toml")
        with contextlib.suppress(ValueError):
            read_configuration(folder / "mkdocs.yml")
        with contextlib.suppress(ValueError):
            read_settings(folder)


FILE_UNITS = (
    "a", " ", "市", "a\n", "{", "{}", "\\", "\\'", "\\u-1 ", "\\bin9 ", "(", "<", "/a ", "[", "&a [", "<x:xmpmeta>", "II*\0", "姓名：张三\n",
    "%%EOF\n", "1 0 obj\n",
)  # fmt: skip
"""What the forms have a meaning for, and some words of a person."""
FILE_PASSES: dict[str, Callable[[str], object]] = {
    "configuration": _configured,
    **{f"file {name}": (lambda text, name=name: _used(name, text)) for name in FILES},
}
"""What a text goes through in a file that is not a page of the content."""
