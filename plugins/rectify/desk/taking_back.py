"""Taking back a commit by changes of the files, which are looked at and handed in like any others."""

from __future__ import annotations

from collections.abc import Sequence

from rectify.core.language import _
from rectify.desk.handing_in import Clashes
from rectify.desk.merging import merged
from rectify.desk.reconcile import Clash
from rectify.desk.refusals import Stopped
from rectify.desk.repository import Repository


def take_back(repository: Repository, commit: str) -> list[tuple[str, bytes | None, bytes | None]]:
    """Return what takes back a commit, as changes of the files: path, what is there, what shall be there.

    What was changed since in other fields stays. Raises Clashes where the same fields were changed since.
    """
    before = repository.head(f"{commit}^")
    if not before:
        raise Stopped(_("这是最早的一次，不能撤回"))
    result: list[tuple[str, bytes | None, bytes | None]] = []
    clashes: dict[str, Sequence[Clash]] = {}
    for whole in repository.changed_between(before, commit):
        if not whole.startswith(repository.prefix):
            continue
        path = whole.removeprefix(repository.prefix)
        file = repository.content / path
        was, ours, theirs = repository.file(commit, path), repository.file(before, path), None
        theirs = file.read_bytes() if file.is_file() else None
        if theirs == was:
            result.append((path, theirs, ours))
            continue
        now, wrong = merged(path, was, ours, theirs, {})
        result.append((path, theirs, now))
        if wrong:
            clashes[path] = wrong
    if clashes:
        raise Clashes(clashes)
    return result
