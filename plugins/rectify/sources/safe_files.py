"""Files, folders and links that are there whole or not at all, wherever the writing is interrupted."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from rectify.core.language import _

_ABANDONED = 600
"""Seconds after which something half-written belongs to nobody; writing it takes a few."""


def read_file(file: Path | str, most: int = -1) -> bytes:
    """Return the bytes of a file, or the first ones of it. Raises OSError as `open_file` does."""
    with open_file(file) as stream:
        return stream.read(most)


@contextlib.contextmanager
def open_file(file: Path | str) -> Iterator[BinaryIO]:
    """Open a file to read it; raises OSError for what is none: a pipe would never come to an end."""
    with open(file, "rb", opener=_without_waiting) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, _("不是普通文件"), str(file))
        yield stream


def _without_waiting(file: str, flags: int) -> int:
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def replace_file(file: Path, data: bytes) -> None:
    """Replace a file's content in one step: it holds the old bytes or the new ones, never a part, after a power cut too.

    Keeps its mode; a symbolic link stays one. Raises OSError.
    """
    file = Path(os.path.realpath(file))
    _clear_abandoned(file)
    new = _beside(file)
    try:
        _write(new, data)
        if file.exists():
            shutil.copymode(file, new)
        os.replace(new, file)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise


def cache_file(file: Path, data: bytes) -> None:
    """Replace a file that can be made again, as `replace_file` does but without waiting for the disk. Raises OSError."""
    new = _beside(file)
    new.write_bytes(data)
    os.replace(new, file)


def move(old: Path | str, new: Path | str) -> None:
    """Give a file or a folder another name, in one step; a file of that name is replaced. Raises OSError."""
    os.replace(old, new)


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write a new folder with these files, on the disk before the folder has its name.

    Raises FileExistsError where it exists and is not empty, OSError otherwise.
    """
    with new_folder(folder) as stage:
        for name, text in files.items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            _write(stage / name, text.encode())


@contextlib.contextmanager
def new_folder(folder: Path, over: bool = False) -> Iterator[Path]:
    """Give an empty folder to fill, which gets the name of the new one when what is inside ends well.

    The folder appears complete in one step; an interruption leaves at most a hidden sibling, never a part of it. Raises
    FileExistsError where it exists and is not empty, unless `over` says that it is to be replaced; OSError otherwise.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()  # an empty folder that was made by hand
    if not over and os.path.lexists(folder):
        raise FileExistsError(folder)
    _clear_abandoned(folder)
    stage = _beside(folder)
    stage.mkdir()
    try:
        yield stage
        if os.path.lexists(folder):
            _swap(stage, folder)
        else:
            os.rename(stage, folder)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _swap(stage: Path, folder: Path) -> None:
    old = stage.with_name(f"{stage.name}.old")
    os.rename(folder, old)
    try:
        os.rename(stage, folder)
    except BaseException:
        os.rename(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def new_entries(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; what is in it takes the place of what is in `folder` when what is inside ends well.

    The folder itself stays, a link or a place of another file system for instance, and hidden entries of it that there
    are no new ones for. Raises OSError, with everything as it was.
    """
    folder = Path(os.path.realpath(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(folder)
    stage = _beside(folder)
    stage.mkdir()
    old = stage.with_name(f"{stage.name}.old")
    try:
        yield stage
        folder.mkdir(exist_ok=True)
        new = os.listdir(stage)
        gone = [name for name in os.listdir(folder) if name in new or not name.startswith(".")]
        old.mkdir()
        moves = [(folder / name, old / name) for name in gone] + [(stage / name, folder / name) for name in new]
        _move_all(moves)
    finally:
        for left in (stage, old):
            shutil.rmtree(left, ignore_errors=True)


def _move_all(moves: list[tuple[Path, Path]]) -> None:
    """Move one after the other; back again where one fails. Raises OSError."""
    done = []
    try:
        for one in moves:
            done.append(one)
            shutil.move(*one)
    except BaseException:
        for source, target in reversed(done):
            _move_back(target, source)
        raise


def _move_back(moved: Path, place: Path) -> None:
    """Undo a move; one between file systems is a copy, and may have come half of its way."""
    if not os.path.lexists(place):
        if os.path.lexists(moved):
            shutil.move(moved, place)
    elif moved.is_dir() and not moved.is_symlink():
        shutil.copytree(moved, place, symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(moved)
    else:
        moved.unlink(missing_ok=True)


def replace_link(link: Path, target: str) -> None:
    """Let a symbolic link lead somewhere else, in one step, on the disk when this returns. Raises OSError."""
    _clear_abandoned(link)
    new = _beside(link)
    os.symlink(target, new, target_is_directory=True)
    os.replace(new, link)
    sync_names(link.parent)


def sync(folder: Path) -> None:
    """Wait until every file of a folder is on the disk, so that a power cut cannot empty one that is referred to."""
    # One request to the file system instead of one for each of ten thousand files, which takes longer than all else.
    if sys.platform == "linux" and _sync_file_system(folder):
        return
    for parent, _folders, names in os.walk(folder):
        for name in names:
            with open(os.path.join(parent, name), "rb") as stream:
                os.fsync(stream.fileno())
        sync_names(Path(parent))


def sync_names(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can be asked for that."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _sync_file_system(folder: Path) -> bool:
    """Return whether everything written to the folder's file system is on the disk, by syncfs(2)."""
    syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
    if syncfs is None:
        return False
    number = os.open(folder, os.O_RDONLY)
    try:
        return bool(syncfs(number) == 0)
    finally:
        os.close(number)


def _beside(path: Path) -> Path:
    """Return the name of what will take the place of a file or folder; a rename does not cross file systems."""
    return path.with_name(f".{path.name}.tmp-{secrets.token_hex(4)}")


def _clear_abandoned(path: Path) -> None:
    """Remove what earlier runs left that were killed half-way; what is young may be at work."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.tmp-*"):
        with contextlib.suppress(OSError):
            # What is from a time to come was left while the clock was wrong.
            if abs(time.time() - left.lstat().st_mtime) > _ABANDONED:
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _write(file: Path, data: bytes) -> None:
    with open(file, "xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
