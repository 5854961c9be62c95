"""What an office document carries beside its content: names of people, macros, links to outside."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rectify.core.language import N_, Message, N_n, listed
from rectify.sources.office_package import Package, Relation

_NAMED = {
    "creator": N_("作者"),
    "lastModifiedBy": N_("最后修改者"),
    "Company": N_("单位"),
    "Manager": N_("主管"),
}
"""Properties that name people or bodies (ECMA-376 part 1, 22.2; part 2, 8.3)."""


def names(package: Package) -> Iterator[tuple[Message, str]]:
    """Yield the properties that name people or bodies: what it is, and the name."""
    for kind in ("core-properties", "extended-properties", "extendedProperties"):
        for part in package.related("", kind):
            root = package.xml(part)
            for element in () if root is None else root.iterchildren(etree.Element):
                local = etree.QName(element).localname
                if local in _NAMED and (text := (element.text or "").strip()):
                    yield _NAMED[local], text


def hidden_parts(rows: int, columns: int) -> str | Message:
    """Return how many rows and groups of columns of a sheet are hidden, to be said later."""
    parts = [N_n("{number} 行", rows)] * bool(rows) + [N_n("{number} 组列", columns)] * bool(columns)
    return listed(parts)


def macros(package: Package) -> list[str]:
    """Return the names of the parts that hold macros."""
    return sorted(name for name in package.names if name.endswith("vbaProject.bin"))


def links(package: Package, parts: list[str]) -> list[Relation]:
    """Return what some parts refer to outside the package, each address of a kind once."""
    relations = (r for part in parts for r in package.relations(part) if r.external)
    return list({(r.type, r.target): r for r in relations}.values())
