"""Everything the register adds to the site: pages, lists, data, search index and sitemap, made again only where changed."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.vocabulary import STATUSES
from rectify.host.bodies import BASE
from rectify.host.compile import Compiled, Compiler, Digests
from rectify.host.folder_pages import folder_pages
from rectify.host.fragments import Fragments
from rectify.host.list_pages import Lists
from rectify.host.pieces import Files, Piece
from rectify.host.release_pages import Release, Releases
from rectify.host.search_pieces import SearchIndex
from rectify.host.shell import Page, Shell
from rectify.host.update_pages import Updates
from rectify.outputs import data
from rectify.sources.store import Store, key_of

_DISCLOSURES_ON_A_PAGE = 50


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
    history: tuple[Release, ...] | None
    """Earlier publications; None where the site is not built to be published."""


class Site:
    """The pieces of one register."""

    def __init__(self, sources: Sources, shell: Shell, fragments: Fragments, version: str):
        self._sources, self._register = sources, sources.register
        self._digests: dict[str, Digests] = {r.id: sources.compiled[r.id].digests for r in self._register.disclosures}
        self._shell, self._fragments = shell, fragments
        self._version = key_of(version, shell.fingerprint())

    def pieces(self) -> Iterator[Piece]:
        """Yield everything that the register publishes."""
        register, fill = self._register, self._shell.fill
        digests = [(register.of(disclosure), self._digests[disclosure.id]) for disclosure in register.disclosures]
        rows = {p.path: row for problems, d in digests for p, row in zip(problems, d.rows)}
        progress = {p.path: entries for problems, d in digests for p, entries in zip(problems, d.progress)}
        # The longest work first, so that no process is left alone with it at the end.
        yield self._search_piece([d.everything for _, d in digests])
        facts = key_of(self._version, register.as_of, [d.facts for _, d in digests])
        yield Piece("data", facts, self._data)
        yield from (self._folder_piece(disclosure) for disclosure in register.disclosures)
        yield from Lists(register, self._fragments, rows, fill, self._version).pieces()
        yield from Updates(register, self._fragments, progress, fill, self._version).pieces()
        yield from self._disclosure_list_pieces()
        if (history := self._sources.history) is not None:
            yield from Releases(history, register, self._fragments, fill, self._version).pieces()
        yield Piece("search-page", self._version, self._search_page)

    def _search_piece(self, stamps: list[str]) -> Piece:
        sources = self._sources
        index = SearchIndex(self._register, sources.compiled, sources.compiler, sources.published)
        key = key_of(self._version, self._register.as_of, stamps)
        return Piece("search-index", key, index.make, index.basis, index.correct)

    def _folder_piece(self, disclosure: Disclosure) -> Piece:
        others = [
            (r.id, r.title, r.published, self._register.counts_of(r)) for r in self._register.others_of_unit(disclosure)
        ]
        key = key_of(self._version, self._register.as_of, self._digests[disclosure.id].everything, others)
        return Piece(f"folder:{disclosure.id}", key, partial(self._folder, disclosure))

    def _folder(self, disclosure: Disclosure) -> Files:
        parts = self._sources.compiler.parts(disclosure.id, self._digests[disclosure.id].everything)
        sizes = {name: _type_and_size(name, size) for name, size in self._sources.sizes[disclosure.id].items()}
        for page in folder_pages(disclosure, self._register, parts, sizes, self._fragments):
            yield page.path, self._shell.fill(page)

    def _disclosure_list_pieces(self) -> Iterator[Piece]:
        disclosures, size = self._register.disclosures, _DISCLOSURES_ON_A_PAGE
        chunks = [disclosures[i : i + size] for i in range(0, len(disclosures), size)] or [()]
        about = (self._register.as_of, self._register.counts, len(disclosures))
        for number, chunk in enumerate(chunks, start=1):
            key = key_of(self._version, about, [self._digests[r.id].facts for r in chunk])
            yield Piece(f"reports:{number}", key, partial(self._disclosure_list, chunk, number, len(chunks)))

    def _disclosure_list(self, disclosures: tuple[Disclosure, ...], number: int, pages: int) -> Files:
        # An underscore, which no report id has.
        urls = [Markup(f"{BASE}reports/")] + [Markup(f"{BASE}reports/page_{n}/") for n in range(2, pages + 1)]
        rows = [(r, self._register.counts_of(r)) for r in disclosures]
        content = self._fragments.render("disclosures", disclosure_rows=rows, page=number, pages=pages, urls=urls)
        url = "reports/" if number == 1 else f"reports/page_{number}/"
        title = "公开通报" if number == 1 else f"公开通报（第{number}页）"
        page = Page(url, title, content, "", "reports", (("ColumnName", "公开通报"), ("ColumnType", "信息公开")))
        return [(page.path, self._shell.fill(page))]

    def _search_page(self) -> Files:
        content = self._fragments.render("search", statuses=list(STATUSES))
        page = Page("search/", "搜索", content, "搜索全部公开的问题和通报", "search")
        return [(page.path, self._shell.fill(page))]

    def _data(self) -> Files:
        register = self._register
        fragments = [self._data_fragment(disclosure) for disclosure in register.disclosures]
        return [
            ("data/problems.json", data.problems_json((json for json, _ in fragments), register.as_of)),
            ("data/problems.csv", data.problems_csv(csv for _, csv in fragments)),
            ("data/disclosures.json", data.disclosures_json(register)),
        ]

    def _data_fragment(self, disclosure: Disclosure) -> tuple[str, str]:
        """Return one disclosure's part of the problem data as JSON and as CSV, from the cache when unchanged."""
        as_of, problems = self._register.as_of, self._register.of(disclosure)
        name, key = f"data/{disclosure.id}", (self._version, as_of, self._digests[disclosure.id].facts)
        made = self._sources.store.get(name, key)
        if made is None:
            made = (data.problems_fragment(problems, as_of), data.csv_fragment(disclosure, problems, as_of))
            self._sources.store.put(name, key, made)
        return made

    def sitemap(self, site_url: str, others: list[str]) -> bytes:
        """Return `sitemap.xml`: ordinary pages by their URL, then every page of the register with its date.

        Dates come from the records, never from the clock: a rebuild must not make anything look new.
        """
        register, base = self._register, site_url.rstrip("/") + "/"
        rows: list[tuple[str, str]] = [(url, "") for url in others]
        lists = ["reports/", "problems/", "updates/", *(["releases/"] if self._sources.history is not None else [])]
        rows += [(url, register.as_of.isoformat()) for url in lists]
        for disclosure in register.disclosures:
            rows.append((disclosure.url, disclosure.as_of.isoformat()))
            for problem in register.of(disclosure):
                last = problem.last_progress
                rows.append((problem.url, (last.date if last else disclosure.published).isoformat()))
        urls = "".join(
            f"<url><loc>{html.escape(base + url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
            for url, day in rows
        )
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return f"{head}{urls}</urlset>\n".encode()


def _type_and_size(name: str, size: int) -> str:
    ending = name.rsplit(".", 1)[-1].upper() if "." in name else "文件"
    if size < 1_000_000:
        return f"{ending}，{max(1, round(size / 1000))} KB"
    return f"{ending}，{size / 1_000_000:.1f} MB"
