"""What a build knows of publications: those before it, and what changes with the one that it is made for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.changes import Change, Record
from rectify.core.history import ROLLBACK, History
from rectify.core.site_map import at
from rectify.host.compile import Compiled, Compiler
from rectify.outputs.change_texts import KINDS, read_day
from rectify.sources.history_file import read_history
from rectify.sources.published_site import PublishedSite, compare
from rectify.sources.safe_files import replace_file

VARIABLE = "RECTIFY_RELEASE"
"""Environment variable with the path of a JSON object: `head` of the release to be, by their paths `history` and `previous` site, and `found`,
the file that is to be written: the changes, and the lines of the history whose texts are not public any more."""


class Publication(NamedTuple):
    """What came before."""

    head: Mapping[str, Any]
    """What is known of the release to be, as its line in the history has it; empty where nobody publishes yet."""
    earlier: History
    previous: PublishedSite | None
    told: Path | None = None
    """Where what was found is to be written, for whoever publishes."""


class Release(NamedTuple):
    """One publication with what changed with it."""

    head: Mapping[str, Any]
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        return self.head.get("release", "")

    @property
    def number(self) -> int:
        """Its number, 0 for one that is not published yet."""
        return int(self.id.partition("-")[0]) if self.id else 0

    @property
    def url(self) -> str:
        """Its page; empty for one that is not published yet."""
        return at("release", release=self.id) if self.id else ""

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
            found = Path(told["found"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{VARIABLE}: {file}: {error!r}") from None
        return Publication(head, _history(Path(history)), _site(Path(previous)) if previous else None, found)
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


class _SiteToBe:
    """The site that is being built, to be compared."""

    def __init__(self, compiled: Mapping[str, Compiled], stamps: Mapping[str, str], compiler: Compiler, pages: Record):
        self._compiled, self._stamps, self._compiler, self._pages = compiled, stamps, compiler, pages

    def checksums(self) -> dict[str, str]:
        return {rid: self._compiled[rid].fingerprints.record for rid in self._stamps}

    def record(self, disclosure_id: str) -> Record:
        return json.loads(self._compiler.parts(disclosure_id, self._stamps[disclosure_id]).record)

    def pages(self) -> Record:
        return self._pages


def releases_of(
    publication: Publication,
    compiled: Mapping[str, Compiled],
    ids: Iterable[str],
    compiler: Compiler,
    pages: Record,
    covered: Callable[[list[Change]], list[Change]],
) -> tuple[Release, ...]:
    """Return every publication, the coming one first and then the newest; without texts of what is public no more.

    `covered` takes out of changes what may not be published again.
    """
    stamps = {rid: compiled[rid].fingerprints.everything for rid in ids}
    site = _SiteToBe(compiled, stamps, compiler, pages)
    coming = covered(compare(publication.previous, site)) if publication.previous else []
    shown = {problem.ref for rid in stamps for problem in compiled[rid].folder.problems if not problem.withdrawn}
    shown |= {*stamps, *pages["pages"], *pages["files"], ""}
    earlier = publication.earlier
    texts = list(earlier.texts())
    public = covered([one for _, one in texts])
    stale = [chain for (chain, one), now in zip(texts, public) if one.ref not in shown or now != one]
    if publication.told:
        found = {"changes": [change._asdict() for change in coming], "stale": stale}
        replace_file(publication.told, json.dumps(found).encode())
    past = earlier.without_texts(stale, publication.head.get("on", "")).publications()
    releases = [Release(head, tuple(c for c in found if c.kind in KINDS)) for head, found in past]
    return (Release(publication.head, tuple(coming)), *reversed(releases))
