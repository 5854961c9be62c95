"""What a disclosure lacks, and what in its numbering, titles and text is out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rectify.checks.code_spans import blank_code
from rectify.checks.course import course
from rectify.checks.dates import Lines, dates
from rectify.core.finding import Finding, found
from rectify.core.language import listed, name_of, name_within
from rectify.core.model import Disclosure, Problem
from rectify.core.numerals import number_of
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import PROBLEM_KEYS, RECORDS, REPEATED, VERIFIED, word_of
from rectify.sources.folder import Folder
from rectify.sources.public_text import PublicText
from rectify.sources.starter import EXAMPLE, EXAMPLE_PROBLEMS

_MEANS = ("phone", "address", "email")
_SIGNED = ("proposed_by", "reviewed_by", "secrecy_review", "approved_by", "date")
# A tag of HTML, with attributes or without, or a Chinese word in angle brackets; comparisons (a<b 且 c>d) are neither.
_ATTRIBUTE = r"""\s+[A-Za-z-]+(?:\s*=\s*(?:"[^"<>\n]*"|'[^'<>\n]*'|[^\s"'<>=]+))?"""
_TAG = re.compile(rf"</?(?:[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?|[\u3400-\u9fff][^<>\n，。；：、]{{0,60}})>")


def structure(folder: Folder, texts: Sequence[PublicText]) -> Iterator[Finding]:
    """Yield what is out of order in a public report folder."""
    lines: Lines = {text.path: text.keys for text in texts}
    if folder.disclosure is not None:
        yield from _lacking(folder.disclosure, lines)
        yield from _empty(folder.disclosure, folder)
        yield from _example(folder.disclosure, folder, lines)
        yield from _stale(folder.disclosure, folder.problems, lines)
    yield from dates(folder, lines)
    yield from _numbers(folder, lines)
    yield from _files(folder)
    yield from _titles(folder.problems, lines)
    for problem in folder.problems:
        if not (problem.withdrawn or problem.measures or problem.progress or problem.body.strip()):
            yield found("S052", problem.path, 1)
        if REPEATED.key in problem.priority and not problem.earlier and not problem.withdrawn:
            line = lines.get(problem.path, {}).get("priority", 1)
            yield found("S086", problem.path, line, allowed=name_of(REPEATED))
        if problem.term.verified and not problem.withdrawn:
            yield from _closeout(problem, lines)
        elif problem.closeout and not problem.withdrawn:
            yield found(
                "S095",
                problem.path,
                lines.get(problem.path, {}).get("closeout", 1),
                found=word_of(PROBLEM_KEYS["closeout"]),
                label=name_of(problem.term),
                allowed=word_of(VERIFIED),
            )
        if not problem.withdrawn:
            yield from course(problem, lines.get(problem.path, {}))
    for text in texts:
        yield from tags(text)


def _closeout(problem: Problem, lines: Lines) -> Iterator[Finding]:
    """Yield what a verification does not state: who verified, when, and by which document."""
    missing = [key for key in RECORDS["closeout"] if not getattr(problem.closeout, key.name, None)]
    if missing:
        keys = lines.get(problem.path, {})
        yield found(
            "S082",
            problem.path,
            keys.get("closeout", keys.get("status", 1)),
            found=listed(name_within(key) for key in missing),
            allowed=name_of(problem.term),
        )


def _example(disclosure: Disclosure, folder: Folder, lines: Lines) -> Iterator[Finding]:
    """Yield that a disclosure is the one that a new site comes with, or still has most of its problems."""
    left = EXAMPLE_PROBLEMS & {problem.title for problem in folder.problems}
    if disclosure.title in EXAMPLE or len(left) > 1:
        line = lines.get(disclosure.path, {}).get("title", 1)
        yield found("S096", disclosure.path, line, found=f"{REPORTS}/{folder.id}", excerpt=disclosure.title)


def _empty(disclosure: Disclosure, folder: Folder) -> Iterator[Finding]:
    """Yield that a disclosure has no problems, unless it says so itself, or its problems cannot be read."""
    broken = any(one.path != disclosure.path for one in folder.findings)
    if not folder.problems and not broken and dict(disclosure.declared).get("total") != 0:
        yield found("S080", disclosure.path, 1)


def _lacking(disclosure: Disclosure, lines: Lines) -> Iterator[Finding]:
    keys = lines.get(disclosure.path, {})
    if not disclosure.contact or not any(getattr(disclosure.contact, name) for name in _MEANS):
        yield found("S050", disclosure.path, keys.get("contact", 1))
    missing = [
        RECORDS["approval"][name]
        for name in _SIGNED
        if not disclosure.approval or not getattr(disclosure.approval, name)
    ]
    if missing:
        names = listed(name_within(key) for key in missing)
        yield found("S051", disclosure.path, keys.get("approval", 1), found=names)


def _stale(disclosure: Disclosure, problems: Sequence[Problem], lines: Lines) -> Iterator[Finding]:
    for problem in problems:
        last = problem.last_progress
        if (
            not problem.withdrawn
            and problem.overdue(disclosure.as_of)
            and not (last and problem.deadline and last.date > problem.deadline)
        ):
            yield found("S062", problem.path, lines.get(problem.path, {}).get("deadline", 1), found=problem.deadline)


def _numbers(folder: Folder, lines: Lines) -> Iterator[Finding]:
    """Printed numbers restart legally in every group; inside a group they go on one by one, those of files with errors too."""
    last: dict[str, tuple[int, int]] = {}
    unread = _unread(folder)
    for problem in folder.problems:
        number = number_of(problem.number) if problem.number.isdecimal() else None
        if number is None:
            continue
        at, before = last.get(problem.group, (0, number))
        if number > before + 1 + sum(at < nn < int(problem.nn) for nn in unread):
            yield found(
                "S057", problem.path, lines.get(problem.path, {}).get("number", 1), found=number, allowed=before
            )
        last[problem.group] = int(problem.nn), number


def _unread(folder: Folder) -> set[int]:
    """Return the numbers of the files that have findings of their own, which may keep them from being read."""
    names = (one.path.rpartition("/")[2].removesuffix(".md") for one in folder.findings)
    return {int(name) for name in names if name.isdecimal()}


def _files(folder: Folder) -> Iterator[Finding]:
    taken = {int(problem.nn): problem.nn for problem in folder.problems}
    unread = _unread(folder)
    gaps = [number for number in range(1, max(taken, default=0)) if number not in taken and number not in unread]
    if gaps:
        names = listed(f"{number:02d}.md" for number in gaps[:10])
        yield found("S058", f"{REPORTS}/{folder.id}/{gaps[0]:02d}.md", found=names)


def _titles(problems: Sequence[Problem], lines: Lines) -> Iterator[Finding]:
    seen: dict[str, Problem] = {}
    for problem in problems:
        if problem.withdrawn:
            continue
        first = seen.setdefault(problem.title, problem)
        if first is not problem:
            yield found(
                "S059",
                problem.path,
                lines.get(problem.path, {}).get("title", 1),
                allowed=f"{first.nn}.md",
                excerpt=problem.title,
            )


def tags(text: PublicText) -> Iterator[Finding]:
    """Yield the HTML tags of a body; titles in angle brackets (<党组>) look like one too."""
    fenced = False
    for number, line in text.lines:
        if number < text.body_line:
            continue
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif "<" in line and not fenced:
            for match in _TAG.finditer(blank_code(line)):
                yield found("S060", text.path, number, match.start() + 1, token=match[0], excerpt=match[0])
