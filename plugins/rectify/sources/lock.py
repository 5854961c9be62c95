"""Locks between processes of one machine. The system lets go of one when its process ends, however it ends: none is stale."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

fcntl: Any
msvcrt: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

_FAR = 1 << 30
"""The byte that is locked on Windows, where nobody else can read what is locked: behind all that is written."""


class Locked(Exception):
    """Another process holds the lock; the text is what it wrote about itself."""


@contextlib.contextmanager
def take_lock(file: Path) -> Iterator[None]:
    """Hold a lock while what is inside runs; raises Locked at once where another process holds it."""
    with _open(file) as stream:
        try:
            _lock(stream.fileno(), wait=False)
        except OSError:
            stream.seek(0)
            raise Locked(stream.read().strip()) from None
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        yield


@contextlib.contextmanager
def wait_for_lock(file: Path) -> Iterator[None]:
    """Hold a lock while what is inside runs, after waiting for as long as another process holds it."""
    with _open(file) as stream:
        _lock(stream.fileno(), wait=True)
        yield


def _open(file: Path) -> Any:
    file.parent.mkdir(parents=True, exist_ok=True)
    return open(file, "a+", encoding="utf-8")


def _lock(number: int, wait: bool) -> None:
    """Lock an open file until it is closed; raises OSError where that would mean waiting and that is not wanted."""
    if fcntl:
        fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    while True:
        os.lseek(number, _FAR, os.SEEK_SET)
        try:
            # LK_LOCK gives up after ten seconds.
            msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            return
        except OSError:
            if not wait:
                raise
