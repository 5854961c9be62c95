"""Stated counts against the register, and each status against what stands around it.

A disclosure states its counts for a day of its own. What was entered later is left aside, so that a register that moves on
does not contradict the text that was gazetted. Where problems have no status of their own, the counts can only be too large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rectify.core.finding import Finding, found
from rectify.core.language import name_of, name_within
from rectify.core.model import Disclosure, Problem
from rectify.core.vocabulary import DISCLOSURE_KEYS, DONE, STATES, STATUSES, UNSTATED, word_of
from rectify.prose.claims import unfounded
from rectify.prose.contradiction import contradiction
from rectify.prose.figures import Declared, counted, declared_counts, settle
from rectify.prose.statuses import heading_status
from rectify.sources.folder import Folder
from rectify.sources.public_text import PublicText


def counting(folder: Folder, texts: Sequence[PublicText]) -> Iterator[Finding]:
    """Yield the contradictions between what a folder states and what it lists; nothing where it cannot be read."""
    if folder.disclosure is None or _unread(folder):
        return
    by_path = {text.path: text for text in texts}
    then = {problem.path: status_on(problem, folder.disclosure.stated_on) for problem in folder.problems}
    yield from _declared(folder.disclosure, folder.problems, then, by_path[folder.disclosure.path])
    for problem in folder.problems:
        if not problem.withdrawn:
            yield from _against_group(problem, then[problem.path], by_path[problem.path])
            yield from _against_text(problem, by_path[problem.path])


def _unread(folder: Folder) -> bool:
    """Return whether a problem is missing from the folder only because its file has an error."""
    read = {problem.path for problem in folder.problems}
    return any(
        one.severity == "error" and one.path not in read and one.path.rpartition("/")[2].removesuffix(".md").isdecimal()
        for one in folder.findings
    )


def status_on(problem: Problem, day: date) -> str:
    """Return the status that a problem had on a day, empty where its history does not tell."""
    if not problem.progress or problem.progress[-1].date <= day:
        return problem.status
    known = [entry.status for entry in problem.progress if entry.date <= day and entry.status]
    return known[-1] if known else ""


def _declared(
    disclosure: Disclosure, problems: Sequence[Problem], then: dict[str, str], text: PublicText
) -> Iterator[Finding]:
    listed = Counter(then[problem.path] for problem in problems)
    declared = dict(disclosure.declared)
    label = word_of(DISCLOSURE_KEYS["declared"])
    line = text.keys.get("declared", 1)
    for key, number in declared.items():
        if key != "total" and _differs(number, key, listed):
            term = STATUSES[key]
            yield found(
                "C002",
                disclosure.path,
                line,
                0,
                label,
                found=listed[key],
                allowed=number,
                label=name_of(term),
                excerpt=number,
            )
    by_status = {key: number for key, number in declared.items() if key != "total"}
    if "total" in declared and sum(by_status.values()) > declared["total"]:
        yield found("C003", disclosure.path, line, 0, label, found=sum(by_status.values()), allowed=declared["total"])
    prose = [(number, words) for number, words in text.lines if number >= text.body_line]
    stated = declared_counts(prose)
    full = [one for one in stated if one.by_status]
    told: list[Finding] = []
    if full:
        # An overview repeats its figures; where one sentence agrees, the others count something else.
        best = min(full, key=lambda one: len(list(_in_prose(disclosure, problems, listed, declared, one))))
        told = list(_in_prose(disclosure, problems, listed, declared, best))
        yield from told
    elif stated and all(one.total != len(problems) for one in stated) and "total" not in declared:
        yield found(
            "C008",
            disclosure.path,
            stated[0].line,
            found=len(problems),
            allowed=stated[0].total,
            excerpt=stated[0].total,
        )
    known = {one.line for one in told}
    yield from (one for one in unfounded(disclosure.path, prose, listed) if one.line not in known)


def _in_prose(
    disclosure: Disclosure,
    problems: Sequence[Problem],
    listed: Counter[str],
    declared: dict[str, int],
    stated: Declared,
) -> Iterator[Finding]:
    number = len(problems)
    at = (disclosure.path, stated.line)
    if stated.total is not None and stated.total != number:
        yield found("C001", *at, found=number, allowed=stated.total, excerpt=stated.total)
    for part, key in settle(stated, listed)[0]:
        if _differs(part.count, key, listed):
            term = STATUSES[key]
            yield found(
                "C002",
                *at,
                found=listed[key],
                allowed=part.count,
                label=name_of(term),
                excerpt=part.words,
            )
    total = sum(part.count for part in stated.by_status)
    if stated.total is not None and total > stated.total:
        yield found("C003", *at, found=total, allowed=stated.total)
    for part, key in settle(stated, listed)[0]:
        if key in declared and declared[key] != part.count:
            term = STATUSES[key]
            yield found(
                "C005",
                *at,
                found=declared[key],
                allowed=part.count,
                label=name_of(term),
                excerpt=part.words,
            )
    if stated.rate and number and not listed.keys() & {"", UNSTATED}:
        done = sum(listed[key] for key in DONE)
        rate = f"{100 * done / number:.{len(stated.rate.partition('.')[2])}f}"
        if rate != stated.rate:
            yield found("C004", *at, found=rate, allowed=stated.rate, excerpt=f"{stated.rate}%")


def _differs(stated: int, key: str, listed: Counter[str]) -> bool:
    """Return whether a stated count cannot be that of the problems listed; where no status is known it may be any."""
    unknown = listed[""] + (listed[UNSTATED] if key != UNSTATED else 0)
    return not any(number <= stated <= number + unknown for number in counted(key, listed))


def _against_group(problem: Problem, then: str, text: PublicText) -> Iterator[Finding]:
    # 分阶段整改类 is a way of mending, not how far it is.
    stated = "" if problem.group.endswith("类") else heading_status(problem.group).status
    if stated and then not in ("", UNSTATED) and (stated in DONE) != (then in DONE):
        state = STATES[STATUSES[stated].counts_as]
        yield found(
            "C006",
            problem.path,
            text.keys.get("status", text.keys.get("progress", 1)),
            found=name_of(STATUSES[then]),
            allowed=name_within(state),
            excerpt=problem.group,
        )


def _against_text(problem: Problem, text: PublicText) -> Iterator[Finding]:
    """Yield where the newest account contradicts the status; older ones and the gazetted text are overtaken by it."""
    last = problem.last_progress
    account = [(number, line) for number, line in text.lines if number >= text.body_line and line.strip()]
    if last is not None:
        # An entry tells of one step: that it is finished says nothing about the matter.
        if not problem.done:
            return
        account = [(text.keys.get("progress", 1), last.text)]
    if against := contradiction(problem.status, problem.long_term, account):
        term = STATUSES[problem.status]
        column = 0 if last else against.column
        yield found("C007", problem.path, against.line, column, found=name_of(term), excerpt=against.words)
