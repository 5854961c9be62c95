"""One build of the site, from reading the content to putting the result in place."""

from __future__ import annotations

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
from rectify.checks.built_files import Looker
from rectify.checks.built_site import check_site
from rectify.checks.checker import Checker
from rectify.checks.content import WHOLE, Scope, put_together
from rectify.checks.continuity import Previous, read_previous
from rectify.checks.leaks import Needle, needles_of
from rectify.checks.removed_texts import HiddenTexts
from rectify.core.attachments import public_attachments
from rectify.core.changes import is_detail
from rectify.core.counts import headline, sum_name
from rectify.core.finding import Finding, errors
from rectify.core.gate import Gate
from rectify.core.language import _, _n, language
from rectify.core.model import Titles
from rectify.core.register import Register
from rectify.core.site_map import ADDRESSES, MENU, SITE, at
from rectify.core.vocabulary import FLAGS, PRIORITIES, STATES
from rectify.host.bodies import BASE
from rectify.host.compile import Compiler
from rectify.host.fragments import Fragments
from rectify.host.link_targets import SiteFiles, covers_theme
from rectify.host.options import Options, declared_date, retention_of
from rectify.host.page_records import PageRecords
from rectify.host.page_tags import written_tags
from rectify.host.pieces import MADE, Workshop
from rectify.host.publication import VARIABLE, SiteToBe, Told, read_publication, told_of
from rectify.host.shell import Shell, meta_element
from rectify.host.site import Site, Sources
from rectify.host.site_texts import SiteTexts
from rectify.host.sitemap import packed, robots, sitemap
from rectify.host.spread import spread
from rectify.host.stage import Stage
from rectify.host.template_texts import speak_in
from rectify.host.theme import own_folders
from rectify.host.theme_assets import ThemeAssets, theme_assets
from rectify.host.theme_scripts import theme_scripts
from rectify.outputs.counting import counting_rules
from rectify.outputs.data_package import Licence
from rectify.outputs.linked_data import Publisher, of_site
from rectify.prose.own_words import read_words
from rectify.sources.cache_folder import cache_folder
from rectify.sources.clock import today
from rectify.sources.configuration import NAMES, read_configuration
from rectify.sources.content import survey
from rectify.sources.last_build import remember
from rectify.sources.lock import wait_for_lock
from rectify.sources.store import Store, code_version, fingerprint, key_of
from rectify.sources.units import read_units

