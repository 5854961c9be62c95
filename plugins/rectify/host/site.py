"""Everything the register adds to the site: pages, lists, data, search index and sitemap, made again only where changed."""

from __future__ import annotations

import dataclasses
import html
from functools import partial
from pathlib import Path
from typing import Iterator

from rectify.core.model import Report
from rectify.core.register import Register
from rectify.core.vocabulary import STATUSES
from rectify.host.compile import Compiler
from rectify.host.folder_pages import folder_pages
from rectify.host.fragments import Fragments
from rectify.host.list_pages import Lists
from rectify.host.shell import Page, Shell
from rectify.host.update_pages import Updates
from rectify.host.work import Files, Piece, digest
from rectify.outputs import data, search_index
from rectify.sources.content import Stamp

SEARCH = "search/index/"


class Site:
    """The pieces of one register."""

    def __init__(
        self, register: Register, stamps: dict[str, Stamp], content: Path, compiler: Compiler, shell: Shell,
        fragments: Fragments, version: str,
    ):  # fmt: skip
        self._register, self._folders, self._content = register, stamps, content
        self._compiler, self._shell, self._fragments = compiler, shell, fragments
        self._version = digest(version, shell.fingerprint())
        self._stamps = {rid: digest(stamp) for rid, stamp in stamps.items()}

    def pieces(self) -> Iterator[Piece]:
        """Yield everything that the register publishes."""
        register, fill = self._register, self._shell.fill
        yield from (self._folder_piece(report) for report in register.reports)
        yield from Lists(register, self._fragments, self._stamps, fill, self._version).pieces()
        yield from Updates(register, self._fragments, self._stamps, fill, self._version).pieces()
        everything = digest(self._version, register.as_of, [(r.id, self._stamps[r.id]) for r in register.reports])
        yield Piece("reports", everything, self._reports)
        yield Piece("search-page", self._version, self._search_page)
        yield Piece("data", everything, self._data)
        yield Piece("search-index", everything, self._search_index)

    def _folder_piece(self, report: Report) -> Piece:
        others = [(r.id, r.title, r.published, self._register.counts_of(r)) for r in self._register.others_of_unit(report)]
        key = digest(self._version, self._register.as_of, self._stamps[report.id], others)
        return Piece(f"folder:{report.id}", key, partial(self._folder, report))

    def _folder(self, report: Report) -> Files:
        parts = self._compiler.parts(report.id, self._folders[report.id])
        sizes = {name: _type_and_size(name, size) for name, _, size in self._folders[report.id] if name.startswith("files/")}
        for page in folder_pages(report, self._register, parts, sizes, self._fragments):
            yield page.path, self._shell.fill(page)

    def _reports(self) -> Files:
        rows = [(r, self._register.counts_of(r)) for r in self._register.reports]
        content = self._fragments.render("reports", report_rows=rows)
        page = Page("reports/", "公开通报", content, "", "reports", (("ColumnName", "公开通报"), ("ColumnType", "信息公开")))
        return [(page.path, self._shell.fill(page))]

    def _search_page(self) -> Files:
        content = self._fragments.render("search", statuses=list(STATUSES))
        page = Page("search/", "搜索", content, "搜索全部公开的问题和通报", "search")
        return [(page.path, self._shell.fill(page))]

    def _data(self) -> Files:
        register = self._register
        of = [(report, register.of(report)) for report in register.reports]
        fragments = (data.problems_fragment(problems, register.as_of) for _, problems in of)
        rows = (data.csv_fragment(report, problems, register.as_of) for report, problems in of)
        return [
            ("data/problems.json", data.problems_json(fragments, register.as_of)),
            ("data/problems.csv", data.problems_csv(rows)),
            ("data/disclosures.json", data.disclosures_json(register)),
        ]

    def _search_index(self) -> Files:
        analyses: list[search_index.Analysis] = []
        for report in self._register.reports:
            parts = self._compiler.parts(report.id, self._folders[report.id])
            first, *rest = parts.analyses
            analyses.append(first)
            for problem, analysis in zip(self._register.of(report), rest):
                if problem.overdue(self._register.as_of):
                    analysis = dataclasses.replace(analysis, state=(*analysis.state[:2], True))
                analyses.append(analysis)
        files = search_index.assemble(analyses, {"status": STATUSES.labels()})
        return ((SEARCH + path, content) for path, content in files.items())

    def sitemap(self, site_url: str, others: list[str]) -> bytes:
        """Return `sitemap.xml`: ordinary pages by their URL, then every page of the register with its date.

        Dates come from the records, never from the clock: a rebuild must not make anything look new.
        """
        register, base = self._register, site_url.rstrip("/") + "/"
        rows: list[tuple[str, str]] = [(url, "") for url in others]
        rows += [(url, register.as_of.isoformat()) for url in ("reports/", "problems/", "updates/")]
        for report in register.reports:
            rows.append((report.url, report.as_of.isoformat()))
            for problem in register.of(report):
                last = problem.last_progress
                rows.append((problem.url, (last.date if last else report.published).isoformat()))
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
