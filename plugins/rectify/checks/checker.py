"""Report folders checked once per change and on all processors; whoever checks next, the build too, finds it in the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rectify.checks.checked_folder import CheckedFolder
from rectify.core.retention import FOR_GOOD, Retention
from rectify.core.units import NO_UNITS, Units
from rectify.prose import NO_WORDS, OfficeWords
from rectify.sources.content import Stamp
from rectify.sources.store import Kept, Store, code_version, key_of
from rectify.sources.units import named

CHECKS = Kept[CheckedFolder]("checks", CheckedFolder, remembered=True)
PARALLEL_FROM = 8
"""Folders to check; below this, starting processes costs more than it saves."""

Progress = Callable[[int, int], None]
"""Called with the number of folders done and of all."""


def stamp_key(disclosure_id: str, stamp: Stamp) -> str:
    """Return in short what a folder's files look like from outside."""
    return key_of(disclosure_id, stamp)


class Checker:
    """Checks the report folders of a content folder, named with the fingerprints of their stamps."""

    def __init__(
        self,
        content: Path,
        store: Store | None,
        words: OfficeWords = NO_WORDS,
        units: Units = NO_UNITS,
        retention: Retention = FOR_GOOD,
        version: str = "",
    ):
        """`version` stands in the keys of what is kept, where another machine has made it up."""
        self._content, self._store, self._words, self._units = content, store, words, units
        self._retention = retention
        self.version = version or key_of(code_version(), words, units, retention.years)

    def folders(self, stamps: Mapping[str, str], progress: Progress | None = None) -> list[CheckedFolder]:
        """Return the folders checked, in order."""
        done = {rid: kept for rid, stamp in stamps.items() if (kept := self.kept(rid, stamp)) is not None}
        missing = {rid: stamp for rid, stamp in stamps.items() if rid not in done}
        if progress and missing:
            progress(0, len(missing))  # the rules are loaded before the first is done
        for number, (rid, checked) in enumerate(zip(missing, self._check(missing)), start=1):
            done[rid] = checked
            if progress:
                progress(number, len(missing))
        return [done[rid] for rid in stamps]

    def folder(self, disclosure_id: str, stamp: str) -> CheckedFolder:
        """Return one folder checked."""
        checked = self.kept(disclosure_id, stamp)
        if checked is None:
            # The rules are loaded when there is something to look at.
            from rectify.checks.folder import check_folder

            checked = check_folder(self._content, disclosure_id, self._words, self._retention)
            checked = checked._replace(folder=named(checked.folder, self._units))
            if self._store:
                self._store.put(CHECKS, disclosure_id, (self.version, stamp), checked)
        return checked

    def kept(self, disclosure_id: str, stamp: str) -> CheckedFolder | None:
        """Return what is known of a folder that has not changed, nor come to the end of its term, since it was checked."""
        checked = self._store.get(CHECKS, disclosure_id, (self.version, stamp)) if self._store else None
        disclosure = checked.folder.disclosure if checked else None
        return checked if disclosure is None or self._retention.is_over(disclosure) == bool(disclosure.ended) else None

    def _check(self, missing: Mapping[str, str]) -> Iterator[CheckedFolder]:
        if len(missing) < PARALLEL_FROM or (os.cpu_count() or 1) < 2:
            yield from map(self.folder, missing, missing.values())
            return
        first, *others = missing.items()
        # Processes that are made after it share the rules and patterns that it loads.
        yield self.folder(*first)
        with ProcessPoolExecutor() as pool:
            yield from pool.map(self.folder, *zip(*others), chunksize=4)
