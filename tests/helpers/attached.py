"""Files such as offices publish them, with what they must not carry; all as bytes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

import openpyxl
from docx import Document
from docx.oxml import parse_xml
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_RELATION = '<Relationship Id="x{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{1}" Target="{2}"{3}/>'


def word(*paragraphs: str, author: str = "") -> bytes:
    """A .docx of paragraphs; one that begins with an angle bracket is the XML inside a paragraph."""
    document = Document()
    document.core_properties.author = author
    for text in paragraphs or ("管网巡检记录改为统一格式。",):
        if text.startswith("<"):
            document.element.body.insert(-1, parse_xml(f"<w:p {W}>{text}</w:p>"))
        else:
            document.add_paragraph(text)
    return _saved(document)


def sheet(edit: Callable[[openpyxl.Workbook], object] = lambda book: None, author: str = "") -> bytes:
    """A .xlsx of one sheet with two rows, after `edit`."""
    book = openpyxl.Workbook()
    book.properties.creator = author or None
    book.active.title = "清单"
    book.active.append(["序号", "问题", "状态"])
    book.active.append([1, "管网巡检记录不完整", "已完成"])
    edit(book)
    return _saved(book)


def repacked(
    data: bytes, parts: Mapping[str, str | bytes] = {}, relations: Mapping[str, tuple[tuple[str, str, bool], ...]] = {}
) -> bytes:
    """An office document with parts put in or replaced, and relationships added to .rels parts: (type, target, external)."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts and name not in relations:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
        for name, several in relations.items():
            text = (
                old.read(name).decode()
                if name in old.namelist()
                else (
                    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
                )
            )
            added = "".join(
                _RELATION.format(i, kind, target, ' TargetMode="External"' * out)
                for i, (kind, target, out) in enumerate(several)
            )
            new.writestr(name, text.replace("</Relationships>", f"{added}</Relationships>"))
    return out.getvalue()


def slides(text: str = "整改情况", *, hidden: bool = False, notes: str = "") -> bytes:
    """A .pptx of one slide."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    show = ' show="0"' if hidden else ""
    body = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f'<p:presentation {p} {r}><p:sldIdLst><p:sldId id="256" r:id="x0"/></p:sldIdLst></p:presentation>',
        "ppt/slides/slide1.xml": f"<p:sld {p} {a}{show}>{body.format(text)}</p:sld>",
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {p} {a}>{body.format(notes)}{body.format(1)}</p:notes>",
    }
    relations = {
        "_rels/.rels": (("officeDocument", "ppt/presentation.xml", False),),
        "ppt/_rels/presentation.xml.rels": (("slide", "slides/slide1.xml", False),),
        "ppt/slides/_rels/slide1.xml.rels": (("notesSlide", "../notesSlides/notesSlide1.xml", False),),
    }
    return repacked(zipped({}), parts, relations)


def open_document(body: str, kind: str = "text", parts: Mapping[str, str] = {}) -> bytes:
    """An OpenDocument file with the XML of its content."""
    names = ("text", "table", "office", "style", "meta")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    others = {name: text.replace("SPACES", spaces) for name, text in parts.items()}
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, **others})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def pdf(edit: Callable[[PdfWriter], object] = lambda writer: None, text: str = "Rectification report") -> bytes:
    """A PDF of one page with a line of Latin text, after `edit`."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    edit(writer)
    return _written(writer)


def jpeg(*, artist: str = "", owner: str = "", serial: str = "", gps: bool = False, description: str = "") -> bytes:
    """A JPEG with an Exif segment (Exif 2.32, 4.5 and 4.6), without a picture."""
    return b"\xff\xd8" + _segment(0xE1, b"Exif\x00\x00" + tiff(artist, owner, serial, gps, description)) + b"\xff\xd9"


def tiff(
    artist: str = "",
    owner: str = "",
    serial: str = "",
    gps: bool = False,
    description: str = "",
    thumbnail: bool = False,
) -> bytes:
    """A TIFF structure in little-endian order: the first directory, those of Exif, GPS and the thumbnail, then the values."""
    first = [(0x010E, description), (0x013B, artist)]
    exif = [(0xA430, owner), (0xA431, serial)]
    small = [(0x0201, 4, 1, bytes(4))] if thumbnail else []
    directories: list[list[tuple[int, int, int, bytes]]] = [_texts(first), _texts(exif), [], small]
    if gps:
        directories[2] = [(1, 2, 2, b"N\x00"), (2, 5, 3, struct.pack("<6I", 30, 1, 15, 1, 0, 1))]
    pointers = [(tag, index) for tag, index in ((0x8769, 1), (0x8825, 2)) if directories[index]]
    directories[0] += [(tag, 4, 1, b"") for tag, _ in pointers]
    starts, at = [], 8
    for entries in directories:
        starts.append(at)
        at += 2 + 12 * len(entries) + 4
    heads, values = b"", b""
    for entries in directories:
        heads += struct.pack("<H", len(entries))
        for tag, kind, count, data in entries:
            if (index := dict(pointers).get(tag)) is not None:
                data = struct.pack("<I", starts[index])
            if len(data) > 4:
                heads += struct.pack("<HHII", tag, kind, count, at + len(values))
                values += data + bytes(len(data) % 2)
            else:
                heads += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\x00")
        heads += struct.pack("<I", starts[3] if thumbnail and entries is directories[0] else 0)
    return b"II*\x00" + struct.pack("<I", 8) + heads + values


def png(texts: Mapping[str, str] = {}, exif: bytes = b"") -> bytes:
    """A PNG of one white dot with tEXt chunks and an eXIf chunk."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    chunks += [(b"tEXt", key.encode() + b"\x00" + value.encode()) for key, value in texts.items()]
    chunks += [(b"eXIf", exif)] if exif else []
    chunks += [(b"IDAT", zlib.compress(b"\x00\xff")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def webp(exif: bytes = b"") -> bytes:
    """A WebP with a chunk of Exif, which the format wants without the words before it that JPEG has; without a picture."""
    chunks = b"VP8X" + struct.pack("<I", 10) + b"\x08" + bytes(9)
    chunks += b"EXIF" + struct.pack("<I", len(exif)) + exif + bytes(len(exif) % 2) if exif else b""
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def heic(exif: bytes = b"", brand: bytes = b"heic") -> bytes:
    """A HEIF file with Exif among its data, without the boxes of a picture."""
    data = bytes(3) + b"\x06Exif\x00\x00" + exif if exif else b""
    return b"\x00\x00\x00\x18ftyp" + brand + bytes(4) + b"mif1heic" + struct.pack(">I", len(data) + 8) + b"mdat" + data


def _texts(pairs: list[tuple[int, str]]) -> list[tuple[int, int, int, bytes]]:
    return [(tag, 2, len(data), data) for tag, text in pairs if text for data in [text.encode() + b"\x00"]]


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def _saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
