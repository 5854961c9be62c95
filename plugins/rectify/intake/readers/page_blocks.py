"""The article of a saved page, element by element -> paragraphs and tables. Without recursion: pages nest without bound."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from rectify.core.finding import RefusedDocument, found
from rectify.core.language import N_
from rectify.intake.outline import LIST_LEVEL, Cell, Paragraph, Row, Table
from rectify.intake.readers.numerals import spell
from rectify.intake.readers.page_head import pairs_of

CELLS = 300_000
COLUMNS = 256
BLOCK = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "br",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th", "summary"}
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.I)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBERED = re.compile(r"\s*(?:\d{1,3}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[）)、])")
_BLANK_LINES = re.compile(r"^(?:[ \t\r\f]*\n)+")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef“”‘’—…·])\n(?=[\u3000-\u9fff\uff00-\uffef“”‘’—…·])")


def read_blocks(body: etree._Element, path: str) -> tuple[list[Paragraph | Table], list[str]]:
    """Return the paragraphs and tables of an article, and the texts of head blocks that stand in it as tables."""
    writer = _Writer()
    head: list[str] = []
    cells, passed = 0, None
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not passed:
                writer.end(element)
            if element is not body:
                writer.add(element.tail)
            continue
        if element.tag == "table" and element is not body and (rows := data_rows(element)):
            writer.flush()
            for caption in element.iterchildren("caption"):
                if text := _cell_text(caption).replace("\n", " "):
                    writer.blocks.append(Paragraph(text, caption.sourceline or 1))
            table, covered = _table(rows, path, CELLS - cells)
            cells += covered
            texts = [cell.text for row in table.rows for cell in row.cells if not cell.merged]
            if _is_head(texts):
                head += texts
            else:
                writer.blocks.append(table)
            passed = element
            walk.skip_subtree()
            continue
        writer.start(element)
    writer.flush()
    return writer.blocks, head


class _Writer:
    """Collects running text into paragraphs; a block element or a line break ends one."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._text: list[str] = []
        self._line = 0
        self._at = 1
        """Line reached in the source: that of the last element, and the line ends of the text since."""
        self._bold = True
        self._lead: list[str] = []
        """The text so far, while all of it is bold."""
        self._open_bold: list[etree._Element] = []
        self._levels: list[int] = []
        self._aligns: list[str] = []
        self._pre = 0
        self._lists: list[list[Any]] = []
        """Of each open list, its number format and the next number; of a list with bullets, an empty format."""
        self._number = ""
        self._item_level = 0
        self._term = ""
        """What is defined next, in a list of terms and their descriptions."""

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        self._at = max(self._at, element.sourceline or 0)
        if tag in BLOCK:
            self.flush()
            self._levels.append(_HEADINGS.get(tag, self._levels[-1] if self._levels else 0))
            self._aligns.append(_align(element) or (self._aligns[-1] if self._aligns else ""))
        if tag in _BOLD or _WEIGHT.search(element.get("style", "")[:1000]):
            self._open_bold.append(element)
        if tag == "pre":
            self._pre += 1
        elif tag in ("ol", "ul"):
            form = _LIST_FORMS.get(element.get("type", ""), "decimal") if tag == "ol" else ""
            self._lists.append([form, _whole(element.get("start"), 1)])
        elif tag == "li" and self._lists and self._lists[-1][0]:
            form, number = self._lists[-1]
            number = _whole(element.get("value"), number)
            self._number = f"{spell(number, form)}."
            self._lists[-1][1] = number + 1
        if tag == "li":
            self._item_level = LIST_LEVEL + len(self._lists) if _stands_over(element) else 0
        self.add(element.text)

    def end(self, element: etree._Element) -> None:
        tag = element.tag
        if self._open_bold and self._open_bold[-1] is element:
            self._open_bold.pop()
        if tag == "dt" and not _NUMBERED.match("".join(self._text)):
            # A term that bears a number is a heading.
            self._term, self._text = _collapsed("".join(self._text)), []
        if tag in BLOCK:
            self.flush()
            self._levels.pop()
            self._aligns.pop()
        if tag == "pre":
            self._pre -= 1
        elif tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._number, self._item_level = "", 0

    def flush(self) -> None:
        text = "".join(self._text)
        # The line is that of the first text: blank lines before it are counted already.
        text = _BLANK_LINES.sub("", text) if self._pre else _collapsed(text)
        line = self._line or self._at
        lead = len(_collapsed("".join(self._lead)).strip())
        if self._term and text.strip():
            term, self._term = self._term.rstrip("：:"), ""
            text, lead, self._bold = f"{term}：{text}", len(term), False
        for offset, part in enumerate(text.split("\n")):
            if part.strip():
                level = (self._levels[-1] if self._levels else 0) or self._item_level
                align = self._aligns[-1] if self._aligns else ""
                self.blocks.append(
                    Paragraph(
                        self._number + part,
                        line + offset,
                        self._number,
                        level,
                        align == "center",
                        self._bold,
                        align == "right",
                        lead if not offset and not self._bold and not self._number else 0,
                    )
                )
                self._number, self._item_level = "", 0
        self._text, self._lead, self._line, self._bold = [], [], 0, True

    def add(self, text: str | None) -> None:
        if not text:
            return
        if text.strip():
            lead = text[: len(text) - len(text.lstrip())]
            self._line = self._line or self._at + lead.count("\n")
            self._bold = self._bold and bool(self._open_bold)
        if self._bold:
            self._lead.append(text)
        self._at += text.count("\n")
        self._text.append(text)


