"""Files that come with a form: kept while a question about the form is open, and the names that they get in the end."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.sources.safe_files import cache_file

_UNSAFE = re.compile(r"[^\w.\-]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
"""Names that Windows gives to devices."""
_LONGEST = 160
"""Bytes of a name: what is put before and behind it while it is written has room too."""
_LONGEST_ENDING = 12
_MARK = re.compile(r"([0-9a-f]{32})\|(.+)", re.DOTALL)


class Upload(NamedTuple):
    """A file that comes with an entry."""

    name: str
    data: bytes


class Uploads:
    """Keeps files that a browser would not send a second time."""

    def __init__(self, folder: Path):
        """What was kept for forms of an earlier desk is gone."""
        self._folder = folder
        shutil.rmtree(folder, ignore_errors=True)

    def keep(self, upload: Upload) -> str:
        """Return the mark of a file, which is kept. Raises OSError."""
        mark = hashlib.sha256(upload.data).hexdigest()[:32]
        self._folder.mkdir(parents=True, exist_ok=True)
        cache_file(self._folder / mark, upload.data)
        return f"{mark}|{upload.name}"

    def get(self, mark: str) -> Upload | None:
        """Return the file of a mark, None where it is not kept any more."""
        found = _MARK.fullmatch(mark)
        file = self._folder / found[1] if found else None
        return Upload(found[2], file.read_bytes()) if found and file and file.is_file() else None


def placed(folder: Path, uploads: Sequence[Upload]) -> dict[str, Upload]:
    """Return where uploads come to lie in a report folder; one of another content gets another name."""
    names: dict[str, Upload] = {}
    taken = {file.name.casefold() for file in (folder / "files").glob("*")}
    for one in uploads:
        stem, ending = _safe(one.name)
        number, name = 1, f"{stem}{ending}"
        # Where a system takes no notice of capitals, one file would take the place of the other.
        while f"files/{name}" in names or (name.casefold() in taken and not _holds(folder / "files" / name, one.data)):
            number += 1
            name = f"{stem}-{number}{ending}"
        names[f"files/{name}"] = one
        taken.add(name.casefold())
    return names


def _safe(name: str) -> tuple[str, str]:
    """Return name and ending of a file without what a system, an address or a reader could take for something else."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    safe = _UNSAFE.sub("-", plain).strip(".-") or "file"
    stem, dot, ending = safe.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = safe, "", ""
    stem = stem.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip(".-") or "file"
    return (f"file-{stem}" if _RESERVED.match(stem) else stem), dot + ending


def _holds(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data
