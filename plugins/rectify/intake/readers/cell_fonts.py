"""What the fonts of a spreadsheet do to its words: a line through them, letters that print as boxes (ECMA-376 part 1, 18.8.22)."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Font(NamedTuple):
    name: str = ""
    struck: bool = False
    stated: bool = False
    """Whether a part of a cell has it for itself, instead of the cell's."""


Words = tuple[tuple[str, Font], ...]
"""The text of a cell in its parts."""


class Fonts:
    """The fonts of a workbook by the index of a cell's style."""

    def __init__(self, styles: etree._Element | None):
        fonts = None if styles is None else styles.find(_S + "fonts")
        cells = None if styles is None else styles.find(_S + "cellXfs")
        known = [font_of(font) for font in ([] if fonts is None else fonts.iterchildren(_S + "font"))]
        self._of_cells: list[Font] = []
        for style in () if cells is None else cells.iterchildren(_S + "xf"):
            number = style.get("fontId", "0")
            index = int(number) if number.isdecimal() and len(number) < 6 else 0
            self._of_cells.append(known[index] if index < len(known) else Font())

    def __getitem__(self, index: int) -> Font:
        return self._of_cells[index] if 0 <= index < len(self._of_cells) else Font()


def font_of(properties: etree._Element | None) -> Font:
    """Return the font that an element states, of a cell's style or of a run of its text."""
    if properties is None:
        return Font()
    name, strike = (properties.find(_S + tag) for tag in ("name", "strike"))
    if name is None:
        name = properties.find(_S + "rFont")
    struck = strike is not None and strike.get("val", "1") not in ("0", "false")
    return Font("" if name is None else name.get("val", ""), struck, stated=True)
