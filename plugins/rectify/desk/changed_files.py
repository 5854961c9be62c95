"""What was changed since it was last handed in, file by file and field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.language import _, _n, spoken
from rectify.core.vocabulary import OPEN
from rectify.desk.merging import has_fields, is_problem
from rectify.desk.reconcile import keys_of
from rectify.desk.repository import Repository
from rectify.desk.told import told_apart
from rectify.intake.last_import import NAME as IMPORTED
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import text_of

_NAMED = 5
"""References in the first line of what is said of a commit."""


class Change(NamedTuple):
    """One field of a file that is not as it was handed in."""

    label: str
    before: str
    after: str


class Standing(NamedTuple):
    """In which lists of the site a problem stands."""

    status: str = ""
    """Empty where there is none."""
    until: date | None = None
    entries: int = 0

    def is_late(self, day: date) -> bool:
        return self.status in OPEN and self.until is not None and self.until < day


class Changed(NamedTuple):
    """One file that is not as it was handed in."""

    path: str
    ref: str
    """The problem that it is, empty for another file."""
    disclosure: str
    """The disclosure whose head it is, empty for another file."""
    title: str
    changes: tuple[Change, ...]
    is_new: bool
    is_gone: bool
    standings: tuple[Standing, Standing] = (Standing(), Standing())
    """Of a problem, the one before and the one now."""


def changed_files(repository: Repository) -> list[Changed]:
    """Return what is not as the last commit has it, but what the program noted for itself of an import."""
    head = repository.head()
    return [_changed(repository, head, path) for path in repository.changed() if not path.endswith(f"/{IMPORTED}")]


def _changed(repository: Repository, head: str, path: str) -> Changed:
    file = repository.content / path
    old, new = repository.file(head, path), file.read_bytes() if file.is_file() else None
    ref = ref_of(path)
    changes: tuple[Change, ...] = ()
    title, standings = "", (Standing(), Standing())
    if has_fields(path):
        try:
            changes, title, standings = changes_of(old, new, path)
        except CannotEdit:
            changes = ()
    return Changed(path, ref, head_of(path), title, changes, old is None, new is None, standings)


def ref_of(path: str) -> str:
    """Return the reference of the problem that a file of the content is, empty for another file."""
    _reports, _slash, rest = path.partition("/")
    return rest[:-3] if is_problem(path) else ""


def head_of(path: str) -> str:
    """Return the disclosure whose head a file of the content is, empty for another file."""
    return path.split("/")[1] if has_fields(path) and not is_problem(path) else ""


def file_of(path: str) -> tuple[str, str]:
    """Return the disclosure and the name of an attachment, both empty for another file."""
    folder, _files, name = path.partition("/files/")
    return (folder.rpartition("/")[2], name) if name else ("", "")


def changes_of(
    old: bytes | None, new: bytes | None, path: str
) -> tuple[tuple[Change, ...], str, tuple[Standing, Standing]]:
    """Return the fields that differ between two versions of a file, its title, and where it stood and stands.

    Raises CannotEdit, also for a file of which nothing is read because of a mistake in it.
    """
    keys = keys_of(path)
    before, after = (read(text_of(data, path)[0], keys) if data is not None else None for data in (old, new))
    if after and not after.values and after.findings:
        raise CannotEdit(after.findings[0].message())
    was, now = before.values if before else {}, after.values if after else {}
    changes = [
        Change(spoken().name(keys[name]), *told_apart(name, was.get(name), now.get(name)))
        for name in keys.entries
        if was.get(name) != now.get(name)
    ]
    bodies = [one.body.strip() if one else "" for one in (before, after)]
    if bodies[0] != bodies[1]:
        changes.append(Change(_("正文"), *bodies))
    return tuple(changes), str(now.get("title") or was.get("title") or ""), (_standing(was), _standing(now))


def _standing(values: Mapping[str, Any]) -> Standing:
    status = str(values.get("status", ""))
    if values.get("withdrawn"):
        return Standing(status)
    return Standing(status, values.get("deadline"), len(values.get("progress", ())))


def counted(paths: Iterable[str]) -> str:
    """Return how many of what these files are, as a clerk counts: `1 个问题、1 份通报`."""
    kinds = Counter(_kind(path) for path in paths if not path.endswith(f"/{IMPORTED}"))
    told = {
        "problem": _n("{number} 个问题", kinds["problem"]),
        "head": _n("{number} 份通报", kinds["head"]),
        "attachment": _n("{number} 个附件", kinds["attachment"]),
        "": _n("{number} 个别的文件", kinds[""]),
    }
    return _("、").join(words for kind, words in told.items() if kinds[kind])


def _kind(path: str) -> str:
    return "problem" if ref_of(path) else "head" if head_of(path) else "attachment" if file_of(path)[1] else ""


def message(changed: Sequence[Changed]) -> str:
    """Return what is said of a commit, made from what it changes: `更新 3 个问题：2025-x/01、…`."""
    problems = [one.ref for one in changed if one.ref]
    heads = [one.disclosure for one in changed if one.disclosure]
    named = problems or heads or [one.path for one in changed]
    shown = _("、").join(named[:_NAMED]) + (_("等") if len(named) > _NAMED else "")
    if problems:
        head = _n("更新 {number} 个问题", len(problems))
    else:
        head = _n("更新 {number} 份通报", len(heads)) if heads else _n("更新 {number} 个文件", len(changed))
    lines = [_("{head}：{refs}", head=head, refs=shown), ""]
    for one in changed:
        fields = _("、").join(change.label for change in one.changes)
        kind = _("新建") if one.is_new else _("修改")
        lines.append(f"- {one.ref or one.disclosure or one.path}: {fields or kind}")
    return "\n".join(lines) + "\n"
