"""Text of a published Word document, and what stands in it unseen: changes, comments, hidden words (ECMA-376 part 1, 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from rectify.checks.attachments.types import Contents
from rectify.checks.attachments.xml_texts import unseen_texts
from rectify.core.finding import Finding, found
from rectify.core.language import N_
from rectify.sources.office_package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ROW, _CELL = _W + "tr", _W + "tc"
_P, _R, _TEXT, _TAB, _BREAK, _SYMBOL = _W + "p", _W + "r", _W + "t", _W + "tab", _W + "br", _W + "sym"
_SIGNS = {_TAB: "\t", _BREAK: " ", _SYMBOL: ""}
_CHANGES = {
    _W + "ins": N_("插入"),
    _W + "moveTo": N_("插入"),
    _W + "del": N_("删除"),
    _W + "moveFrom": N_("删除"),
}
_FORMAT = tuple(
    _W + name + "Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "numbering")
)
_BESIDE = ("header", "footer", "footnotes", "endnotes")
_EXCERPT = 40


def word_contents(package: Package, main: str) -> Contents:
    """Return what stands in a Word document, and beside its text; raises Refused when a part of it cannot be read."""
    hidden = _hidden_styles(package, main)
    findings: list[Finding] = []
    lines: list[tuple[int, str]] = []
    formats = 0
    parts = (main, *(name for kind in _BESIDE for name in package.related(main, kind)))
    for part in parts:
        root = package.xml(part)
        if root is None:
            continue
        # The same thing again, for older programs.
        for fallback in list(root.iter(_FALLBACK)):
            fallback.getparent().remove(fallback)
        contents = _part(root, package.path, hidden, numbered=part == main)
        findings += contents.findings
        lines += contents.lines
        formats += sum(1 for _ in root.iter(*_FORMAT))
    for part in package.related(main, "comments"):
        root = package.xml(part)
        for comment in () if root is None else root.iter(_W + "comment"):
            findings.append(found("A002", package.path, excerpt=_short(comment) or N_("（空）")))
    if formats:
        findings.append(found("A008", package.path, found=formats))
    return Contents(findings, lines, list(unseen_texts(package, parts, (_TEXT,))))


def _part(root: etree._Element, path: str, hidden_styles: set[str], numbered: bool) -> Contents:
    """Go once through a part in the order of its text; a text box begins a paragraph of its own."""
    findings: list[Finding] = []
    texts: list[list[str]] = [[]]
    rows = _rows(root)
    row_of: dict[int, int] = {}
    unseen: dict[int, list[str]] = {}
    hidden = in_style = False
    for element in root.iter(_P, _R, _TEXT, _TAB, _BREAK, _SYMBOL, *_CHANGES):
        tag = element.tag
        if tag == _P:
            if element in rows:
                row_of[len(texts)] = rows[element]
            texts.append([])
            in_style = _style(element.find(_W + "pPr"), "pStyle") in hidden_styles
        elif tag == _R:
            hidden = _is_hidden(element.find(_W + "rPr"), in_style, hidden_styles)
        elif tag == _TEXT:
            texts[-1].append(element.text or "")
            if hidden:
                unseen.setdefault(len(texts) - 1, []).append(element.text or "")
        elif tag in _SIGNS:
            if element.getparent().tag == _R:
                texts[-1].append(_SIGNS[tag] or _sign(element))
        else:
            line = len(texts) - 1 if numbered else 0
            findings.append(
                found("A001", path, line, found=_CHANGES[tag], excerpt=_short(element) or N_("（段落标记）"))
            )
    for line, words in unseen.items():
        if text := "".join(words).strip():
            findings.append(found("A003", path, line if numbered else 0, excerpt=text[:_EXCERPT]))
    lines = _in_rows(list(map("".join, texts)), row_of)
    return Contents(findings, [(line if numbered else 0, text) for line, text in lines if text.strip("\t")])


def _rows(root: etree._Element) -> dict[etree._Element, int]:
    """Return the paragraphs in cells of one paragraph each, with the number of their row: such a row is read as one line."""
    rows: dict[etree._Element, int] = {}
    for number, row in enumerate(root.iter(_ROW)):
        cells = [list(cell.iter(_P)) for cell in row.iter(_CELL)]
        if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
            rows.update((cell[0], number) for cell in cells)
    return rows


def _in_rows(texts: list[str], row_of: dict[int, int]) -> Iterator[tuple[int, str]]:
    """Yield paragraphs with their numbers, those of a row as one, its cells parted as those of sheets are."""
    # What is in no row stands alone.
    rows = [row_of.get(number, -1 - number) for number in range(len(texts))]
    for _, cells in groupby(range(len(texts)), rows.__getitem__):
        first, *rest = cells
        yield first, "\t".join(texts[number] for number in (first, *rest))


def _is_hidden(properties: etree._Element | None, in_style: bool, hidden_styles: set[str]) -> bool:
    stated = None if properties is None else properties.find(_W + "vanish")
    if stated is not None:
        return _on(stated)
    return in_style or _style(properties, "rStyle") in hidden_styles


def _hidden_styles(package: Package, main: str) -> set[str]:
    """Return the ids of the styles that hide text, by themselves or by what they are based on."""
    stated: dict[str, bool] = {}
    based: dict[str, str] = {}
    for part in package.related(main, "styles"):
        root = package.xml(part)
        for style in () if root is None else root.iter(_W + "style"):
            name, vanish = style.get(_W + "styleId", ""), style.find(f"{_W}rPr/{_W}vanish")
            based[name] = _style(style, "basedOn")
            if vanish is not None:
                stated[name] = _on(vanish)
    hidden = {name for name, is_hidden in stated.items() if is_hidden}
    # Each round goes one generation down; a ring of styles ends when nothing is added.
    while more := {
        name for name, base in based.items() if base in hidden and name not in stated and name not in hidden
    }:
        hidden |= more
    return hidden


def _style(properties: etree._Element | None, name: str) -> str:
    child = None if properties is None else properties.find(_W + name)
    return "" if child is None else child.get(_W + "val", "")


def _sign(symbol: etree._Element) -> str:
    """Return the sign of a symbol that fonts of letters have in the private area as well (17.3.3.30); empty for another."""
    code = symbol.get(_W + "char", "")
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else 0
    return chr(number & 0xFF) if 0xF020 <= number <= 0xF07E else ""


def _on(element: etree._Element) -> bool:
    return element.get(_W + "val", "true") not in ("0", "false", "off")


def _short(element: etree._Element) -> str:
    text = "".join(node.text or "" for node in element.iter(_TEXT, _W + "delText"))
    return " ".join(text.split())[:_EXCERPT]
