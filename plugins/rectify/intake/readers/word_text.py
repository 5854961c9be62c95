"""The text of one Word paragraph, and what stands in it beside the text: changes, hidden and struck words, boxes, objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from rectify.core.language import Message, N_n
from rectify.intake.readers.numerals import raised
from rectify.intake.readers.styles import Style, Styles
from rectify.intake.readers.symbol_fonts import printed, symbol
from rectify.intake.readers.word_boxes import box_of_field, chosen_of_field
from rectify.intake.readers.wordprocessing import MC, Side, W, is_on, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_ALONG_A_PATH = "{urn:schemas-microsoft-com:vml}textpath"

_INSERTED, _DELETED = {W + "ins", W + "moveTo"}, {W + "del", W + "moveFrom"}
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_TEXT = {W + "t", W + "delText", _MATH + "t"}
_SKIPPED = {
    W + n for n in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "rt", "fldData", "smartTagPr")
}
_PRIVATE = "".join(map(chr, range(0xE000, 0xF900)))
_SIGNS_OF_BOXES = "☑☐☒✓✗■√×"


class Change(NamedTuple):
    """Consecutive words that a tracked change inserts, or deletes."""

    inserted: bool
    text: str


class Text(NamedTuple):
    text: str
    """Without hidden and struck words and those that changes take out; a line break is a newline."""
    bold: bool
    """Whether all of it is bold."""
    lead: int
    """Characters at its start that are bold, where the rest is not."""
    hidden: str
    struck: str
    changes: list[Change]
    boxes: list[etree._Element]
    """The contents of its text boxes."""
    objects: list[Message]
    """What is no text, in Chinese and English."""
    comments: list[str]
    """Ids of the comments anchored in it."""
    notes: list[tuple[str, str]]
    """`footnotes` or `endnotes`, and the id."""


class _Run(NamedTuple):
    """What words have by the elements around them."""

    inserted: bool = False
    deleted: bool = False
    hidden: bool = False
    struck: bool = False
    bold: bool = False
    raised: bool = False
    font: str = ""


def read_text(paragraph: etree._Element, styles: Styles, style: Style, side: Side, in_cell: bool = False) -> Text:
    """Return the text of a paragraph that has a style, by one side of its tracked changes."""
    reader = _Reader(styles, style, side)
    reader.walk(paragraph, _Run(hidden=bool(style.vanish), struck=bool(style.struck), bold=bool(style.bold)))
    text = "".join(reader.text)
    if text[:1] in _PRIVATE or (not in_cell and reader.symbols == 1 and text[:1] in _SIGNS_OF_BOXES):
        # A bullet typed from a symbol font: a private-use character that shows as something else in any other font.
        text = text.lstrip(_PRIVATE + _SIGNS_OF_BOXES).lstrip(" \t")
    return Text(
        text,
        reader.bold and bool(text.strip()),
        0 if reader.bold else len("".join(reader.lead).strip()),
        "".join(reader.hidden),
        "".join(reader.struck),
        reader.changes,
        reader.boxes,
        _told(reader.objects),
        reader.comments,
        reader.notes,
    )


class _Reader:
    def __init__(self, styles: Styles, style: Style, side: Side):
        self.styles, self.style, self.side = styles, style, side
        self.text: list[str] = []
        self.hidden: list[str] = []
        self.struck: list[str] = []
        self.symbols = 0
        """Boxes and ticks of symbol fonts."""
        self.bold = True
        self.lead: list[str] = []
        """The words so far, while all of them are bold."""
        self.changes: list[Change] = []
        self.boxes: list[etree._Element] = []
        self.objects: Counter[str] = Counter()
        self.comments: list[str] = []
        self.notes: list[tuple[str, str]] = []
        self._fields: list[bool] = []
        """Of each open field, whether its result has begun; before that stands the instruction."""
        self._change_end = (-1, -1)
        """Pieces of text and of changes when the last change ended: a change that begins right there continues it."""

    def walk(self, parent: etree._Element, run: _Run) -> None:
        for child in parent.iterchildren(etree.Element):
            tag = child.tag
            if tag in _TEXT:
                shown = self._shown(child.text or "", run.font)
                self._add(raised(shown) if run.raised else shown, run)
            elif tag == W + "r":
                properties = self.side.of(child.find(W + "rPr"))
                self.walk(child, run if properties is None else self._formatted(properties, run))
            elif tag in _SKIPPED:
                continue
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], run)
            elif tag == W + "sym":
                sign = symbol(child.get(W + "font"), child.get(W + "char"))
                self.symbols += bool(sign)
                self._add(sign, run)
            elif tag in _INSERTED:
                self.walk(child, run._replace(inserted=True))
            elif tag in _DELETED:
                self.walk(child, run._replace(deleted=True))
            elif tag == MC + "AlternateContent":
                self._alternative(child, run)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child, run)
            elif tag == _MATH + "f":
                self._fraction(child, run)
            elif tag == _MATH + "sup":
                self.walk(child, run._replace(raised=True))
            elif tag == W + "ddList":
                self._add(chosen_of_field(child), run)
            elif tag == W + "fldChar":
                self.walk(child, run)
                self._field(child.get(W + "fldCharType"))
            elif tag == W + "checkBox":
                self._add(box_of_field(child), run)
            elif tag in (W + "commentReference", W + "commentRangeStart"):
                self.comments.append(child.get(W + "id", ""))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if not self.side.leaves_out(run.inserted, run.deleted):
                    self.notes.append((tag[len(W) :].removesuffix("Reference") + "s", child.get(W + "id", "")))
            else:
                self.walk(child, run)

    def _formatted(self, properties: etree._Element, run: _Run) -> _Run:
        fonts = properties.find(W + "rFonts")
        return run._replace(
            hidden=self._has(properties, "vanish"),
            struck=self._has(properties, "struck"),
            bold=self._has(properties, "bold"),
            raised=value(properties, "vertAlign") == "superscript",
            font="" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "",
        )

    def _has(self, properties: etree._Element, name: str) -> bool:
        """Return whether a run has an on/off property: by itself, by its style, or by its paragraph's style."""
        stated = is_on(properties, name)
        if stated is None and (run_style := value(properties, "rStyle")):
            stated = getattr(self.styles[run_style], name)
        return bool(getattr(self.style, name) if stated is None else stated)

    def _shown(self, text: str, font: str) -> str:
        text = text.replace("\n", " ")
        shown = printed(text, font)
        self.symbols += sum(one != other for one, other in zip(text, shown))
        return shown

    def _add(self, text: str, run: _Run) -> None:
        if not text or not all(self._fields):
            return
        if run.inserted or run.deleted:
            place = (len(self.text), len(self.changes))
            if self.changes and self.changes[-1].inserted == run.inserted and self._change_end == place:
                self.changes[-1] = Change(run.inserted, self.changes[-1].text + text)
            else:
                self.changes.append(Change(run.inserted, text))
        if not self.side.leaves_out(run.inserted, run.deleted):
            (self.hidden if run.hidden else self.struck if run.struck else self.text).append(text)
            gone = run.hidden or run.struck
            self.bold = self.bold and (run.bold or gone or not text.strip())
            if self.bold and not gone:
                self.lead.append(text)
        if run.inserted or run.deleted:
            self._change_end = (len(self.text), len(self.changes))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _alternative(self, element: etree._Element, run: _Run) -> None:
        """Walk into one of the alternatives only: they show the same thing to newer and older programs."""
        choices = list(element.iterchildren(MC + "Choice", MC + "Fallback"))
        with_box = (choice for choice in choices if next(choice.iter(W + "txbxContent"), None) is not None)
        chosen = next(with_box, choices[0] if choices else None)
        if chosen is not None:
            self.walk(chosen, run)

    def _fraction(self, element: etree._Element, run: _Run) -> None:
        for part, before in (("num", ""), ("den", "/")):
            self._add(before, run)
            for child in element.iterchildren(_MATH + part):
                self.walk(child, run)

    def _drawing(self, element: etree._Element, run: _Run) -> None:
        boxes = list(_outermost(element, W + "txbxContent"))
        if run.inserted or run.deleted:
            self.changes += [
                Change(run.inserted, "".join(node.text or "" for node in box.iter(*_TEXT))) for box in boxes
            ]
        if not self.side.leaves_out(run.inserted, run.deleted):
            self.boxes += boxes
        if element.tag == W + "object":
            self.objects["object"] += 1
            return
        for path in element.iter(_ALONG_A_PATH):
            # Lettering as decoration, which titles are set in.
            self._add(path.get("string", ""), run)
        self.objects["diagram"] += sum(1 for _ in element.iter(_DIAGRAM))
        self.objects["picture"] += sum(1 for _ in element.iter(_PICTURE, _IMAGE_DATA))
        self.objects["chart"] += sum(1 for _ in element.iter(_CHART))


def _told(objects: Counter[str]) -> list[Message]:
    told = (
        N_n("图片 {number} 个", objects["picture"]),
        N_n("图表 {number} 个", objects["chart"]),
        N_n("SmartArt 图形 {number} 个", objects["diagram"]),
        N_n("嵌入对象 {number} 个", objects["object"]),
    )
    return [one for one in told if dict(one.values)["number"]]


def _outermost(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the descendants of a name, of alternatives those of the first only, and not those inside another."""
    for child in element.iterchildren(etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from _outermost(next(iter(child), child), tag)
        else:
            yield from _outermost(child, tag)
