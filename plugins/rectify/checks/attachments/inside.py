"""What is found in a file, whichever format it has, and in the files inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rectify.checks.attachments.inlined import inlined
from rectify.checks.attachments.names import program_finding
from rectify.checks.attachments.strings import decoded, joined_lists, json_text, plain, strings_of
from rectify.checks.attachments.types import (
    ARCHIVES,
    HEAD,
    OFFICE,
    OPEN,
    PICTURES,
    Contents,
    Unseen,
    form_of,
    types_of,
    uninspected_finding,
    wrong_type,
)
from rectify.core.family import Family
from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.language import N_, Message
from rectify.core.leftovers import is_leftover
from rectify.core.line_ends import unify_line_ends
from rectify.prose import OfficeWords, examine_text
from rectify.sources.text import conflict

TEXT_LIMIT = 3_000_000
"""Characters of a file that are searched; a thousand pages have a third of it."""
_INNER = 100
"""Packages inside one file that are opened."""
_INNER_TOTAL = 30_000_000
"""Bytes of one of them, inflated."""
_DEEPEST = 3
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SCANNED = ("W001", "W003", "W004")
"""Rules of wording that hold for an attachment too: placeholders."""
_PRIVATE = (Family.PRIVACY, Family.MARKS)
_TEXTS = ("txt", "csv", "json", "md", "rtf")
_DRAWN = re.compile(r">\s*([^<>\s]{1,2})\s*</")
_FOLDED = ("ics", "vcf")
_OF_PAGES = ("woff", "woff2", "ttf", "otf", "eot", "ico", "wasm")
"""What pages are made with; texts are looked for in it."""


class _Within(NamedTuple):
    """Where a file lies."""

    depth: int = 0
    in_archive: bool = False
    """Else what is inside something was put there by an office program."""


def inside_findings(data: bytes, path: str, words: OfficeWords) -> Iterator[Finding]:
    """Yield what is found in a file, and in the files inside it; those have their names behind that of the file."""
    return _Inspection(words).of(data, path, _Within())


class _Inspection:
    """One file with all that is in it; counts what was opened, so that no nest of files keeps it busy."""

    def __init__(self, words: OfficeWords):
        self._words = words
        self._opened = 0

    def of(self, data: bytes, path: str, within: _Within) -> Iterator[Finding]:
        form, ending = form_of(data[:HEAD]), path.rpartition("/")[2].rpartition(".")[2].lower()
        if within.depth and not within.in_archive and form in ("data", "text", "ole") and ending not in _TEXTS:
            # What office programs keep for themselves: printers, fonts, drawings of older kinds.
            texts = plain("\n".join(strings_of(data))).split("\n")
            yield from self._unseen([(ending, text) for text in texts], path)
            if form == "ole":
                yield uninspected_finding(path, N_("嵌入的文件"))
            return
        if program := program_finding(path, data):
            yield program
            return
        # Word and Excel wrap an encrypted .docx or .xlsx into an OLE file with this stream ([MS-OFFCRYPTO], 2.3.4).
        if form == "ole" and _ENCRYPTED in data:
            yield uninspected_finding(path, N_("有密码"))
            return
        if (within.in_archive or not within.depth) and (allowed := types_of(ending)) and form not in allowed:
            yield wrong_type(path, ending, form)
            return
        contents = self._contents(data, path, form, ending, within)
        yield from contents.findings
        yield from self._lines(contents.lines, path)
        yield from self._unseen(contents.unseen, path)
        try:
            for name, inner in contents.inner:
                yield from self._member(name, inner, path, _Within(within.depth + 1, form == "zip" and ending == "zip"))
        except RefusedDocument as refused:
            yield _refused(refused, path)

    def _member(self, name: str, data: bytes, path: str, within: _Within) -> Iterator[Finding]:
        inner = f"{path}/{name}"
        if within.in_archive and is_leftover(name.rpartition("/")[2]):
            yield found("A025", inner, found=name)
        elif within.depth > _DEEPEST:
            yield uninspected_finding(inner, N_("套得太深"))
        elif data.strip(b"\x00 \t\r\n"):
            yield from self.of(data, inner, within)

    def _contents(self, data: bytes, path: str, form: str, ending: str, within: _Within) -> Contents:
        """Look into a file. What reads a format is imported where such a file is met: every build imports this module."""
        if form == "zip" and (ending in OFFICE or ending in ("zip", "ofd")):
            return self._package(data, path, ending, within)
        if form == "pdf":
            from rectify.checks.attachments.pdf import pdf_contents

            return pdf_contents(data, path)
        if form in PICTURES:
            from rectify.checks.attachments.image import image_contents

            return image_contents(data, path, form, path.rpartition("/")[2] if within.depth else "")
        if form == "rtf":
            from rectify.checks.attachments.rtf import rtf_contents

            return rtf_contents(data, path)
        if form == "media":
            return Contents([uninspected_finding(path, "", "A026")])
        if form in ("text", "html"):
            return _text(data, path, ending)
        reason: Message = N_(".{ending} 格式", ending=ending)
        if form == "ole":
            reason = N_("旧格式 .{ending}", ending=ending)
        elif form in ARCHIVES and ending not in ("ofd", "dps"):
            reason = N_("压缩包")
        unseen = [(N_("文件内部"), text) for text in strings_of(data)] if form in ("ole", "data") else []
        return Contents([] if ending in _OF_PAGES else [uninspected_finding(path, reason)], (), unseen)

    def _package(self, data: bytes, path: str, ending: str, within: _Within) -> Contents:
        from rectify.checks.attachments.archive import archive_contents
        from rectify.checks.attachments.ofd import ofd_contents
        from rectify.checks.attachments.ooxml import office_contents
        from rectify.checks.attachments.opendocument import open_contents
        from rectify.sources.office_package import TOTAL, Package

        if within.in_archive and ending == "zip":
            return Contents([uninspected_finding(path, N_("压缩包里还有压缩包"))])
        self._opened += 1
        if self._opened > _INNER:
            return Contents([uninspected_finding(path, N_("文件多于 {limit} 个", limit=_INNER))])
        try:
            package = Package(data, path, _INNER_TOTAL if within.depth else TOTAL)
            if ending == "zip":
                contents = archive_contents(package)
            elif ending == "ofd":
                contents = ofd_contents(package)
            else:
                contents = open_contents(package, ending) if ending in OPEN else office_contents(package, ending)
            loose = b"\n".join(package.between())
            beside = [*package.remarks(), loose]
            unseen = [*contents.unseen, *((N_("文件内部"), text) for one in beside for text in strings_of(one))]
            if ending != "zip":
                unseen += ((N_("文件内部"), name) for name in sorted(package.names))
            findings = list(contents.findings)
            if size := len(loose.strip(b"\x00 \t\r\n")):
                findings.append(uninspected_finding(path, N_("有 {size} 个字节不属于里面的任何一个文件", size=size)))
            return contents._replace(findings=findings, unseen=unseen)
        except RefusedDocument as refused:
            return Contents([_refused(refused, path)])

    def _lines(self, lines: Sequence[tuple[int, str]], path: str) -> list[Finding]:
        findings, kept, total = [], [], 0
        for number, line in lines:
            total += len(line)
            if total > TEXT_LIMIT:
                findings.append(_too_long(path))
                break
            kept.append((number, line))
        return findings + [
            f for f in examine_text(kept, path, self._words) if f.family in _PRIVATE or f.rule in _SCANNED
        ]

    def _unseen(self, texts: Iterable[Unseen], path: str) -> list[Finding]:
        return unseen_findings(texts, path, self._words)


def unseen_findings(texts: Iterable[Unseen], path: str, words: OfficeWords) -> list[Finding]:
    """Return what is private in texts that are on no page, each read by itself, with its place in front of the finding."""
    places: list[str | Message] = []
    lines: list[tuple[int, str]] = []
    findings, total = [], 0
    for place, text in texts:
        total += len(text)
        if total > TEXT_LIMIT:
            findings.append(_too_long(path))
            break
        places.append(place)
        # An empty line, so that nothing is taken for the end of the text before.
        lines += [(len(places), text), (len(places), "")]
    return findings + [
        finding._replace(line=0, column=0, key=places[finding.line - 1])
        for finding in (examine_text(lines, path, words) if lines else ())
        if finding.family in _PRIVATE
    ]


def _too_long(path: str) -> Finding:
    return uninspected_finding(path, N_("文字超过 {limit} 字", limit=f"{TEXT_LIMIT:,}"))


def _refused(refused: RefusedDocument, path: str) -> Finding:
    reason = refused.finding.reason()
    # A password, or a size beyond what is read, is no damage.
    return uninspected_finding(path, reason, "A020" if refused.finding.rule in ("I005", "I012") else "A021")


def _text(data: bytes, path: str, ending: str) -> Contents:
    text = decoded(data)
    if text is None:
        return Contents([uninspected_finding(path, N_("认不出文字编码"))])
    if ending == "json":
        text = json_text(text)
    elif ending in _FOLDED:
        # A long line goes on in the next, after a blank (RFC 5545, 3.1).
        text = unify_line_ends(text).replace("\n ", "")
    lines = list(enumerate(plain(text).splitlines(), start=1))
    if ending == "json":
        lines += ((0, line) for line in joined_lists(text))
    if ending == "svg":
        # A program that draws sets each figure at a place of its own.
        lines.append((0, "".join(_DRAWN.findall(text))))
    return Contents(conflict(text, path), lines, (), inlined(text) if ";base64," in text else ())
