"""The page of earlier publications: what each said, what changed with it, and the hash that its manifest is checked by.

The release that is being built is not on it: what release.json will say of it is only known after the build.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from rectify.core.model import Problem
from rectify.core.register import Register
from rectify.core.site_map import SITE
from rectify.core.vocabulary import STATES
from rectify.host.bodies import BASE
from rectify.host.fragments import Fragments
from rectify.host.pieces import Files, Piece
from rectify.host.shell import Page
from rectify.outputs.change_texts import KINDS, Kind, from_to, read_day
from rectify.sources.store import key_of

VARIABLE = "RECTIFY_HISTORY"
"""Environment variable with the path of a JSON list of release.json records, newest first, each with `manifest` besides."""
_PLACE = SITE["releases"]

_SHOWN = 30
"""Changes of one kind that are listed of one release; the others are counted."""
_COUNTS = ("disclosures", "total", *STATES.entries)


class Release(NamedTuple):
    """One earlier publication."""

    id: str
    number: int
    commit: str
    """Full hash, empty for what did not come from a repository."""
    committed: date | None
    declared: date | None
    counts: Mapping[str, int]
    manifest: str
    """SHA-256 of its manifest.json, in hexadecimal digits."""
    first: bool
    """Whether none came before it."""
    changes: tuple[tuple[str, str, str, str], ...]
    """Reference, kind, before and after. Never a title: what was withdrawn since must not stand here."""


def read_history(file: str) -> tuple[Release, ...] | None:
    """Return the earlier publications, newest first, or None where no file is named; raises ValueError where it is none."""
    if not file:
        return None
    try:
        return tuple(_release(record) for record in json.loads(Path(file).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{VARIABLE}: {file}: {error!r}") from None


def _release(record: Mapping[str, Any]) -> Release:
    changes = tuple((c["ref"], c["kind"], c.get("before", ""), c.get("after", "")) for c in record.get("changes", ()))
    return Release(
        record["id"],
        int(record["id"].partition("-")[0]),
        record.get("commit", ""),
        read_day(record.get("committed")),
        read_day(record.get("declared")),
        {name: int(record.get("counts", {}).get(name, 0)) for name in _COUNTS},
        record.get("manifest", ""),
        record.get("previous") is None,
        changes,
    )


class Releases:
    """Makes the page of earlier publications."""

    def __init__(
        self,
        history: tuple[Release, ...],
        register: Register,
        fragments: Fragments,
        fill: Callable[[Page], bytes],
        version: str,
    ):
        self._history, self._fragments, self._fill, self._version = history, fragments, fill, version
        self._problems = {problem.ref: problem for problem in register.problems if not problem.withdrawn}

    def pieces(self) -> Iterator[Piece]:
        """Yield the one piece."""
        titles = {
            ref: (p.title, p.url)
            for release in self._history
            for ref, *_ in release.changes
            if (p := self._problems.get(ref))
        }
        yield Piece("releases", key_of(self._version, self._history, sorted(titles.items())), self._page)

    def _page(self) -> Files:
        releases = [(release, list(self._kinds(release))) for release in self._history]
        language = self._fragments.texts.language
        title = language.text("公开记录")
        trail = [(language.text("首页"), Markup(BASE)), (title, None)]
        content = self._fragments.render("releases", releases=releases, trail=trail, shown=_SHOWN)
        about = language.text("历次公开的日期、计数、变化和清单的校验值，以及核验方法")
        meta = (("ColumnName", title), ("ColumnType", language.text("信息公开")))
        page = Page(_PLACE.path, title, content, about, _PLACE.section, meta)
        return [(page.path, self._fill(page))]

    def _kinds(self, release: Release) -> Iterator[tuple[Kind, list[tuple[str, Problem | None, str]]]]:
        """Yield each kind of change that a release brought, with reference, problem as it stands now, and from what to what."""
        for kind in KINDS.values():
            rows = [
                (ref, self._problems.get(ref), from_to(kind.key, before, after, self._fragments.texts.language))
                for ref, key, before, after in release.changes
                if key == kind.key
            ]
            if rows:
                yield kind, rows
