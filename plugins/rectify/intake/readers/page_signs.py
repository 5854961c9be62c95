"""Boxes and ticks of a saved page that are no characters: check boxes of forms, letters of symbol fonts."""

from __future__ import annotations

import re

from lxml import etree

from rectify.intake.readers.symbol_fonts import printed

_FAMILY = re.compile(r"font-family\s*:\s*([^;,]{1,60})", re.I)
_BOXES = ("checkbox", "radio")


def settle_signs(root: etree._Element) -> None:
    """Write boxes and ticks into the text of a page as what they print."""
    for element in root.iter("input", "span", "font"):
        if element.tag == "input":
            if element.get("type", "").lower() in _BOXES:
                sign = "☑" if element.get("checked") is not None else "☐"
                element.tail = sign + (element.tail or "")
            continue
        family = _FAMILY.search(element.get("style", "")[:1000])
        font = family[1] if family else element.get("face", "")
        if font:
            for inner in element.iter(etree.Element):
                inner.text = printed(inner.text, font) if inner.text else None
                if inner is not element and inner.tail:
                    inner.tail = printed(inner.tail, font)
