"""The pages that MkDocs makes: what the register adds to those which are its own, and to others that ask for a piece of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from rectify.core.language import _
from rectify.core.register import Register
from rectify.core.site_map import ADDRESSES
from rectify.host.bodies import BASE, base_of
from rectify.host.embedded import asks, embed
from rectify.host.fragments import Fragments
from rectify.host.ground import Ground
from rectify.host.guest import GuestFrame, alone, hidden
from rectify.host.page_records import PageRecords
from rectify.host.theme_assets import ThemeAssets
from rectify.host.written_pages import head_of, lang_attribute, register_part
from rectify.outputs.linked_data import Publisher


class Surroundings(NamedTuple):
    """What every page of a site has of the register."""

    publisher: str
    menu: list[dict[str, str]]
    """The sections of the register: name, label and address of each."""
    assets: ThemeAssets
    language: str
    as_of: str
    """The day of its figures, as people say it; empty where there are none."""

    def context(self) -> dict[str, Any]:
        """Return what every template of the theme may show of the register."""
        return {
            "menu": self.menu,
            "at": ADDRESSES,
            "assets": self.assets,
            "section": "",
            "publisher": self.publisher,
            "head": "",
            "lang": self.language,
            "title_lang": "",
            "about_lang": "",
            "preview": "",
            "kind": "website",
            "page_lang": "",
            "read_address": "",
            "as_of": self.as_of,
        }


class OrdinaryPages:
    """Fills in the pages of one build."""

    def __init__(
        self,
        ground: Ground,
        register: Register,
        fragments: Fragments,
        frame: GuestFrame,
        surroundings: Surroundings,
        records: PageRecords,
        address: str,
    ):
        """`address` is that of the register's root, empty where none is known; only a site of its owner's has the `frame`."""
        self._ground, self._register, self._fragments, self._frame = ground, register, fragments, frame
        self._surroundings, self._records, self._address = surroundings, records, address
        self._guests: set[str] = set()
        """Pages outside the register that have a piece of it."""

    def context(self, page: Page, config: MkDocsConfig) -> dict[str, Any]:
        """Return the context of a page; home and methodology get the register's part.

        Raises ValueError for a page that asks for a piece of the register that there is not.
        """
        context, source = self._surroundings.context(), self._ground.inside(page.file.src_uri)
        if source is not None:
            # Elsewhere than in its place is a page that another plugin has a second time, for another language for instance.
            if (address := self._ground.inside(page.url.removeprefix("./"))) is not None:
                self._records.note(page, address)
            site = Publisher(config.site_name, self._surroundings.publisher, f"{self._address.rstrip('/')}/")
            context["section"] = source.removesuffix(".md")
            context["title_lang"] = context["page_lang"] = lang_attribute(page)
            context["head"] = head_of(source, page, site, config.site_description or "", self._fragments)
        content = page.content or ""
        if asks(content) and not page.file.src_uri.startswith(self._ground.others):
            content = page.content = self._with_pieces(content, page)
        if source is not None and (part := register_part(source, page, self._register, self._fragments)):
            content = context["content"] = part.replace(BASE, base_of(page.url, self._ground.path))
        if source is not None and not self._ground.is_whole:
            page.meta.setdefault("hide", hidden(config))
            heading = Markup("" if "<h1" in content else "<h1>{}</h1>\n").format(page.title)
            part = self._frame.part(heading + Markup(content), context["section"])
            page.content = part.replace(BASE, base_of(page.url, self._ground.path))
        return context

    def _with_pieces(self, content: str, page: Page) -> str:
        """Return the text of a page with the pieces of the register that it asks for; each is a part by itself on pages outside."""
        source = page.file.src_uri
        is_outside = self._ground.inside(source) is None
        if is_outside and self._ground.others:
            raise ValueError(_("{file}: 网站里有几个登记，rectify.… 只能写在各自的文件夹里", file=source))
        filled = embed(content, source, self._register, self._fragments, alone if is_outside else str)
        if is_outside and filled != content:
            self._guests.add(source)
        return filled.replace(BASE, base_of(page.url, self._ground.path))

    def finish(self, output: str, page: Page) -> str:
        """Return the HTML of a page, with the register's styles where it has a part of the register."""
        source = page.file.src_uri
        if self._ground.is_whole or (self._ground.inside(source) is None and source not in self._guests):
            return output
        return self._frame.styled(output, base_of(page.url, self._ground.path))
