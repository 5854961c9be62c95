"""The modes of what is published: a web server, which is another user, reads it; nobody else writes it. Whatever the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from rectify.core.finding import Finding, found

FILE, FOLDER = 0o644, 0o755


def make_folder(folder: Path) -> None:
    """Make a folder that others can read where there is none; one that is there keeps its mode. Raises OSError."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(FOLDER)


def open_to_readers(file: Path) -> None:
    """Give a file the mode of a published one. Raises OSError."""
    if not fits(file):
        file.chmod(FILE)


def settle(folder: Path) -> None:
    """Give everything in a folder that nobody uses yet the mode that it has to have. Raises OSError."""
    for path, status in _entries(folder):
        if stat.S_IMODE(status.st_mode) != _wanted(status):
            os.chmod(path, _wanted(status))


def fits(file: Path) -> bool:
    """Return whether a file has the mode of a published one. Raises OSError."""
    return not _matter() or stat.S_IMODE(os.lstat(file).st_mode) == FILE


def wrong_modes(folder: Path) -> Iterator[Finding]:
    """Yield the files and folders of a release that have another mode."""
    for path, status in _entries(folder):
        if (mode := stat.S_IMODE(status.st_mode)) != (wanted := _wanted(status)):
            place = os.path.relpath(path, folder).replace(os.sep, "/")
            yield found("R007", place, found=f"{mode:04o}", allowed=f"{wanted:04o}")


def _matter() -> bool:
    return os.name == "posix"


def _wanted(status: os.stat_result) -> int:
    return FOLDER if stat.S_ISDIR(status.st_mode) else FILE


def _entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield a folder and all in it with its status, but for links, which have no mode."""
    for parent, _, names in os.walk(folder) if _matter() else ():
        yield parent, os.stat(parent)
        for name in sorted(names):
            path = os.path.join(parent, name)
            if not stat.S_ISLNK((status := os.lstat(path)).st_mode):
                yield path, status
