"""A cache of values on disk: deletable at any time, safe against half-written and corrupted files."""

from __future__ import annotations

import hashlib
import pickle
from functools import cache
from pathlib import Path
from typing import Any

from rectify.sources.safe_files import cache_file, move


class Store:
    """Keeps one value a name, valid only for the key that it was stored with."""

    def __init__(self, folder: Path):
        self._folder = folder

    def get(self, name: str, key: Any) -> Any | None:
        """Return the value stored under this name with an equal key, or None."""
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        # The checksum guards pickle, which must never be fed a damaged file.
        if len(data) < 16 or hashlib.blake2b(data[16:], digest_size=16).digest() != data[:16]:
            return None
        try:
            stored, value = pickle.loads(data[16:])
        except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, EOFError):
            return None
        return value if stored == key else None

    def put(self, name: str, key: Any, value: Any) -> None:
        """Store a value; the file appears whole or not at all."""
        data = pickle.dumps((key, value), protocol=pickle.HIGHEST_PROTOCOL)
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        cache_file(file, hashlib.blake2b(data, digest_size=16).digest() + data)

    def rename(self, name: str, new_name: str) -> None:
        """Keep a value under another name; nothing happens where there is none."""
        try:
            move(self._folder / name, self._folder / new_name)
        except FileNotFoundError:
            pass


def key_of(*values: Any) -> str:
    """Return a checksum of values whose `repr` tells them apart."""
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def fingerprint(folder: Path) -> str:
    """Return a checksum that changes with any file of a folder of code or templates."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    return key_of(
        [(path.relative_to(folder).as_posix(), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    )


@cache
def code_version() -> str:
    """Return the fingerprint of this package; what other code stored is not valid for it."""
    return fingerprint(Path(__file__).parent.parent)
