"""The zip file behind .docx and .xlsx, opened with distrust: sizes are counted while inflating, XML is checked before it is built.

The limits are chosen so that the worst file that passes is read in a few seconds and a few hundred megabytes.
Relationships and content follow ECMA-376 part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import posixpath
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from rectify.core.finding import RefusedDocument, found
from rectify.core.language import N_, Message

MEMBERS = 5000
PART = 200_000_000
"""Bytes of one member, inflated; pictures can be large."""
TOTAL = 300_000_000
"""Bytes of all members, inflated."""
XML_PART = 32_000_000
"""Bytes of a part that is parsed; the text of a thousand pages is a tenth of it."""
RATIO = 400
"""Inflated to stored, for members over a megabyte: a sheet of empty cells reaches 100."""
ELEMENTS = 400_000
"""Elements of a part that is parsed; each takes some hundred bytes of memory, and 200 pages have a third at most."""
DEPTH = 200

_CHUNK = 1 << 18
_DESCRIBED = 1 << 3
"""The flag of a member whose sizes stand behind it (APPNOTE.TXT, 4.4.4)."""
_DESCRIPTION = 24
"""Bytes of that at most."""
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
)
"""What zipfile raises on damaged files."""
_ENCODINGS = ("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii")

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
"""Namespaces of the strict variant of ISO/IEC 29500 and those of the usual, transitional one."""


class Relation(NamedTuple):
    id: str
    type: str
    """The last part of the type's address: `styles`, `hyperlink`."""
    target: str
    """Name of the part, or the address as written when it is external."""
    external: bool


class Package:
    """A checked zip file; parts are inflated when they are asked for.

    All that goes wrong raises Refused with a finding.
    """

    def __init__(self, data: bytes, path: str, total: int = TOTAL, part: int = XML_PART, elements: int = ELEMENTS):
        self.path, self.data = path, data
        self._total, self._part, self._elements = total, part, elements
        # Counted before zipfile makes an object of each.
        if data.count(b"PK\x01\x02") > 2 * MEMBERS:
            raise self._unsafe(N_("文件多于 {limit} 个", limit=MEMBERS))
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._check()
        except _BROKEN:
            raise RefusedDocument(found("I011", path)) from None
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str, limit: int = 0) -> bytes:
        """Return the bytes of a part."""
        try:
            return b"".join(self._inflate(self._zip.getinfo(name), limit or self._part))
        except _BROKEN:
            raise RefusedDocument(found("I011", self.path)) from None

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, None when there is no such part."""
        if name not in self.names:
            return None
        data = self.read(name)
        self._check_xml(data, name)
        if b"//purl.oclc.org/ooxml/" in data[:8192]:
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        except (etree.XMLSyntaxError, ValueError):
            raise RefusedDocument(found("I013", self.path, found=name)) from None

    def remarks(self) -> Iterator[bytes]:
        """Yield what the file says of itself and of its members: remarks and further fields."""
        for info in self._zip.infolist():
            yield from (info.comment, info.extra)
            start, end = self._head(info)
            yield self.data[start:end]
        yield self._zip.comment

    def between(self) -> Iterator[bytes]:
        """Yield the bytes that belong to none of its members, nor to the list of them."""
        infos = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        at = described = 0
        for start, info in [*((info.header_offset, info) for info in infos), (self._zip.start_dir, None)]:
            if start - at > described:
                yield self.data[at:start]
            if info is not None:
                described = _DESCRIPTION if info.flag_bits & _DESCRIBED else 0
                at = max(at, self._head(info)[1] + info.compress_size)
        yield self.data[self.data.rfind(b"PK\x05\x06") + 22 + len(self._zip.comment) :]

    def _head(self, info: zipfile.ZipInfo) -> tuple[int, int]:
        """Return where the further fields of a member begin and end in front of its data, which the list does not tell."""
        name, extra = struct.unpack_from("<HH", self.data, info.header_offset + 26)
        start = info.header_offset + 30 + name
        return start, start + extra

    def relations(self, part: str = "") -> list[Relation]:
        """Return the relationships of a part, of the package itself when none is named."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        result = []
        for element in () if root is None else root.iterchildren("{*}Relationship"):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = unquote(target).split("#")[0]
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            result.append(Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external))
        return result

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts that a part is related to in one way, those that exist."""
        return [r.target for r in self.relations(part) if r.type == kind and not r.external and r.target in self.names]

    def main(self) -> tuple[str, str]:
        """Return the main part's name and what it is: `document` (Word), `workbook` or the root element's name."""
        names = self.related("", "officeDocument")
        root = self.xml(names[0]) if names else None
        return (names[0], etree.QName(root).localname) if root is not None else ("", "")

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MEMBERS:
            raise self._unsafe(N_("文件多于 {limit} 个", limit=MEMBERS))
        if any(info.flag_bits & 1 for info in infos):
            raise RefusedDocument(found("I005", self.path))
        seen, total = set(), 0
        for info in infos:
            name = info.filename.replace("\\", "/")
            if stat.S_ISLNK(info.external_attr >> 16):
                raise self._unsafe(N_("“{name}”是链接", name=name[:60]))
            if (
                name.startswith("/")
                or ":" in name.split("/")[0]
                or ".." in name.split("/")
                or info.filename != info.orig_filename
            ):
                raise self._unsafe(N_("文件名“{name}”指向外面", name=name[:60]))
            if name.casefold() in seen:
                raise self._unsafe(N_("文件名“{name}”重复", name=name[:60]))
            seen.add(name.casefold())
            size = sum(map(len, self._inflate(info, PART)))
            total += size
            if total > self._total:
                raise self._unsafe(N_("解压后超过 {limit} MB", limit=self._total // 1_000_000))
            if size > 1_000_000 and size > RATIO * info.compress_size:
                raise self._unsafe(N_("压缩比异常"))

    def _inflate(self, info: zipfile.ZipInfo, limit: int):
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(info.filename)
        size = 0
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    name = info.filename[:60]
                    raise self._unsafe(N_("“{name}”解压后超过 {limit} MB", name=name, limit=limit // 1_000_000))
                yield chunk

    def _check_xml(self, data: bytes, name: str) -> None:
        """Refuse what a parser must not be given: declarations of entities, depth and number of elements without bound."""
        depth = count = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth, count
            depth += 1
            count += 1
            if depth > DEPTH or count > self._elements:
                raise self._unsafe(N_("“{name}”过于复杂", name=name))

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1

        def declared(*_: object) -> None:
            raise self._unsafe(N_("“{name}”里有实体声明", name=name))

        def encoding(version: str, encoding: str | None, standalone: int) -> None:
            if encoding and encoding.lower() not in _ENCODINGS:
                raise RefusedDocument(found("I013", self.path, found=name))

        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
        parser.XmlDeclHandler = encoding
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError):
            raise RefusedDocument(found("I013", self.path, found=name)) from None

    def _unsafe(self, reason: Message) -> RefusedDocument:
        return RefusedDocument(found("I012", self.path, found=reason))
