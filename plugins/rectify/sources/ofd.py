"""The parts of an OFD package that its pages are in (GB/T 33190-2016, 7)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from rectify.sources.office_package import Package

_BY_NAME = re.compile(r"(?i)(?:.*/)?Pages/Page_(\d{1,6})/[^/]+\.xml")


class OfdPage(NamedTuple):
    name: str
    """Of the part."""
    root: etree._Element
    templates: tuple[etree._Element, ...]
    """What lies below its own content."""
    area: str
    """`x y width height` in millimetres, as written; empty where nothing says so."""


def ofd_pages(package: Package) -> Iterator[OfdPage]:
    """Yield the pages of all documents in their order, then those that no document names."""
    seen = set()
    head = package.xml("OFD.xml")
    for place in () if head is None else head.iter("{*}DocRoot"):
        document = _resolved("", place.text)
        root = package.xml(document)
        if root is None:
            continue
        templates = {
            one.get("ID", ""): part
            for one in root.iter("{*}TemplatePage")
            if (part := package.xml(_resolved(document, one.get("BaseLoc")))) is not None
        }
        whole = _area(root)
        for one in root.iter("{*}Page"):
            name = _resolved(document, one.get("BaseLoc"))
            page = package.xml(name)
            if page is not None and name not in seen:
                seen.add(name)
                below = [templates.get(used.get("TemplateID", "")) for used in page.iter("{*}Template")]
                yield OfdPage(name, page, tuple(part for part in below if part is not None), _area(page) or whole)
    others = sorted((int(match[1]), name) for name in package.names if (match := _BY_NAME.fullmatch(name)))
    for _, name in others:
        page = package.xml(name) if name not in seen else None
        if page is not None:
            yield OfdPage(name, page, (), _area(page))


def _resolved(part: str, place: str | None) -> str:
    """Return the name of a part that another part names, from the root or from its own folder."""
    place = (place or "").strip()
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), place)).lstrip("/")


def _area(root: etree._Element) -> str:
    box = next(root.iter("{*}PhysicalBox"), None)
    return (box.text or "").strip() if box is not None else ""
