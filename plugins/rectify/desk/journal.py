"""What was saved and how to take it back, in the order of time, until it is handed in."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _
from rectify.desk.refusals import Stopped
from rectify.sources.file_edit import Edit
from rectify.sources.safe_files import replace_file

MOST = 500
"""Saves that can be taken back."""


class CannotUndo(ValueError):
    """Somebody has changed the file since; the text says which."""


class Saved(NamedTuple):
    """One save: of each file what it held before, None for one that was not there, and the digest of what it holds now, empty for none."""

    id: str
    what: str
    files: tuple[tuple[str, str | None, str], ...]


class Journal:
    """Keeps what was before, one line of JSON for each save."""

    def __init__(self, file: Path, content: Path):
        self._file, self._content = file, content
        self._known: tuple[object, tuple[Saved, ...]] = (None, ())
        """The saves as they were read last, and by what one knows that they are so still."""

    def entries(self) -> list[Saved]:
        """Return the saves that can be taken back, the newest last."""
        try:
            held = self._file.stat()
        except FileNotFoundError:
            return []
        stamp = (held.st_ino, held.st_size, held.st_mtime_ns)
        if self._known[0] != stamp:
            # A ledger may have brought thousands of files, and every page asks.
            self._known = (stamp, tuple(self._read()))
        return list(self._known[1])

    def _read(self) -> list[Saved]:
        kept = []
        for line in self._file.read_bytes().split(b"\n"):
            try:
                one = json.loads(line)
                kept.append(Saved(one["id"], one["what"], tuple(map(tuple, one["files"]))))
            except (ValueError, KeyError, TypeError):
                continue  # half a line, of a desk that was ended while it wrote it
        return kept

    def write(self, what: str, edits: Sequence[Edit], gone: Sequence[Path] = ()) -> None:
        """Write files, each whole or not at all, and take others away; where that fails all are as before.

        Raises Stopped where a file has changed since its edit was made, OSError.
        """
        wanted: dict[Path, bytes | None] = {}
        files = []
        for edit in edits:
            if (now := _held(edit.file)) == edit.new:
                continue
            self._must_be_inside(edit.file)
            if (now or b"") != edit.old:
                raise Stopped(_("{file} 刚刚又改过，请再看一次", file=edit.shown))
            wanted[edit.file] = edit.new
            files.append((edit.shown, _packed(now), _digest(edit.new)))
        for file in gone:
            if (now := _held(file)) is not None:
                wanted[file] = None
                files.append((file.relative_to(self._content).as_posix(), _packed(now), ""))
        if not wanted:
            return
        before = {file: _held(file) for file in wanted}
        # First the way back, for a desk that is ended in between.
        forget = self._add(Saved(secrets.token_hex(6), what, tuple(files)))
        try:
            for file, data in wanted.items():
                _put(file, data)
        except OSError:
            for file, data in before.items():
                if _held(file) != data:
                    _put(file, data)
            forget()
            raise

    def _must_be_inside(self, file: Path) -> None:
        """Raise Stopped where a folder on the way to a file is a link that leads out of the content."""
        folder = next(one for one in file.parents if one.exists())
        if not folder.resolve().is_relative_to(self._content.resolve()):
            raise Stopped(_("{folder} 是通到别处的链接，没有写；请管理员换成真的文件夹", folder=folder.name))

    def note(self, what: str, files: Sequence[Path]) -> None:
        """Remember that files are new, for whoever takes that back."""
        made = tuple((file.relative_to(self._content).as_posix(), None, _digest(file.read_bytes())) for file in files)
        self._add(Saved(secrets.token_hex(6), what, made))

    def undo(self, id: str) -> Saved:
        """Bring back what a save found. Raises CannotUndo where a file is not what the save made of it, KeyError for no such save."""
        entries = self.entries()
        saved = next((one for one in entries if one.id == id), None)
        if saved is None:
            raise KeyError(id)
        for path, old, new in saved.files:
            file = self._content / path
            now = _held(file)
            if now != _unpacked(old) and ("" if now is None else _digest(now)) != new:
                later = entries[entries.index(saved) + 1 :]
                if any(path in (name for name, *_rest in one.files) for one in later):
                    raise CannotUndo(_("{file} 后来又改过，先撤销后来的改动", file=path))
                raise CannotUndo(_("{file} 后来别人又改过，不能撤销；要改的请打开它改", file=path))
        for path, old, _new in saved.files:
            _put(self._content / path, _unpacked(old))
            if old is None:
                with contextlib.suppress(OSError):  # a folder with something else in it stays
                    (self._content / path).parent.rmdir()
        self._keep([one for one in entries if one.id != id])
        return saved

    def clear(self) -> None:
        """Forget everything: it has been handed in."""
        self._keep([])

    def _add(self, one: Saved) -> Callable[[], None]:
        """Remember one more save, and return what forgets it again. Raises OSError."""
        kept = self.entries()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        if len(kept) >= MOST:
            self._keep([*kept, one][-MOST:])
            return lambda: self._keep(kept)
        # What is there may be as large as the register: it is not written anew.
        with self._file.open("ab") as stream:
            size = stream.tell()
            try:
                # A desk that was ended while it wrote left half a line.
                stream.write(b"\n" + _line(one))
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.truncate(self._file, size)
                raise
        return lambda: os.truncate(self._file, size)

    def _keep(self, entries: Sequence[Saved]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        if not self._file.exists():
            self._file.touch()
        replace_file(self._file, b"".join(map(_line, entries)))


def _line(one: Saved) -> bytes:
    return f"{json.dumps(one._asdict(), ensure_ascii=False)}\n".encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _held(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _put(file: Path, data: bytes | None) -> None:
    if data is None:
        file.unlink(missing_ok=True)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)


def _packed(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()


def _unpacked(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
