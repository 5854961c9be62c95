"""Readers: a document file, whatever program it came from -> an outline and what was found about the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.language import N_
from rectify.intake.outline import Outline, Paragraph
from rectify.intake.readers.converted import converted, program
from rectify.intake.readers.formats import format_of, older_kind, unread
from rectify.intake.readers.ofd_document import read_ofd
from rectify.intake.readers.plain_text import read_plain
from rectify.intake.readers.saved_page import read_page, unpack_mht
from rectify.intake.readers.unseen import without_unseen
from rectify.intake.readers.word_document import read_word
from rectify.intake.readers.wordprocessing import Side
from rectify.intake.readers.workbook import read_workbook
from rectify.sources.office_package import Package

LIMIT = 100_000_000
"""Bytes of an office document; its pictures are most of them."""
TEXT_LIMIT = 10_000_000
"""Bytes of a text file or saved page: some three million Chinese characters."""

Progress = Callable[[int, int], None]
"""Told now and then how many paragraphs or rows are done, of how many."""


def read(file: Path, progress: Progress | None = None, accepted: bool = True) -> tuple[Outline | None, list[Finding]]:
    """Return the outline of a document and its findings, named by the file's name.

    Of a file that cannot be read the outline is None, and an error among the findings says why and how to go on.
    """
    path = file.name
    try:
        outline = without_unseen(_read(file, path, progress or (lambda done, total: None), Side(accepted)))
    except RefusedDocument as refused:
        return None, [refused.finding]
    return outline, list(outline.findings)


def _read(file: Path, path: str, progress: Progress, side: Side) -> Outline:
    data = _bytes(file, path)
    form = format_of(data, path)
    if form == "package":
        outline = _office(_package(data, path), path, progress, side)
    elif form in ("html", "mht", "text"):
        if len(data) > TEXT_LIMIT:
            raise _too_large(len(data), TEXT_LIMIT, path)
        if form == "text":
            outline = read_plain(data, path, progress)
        else:
            outline = read_page(unpack_mht(data, path) if form == "mht" else data, path, progress)
    elif form == "pdf":
        # The library takes longer to load than most documents to read.
        from rectify.intake.readers.pdf_document import read_pdf

        outline = read_pdf(data, path, progress)
    else:
        outline = _older(data, older_kind(form, data, path), path, unread(form, data, path), progress, side)
    if not any(block.text.strip() if isinstance(block, Paragraph) else block.rows for block in outline.blocks):
        raise RefusedDocument(found("I014", path))
    return outline


def _bytes(file: Path, path: str) -> bytes:
    try:
        if not file.is_file():
            raise RefusedDocument(found("I001", path, found=N_("不是文件")))
        size = file.stat().st_size
        if size > LIMIT:
            raise _too_large(size, LIMIT, path)
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        raise RefusedDocument(found("I001", path, found=getattr(error, "strerror", None) or str(error))) from None
    if not data.strip(b"\x00 \t\r\n"):
        raise RefusedDocument(found("I003", path))
    return data


def _package(data: bytes, path: str) -> Package:
    form = format_of(data, path)
    if form != "package":
        raise RefusedDocument(unread(form, data, path) if form not in ("html", "mht", "text") else found("I011", path))
    return Package(data, path)


def _office(package: Package, path: str, progress: Progress, side: Side) -> Outline:
    if "mimetype" in package.names and package.read("mimetype", 200).startswith(b"application/vnd.oasis"):
        kind = "ods" if b"spreadsheet" in package.read("mimetype", 200) else "odt"
        return _older(package.data, kind, path, found("I007", path, found="OpenDocument"), progress, side)
    if "OFD.xml" in package.names:
        return read_ofd(package, path, progress)
    main, kind = package.main()
    if kind == "document":
        return read_word(package, path, main, progress, side)
    if kind == "workbook":
        return read_workbook(package, path, main, progress)
    if "[Content_Types].xml" in package.names:
        raise RefusedDocument(found("I011", path))
    raise RefusedDocument(found("I009", path))


def _older(data: bytes, kind: str, path: str, otherwise: Finding, progress: Progress, side: Side) -> Outline:
    """Return the outline of a document that LibreOffice opens; refused with a finding where there is none to do so."""
    office = program() if kind else None
    if office is None:
        raise RefusedDocument(otherwise)
    outline = _office(Package(converted(data, kind, path, office), path), path, progress, side)
    return outline._replace(findings=(found("I038", path, found=f".{kind}"), *outline.findings))


def _too_large(size: int, limit: int, path: str) -> RefusedDocument:
    return RefusedDocument(found("I002", path, found=round(size / 1e6, 1), allowed=round(limit / 1e6)))
