"""The register as the desk knows it: read once, and again where a file has changed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from rectify.checks.checked_folder import CheckedFolder
from rectify.checks.checker import Checker, Progress, stamp_key
from rectify.checks.content import put_together
from rectify.core.course import sent_back, waiting
from rectify.core.finding import Finding, errors
from rectify.core.model import Disclosure, Problem
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import OPEN, STAGES
from rectify.prose import OfficeWords
from rectify.prose.own_words import read_words
from rectify.sources.configuration import Configuration
from rectify.sources.content import Content, stamp_of, survey
from rectify.sources.store import Store
from rectify.sources.units import read_units

SOON, STILL = timedelta(days=30), timedelta(days=90)
"""How long before a deadline it is due soon, and after how long without a word a problem stands still."""


class Row(NamedTuple):
    """One problem of the ledger."""

    problem: Problem
    disclosure: Disclosure
    late: int
    """Days overdue, 0 for one that is not."""
    is_due: bool
    is_still: bool
    last: date
    """The day of the last entry; where there is none, that for which the disclosure stands."""
    waits: str
    """What a decision is waited for, as the vocabulary says what a stage opens; empty for nothing."""
    is_back: bool
    """Whether the inspecting side returned it."""
    wrong: int
    """How many errors the checks find in its file."""


class _Rows:
    """The rows of folders as they were checked, for those that are so still."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[CheckedFolder, date, tuple[Row, ...]]] = {}

    def of(self, one: CheckedFolder, today: date) -> tuple[Row, ...]:
        """Return the problems of a folder that are not withdrawn, in the order of the document."""
        folder = one.folder
        before, day, rows = self._known.get(folder.id, (None, None, ()))
        if before is one and day == today:
            return rows
        wrong = Counter(finding.path for finding in errors(folder.findings))
        rows = tuple(
            _row(problem, folder.disclosure, today, wrong[problem.path])
            for problem in folder.problems
            if folder.disclosure and not problem.withdrawn
        )
        self._known[folder.id] = (one, today, rows)
        return rows


def _row(problem: Problem, disclosure: Disclosure, today: date, wrong: int) -> Row:
    is_open = problem.status in OPEN
    last = max((entry.date for entry in problem.progress), default=disclosure.as_of)
    waits = waiting(problem.course, problem.status)
    return Row(
        problem,
        disclosure,
        problem.days_overdue(today),
        bool(is_open and problem.deadline and today <= problem.deadline <= today + SOON),
        is_open and last < today - STILL,
        last,
        STAGES[waits.stage].opens if waits else "",
        sent_back(problem.course, problem.status) is not None,
        wrong,
    )


