"""What an office document carries beside its content: names of people, macros, links to outside."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rectify.sources.office_package import Package, Relation

_NAMED = {
    "creator": ("作者", "author"),
    "lastModifiedBy": ("最后修改者", "last modified by"),
    "Company": ("单位", "company"),
    "Manager": ("主管", "manager"),
}
"""Properties that name people or bodies (ECMA-376 part 1, 22.2; part 2, 8.3)."""


def names(package: Package) -> Iterator[tuple[str, str, str]]:
    """Yield the properties that name people or bodies: what it is in Chinese and in English, and the name."""
    for kind in ("core-properties", "extended-properties", "extendedProperties"):
        for part in package.related("", kind):
            root = package.xml(part)
            for element in () if root is None else root.iterchildren(etree.Element):
                local = etree.QName(element).localname
                if local in _NAMED and (text := (element.text or "").strip()):
                    yield *_NAMED[local], text


def macros(package: Package) -> list[str]:
    """Return the names of the parts that hold macros."""
    return sorted(name for name in package.names if name.endswith("vbaProject.bin"))


def links(package: Package, parts: list[str]) -> list[Relation]:
    """Return what some parts refer to outside the package, each address of a kind once."""
    relations = (r for part in parts for r in package.relations(part) if r.external)
    return list({(r.type, r.target): r for r in relations}.values())
