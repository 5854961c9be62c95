"""The open data as a piece of the site: the files, put together from a part of each disclosure, and the page that explains them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from rectify.core.language import language as language_of
from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.site_map import ADDRESSES, SITE, at
from rectify.core.vocabulary import STATUSES
from rectify.host.bodies import BASE
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.pieces import Files, Piece
from rectify.host.shell import Page
from rectify.host.site_texts import amount
from rectify.outputs import data
from rectify.outputs.counting import counting_json
from rectify.outputs.data_package import MEDIA_TYPES, About, data_package
from rectify.outputs.data_schema import data_schema
from rectify.outputs.data_tables import (
    DISCLOSURES,
    PROBLEMS,
    PROGRESS,
    TABLES,
    Table,
    csv_file,
    csv_rows,
    field_rows,
    rows_of,
)
from rectify.outputs.linked_data import Publisher, of_data
from rectify.outputs.workbook import Sheet, sheet_rows, workbook
from rectify.sources.store import Kept, Store, key_of

_PLACE = SITE["data"]


class _Fragment(NamedTuple):
    """One disclosure's part of the files."""

    json: str
    """Its problems."""
    problems: str
    """As CSV, as are the following two."""
    disclosure: str
    progress: str
    problem_sheet: str
    disclosure_sheet: str


_FRAGMENTS = Kept[_Fragment]("fragments", _Fragment)


class DataFiles:
    """Makes the data files of a register."""

    def __init__(
        self,
        register: Register,
        store: Store,
        facts: Mapping[str, str],
        fragments: Fragments,
        fill: Callable[[Page], bytes],
        about: About,
        is_published: bool,
        version: str,
    ):
        """`facts` has a fingerprint of what the data say of a disclosure, by its id."""
        self._register, self._store, self._facts = register, store, facts
        self._templates, self._language, self._fill = fragments, fragments.texts.language, fill
        self._about, self._is_published, self._version = about, is_published, version

    def piece(self) -> Piece:
        """Return the one piece."""
        conditions = (self._version, self._register.as_of, self._about, self._is_published)
        return Piece("data", key_of(*conditions, list(self._facts.values())), self._files)

    def _files(self) -> Files:
        register, language = self._register, self._language
        parts = list(self._fragments())
        tables = {
            PROBLEMS: [part.problems for part in parts],
            DISCLOSURES: [part.disclosure for part in parts],
            PROGRESS: [part.progress for part in parts],
        }
        made = {
            at("problem_data", ending="csv"): csv_file(PROBLEMS, tables[PROBLEMS], language),
            at("disclosure_table"): csv_file(DISCLOSURES, tables[DISCLOSURES], language),
            at("progress_table"): csv_file(PROGRESS, tables[PROGRESS], language),
            at("problem_data", ending="json"): data.problems_json((part.json for part in parts), register.as_of),
            at("disclosure_data"): data.disclosures_json(register),
            at("workbook"): self._workbook(parts),
            at("counting_rules"): counting_json(register, language),
        }
        named = {posixpath.basename(path): content for path, content in made.items()}
        made[at("data_schema")] = data_schema()
        made[at("data_package")] = data_package(named, self._about, language)
        yield from made.items()
        page = self._page({path: len(content) for path, content in made.items()})
        yield page.path, self._fill(page)

    def _workbook(self, parts: list[_Fragment]) -> bytes:
        register, language = self._register, self._language

        def sheet(table: Table, rows: list[str], count: int) -> Sheet:
            return Sheet(language.say(table.title), table.head(language), table.widths(), rows, count)

        explained = list(field_rows((PROBLEMS, DISCLOSURES), language))
        return workbook(
            [
                sheet(PROBLEMS, [part.problem_sheet for part in parts], len(register.problems)),
                sheet(DISCLOSURES, [part.disclosure_sheet for part in parts], len(register.disclosures)),
                Sheet(
                    language.text("字段"),
                    explained[0],
                    (10, 18, 24, 18, 60),
                    [sheet_rows(explained[1:])],
                    len(explained) - 1,
                ),
            ]
        )

    def _page(self, sizes: Mapping[str, int]) -> Page:
        language = self._language
        register, other = self._register, language_of("en" if language.is_chinese else "zh")
        rows = {
            PROBLEMS.key: len(register.problems),
            DISCLOSURES.key: len(register.disclosures),
            PROGRESS.key: len(register.updates),
        }
        title = language.text("开放数据")
        content = self._templates.render(
            "data",
            title=title,
            about=self._about,
            generator=data.GENERATOR,
            sizes={path: amount(size) for path, size in sizes.items()},
            file=lambda path: Markup(BASE + path),
            tables=TABLES,
            rows=rows,
            paths=ADDRESSES,
            language=language,
            other=other,
            other_lang=Markup(' lang="{}"').format(other.tag),
            status_terms=list(STATUSES),
            is_published=self._is_published,
        )
        about = language.text("全部问题、通报和进展的数据文件，各是什么、怎样使用")
        told = self._told(sizes, about) if self._about.address else ""
        return Page(_PLACE.path, title, content, about, _PLACE.section, Head(column_tags("data", language), data=told))

    def _told(self, paths: Iterable[str], about: str) -> str:
        """Return what programs are told of the data of a site that knows its address."""
        names = self._about
        site = Publisher(names.title, names.publisher, f"{names.address.rstrip('/')}/")
        files = [(path, MEDIA_TYPES[path.rpartition(".")[2]]) for path in paths]
        return of_data(site, files, names.licence.url, names.as_of.isoformat(), self._language, about)

    def problems(self) -> Iterator[str]:
        """Yield each disclosure's part of the problem data as JSON."""
        return (part.json for part in self._fragments())

    def _fragments(self) -> Iterator[_Fragment]:
        return map(self._fragment, self._register.disclosures)

    def _fragment(self, disclosure: Disclosure) -> _Fragment:
        """Return one disclosure's part of the files, from the cache when unchanged."""
        as_of, problems, language = self._register.as_of, self._register.of(disclosure), self._language
        key = (self._version, as_of, self._facts[disclosure.id])
        made = self._store.get(_FRAGMENTS, disclosure.id, key)
        if made is None:
            counts = self._register.counts_of(disclosure)
            rows = {table: list(rows_of(table, disclosure, problems, counts, as_of, language)) for table in TABLES}
            made = _Fragment(
                data.problems_fragment(problems, as_of, language),
                *(csv_rows(rows[table]) for table in (PROBLEMS, DISCLOSURES, PROGRESS)),
                *(sheet_rows(rows[table]) for table in (PROBLEMS, DISCLOSURES)),
            )
            self._store.put(_FRAGMENTS, disclosure.id, key, made)
        return made
