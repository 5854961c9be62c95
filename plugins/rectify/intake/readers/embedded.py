"""A part of another format inside a .docx, as report generators write them: the page or the text that it is (ECMA-376 part 1, 17.17.2)."""

from __future__ import annotations

from rectify.core.finding import RefusedDocument
from rectify.intake.outline import Paragraph, Table
from rectify.intake.readers.formats import format_of
from rectify.intake.readers.plain_text import read_plain
from rectify.intake.readers.saved_page import read_page, unpack_mht
from rectify.sources.office_package import Package


def embedded_text(package: Package, main: str, relation: str) -> list[Paragraph | Table]:
    """Return what the part holds that a relationship of the main part names; nothing where it is no page and no text."""
    name = next((one.target for one in package.relations(main) if one.id == relation and not one.external), "")
    if name not in package.names:
        return []
    try:
        data = package.read(name)
        form = format_of(data, name)
        if form == "text":
            return list(read_plain(data, name, _silent).blocks)
        page = unpack_mht(data, name) if form == "mht" else data if form == "html" else b""
        return list(read_page(page, name, _silent).blocks) if page else []
    except RefusedDocument:
        return []


def _silent(done: int, total: int) -> None:
    """Progress is that of the document around it."""
