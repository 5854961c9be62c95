"""What a published OFD file carries, and the text of its pages (GB/T 33190-2016)."""

from __future__ import annotations

from rectify.checks.attachments.embedded import embedded
from rectify.checks.attachments.types import Contents, uninspected_finding
from rectify.checks.attachments.xml_texts import unseen_texts
from rectify.core.finding import found
from rectify.core.language import N_, N_n
from rectify.sources.ofd import ofd_pages
from rectify.sources.office_package import Package


def ofd_contents(package: Package) -> Contents:
    """Return what an OFD file carries, its text by pages; raises Refused when it cannot be read."""
    path = package.path
    head = package.xml("OFD.xml")
    pages = list(ofd_pages(package))
    if head is None or not pages:
        return Contents([uninspected_finding(path, N_("没有页面"), "A021")])
    findings = [
        found("A010", path, found=N_("作者"), excerpt=text[:40])
        for author in head.iter("{*}Author")
        if (text := (author.text or "").strip())
    ]
    lines, pictures = [], 0
    shown: set[str] = set()
    for number, page in enumerate(pages, 1):
        codes = [code for part in (*page.templates, page.root) for code in part.iter("{*}TextCode")]
        shown |= {code.tag for code in codes}
        texts = ["".join(code.itertext()) for code in codes]
        lines += [(number, text) for text in texts]
        pictures += not any(text.strip() for text in texts) and next(page.root.iter("{*}ImageObject"), None) is not None
    if pictures:
        findings.append(uninspected_finding(path, N_n("{number} 页是图片，没有文字", pictures)))
    unseen = list(unseen_texts(package, [page.name for page in pages], shown))
    return Contents(findings, lines, unseen, embedded(package))
