"""The names of WordprocessingML, and how its properties are read (ECMA-376 part 1, 17)."""

from __future__ import annotations

from typing import NamedTuple, overload

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_NAMES = {"bold": ("b",), "struck": ("strike", "dstrike")}
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


class Side(NamedTuple):
    """Which side of the tracked changes is read: as if all were accepted, or as if all were rejected (17.13.5)."""

    accepted: bool = True

    def leaves_out(self, inserted: bool, deleted: bool) -> bool:
        """Return whether words that a change inserts, or deletes, are no part of the text."""
        return deleted if self.accepted else inserted

    def takes_out(self, properties: etree._Element | None, names: str = "ins moveTo del moveFrom") -> bool:
        """Return whether the thing that has the properties is not there: a row, a cell, the mark of a paragraph.

        `names` are the insertions and the deletions, half and half.
        """
        every = names.split()
        gone = every[len(every) // 2 :] if self.accepted else every[: len(every) // 2]
        return properties is not None and any(properties.find(W + name) is not None for name in gone)

    def of(self, properties: etree._Element | None) -> etree._Element | None:
        """Return the properties, those from before a tracked change where changes are rejected."""
        if properties is None or self.accepted:
            return properties
        kind = properties.tag
        before = properties.find(f"{kind}Change/{kind}")
        return properties if before is None else before


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """Return an on/off property by the name that a style has for it, None where it is not stated."""
    stated = [one for tag in _NAMES.get(name, (name,)) if (one := switch(parent, tag)) is not None]
    return any(stated) if stated else None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return an on/off property (17.17.4), None where it is not stated."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "true") not in ("0", "false", "off")
