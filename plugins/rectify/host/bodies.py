"""Markdown bodies -> HTML that is safe to publish: no raw HTML, no script links, links resolved within the content."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX
from markupsafe import Markup

from rectify.core.address import leads_elsewhere
from rectify.core.entities import unescape
from rectify.host import plain_bodies
from rectify.host.inline_patterns import InlinePatterns
from rectify.outputs.public_record import Text
from rectify.outputs.safe_markdown import EXTENSIONS, SafeText, is_safe
from rectify.outputs.search_text import tidy
from rectify.sources.store import key_of

BASE = "\x1abase\x1a"
"""Stands for the relative way to the site's root until the depth of the page is known."""

AROUND = "\x1aaround\x1a"
"""Stands before the source of a page of the site that the register lies in, until the address of that page is known."""

_RUNNING = {"style", "srcdoc", "formaction"}
"""Attributes besides `on…` by which markup could bring script or styles of its own."""
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_TAG = re.compile(r"<[^<>]*>")
_TARGET = re.compile(r'<[^<>]*? (?:href|src)="([^"]*)"')
_HEADING = re.compile(r"(?<=<h)[1-6](?=[ >])|(?<=</h)[1-6](?=>)")
_BLOCK_END = re.compile(r"</(p|li|h[1-6]|td|th|tr|blockquote)>")


class Body(NamedTuple):
    """A converted Markdown text."""

    html: str
    """With BASE in front of links into the site."""
    headings: tuple[tuple[str, str], ...] = ()
    """Id and text of each second-level heading."""
    links: tuple[str, ...] = ()
    """Targets of its links into the site, as written."""

    @property
    def text(self) -> str:
        """The plain text, blocks a blank line apart."""
        return unescape(_TAG.sub("", _BLOCK_END.sub("\n\n", self.html))).replace(BASE, "").strip()

    def as_text(self) -> Text:
        """Return its paragraphs and where its links and pictures lead."""
        paragraphs = tuple(filter(None, map(tidy, self.text.split("\n\n"))))
        links = tuple(unescape(target).replace(BASE, "").replace(AROUND, "") for target in _TARGET.findall(self.html))
        return Text(paragraphs, links, key_of(" ".join(self.html.split())) if self.html else "")


def headings_below(html: Markup, level: int) -> Markup:
    """Return HTML whose highest headings are one level below that of the heading it stands under, so that an outline can be heard."""
    levels = _HEADING.findall(html)
    if not levels:
        return html
    deeper = level + 1 - int(min(levels))
    return Markup(_HEADING.sub(lambda found: str(min(int(found[0]) + deeper, 6)), html))


def base_of(url: str, path: str = "") -> str:
    """Return the relative way from a page to the register's root, which lies at this path of the site, the site's own root if empty."""
    is_inside = url.startswith(path)
    up = "../" * (url.removeprefix(path) if is_inside else url).removeprefix("./").count("/") or "./"
    return up if is_inside else up + path


class SafeAddresses(Extension):
    """Drops links and attributes that could run script and turns pictures on other hosts into links."""

    def extendMarkdown(self, md: Markdown) -> None:
        # Before MkDocs' own look at links, which stops at an address that is none, and before ids are made for headings.
        md.treeprocessors.register(_SafeLinks(md), "rectify-safe-links", 5.5)


class _SafeLinks(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for attribute in ("href", "src"):
                if attribute in element.attrib:
                    target = _unescaped(element.get(attribute, ""))
                    element.set(attribute, target if is_safe(target) else "#")
            for attribute in [
                name for name in element.attrib if name.lower().startswith("on") or name.lower() in _RUNNING
            ]:
                del element.attrib[attribute]
            if "id" in element.attrib:
                element.set("id", own_id(element.get("id", "")))
            if element.tag == "img" and leads_elsewhere(element.get("src", "")):
                _link_instead(element)


def _unescaped(address: str) -> str:
    """Return an address as it will stand in the page; until then Markdown keeps what was behind a backslash as a code."""
    return _ESCAPED.sub(lambda code: chr(int(code[1])), address)


def own_id(name: str) -> str:
    """Return a name for a heading that is none of those that the theme gives what stands around the text."""
    return f"text-{name}" if name == "content" or name.startswith("rf-") else name


def _link_instead(image: Element) -> None:
    """Turn a picture on another host into a link to it: no page loads anything from elsewhere."""
    source, text = image.get("src", ""), image.get("alt", "")
    image.attrib.clear()
    image.tag, image.text = "a", text or source
    image.set("href", source)


class Bodies:
    """One Markdown converter for all texts of the register."""

    def __init__(self) -> None:
        self._links: list[str] = []
        self._folder = ""
        self._plain = self._converter([])
        self._outlined = self._converter([TocExtension(slugify=_slug, toc_depth="2-3")])
        self._patterns = {id(md): InlinePatterns(md) for md in (self._plain, self._outlined)}

    def _converter(self, extensions: list[Extension]) -> Markdown:
        md = Markdown(extensions=[*EXTENSIONS, SafeText(), SafeAddresses(), *extensions])
        md.treeprocessors.register(_SiteLinks(md, self), "rectify-site-links", 6)
        return md

    def problem(self, text: str, folder: str) -> Body:
        """Return the body of a problem whose file lies in `folder`; its headings have no ids."""
        plain = plain_bodies.convert(text) if text.strip() else None
        return self._convert(self._plain, text, folder) if plain is None else Body(plain)

    def prose(self, text: str, folder: str) -> Body:
        """Return the prose of a disclosure, its headings with ids for an outline."""
        body = self._convert(self._outlined, text, folder)
        tokens = getattr(self._outlined, "toc_tokens", [])
        return body._replace(headings=tuple((t["id"], unescape(t["name"])) for t in tokens))

    def _convert(self, md: Markdown, text: str, folder: str) -> Body:
        if not text.strip():
            return Body("")
        self._links, self._folder = [], folder
        md.reset()
        self._patterns[id(md)].fit(text)
        return Body(md.convert(text), links=tuple(self._links))

    def resolve(self, target: str) -> str:
        """Return where a link leads on the site, with BASE, or AROUND where that is outside the register, noting it."""
        if "\x02" in target:  # an e-mail address that Markdown has disguised
            return target
        try:
            parts = urlsplit(target)
        except ValueError:  # no address at all; it is reported as leading nowhere
            self._links.append(target)
            return target
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            return target
        self._links.append(target)
        if not parts.path or parts.path.startswith("/"):
            return target
        path = posixpath.normpath(posixpath.join(self._folder, unquote(parts.path)))
        end = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        if path.startswith("../"):
            return f"{AROUND}{quote(path)}{end}"
        if path.endswith(".md"):
            path = path.removesuffix(".md").removesuffix("index").rstrip("/")
            path = f"{path}/" if path else ""
        return f"{BASE}{quote(path)}{end}"


class _SiteLinks(Treeprocessor):
    def __init__(self, md: Markdown, bodies: Bodies):
        super().__init__(md)
        self._bodies = bodies

    def run(self, root: Element) -> None:
        for element in root.iter():
            for attribute in ("href", "src"):
                if element.get(attribute):
                    element.set(attribute, self._bodies.resolve(_unescaped(element.get(attribute, ""))))


def _slug(text: str, separator: str) -> str:
    return "text-" + re.sub(r"[^\w]+", separator, text).strip(separator).lower()