def _stands_over(item: etree._Element) -> bool:
    """Whether an item of a list has another list below it, where lists are three deep: aspects, problems, steps."""
    above = item.getparent().getparent() if item.getparent() is not None else None
    inside = above is not None and above.tag == "li" and _holds(above, deep=True)
    return _holds(item, deep=True) or (inside and _holds(item, deep=False))


def _holds(item: etree._Element, deep: bool) -> bool:
    lists = list(item.iterchildren("ol", "ul"))
    return any(_holds(one, False) for some in lists for one in some.iterchildren("li")) if deep else bool(lists)


def _align(element: etree._Element) -> str:
    if match := _ALIGN.search(element.get("style", "")[:1000]):
        return match[1].lower()
    stated = element.get("align", "").lower()
    return "center" if element.tag == "center" else stated if stated in ("center", "right", "left") else ""


def data_rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table of data; none where it only lays out the page: one column, or tables inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows = list(table.iterdescendants("tr"))
    return rows if any(sum(1 for _ in row.iterchildren("td", "th")) > 1 for row in rows) else []


def _table(rows: list[etree._Element], path: str, most: int) -> tuple[Table, int]:
    """Return a table with merged cells repeated, and how many cells it has."""
    result, covered = [], 0
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        cells: list[Cell] = []
        for element in row.iterchildren("td", "th"):
            _hang(cells, hanging)
            cell = Cell(_cell_text(element))
            across = min(max(_whole(element.get("colspan"), 1), 1), COLUMNS)
            down = min(max(_whole(element.get("rowspan"), 1), 1), len(rows))
            for offset in range(across):
                if down > 1:
                    hanging[len(cells)] = (cell._replace(merged=True), down - 1)
                cells.append(cell._replace(merged=True) if offset else cell)
            if len(cells) > COLUMNS:
                raise RefusedDocument(found("I015", path, found=N_("列"), allowed=COLUMNS))
        _hang(cells, hanging, max(hanging, default=-1) + 1)
        covered += len(cells)
        if covered > most:
            raise RefusedDocument(found("I015", path, found=N_("单元格"), allowed=CELLS))
        if cells:
            result.append(Row(tuple(cells), row.sourceline or 1))
    return Table(tuple(result)), covered


def _hang(cells: list[Cell], hanging: dict[int, tuple[Cell, int]], width: int = 0) -> None:
    """Put in the cells that hang down from rows above, at the place reached or, up to a width, wherever they are."""
    while len(cells) in hanging or len(cells) < width:
        column = len(cells)
        cell, left = hanging.pop(column, (Cell(""), 0))
        if left > 1:
            hanging[column] = (cell, left - 1)
        cells.append(cell)


def _cell_text(element: etree._Element) -> str:
    """Return the text of a cell, its paragraphs and line breaks as lines."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        parts.append("\x00" if inner.tag in BLOCK else "")
        parts.append((inner.text if event == "start" else inner.tail if inner is not element else "") or "")
    lines = (_collapsed(line).strip() for line in "".join(parts).split("\x00"))
    return "\n".join(line for line in lines if line)


def _collapsed(text: str) -> str:
    """Return a text with its white space as a browser shows it; a line end inside Chinese is no space."""
    text = _SPACES.sub(lambda m: "\n" if "\n" in m[0] else " ", text)
    return _BETWEEN_CHINESE.sub("", text.strip(" \n")).replace("\n", " ")


def _is_head(texts: list[str]) -> bool:
    """Return whether a table is a head block: short cells, three of them labels."""
    return all(len(text) <= 200 for text in texts) and len(pairs_of(texts)) >= 3


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and len(text) < 6 and text.isascii() and text.isdigit() else default
