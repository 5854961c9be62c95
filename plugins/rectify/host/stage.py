"""The staging folder: MkDocs and the register write here, and only a complete build reaches the site."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path
from typing import Iterable

Signature = tuple[int, int]
"""Size and time of change in nanoseconds of a published file."""


class Stage:
    """A folder beside the caches that takes the site's place while a build runs."""

    def __init__(self, folder: Path, site: Path):
        self.folder, self.site = folder, site

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def write(self, path: str, content: bytes) -> None:
        """Write one file of the site to be."""
        file = os.path.join(self.folder, path)
        try:
            with open(file, "wb") as out:
                out.write(content)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "wb") as out:
                out.write(content)

    def published(self) -> dict[str, Signature]:
        """Return every file of the site as it stands."""
        return dict(_walk(str(self.site), ""))

    def publish(self, kept: Iterable[str]) -> None:
        """Bring the site to what was staged: replace what differs, remove what is neither staged nor `kept`."""
        kept = set(kept)
        if not kept and not (self.site.is_dir() and os.listdir(self.site)):
            shutil.rmtree(self.site, ignore_errors=True)
            self.site.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self.folder, self.site)
            return
        staged = {path for path, _ in _walk(str(self.folder), "")}
        for path in sorted(staged):
            new, old = os.path.join(self.folder, path), os.path.join(self.site, path)
            if not _same(new, old):
                _replace(new, old)
        for path in set(self.published()) - staged - kept:
            os.remove(os.path.join(self.site, path))
        _remove_empty(str(self.site))
        shutil.rmtree(self.folder, ignore_errors=True)


def _walk(folder: str, prefix: str) -> Iterable[tuple[str, Signature]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/")
        else:
            status = entry.stat(follow_symlinks=False)
            yield prefix + entry.name, (status.st_size, status.st_mtime_ns)


def _same(new: str, old: str) -> bool:
    try:
        return filecmp.cmp(new, old, shallow=False)
    except OSError:
        return False


def _replace(new: str, old: str) -> None:
    if os.path.isdir(old):
        shutil.rmtree(old)
    os.makedirs(os.path.dirname(old), exist_ok=True)
    try:
        os.replace(new, old)
    except OSError:  # The caches may lie on another file system.
        shutil.move(new, old)


def _remove_empty(folder: str) -> bool:
    """Remove empty folders below; return whether this one is empty too."""
    empty = True
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False) and _remove_empty(entry.path):
            os.rmdir(entry.path)
        else:
            empty = False
    return empty
