"""A cache of values on disk: deletable at any time, and whatever lies there instead of it is nothing, and runs nothing."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from rectify.sources.plain_data import Reader, decoder, encode
from rectify.sources.safe_files import cache_file, move

T = TypeVar("T")
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_DIGEST = 16
_LARGEST = 1 << 28
"""Bytes of a file that is read; the largest there is, of a hundred thousand pages, has a third of it."""
_OPENING = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
"""A link leads to what is not ours, and a pipe would be waited for."""


class Kept(Generic[T]):
    """A kind of value that a store may keep: the folder of its files, and the type, of `plain_data`, that it is read as."""

    kinds: ClassVar[dict[str, Kept[Any]]] = {}
    """Every kind there is, by its folder."""

    def __init__(self, folder: str, declared: Any, *, remembered: bool = False):
        """A value that is `remembered` is read once in a process, as long as its file says the same; nobody may change it.

        Raises ValueError for a folder that is another kind's.
        """
        if folder in self.kinds:
            raise ValueError(folder)
        self.folder, self._declared = folder, declared
        self.known: dict[Path, tuple[bytes, T]] | None = {} if remembered else None
        """By its file, the checksums at the head of that and the value."""
        self.kinds[folder] = self

    @cached_property
    def read(self) -> Reader:
        return decoder(self._declared)


class Store:
    """Keeps one value a kind and name, valid only for the key that it was stored with."""

    def __init__(self, folder: Path):
        self._folder = folder

    def get(self, kind: Kept[T], name: str, key: object) -> T | None:
        """Return the value stored under this name with an equal key, or None."""
        file = self._folder / kind.folder / name
        try:
            data = _bytes_of(file)
        except OSError:
            return None
        head = data[: 2 * _DIGEST]
        if head != _digest(encode(key)) + _digest(data[2 * _DIGEST :]):
            return None
        if kind.known is not None and file in kind.known and kind.known[file][0] == head:
            return kind.known[file][1]
        with _without_collections(), suppress(ValueError, TypeError):
            value: T = kind.read(data[2 * _DIGEST :])
            if kind.known is not None:
                kind.known[file] = head, value
            return value
        return None

    def put(self, kind: Kept[T], name: str, key: object, value: T) -> None:
        """Store a value; the file appears whole or not at all. Whatever else has its place, or its folder's, goes.

        Where nothing may be written, nothing is kept: whoever may only read a site can still check it.
        """
        data = encode(value)
        self.take(kind.folder, name, _digest(encode(key)) + _digest(data) + data)

    def take(self, folder: str, name: str, stored: bytes) -> None:
        """Keep a file that another store has made of a value, in the folder of its kind."""
        file = self._folder / folder / name
        try:
            if not file.parent.is_dir():
                _make_way(file.parent)
            elif file.is_dir():
                shutil.rmtree(file)
            cache_file(file, stored)
        except OSError as error:
            if error.errno not in _REFUSED:
                raise

    def rename(self, kind: Kept[Any], name: str, new_name: str) -> None:
        """Keep a value under another name; nothing happens where there is none."""
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            move(self._folder / kind.folder / name, self._folder / kind.folder / new_name)


def _make_way(folder: Path) -> None:
    """Make a folder, in place of a file where there is one; several processes may be at it at once."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        with suppress(IsADirectoryError):
            folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)


def _bytes_of(file: Path) -> bytes:
    """Return what a file holds, nothing for one that can be none of ours; raises OSError."""
    with open(os.open(file, _OPENING), "rb") as stream:
        status = os.fstat(stream.fileno())
        return stream.read() if stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST else b""


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


@contextmanager
def _without_collections() -> Iterator[None]:
    """Make many values without looking for garbage among them: none of them holds itself."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def key_of(*values: Any) -> str:
    """Return a checksum of values of the kinds that can be stored."""
    return _digest(encode(values)).hex()


def fingerprint(folder: Path) -> str:
    """Return a checksum that changes with any file of a folder of code or templates."""
    return key_of(sorted(_stamps(str(folder))))


def _stamps(folder: str, prefix: str = "") -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            status = entry.stat()
            yield prefix + entry.name, status.st_mtime_ns, status.st_size


@cache
def code_version() -> str:
    """Return the fingerprint of this package; what other code stored is not valid for it."""
    return fingerprint(Path(__file__).parent.parent)
