"""What a saved page prints that is no text of it: boxes and values of forms, letters of symbol fonts, raised digits."""

from __future__ import annotations

import re

from lxml import etree

from rectify.intake.readers.numerals import raised
from rectify.intake.readers.symbol_fonts import printed

_FAMILY = re.compile(r"font-family\s*:\s*([^;,]{1,60})", re.I)
_BOXES = ("checkbox", "radio")


def settle_signs(root: etree._Element) -> None:
    """Write into the text of a page what its boxes, forms, symbol fonts and raised digits print."""
    for element in root.iter("input", "select", "textarea", "sup", "span", "font"):
        if element.tag in ("input", "select", "textarea"):
            if value := _value(element):
                element.tail = value + (element.tail or "")
            continue
        if element.tag == "sup":
            element.text = raised(element.text or "")
            continue
        family = _FAMILY.search(element.get("style", "")[:1000])
        font = family[1] if family else element.get("face", "")
        if font:
            for inner in element.iter(etree.Element):
                inner.text = printed(inner.text, font) if inner.text else None
                if inner is not element and inner.tail:
                    inner.tail = printed(inner.tail, font)


def _value(element: etree._Element) -> str:
    """Return what a field of a form prints; a value only in a table of data, since a site has fields of its own."""
    kind = element.get("type", "text").lower()
    if element.tag == "input" and kind in _BOXES:
        return "☑" if element.get("checked") is not None else "☐"
    if next(element.iterancestors("td"), None) is None:
        return ""
    if element.tag == "select":
        chosen = next((option for option in element.iter("option") if option.get("selected") is not None), None)
        return "" if chosen is None else "".join(chosen.itertext()).strip()
    if element.tag == "textarea":
        return "".join(element.itertext()).strip()
    return element.get("value", "") if kind == "text" else ""
