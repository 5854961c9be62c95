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
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from rectify import __version__
from rectify.checks.built_files import Looker
from rectify.checks.built_site import check_site
from rectify.checks.checker import Checker
from rectify.checks.content import WHOLE, Scope, put_together
from rectify.checks.continuity import Previous, read_previous
from rectify.checks.frame import NO_FRAME, read_frame
from rectify.checks.leaks import Needle, needles_of
from rectify.checks.removed_texts import HiddenTexts
from rectify.core.attachments import public_attachments
from rectify.core.changes import Record, is_detail
from rectify.core.counts import headline
from rectify.core.finding import Finding, errors
from rectify.core.gate import Gate
from rectify.core.language import _, _n, language
from rectify.core.model import Disclosure, Problem, Titles
from rectify.core.register import Register
from rectify.core.site_map import ADDRESSES, MENU, SITE, at
from rectify.core.vocabulary import STATES
from rectify.host.bodies import BASE, base_of
from rectify.host.cluster.cluster import Cluster
from rectify.host.cluster.compiling import compile_elsewhere
from rectify.host.cluster.rendering import Lookout, render_elsewhere
from rectify.host.compile import Compiler
from rectify.host.embedded import asks, embed
from rectify.host.fragments import Fragments
from rectify.host.ground import Ground
from rectify.host.guest import GuestFrame, GuestShell, alone, hidden
from rectify.host.handing_over import hand_over, made_by_host, written_by_host
from rectify.host.link_targets import SiteFiles, covers_theme
from rectify.host.options import Options, declared_date, retention_of
from rectify.host.page_records import PageRecords
from rectify.host.pieces import MADE, Elsewhere, Workshop
from rectify.host.publication import VARIABLE, SiteToBe, Told, read_publication, told_of
from rectify.host.shell import Shell
from rectify.host.site import Site, Sources
from rectify.host.site_texts import SiteTexts
from rectify.host.sitemap import packed, robots, sitemap
from rectify.host.stage import Stage
from rectify.host.template_texts import speak_in
from rectify.host.theme_assets import ThemeAssets, guest_assets, theme_assets
from rectify.host.theme_scripts import theme_scripts
from rectify.host.written_pages import head_of, lang_attribute, register_part, set_template
from rectify.outputs.data_package import Licence
from rectify.outputs.linked_data import Publisher
from rectify.prose.own_words import read_words
from rectify.sources.cache_folder import cache_folder
from rectify.sources.clock import today
from rectify.sources.configuration import NAMES, read_configuration
from rectify.sources.content import survey
from rectify.sources.last_build import remember
from rectify.sources.lock import wait_for_lock
from rectify.sources.store import Store, code_version, fingerprint, key_of
from rectify.sources.units import read_units

_SHOWN_NOTES = 10


VERIFY = "RECTIFY_VERIFY"
"""The variable by which `rectify build` wants the verdict of a publication, on the content and on what was built.

It holds the checksum of what the site is built from, or a dash where that cannot be told.
"""


class ContentErrors(Exception):
    """The content cannot be published; the text lists every finding."""

    def __init__(self, wrong: list[Finding]):
        files = len({f.path for f in wrong})
        head = _n("内容有 {number} 处错误，涉及 {files} 个文件，网站没有改动：", len(wrong), files=files)
        super().__init__("\n\n".join([head, *(f.text() for f in wrong), _("改正后重新运行。")]))


