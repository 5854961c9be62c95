"""Copies of published files as they were before something was taken from them, outside what is published and what git keeps."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from rectify.sources.safe_files import replace_file

ORIGINALS = "originals"
"""The folder beside the content."""
_IGNORE = b"# Originals of published files, which may name people: not for git.\n*\n"


def original_place(place: Path, data: bytes) -> Path:
    """Return where a copy of these bytes goes: a place where nothing else lies."""
    for number in count(1):
        file = place if number == 1 else place.with_name(f"{place.stem}.{number}{place.suffix}")
        if not file.exists() or (file.is_file() and file.read_bytes() == data):
            return file
    raise AssertionError


def keep_original(folder: Path, file: Path, data: bytes) -> None:
    """Write a copy, and see that git leaves its folder alone. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not (folder / ".gitignore").exists():
        replace_file(folder / ".gitignore", _IGNORE)
    replace_file(file, data)
