"""What a published file carries: beside its content, and in its text.

The line of a finding is the number of the paragraph in a Word or text document, of the row in a sheet, of the slide, of the
page in a PDF; 0 for what belongs to the whole file, to a header, a footnote or the like.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rectify.checks.attachments.strings import strings_of
from rectify.checks.attachments.types import (
    ARCHIVES,
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
from rectify.core.language import N_, Message, _
from rectify.prose import NO_WORDS, OfficeWords, examine_text

LARGE = 50_000_000
"""Bytes that a telephone still loads."""
LIMIT = 100_000_000
"""Bytes of a file that is opened at all."""
TEXT_LIMIT = 3_000_000
"""Characters of a file that are searched; a thousand pages have a third of it."""
_MOST = 20
"""Findings of one rule in one file; nobody reads more before mending the first."""
_HEAD = 8192
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SCANNED = ("W001", "W003", "W004")
"""Rules of wording that hold for an attachment too: placeholders."""
_SCANNED_FAMILIES = (Family.PRIVACY, Family.MARKS)
_LEFTOVER = re.compile(
    r"~\$.*|~.*\.tmp|\.DS_Store|(?i:Thumbs\.db|desktop\.ini)|.*\.(?i:eml|msg|db|tmp|bak|wbk|xlk|asd|swp|lnk|pst)"
)


def attachment_findings(file: Path, path: str, words: OfficeWords = NO_WORDS) -> list[Finding]:
    """Return what a published file must not carry; `path` is its name for findings. What cannot be read is a finding."""
    if _LEFTOVER.fullmatch(file.name):
        return [found("A025", path, found=file.name)]
    try:
        status = file.stat()
        # A pipe would keep the reader waiting for ever.
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, _("不是文件"))
        size = status.st_size
        with file.open("rb") as stream:
            data = stream.read(LIMIT if size <= LIMIT else _HEAD)
    except OSError as error:
        return [found("A021", path, found=error.strerror or str(error))]
    findings = _unseen([(N_("文件名"), path.rpartition("/files/")[2])], path, words)
    if not data.strip(b"\x00 \t\r\n"):
        return [*findings, found("A023", path)]
    if size > LARGE:
        findings.append(found("A024", path, found=round(size / 1e6), allowed=LARGE // 1_000_000))
    form, ending = form_of(data[:_HEAD]), file.suffix[1:].lower()
    # Word and Excel wrap an encrypted .docx or .xlsx into an OLE file with this stream ([MS-OFFCRYPTO], 2.3.4).
    if form == "ole" and _ENCRYPTED in data:
        return [*findings, uninspected_finding(path, N_("有密码"))]
    if (allowed := types_of(ending)) and form not in allowed:
        return [*findings, wrong_type(path, ending, form)]
    if size > LIMIT and form != "media":
        return [
            *findings,
            uninspected_finding(path, N_("超过 {limit} MB", limit=LIMIT // 1_000_000)),
        ]
    count: Counter[str] = Counter()
    for finding in _inside(data, path, form, ending, words):
        count[finding.rule] += 1
        if count[finding.rule] <= _MOST or finding.family is not Family.ATTACHMENTS:
            findings.append(finding)
    return findings


def _inside(data: bytes, path: str, form: str, ending: str, words: OfficeWords) -> Iterator[Finding]:
    """Yield what is found in a file, and in the files inside it."""
    contents = _contents(data, path, form, ending)
    yield from contents.findings
    yield from _scanned(contents.lines, path, words)
    yield from _unseen(contents.unseen, path, words)
    try:
        for name, inner in contents.inner:
            yield from _member(inner, f"{path}/{name}", words, is_archive=form != "zip" or ending not in OFFICE)
    except RefusedDocument as refused:
        yield _refused(refused, path)


def _member(data: bytes, path: str, words: OfficeWords, is_archive: bool) -> Iterator[Finding]:
    """Yield what is found in a file inside another one.

    What an office program puts into its own documents is not for people to open: of a form that nobody knows the texts are read.
    """
    form, ending = form_of(data[:_HEAD]), path.rpartition(".")[2].lower()
    if not is_archive and form in ("data", "text") and ending not in ("txt", "csv", "json"):
        yield from _unseen([(ending, text) for text in strings_of(data)], path, words)
        return
    contents = _contents(data, path, form, ending)
    yield from contents.findings
    yield from _scanned(contents.lines, path, words)
    yield from _unseen(contents.unseen, path, words)
    if any(True for _ in contents.inner) and form == "zip" and ending not in OFFICE:
        yield uninspected_finding(path, N_("压缩包"))


def _contents(data: bytes, path: str, form: str, ending: str) -> Contents:
    """Look into a file. What reads a format is imported where such a file is met: every build imports this module."""
    if form == "zip" and ending in OFFICE:
        return _office(data, path, ending)
    if form == "pdf":
        from rectify.checks.attachments.pdf import pdf_contents

        return pdf_contents(data, path)
    if form in PICTURES:
        from rectify.checks.attachments.image import image_contents

        return image_contents(data, path, form)
    if form == "bmp":
        return Contents([])
    if form == "media":
        return Contents([found("A026", path)])
    if form in ("text", "html"):
        return _text(data, path)
    if form == "ole":
        return Contents([uninspected_finding(path, N_("旧格式 .{ending}", ending=ending))])
    is_archive = form in ARCHIVES and ending not in ("ofd", "dps")
    return Contents([uninspected_finding(path, N_("压缩包") if is_archive else N_(".{ending} 格式", ending=ending))])


def _office(data: bytes, path: str, ending: str) -> Contents:
    from rectify.checks.attachments.ooxml import office_contents
    from rectify.checks.attachments.opendocument import open_contents
    from rectify.sources.office_package import Package

    try:
        package = Package(data, path)
        return open_contents(package, ending) if ending in OPEN else office_contents(package, ending)
    except RefusedDocument as refused:
        return Contents([_refused(refused, path)])


def _refused(refused: RefusedDocument, path: str) -> Finding:
    reason = refused.finding.reason()
    # A password, or a size beyond what is read, is no damage.
    return (
        uninspected_finding(path, reason)
        if refused.finding.rule in ("I005", "I012")
        else found("A021", path, found=reason)
    )


def _text(data: bytes, path: str) -> Contents:
    codecs = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        return Contents([], list(enumerate(text.splitlines(), start=1)))
    return Contents([uninspected_finding(path, N_("认不出文字编码"))])


def _scanned(lines: Sequence[tuple[int, str]], path: str, words: OfficeWords) -> list[Finding]:
    findings, kept, total = [], [], 0
    for number, line in lines:
        total += len(line)
        if total > TEXT_LIMIT:
            findings.append(uninspected_finding(path, N_("文字超过 {limit} 字", limit=f"{TEXT_LIMIT:,}")))
            break
        kept.append((number, line))
    return findings + [
        f for f in examine_text(kept, path, words) if f.family in _SCANNED_FAMILIES or f.rule in _SCANNED
    ]


def _unseen(texts: Iterable[Unseen], path: str, words: OfficeWords) -> list[Finding]:
    """Return what is private in texts that are on no page, each read by itself, with its place in front of the finding."""
    places: list[str | Message] = []
    lines: list[tuple[int, str]] = []
    total = 0
    for place, text in texts:
        total += len(text)
        if total > TEXT_LIMIT:
            break
        places.append(place)
        # An empty line, so that nothing is taken for the end of the text before.
        lines += [(len(places), text), (len(places), "")]
    return [
        finding._replace(line=0, column=0, key=places[finding.line - 1])
        for finding in (examine_text(lines, path, words) if lines else ())
        if finding.family in _SCANNED_FAMILIES
    ]
