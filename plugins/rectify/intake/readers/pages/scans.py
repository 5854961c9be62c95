"""Pages without usable text: what cannot be read is refused, not guessed."""

from __future__ import annotations

from collections.abc import Sequence

from rectify.core.finding import RefusedDocument, found
from rectify.core.language import listed
from rectify.intake.readers.pages.glyph import Page

_UNKNOWN = 0.05
"""Share of characters without a meaning that makes a text layer useless."""
_LISTED = 10


def refuse_scans(pages: Sequence[Page], path: str) -> None:
    """Raise RefusedDocument for pages that are pictures, and for glyphs of which nobody knows the characters."""
    glyphs = [one for page in pages for one in page.glyphs if one.text.strip()]
    if not glyphs:
        raise RefusedDocument(found("I006", path))
    scanned = [
        str(number)
        for number, page in enumerate(pages, 1)
        if page.picture and not any(one.text.strip() for one in page.glyphs)
    ]
    if scanned:
        raise RefusedDocument(found("I034", path, found=listed(scanned[:_LISTED]), allowed=len(scanned)))
    if sum("\ufffd" in one.text for one in glyphs) > _UNKNOWN * len(glyphs):
        raise RefusedDocument(found("I036", path))
