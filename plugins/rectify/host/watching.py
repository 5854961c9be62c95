"""Files watched by the system's own notice of changes, where MkDocs looks at each of them twice a second."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_CHANGES = frozenset({"created", "modified", "moved", "deleted"})
"""A build itself opens what it reads."""
_SHARED = ("nfs", "cifs", "smb", "9p", "fuse", "afs", "vbox", "vmhgfs", "prl_fs", "drvfs", "virtiofs", "overlay")
"""File systems whose files somebody may change from outside, which this system hears nothing of."""
_MOUNTS = Path("/proc/self/mountinfo")


def watch_closely(server: LiveReloadServer) -> None:
    """Let a server that does not run yet hear of changes at once, where the system tells of all that may happen to its files."""
    watched = dict(getattr(server, "_watched_paths", {}))
    if not watched or any(map(_is_shared, watched)) or not _can_be_watched(watched):
        return
    for path, times in watched.items():
        for _ in range(times):
            server.unwatch(path)
    server.observer = _Noticing()
    for path, times in watched.items():
        for _ in range(times):
            server.watch(path)


class _Changes(FileSystemEventHandler):
    """Passes on what changes something."""

    def __init__(self, handler: FileSystemEventHandler):
        self._handler = handler

    def dispatch(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._handler.dispatch(event)


class _Noticing(Observer):  # type: ignore[misc, valid-type]
    def schedule(self, event_handler: FileSystemEventHandler, path: str, **options: Any) -> Any:
        return super().schedule(_Changes(event_handler), path, **options)


def _can_be_watched(paths: dict[str, int]) -> bool:
    """Return whether the system has room for so many folders, of which it often allows no more than a few thousand."""
    observer = Observer()
    try:
        for path in paths:
            observer.schedule(FileSystemEventHandler(), path, recursive=True)
        observer.start()
    except OSError:
        return False
    finally:
        with suppress(RuntimeError):
            observer.stop()
            observer.join()
    return True


def _is_shared(path: str) -> bool:
    """Return whether a path lies where others may write, as far as the system tells."""
    try:
        mounts = [line.split() for line in _MOUNTS.read_text("utf-8").splitlines()]
        at = [(_unescaped(fields[4]), fields[fields.index("-") + 1]) for fields in mounts]
    except (OSError, ValueError):
        return False
    path = os.path.realpath(path)
    within = [(len(place), kind) for place, kind in at if os.path.commonpath([path, place]) == place]
    return bool(within) and max(within)[1].startswith(_SHARED)


def _unescaped(path: str) -> str:
    return path.encode().decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace")
