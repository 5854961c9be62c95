"""The badge of a disclosure: how far it is, as a small picture to put into another page."""

from __future__ import annotations

from xml.etree import ElementTree as xml

from rectify.core.columns import columns_of

_SVG = "http://www.w3.org/2000/svg"
_HEIGHT, _PADDING = 22, 8
_COLUMN = 6
"""Half the width of a character."""


def badge(label: str, figure: str) -> bytes:
    """Return the SVG: a label on red, a figure on white beside it; the picture's name says both."""
    left, right = (columns_of(text) * _COLUMN + 2 * _PADDING for text in (label, figure))
    xml.register_namespace("", _SVG)
    size = {"width": str(left + right), "height": str(_HEIGHT), "viewBox": f"0 0 {left + right} {_HEIGHT}"}
    root = xml.Element(f"{{{_SVG}}}svg", {**size, "role": "img", "aria-label": f"{label} {figure}"})
    xml.SubElement(root, f"{{{_SVG}}}title").text = f"{label} {figure}"
    frame = {"x": "0.5", "y": "0.5", "width": str(left + right - 1), "height": str(_HEIGHT - 1)}
    xml.SubElement(root, f"{{{_SVG}}}rect", {**frame, "fill": "#ffffff", "stroke": "#9c1b20"})
    xml.SubElement(root, f"{{{_SVG}}}rect", {"width": str(left), "height": str(_HEIGHT), "fill": "#9c1b20"})
    for text, middle, colour in ((label, left / 2, "#ffffff"), (figure, left + right / 2, "#1d2025")):
        place = {
            "x": f"{middle:g}",
            "y": "15.5",
            "text-anchor": "middle",
            "font-family": "sans-serif",
            "font-size": "12",
        }
        xml.SubElement(root, f"{{{_SVG}}}text", {**place, "fill": colour}).text = text
    return xml.tostring(root, "utf-8") + b"\n"
