"""A document as issued, whatever its format: lines of text and tables in reading order, each with its place."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify.core.finding import Finding

LIST_LEVEL = 6
"""Levels of items of lists that stand over others begin below those of headings."""


class Paragraph(NamedTuple):
    """One paragraph. Its text is what a reader of the printed page sees, numbers that Word generates included."""

    text: str
    line: int
    """Counted from 1: the physical line of a text file or saved page; in a .docx the ordinal among paragraphs and table
    rows in reading order (which is what the conversion of the document to plain text would number)."""
    number: str = ""
    """The part at the start of `text` that the word processor generated (`（一）`, `1.`), empty where it was typed."""
    level: int = 0
    """Heading level by the document's own styles, 1 for the highest; 0 where no style says so. An item of a list over another list has one below those."""
    centred: bool = False
    bold: bool = False
    """Whether the whole paragraph is set bold."""
    right: bool = False
    """Whether it is aligned right, as signatures are."""
    lead: int = 0
    """Characters after the indentation that are a heading, where one runs in with the text: set bold, or known by its shape."""


class Cell(NamedTuple):
    """One cell of a table; a merged cell is repeated in every place it covers, with `merged` set in all but its first."""

    text: str
    merged: bool = False
    value: date | float | None = None
    """A real date or number of a spreadsheet; `text` holds it as shown."""


class Row(NamedTuple):
    cells: tuple[Cell, ...]
    line: int
    hidden: bool = False
    """Filtered away or hidden in the spreadsheet; still part of the ledger."""


class Table(NamedTuple):
    rows: tuple[Row, ...]
    name: str = ""
    """The sheet's name in a workbook."""
    hidden: bool = False
    """A hidden sheet."""

    @property
    def line(self) -> int:
        return self.rows[0].line if self.rows else 0


class Outline(NamedTuple):
    """What a reader makes of a file."""

    name: str
    """The file's name, without folders."""
    format: str
    """`docx`, `xlsx`, `text` or `html`."""
    blocks: tuple[Paragraph | Table, ...]
    findings: tuple[Finding, ...] = ()
    """What the file holds besides its text: tracked changes, comments, hidden text, an encoding that was converted."""
    head: tuple[tuple[str, str], ...] = ()
    """Label and value pairs of a government page's head block or metadata, as printed: 索引号, 发布机构, 发布日期."""
    lines: int = 0
    """Lines of the document, the empty ones included."""
    margins: tuple[str, ...] = ()
    """Texts of headers and footers, where marks of secrecy stand too."""

    def paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs that hold text."""
        return [block for block in self.blocks if isinstance(block, Paragraph) and block.text.strip()]
