"""A report folder as it would be, for the checks and the reader's page to look at before anything is written."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rectify.core.site_map import REPORTS
from rectify.sources.file_edit import Edit


@contextlib.contextmanager
def tried(content: Path, disclosure_id: str, edits: Sequence[Edit], place: Path) -> Iterator[Path]:
    """Give a content folder below `place` that has this disclosure with these edits, and nothing else."""
    place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="trial-", dir=place) as folder:
        there = Path(folder, REPORTS, disclosure_id)
        shutil.copytree(content / REPORTS / disclosure_id, there, copy_function=_same)
        for edit in edits:
            file = Path(folder, edit.shown)
            file.parent.mkdir(exist_ok=True)
            file.unlink(missing_ok=True)
            file.write_bytes(edit.new)
        yield Path(folder)


def _same(source: str, target: str) -> None:
    """Let a file have a second name where the system can, for attachments are large."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
