"""What the checks complain about and the desk can mend by itself, as edits that are looked at and taken back like any others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rectify.checks.attachments.cleaning import cleaned
from rectify.checks.repairs import CARRIED, repaired
from rectify.core.finding import Finding
from rectify.desk.merging import has_fields
from rectify.sources.edit import CannotEdit
from rectify.sources.file_edit import Edit, text_of
from rectify.sources.write import encode


def mends(content: Path, findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits that mend the files in which something is found, as far as that needs no judgement. Raises OSError."""
    texts = dict.fromkeys(one.path for one in findings if has_fields(one.path))
    files = dict.fromkeys(one.path for one in findings if one.rule in CARRIED)
    return [edit for path in texts for edit in _of_text(content, path)] + [
        edit for path in files for edit in _of_file(content, path)
    ]


def _of_text(content: Path, path: str) -> Iterator[Edit]:
    file = content / path
    if not file.is_file():
        return
    one, pictures = repaired(content, file, path)
    if one is None:
        return
    data = file.read_bytes()
    try:
        # Its line ends are no mistake.
        new = encode(one.after, data.decode(text_of(data, path)[1]).encode())
    except CannotEdit:
        new = one.data
    for name, picture in pictures.items():
        yield Edit(file.parent / name, f"{path.rpartition('/')[0]}/{name}", b"", picture, "", "")
    if new != data:
        yield Edit(file, path, data, new, one.before, one.after)


def _of_file(content: Path, path: str) -> Iterator[Edit]:
    data = (content / path).read_bytes()
    if new := cleaned(data, path.rpartition(".")[2].lower()):
        yield Edit(content / path, path, data, new, "", "")
