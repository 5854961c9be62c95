"""What the office's site shows of what was handed in, where its folder can be read from here: nobody is asked over a network."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rectify.core.history import PUBLICATION
from rectify.core.site_map import at
from rectify.desk.repository import Repository
from rectify.release.folder import CURRENT, NOTICE, record_of
from rectify.release.holding import Hold, holds_of
from rectify.sources.history_file import read_history

_MOST = 20
"""How many publications back something is looked for."""


class Publication(NamedTuple):
    """One publication of the site."""

    number: str
    day: str
    commit: str


class Published(NamedTuple):
    """What is known of the site."""

    now: Publication | None
    """What it shows; None where that cannot be read from here, or the site is stopped."""
    first: dict[str, Publication]
    """By commit, the first publication that has it."""
    is_known: bool
    """Whether what is in `first` is all of it: what the site shows is known here."""
    held: Hold | None = None
    """What keeps the rest from being published: a word of whoever runs the publication."""
    is_stopped: bool = False
    """Whether a notice stands in place of the site."""


def published(place: Path | None, repository: Repository, commits: Iterable[str]) -> Published:
    """Return what the site in a folder shows, and since when it has these commits."""
    folder = place / CURRENT if place and (place / CURRENT).is_dir() else place
    record = record_of(folder) if folder else {}
    if not folder or not record.get("id"):
        return Published(None, {}, False)
    held = _held(place, repository) if place else None
    if record.get(NOTICE):
        return Published(None, {}, False, held, True)
    now = _of(str(record["id"]), record.get("published"), record.get("commit"))
    if not repository.head(now.commit or "-"):
        return Published(now, {}, False, held)
    releases = [now, *(one for one in _earlier(folder) if one != now)][:_MOST]
    left, first = set(commits), dict[str, Publication]()
    for newer, older in zip(releases, [*releases[1:], None]):
        new = left & repository.reached(newer.commit, older.commit if older else "") if left else set()
        first |= dict.fromkeys(new, newer)
        left -= new
    return Published(now, first, True, held)


def _held(place: Path, repository: Repository) -> Hold | None:
    """Return the decision that keeps back the newest that there is to publish, as far as it is known here."""
    newest = repository.upstream() or repository.head()
    with contextlib.suppress(OSError, ValueError):
        return next((hold for hold in holds_of(place) if hold.holds_source(newest)), None)
    return None


def _earlier(folder: Path) -> list[Publication]:
    """Return the publications that a site's history tells of, the newest first."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        lines = [line for line in read_history(folder / at("history")).lines if line["event"] == PUBLICATION]
        told = [_of(line["release"], line.get("on"), line.get("commit")) for line in reversed(lines)]
        return [one for one in told if one.commit]
    return []


def _of(release: str, day: object, commit: object) -> Publication:
    return Publication(release.partition("-")[0], str(day or ""), str(commit or "").rstrip("+"))
