"""A .docx as an outline: paragraphs, tables and text boxes in reading order, with the numbers that Word generates.

The text is what a word processor shows and prints: as if all tracked changes were accepted, or the other side of them where
that is wanted. Each is reported, and so is struck-out text, which is no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from lxml import etree

from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.language import N_, Message
from rectify.intake.outline import Cell, Outline, Paragraph, Row, Table
from rectify.intake.readers.embedded import embedded_text
from rectify.intake.readers.numbering import Numbering
from rectify.intake.readers.properties import package_findings
from rectify.intake.readers.styles import Style, Styles
from rectify.intake.readers.word_boxes import settle_boxes
from rectify.intake.readers.word_text import Change, Text, read_text
from rectify.intake.readers.wordprocessing import MC, Side, W, number, switch, value
from rectify.sources.office_package import Package

CELLS = 300_000
"""Cells of all tables, the repeated ones included."""
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EXCERPT = 40
_EVERY = 200
"""Paragraphs between two reports of progress."""

_TRANSPARENT = {
    W + n for n in ("sdt", "sdtContent", "customXml", "ins", "del", "moveTo", "moveFrom", "body", "smartTag")
}
_FORMAT_CHANGES = [
    W + n
    for n in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange")
]
_ACCEPTED = Side()
_CELL_CHANGES = [W + n for n in ("cellIns", "cellDel", "cellMerge")]


def read_word(
    package: Package, path: str, main: str, progress: Callable[[int, int], None], side: Side = _ACCEPTED
) -> Outline:
    """Return the outline of a checked .docx whose main part is `main`, by one side of its tracked changes."""
    root = package.xml(main)
    body = root.find(W + "body") if root is not None else None
    if root is None or body is None:
        raise RefusedDocument(found("I011", path))
    settle_boxes(root)
    styles = Styles(_part(package, main, "styles"))
    document = _Document(path, styles, Numbering(_part(package, main, "numbering"), styles), progress, side)
    document.embedded = partial(embedded_text, package, main)
    document.total = sum(1 for _ in body.iter(W + "p", W + "tr"))
    blocks = document.blocks(body)
    blocks += _notes(package, main, document)
    document.findings += _comments(package, main, document)
    if changes := sum(1 for _ in root.iter(*_FORMAT_CHANGES)):
        document.findings.append(found("A008", path, found=changes))
    findings = sorted(document.findings, key=lambda finding: finding.line)
    return Outline(
        path,
        "docx",
        tuple(blocks),
        (*findings, *package_findings(package, main)),
        lines=document.line,
        margins=tuple(_margins(package, main, document)),
    )


class _Carried(NamedTuple):
    """Text whose paragraph mark is not there: the text runs on into the next paragraph."""

    text: str = ""
    line: int = 0


class _Document:
    """The state of one reading: the line reached, the counters of the numbering, and what was found."""

    def __init__(
        self, path: str, styles: Styles, numbering: Numbering, progress: Callable[[int, int], None], side: Side
    ):
        self.path, self.styles, self.numbering, self.progress, self.side = path, styles, numbering, progress, side
        self.line = self.total = 0
        self.findings: list[Finding] = []
        self.comments: dict[str, int] = {}
        """Line of each comment's anchor."""
        self.notes: list[tuple[str, str]] = []
        """Kind (`footnotes`, `endnotes`) and id of the notes, in the order of the text."""
        self.embedded: Callable[[str], list[Paragraph | Table]] = lambda relation: []
        """Returns what a part of another format holds."""
        self._cells = 0
        self._carried = _Carried()

    def blocks(self, parent: etree._Element, line: int = 0) -> list[Paragraph | Table]:
        """Return what an element holds; with a line, all of it stands there: in a cell or a text box."""
        blocks: list[Paragraph | Table] = []
        for child in parent.iterchildren(etree.Element):
            if child.tag == W + "p":
                blocks += self._paragraph(child, line)
            elif child.tag == W + "tbl":
                blocks += self._left_over()
                blocks += self._laid_out(child) if not line and _only_lays_out(child) else [self._table(child, line)]
            elif child.tag in _TRANSPARENT:
                blocks += self.blocks(child, line)
            elif child.tag == MC + "AlternateContent":
                blocks += self.blocks(next(iter(child), child), line)
            elif child.tag == W + "altChunk":
                blocks += [*self._left_over(), *self._chunk(child, line)]
            elif child.tag == W + "subDoc":
                self._object(N_("主控文档引用的子文档"), line or self.line)
        return [*blocks, *self._left_over()]

    def _chunk(self, element: etree._Element, line: int) -> list[Paragraph | Table]:
        """Return what a part of another format holds, as a page or a text does; other parts are told."""
        blocks = self.embedded(element.get(_ID, ""))
        if not blocks:
            self._object(N_("嵌入的其他格式正文"), line or self.line)
        placed: list[Paragraph | Table] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                placed.append(block._replace(line=line or self._next_line()))
            else:
                placed.append(
                    block._replace(rows=tuple(row._replace(line=line or self._next_line()) for row in block.rows))
                )
        return placed

    def _laid_out(self, table: etree._Element) -> list[Paragraph | Table]:
        """Return what stands in the cells of a table of one column, one below the other."""
        cells = (cell for row in _inside(table, W + "tr") for cell in _inside(row, W + "tc"))
        return [block for cell in cells for block in self.blocks(cell)]

    def _left_over(self) -> list[Paragraph | Table]:
        """Return what runs on into no paragraph: a table comes, or the end."""
        carried, self._carried = self._carried, _Carried()
        return [Paragraph(part, carried.line) for part in carried.text.split("\n") if part.strip()]

    def _next_line(self) -> int:
        self.line += 1
        if self.line % _EVERY == 0 or self.line == self.total:
            self.progress(min(self.line, self.total), self.total)
        return self.line

    def _paragraph(self, element: etree._Element, line: int) -> list[Paragraph | Table]:
        in_cell = bool(line)
        line = line or self._next_line()
        properties = element.find(W + "pPr")
        mark = properties.find(W + "rPr") if properties is not None else None
        style = self.styles.of(self.side.of(properties))
        text = read_text(element, self.styles, style, self.side, in_cell)
        self._report(text, line, mark)
        carried, self._carried = self._carried, _Carried()
        joined, first = carried.text + text.text, carried.line if carried.text else line
        runs_on = self.side.takes_out(mark)
        result = [] if runs_on else self._lines(joined, first, style, text, bool(switch(mark, "vanish")))
        for box in text.boxes:
            result += self.blocks(box, line)
        if runs_on:
            self._carried = _Carried(joined, first)
        return result

    def _lines(self, joined: str, line: int, style: Style, text: Text, unmarked: bool) -> list[Paragraph | Table]:
        number = "" if unmarked else self.numbering.next(style)
        parts = [part for part in joined.split("\n") if part.strip()]
        if style.contents and parts:
            self.findings.append(found("I021", self.path, line, excerpt=parts[0].strip()[:_EXCERPT]))
            return []
        return [
            Paragraph(
                _numbered(number, part) if index == 0 else part,
                line,
                number if index == 0 else "",
                style.level or 0,
                style.align == "center",
                text.bold,
                style.align in ("right", "end"),
                0 if index or number else text.lead,
            )
            for index, part in enumerate(parts)
        ]

    def _report(self, text: Text, line: int, mark: etree._Element | None) -> None:
        for change in text.changes:
            self._changed(change, line)
        if mark is not None and not text.changes:
            for name, inserted in (("ins", True), ("moveTo", True), ("del", False), ("moveFrom", False)):
                if mark.find(W + name) is not None:
                    self._changed(Change(inserted, text.text), line)
        if text.struck.strip():
            self.findings.append(found("I035", self.path, line, excerpt=_short(text.struck)))
        if text.hidden.strip():
            self.findings.append(found("A003", self.path, line, excerpt=_short(text.hidden)))
        for kind in text.objects:
            self._object(kind, line)
        for anchor in text.comments:
            self.comments.setdefault(anchor, line)
        self.notes += text.notes

    def _changed(self, change: Change, line: int) -> None:
        kind = N_("插入") if change.inserted else N_("删除")
        excerpt = _short(change.text) or N_("（段落标记）")
        self.findings.append(found("A001", self.path, line, found=kind, excerpt=excerpt))

    def _object(self, kind: Message, line: int) -> None:
        self.findings.append(found("A007", self.path, line, found=kind))

    def _table(self, element: etree._Element, line: int) -> Table:
        rows: list[Row] = []
        above: list[Cell] = []
        spanning: set[int] = set()
        for row in _inside(element, W + "tr"):
            row_line = line or self._next_line()
            properties = row.find(W + "trPr")
            cells, spanning = self._row(row, properties, above, spanning, row_line)
            for name in ("ins", "del") if properties is not None else ():
                if properties.find(W + name) is not None:
                    self._changed(Change(name == "ins", _row_text(row)), row_line)
            is_hidden = bool(switch(properties, "hidden"))
            if is_hidden:
                self.findings.append(found("A003", self.path, row_line, excerpt=_short(_row_text(row))))
            if is_hidden or self.side.takes_out(properties):
                # A cell that spans downwards from here loses its words.
                above = [cell if cell.merged else Cell("") for cell in cells]
            else:
                rows.append(Row(tuple(cells), row_line))
                above = cells
        return Table(tuple(rows))

    def _row(
        self, row: etree._Element, properties: etree._Element | None, above: list[Cell], spanning: set[int], line: int
    ) -> tuple[list[Cell], set[int]]:
        """Return the cells of a row and the columns of those that span downwards, as `spanning` are in the row above."""
        downwards: set[int] = set()
        cells = [Cell("") for _ in range(min(number(value(properties, "gridBefore"), 0), 100))]
        for cell in _inside(row, W + "tc"):
            own = cell.find(W + "tcPr")
            text = "\n".join(_flat(self.blocks(cell, line)))
            for name in _CELL_CHANGES:
                if own is not None and own.find(name) is not None:
                    self._changed(Change(name != _CELL_CHANGES[1], text), line)
            if self.side.takes_out(own, "cellIns cellDel"):
                text = ""
            span = max(1, min(number(value(own, "gridSpan"), 1), 200))
            upward, leftward = (own.find(W + name) if own is not None else None for name in ("vMerge", "hMerge"))
            goes_on = upward is not None and upward.get(W + "val") != "restart" and len(cells) in spanning
            if upward is not None:
                downwards.add(len(cells))
            if goes_on and len(cells) < len(above):
                first = above[len(cells)]._replace(merged=True)
            elif leftward is not None and leftward.get(W + "val") != "restart" and cells:
                first = cells[-1]._replace(merged=True)
            else:
                first = Cell(text)
            cells += [first, *[first._replace(merged=True)] * (span - 1)]
            self._cells += span
            if self._cells > CELLS:
                raise RefusedDocument(found("I015", self.path, allowed=CELLS, found=N_("单元格")))
        return cells, downwards


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls included, not those of inner tables."""
    for child in parent.iterchildren(etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _inside(child, tag)


def _only_lays_out(table: etree._Element) -> bool:
    """Whether a table has one column and other tables in it."""
    rows = [list(_inside(row, W + "tc")) for row in _inside(table, W + "tr")]
    return all(len(row) == 1 for row in rows) and any(cell.find(W + "tbl") is not None for row in rows for cell in row)


def _row_text(row: etree._Element) -> str:
    cells = ("".join(node.text or "" for node in cell.iter(W + "t", W + "delText")) for cell in _inside(row, W + "tc"))
    return "｜".join(filter(None, cells))


def _flat(blocks: list[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (
                " ".join(cell.text for cell in row.cells if cell.text and not cell.merged) for row in block.rows
            )


def _numbered(number: str, text: str) -> str:
    """Return a text with its number in front, set apart where the two would run into one: `1` and `2023年`."""
    text = text.lstrip() if number else text
    together = number[-1:].isdecimal() or number[-1:].isalpha() or (number[-1:] in ".．" and text[:1].isdecimal())
    return f"{number} {text}" if number and together else number + text


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:_EXCERPT]


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    names = package.related(main, kind)
    return package.xml(names[0]) if names else None


def _notes(package: Package, main: str, document: _Document) -> list[Paragraph | Table]:
    """Return the footnotes and endnotes as paragraphs after the text, each on lines of its own."""
    blocks: list[Paragraph | Table] = []
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        wanted = [note for note_kind, note in document.notes if note_kind == kind]
        root = _part(package, main, kind) if wanted else None
        notes = {} if root is None else {note.get(W + "id"): note for note in root.iterchildren(W + tag)}
        for note in dict.fromkeys(wanted):
            if note in notes:
                blocks += document.blocks(notes[note])
    if blocks:
        document.findings.append(found("I020", document.path, blocks[0].line, found=len(blocks)))
    return blocks


def _comments(package: Package, main: str, document: _Document) -> list[Finding]:
    root = _part(package, main, "comments")
    findings = []
    for comment in () if root is None else root.iterchildren(W + "comment"):
        text = "".join(node.text or "" for node in comment.iter(W + "t"))
        line = document.comments.get(comment.get(W + "id", ""), 0)
        findings.append(found("A002", document.path, line, excerpt=_short(text)))
    return findings


def _margins(package: Package, main: str, document: _Document) -> list[str]:
    """Return the texts of headers and footers, each once."""
    texts: dict[str, None] = {}
    for kind in ("header", "footer"):
        for name in package.related(main, kind):
            root = package.xml(name)
            for paragraph in () if root is None else root.iter(W + "p"):
                text = read_text(paragraph, document.styles, document.styles.default, document.side).text.strip()
                texts |= dict.fromkeys(part for part in text.split("\n") if part)
    return list(texts)
