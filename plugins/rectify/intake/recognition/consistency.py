"""What is wrong with a document as a whole: what it lacks, and where its figures, numbers and statuses contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from rectify.core.finding import Finding, found
from rectify.core.language import name_of
from rectify.core.numerals import number_of
from rectify.core.vocabulary import DISCLOSURE_KEYS, DONE, GENRES, LONG_TERM, STATUSES, reads_as, word_of
from rectify.intake.recognition import doubts
from rectify.intake.recognition.counted_headings import counted_heading
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.recognise import Recognition
from rectify.prose import figures
from rectify.prose.claims import unfounded
from rectify.prose.contradiction import contradiction
from rectify.prose.figures import StatedCount

_SERIES = {"cn", "cn-paren", "arabic", "arabic-paren", "item", "chapter"}


def findings(
    recognition: Recognition, path: str, given: Collection[str] = (), lines: Sequence[tuple[int, str]] = ()
) -> list[Finding]:
    """Return the findings about a recognised document, by line.

    `given` are the keys that are stated besides it, `lines` all that the document says.
    """
    result = [*_lacking(recognition, path, given), *_not_understood(recognition, path), *_numbering(recognition, path)]
    if recognition.publishable:
        result += [
            *_statuses(recognition, path),
            *counts(recognition, path),
            *doubts.findings(recognition, path, lines),
        ]
    return sorted(result, key=lambda one: (one.line, one.rule))


def _lacking(recognition: Recognition, path: str, given: Collection[str]) -> Iterator[Finding]:
    kind = recognition.kind
    if not kind.title:
        yield found("I050", path, kind.title_line, excerpt=kind.salutation)
    if not recognition.publishable:
        genre = name_of(GENRES[kind.genre])
        yield found("I051", path, kind.line or kind.title_line, found=genre, excerpt=kind.title)
    if not recognition.has_signature and "published" not in recognition.values:
        yield found("I052", path, recognition.last_line)
    if recognition.publishable:
        if not recognition.has_contact:
            yield found("I053", path, recognition.last_line)
        for key in DISCLOSURE_KEYS.required:
            if key.name not in recognition.values and key.name not in ("title", *given):
                yield found("I062", path, kind.title_line, 0, word_of(key), found=name_of(key))


def _not_understood(recognition: Recognition, path: str) -> Iterator[Finding]:
    for word in dict.fromkeys(recognition.unused_columns):
        yield found("I060", path, recognition.problems[0].line, found=word, excerpt=word)
    for line in recognition.unused_tables:
        yield found("I065", path, line.number, found=line.text[:40], excerpt=line.text[:40])
    for line in recognition.unused_headings:
        yield found("I061", path, line.number, found=line.text[:40], excerpt=line.text[:40])
    for problem in recognition.problems:
        if problem.deadline_wording:
            yield found("I059", path, problem.line, found=problem.deadline_wording, excerpt=problem.deadline_wording)


def _numbering(recognition: Recognition, path: str) -> Iterator[Finding]:
    """Numbers restart legally in every group; in a register the bare number is then no key, which is noted once a group."""
    before: FoundProblem | None = None
    for problem in recognition.problems:
        value = number_of(problem.number) if problem.number.isdigit() else None
        if value is None or (problem.form not in _SERIES and problem.form != "table"):
            before = None
            continue
        if before is not None and before.form == problem.form:
            last = number_of(before.number) or 0
            same = _series(before) == _series(problem)
            if not same and value == 1:
                if recognition.publishable:
                    yield found(
                        "I054", path, problem.line, found=value, excerpt=f"{problem.number}.{problem.title[:12]}"
                    )
            elif value == last and same:
                yield found("I056", path, problem.line, found=value, excerpt=problem.title[:20])
            elif value != last + 1 and (same or value != 1):
                yield found("I055", path, problem.line, found=value, allowed=last + 1, excerpt=problem.title[:20])
        before = problem


def _series(problem: FoundProblem) -> tuple[int, str]:
    """Return within what the number of a problem counts."""
    return problem.series_line or problem.group_line, problem.group


def _statuses(recognition: Recognition, path: str) -> Iterator[Finding]:
    labels = STATUSES.choice()
    for problem in recognition.problems:
        wording, line = problem.unknown_status
        for one in problem.undecided:
            yield found("I067", path, one.line, found=one.ticked, allowed=one.column, excerpt=one.text)
        if any(one.text == wording for one in problem.undecided):
            continue
        if wording:
            yield found("I058", path, line, found=wording, allowed=labels, excerpt=wording)
        elif not problem.stated.status:
            registered = name_of(STATUSES[recognition.status_of(problem)])
            words, at = problem.unreached
            rule, line = ("I074", at) if words else ("I057", problem.line)
            yield found(rule, path, line, found=registered, allowed=labels, excerpt=words or problem.title[:30])
        else:
            term = STATUSES.find(problem.stated.wording)
            if term is not None and reads_as(problem.stated.wording, term):
                yield found(
                    "S079",
                    path,
                    problem.line,
                    found=problem.stated.wording,
                    allowed=word_of(term),
                    excerpt=problem.title[:30],
                )
            yield from _against_text(problem, path)


def _against_text(problem: FoundProblem, path: str) -> Iterator[Finding]:
    body = [(line.number, line.text) for line in problem.body]
    long_term = LONG_TERM.key in problem.flags
    if against := contradiction(problem.stated.status, long_term, body, listed=bool(problem.points)):
        yield found(
            "I063",
            path,
            against.line,
            against.column,
            found=name_of(STATUSES[problem.stated.status]),
            excerpt=against.words,
        )


def counts(recognition: Recognition, path: str) -> Iterator[Finding]:
    """Yield where the stated counts and the problems found differ; only the same axis is compared."""
    by_status = Counter(problem.stated.status for problem in recognition.problems)
    told = [*_stated_counts(recognition, path, by_status), *_counted_above(recognition, path)]
    yield from told
    paragraphs = ((line, f"{'#' * level} {text}" if level > 0 else text) for level, text, line in recognition.body)
    prose = [one for line in paragraphs for one in (line, (0, ""))]
    known = {one.line for one in told}
    yield from (one for one in unfounded(path, prose, by_status) if one.line not in known)


def _stated_counts(recognition: Recognition, path: str, by_status: Counter[str]) -> Iterator[Finding]:
    declared = recognition.declared
    if declared is None or not recognition.problems:
        return
    number = len(recognition.problems)
    if declared.total is not None and declared.total != number:
        yield found("C001", path, declared.line, found=number, allowed=declared.total, excerpt=str(declared.total))
    settled, moved = settle(recognition)
    for part, key in settled:
        if part.count not in figures.counted(key, by_status):
            yield found(
                "C002",
                path,
                declared.line,
                found=by_status[key],
                allowed=part.count,
                label=name_of(STATUSES[key]),
                excerpt=part.words,
            )
    for part, key in moved:
        yield found(
            "I064",
            path,
            declared.line,
            found=part.stated.wording or name_of(STATUSES[part.stated.status]),
            allowed=name_of(STATUSES[key]),
            excerpt=part.words,
        )
    stated = sum(part.count for part in declared.by_status)
    if declared.total is not None and stated > declared.total:
        yield found("C003", path, declared.line, found=stated, allowed=declared.total)
    if declared.rate and number == declared.total:
        done = sum(by_status[key] for key in DONE)
        decimals = len(declared.rate.partition(".")[2])
        if f"{100 * done / number:.{decimals}f}" != declared.rate:
            yield found(
                "C004",
                path,
                declared.line,
                found=f"{100 * done / number:.{decimals}f}",
                allowed=declared.rate,
                excerpt=f"{declared.rate}%",
            )


def _counted_above(recognition: Recognition, path: str) -> Iterator[Finding]:
    """Yield the headings that say how many stand below them, where it is another number."""
    below = Counter(problem.counted for problem in recognition.problems if problem.counted)
    for line, number in below.items():
        heading = counted_heading(line.text)
        if heading and heading.number != number:
            yield found(
                "C002", path, line.number, found=number, allowed=heading.number, label=heading.name, excerpt=line.text
            )


def settle(
    recognition: Recognition,
) -> tuple[list[tuple[StatedCount, str]], list[tuple[StatedCount, str]]]:
    """Return the declared counts with the status each is about, and those whose words differ from the problems' own."""
    if recognition.declared is None:
        return [], []
    return figures.settle(recognition.declared, Counter(problem.stated.status for problem in recognition.problems))


def by_group(problems: Iterable[FoundProblem]) -> dict[str, int]:
    """Return the number of problems under each heading, as printed, in order."""
    return dict(Counter(problem.group_heading for problem in problems))
