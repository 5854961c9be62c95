"""A body of Markdown as people write and paste it: what the page would show otherwise than it was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectify.checks.bodies.addresses import addresses
from rectify.checks.bodies.headings import headings
from rectify.checks.bodies.paragraphs import lists, paragraphs
from rectify.checks.bodies.pictures import pasted, pictures
from rectify.checks.bodies.remark import Remark, Text, mended
from rectify.checks.bodies.signs import signs
from rectify.checks.bodies.tables import tables

__all__ = ["Remark", "mended", "remarks", "remarks_of_values"]

_NOUNS = (paragraphs, lists, tables, headings, pictures, addresses, signs)


def remarks(lines: Sequence[tuple[int, str]], path: str, *, is_page: bool = False) -> Iterator[Remark]:
    """Yield what is told of the numbered lines of a body, comments blanked."""
    text = Text(lines, path, is_page=is_page)
    for noun in _NOUNS:
        yield from noun(text)


def remarks_of_values(lines: Sequence[tuple[int, str]], path: str) -> Iterator[Remark]:
    """Yield what is told of the numbered lines of a front matter, whose texts are shown as they stand."""
    yield from pasted(Text(lines, path))
