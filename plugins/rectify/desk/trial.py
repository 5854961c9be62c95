"""A report folder as it would be, for the checks and the reader's page to look at before anything is written."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rectify.checks.links import links
from rectify.core.site_map import REPORTS
from rectify.desk.office import Office
from rectify.sources.file_edit import Edit

_HALF_WRITTEN = shutil.ignore_patterns(".*.tmp-*")
"""What is there for a moment only, while somebody else writes."""


@contextlib.contextmanager
def tried(office: Office, disclosure_id: str, edits: Sequence[Edit]) -> Iterator[Path]:
    """Give a content folder that has this disclosure with these edits; of others that it names, the names of their files."""
    with _beside(office) as folder:
        there = folder / REPORTS / disclosure_id
        shutil.copytree(office.content / REPORTS / disclosure_id, there, copy_function=_same, ignore=_HALF_WRITTEN)
        for edit in edits:
            file = folder / edit.shown
            file.parent.mkdir(exist_ok=True)
            file.unlink(missing_ok=True)
            file.write_bytes(edit.new)
        _surround(office, folder, there)
        yield folder


@contextlib.contextmanager
def earlier(office: Office, disclosure_id: str, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a content folder that has this disclosure with these files, by path below it, and nothing else of it."""
    with _beside(office) as folder:
        there = folder / REPORTS / disclosure_id
        for path, data in files.items():
            file = there / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        _surround(office, folder, there)
        yield folder


@contextlib.contextmanager
def _beside(office: Office) -> Iterator[Path]:
    """Give an empty content folder; where the register is a part of a site it lies as deep here."""
    office.state.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="trial-", dir=office.state) as whole:
        yield Path(whole, office.site.path)


def _surround(office: Office, folder: Path, there: Path) -> None:
    whole = Path(folder, *[".."] * len(Path(office.site.path).parts)).resolve()
    _stand_ins(office.content / REPORTS, there)
    _targets(office.content, folder, there, whole)


def _stand_ins(reports: Path, tried_folder: Path) -> None:
    """Let there be what the disclosure refers to in others, for a reference to nothing is an error."""
    texts = b"".join(file.read_bytes() for file in tried_folder.glob("*.md"))
    for other in os.listdir(reports):
        if other != tried_folder.name and other.encode() in texts and (reports / other).is_dir():
            for parent, _folders, names in os.walk(reports / other):
                there = tried_folder.parent / Path(parent).relative_to(reports)
                there.mkdir()
                for name in names:
                    (there / name).touch()


def _targets(content: Path, folder: Path, tried_folder: Path, whole: Path) -> None:
    """Let there be likewise the pages and files outside the disclosures that its links lead to, those of a site around too."""
    for file in tried_folder.glob("*.md"):
        lines = enumerate(file.read_text("utf-8", "replace").split("\n"), start=1)
        for link in links(lines, file.relative_to(folder).as_posix()):
            there = Path(os.path.normpath(folder / link.leads_to))
            if there.is_relative_to(whole) and not there.exists() and (content / link.leads_to).is_file():
                there.parent.mkdir(parents=True, exist_ok=True)
                _same(str(content / link.leads_to), str(there))


def _same(source: str, target: str) -> None:
    """Let a file have a second name where the system can, for attachments are large."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
