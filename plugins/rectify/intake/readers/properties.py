"""What is reported of an imported document's properties, macros and links."""

from __future__ import annotations

from rectify.core.finding import Finding, found
from rectify.sources.office_package import Package
from rectify.sources.properties import links, macros, names


def package_findings(package: Package, main: str) -> list[Finding]:
    """Return the findings about the properties, the macros, and the links of the main part and of the parts it names.

    Links are named, never followed; those that a reader clicks on are left out.
    """
    named = dict.fromkeys((main, *(relation.target for relation in package.relations(main) if not relation.external)))
    parts = ["", *(part for part in named if part in package.names)]
    addresses = dict.fromkeys(link.target for link in links(package, parts) if link.type != "hyperlink")
    return [
        *(found("A004", package.path, found=name, excerpt=text[:40]) for name, text in names(package)),
        *(found("A005", package.path, excerpt=name) for name in macros(package)),
        *(found("A006", package.path, excerpt=address[:80]) for address in addresses),
    ]
