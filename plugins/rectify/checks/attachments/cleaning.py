"""Published files without what they carry beside what they show: names in properties, what stands in pictures, older versions."""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from rectify.checks.attachments.picture_cleaning import clean_picture
from rectify.checks.attachments.rtf_cleaning import clean_rtf
from rectify.checks.attachments.types import HEAD, OFFICE, OPEN, PICTURES, form_of
from rectify.core.finding import RefusedDocument
from rectify.sources.office_package import Package

if TYPE_CHECKING:
    import pypdf

_KEPT = frozenset("title language created modified revision date creation-date editing-cycles generator".split())
"""Properties that tell nothing of a person."""
_SIGNED = ("_xmlsignatures/", "META-INF/documentsignatures.xml")
_OFD_SEALS = re.compile(r"(?i)(?:.+/)?Signatures\.xml")
_OFD_KEPT = frozenset("DocID Title CreationDate ModDate DocUsage Cover Creator CreatorVersion".split())
"""Of DocInfo (GB/T 33190-2016, 7.4); Creator is a program."""
_MINIATURE = re.compile(r"(?:docProps|Thumbnails)/thumbnail\.(png|jpe?g)")
_DOT = {
    "png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsVMRXgAAAABJRU5ErkJggg==",
    "jpeg": "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////"
    "////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxD/2Q==",
}
"""A picture of one dot, in place of the small picture of a page as it was once."""
_META = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}meta"
_ITEMS = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}config-item-set"
_ITEM_NAME = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}name"
_OF_MACHINES = frozenset(("PrinterName", "PrinterSetup", "CurrentDatabaseDataSource", "CurrentDatabaseCommand"))
_NAMES_OF_BODIES = frozenset(("Company", "Manager", "HyperlinkBase"))


def cleaned(data: bytes, ending: str) -> bytes | None:
    """Return a file without what it carries; None where there is nothing, or the file is of a kind that is left as it is.

    A signed file is left alone, for its signature holds only for its bytes.
    """
    form = form_of(data[:HEAD])
    if form in PICTURES:
        new = clean_picture(data, form)
    elif form == "zip" and ending in (*OFFICE, "ofd"):
        new = _office(data, ending)
    elif form == "pdf":
        new = _pdf(data)
    elif form == "rtf":
        new = _rtf(data)
    else:
        new = None
    return None if new == data else new


def _office(data: bytes, ending: str) -> bytes | None:
    try:
        package = Package(data, "")
        if any(name.startswith(_SIGNED) or _OFD_SEALS.fullmatch(name) for name in package.names):
            return None
        new = _parts(package, ending)
    except RefusedDocument:
        return None
    if not new:
        return data
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as whole:
        for info in old.infolist():
            whole.writestr(info, new.get(info.filename, b"") or old.read(info))
    return out.getvalue()


def _parts(package: Package, ending: str) -> Mapping[str, bytes]:
    """Return the parts that are to be other than they are."""
    new: dict[str, bytes] = {}
    for name in sorted(package.names):
        if _is_about(name, ending):
            root = package.xml(name)
            if root is not None and _empty(root, name):
                new[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        elif miniature := _MINIATURE.fullmatch(name):
            new[name] = b64decode(_DOT["png" if miniature[1] == "png" else "jpeg"])
        elif (form := form_of(package.read(name, 100_000_000)[:HEAD])) in PICTURES:
            picture = package.read(name, 100_000_000)
            if (clean := clean_picture(picture, form)) and clean != picture:
                new[name] = clean
    return {name: data for name, data in new.items() if data != package.read(name, 100_000_000)}


def _is_about(name: str, ending: str) -> bool:
    """Return whether a part of a document is about it."""
    if ending == "ofd":
        return name == "OFD.xml"
    if ending in OPEN:
        return name in ("meta.xml", "settings.xml")
    return name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


def _empty(root: etree._Element, name: str) -> bool:
    """Take away what tells of people and their machines; return whether there was any."""
    gone = [element for holder in _holders(root, name) for element in holder if _tells(element, name)]
    for element in gone:
        element.getparent().remove(element)
    return bool(gone)


def _holders(root: etree._Element, name: str) -> Iterable[etree._Element]:
    if name == "OFD.xml":
        return root.iter("{*}DocInfo")
    if name == "settings.xml":
        return root.iter(_ITEMS)
    return [root] if name != "meta.xml" else root.iter(_META)


def _tells(element: etree._Element, name: str) -> bool:
    if name == "settings.xml":
        return element.get(_ITEM_NAME, "") in _OF_MACHINES
    if not isinstance(element.tag, str) or not ("".join(element.itertext()).strip() or name == "docProps/custom.xml"):
        return False
    local = etree.QName(element).localname
    if name == "docProps/app.xml":
        return local in _NAMES_OF_BODIES
    return local not in (_OFD_KEPT if name == "OFD.xml" else _KEPT)


def _rtf(data: bytes) -> bytes | None:
    try:
        return clean_rtf(data)
    except ValueError:
        return None


def _pdf(data: bytes) -> bytes | None:
    """Return a PDF written again without its information, metadata and earlier versions, where its pages stay what they are."""
    import pypdf

    if b"/ByteRange" in data or b"/Encrypt" in data:
        return None
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        root: Any = reader.trailer["/Root"]
        if not reader.metadata and "/Metadata" not in root and data.count(b"%%EOF") < 2:
            return data
        writer = pypdf.PdfWriter(clone_from=reader)
        writer.metadata = None
        if "/Metadata" in writer.root_object:
            del writer.root_object["/Metadata"]
        out = BytesIO()
        writer.write(out)
        again = pypdf.PdfReader(BytesIO(out.getvalue()), strict=False)
        same = [_shown(page) for page in reader.pages] == [_shown(page) for page in again.pages]
    # What the library raises on a file that is not whole is not to be listed; such a file is left as it is.
    except Exception:
        return None
    return out.getvalue() if same else None


def _shown(page: pypdf.PageObject) -> tuple[bytes, str]:
    contents = page.get_contents()
    return (b"" if contents is None else contents.get_data(), str(page.mediabox))
