"""The staging folder: MkDocs and the register write here, and only a complete build reaches the site."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from rectify.sources.last_build import Signature, files_below, files_of
from rectify.sources.safe_files import move


class Stage:
    """A folder beside the caches that takes the site's place while a build runs."""

    def __init__(self, folder: Path, site: Path):
        self.folder, self.site = folder, site
        self._made: set[str] = set()
        """Folders that are there."""

    @classmethod
    def make(cls, parent: Path, site: Path) -> Stage:
        """Return a new, empty stage below `parent`, where those of builds that were killed are removed."""
        for left in parent.glob("*"):
            if not _is_running(left.name.partition(".")[0]):
                shutil.rmtree(left, ignore_errors=True)
        parent.mkdir(parents=True, exist_ok=True)
        return cls(Path(mkdtemp(prefix=f"{os.getpid()}.", dir=parent)), site)

    def write(self, path: str, content: bytes) -> None:
        """Write one file of the site to be."""
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            self._make(os.path.join(self.folder, folder))
            self._made.add(folder)
        left = memoryview(content)
        with open(f"{self.folder}/{path}", "wb", buffering=0) as out:
            while left:
                left = left[out.write(left) :]

    def _make(self, folder: str) -> None:
        try:
            os.mkdir(folder)
        except (FileExistsError, FileNotFoundError):
            os.makedirs(folder, exist_ok=True)

    def published(self) -> dict[str, Signature]:
        """Return the files of the site as it stands."""
        return dict(files_of(self.site))

    def publish(self, kept: Iterable[str], before: dict[str, Signature]) -> dict[str, Signature]:
        """Bring the site to what was staged: replace what differs, remove what is neither staged nor `kept`.

        `before` is what `published` returned; returned is what it would return now.
        """
        if not before and not (self.site.is_dir() and os.listdir(self.site)):
            shutil.rmtree(self.site, ignore_errors=True)
            self.site.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self.folder, self.site)
            return self.published()
        after = {path: before[path] for path in kept}
        for path, signature in files_below(str(self.folder)):
            new, old = os.path.join(self.folder, path), os.path.join(self.site, path)
            if before.get(path, (-1,))[0] == signature[0] and filecmp.cmp(new, old, shallow=False):
                after[path] = before[path]
            else:
                _replace(new, old)
                after[path] = signature
        stale = before.keys() - after.keys()
        for path in stale:
            if os.path.isfile(old := os.path.join(self.site, path)):  # else a folder took its place
                os.remove(old)
        for folder in sorted({os.path.dirname(path) for path in stale}, reverse=True):
            self._remove_empty(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        return after

    def _remove_empty(self, folder: str) -> None:
        """Remove a folder of the site and those above it as far as they are empty."""
        with contextlib.suppress(OSError):  # not empty, or gone already
            while folder:
                os.rmdir(os.path.join(self.site, folder))
                folder = os.path.dirname(folder)


def _is_running(process: str) -> bool:
    """Return whether the process of this number still runs; where that can't be asked, that it does."""
    if os.name != "posix" or not process.isdigit():
        return process.isdigit()
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _replace(new: str, old: str) -> None:
    if os.path.isdir(old):
        shutil.rmtree(old)
    folder = os.path.dirname(old)
    while not os.path.isdir(folder):
        try:
            os.makedirs(folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError):  # a file stands where a folder must be
            parent = folder
            while not os.path.isfile(parent):
                parent = os.path.dirname(parent)
            os.remove(parent)
    try:
        move(new, old)
    except OSError:  # The caches may lie on another file system.
        shutil.move(new, old)
