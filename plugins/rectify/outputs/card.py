"""The card of a disclosure: what it is and how far, as a picture to put into another page; no script, and no frame that a site may refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as xml

from rectify.core.columns import columns_of
from rectify.core.counts import Counts
from rectify.core.vocabulary import STATUSES
from rectify.outputs.feeds import UNPRINTABLE

_SVG = "http://www.w3.org/2000/svg"
WIDTH = 360
_EDGE = 16
_NOT_FIRST = frozenset("，。、；：！？）》”’,.;:!?)")
"""Signs that no line begins with."""
_INK, _QUIET, _RED, _PAPER = "#1d2025", "#5a6069", "#9c1b20", "#ffffff"


class Card(NamedTuple):
    """What a card says."""

    unit: str
    title: str
    told: str
    """The counts in a sentence."""
    overdue: str
    """How many are overdue, and on which day; empty where none is."""
    state: str
    """Of which day, and by whom."""
    counts: Counts


def card(one: Card) -> bytes:
    """Return the SVG; its name is all that stands in it."""
    xml.register_namespace("", _SVG)
    root = xml.Element(f"{{{_SVG}}}svg", {"role": "img"})
    said = "\n".join(filter(None, (one.unit, one.title, one.told, one.overdue, one.state)))
    xml.SubElement(root, f"{{{_SVG}}}title").text = UNPRINTABLE.sub("", said)
    frame = xml.SubElement(root, f"{{{_SVG}}}rect")
    xml.SubElement(root, f"{{{_SVG}}}rect", {"width": str(WIDTH), "height": "5", "fill": _RED})
    y = 30
    y = _lines(root, one.unit, y, 12, 1, _QUIET)
    y = _lines(root, one.title, y + 6, 16, 3, _INK, bold=True)
    y = _bar(root, one.counts, y)
    y = _lines(root, one.told, y + 10, 13, 2, _INK)
    if one.overdue:
        y = _lines(root, one.overdue, y, 13, 1, _RED, bold=True)
    y = _lines(root, one.state, y + 4, 11, 1, _QUIET)
    size = {"width": str(WIDTH), "height": str(y)}
    root.attrib |= {**size, "viewBox": f"0 0 {WIDTH} {y}"}
    frame.attrib |= {
        "x": "0.5",
        "y": "0.5",
        "width": str(WIDTH - 1),
        "height": str(y - 1),
        "fill": _PAPER,
        "stroke": "#ddd8d0",
    }
    return xml.tostring(root, "utf-8") + b"\n"


def frame_height(one: Card) -> int:
    """Return how many pixels high a frame as wide as the picture must be to show the same as a page, with a line to spare."""

    def lines(text: str, size: int) -> int:
        return sum(1 for _ in _wrapped(text, 2 * (WIDTH - 2 * _EDGE - 2) // size, len(text) + 1))

    small = lines(one.unit, 13) + lines(one.state, 13) + bool(one.overdue) + 1
    return 58 + 24 * lines(one.title, 17) + 22 * lines(one.told, 15) + 22 * small


def _lines(root: xml.Element, text: str, y: int, size: int, most: int, colour: str, bold: bool = False) -> int:
    """Write a text in so many lines at most; returns where the next text may stand."""
    look = {"font-family": "sans-serif", "font-size": str(size), "fill": colour} | (
        {"font-weight": "bold"} if bold else {}
    )
    for line in _wrapped(UNPRINTABLE.sub("", text), 2 * (WIDTH - 2 * _EDGE) // size, most):
        xml.SubElement(root, f"{{{_SVG}}}text", {"x": str(_EDGE), "y": str(y), **look}).text = line
        y += size + size // 2
    return y


def _wrapped(text: str, columns: int, most: int) -> Iterator[str]:
    """Yield a text in lines of so many half-width columns, the last with dots where it does not end."""
    line, room, number = "", columns, 1
    for character in text:
        width = columns_of(character)
        if width > room and character not in _NOT_FIRST:
            if number == most:
                yield f"{line[:-1]}…"
                return
            yield line
            line, room, number = "", columns, number + 1
        line, room = line + character, room - width
    yield line


def _bar(root: xml.Element, counts: Counts, y: int) -> int:
    if not counts.total:
        return y
    whole, x = WIDTH - 2 * _EDGE, float(_EDGE)
    for key, number in counts.shown:
        width = whole * number / counts.total
        place = {"x": f"{x:.2f}", "y": str(y - 10), "width": f"{width:.2f}", "height": "10"}
        xml.SubElement(root, f"{{{_SVG}}}rect", {**place, "fill": STATUSES[key].colours.light})
        x += width
    return y + 14
