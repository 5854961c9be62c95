"""What of Markdown counts in a body: no raw HTML, no code by indentation, no comments, no links that run script.

Texts come from office documents: angle brackets and four leading blanks in them are never meant as markup.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from rectify.core.comments import without_comments
from rectify.core.entities import unescape
from rectify.core.soft_breaks import join_lines

EXTENSIONS = (TableExtension(use_align_attribute=True), "sane_lists")
"""Alignment as an attribute: a strict Content-Security-Policy ignores inline styles."""
_DEEPEST = 100
"""Levels of elements; Python stops at a thousand calls inside each other."""
_CODE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}


class SafeText(Extension):
    """Shows raw HTML as text, drops comments, joins wrapped lines; without `code`, indented lines stay paragraphs."""

    def __init__(self, code: bool = False):
        super().__init__()
        self._code = code

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        if not self._code:
            md.parser.blockprocessors.deregister("code", strict=False)
        md.preprocessors.register(_NoComments(md), "rectify-no-comments", 100)
        # Before everything that walks through the elements, level by level.
        md.treeprocessors.register(_Shallow(md), "rectify-shallow", 19)
        # Before blocks of code, which other extensions keep aside, are put back.
        md.postprocessors.register(_JoinedLines(md), "rectify-joined-lines", 35)


class _NoComments(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return without_comments("\n".join(lines)).split("\n")


class _JoinedLines(Postprocessor):
    def run(self, text: str) -> str:
        if "<pre>" not in text:
            return join_lines(text)
        return "".join(part if part.startswith("<pre>") else join_lines(part) for part in _CODE.split(text))


class _Shallow(Treeprocessor):
    """Takes emphasis inside emphasis inside emphasis out where nobody can mean it: what walks through it would go too deep."""

    def run(self, root: Element) -> None:
        if sum(1 for tag in ("em", "strong") for _ in root.iter(tag)) <= _DEEPEST:
            return
        level: list[Element] = [root]
        for _ in range(_DEEPEST):
            level = [child for element in level for child in element]
        for element in level:
            element.text = "".join(element.itertext())
            del element[:]


def is_safe(target: str) -> bool:
    """Return whether a link may be followed: a place on the site, a web or e-mail address or a telephone number."""
    # Browsers ignore control characters and blanks inside a scheme, so they are dropped before looking at it.
    plain = re.sub(r"[\x00-\x20]", "", unescape(target))
    try:
        return urlsplit(plain).scheme.lower() in _SAFE_SCHEMES
    except ValueError:
        return False
