"""Search as pieces of the site: its page, and its index made whole, or corrected where a few texts have changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import cast

from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.site_map import SITE, at
from rectify.core.vocabulary import STATUSES
from rectify.host.compile import Compiled, Compiler
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.pieces import Basis, Files, Piece
from rectify.host.shell import Page
from rectify.host.site_texts import SiteTexts
from rectify.outputs.search_entries import labels
from rectify.outputs.search_index import Analysis, Layout, assemble, days_of, patch
from rectify.outputs.variants import FILE, variants_json
from rectify.sources.store import key_of

_PLACE = SITE["search"]

_MOST_CORRECTED = 0.1
"""Share of disclosures changed, above which making the whole index is quicker."""


class SearchIndex:
    """Reads and writes the index of one register; entries are in the register's order."""

    def __init__(
        self,
        register: Register,
        compiled: dict[str, Compiled],
        compiler: Compiler,
        published: Callable[[str], bytes],
        texts: SiteTexts,
    ):
        """`published` reads a file of the site as it stands."""
        self._units = register.unit_names
        self._labels = labels(texts.language, self._units, texts.packed_words)
        self._register, self._compiled, self._compiler, self._published = register, compiled, compiler, published
        self.basis: Basis = {
            r.id: (compiled[r.id].fingerprints.everything, self._overdue(r)) for r in register.disclosures
        }

    def _overdue(self, disclosure: Disclosure) -> tuple[bool, ...]:
        return (False, *(p.overdue(self._register.as_of) for p in self._register.of(disclosure)))

    def make(self) -> Files:
        """Yield every file of the index."""
        files = assemble(
            [a for r in self._register.disclosures for a in self._analyses(r.id)], self._labels, self._units
        )
        return ((_in_index(path), content) for path, content in files.items())

    def _analyses(self, disclosure_id: str) -> list[Analysis]:
        stamp, overdue = self.basis[disclosure_id]
        return [_with_overdue(a, late) for a, late in zip(self._compiler.analyses(disclosure_id, stamp), overdue)]

    def correct(self, before: Basis) -> dict[str, bytes] | None:
        """Return the files that differ from the published index, given its basis, or None to make all of it."""
        changed = [rid for rid in self.basis if self.basis[rid] != before.get(rid)]
        if list(before) != list(self.basis) or len(changed) > max(1, _MOST_CORRECTED * len(before)):
            return None
        was: dict[int, Analysis] = {}
        places, entries = self._entries()
        for rid in changed:
            stamp, late = before[rid]
            old = self._compiler.old_analyses(rid, stamp)
            if old is None or len(old) != len(self._compiled[rid].slots):
                return None
            was |= {places[rid] + i: _with_overdue(a, o) for i, (a, o) in enumerate(zip(old, late))}
        was = {place: analysis for place, analysis in was.items() if analysis != entries[place].whole()}
        if Layout(cast(list[Analysis], entries)).stamp != json.loads(self._read("index.json"))["stamp"]:
            return None
        files = patch(self._read, cast(list[Analysis], entries), was, self._labels, self._units)
        return {_in_index(path): content for path, content in files.items()}

    def _read(self, path: str) -> bytes:
        return self._published(_in_index(path))

    def _entries(self) -> tuple[dict[str, int], list[_Entry]]:
        """Return the place of each disclosure among the entries, and the entries."""
        places: dict[str, int] = {}
        entries: list[_Entry] = []
        analyses = cache(self._analyses)
        for disclosure in self._register.disclosures:
            places[disclosure.id] = len(entries)
            problems = self._register.of(disclosure)
            rows: list[tuple[str, str, str, date | None, bool, tuple[str, ...]]] = [
                (disclosure.id, "disclosure", "", disclosure.published, False, ())
            ]
            rows += [
                (
                    p.ref,
                    "problem",
                    p.status,
                    p.progress[-1].date if p.progress else None,
                    bool(p.priority),
                    tuple(sorted(p.flags)),
                )
                for p in problems
            ]
            slots, late = self._compiled[disclosure.id].slots, self.basis[disclosure.id][1]
            load = partial(analyses, disclosure.id)
            for i, (ref, kind, status, day, priority, flags) in enumerate(rows):
                days = days_of(day.isoformat()) if day else 0
                entries.append(
                    _Entry(
                        ref,
                        (kind, status, late[i], priority, flags),
                        disclosure.unit,
                        disclosure.year,
                        days,
                        slots[i],
                        load,
                        i,
                    )
                )
        return places, entries


def variants_files(characters: str) -> Files:
    """Return the file that tells which characters stand for those of the site."""
    return [(_in_index(FILE), variants_json(characters))]


class _Entry:
    """Stands for an `Analysis`, whose texts are loaded when they are asked for: correcting needs those of few entries."""

    __slots__ = ("_i", "_load", "days", "ref", "slots", "state", "unit", "year")

    def __init__(
        self,
        ref: str,
        state: tuple[str, str, bool, bool, tuple[str, ...]],
        unit: str,
        year: str,
        days: int,
        slots: int,
        load: Callable[[], list[Analysis]],
        i: int,
    ):
        self.ref, self.state, self.unit, self.year = ref, state, unit, year
        self.days, self.slots, self._load, self._i = days, slots, load, i

    def whole(self) -> Analysis:
        return self._load()[self._i]

    @property
    def card(self) -> str:
        return self.whole().card

    @property
    def grids(self) -> tuple[str, str, str]:
        return self.whole().grids

    @property
    def words(self) -> tuple[tuple[str, int], ...]:
        return self.whole().words


def _in_index(name: str) -> str:
    return at("search_part", file=name)


def search_page(fragments: Fragments, fill: Callable[[Page], bytes], version: str, as_of: date) -> Piece:
    """Return the page of search, which the browser fills."""

    def files() -> Files:
        content = fragments.render("search", statuses=list(STATUSES))
        language = fragments.texts.language
        about = language.text("搜索全部公开的问题和通报")
        page = Page(
            _PLACE.path, language.text("搜索"), content, about, _PLACE.section, Head(column_tags("search", language))
        )
        return [(page.path, fill(page))]

    return Piece("search-page", key_of(version, as_of), files)


def _with_overdue(analysis: Analysis, overdue: bool) -> Analysis:
    return analysis._replace(state=(*analysis.state[:2], True, *analysis.state[3:])) if overdue else analysis
