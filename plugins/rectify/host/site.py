"""Everything the register adds to the site, as a list of pieces that are made again only where changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

from rectify.checks.active_page import listed
from rectify.core.changes import Record
from rectify.core.citation import citation_of
from rectify.core.language import Language
from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.site_map import at
from rectify.host.citations import Citations, Cited
from rectify.host.cluster.alike import versions
from rectify.host.cluster.rendering import Errand, Ground, Lookout, templates_in
from rectify.host.compile import Compiled, Compiler, Fingerprints
from rectify.host.courses import courses, late_entries
from rectify.host.data_pieces import DataFiles
from rectify.host.disclosure_list_pages import DisclosureLists
from rectify.host.feed_pieces import Feeds
from rectify.host.folder_pages import Beside, folder_files
from rectify.host.fragments import Fragments
from rectify.host.list_pages import Lists
from rectify.host.page_heads import Heads
from rectify.host.past_pieces import PastData
from rectify.host.pieces import Bundle, Files, Piece
from rectify.host.publication import Told
from rectify.host.release_pages import Releases
from rectify.host.search_pieces import SearchIndex, search_page, variants_files
from rectify.host.shell import Shell
from rectify.host.site_map_page import SiteMapPage
from rectify.host.table_pages import Table
from rectify.host.theme_assets import ThemeAssets
from rectify.host.update_pages import Updates, events_of
from rectify.outputs.change_table import CHANGES, change_rows
from rectify.outputs.data_package import About, Licence
from rectify.outputs.data_tables import csv_file, csv_rows
from rectify.outputs.public_record import as_data
from rectify.sources.store import Store, key_of


class Sources(NamedTuple):
    """What a site is made from."""

    register: Register
    compiled: dict[str, Compiled]
    sizes: dict[str, dict[str, int]]
    """Sizes of the attachments of each report folder, in bytes."""
    compiler: Compiler
    store: Store
    published: Callable[[str], bytes]
    """Reads a file of the site as it stands."""


class Site:
    """The pieces of one register."""

    def __init__(
        self,
        sources: Sources,
        shell: Shell,
        fragments: Fragments,
        scripts: frozenset[str],
        assets: ThemeAssets,
        version: str,
        pages: Record,
        told: Told | None,
        room: int,
        names: tuple[str, str, str],
        licence: Licence,
    ):
        """`names` are the site's own, its publisher's and its address, which may be empty, `licence` is that of the data. `scripts` are the hashes of the theme's own, `pages` is the record of what is no disclosure's; `told` is None where nothing is
        known of publications, `room` are the bytes that the data of publications may take."""
        self._sources, self._register = sources, sources.register
        self._fingerprints: dict[str, Fingerprints] = {
            r.id: sources.compiled[r.id].fingerprints for r in self._register.disclosures
        }
        self._shell, self._fragments, self._scripts, self._assets = shell, fragments, scripts, assets
        self._version = key_of(version, shell.fingerprint())
        self._pages, self._told, self._room, self._names = pages, told, room, names
        self._licence = licence
        self._courses = courses(told.releases if told else ())
        self._late = late_entries(told.releases if told else ())
        self._citations = Citations(told) if told else None

    def pieces(self) -> Iterator[Piece | Bundle]:
        """Yield everything that the register publishes."""
        register, fragments, fill, version = self._register, self._fragments, self._shell.fill, self._version
        facts = {rid: one.facts for rid, one in self._fingerprints.items()}
        # The longest work first, so that no process is left alone with it at the end.
        yield self._search_index([self._fingerprints[one.id].everything for one in register.disclosures])
        yield self._variants()
        about = About(*self._names, self._licence, register.as_of)
        data_files = DataFiles(
            register,
            self._sources.store,
            facts,
            fragments,
            fill,
            about,
            bool(self._told and self._told.release),
            version,
        )
        yield data_files.piece()
        yield from (self._folder_piece(disclosure) for disclosure in register.disclosures)
        yield self._of_facts(facts)
        if self._told is not None:
            yield from self._of_releases(self._told, data_files)
        data = as_data(self._pages)
        yield Piece("page-data", key_of(data), lambda: [(at("page_data"), data)])
        yield search_page(fragments, fill, version, register.as_of)
        assets = self._assets
        yield Piece("theme-assets", key_of(sorted(assets.files)), assets.files.items)
        scripts = listed(self._scripts)
        yield Piece("theme-scripts", key_of(scripts), lambda: [(at("theme_scripts"), scripts)])

    def _of_facts(self, facts: dict[str, str]) -> Bundle:
        """Return what is made of the register without the texts of bodies; `facts` has its fingerprints, by the id of the disclosure."""
        register, fragments, fill, version = self._register, self._fragments, self._shell.fill, self._version
        events = events_of(self._told, register) if self._told else []

        def pieces() -> Iterator[Piece | Bundle]:
            fingerprints = [
                (register.of(disclosure), self._fingerprints[disclosure.id]) for disclosure in register.disclosures
            ]
            rows = {p.path: row for problems, d in fingerprints for p, row in zip(problems, d.rows)}
            progress = {p.path: entries for problems, d in fingerprints for p, entries in zip(problems, d.progress)}
            yield from Lists(register, fragments, rows, facts, fill, version).pieces()
            yield from Table(register, fragments, facts, fill, version).pieces()
            updates = Updates(register, fragments, progress, events, self._late, fill, version)
            yield from updates.pieces()
            is_published = self._told is not None
            yield SiteMapPage(register, fragments, self._pages, updates.months, is_published, fill).piece(version)
            if self._names[2]:
                alone, styles = self._shell.alone, self._assets.card
                yield from Feeds(register, fragments, events, self._names, alone, styles, version).pieces()
            yield from DisclosureLists(register, fragments, facts, fill, version).pieces()

        beside = (
            self._told is not None,
            [(one.day, one.problem.ref, one.change, one.kind) for one in events],
            self._late,
        )
        conditions = (version, register.as_of, self._names, self._assets.card, self._pages["pages"], beside)
        return Bundle("facts", key_of(conditions, list(facts.items())), pieces)

    def _of_releases(self, told: Told, now: DataFiles) -> Iterator[Piece]:
        sources, language = self._sources, self._fragments.texts.language
        past: dict[str, Piece] = {}
        if told.release:
            texts = {rid: dict(one.texts) for rid, one in self._fingerprints.items()}
            data = PastData(
                told, self._register, now, self._record, texts, self._room, sources.store, language, self._version
            )
            past = dict(data.pieces())
            yield from past.values()
            yield Piece("changes", key_of(self._version, told.history.end), partial(_changes, told, language))
        places = {*self._pages["pages"], *self._pages["files"]}
        yield from Releases(
            told.releases, past, self._register, self._fragments, self._shell.fill, self._version, places
        ).pieces()

    def _record(self, disclosure_id: str) -> Record:
        return self._sources.compiler.record(disclosure_id, self._fingerprints[disclosure_id].everything)

    def _search_index(self, stamps: list[str]) -> Piece:
        sources, texts = self._sources, self._fragments.texts
        index = SearchIndex(self._register, sources.compiled, sources.compiler, sources.published, texts)
        key = key_of(self._version, self._register.as_of, stamps)
        return Piece("search-index", key, index.make, index.basis, index.correct)

    def _variants(self) -> Piece:
        own = "".join(
            sorted({*chain(*(self._sources.compiled[one.id].characters for one in self._register.disclosures))})
        )
        files = partial(variants_files, own)
        return Piece("search-variants", key_of(self._version, own), files)

    def _folder_piece(self, disclosure: Disclosure) -> Piece:
        others = [
            (r.id, r.title, r.published, self._register.counts_of(r)) for r in self._register.others_of_unit(disclosure)
        ]
        course = self._courses.get(disclosure.id, {})
        cited = self._citations.of(disclosure.id) if self._citations else None
        late = [self._late.get(problem.ref) for problem in self._register.of(disclosure)]
        matters = [
            (p.ref, p.title, p.status, p.deadline, d.title, d.published)
            for problem in self._register.of(disclosure)
            for p in self._register.matters.get(problem.ref, ())
            for d in (self._register.disclosure_of(p),)
        ]
        everything = self._fingerprints[disclosure.id].everything
        key = key_of(self._version, self._register.as_of, everything, others, course, cited, late, matters)
        return Piece(f"folder:{disclosure.id}", key, partial(self.files_of, disclosure), disclosure=disclosure.id)

    def _mentions(self, disclosure: Disclosure) -> dict[str, tuple[Cited, str]]:
        """Return by which publication each problem is cited and the mark for it; nothing where none is known yet."""
        if self._citations is None:
            return {}
        first, others = self._citations.of(disclosure.id)
        cited = {problem.ref: others.get(problem.ref, first) for problem in self._register.of(disclosure)}
        texts = dict(self._fingerprints[disclosure.id].texts)
        return {
            ref: (one, citation_of(ref, one.release, one.chain, texts[ref]).mark())
            for ref, one in cited.items()
            if one.release
        }

    def beside(self, disclosure: Disclosure) -> Beside:
        """Return what the pages of a disclosure show besides the register."""
        late = {
            problem.ref: self._late[problem.ref]
            for problem in self._register.of(disclosure)
            if problem.ref in self._late
        }
        return Beside(
            self._sources.compiler.parts(disclosure.id, self._fingerprints[disclosure.id].everything),
            self._sources.sizes[disclosure.id],
            dict(self._courses.get(disclosure.id, {})),
            self._mentions(disclosure),
            late,
        )

    def ground(self, shared: dict[str, str], templates: Iterable[str], lookout: Lookout | None) -> Ground:
        """Return what other machines show disclosures by; `shared` are values that every template knows."""
        return Ground(
            versions(),
            self._fragments.texts.language.key,
            self._register.as_of,
            shared,
            self._names,
            self._shell.sent(),
            templates_in(templates),
            lookout,
        )

    def errand(self, disclosure_id: str) -> Errand:
        """Return what another machine must know to make the files of a disclosure."""
        register, compiled = self._register, self._sources.compiled
        own = register.by_id[disclosure_id]
        others = [
            register.disclosure_of(p) for problem in register.of(own) for p in register.matters.get(problem.ref, ())
        ]
        named = tuple(dict.fromkeys((own, *register.others_of_unit(own), *others)))
        return Errand(
            disclosure_id,
            self.beside(own),
            named,
            {one.id: register.of(one) for one in named},
            tuple(words for one in named for words in compiled[one.id].words),
            compiled[disclosure_id].checked.clean,
        )

    def files_of(self, disclosure: Disclosure) -> Files:
        """Yield path and content of every page of a disclosure, and of its record."""
        heads = Heads(self._fragments.texts, *self._names)
        beside = self.beside(disclosure)
        return folder_files(disclosure, self._register, beside, self._fragments, heads, self._shell.fill)


def _changes(told: Told, language: Language) -> Files:
    rows = change_rows(((one.head, one.changes) for one in reversed(told.releases)), language)
    return [(at("changes"), csv_file(CHANGES, [csv_rows(rows)], language))]
