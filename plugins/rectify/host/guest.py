"""The register in somebody else's theme: its pages stand in the frame of that theme's ordinary pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from rectify.core.language import _
from rectify.core.site_map import SITE
from rectify.host.bodies import AROUND, BASE
from rectify.host.fragments import Fragments
from rectify.host.shell import CONTENT, DESCRIPTION, HEAD, PREVIEW, TITLE, URL, Shell
from rectify.host.shell import Page as Filled
from rectify.host.site_texts import SiteTexts
from rectify.host.theme_assets import ThemeAssets

_HAS_HEADING = "<!--<h1-->"
"""Keeps themes that look for a heading in the text of a page from adding one."""
_END_OF_HEAD = "</head>"
_SOURCE = re.compile(f'{AROUND}([^"#?]*)')
_DEPTHS = range(1, 2 + max(place.path.count("/") + bool(place.numbered) for place in SITE.values()))


def hidden(config: MkDocsConfig) -> list[str]:
    """Return what Material is to leave out beside the register, which needs the width and has its own navigation."""
    features = config.theme.get("features") or ()
    return ["toc", "navigation"] if "navigation.tabs" in features else ["toc"]


def alone(piece: str) -> str:
    """Return a piece of the register for a page that is not the register's."""
    return f'<div class="rf-guest"><div class="rf">{piece}</div></div>'


@contextmanager
def _chosen(nav: Navigation, path: str) -> Iterator[None]:
    """While this lasts, the entry of the navigation that leads to the register is the one chosen."""
    entry = next((page for page in nav.pages if page.file.src_uri == f"{path}{SITE['home'].source}"), None)
    if entry:
        entry.active = True
    try:
        yield
    finally:
        if entry:
            entry.active = False


class GuestFrame:
    """What stands around the register's part of a page: its own navigation, and in the head its styles."""

    def __init__(self, fragments: Fragments, menu: list[dict[str, str]], assets: ThemeAssets):
        self._fragments, self._menu = fragments, menu
        self._styles = assets.styles

    def part(self, content: str, section: str) -> str:
        """Return the part of a page of this section, BASE before its links."""
        return self._fragments.render("guest", menu=self._menu, section=section, content=Markup(content))

    def styled(self, page: str, base: str) -> str:
        """Return a whole page with the styles of the register; `base` leads from it to the register's root."""
        return page.replace(_END_OF_HEAD, f'<link rel="stylesheet" href="{base}{self._styles}">\n{_END_OF_HEAD}', 1)


class GuestShell(Shell):
    """Fills pages of the register into the frame of the host theme."""

    def __init__(
        self,
        env: Environment,
        context: dict[str, Any],
        texts: SiteTexts,
        spells_files: bool,
        frame: GuestFrame,
        path: str,
        ways: Mapping[str, str],
    ):
        """`ways` lead to the pages of the site around that texts of the register link to, see `ways_around`."""
        super().__init__(env, context, texts, spells_files)
        self._frame, self._path, self._ways = frame, path, ways

    def fill(self, page: Filled) -> bytes:
        """Return the HTML of a page, as UTF-8."""
        if AROUND in page.content:
            page = page._replace(content=_SOURCE.sub(lambda source: BASE + self._ways[source[1]], page.content))
        return super().fill(page)

    def fingerprint(self) -> str:
        """Return the frames of pages at every depth, for themes write into scripts how deep a page lies, and where links out of them lead."""
        return super().fingerprint() + "".join([*self.frames(), *sorted(map(":".join, self._ways.items()))])

    def frames(self) -> list[str]:
        """Return what stands around a page at each depth."""
        return ["".join(self._parts(depth, "")) for depth in _DEPTHS]

    def _whole(self, depth: int, section: str) -> str:
        config = self._context["config"]
        folder = f"{self._path}{'x/' * depth}"
        # A page of MkDocs itself, for who knows what a theme asks of it.
        page = Page(TITLE, File(f"{folder}index.md", None, config.site_dir, use_directory_urls=True), config)
        page.content = _HAS_HEADING + self._frame.part(CONTENT, section)
        page.meta = {"description": DESCRIPTION, "hide": hidden(config)}
        page.markdown, page.edit_url = "", None
        page.canonical_url = f"{config.site_url.rstrip('/')}/{self._path}{URL}" if config.site_url else None
        nav, pages = self._context["nav"], self._context["pages"]
        context = {**get_context(nav, pages, config, page), "rectify": self._context["rectify"]}
        with _chosen(nav, self._path):
            text = self._framed(context).replace(_HAS_HEADING, "")
        head = f'<meta property="og:title" content="{PREVIEW}">{HEAD}'
        return self._frame.styled(text.replace(_END_OF_HEAD, f"{head}\n{_END_OF_HEAD}", 1), "../" * depth)

    def _framed(self, context: dict[str, Any]) -> str:
        """Return a page as the theme makes it; raises ValueError where that wants what pages of the register do not have."""
        try:
            return self._env.get_template("main.html").render(context)
        except Exception as error:  # what a template of others raises is its own affair
            raise ValueError(
                _(
                    "主题的 main.html 不能用在登记的页面上：{reason}；别的插件、hooks 给每个页面的内容，登记的页面没有，"
                    "在模板里先问有没有，例如 {example}",
                    reason=str(error),
                    example="{% if reading is defined %}",
                )
            ) from error
