"""Locks between processes. The system lets go of one when its process ends, however it ends: none is stale on its machine.

Where two machines share a folder, one may not see the other's lock. So the file names its holder while it is held, and what
another machine has left there is never broken.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rectify.core.language import _, _n

fcntl: Any
msvcrt: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

_LONGEST = 500
_FAR = 1 << 30
"""The byte that is locked on Windows, where nobody else can read what is locked: behind all that is written."""


class Locked(Exception):
    """Another process holds the lock, or another machine may; the text says which, and since when."""

    def __init__(self, holder: str):
        self.process, _blank, rest = holder.strip().partition(" ")
        self.host, _blank, self.since = rest.partition(" ")
        """Empty where an earlier version of this program wrote it."""
        super().__init__(holder)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the holder is on another machine, which may have stopped: nobody can tell from here."""
        return bool(self.host) and self.host != _here()

    def __str__(self) -> str:
        told = _("进程 {process}", process=self.process)
        if self.host:
            told += _("，主机 {host}，{since} 起", host=self.host, since=self.since)
            told += _n("，{number} 分钟", self._minutes()) if self._minutes() >= 0 else _("（两台主机的时钟不一致）")
        if self.is_elsewhere:
            told += _("。那台主机上已经停止的，运行 rectify doctor --fix")
        return told

    def _minutes(self) -> int:
        with contextlib.suppress(ValueError):
            return int((datetime.now(UTC) - datetime.fromisoformat(self.since)).total_seconds() // 60)
        return -1


def _here() -> str:
    return re.sub(r"\s", "_", socket.gethostname()) or "?"


@contextlib.contextmanager
def take_lock(file: Path) -> Iterator[None]:
    """Hold a lock while what is inside runs; raises Locked at once where another process holds it."""
    with _open(file) as stream:
        try:
            _lock(stream.fileno(), wait=False)
        except OSError:
            raise Locked(_holder(stream)) from None
        if (left := Locked(_holder(stream))).is_elsewhere:
            raise left
        stream.truncate(0)
        stream.write(f"{os.getpid()} {_here()} {datetime.now(UTC).isoformat(timespec='seconds')}\n")
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)


@contextlib.contextmanager
def wait_for_lock(file: Path) -> Iterator[None]:
    """Hold a lock while what is inside runs, after waiting for as long as another process holds it."""
    with _open(file) as stream:
        _lock(stream.fileno(), wait=True)
        yield


@contextlib.contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Hold a folder for the moment that a file in it is read and written anew, where the system can; no file is left behind.

    A file for it would belong to whoever came first, and shut out everybody else.
    """
    number = os.open(folder, os.O_RDONLY) if fcntl else -1
    try:
        if fcntl:
            with contextlib.suppress(OSError):  # a file system of another machine may lock no folders
                fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        if fcntl:
            os.close(number)


def _open(file: Path) -> Any:
    file.parent.mkdir(parents=True, exist_ok=True)
    return open(file, "a+", encoding="utf-8", errors="replace")


def _holder(stream: Any) -> str:
    stream.seek(0)
    return str(stream.read(_LONGEST)).partition("\n")[0]


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
