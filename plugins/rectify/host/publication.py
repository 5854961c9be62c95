"""What a build knows of publications: those before it, and what changes with the one that it is made for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from rectify.core.changes import OTHER, SAME, Change, Record
from rectify.core.citation import seal_of
from rectify.core.history import ROLLBACK, History, lines_of
from rectify.core.past import Ways
from rectify.core.site_map import at
from rectify.host.compile import Compiler, Fingerprints
from rectify.outputs.change_texts import KINDS, read_day
from rectify.sources.history_file import read_history
from rectify.sources.published_site import PublishedSite, Side, compare
from rectify.sources.safe_files import replace_file

VARIABLE = "RECTIFY_RELEASE"
"""Environment variable with the path of a JSON object: `head` of the release to be, by their paths `history` and `previous` site, and `found`,
the file that is to be written: the changes, and the lines of the history whose texts are not public any more."""


MOST_SHOWN = 500
"""Changes that a page of a release shows; the others are counted, and stand in the history file."""
_FRAME, _ROW, _BYTES = 9_000, 300, 3
"""Bytes of a page without changes, of what stands around a change, and of a character of one."""


class Publication(NamedTuple):
    """What came before."""

    head: Mapping[str, Any]
    """What is known of the release to be, as its line in the history has it; empty where nobody publishes yet."""
    earlier: History
    previous: PublishedSite | None
    told: Path | None = None
    """Where what was found is to be written, for whoever publishes."""
    sealed: Mapping[str, str] = MappingProxyType({})
    """By reference, the seals of the texts of withdrawn problems."""


class Release(NamedTuple):
    """One publication with what changed with it."""

    head: Mapping[str, Any]
    changes: tuple[Change, ...]
    has_page: bool = True
    """Whether there is room for a page of its own."""

    @property
    def id(self) -> str:
        return self.head.get("release", "")

    @property
    def number(self) -> int:
        """Its number, 0 for one that is not published yet."""
        return int(self.id.partition("-")[0]) if self.id else 0

    @property
    def url(self) -> str:
        """Its page; empty for one that is not published yet, and for one that is so old that it has none any more."""
        return at("release", release=self.id) if self.id and self.has_page else ""

    def size(self) -> int:
        """Return about how many bytes its page takes."""
        texts = sum(len(text) for change in self.changes[:MOST_SHOWN] for text in change)
        return _FRAME + _ROW * min(len(self.changes), MOST_SHOWN) + _BYTES * texts

    def then(self) -> list[tuple[bool, int, date | None]]:
        """Return what was shown instead of it later: whether that was an earlier release, its number, and since when."""
        return [
            (line["event"] == ROLLBACK, int(str(line["release"]).partition("-")[0]), read_day(line.get("on", "")))
            for line in self.head.get("then", ())
        ]

    def day(self, name: str = "on") -> date | None:
        """Return a date of its head, None where there is none."""
        return read_day(self.head.get(name, ""))


def read_publication(file: str, published: Path | None) -> Publication | None:
    """Return what the file of VARIABLE says or, without one, what lies where the last publication does.

    None where there is neither. Raises ValueError where they cannot be read or were altered.
    """
    if file:
        try:
            told = json.loads(Path(file).read_bytes())
            head, history, previous = dict(told["head"]), str(told["history"]), str(told["previous"])
            found, sealed = Path(told["found"]), dict(told.get("sealed", {}))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{VARIABLE}: {file}: {error!r}") from None
        return Publication(head, _history(Path(history)), _site(Path(previous)) if previous else None, found, sealed)
    if published is not None and (published / at("manifest")).is_file():
        return Publication({}, _history(published / at("history")), _site(published))
    return None


def _history(file: Path) -> History:
    try:
        return read_history(file)
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror}") from None


def _site(folder: Path) -> PublishedSite:
    try:
        return PublishedSite(folder, json.loads((folder / at("manifest")).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{folder}: {error!r}") from None


class SiteToBe:
    """The site that is being built, to be compared."""

    def __init__(self, fingerprints: Mapping[str, Fingerprints], compiler: Compiler, pages: Record):
        self._fingerprints, self._compiler, self._pages = fingerprints, compiler, pages

    def checksums(self) -> dict[str, str]:
        return {rid: one.record for rid, one in self._fingerprints.items()}

    def record(self, disclosure_id: str) -> Record:
        return self._compiler.record(disclosure_id, self._fingerprints[disclosure_id].everything)

    def pages(self) -> Record:
        return self._pages


def _compared(change: Change, site: Side, sealed: Mapping[str, str]) -> Change:
    """Return a change; one that brings a problem back says whether its texts are those that were withdrawn."""
    if change.kind != "restored" or not (seal := sealed.get(change.ref)):
        return change
    problems = site.record(change.ref.partition("/")[0])["problems"]
    now = next(problem for problem in problems if problem["ref"] == change.ref)
    return change._replace(field=SAME if seal_of(seal.partition(" ")[0], now) == seal else OTHER)


class Told(NamedTuple):
    """What a build tells of publications."""

    releases: tuple[Release, ...]
    """The coming one first and then the newest, without texts of what is public no more."""
    history: History
    """With the coming one, likewise; its lines are those that will be written but for the salts of texts."""
    ways: Ways

    @property
    def release(self) -> str:
        """The coming one, empty where nobody publishes it yet."""
        return self.releases[0].id


def told_of(
    publication: Publication,
    facts: Mapping[str, Any],
    site: Side,
    is_public: Callable[[Change], bool],
    covered: Callable[[list[Change]], list[Change]],
    room: int,
) -> Told:
    """Return every publication, with the one that is being made, and write what was found where that is wanted.

    `facts` are those of the coming one that the site tells, `is_public` tells whether there is still a public text that a change is of;
    `covered` takes out of changes what may not be published again, `room` are the bytes that the pages of releases may take.
    """
    head = {**publication.head, **facts}
    found_there = compare(publication.previous, site) if publication.previous else []
    coming = covered([_compared(change, site, publication.sealed) for change in found_there])
    earlier = publication.earlier
    texts = list(earlier.texts())
    public = covered([one for _, one in texts])
    stale = {chain for (chain, one), now in zip(texts, public) if not is_public(one) or now != one}
    if publication.told:
        found = {"head": head, "changes": [change._asdict() for change in coming], "stale": sorted(stale)}
        replace_file(publication.told, json.dumps(found).encode())
    release = head.setdefault("release", "")
    history = earlier.with_lines(lines_of(head, coming), b"").without_texts(stale, head.get("on", ""), release)
    releases = [Release(head, tuple(c for c in found if c.kind in KINDS)) for head, found in history.publications()]
    return Told(tuple(_within(room, reversed(releases))), history, Ways(history))


def _within(room: int, releases: Iterable[Release]) -> Iterator[Release]:
    """Yield the releases, those without pages for whose there is no room; the newest come first, and the first has one always."""
    for number, one in enumerate(releases):
        room -= one.size()
        yield one._replace(has_page=not number or room >= 0)
