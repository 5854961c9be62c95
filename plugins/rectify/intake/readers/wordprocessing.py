"""The names of WordprocessingML, and how its properties are read (ECMA-376 part 1, 17)."""

from __future__ import annotations

from typing import overload

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def value(parent: etree._Element | None, name: str) -> str | None:
    """Return the w:val of a child element, None when the child or the attribute is missing."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val")


@overload
def number(text: str | None, default: int) -> int: ...
@overload
def number(text: str | None, default: None = None) -> int | None: ...
def number(text: str | None, default: int | None = None) -> int | None:
    """Return a whole number as written in an attribute, the default when it is none; out of reach counts as none."""
    try:
        result = int(text) if text is not None and len(text) < 12 else None
    except ValueError:
        return default
    return default if result is None else result


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return an on/off property (17.17.4), None where it is not stated."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "true") not in ("0", "false", "off")
