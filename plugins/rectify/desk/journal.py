"""What was saved and how to take it back, in the order of time, until it is handed in."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _
from rectify.sources.file_edit import Edit
from rectify.sources.safe_files import replace_file

_MOST = 500
"""Saves that can be taken back."""


class CannotUndo(ValueError):
    """Somebody has changed the file since; the text says which."""


class Saved(NamedTuple):
    """One save: of each file what it held before, None for one that was not there, and the digest of what it holds now."""

    id: str
    what: str
    files: tuple[tuple[str, str | None, str], ...]


class Journal:
    """Keeps what was before, one line of JSON for each save."""

    def __init__(self, file: Path, content: Path):
        self._file, self._content = file, content

    def entries(self) -> list[Saved]:
        """Return the saves that can be taken back, the newest last."""
        try:
            lines = self._file.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        kept = []
        for line in lines:
            try:
                one = json.loads(line)
                kept.append(Saved(one["id"], one["what"], tuple(map(tuple, one["files"]))))
            except (ValueError, KeyError, TypeError):
                continue  # half a line, of a desk that was ended while it wrote it
        return kept

    def write(self, what: str, edits: Sequence[Edit]) -> None:
        """Write files, each whole or not at all; where one cannot be written, all are as before. Raises OSError."""
        changed = [edit for edit in edits if edit.old != edit.new or not edit.file.exists()]
        if not changed:
            return
        files = [
            (edit.shown, base64.b64encode(edit.old).decode() if edit.file.exists() else None, _digest(edit.new))
            for edit in changed
        ]
        # First the way back, for a desk that is ended in between.
        self._keep([*self.entries(), Saved(secrets.token_hex(6), what, tuple(files))][-_MOST:])
        done: list[tuple[Edit, bool]] = []
        try:
            for edit in changed:
                was_there = edit.file.exists()
                edit.file.parent.mkdir(parents=True, exist_ok=True)
                replace_file(edit.file, edit.new)
                done.append((edit, was_there))
        except OSError:
            for edit, was_there in done:
                if was_there:
                    replace_file(edit.file, edit.old)
                else:
                    edit.file.unlink(missing_ok=True)
            self._keep(self.entries()[:-1])
            raise

    def note(self, what: str, files: Sequence[Path]) -> None:
        """Remember that files are new, for whoever takes that back."""
        made = tuple((file.relative_to(self._content).as_posix(), None, _digest(file.read_bytes())) for file in files)
        self._keep([*self.entries(), Saved(secrets.token_hex(6), what, made)][-_MOST:])

    def undo(self, id: str) -> Saved:
        """Bring back what a save found. Raises CannotUndo where a file is not what the save made of it, KeyError for no such save."""
        entries = self.entries()
        saved = next((one for one in entries if one.id == id), None)
        if saved is None:
            raise KeyError(id)
        for path, old, new in saved.files:
            file = self._content / path
            now = file.read_bytes() if file.exists() else None
            before = base64.b64decode(old) if old is not None else None
            if now != before and (now is None or _digest(now) != new):
                raise CannotUndo(_("{file} 后来又改过，先撤销后来的改动", file=path))
        for path, old, _new in saved.files:
            if old is None:
                (self._content / path).unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # a folder with something else in it stays
                    (self._content / path).parent.rmdir()
            else:
                replace_file(self._content / path, base64.b64decode(old))
        self._keep([one for one in entries if one.id != id])
        return saved

    def clear(self) -> None:
        """Forget everything: it has been handed in."""
        self._keep([])

    def _keep(self, entries: Sequence[Saved]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        if not self._file.exists():
            self._file.touch()
        lines = (json.dumps(one._asdict(), ensure_ascii=False) for one in entries)
        replace_file(self._file, "".join(f"{line}\n" for line in lines).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
