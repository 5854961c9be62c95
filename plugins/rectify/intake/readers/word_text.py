"""The text of one Word paragraph, and what stands in it beside the text: changes, hidden words, boxes, objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from rectify.core.language import Message, N_n
from rectify.intake.readers.styles import Style, Styles
from rectify.intake.readers.wordprocessing import MC, W, switch, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"

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
    W + n
    for n in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "rt", "fldData", "sym", "smartTagPr")
}
_PRIVATE = "".join(map(chr, range(0xE000, 0xF900)))


class Change(NamedTuple):
    """Consecutive words that a tracked change inserts, or deletes."""

    inserted: bool
    text: str


class Text(NamedTuple):
    text: str
    """Without insertions and hidden words; a line break is a newline."""
    bold: bool
    """Whether all of it is bold."""
    hidden: str
    changes: list[Change]
    boxes: list[etree._Element]
    """The contents of its text boxes."""
    objects: list[Message]
    """What is no text, in Chinese and English."""
    comments: list[str]
    """Ids of the comments anchored in it."""
    notes: list[tuple[str, str]]
    """`footnotes` or `endnotes`, and the id."""


def read_text(paragraph: etree._Element, styles: Styles, style: Style) -> Text:
    """Return the text of a paragraph that has a style."""
    reader = _Reader(styles, style)
    reader.walk(paragraph, False, False, bool(style.vanish), bool(style.bold))
    text = "".join(reader.text)
    if text[:1] in _PRIVATE:
        # A bullet typed from a symbol font: a private-use character that shows as something else in any other font.
        text = text.lstrip(_PRIVATE).lstrip(" \t")
    return Text(
        text,
        reader.bold and bool(text.strip()),
        "".join(reader.hidden),
        reader.changes,
        reader.boxes,
        _told(reader.objects),
        reader.comments,
        reader.notes,
    )


class _Reader:
    def __init__(self, styles: Styles, style: Style):
        self.styles, self.style = styles, style
        self.text: list[str] = []
        self.hidden: list[str] = []
        self.bold = True
        self.changes: list[Change] = []
        self.boxes: list[etree._Element] = []
        self.objects: Counter[str] = Counter()
        self.comments: list[str] = []
        self.notes: list[tuple[str, str]] = []
        self._fields: list[bool] = []
        """Of each open field, whether its result has begun; before that stands the instruction."""
        self._change_end = (-1, -1)
        """Pieces of text and of changes when the last change ended: a change that begins right there continues it."""

    def walk(self, parent: etree._Element, inserted: bool, deleted: bool, hidden: bool, bold: bool) -> None:
        for child in parent.iterchildren(etree.Element):
            tag = child.tag
            if tag in _TEXT:
                self._add((child.text or "").replace("\n", " "), inserted, deleted, hidden, bold)
            elif tag == W + "r":
                properties = child.find(W + "rPr")
                if properties is None:
                    self.walk(child, inserted, deleted, hidden, bold)
                else:
                    self.walk(child, inserted, deleted, self._has(properties, "vanish"), self._has(properties, "b"))
            elif tag in _SKIPPED:
                continue
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], inserted, deleted, hidden, bold)
            elif tag in _INSERTED:
                self.walk(child, True, deleted, hidden, bold)
            elif tag in _DELETED:
                self.walk(child, inserted, True, hidden, bold)
            elif tag == MC + "AlternateContent":
                self._alternative(child, inserted, deleted, hidden, bold)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child, inserted)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag in (W + "commentReference", W + "commentRangeStart"):
                self.comments.append(child.get(W + "id", ""))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if not inserted:
                    self.notes.append((tag[len(W) :].removesuffix("Reference") + "s", child.get(W + "id", "")))
            else:
                self.walk(child, inserted, deleted, hidden, bold)

    def _has(self, properties: etree._Element, name: str) -> bool:
        """Return whether a run has an on/off property: by itself, by its style, or by its paragraph's style."""
        stated = switch(properties, name)
        attribute = "bold" if name == "b" else name
        if stated is None and (run_style := value(properties, "rStyle")):
            stated = getattr(self.styles[run_style], attribute)
        return bool(getattr(self.style, attribute) if stated is None else stated)

    def _add(self, text: str, inserted: bool, deleted: bool, hidden: bool, bold: bool) -> None:
        if not text or not all(self._fields):
            return
        if inserted or deleted:
            place = (len(self.text), len(self.changes))
            if self.changes and self.changes[-1].inserted == inserted and self._change_end == place:
                self.changes[-1] = Change(inserted, self.changes[-1].text + text)
            else:
                self.changes.append(Change(inserted, text))
        if not inserted:
            (self.hidden if hidden else self.text).append(text)
            self.bold = self.bold and (bold or hidden or not text.strip())
        if inserted or deleted:
            self._change_end = (len(self.text), len(self.changes))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _alternative(self, element: etree._Element, inserted: bool, deleted: bool, hidden: bool, bold: bool) -> None:
        """Walk into one of the alternatives only: they show the same thing to newer and older programs."""
        choices = list(element.iterchildren(MC + "Choice", MC + "Fallback"))
        with_box = (choice for choice in choices if next(choice.iter(W + "txbxContent"), None) is not None)
        chosen = next(with_box, choices[0] if choices else None)
        if chosen is not None:
            self.walk(chosen, inserted, deleted, hidden, bold)

    def _drawing(self, element: etree._Element, inserted: bool) -> None:
        boxes = list(_outermost(element, W + "txbxContent"))
        if not inserted:
            self.boxes += boxes
        else:
            self.changes += [Change(True, "".join(node.text or "" for node in box.iter(W + "t"))) for box in boxes]
        if element.tag == W + "object":
            self.objects["object"] += 1
            return
        self.objects["picture"] += sum(1 for _ in element.iter(_PICTURE, _IMAGE_DATA))
        self.objects["chart"] += sum(1 for _ in element.iter(_CHART))


def _told(objects: Counter[str]) -> list[Message]:
    told = (
        N_n("图片 {number} 个", objects["picture"]),
        N_n("图表 {number} 个", objects["chart"]),
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
