"""What became of each problem and disclosure once it was public, taken from all publications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rectify.core.changes import Change
from rectify.host.publication import Release


class Step(NamedTuple):
    """What one publication changed of one problem, or of a disclosure itself."""

    number: int
    """Of the publication, 0 for one that is not public yet."""
    url: str
    on: date | None
    changes: tuple[Change, ...]


Course = Mapping[str, tuple[Step, ...]]
"""By reference or id, the steps with the newest first."""


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
