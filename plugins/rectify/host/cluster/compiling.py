"""Report folders compiled elsewhere: their files go there, and what the cache keeps of them comes back."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from rectify.checks.checker import Checker
from rectify.core.retention import Retention
from rectify.core.site_map import REPORTS
from rectify.core.units import Units
from rectify.host.cluster.alike import refuse_others, versions
from rectify.host.cluster.cluster import Cluster
from rectify.host.compile import PARALLEL_FROM, Compiler, Stored
from rectify.prose.own_words import OfficeWords
from rectify.sources.plain_data import decoder, encode
from rectify.sources.safe_files import read_file
from rectify.sources.store import Kept, Store

T = TypeVar("T")


class Ground(NamedTuple):
    """What all folders of a site are compiled by."""

    versions: dict[str, str]
    version: str
    """Of what is compiled, in the keys of the caches."""
    checks: str
    """Likewise of what is checked."""
    language: str
    words: OfficeWords
    units: Units
    retention: Retention


_GROUND = decoder(Ground)
_File = tuple[str, int, bytes]
"""Path within the folder, mode, content."""
Task = tuple[str, str, tuple[_File, ...]]
"""Id and stamp of a folder, and its files."""


class _Gathered(Store):
    """A store that holds in memory what it is given."""

    def __init__(self) -> None:
        super().__init__(Path())
        self.files: list[Stored] = []

    def get(self, kind: Kept[T], name: str, key: object) -> T | None:
        return None

    def take(self, folder: str, name: str, stored: bytes) -> None:
        self.files.append((folder, name, stored))

    def rename(self, kind: Kept[object], name: str, new_name: str) -> None:
        """Nothing is here from before."""


def _can_go(folder: Path) -> bool:
    """Return whether a report folder is nothing but files: what a link leads to stays where it is."""
    return not any(
        os.path.islink(os.path.join(place, name))
        for place, folders, files in os.walk(folder)
        for name in (*folders, *files)
    )


def compile_elsewhere(
    cluster: Cluster,
    compiler: Compiler,
    content: Path,
    stamps: Mapping[str, str],
    common: tuple[str, str, str, OfficeWords, Units, Retention],
) -> None:
    """Have the folders that changed compiled, where they are many; what comes of it is in the compiler's caches then.

    What cannot go there is left to the compiler. Raises ClusterError.
    """
    missing = {rid: stamp for rid, stamp in compiler.missing(stamps) if _can_go(content / REPORTS / rid)}
    if len(missing) < PARALLEL_FROM:
        return
    tasks = ((rid, stamp, tuple(_files(content / REPORTS / rid))) for rid, stamp in missing.items())
    for rid, stored in zip(missing, cluster.map(compile_folder, encode(Ground(versions(), *common)), tasks)):
        compiler.take(rid, stored)


def _files(folder: Path) -> Iterator[_File]:
    for place, _folders, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            yield file.relative_to(folder).as_posix(), file.stat().st_mode & 0o777, read_file(file)


def compile_folder(ground: bytes, task: Task) -> list[Stored]:
    """Return what a cache is to keep of one folder. This runs in a process of the cluster."""
    told = _GROUND(ground)
    refuse_others(told.versions, versions(), platform.node())
    rid, stamp, files = task
    store = _Gathered()
    with TemporaryDirectory(prefix="rectify-") as place:
        content = Path(place)
        for name, mode, data in files:
            file = content / REPORTS / rid / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            file.chmod(mode)
        checker = Checker(content, store, told.words, told.units, told.retention, told.checks)
        Compiler(content, store, told.version, checker, told.language, 1).compile(rid, stamp)
    return store.files
