"""Dates of a disclosure against each other, and against the calendar on the wall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message, name_within
from rectify.core.model import Disclosure, Problem
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, Key, Keys, word_of
from rectify.sources.folder import Folder, read_texts

Lines = Mapping[str, Mapping[str, int]]


class _Day(NamedTuple):
    """A date with the key it stands under."""

    key: Key
    day: date | None

    def words(self) -> Message:
        return N_("{name} {day}", name=name_within(self.key), day=str(self.day))


def dates(folder: Folder, lines: Lines) -> Iterator[Finding]:
    """Yield what is impossible or doubtful in the order of a folder's dates (feedback starts all deadlines)."""
    disclosure = folder.disclosure
    if disclosure is None:
        return
    start, end = (disclosure.inspected.start, disclosure.inspected.end) if disclosure.inspected else (None, None)
    feedback, published = (
        _of(DISCLOSURE_KEYS, "feedback", disclosure.feedback),
        _of(DISCLOSURE_KEYS, "published", disclosure.published),
    )
    inspected = _of(DISCLOSURE_KEYS, "inspected", end)
    for key, earlier, later in (
        ("feedback", inspected, feedback),
        ("as_of", feedback, _of(DISCLOSURE_KEYS, "as_of", disclosure.as_of)),
        ("published", feedback, published),
        ("doc_date", _of(DISCLOSURE_KEYS, "doc_date", disclosure.doc_date), published),
    ):
        yield from _reversed("S053", disclosure.path, lines, key, earlier, later)
    # An approval with fingerprints is of the text as it is, which may be a later one than was first published.
    if disclosure.approval and not disclosure.approval.fingerprints:
        yield from _reversed(
            "S054",
            disclosure.path,
            lines,
            "approval",
            _of(DISCLOSURE_KEYS, "approval", disclosure.approval.date),
            published,
        )
    if disclosure.contact:
        yield from _reversed(
            "S054",
            disclosure.path,
            lines,
            "contact",
            published,
            _of(RECORDS["contact"], "until", disclosure.contact.until),
        )
    begin = start or disclosure.feedback
    for problem in folder.problems:
        yield from _of_problem(
            problem,
            disclosure,
            feedback._replace(day=begin if "immediate" in problem.flags else disclosure.feedback),
            lines,
        )


def _of_problem(problem: Problem, disclosure: Disclosure, feedback: _Day, lines: Lines) -> Iterator[Finding]:
    deadline = _of(PROBLEM_KEYS, "deadline", problem.deadline)
    yield from _reversed("S054", problem.path, lines, "deadline", feedback, deadline)
    days = [("progress", entry.date) for entry in problem.progress]
    if problem.closeout:
        days.append(("closeout", problem.closeout.date))
    records = [(key, _of(PROBLEM_KEYS, key, day)) for key, day in days]
    steps = [("course", _of(PROBLEM_KEYS, "course", step.date)) for step in problem.course]
    for key, record in (*records, *steps):
        yield from _reversed("S054", problem.path, lines, key, feedback, record)
    late = max(
        (record for record, (_, day) in zip(records, days) if day > disclosure.as_of),
        key=lambda record: record[1].day or date.min,
        default=None,
    )
    if late:
        key, record = late
        line = lines.get(problem.path, {}).get(key, 1)
        yield found(
            "S055",
            problem.path,
            line,
            0,
            word_of(record.key),
            found=record.words(),
            allowed=disclosure.as_of,
            excerpt=record.day,
        )


def _reversed(rule: str, path: str, lines: Lines, key: str, earlier: _Day, later: _Day) -> Iterator[Finding]:
    """Yield a finding of this rule where the later day lies before the earlier one."""
    if earlier.day and later.day and later.day < earlier.day:
        line = lines.get(path, {}).get(key, 1)
        yield found(
            rule, path, line, 0, word_of(later.key), found=later.words(), allowed=earlier.words(), excerpt=later.day
        )


def ahead(folder: Folder, today: date, content: Path) -> Iterator[Finding]:
    """Yield the records that lie in the future; deadlines and terms for opinions do by nature."""
    disclosure = folder.disclosure
    if disclosure is None:
        return
    entries = [
        (disclosure.path, _of(DISCLOSURE_KEYS, key, getattr(disclosure, key)))
        for key in ("feedback", "as_of", "published", "doc_date")
    ]
    for problem in folder.problems:
        entries += [(problem.path, _of(PROBLEM_KEYS, "progress", entry.date)) for entry in problem.progress[-1:]]
        entries += [(problem.path, _of(PROBLEM_KEYS, "course", step.date)) for step in problem.course[-1:]]
        if problem.closeout:
            entries.append((problem.path, _of(PROBLEM_KEYS, "closeout", problem.closeout.date)))
        if problem.withdrawn:
            entries.append((problem.path, _of(PROBLEM_KEYS, "withdrawn", problem.withdrawn.date)))
    ahead_of_us = [(path, one) for path, one in entries if one.day and one.day > today]
    # Seldom any, so that nothing is read again.
    texts = read_texts(content, disclosure.id)[1] if ahead_of_us else ()
    lines = {text.path: text.keys for text in texts}
    for path, one in ahead_of_us:
        yield found(
            "S056",
            path,
            lines.get(path, {}).get(one.key.name, 0),
            0,
            word_of(one.key),
            found=one.words(),
            allowed=today,
            excerpt=one.day,
        )


def _of(keys: Keys, name: str, day: date | None) -> _Day:
    return _Day(keys[name], day)
