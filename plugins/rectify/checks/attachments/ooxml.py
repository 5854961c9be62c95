"""What a published .docx, .xlsx or .pptx carries beside its text, and the text (ECMA-376 part 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from rectify.checks.attachments.embedded import embedded
from rectify.checks.attachments.types import (
    SHEET,
    SLIDES,
    Contents,
    Unseen,
    is_local,
    uninspected_finding,
    wrong_type,
)
from rectify.checks.attachments.word import word_contents
from rectify.checks.attachments.xml_texts import unseen_texts
from rectify.core.finding import Finding, found
from rectify.core.language import N_
from rectify.sources.office_package import Package
from rectify.sources.properties import hidden_parts, links, macros, names

_REVIEWERS = re.compile(r"word/people\.xml|xl/persons/.+\.xml|ppt/(?:commentAuthors|authors)\.xml")
_HOLDS_DATA = re.compile(r"(?i)(?:word|xl|ppt)/embeddings/.+|xl/pivotCache/pivotCacheRecords\d*\.xml")
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_REF = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EXCERPT = 40


def office_contents(package: Package, ending: str) -> Contents:
    """Return what an office document carries, and its text; raises Refused when it cannot be read."""
    main, kind = package.main()
    wanted = "workbook" if ending in (*SHEET, "et") else "presentation" if ending in SLIDES else "document"
    if kind != wanted:
        if not main and "[Content_Types].xml" in package.names:
            return Contents([uninspected_finding(package.path, N_("缺少正文"), "A021")])
        is_open = "mimetype" in package.names and "content.xml" in package.names
        form = {"document": "docx", "workbook": "xlsx", "presentation": "pptx"}.get(kind, "odf" if is_open else "zip")
        return Contents([wrong_type(package.path, ending, form)])
    read = {"document": word_contents, "workbook": _workbook, "presentation": _slides}[kind]
    contents = read(package, main)
    return contents._replace(findings=[*_beside(package), *contents.findings], inner=embedded(package))


def _beside(package: Package) -> Iterator[Finding]:
    path = package.path
    for property, text in names(package):
        yield found("A010", path, found=property, excerpt=text[:_EXCERPT])
    for name in macros(package):
        yield found("A011", path, found=N_("宏程序"), excerpt=name)
    parts = [
        name.replace("_rels/", "").removesuffix(".rels") for name in sorted(package.names) if name.endswith(".rels")
    ]
    for link in links(package, parts):
        if is_local(link.target):
            yield found("A012", path, excerpt=link.target[:80])
        elif link.type != "hyperlink":
            yield found("A006", path, excerpt=link.target[:80])
    for name in sorted(filter(_HOLDS_DATA.fullmatch, package.names)):
        yield found("A014", path, excerpt=name)
    for part in sorted(filter(_REVIEWERS.fullmatch, package.names)):
        root = package.xml(part)
        for person in () if root is None else root.iter(etree.Element):
            if name := next((person.get(key, "").strip() for key in person.keys() if _is_name(key)), ""):
                yield found("A010", path, found=N_("批注和修订的作者"), excerpt=name[:_EXCERPT])


def _workbook(package: Package, main: str) -> Contents:
    findings: list[Finding] = []
    lines: list[tuple[int, str]] = []
    strings = _Strings(package, main)
    parts = set(strings.parts)
    targets = {relation.id: relation.target for relation in package.relations(main) if not relation.external}
    root = package.xml(main)
    for sheet in () if root is None else root.iter(_S + "sheet"):
        name, part = sheet.get("name", "")[:_EXCERPT], targets.get(sheet.get(_REF, ""), "")
        if sheet.get("state", "visible") != "visible":
            findings.append(found("A015", package.path, found=N_("工作表"), excerpt=name))
        if (data := package.xml(part)) is None:
            continue
        parts.add(part)
        lines += _rows(data, strings)
        rows = sum(_on(row.get("hidden")) for row in data.iter(_S + "row"))
        columns = sum(_on(column.get("hidden")) for column in data.iter(_S + "col"))
        if rows or columns:
            findings.append(found("A016", package.path, found=hidden_parts(rows, columns), excerpt=name))
        for comments in (*package.related(part, "comments"), *package.related(part, "threadedComment")):
            findings += _comments(package, comments)
    unseen = [*strings.left(), *unseen_texts(package, parts, (_S + "t", _S + "v"))]
    return Contents(findings, lines, unseen)


class _Strings:
    """The texts of a workbook's cells, which keep some that a cell has had once."""

    def __init__(self, package: Package, main: str):
        self.parts = package.related(main, "sharedStrings")
        self._texts: list[str] = []
        for part in self.parts:
            root = package.xml(part)
            self._texts = [] if root is None else [_joined(item, _S + "t") for item in root.iterchildren(_S + "si")]
        self._used: set[int] = set()

    def text(self, index: str) -> str:
        """Return the text of a number as cells write it; empty where there is none."""
        if not index.isdecimal() or len(index) > 8 or int(index) >= len(self._texts):
            return ""
        self._used.add(int(index))
        return self._texts[int(index)]

    def left(self) -> Iterator[Unseen]:
        """Yield the texts that no cell shows."""
        return ((N_("没有单元格用到的文字"), text) for i, text in enumerate(self._texts) if i not in self._used)


