"""A line of a document, as recognition reads it."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A paragraph's text without indentation, and where it stands."""

    text: str
    number: int
    markdown: bool = False
    """Whether the text is Markdown already: a table that is part of an account."""
