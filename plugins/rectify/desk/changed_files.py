"""What was changed since it was last handed in, file by file and field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rectify.core.language import _, _n, spoken
from rectify.desk.merging import has_fields, is_problem
from rectify.desk.reconcile import keys_of
from rectify.desk.repository import Repository
from rectify.desk.told import told
from rectify.intake.last_import import NAME as IMPORTED
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import text_of


class Change(NamedTuple):
    """One field of a file that is not as it was handed in."""

    label: str
    before: str
    after: str


class Changed(NamedTuple):
    """One file that is not as it was handed in."""

    path: str
    ref: str
    """The problem that it is, empty for another file."""
    title: str
    changes: tuple[Change, ...]
    is_new: bool
    is_gone: bool
    status: tuple[str, str] = ("", "")
    """Of a problem, the one before and the one now; empty where there was or is none."""


def changed_files(repository: Repository) -> list[Changed]:
    """Return what is not as the last commit has it, but what the program noted for itself of an import."""
    head = repository.head()
    return [_changed(repository, head, path) for path in repository.changed() if not path.endswith(f"/{IMPORTED}")]


def _changed(repository: Repository, head: str, path: str) -> Changed:
    file = repository.content / path
    old, new = repository.file(head, path), file.read_bytes() if file.is_file() else None
    ref = ref_of(path)
    changes: tuple[Change, ...] = ()
    title, status = "", ("", "")
    if has_fields(path):
        try:
            changes, title, status = changes_of(old, new, path)
        except CannotEdit:
            changes = ()
    return Changed(path, ref, title, changes, old is None, new is None, status if ref else ("", ""))


def ref_of(path: str) -> str:
    """Return the reference of the problem that a file of the content is, empty for another file."""
    _reports, _slash, rest = path.partition("/")
    return rest[:-3] if is_problem(path) else ""


def changes_of(old: bytes | None, new: bytes | None, path: str) -> tuple[tuple[Change, ...], str, tuple[str, str]]:
    """Return the fields that differ between two versions of a file, its title, and its status before and now. Raises CannotEdit."""
    keys = keys_of(path)
    before, after = (read(text_of(data, path)[0], keys) if data is not None else None for data in (old, new))
    was, now = before.values if before else {}, after.values if after else {}
    changes = [
        Change(spoken().name(keys[name]), told(name, was.get(name)), told(name, now.get(name)))
        for name in keys.entries
        if was.get(name) != now.get(name)
    ]
    bodies = [one.body.strip() if one else "" for one in (before, after)]
    if bodies[0] != bodies[1]:
        changes.append(Change(_("正文"), *bodies))
    status = (str(was.get("status", "")), str(now.get("status", "")))
    return tuple(changes), str(now.get("title") or was.get("title") or ""), status


def message(changed: Sequence[Changed]) -> str:
    """Return what is said of a commit, made from what it changes: `更新 3 个问题：2025-x/01、…`."""
    refs = [one.ref or one.path for one in changed]
    shown = "、".join(refs[:5]) + (_("等") if len(refs) > 5 else "")
    problems = [one for one in changed if one.ref]
    head = _n("更新 {number} 个问题", len(problems)) if problems else _n("更新 {number} 个文件", len(changed))
    lines = [_("{head}：{refs}", head=head, refs=shown), ""]
    for one in changed:
        fields = "、".join(change.label for change in one.changes)
        kind = _("新建") if one.is_new else _("修改")
        lines.append(f"- {one.ref or one.path}: {fields or kind}")
    return "\n".join(lines) + "\n"
