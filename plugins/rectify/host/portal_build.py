"""One build of a portal: from what was collected of its sites to a site in place. The plugin asks it what it asks a `Build`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from rectify import __version__
from rectify.core.counts import headline
from rectify.core.language import N_, _, _n, language
from rectify.core.model import Titles
from rectify.core.portal import ABOUT_OUTCOMES, OUTCOMES, OVER_ADDRESSES, SITES, Listed, Member, Portal
from rectify.core.site_map import ADDRESSES, at
from rectify.host import shell
from rectify.host.bodies import BASE, base_of
from rectify.host.fragments import Fragments
from rectify.host.ground import Ground
from rectify.host.link_targets import refuse_covering
from rectify.host.options import Options
from rectify.host.ordinary_pages import Surroundings
from rectify.host.pieces import LAST, Last, Workshop
from rectify.host.portal_pages import PortalPages
from rectify.host.site_texts import SiteTexts
from rectify.host.sitemap import robots
from rectify.host.stage import Stage
from rectify.host.template_texts import speak_in
from rectify.host.theme_assets import ThemeAssets, publish, theme_assets
from rectify.host.theme_scripts import theme_scripts
from rectify.host.title_words import words_kept
from rectify.host.written_pages import lang_attribute
from rectify.outputs.collected_site import DISCLOSURES, figures_of, records_of
from rectify.sources.cache_folder import cache_folder
from rectify.sources.collection import Collection
from rectify.sources.configuration import NAMES
from rectify.sources.store import Store, code_version, fingerprint, key_of
from rectify.sources.units import read_units

_MENU = (
    ("sites", N_("各网站"), SITES),
    ("problems", N_("问题总表"), at("table")),
    ("overdue", N_("逾期"), at("overdue")),
    ("updates", N_("进展更新"), at("updates")),
    ("about", N_("监督方式"), at("about")),
)
_TEMPLATES = {"index.md": "home.html", "methodology.md": "methodology.html"}
_ADDRESSES = ADDRESSES | OVER_ADDRESSES


class _Shell(shell.Shell):
    """Puts pages into the theme; what leads to a problem leads to another site."""

    def fill(self, page: shell.Page) -> bytes:
        return super().fill(page._replace(content=at_home(page.content)))


def at_home(content: str) -> str:
    """Return HTML without the mark of this site before addresses of others."""
    return content.replace(f"{BASE}http", "http")


class PortalBuild:
    """Reads what was collected at once; raises ValueError before anything is written."""

    owned: tuple[str, ...] = ()

    def __init__(
        self, options: Options, config: MkDocsConfig, ground: Ground, collected: Path, spells_files: bool = False
    ):
        if not ground.is_whole:
            raise ValueError(_("门户是整个网站，mkdocs.yml 里不写 path"))
        self._options, self._spells_files = options, spells_files
        file = Path(os.path.abspath(config.config_file_path or NAMES[0]))
        self._site_dir = Path(config.site_dir)
        cache = cache_folder(file, options.cache, (Path(config.docs_dir), self._site_dir))
        self._store = Store(cache)
        self._theme = ground.templates(config)
        self._texts = SiteTexts(language(ground.language))
        kept = Collection(collected)
        titles = Titles.said(self._texts.language)
        members = [_member(kept, one, titles) for one in kept.listed()]
        for one in members:
            self._texts.learn(words_kept(self._store, one.listed.key, code_version(), _named(one)))
        self.register = Portal(members, read_units(file.parent / options.units))
        said = self._texts.language
        self._menu = [{"section": key, "label": said.say(name), "url": url} for key, name, url in _MENU]
        states = [
            (one.listed, one.state._replace(asked="", taken="" if one.is_current else one.state.taken))
            for one in members
        ]
        self._version = key_of(
            __version__,
            code_version(),
            fingerprint(Path(self._theme[0])),
            said.key,
            states,
            self.register.units,
            options.publisher,
        )
        self._address = config.site_url or ""
        self.stage = Stage.make(cache / "stage", self._site_dir)
        self._pages: PortalPages
        self._shell: _Shell
        self._fragments: Fragments
        self._assets: ThemeAssets

    def notes(self) -> Iterator[str]:
        """Yield nothing: what there is to say was said when the sites were collected."""
        return iter(())

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Return the files that MkDocs is to build. Raises ValueError for one that the theme has too."""
        refuse_covering(files, config)
        for name in (*_TEMPLATES, "about.md"):
            if files.get_file_from_path(name) is None:
                raise ValueError(_("content/ 里缺少 {file}；照 rectify portal --init 的样子写一份", file=name))
        publish(files)
        return files

    def set_template(self, page: Page) -> None:
        """Give the pages that show the portal their templates."""
        if template := _TEMPLATES.get(page.file.src_uri):
            page.meta["template"] = template

    def prepare(self, env: Environment, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """Set up the templates, the theme's for the shell and our own for what is in it."""
        self._fragments = Fragments(self._theme, self._texts, _ADDRESSES)
        self._fragments.share(
            register=self.register,
            portal=self.register,
            outcomes=OUTCOMES,
            about_outcomes=ABOUT_OUTCOMES,
            as_of=self.register.as_of,
            site_name=config.site_name,
            name_of_all=config.site_name,
            site_url=self._address,
            index_file="index.html" if self._spells_files else "",
        )
        self._assets = theme_assets(self._theme, self._texts.language, self._fragments.render("tools"), True)
        context = shell.shell_context(nav, config, self.template_context())
        speak_in(env, self._texts.language, {})
        called = config.site_name, self._options.publisher, *(unit.name for unit in self.register.units.declared)
        self._texts.learn(words_kept(self._store, "site", code_version(), called))
        env.filters["words"] = self._texts.between_words
        self._shell = _Shell(env, context, self._texts, self._spells_files)
        names = (config.site_name, self._options.publisher, self._address)
        self._pages = PortalPages(self.register, self._fragments, self._shell.fill, self._version, names)

    def template_context(self) -> dict[str, Any]:
        """Return what every template of the theme may show of the portal."""
        language = self._texts.language
        said = language.plural(
            "汇总 {number} 个网站公开的数据；每个数字的网站和日期都注明。", len(self.register.members)
        )
        surroundings = Surroundings(self._options.publisher, self._menu, self._assets, language.tag, as_of="")
        return surroundings.context() | {"at": _ADDRESSES, "portal": said}

    def page_context(self, page: Page, config: MkDocsConfig) -> dict[str, Any]:
        """Return the context of an ordinary page; home and methodology get the portal's part."""
        context, source = self.template_context(), page.file.src_uri
        context["section"] = source.removesuffix(".md")
        context["title_lang"] = context["page_lang"] = lang_attribute(page)
        if source in _TEMPLATES:
            make = self._pages.home if source == "index.md" else self._pages.methodology
            part = make(str(page.title or ""), Markup(page.content or ""), lang_attribute(page))
            context["content"] = at_home(part).replace(BASE, base_of(page.url, ""))
        return context

    def finish_page(self, output: str, page: Page) -> str:
        """Return the HTML of an ordinary page."""
        return output

    def finish(self, config: MkDocsConfig) -> Path:
        """Make the pages and put everything in place; return the site's folder."""
        scripts = theme_scripts(self._theme, self._shell.fingerprint())
        name = key_of("portal", str(self._site_dir.resolve()))
        before = self._store.get(LAST, name, self._version) or Last({})
        workshop = Workshop(self.stage, before.made, self._options.processes)
        version = key_of(self._version, self._shell.fingerprint())
        workshop.run(list(self._pages.pieces(version, self._assets, scripts)))
        if not (Path(config.docs_dir) / at("robots")).is_file():
            self.stage.write(at("robots"), robots(self._address))
        public = self.stage.publish(workshop.kept, workshop.published)
        self._store.put(LAST, name, self._version, Last(workshop.remember(public)))
        return self._site_dir

    def summary(self) -> str:
        """Return the sentence that closes a build."""
        return _n("{number} 个网站，", len(self.register.members)) + headline(self.register.counts.data())

    def discard(self) -> None:
        """Throw away what was staged; the site stays as it was."""
        shutil.rmtree(self.stage.folder, ignore_errors=True)


def _named(member: Member) -> Iterator[str]:
    """Yield the titles and names of a site whose lines end between words."""
    yield member.listed.name
    for disclosure in member.disclosures:
        yield from (disclosure.title, disclosure.unit)
        for problem in member.problems[disclosure.id]:
            yield from (problem.title, problem.group, problem.category, problem.lead)


def _member(kept: Collection, listed: Listed, titles: Titles) -> Member:
    state = kept.state(listed.key)
    if not state.taken:
        return Member(listed, state, None)
    try:
        manifest = kept.copy(listed.key, state) / at("manifest")
        paths = records_of(json.loads(manifest.read_bytes())) if manifest.is_file() else []
        records = {path: kept.file(listed.key, state, path) for path in paths}
        figures = figures_of(kept.file(listed.key, state, DISCLOSURES), records)
    except (OSError, ValueError) as error:
        raise ValueError(
            _("{site}：取得的一份读不出来（{error}）；移走它的文件夹再取", site=listed.key, error=error)
        ) from None
    return Member(listed, state, figures, titles)
