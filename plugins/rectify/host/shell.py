"""The page shell: the theme's full template rendered once per depth and section, then filled with a page's parts."""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_datetime

from rectify.host.bodies import BASE
from rectify.host.page_heads import Head
from rectify.host.site_texts import Quoted, SiteTexts

TITLE, DESCRIPTION, URL, _READ_URL, CONTENT, HEAD, _TITLE_LANG, _ABOUT_LANG, PREVIEW, _KIND = (
    f"\x1a{name}\x1a"
    for name in ("title", "about", "url", "readurl", "content", "head", "titlelang", "aboutlang", "preview", "kind")
)
_PARTS = re.compile("(\x1a[a-z]+\x1a)")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_FOLDER = re.compile(r'((?:href|action)=")((?:[^"#?:]*/)?(?:\.\.?)?)(?=["#?])')
"""A link to a folder of the site, which a server answers with the page in it."""


def spelled(page: str) -> str:
    """Return the HTML of a page with the file spelled in its links to folders, as it must be where no server answers."""
    return _FOLDER.sub(_spelled, page)


def spelled_below(page: str, address: str, path: str) -> str:
    """Return the same of a page that is its owner's: of its links only those are changed that lead below this path of the site."""
    folder = posixpath.dirname(address)

    def one(link: re.Match[str]) -> str:
        target = f"{posixpath.normpath(posixpath.join(folder, link[2]))}/"
        is_below = target.startswith(path) or (target.startswith("/") and f"/{path}" in target)
        return _spelled(link) if is_below else link[0]

    return _FOLDER.sub(one, page)


def _spelled(link: re.Match[str]) -> str:
    return f"{link[1]}{posixpath.join(link[2], 'index.html')}" if link[2] else link[0]


class Page(NamedTuple):
    """A page of the register before it is put into the shell."""

    url: str
    """Relative to the site's root, ending in a slash."""
    title: str
    content: str
    """HTML with BASE in front of links into the site."""
    description: str = ""
    section: str = ""
    """The entry of the main menu that it belongs to."""
    head: Head = Head()

    @property
    def path(self) -> str:
        return f"{self.url}index.html"


class _ShellPage:
    """What the theme's templates ask of a page, with placeholders for its parts."""

    is_homepage, is_page = False, True
    toc: tuple = ()
    edit_url = previous_page = next_page = parent = None
    ancestors: tuple = ()
    active = False

    def __init__(self, url: str, site_url: str | None):
        self.url, self.title, self.content = url, TITLE, CONTENT
        self.canonical_url = f"{site_url.rstrip('/')}/{URL}" if site_url else None
        self.meta = {"description": DESCRIPTION}


def shell_context(nav: Navigation, config: MkDocsConfig, register: dict[str, Any]) -> dict[str, Any]:
    """Return what the theme's templates ask for besides the page; `register` is what they may show of ours."""
    return {
        "nav": nav,
        "pages": [],
        "config": config,
        "extra_css": [],
        "extra_javascript": [],
        "mkdocs_version": "",
        "build_date_utc": get_build_datetime(),
        "rectify": register,
    }


class PartsOfShell(NamedTuple):
    """Shells that were rendered, as plain data."""

    about: str
    spells_files: bool
    shells: tuple[tuple[int, str, tuple[str, ...]], ...]
    """Depth, section and parts of each."""


class Shell:
    """Turns pages of the register into complete HTML files."""

    def __init__(self, env: Environment, context: dict[str, Any], texts: SiteTexts, spells_files: bool):
        """`spells_files` is for pages that are opened without a server too."""
        self._env, self._context = env, context
        self._texts, self._spells_files = texts, spells_files
        self._shells: dict[tuple[int, str], list[str]] = {}
        config = context["config"]
        self._about = config.site_description or config.site_name
        """Stands for a page that says no more of itself."""

    def fill(self, page: Page) -> bytes:
        """Return the HTML of a page, as UTF-8."""
        depth = page.url.count("/")
        base = "../" * depth
        values = {
            BASE: base,
            TITLE: html.escape(page.title),
            DESCRIPTION: html.escape(page.description or self._about),
            URL: quote(page.url),
            _READ_URL: self._read(page.url),
            CONTENT: page.content.replace(BASE, base),
            HEAD: "".join([*(meta_element(*tag, self._lang_of(tag[1])) for tag in page.head.meta), page.head.data]),
            PREVIEW: html.escape(page.head.preview or page.title),
            _KIND: "article" if page.head.preview else "website",
            _TITLE_LANG: self._lang_of(page.title),
            _ABOUT_LANG: self._lang_of(page.description),
        }
        whole = "".join(values.get(part, part) for part in self._parts(depth, page.section))
        return (spelled(whole) if self._spells_files else whole).encode()

    def alone(self, url: str, document: str) -> bytes:
        """Return a whole document at an address of the site, which has nothing of the site around it; BASE before its links."""
        whole = document.replace(BASE, "../" * url.count("/"))
        return (spelled(whole) if self._spells_files else whole).encode()

    def _lang_of(self, text: str) -> str:
        return self._texts.lang_of(text) if isinstance(text, Quoted) else ""

    def _read(self, url: str) -> str:
        """Return an address as it is read, in HTML: what a list is of stands in it in the language of the content."""
        return str(escape(self._texts.as_written(url)))

    def _parts(self, depth: int, section: str) -> list[str]:
        if (depth, section) not in self._shells:
            self._shells[depth, section] = _PARTS.split(_BLANK_LINES.sub("\n", self._whole(depth, section)))
        return self._shells[depth, section]

    def _whole(self, depth: int, section: str) -> str:
        """Return the theme's template around a page so deep in a section, with placeholders for what differs."""
        config = self._context["config"]
        base_url = "/".join([".."] * depth) or "."
        page = _ShellPage("x/" * depth, config.site_url)
        context = {**self._context, "page": page, "base_url": base_url}
        context["rectify"] = {
            **context["rectify"],
            "read_address": (page.canonical_url or "").replace(URL, _READ_URL),
            "section": section,
            "head": HEAD,
            "title_lang": _TITLE_LANG,
            "about_lang": _ABOUT_LANG,
            "preview": PREVIEW,
            "kind": _KIND,
        }
        return self._env.get_template("shell.html").render(context)

    def warm(self, depths: range, sections: tuple[str, ...]) -> None:
        """Render the shells that many pages need, before worker processes copy this one."""
        for depth in depths:
            for section in sections:
                self._parts(depth, section)

    def fingerprint(self) -> str:
        """Return a text that changes when the shell of any page would."""
        return f"{self._spells_files}{''.join(self._parts(1, ''))}"

    def sent(self) -> PartsOfShell:
        """Return the shells that were rendered by now, for a `SentShell`."""
        shells = tuple((depth, section, tuple(parts)) for (depth, section), parts in self._shells.items())
        return PartsOfShell(self._about, self._spells_files, shells)


class SentShell(Shell):
    """The shells that another machine has rendered."""

    def __init__(self, sent: PartsOfShell, texts: SiteTexts):
        self._texts, self._spells_files, self._about = texts, sent.spells_files, sent.about
        self._shells = {(depth, section): list(parts) for depth, section, parts in sent.shells}


@lru_cache(1000)  # The pages of a disclosure have most of theirs in common.
def meta_element(name: str, content: str, lang: str = "") -> str:
    """Return a meta element; `lang` is an attribute of it."""
    return f'<meta name="{html.escape(name)}"{lang} content="{html.escape(content)}">'