class Register:
    """What the content folder held at one moment."""

    def __init__(self, surveyed: Content, folders: dict[str, CheckedFolder], today: date, rows: _Rows):
        self.surveyed, self.folders, self.today = surveyed, folders, today
        self._rows = rows

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every problem that is not withdrawn, the newest disclosure first, in the order of the document."""
        known = [one for one in self.folders.values() if one.folder.disclosure]
        known.sort(key=lambda one: (one.folder.disclosure.published, one.folder.id), reverse=True)  # type: ignore[union-attr]
        return tuple(row for one in known for row in self._rows.of(one, self.today))

    @cached_property
    def wrong(self) -> tuple[Finding, ...]:
        """The errors inside single report folders."""
        return tuple(finding for one in self.folders.values() for finding in errors(one.folder.findings))

    def row(self, ref: str) -> Row | None:
        """Return the problem of a reference, `2025-shuiwuju/04`."""
        return self._by_ref.get(ref)

    @cached_property
    def _by_ref(self) -> dict[str, Row]:
        return {row.problem.ref: row for row in self.rows}


class Office:
    """One site, its files and rules."""

    def __init__(self, site: Configuration):
        """Raises ValueError for word lists or caches that cannot be used."""
        self.site, self.content = site, site.content
        self.words: OfficeWords = read_words(site.words)
        self.units = read_units(site.units)
        caches = site.cache_folder()
        self.state = caches.with_name("-".join([caches.name, "desk", *filter(None, site.path.split("/"))]))
        """What the desk keeps for itself; without it nothing is lost but the way back. Not among the caches: pages are made from folders in it."""
        self._store = Store(caches)
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, CheckedFolder]] = {}
        self._last: Register | None = None
        self._rows = _Rows()

    @property
    def today(self) -> date:
        return self.site.today()

    def file(self, ref: str) -> tuple[str, str]:
        """Return the name of a problem's file below the content folder, and that of its disclosure."""
        disclosure, _slash, number = ref.partition("/")
        return f"{REPORTS}/{disclosure}/{number}.md", disclosure

    def register(self, progress: Progress | None = None) -> Register:
        """Return what is there now; `progress` is told of folders that must be read."""
        with self._lock:
            surveyed, today = survey(self.content), self.today
            if self._last and (surveyed, today) == (self._last.surveyed, self._last.today):
                return self._last
            stamps = {rid: stamp_key(rid, stamp) for rid, stamp in surveyed.folders.items()}
            changed = {rid: stamp for rid, stamp in stamps.items() if self._known.get(rid, ("",))[0] != stamp}
            for rid, one in zip(changed, self._checker(self.content).folders(changed, progress)):
                self._known[rid] = (stamps[rid], one)
            folders = {rid: self._known[rid][1] for rid in stamps}
            self._last = Register(surveyed, folders, today, self._rows)
            return self._last

    def folder(self, disclosure: str) -> CheckedFolder | None:
        """Return one disclosure as it is now, None where there is none; no other is looked at, for there may be hundreds."""
        with self._lock:
            if (found := stamp_of(self.content, disclosure)) is None:
                return None
            stamp = stamp_key(disclosure, found)
            known, one = self._known.get(disclosure, ("", None))
            if one is None or known != stamp:
                one = self._checker(self.content).folder(disclosure, stamp)
                self._known[disclosure] = (stamp, one)
            return one

    def rows(self, disclosure: str) -> tuple[Row, ...]:
        """Return the rows of one disclosure as it is now."""
        one = self.folder(disclosure)
        return self._rows.of(one, self.today) if one else ()

    def row(self, ref: str) -> Row | None:
        """Return the problem of a reference as it is now."""
        return next((row for row in self.rows(ref.partition("/")[0]) if row.problem.ref == ref), None)

    def checked(self, content: Path, disclosure: str) -> CheckedFolder:
        """Return what the checks say of a disclosure in this content folder; whoever makes pages of it next finds that."""
        return self._checker(content).folder(disclosure, stamp_key(disclosure, stamp_of(content, disclosure) or ()))

    def _checker(self, content: Path) -> Checker:
        return Checker(content, self._store, self.words, self.units, self.site.retention())

    def findings(self, register: Register) -> list[Finding]:
        """Return everything that the checks find in the whole content, as a publication would."""
        return put_together(
            self.content,
            register.surveyed,
            list(register.folders.values()),
            words=self.words,
            units=self.units,
            today=self.today,
            site=self.site,
            store=self._store,
        ).findings


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Return what is said of a file each once: a number that is wrong may stand in its head and in its text."""
    return list({(one.path, str(one.message()), str(one.fix())): one for one in findings}.values())


Test = Callable[[Row], bool]
VIEWS: dict[str, Test] = {
    "late": lambda row: row.late > 0,
    "due": lambda row: row.is_due,
    "still": lambda row: row.is_still,
    "closeout": lambda row: row.waits == "closeout",
    "extension": lambda row: row.waits == "extension",
    "back": lambda row: row.is_back,
    "wrong": lambda row: row.wrong > 0,
}
"""What wants attention, by the name in addresses."""


FILTERS = ("view", "words", "unit", "lead", "status", "group", "flag", "due")
"""What a list of rows can be narrowed by, by the name in addresses."""
NONE = "-"
"""As a filter: nothing is stated."""


def seen(rows: Iterable[Row], **asked: str) -> Iterator[Row]:
    """Yield the rows that the FILTERS leave which are asked for."""
    test = VIEWS.get(asked.get("view", ""), lambda row: True)
    words = asked.get("words", "").strip()
    wanted = [(name, asked[name]) for name in FILTERS[2:] if asked.get(name)]
    for row in rows:
        if (
            test(row)
            and (not words or words in _words(row))
            and all(value in stated(row, name) for name, value in wanted)
        ):
            yield row


def stated(row: Row, name: str) -> tuple[str, ...]:
    """Return what a row states in the column of a filter, NONE where that is nothing."""
    return _COLUMNS[name](row) or (NONE,)


_COLUMNS: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "unit": lambda row: (row.disclosure.unit,),
    "lead": lambda row: (row.problem.lead,) if row.problem.lead else (),
    "status": lambda row: (row.problem.status,),
    "group": lambda row: (row.problem.group,) if row.problem.group else (),
    "flag": lambda row: row.problem.flags,
    "due": lambda row: (str(row.problem.deadline.year),) if row.problem.deadline else (),
}


def _words(row: Row) -> str:
    problem = row.problem
    return "\n".join((problem.title, problem.ref, problem.lead, row.disclosure.title))