_TEMPLATES = {"index.md": "home.html", "methodology.md": "methodology.html"}
_HOME_ROWS = 10
_HOME_UPDATES, _HOME_OVERDUE = 4, 5
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

    def __init__(self, options: Options, config: MkDocsConfig, preview: str = "", spells_files: bool = False):
        self._options, self._spells_files = options, spells_files
        file = Path(config.config_file_path or NAMES[0]).absolute()
        root = file.parent
        self._content = Path(config.docs_dir)
        self._site_dir = Path(config.site_dir)
        cache = cache_folder(file, options.cache, (self._content, self._site_dir))
        self._store = Store(cache)
        # Only our own theme folder is looked at: the theme below it shows in the shell.
        self._texts = SiteTexts(language(config.theme["language"]))
        titles = Titles.said(self._texts.language)
        self._version = key_of(
            __version__, code_version(), fingerprint(Path(config.theme.dirs[0])), self._texts.language.key
        )
        words, units = read_words(root / options.words), read_units(root / options.units)
        retention = retention_of(options)
        checker = Checker(self._content, self._store, words, units, retention)
        self._compiler = Compiler(
            self._content,
            self._store,
            key_of(__version__, code_version(), words, units, self._texts.language.key, retention.years),
            checker,
            self._texts.language.key,
            options.processes,
        )
        content = survey(self._content)
        scope = Scope(disclosures={preview}) if preview else WHOLE
        compiled = self._compiler.folders(scope.stamps(content))
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
        self.stage = Stage.make(cache / "stage", self._site_dir)
        self._pages: list[str] = []
        self._shell: Shell
        """With `_fragments` made in `prepare`, which MkDocs asks for before any page."""
        self._fragments: Fragments
        self._assets: ThemeAssets

    def _published(self, path: str) -> bytes:
        return (self._site_dir / path).read_bytes()

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
        if covering := next((file.src_uri for file in files if covers_theme(file, config)), None):
            raise ValueError(
                _("{file} 与主题的文件同名，会顶替它；改名，或者放进 mkdocs.yml 的 custom_dir", file=covering)
            )
        return SiteFiles(files, self.register, self._attachments, self._left_out, config)

    def set_template(self, page: Page, config: MkDocsConfig) -> None:
        """Give an ordinary page that shows the register its template; raises ValueError where a page names one that there is not.

        Material's own are not to be had by name: some put what a page says into a script.
        """
        if template := _TEMPLATES.get(page.file.src_uri):
            page.meta.setdefault("template", template)
        name = page.meta.get("template", "main.html")
        if not isinstance(name, str) or not any(_lies_in(folder, name) for folder in own_folders(config.theme.dirs)):
            file = page.file.src_uri
            raise ValueError(
                _("{file}: template: 没有模板“{name}”；删去这一行，或者写主题里有的模板", file=file, name=name)
            )

    def prepare(self, env: Environment, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """Set up the templates, the theme's for the shell and our own for what is in it."""
        self._pages = sorted(file.url.removeprefix("./") for file in files.documentation_pages())
        self._records.begin(config, files, own_folders(config.theme.dirs))
        speak_in(env, self._texts.language, {})
        self._fragments = Fragments(config.theme.dirs, self._texts)
        self._fragments.share(
            register=self.register,
            as_of=self.register.as_of,
            site_name=config.site_name,
            site_url=config.site_url or "",
            index_file="index.html" if self._spells_files else "",
        )
        tools = self._fragments.render("tools")
        self._assets = theme_assets(own_folders(config.theme.dirs), self._texts.language, tools)
        context = {
            "nav": nav,
            "pages": [],
            "config": config,
            "extra_css": [],
            "extra_javascript": [],
            "mkdocs_version": "",
            "rectify": self.template_context(),
        }
        self._shell = Shell(env, context, self._texts, self._spells_files)

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
            "as_of": self._texts.language.date(self.register.as_of) if self.register.disclosures else "",
        }

    def page_context(self, page: Page, config: MkDocsConfig) -> dict[str, Any]:
        """Return the context of an ordinary page, with the register's part of home and methodology."""
        self._records.note(page)
        context = self.template_context()
        context["section"] = page.file.src_uri.removesuffix(".md")
        context["title_lang"] = context["page_lang"] = _lang_attribute(page)
        context["head"] = self._head(page, config)
        make = {"index.md": self._home, "methodology.md": self._methodology}.get(page.file.src_uri)
        if make:
            base = "../" * page.url.count("/") if page.url != "./" else "./"
            context["content"] = make(page).replace(BASE, base)
        return context

    def _head(self, page: Page, config: MkDocsConfig) -> Markup:
        """Return the tags of an ordinary page; the first one also says to programs what the site is."""
        about, language = config.site_description or "", self._texts.language
        title, own = str(page.title or ""), str(page.meta.get("description") or about)
        tags = written_tags(page.file.src_uri, title, own, language)
        site = Publisher(config.site_name, self._options.publisher, f"{(config.site_url or '').rstrip('/')}/")
        data = of_site(site, language, about) if config.site_url and page.file.src_uri == SITE["home"].source else ""
        lang = _lang_attribute(page)
        elements = (meta_element(name, text, lang if title in text or own in text else "") for name, text in tags)
        return Markup("".join([*elements, data]))

    def _home(self, page: Page) -> str:
        register = self.register
        rows = [(r, register.counts_of(r)) for r in register.disclosures[:_HOME_ROWS]]
        return self._fragments.render(
            "home",
            counts=register.counts,
            disclosure_rows=rows,
            updates=spread(register.updates, lambda row: register.disclosure_of(row[1]).unit, _HOME_UPDATES),
            overdue=spread(register.overdue, lambda p: register.disclosure_of(p).unit, _HOME_OVERDUE),
            intro=Markup(page.content),
            intro_lang=_lang_attribute(page),
        )

    def _methodology(self, page: Page) -> str:
        by_status = dict(self.register.counts.by_status)
        return self._fragments.render(
            "methodology",
            title=page.title,
            intro=Markup(page.content),
            intro_lang=_lang_attribute(page),
            by_status=by_status,
            sums={key: sum_name(state, self._texts.language) for key, state in STATES.entries.items()},
            rules=counting_rules(self.register, self._texts.language),
            by_flag={flag.key: len(self.register.by_flag.get(flag.key, ())) for flag in FLAGS},
            by_priority={one.key: len(self.register.by_priority.get(one.key, ())) for one in PRIORITIES},
        )

    def finish(self, config: MkDocsConfig) -> Path:
        """Make the register's part of the site and put everything in place; return the site's folder."""
        with wait_for_lock(self._cache / "lock"):
            return self._finish(config)

    def _finish(self, config: MkDocsConfig) -> Path:
        pages = self._records.record()
        told = self._told(pages)
        scripts = theme_scripts(own_folders(config.theme.dirs), self._shell.fingerprint())
        room = self._options.past_data * 1_000_000
        names = (config.site_name, self._options.publisher, config.site_url or "")
        licence = Licence(self._options.licence, self._options.licence_url)
        site = Site(
            self._sources,
            self._shell,
            self._fragments,
            scripts,
            self._assets,
            self._version,
            pages,
            told,
            room,
            names,
            licence,
        )
        self._shell.warm(range(2, 5), (SITE["disclosures"].section, SITE["problems"].section))
        name = key_of(str(self._site_dir.resolve()))
        before = self._store.get(MADE, name, self._version) or {}
        needles: list[Needle] = []
        looker = None
        if self._verified:
            needles = needles_of(self._content, self._kept_back)
            looker = Looker(needles, self._words, [one.id for one in self.register.disclosures], scripts)
        workshop = Workshop(self.stage, before, self._options.processes, looker)
        workshop.run(list(site.pieces()))
        whole = sitemap(self.register, config.site_url or "", self._pages, told is not None)
        self.stage.write(at("sitemap"), whole)
        self.stage.write(at("sitemap_packed"), packed(whole))
        if not (self._content / at("robots")).is_file():
            self.stage.write(at("robots"), robots(config.site_url or ""))
        if self._verified:
            self._verify(workshop, needles)
        public_attachments = self.stage.publish(workshop.kept, workshop.published)
        self._store.put(MADE, name, self._version, workshop.remember(public_attachments))
        if self._verified:
            remember(self._store, self._site_dir, self._verified, public_attachments.items(), self.notes())
        return self._site_dir

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

    def _verify(self, workshop: Workshop, needles: list[Needle]) -> None:
        """Check what was built before it takes the site's place; raises ValueError with every finding."""
        findings = check_site(
            self.stage.folder,
            self._content,
            words=self._words,
            decided=self._decided,
            needles=needles,
            store=self._store,
            below=self._site_dir,
            kept={path: workshop.published[path] for path in workshop.kept},
            seen=workshop.seen,
        )
        if findings:
            told = [_n("核验发现 {number} 处问题，网站没有改动：", len(findings)), *(one.text() for one in findings)]
            raise ValueError("\n\n".join(told))

    def summary(self) -> str:
        """Return the sentence that closes a build."""
        return _n("{number}份通报，", len(self.register.disclosures)) + headline(self.register.counts.data())

    def discard(self) -> None:
        """Throw away what was staged; the site stays as it was."""
        shutil.rmtree(self.stage.folder, ignore_errors=True)


def _lang_attribute(page: Page) -> Markup:
    """Return the attribute for an ordinary page that says in its front matter that it is in another language than the site."""
    return Markup(' lang="{}"').format(page.meta["lang"]) if page.meta.get("lang") else Markup()


def _last_publication(place: Path | None) -> Previous | None:
    """Return the last publication; nothing before the first one."""
    return read_previous(place) if place is not None and place.exists() else None


def _lies_in(folder: str, name: str) -> bool:
    """Return whether a name is that of a whole page's template in a folder; parts of pages lie deeper."""
    return not set("/\\\0") & set(name) and os.path.isfile(os.path.join(folder, name))


def _public_attachments(register: Register, folders: dict[str, tuple]) -> set[str]:
    """Return the attachments to publish: of public disclosures, without those that only withdrawn problems refer to."""
    return {
        at("disclosure", disclosure=disclosure.id) + name
        for disclosure in register.disclosures
        for name in public_attachments(disclosure, folders[disclosure.id][1], folders[disclosure.id][0])
    }
