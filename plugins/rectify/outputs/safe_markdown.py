"""What of Markdown counts in a body: no raw HTML, no code by indentation, no comments, no links that run script.

Texts come from office documents: angle brackets and four leading blanks in them are never meant as markup.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor

from rectify.core.comments import without_comments
from rectify.core.entities import unescape

EXTENSIONS = (TableExtension(use_align_attribute=True), "sane_lists")
"""Alignment as an attribute: a strict Content-Security-Policy ignores inline styles."""
_SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}


class SafeText(Extension):
    """Shows raw HTML as text and drops comments; without `code`, indented lines stay paragraphs."""

    def __init__(self, code: bool = False):
        super().__init__()
        self._code = code

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        if not self._code:
            md.parser.blockprocessors.deregister("code", strict=False)
        md.preprocessors.register(_NoComments(md), "rectify-no-comments", 100)


class _NoComments(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return without_comments("\n".join(lines)).split("\n")


def is_safe(target: str) -> bool:
    """Return whether a link may be followed: a place on the site, a web or e-mail address or a telephone number."""
    # Browsers ignore control characters and blanks inside a scheme, so they are dropped before looking at it.
    plain = re.sub(r"[\x00-\x20]", "", unescape(target))
    try:
        return urlsplit(plain).scheme.lower() in _SAFE_SCHEMES
    except ValueError:
        return False
