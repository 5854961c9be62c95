"""Which files of a site are as they were when it was last verified: they need not even be read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.sources.last_build import Signature
from rectify.sources.store import Kept, Store

Stamp = tuple[int, int, bytes]
"""Size, time of change in nanoseconds, and checksum."""


class Verified(NamedTuple):
    """A site that was verified."""

    clean: bool
    files: dict[str, Stamp]


_VERIFIED = Kept[Verified]("verified", Verified)


def checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


class Unchanged:
    """Compares a site that is being built with what was verified before it under the same conditions.

    A file that stays in the site as it is, is known by its size and time, as the build knows it; a new one by its bytes.
    """

    def __init__(self, store: Store, name: str, conditions: object, staged: Path, stays: Mapping[str, Signature]):
        """`stays` has the signatures of the files that stay; the others are `staged`."""
        self._store, self._name, self._conditions = store, name, conditions
        self._staged, self._stays = staged, stays
        self._before = store.get(_VERIFIED, name, conditions) or Verified(False, {})

    def paths(self, paths: Sequence[str], seen: Mapping[str, bytes]) -> set[str]:
        """Return those of the paths whose files are as they were; of some the checksum has been `seen`."""
        before = self._before.files
        return {
            path
            for path in paths
            if path in before
            and (seen[path] == before[path][2] if path in seen else self._is_same(path, *before[path]))
        }

    def is_all(self, same: Collection[str], paths: Sequence[str]) -> bool:
        """Return whether the whole site is as it was, and nothing was wrong with it."""
        return self._before.clean and len(same) == len(paths) == len(self._before.files)

    def keep(self, clean: bool, checksums: dict[str, bytes]) -> None:
        """Remember what is verified now."""
        now = Verified(clean, {path: self._stamp(path, content) for path, content in checksums.items()})
        if now != self._before:
            self._store.put(_VERIFIED, self._name, self._conditions, now)

    def _is_same(self, path: str, size: int, time: int, content: bytes) -> bool:
        if path in self._stays:
            return self._stays[path] == (size, time)
        return checksum((self._staged / path).read_bytes()) == content

    def _stamp(self, path: str, content: bytes) -> Stamp:
        if path in self._stays:
            return *self._stays[path], content
        if path in self._before.files and self._before.files[path][2] == content:
            return self._before.files[path]  # the site keeps its own file where it has the same bytes
        status = os.stat(f"{self._staged}/{path}")
        return status.st_size, status.st_mtime_ns, content