class Build:
    """Reads the content at once; raises ContentErrors before anything is written.

    A preview shows one disclosure, in whatever state as long as it can be read; `spells_files` is as for a `Shell`.
    """

    def __init__(
        self, options: Options, config: MkDocsConfig, ground: Ground, preview: str = "", spells_files: bool = False
    ):
        self._options, self._ground, self._spells_files = options, ground, spells_files
        file = Path(config.config_file_path or NAMES[0]).absolute()
        root = file.parent
        self._content = Path(config.docs_dir, ground.path)
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
        titles = Titles.said(self._texts.language)
        self._version = key_of(__version__, code_version(), fingerprint(Path(self._theme[0])), self._texts.language.key)
        words, units = read_words(root / options.words), read_units(root / options.units)
        retention = retention_of(options)
        checker = Checker(self._content, self._store, words, units, retention)
        compiled_by = key_of(__version__, code_version(), words, units, self._texts.language.key, retention.years)
        self._compiler = Compiler(
            self._content,
            self._store,
            compiled_by,
            checker,
            self._texts.language.key,
            options.processes,
        )
        content = survey(self._content)
        scope = Scope(disclosures={preview}) if preview else WHOLE
        stamps = scope.stamps(content)
        self._cluster = Cluster.asked_for()
        if self._cluster:
            common = (compiled_by, checker.version, self._texts.language.key, words, units, retention)
            compile_elsewhere(self._cluster, self._compiler, self._content, stamps, common)
        compiled = self._compiler.folders(stamps)
        published = root / options.published if options.published else None
        checked = put_together(
            self._content,
            content,
            [one.checked for one in compiled],
            scope=scope,
            words=words,
            units=units,
            today=today(options.timezone),
            previous=_last_publication(published),
            site=read_configuration(file) if file.is_file() else None,
            store=self._store,
        )
        self._findings, self._left_out = checked.findings, checked.left_out
        self._words, self._decided, self._kept_back = words, checked.decided, checked.kept_back
        self._verified = os.environ.get(VERIFY, "")
        gate = Gate.PREVIEW if preview else Gate.PUBLISH if self._verified else Gate.BUILD
        if wrong := gate.refuses(self._findings):
            raise ContentErrors(wrong)
        folders = [one.folder for one in compiled]
        self.register = Register(
            (f.disclosure for f in folders if f.disclosure),
            {f.id: f.problems for f in folders},
            declared_date(options),
            titles,
        )
        sizes = {rid: {name: size for name, _, size in stamp} for rid, stamp in content.folders.items()}
        by_id = {one.folder.id: one for one in compiled}
        self._texts.learn(words for one in compiled for words in one.words)
        self._publication = read_publication(os.environ.get(VARIABLE, ""), published)
        self._menu = [
            {"section": place.section, "label": self._texts.language.say(place.menu), "url": place.path}
            for place in MENU
            if place.menu and (self._publication is not None or not place.published)
        ]
        self._sources = Sources(self.register, by_id, sizes, self._compiler, self._store, self._published)
        self._records = PageRecords(options.publisher, str(options.as_of or ""))
        self._attachments = _public_attachments(self.register, {f.id: (f.attachments, f.problems) for f in folders})
        self._cache = cache
        self.stage = Stage.make(cache / "stage", self._place)
        self._pages: list[str] = []
        self.owned: tuple[str, ...] = ()
        """Other hosts that the frame loads from which is somebody else's; known when the site is verified."""
        self._guests: set[str] = set()
        """Pages outside the register that have a piece of it."""
        self._shared: dict[str, str] = {}
        """What every template knows besides the register."""
        self._shell: Shell
        """With `_fragments` made in `prepare`, which MkDocs asks for before any page."""
        self._fragments: Fragments
        self._assets: ThemeAssets
        self._frame: GuestFrame

    def _published(self, path: str) -> bytes:
        return (self._place / path).read_bytes()

    def notes(self) -> Iterator[str]:
        """Yield the warnings, and the notes on spellings that were understood but are not the standard ones."""
        notes = sorted(self._findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))
        if unfinished := len(errors(notes)):
            yield _n("草稿：有 {number} 处错误，不能公开，运行 rectify check 查看", unfinished)
        for finding in notes[:_SHOWN_NOTES]:
            yield finding.text().partition("\n")[0]
        if len(notes) > _SHOWN_NOTES:
            yield _n("……另有 {number} 处，运行 rectify check 查看", len(notes) - _SHOWN_NOTES)

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Return the files that MkDocs is to build: all but the report folders. Raises ValueError for one that the theme has too."""
        if self._ground.is_whole and (covering := next((f.src_uri for f in files if covers_theme(f, config)), None)):
            raise ValueError(
                _("{file} 与主题的文件同名，会顶替它；改名，或者放进 mkdocs.yml 的 custom_dir", file=covering)
            )
        return SiteFiles(
            files, self.register, self._attachments, self._left_out, config, self._ground, self._cache / "written"
        )

    def set_template(self, page: Page) -> None:
        """Give a page of a site that is the register's its template; raises ValueError where it names one that there is not."""
        if self._ground.is_whole:
            set_template(page, self._theme)

    def prepare(self, env: Environment, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """Set up the templates, the theme's for the shell and our own for what is in it."""
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
        context = {
            "nav": nav,
            "pages": [],
            "config": config,
            "extra_css": [],
            "extra_javascript": [],
            "mkdocs_version": "",
            "build_date_utc": get_build_datetime(),
            "rectify": self.template_context(),
        }
        if ground.is_whole:
            speak_in(env, self._texts.language, {})
            self._shell = Shell(env, context, self._texts, self._spells_files)
        else:
            self._frame = GuestFrame(self._fragments, self._menu, self._assets)
            context["pages"] = files.documentation_pages()
            self._shell = GuestShell(env, context, self._texts, self._spells_files, self._frame, ground.path)

    def template_context(self) -> dict[str, Any]:
        """Return what every template of the theme may show of the register."""
        return {
            "menu": self._menu,
            "at": ADDRESSES,
            "assets": self._assets,
            "section": "",
            "publisher": self._options.publisher,
            "head": "",
            "lang": self._texts.language.tag,
            "title_lang": "",
            "about_lang": "",
            "preview": "",
            "kind": "website",
            "page_lang": "",
            "read_address": "",
            "as_of": self._texts.language.date(self.register.as_of) if self.register.disclosures else "",
        }

    def page_context(self, page: Page, config: MkDocsConfig) -> dict[str, Any]:
        """Return the context of an ordinary page; home and methodology get the register's part.

        Raises ValueError for a page that asks for a piece of the register that there is not.
        """
        context, source = self.template_context(), self._ground.inside(page.file.src_uri)
        if source is not None:
            # Elsewhere than in its place is a page that another plugin has a second time, for another language for instance.
            if (address := self._ground.inside(page.url.removeprefix("./"))) is not None:
                self._records.note(page, address)
            site = Publisher(config.site_name, self._options.publisher, f"{self._address.rstrip('/')}/")
            context["section"] = source.removesuffix(".md")
            context["title_lang"] = context["page_lang"] = lang_attribute(page)
            context["head"] = head_of(source, page, site, config.site_description or "", self._fragments)
        content = page.content or ""
        if asks(content) and not page.file.src_uri.startswith(self._ground.others):
            content = page.content = self._with_pieces(content, page)
        if source is not None and (part := register_part(source, page, self.register, self._fragments)):
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
        filled = embed(content, source, self.register, self._fragments, alone if is_outside else str)
        if is_outside and filled != content:
            self._guests.add(source)
        return filled.replace(BASE, base_of(page.url, self._ground.path))

    def finish_page(self, output: str, page: Page) -> str:
        """Return the HTML of an ordinary page, with the register's styles where it has a part of the register."""
        source = page.file.src_uri
        if self._ground.is_whole or (self._ground.inside(source) is None and source not in self._guests):
            return output
        return self._frame.styled(output, base_of(page.url, self._ground.path))

    def finish(self, config: MkDocsConfig) -> Path:
        """Make the register's part of the site and put everything in place; return the site's folder."""
        with wait_for_lock(self._cache / "lock"):
            return self._finish(config)

    def _finish(self, config: MkDocsConfig) -> Path:
        pages = self._records.record()
        told = self._told(pages)
        written = "" if self._ground.is_whole else written_by_host(self._site_dir, self._ground)
        scripts = theme_scripts(self._theme, self._shell.fingerprint() + written)
        site = self._site(pages, told, scripts, config)
        self._shell.warm(range(2, 5), (SITE["disclosures"].section, SITE["problems"].section))
        name = key_of(str(self._site_dir.resolve()))
        before = self._store.get(MADE, name, self._version) or {}
        needles: list[Needle] = []
        looker = None
        if self._verified:
            needles = needles_of(self._content, self._kept_back)
            looker = Looker(needles, self._words, [one.id for one in self.register.disclosures], scripts)
        elsewhere = self._elsewhere(site, needles, scripts) if self._cluster and self._ground.is_whole else None
        workshop = Workshop(self.stage, before, self._options.processes, looker, self._clean_records, elsewhere)
        workshop.run(list(site.pieces()))
        whole = sitemap(self.register, self._address, self._pages, told is not None)
        self.stage.write(at("sitemap"), whole)
        self.stage.write(at("sitemap_packed"), packed(whole))
        if self._ground.is_whole and not (self._content / at("robots")).is_file():
            self.stage.write(at("robots"), robots(self._address))
        if not self._ground.is_whole:
            for path in made_by_host(self._site_dir, self._attachments):
                self.stage.write(path, (self._site_dir / path).read_bytes())
        if self._verified:
            self._verify(workshop, needles, scripts)
        public_attachments = self.stage.publish(workshop.kept, workshop.published)
        self._store.put(MADE, name, self._version, workshop.remember(public_attachments))
        if not self._ground.is_whole:
            hand_over(self._place, self._site_dir, public_attachments)
        elif self._verified:
            remember(self._store, self._site_dir, self._verified, public_attachments.items(), self.notes())
        return self._site_dir

    def _elsewhere(self, site: Site, needles: list[Needle], scripts: frozenset[str]) -> Elsewhere:
        ids = tuple(one.id for one in self.register.disclosures)
        lookout = Lookout(tuple(needles), self._words, ids, scripts) if self._verified else None
        ground = site.ground(self._shared, self._theme, lookout)
        assert self._cluster is not None
        return partial(render_elsewhere, self._cluster, ground, site.errand)

    def _clean_records(self) -> list[Disclosure | Problem]:
        """Return the public records whose texts were looked at before anything was made of them, with nothing found."""
        clean = {path for one in self._sources.compiled.values() for path in one.checked.clean}
        records: list[Disclosure | Problem] = [*self.register.disclosures, *self.register.problems]
        return [one for one in records if one.path in clean]

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
        kept_back = [text for texts in self._kept_back for text, _origin in texts]
        hidden = HiddenTexts(kept_back, self._decided, self._words, self._store)
        facts = {"declared": register.as_of.isoformat(), "counts": counts}
        site = SiteToBe(compiled, self._compiler, pages)
        return told_of(
            self._publication,
            facts,
            site,
            lambda change: change.ref in public and not (change.ref in over and is_detail(change)),
            hidden.without,
            self._options.past_pages * 1_000_000,
        )

    def _verify(self, workshop: Workshop, needles: list[Needle], scripts: frozenset[str]) -> None:
        """Check what was built before it takes the site's place; raises ValueError with every finding."""
        frame = NO_FRAME
        if isinstance(self._shell, GuestShell):
            ids = [one.id for one in self.register.disclosures]
            frame = read_frame(self._shell.frames(), self._words, ids, scripts)
        self.owned = frame.hosts
        findings = check_site(
            self.stage.folder,
            self._content,
            words=self._words,
            decided=self._decided,
            needles=needles,
            store=self._store,
            below=self._place,
            kept={path: workshop.published[path] for path in workshop.kept},
            seen=workshop.seen,
            is_whole=self._ground.is_whole,
            frame=frame,
        )
        if findings:
            number = len(findings)
            if self._ground.is_whole:
                head = _n("核验发现 {number} 处问题，网站没有改动：", number)
            else:  # which MkDocs has emptied
                head = _n("核验发现 {number} 处问题，网站里没有登记，不要发布：", number)
            told = [head, *(one.text() for one in findings)]
            raise ValueError("\n\n".join(told))

    def summary(self) -> str:
        """Return the sentence that closes a build."""
        return _n("{number}份通报，", len(self.register.disclosures)) + headline(self.register.counts.data())

    def discard(self) -> None:
        """Throw away what was staged; the site stays as it was."""
        shutil.rmtree(self.stage.folder, ignore_errors=True)


def _last_publication(place: Path | None) -> Previous | None:
    """Return the last publication; nothing before the first one."""
    return read_previous(place) if place is not None and place.exists() else None


def _public_attachments(register: Register, folders: dict[str, tuple]) -> set[str]:
    """Return the attachments to publish: of public disclosures, without those that only withdrawn problems refer to."""
    return {
        at("disclosure", disclosure=disclosure.id) + name
        for disclosure in register.disclosures
        for name in public_attachments(disclosure, folders[disclosure.id][1], folders[disclosure.id][0])
    }
