"""What a paragraph or run has by its style, inherited through basedOn (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lxml import etree

from rectify.intake.readers.wordprocessing import W, is_on, number, value

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"^(?:toc|目录)\s*[1-9]$", re.I)


class Style(NamedTuple):
    """Properties by style; None is not stated."""

    id: str = ""
    level: int | None = None
    """Outline level, 1 for the highest, 0 for body text."""
    align: str | None = None
    num_id: int | None = None
    ilvl: int | None = None
    num_style: str = ""
    """The style in the chain that states `num_id`; a level of the numbering may be bound to it."""
    vanish: bool | None = None
    struck: bool | None = None
    bold: bool | None = None
    contents: bool = False
    """Whether it is a line of a generated table of contents."""


class Styles:
    """All styles of a document, found by id."""

    def __init__(self, root: etree._Element | None):
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._base = Style()
        default = ""
        if root is None:
            self.default = Style()
            return
        for element in root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._elements.setdefault(style_id, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                default = style_id
        defaults = root.find(W + "docDefaults")
        if defaults is not None:
            self._base = _stated(
                Style(), defaults.find(f"{W}pPrDefault/{W}pPr"), defaults.find(f"{W}rPrDefault/{W}rPr")
            )
        self.default = self[default]

    def __getitem__(self, style_id: str) -> Style:
        """Return a style with all it inherits; an unknown id has the document's defaults."""
        chain, current = [], style_id
        while current in self._elements and current not in self._known and current not in chain:
            chain.append(current)
            current = value(self._elements[current], "basedOn") or ""
        style = self._known.get(current, self._base)
        for name in reversed(chain):
            style = self._known[name] = self._with(style, name)
        return style

    def of(self, paragraph_properties: etree._Element | None) -> Style:
        """Return the style of a paragraph with what the paragraph itself states."""
        style_id = value(paragraph_properties, "pStyle")
        style = self[style_id] if style_id in self._elements else self.default
        return _stated(style, paragraph_properties, None)

    def _with(self, style: Style, style_id: str) -> Style:
        element = self._elements[style_id]
        name = (value(element, "name") or style_id).strip()
        style = style._replace(id=style_id, contents=bool(_CONTENTS.match(name)))
        if heading := _HEADING.match(name):
            style = style._replace(level=int(heading[1]))
        before = style.num_id
        style = _stated(style, element.find(W + "pPr"), element.find(W + "rPr"))
        return style if style.num_id == before else style._replace(num_style=style_id)


def _stated(style: Style, paragraph: etree._Element | None, run: etree._Element | None) -> Style:
    """Return a style with the properties that two property elements state."""
    values: dict[str, Any] = {}
    if paragraph is not None:
        level = number(value(paragraph, "outlineLvl"))
        if level is not None and 0 <= level <= 9:
            values["level"] = (level + 1) % 10
        values["align"] = value(paragraph, "jc")
        numbering = paragraph.find(W + "numPr")
        values["num_id"], values["ilvl"] = number(value(numbering, "numId")), number(value(numbering, "ilvl"))
    if run is not None:
        values |= {name: is_on(run, name) for name in ("vanish", "struck", "bold")}
    return style._replace(**{name: stated for name, stated in values.items() if stated is not None})
