"""What became of each problem and disclosure once it was public, taken from all publications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from rectify.core.changes import Change, text_of
from rectify.core.model import Progress
from rectify.host.publication import Release
from rectify.outputs.change_texts import read_day


class Step(NamedTuple):
    """What one publication changed of one problem, or of a disclosure itself."""

    number: int
    """Of the publication, 0 for one that is not public yet."""
    url: str
    on: date | None
    changes: tuple[Change, ...]


Course = Mapping[str, tuple[Step, ...]]
"""By reference or id, the steps with the newest first."""
_LATE = timedelta(days=90)
"""A quarter, in which every notice is brought up to date: an entry that first appears later was not written when it happened."""


def courses(releases: Iterable[Release]) -> dict[str, Course]:
    """Return the course of each disclosure and its problems by its id; `releases` come newest first."""
    found: defaultdict[str, defaultdict[str, list[Step]]] = defaultdict(lambda: defaultdict(list))
    for release in releases:
        by_ref: defaultdict[str, list[Change]] = defaultdict(list)
        for change in release.changes:
            if change.about in ("problem", "disclosure"):
                by_ref[change.ref].append(change)
        for ref, changes in by_ref.items():
            step = Step(release.number, release.url, release.day(), tuple(changes))
            found[ref.partition("/")[0]][ref].append(step)
    return {rid: {ref: tuple(steps) for ref, steps in of.items()} for rid, of in found.items()}


def told(steps: Iterable[Step]) -> list[Step]:
    """Return the steps without what the page tells elsewhere: that it was added, and new entries."""
    kept = [
        step._replace(changes=tuple(c for c in step.changes if c.kind not in ("added", "progress"))) for step in steps
    ]
    return [step for step in kept if step.changes]


def late_entries(releases: Iterable[Release]) -> dict[str, dict[str, date]]:
    """Return by reference the entries that were public long after their date first, as `entry_text`, with the day of that publication.

    What a problem had when it was first public is told by the disclosure as a whole and is none of them.
    """
    first: defaultdict[str, dict[str, date]] = defaultdict(dict)
    for release in reversed(tuple(releases)):
        day = release.day()
        for change in release.changes if day else ():
            known = first[change.ref] if change.field == "progress" or change.kind == "progress" else {}
            if change.kind == "progress" and change.after and day:
                known.setdefault(change.after, day)
            elif change.before in known and change.after:
                known[change.after] = known[change.before]
    return {ref: late for ref, entries in first.items() if (late := dict(_late(entries)))}


def _late(entries: Mapping[str, date]) -> Iterator[tuple[str, date]]:
    for text, day in entries.items():
        happened = read_day(text)
        if happened and day - happened > _LATE:
            yield text, day


def entry_text(entry: Progress) -> str:
    """Return an entry as publications compare it."""
    return text_of(entry._asdict())
