"""The table of all problems as pieces of the site: its page with the first rows in it, its index, and its rows in parts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from rectify.core.language import N_
from rectify.core.model import Problem
from rectify.core.register import Register
from rectify.core.site_map import SITE, at
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, STATES, STATUSES
from rectify.host.axes import STATE
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Head
from rectify.host.page_tags import column_tags
from rectify.host.pieces import Files, Piece
from rectify.host.shell import Page
from rectify.outputs import problem_table
from rectify.outputs.problem_table import Part
from rectify.sources.store import key_of

_PLACE = SITE["table"]
FIRST_ROWS = 50
"""Rows of the table on one screen; the first stand in the page itself."""

_REF, _LATE, _PROGRESS, _DISCLOSURE = N_("编号"), N_("逾期"), N_("最近进展"), N_("通报")
_COLUMNS = (
    "title", "status", "late", "unit", "lead", "deadline", "progress", "disclosure", "published", "group", "number",
    "category", "units", "owner", "flags", "priority", "inspection", "round", "inspector", "closeout", "earlier", "ref",
)  # fmt: skip
SHOWN = ("title", "status", "unit", "lead", "deadline", "progress", "ref")
"""The columns that are shown until a reader chooses, but for those that are empty."""
_TOLD: dict[str, Callable[[Problem], object]] = {
    "lead": lambda p: p.lead,
    "deadline": lambda p: p.deadline or p.long_term,
    "progress": lambda p: p.last_progress,
}
"""What has to be known of one problem at least for its column to be shown."""
_AXES = (
    "status", "late", "unit", "year", "flags", "state", "priority", "inspection", "round", "category", "group", "disclosure",
)  # fmt: skip
_OPEN_AXES = 5
"""Filters whose values are seen at once."""


class Table:
    """Makes the table of one register."""

    columns: tuple[str, ...] = _COLUMNS
    shown: tuple[str, ...] = SHOWN
    axes: tuple[str, ...] = _AXES

    def __init__(
        self,
        register: Register,
        fragments: Fragments,
        facts: Mapping[str, str],
        fill: Callable[[Page], bytes],
        version: str,
    ):
        """`facts` has a fingerprint of what the data say of a disclosure, by its id."""
        self._register, self._fragments, self._facts = register, fragments, facts
        self._fill, self._version = fill, version
        empty = {name for name, told in _TOLD.items() if not any(map(told, register.problems))}
        self.shown = tuple(name for name in self.shown if name not in empty)

    def pieces(self) -> Iterator[Piece]:
        """Yield the page, the index and the parts."""
        register = self._register
        parts = problem_table.parts_of(register)
        first = register.problems[:FIRST_ROWS]
        seen = [self._facts[one] for one in dict.fromkeys(problem.disclosure for problem in first)]
        key = key_of(self._version, register.as_of, register.counts, seen, self.shown)
        yield Piece("table", key, self._page)
        key = key_of(self._version, register.as_of, list(self._facts.values()), register.unit_names)
        index = at("table_index")
        words = self._fragments.texts.packed_words
        yield Piece("table-index", key, lambda: [(index, problem_table.index_json(register, parts, words))])
        for part in parts:
            key = key_of(self._version, [(one.id, self._facts[one.id]) for one in part.disclosures])
            yield Piece(f"table:{part.number}", key, partial(self._part, part))

    def _part(self, part: Part) -> Files:
        words = self._fragments.texts.packed_words
        return [(problem_table.file_of(part), problem_table.part_json(self._register, part, words))]

    def _page(self) -> Files:
        register, texts = self._register, self._fragments.texts
        language = texts.language
        labels = {key.name: language.name(key) for key in (*DISCLOSURE_KEYS, *PROBLEM_KEYS)}
        labels |= {
            "ref": language.say(_REF),
            "late": language.say(_LATE),
            "progress": language.say(_PROGRESS),
            "disclosure": language.say(_DISCLOSURE),
            "state": language.say(STATE.label),
            "year": language.text("年份"),
            "site": language.text("网站"),
            "site_as_of": language.text("数据截至"),
        }
        title = language.text("问题总表")
        content = self._fragments.render(
            "table",
            title=title,
            counts=register.counts,
            rows=[(p, register.disclosure_of(p)) for p in register.problems[:FIRST_ROWS]],
            columns=[(name, labels[name]) for name in self.columns],
            shown=self.shown,
            axes=[(name, labels[name]) for name in self.axes],
            open_axes=self.axes[:_OPEN_AXES],
            labels=labels,
            state_names={key: STATE.name(texts, key) for key in STATES.entries},
            counts_as=json.dumps({status.key: status.counts_as for status in STATUSES}),
            page_size=FIRST_ROWS,
        )
        about = language.text("全部问题在一张表里：排序、筛选、查找、下载")
        page = Page(_PLACE.path, title, content, about, _PLACE.section, Head(column_tags("problems", language)))
        return [(page.path, self._fill(page))]
