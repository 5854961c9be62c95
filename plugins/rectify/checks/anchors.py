"""Places in pages that links of the sources lead to, #progress or a heading, and those among them that no page has.

Told from the sources, so that whoever writes learns of it before anything is built; the built site is asked again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

from rectify.checks.links import Link
from rectify.core.entities import unescape
from rectify.core.finding import Finding, found
from rectify.core.site_map import PARTS, REPORTS
from rectify.sources.configuration import Configuration
from rectify.sources.content import is_page
from rectify.sources.front_matter import parse
from rectify.sources.public_text import body_lines
from rectify.sources.text import read_text

_PROBLEM = re.compile(rf"{REPORTS}/[^/]+/\d+\.md")
_DISCLOSURE = re.compile(rf"{REPORTS}/[^/]+/index\.md")
_OF_THE_THEME = (
    (_PROBLEM, re.compile(r"progress|measures|body|matter|history|objection|cite")),
    (
        _DISCLOSURE,
        re.compile(rf"{'|'.join(PARTS)}|summary|months|problems|group-\d+|prose|outcomes|history|contact|others|take"),
    ),
    (
        re.compile(r"methodology\.md"),
        re.compile(r"status|flags|priority|counting|data|(?:status|flag|priority|rule)-[a-z-]+"),
    ),
    (re.compile(r"index\.md"), re.compile(r"list|home-(?:updates|reports|overdue|figures|object)")),
)
"""Of each kind of page, the places that the theme names in it; some only where there is something to show."""
_ANYWHERE = re.compile(r"content|rf-[\w-]+|:~:.*")
"""Of every page; the last is a passage that the browser looks for."""
_ID = re.compile(r"""\bid=["']?([^\s"'<>{}]+)""")
_HEADING = re.compile(r"[ >*+\-\d.)]{0,30}(?<![#\\])#{1,6}(?!#)(.*)")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]+|(?<!\w)_+|_+(?!\w)")
_NAMED = re.compile(r"\{[^{}\n]{1,200}\}")
_NAME = re.compile(r"#([\w-]+)")
_SETTINGS = re.compile(r"^[ \t]*(?:-[ \t]*)?(?:markdown\.extensions\.)?toc[ \t]*:", re.M)
"""What makes the ids of headings."""


def dead_anchors(all_links: Iterable[Link], content: Path, site: Configuration | None = None) -> Iterator[Finding]:
    """Yield the links that lead to a place which the page of a source does not have."""
    asked = [(link, anchor) for link in all_links if (anchor := unquote(urldefrag(link.target).fragment))]
    if not asked:
        return
    has = Places(content, site).has
    for link, anchor in asked:
        if not has(link, anchor):
            yield found("S089", link.path, link.line, link.column, found=link.target, excerpt=link.target)


class Places:
    """The places of pages, each page read when somebody asks for it."""

    def __init__(self, content: Path, site: Configuration | None):
        self._content = content
        self._settings = site.file.read_text("utf-8", "replace") if site is not None else ""
        pages = site.theme.rglob("*.html") if site is not None and site.theme is not None else ()
        # What else stands in a page that the owner of a site frames, and what an owner's settings call headings, the build tells.
        self._is_open = site is not None and bool(site.path or _SETTINGS.search(self._settings))
        self._of_theme = {name for page in pages for name in _ID.findall(page.read_text("utf-8", "replace"))}
        self._known: dict[str, set[str]] = {}

    def has(self, link: Link, anchor: str) -> bool:
        """Return whether the page that a link leads to may have a place of this name."""
        path = link.leads_to
        if not is_page(path) or not (self._content / path).is_file():
            return True  # of a document its reader decides, and a page that is missing is told as such
        if _ANYWHERE.fullmatch(anchor):
            return True
        if _PROBLEM.fullmatch(link.path) and link.target.startswith("#"):
            return False  # the page of the whole disclosure has the text too, and many of each place
        if anchor in self._of_theme or any(
            page.fullmatch(path) and place.fullmatch(anchor) for page, place in _OF_THE_THEME
        ):
            return True
        if self._is_open and not path.startswith(f"{REPORTS}/"):
            return True
        if path not in self._known:
            self._known[path] = self.headings(path)
        return anchor in self._known[path]

    def headings(self, path: str) -> set[str]:
        """Return the places that the headings of a source make in its page."""
        text, _ = read_text(self._content / path, path, self._content)
        if text is None or _PROBLEM.fullmatch(path):
            return set()
        first = parse(text, path).body_line if text.startswith("---") else 1
        lines = [line for _, line in body_lines(text, first)]
        if _DISCLOSURE.fullmatch(path):
            return _ids(_headings(lines), _slug_of_prose)
        ids = _ids(_headings(lines), _slug)
        if "attr_list" in self._settings:
            ids |= {name for braces in _NAMED.findall("\n".join(lines)) for name in _NAME.findall(braces)}
        return ids


def _headings(lines: list[str]) -> Iterator[str]:
    """Yield the texts of the headings."""
    for line, below in zip(lines, [*lines[1:], ""]):
        if match := _HEADING.match(line):
            yield _plain(match[1].rstrip().rstrip("#"))
        elif line.strip() and (under := below.rstrip()) and under[0] in "=-" and not under.strip(under[0]):
            yield _plain(line)


def _plain(text: str) -> str:
    shown = _LINK.sub(lambda match: "" if match[1] else match[2], text)
    return unescape(_SIGNS.sub(lambda match: match[1] or "", shown)).strip()


def _slug(text: str) -> str:
    """Return what MkDocs calls a heading: of Chinese characters nothing is left, and a number stands for them."""
    kept = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", kept).strip().lower())
    return f"text-{slug}" if slug == "content" or slug.startswith("rf-") else slug


def _slug_of_prose(text: str) -> str:
    """Return what the register calls a heading of a disclosure's prose."""
    return "text-" + re.sub(r"[^\w]+", "-", text).strip("-").lower()


def _ids(headings: Iterable[str], slug: Callable[[str], str]) -> set[str]:
    ids: set[str] = set()
    for heading in headings:
        name = slug(heading)
        while not name or name in ids:
            base, sign, number = name.rpartition("_")
            name = f"{base}_{int(number) + 1}" if sign and number.isdecimal() else f"{name}_1"
        ids.add(name)
    return ids
