"""Whether a disclosure is what was approved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rectify.checks.checked_folder import CheckedFolder
from rectify.core.approval import Change, changes_since, fingerprints, written
from rectify.core.attachments import public_attachments
from rectify.core.finding import Finding, found
from rectify.core.model import Approval, Disclosure
from rectify.core.register import is_public
from rectify.core.site_map import REPORTS
from rectify.sources.folder import Folder

_VOID, _NONE = "V001", "V002"


def fingerprints_of(folder: Folder, content: Path) -> dict[str, str]:
    """Return the fingerprint of each part of a report folder that can be read."""
    assert folder.disclosure is not None
    place = content / REPORTS / folder.id
    checksums = {}
    for name in public_attachments(folder.disclosure, folder.problems, folder.attachments):
        with open(place / name, "rb") as stream:
            checksums[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return fingerprints(folder.disclosure, folder.problems, checksums)


def approved(folder: Folder, content: Path, by: str, day: date, form_no: str | None) -> tuple[Approval, list[Change]]:
    """Return the approval of a report folder as it is, and what changed since the one before; None keeps its form number."""
    assert folder.disclosure is not None
    now, before = fingerprints_of(folder, content), folder.disclosure.approval or Approval()
    new = before._replace(
        approved_by=by,
        date=day,
        form_no=before.form_no if form_no is None else form_no,
        fingerprints=written(now),
    )
    changes = changes_since(before.fingerprints, now, folder.problems) if before.fingerprints else ()
    return new, list(changes)


def approval(folder: Folder, content: Path, lines: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    """Yield what was changed after it had been approved; nothing where no fingerprint is stated."""
    stated = _stated(folder.disclosure)
    if not stated:
        return
    for change in changes_since(stated, fingerprints_of(folder, content), folder.problems):
        path = f"{REPORTS}/{folder.id}/{change.part}"
        line = lines.get(path, {}).get("approval", 1)
        yield found(_VOID, path, line, found=change.what, allowed=folder.id)


def unapproved(folders: Iterable[CheckedFolder]) -> Iterator[Finding]:
    """Yield the public disclosures that are not approved as they are now."""
    for one in folders:
        disclosure = one.folder.disclosure
        if disclosure is None or not is_public(disclosure):
            continue
        if not _stated(disclosure) or any(finding.rule == _VOID for finding in (*one.folder.findings, *one.waived)):
            yield found(_NONE, disclosure.path, 1, allowed=disclosure.id)


def _stated(disclosure: Disclosure | None) -> Sequence[str]:
    return disclosure.approval.fingerprints if disclosure and disclosure.approval else ()
