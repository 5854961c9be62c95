"""One build of the site, from reading the content to putting the result in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from rectify import __version__
from rectify.checks.removed_texts import HiddenTexts
from rectify.core.changes import Record, is_detail
from rectify.core.counts import headline
from rectify.core.gate import Gate
from rectify.core.language import _, _n, language
from rectify.core.site_map import MENU, SITE, at
from rectify.core.vocabulary import STATES
from rectify.host.cluster.cluster import Cluster
from rectify.host.cluster.rendering import render_elsewhere
from rectify.host.fragments import Fragments
from rectify.host.ground import Ground
from rectify.host.guest import GuestFrame, GuestShell
from rectify.host.handing_over import hand_over, made_by_host, written_by_host
from rectify.host.link_targets import SiteFiles, refuse_covering, ways_around
from rectify.host.options import Options
from rectify.host.ordinary_pages import OrdinaryPages, Surroundings
from rectify.host.page_records import PageRecords
from rectify.host.page_tags import empty_tags
from rectify.host.pieces import LAST, Elsewhere, Last, Workshop
from rectify.host.publication import VARIABLE, SiteToBe, Told, read_publication, told_of
from rectify.host.reading import read
from rectify.host.shell import Shell, shell_context
from rectify.host.site import Site, Sources
from rectify.host.site_texts import SiteTexts
from rectify.host.sitemap import packed, robots, sitemap
from rectify.host.stage import Stage
from rectify.host.template_texts import speak_in
from rectify.host.theme import are_ours
from rectify.host.theme_assets import ThemeAssets, guest_assets, theme_assets
from rectify.host.theme_scripts import theme_scripts
from rectify.host.title_words import words_kept
from rectify.host.verdict import VERIFY, Verdict
from rectify.host.written_pages import set_template
from rectify.outputs.data_package import Licence
from rectify.sources.cache_folder import cache_folder
from rectify.sources.configuration import NAMES
from rectify.sources.last_build import remember
from rectify.sources.lock import wait_for_lock
from rectify.sources.store import Store, code_version, fingerprint, key_of


class Build:
    """Reads the content at once; raises ContentErrors before anything is written.

    A preview shows one disclosure, in whatever state as long as it can be read; `spells_files` is as for a `Shell`.
    """

    def __init__(
        self, options: Options, config: MkDocsConfig, ground: Ground, preview: str = "", spells_files: bool = False
    ):
        self._options, self._ground, self._spells_files = options, ground, spells_files
        file = Path(os.path.abspath(config.config_file_path or NAMES[0]))
        root = file.parent
        self._content = Path(config.docs_dir, ground.path)
        if not self._content.is_dir():
            # A path that is mistyped would put an empty register in the place of the one that is public.
            raise ValueError(_("path：没有文件夹 {path}；登记的内容放在里面，新的登记先建它", path=self._content))
        self._site_dir = Path(config.site_dir, ground.path)
        self._address = f"{config.site_url.rstrip('/')}/{quote(ground.path)}" if config.site_url else ""
        self._place = self._site_dir
        """Where the register is built; below a path of a site that MkDocs empties first, in the caches."""
        cache = cache_folder(file, options.cache, (self._content, self._site_dir))
        if ground.path:
            cache /= key_of("mounted", ground.path)
            self._place = cache / "site"
        self._store = Store(cache)
        # Only our own theme folder is looked at: the theme below it shows in the shell.
        self._theme = ground.templates(config)
        self._texts = SiteTexts(language(ground.language), ground.is_whole)
        self._verified = os.environ.get(VERIFY, "")
        gate = Gate.PREVIEW if preview else Gate.PUBLISH if self._verified else Gate.BUILD
        self._cluster = Cluster.asked_for()
        self._reading = read(
            options, file, self._content, self._store, self._texts.language, gate, preview, self._cluster
        )
        self.register, compiled = self._reading.register, self._reading.compiled
        # The order in which units are declared is that of lists on many pages.
        made_by = __version__, code_version(), fingerprint(Path(self._theme[0]))
        self._version = key_of(*made_by, self._texts.language.key, self.register.units)
        self._empty_tags = [*empty_tags(self._address, config.extra)] if ground.is_whole and self._verified else []
        published = root / options.published if options.published else None
        self._texts.learn(words for one in compiled.values() for words in one.words)
        self._publication = read_publication(os.environ.get(VARIABLE, ""), published)
        self._menu = [
            {"section": place.section, "label": self._texts.language.say(place.menu), "url": place.path}
            for place in MENU
            if place.menu and (self._publication is not None or not place.published)
        ]
        self._sources = Sources(
            self.register, compiled, self._reading.sizes, self._reading.compiler, self._store, self._published
        )
        self._records = PageRecords(options.publisher, str(options.as_of or ""))
        self._cache = cache
        self.stage = Stage.make(cache / "stage", self._place)
        self._pages: list[str] = []
        self.owned: tuple[str, ...] = ()
        """Other hosts that the frame loads from which is somebody else's; known when the site is verified."""
        self._shared: dict[str, str] = {}
        """What every template knows besides the register."""
        self._shell: Shell
        """With those below made in `prepare`, which MkDocs asks for before any page."""
        self._fragments: Fragments
        self._assets: ThemeAssets
        self._surroundings: Surroundings
        self._ordinary: OrdinaryPages

    def notes(self) -> Iterator[str]:
        """Yield what is told of the content, and what the configuration leaves out."""
        yield from self._reading.notes()
        yield from self._empty_tags

    def _published(self, path: str) -> bytes:
        return (self._place / path).read_bytes()

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Return the files that MkDocs is to build: all but the report folders. Raises ValueError for one that the theme has too."""
        if self._ground.is_whole:
            refuse_covering(files, config)
        return SiteFiles(
            files,
            self.register,
            self._reading.attachments,
            self._reading.checked.left_out,
            config,
            self._ground,
            self._cache / "written",
        )

    def set_template(self, page: Page) -> None:
        """Give a page of a site that is the register's its template; raises ValueError where it names one that there is not."""
        if self._ground.is_whole:
            set_template(page, self._theme)

    def prepare(self, env: Environment, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """Set up the templates, the theme's for the shell and our own for what is in it; raises ValueError as `ways_around` does."""
        ground = self._ground
        addresses = [ground.inside(file.url.removeprefix("./")) for file in files.documentation_pages()]
        self._pages = sorted(address for address in addresses if address is not None)
        self._records.begin(config, files, self._theme, ground, self._texts.language)
        self._fragments = Fragments(self._theme, self._texts)
        self._shared = {
            "site_name": config.site_name,
            "name_of_all": config.site_name if ground.is_whole else "",
            "site_url": self._address,
            "index_file": "index.html" if self._spells_files else "",
        }
        self._fragments.share(register=self.register, as_of=self.register.as_of, **self._shared)
        if ground.is_whole:
            self._assets = theme_assets(self._theme, self._texts.language, self._fragments.render("tools"))
        else:
            self._assets = guest_assets(self._theme, self._texts.language)
        self._surroundings = Surroundings(
            self._options.publisher,
            self._menu,
            self._assets,
            self._texts.language.tag,
            self._texts.language.date(self.register.as_of) if self.register.disclosures else "",
        )
        frame = GuestFrame(self._fragments, self._menu, self._assets)
        self._ordinary = OrdinaryPages(
            ground, self.register, self._fragments, frame, self._surroundings, self._records, self._address
        )
        context = shell_context(nav, config, self._surroundings.context())
        # The frame of a register in a part of a site may be of our own theme too.
        env.filters.setdefault("words", self._texts.between_words)
        if ground.is_whole:
            speak_in(env, self._texts.language, {})
            names = config.site_name, self._options.publisher
            self._texts.learn(words_kept(self._store, "site", self._version, names))
            self._shell = Shell(env, context, self._texts, self._spells_files)
        else:
            context["pages"] = files.documentation_pages()
            links = (link for one in self._reading.compiled.values() for link in one.checked.links)
            ways = ways_around(links, files, ground.path)
            self._shell = GuestShell(env, context, self._texts, self._spells_files, frame, ground.path, ways)

    def template_context(self) -> dict[str, Any]:
        """Return what every template of the theme may show of the register."""
        return self._surroundings.context()

    def page_context(self, page: Page, config: MkDocsConfig) -> dict[str, Any]:
        """Return the context of an ordinary page; raises ValueError as `OrdinaryPages` does."""
        return self._ordinary.context(page, config)

    def finish_page(self, output: str, page: Page) -> str:
        """Return the HTML of an ordinary page with all that it needs."""
        return self._ordinary.finish(output, page)

    def finish(self, config: MkDocsConfig) -> Path:
        """Make the register's part of the site and put everything in place; return the site's folder."""
        try:
            with wait_for_lock(self._cache / "lock"):
                return self._finish(config)
        finally:
            if self._cluster:
                self._cluster.close()

    def _finish(self, config: MkDocsConfig) -> Path:
        pages = self._records.record()
        told = self._told(pages)
        written = "" if self._ground.is_whole else written_by_host(self._site_dir, self._ground)
        scripts = theme_scripts(self._theme, self._shell.fingerprint() + written)
        site = self._site(pages, told, scripts, config)
        self._shell.warm(range(2, 5), (SITE["disclosures"].section, SITE["problems"].section))
        name = key_of(str(self._place.resolve()))
        before = self._store.get(LAST, name, self._version) or Last({})
        # Then all that pages say has passed the check of the sources: records, configuration, and templates that we know.
        is_said = self._ground.is_whole and told is None and are_ours(self._theme)
        verdict = Verdict(self._content, self._reading, self._shell, scripts, is_said) if self._verified else None
        looker = verdict.looker if verdict else None
        elsewhere = self._elsewhere(site, verdict) if self._cluster and self._ground.is_whole else None
        clean = self._reading.clean_records
        workshop = Workshop(self.stage, before.made, self._options.processes, looker, clean, elsewhere)
        workshop.run(site.pieces())
        whole = sitemap(self.register, self._address, self._pages, told is not None)
        workshop.add(at("sitemap"), whole)
        workshop.add(at("sitemap_packed"), packed(whole))
        if self._ground.is_whole and not (self._content / at("robots")).is_file():
            workshop.add(at("robots"), robots(self._address))
        made = [] if self._ground.is_whole else list(made_by_host(self._site_dir, self._reading.attachments))
        for path in made:
            self.stage.write(path, (self._site_dir / path).read_bytes())
        if verdict:
            # What a theme or another plugin ships beside the pages is the owner's; what MkDocs copies is content.
            owners = {path for path in made if path.endswith(".md") or not (self._content / path).is_file()}
            self.owned = verdict.pass_on(self.stage.folder, self._place, workshop, self._store, owners, before)
        public_attachments = self.stage.publish(workshop.kept, workshop.published)
        now = Last(workshop.remember(public_attachments))
        if verdict and self._ground.is_whole:
            now = now._replace(vouched=verdict.vouched(now, public_attachments))
        self._store.put(LAST, name, self._version, now)
        if not self._ground.is_whole:
            hand_over(self._place, self._site_dir, public_attachments)
        elif self._verified:
            remember(self._store, self._site_dir, self._verified, public_attachments.items(), self.notes())
        return self._site_dir

    def _elsewhere(self, site: Site, verdict: Verdict | None) -> Elsewhere:
        ground = site.ground(self._shared, self._theme, verdict.lookout if verdict else None)
        assert self._cluster is not None
        return partial(render_elsewhere, self._cluster, ground, site.errand)

    def _site(self, pages: Record, told: Told | None, scripts: frozenset[str], config: MkDocsConfig) -> Site:
        return Site(
            self._sources,
            self._shell,
            self._fragments,
            scripts,
            self._assets,
            self._version,
            pages,
            told,
            self._options.past_data * 1_000_000,
            (config.site_name, self._options.publisher, self._address),
            Licence(self._options.licence, self._options.licence_url),
        )

    def disclosure_files(self, disclosure_id: str, config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of what a disclosure has on the site, and of the styles of every page, built or not."""
        yield from self._assets.files.items()
        if disclosure_id in self.register.by_id:
            site = self._site({}, None, frozenset(), config)
            yield from site.files_of(self.register.by_id[disclosure_id])

    def _told(self, pages: dict[str, Any]) -> Told | None:
        """Return what is known of publications, None where nobody publishes."""
        if self._publication is None:
            return None
        register = self.register
        compiled = {one.id: self._sources.compiled[one.id].fingerprints for one in register.disclosures}
        public = {problem.ref for problem in register.problems if not problem.withdrawn}
        public |= {*compiled, *pages["pages"], *pages["files"], ""}
        over = {one.id for one in register.disclosures if one.ended}
        counts = {
            "disclosures": len(compiled),
            **{name: register.counts.data()[name] for name in ("total", *STATES.entries)},
        }
        checked = self._reading.checked
        kept_back = [text for texts in checked.kept_back for text, _origin in texts]
        hidden = HiddenTexts(kept_back, checked.decided, self._reading.words, self._store)
        facts = {"declared": register.as_of.isoformat(), "counts": counts}
        site = SiteToBe(compiled, self._reading.compiler, pages)
        return told_of(
            self._publication,
            facts,
            site,
            lambda change: change.ref in public and not (change.ref in over and is_detail(change)),
            hidden.without,
            self._options.past_pages * 1_000_000,
        )

    def summary(self) -> str:
        """Return the sentence that closes a build."""
        return _n("{number}份通报，", len(self.register.disclosures)) + headline(self.register.counts.data())

    def discard(self) -> None:
        """Throw away what was staged; the site stays as it was."""
        shutil.rmtree(self.stage.folder, ignore_errors=True)