def _rows(sheet: etree._Element, strings: _Strings) -> Iterator[tuple[int, str]]:
    number = 0
    for row in sheet.iter(_S + "row"):
        number = int(given) if (given := row.get("r", "")).isdecimal() and len(given) < 9 else number + 1
        cells = (_cell(cell, strings) for cell in row.iterchildren(_S + "c"))
        if text := "\t".join(filter(None, cells)):
            # A cell of several lines is still of one row.
            yield from ((number, line) for line in text.splitlines())


def _cell(cell: etree._Element, strings: _Strings) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(_S + "v") or ""
    if kind == "inlineStr":
        return _joined(cell, _S + "t")
    if kind == "s":
        return strings.text(value)
    if kind != "n":
        return value
    try:
        number = float(value)
    except ValueError:
        return ""
    # Fractions are measurements: their digits must not be taken for a number that names somebody.
    return str(int(number)) if number.is_integer() and abs(number) < 1e18 else ""


def _slides(package: Package, main: str) -> Contents:
    findings: list[Finding] = []
    lines: list[tuple[int, str]] = []
    targets = {relation.id: relation.target for relation in package.relations(main) if not relation.external}
    root = package.xml(main)
    slides = [] if root is None else [targets.get(entry.get(_REF, ""), "") for entry in root.iter(_P + "sldId")]
    parts = set()
    for number, part in enumerate(slides, start=1):
        if (slide := package.xml(part)) is None:
            continue
        parts.add(part)
        if slide.get("show", "1") in ("0", "false"):
            findings.append(found("A015", package.path, number, found=N_("幻灯片"), excerpt=number))
        lines += ((number, text) for text in _paragraphs(slide))
        for name in package.related(part, "notesSlide"):
            notes = package.xml(name)
            parts.add(name)
            # The slide's number stands among the notes as a field.
            texts = (
                []
                if notes is None
                else [text for text in _paragraphs(notes) if text.strip() and not text.strip().isdecimal()]
            )
            if texts:
                findings.append(found("A003", package.path, number, excerpt=" ".join(texts)[:_EXCERPT]))
                lines += ((number, text) for text in texts)
        for name in package.related(part, "comments"):
            findings += _comments(package, name, number)
    return Contents(findings, lines, list(unseen_texts(package, parts, (_A + "t",))))


def _paragraphs(part: etree._Element) -> Iterator[str]:
    return (_joined(paragraph, _A + "t") for paragraph in part.iter(_A + "p"))


def _comments(package: Package, part: str, line: int = 0) -> Iterator[Finding]:
    """Yield the comments of a part; older and newer programs write them under different names, alike in form."""
    root = package.xml(part)
    for comment in () if root is None else root.iter("{*}comment", "{*}threadedComment", "{*}cm"):
        text = " ".join("".join(node.text or "" for node in comment.iter("{*}t", "{*}text")).split())
        row = re.fullmatch(r"[A-Z]{1,3}(\d{1,7})", comment.get("ref", ""))
        yield found("A002", package.path, int(row[1]) if row else line, excerpt=text[:_EXCERPT])


def _is_name(key: str) -> bool:
    return key.rpartition("}")[2] in ("author", "displayName", "name")


def _joined(element: etree._Element, tag: str) -> str:
    """Return the text of an element, without how it is pronounced (18.4.6)."""
    return "".join(node.text or "" for node in element.iter(tag) if node.getparent().tag != _S + "rPh")


def _on(value: str | None) -> bool:
    return value in ("1", "true")
