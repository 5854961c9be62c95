"""One publication at a time, on one machine."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt


class Locked(Exception):
    """Another process holds the lock; the text is what it wrote about itself."""


@contextlib.contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold a lock while what is inside runs; raises Locked at once where another process holds it.

    The system lets go of it when the process ends, however it ends: a lock is never stale.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "a+", encoding="utf-8") as stream:
        try:
            _take(stream.fileno())
        except OSError:
            stream.seek(0)
            raise Locked(stream.read().strip()) from None
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        yield


def _take(number: int) -> None:
    if fcntl:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
