"""What a .docx or .xlsx carries beside its content: names of people, macros, links to outside."""

from __future__ import annotations

from lxml import etree

from rectify.core.finding import Finding, found
from rectify.intake.readers.package import Package

_NAMED = {
    "creator": ("作者", "author"),
    "lastModifiedBy": ("最后修改者", "last modified by"),
    "Company": ("单位", "company"),
    "Manager": ("主管", "manager"),
}
"""Properties that name people or bodies (ECMA-376 part 1, 22.2; part 2, 8.3)."""


def package_findings(package: Package, main: str) -> list[Finding]:
    """Return the findings about properties, macros and links; links are named, never followed."""
    return [*_metadata(package), *_macros(package), *_links(package, main)]


def _metadata(package: Package) -> list[Finding]:
    findings = []
    for kind in ("core-properties", "extended-properties", "extendedProperties"):
        for name in package.related("", kind):
            root = package.xml(name)
            for element in () if root is None else root.iterchildren(etree.Element):
                local = etree.QName(element).localname
                if local in _NAMED and (text := (element.text or "").strip()):
                    zh, en = _NAMED[local]
                    findings.append(found("A004", package.path, found=zh, found_en=en, excerpt=text[:40]))
    return findings


def _macros(package: Package) -> list[Finding]:
    return [found("A005", package.path, excerpt=n) for n in sorted(package.names) if n.endswith("vbaProject.bin")]


def _links(package: Package, main: str) -> list[Finding]:
    """Links of the main part and of the parts it names, except those a reader clicks on."""
    targets: dict[str, None] = {}
    for part in dict.fromkeys(("", main, *(r.target for r in package.relations(main) if not r.external))):
        for relation in package.relations(part) if part in package.names or not part else ():
            if relation.external and relation.type != "hyperlink":
                targets[relation.target] = None
    return [found("A006", package.path, excerpt=target[:80]) for target in targets]
