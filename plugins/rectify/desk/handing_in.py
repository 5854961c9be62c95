"""What was changed since it was last handed in, and handing it in: one commit, put together with what others did meanwhile.

A desk that is ended at any moment leaves every file whole. What was handed in and is not in the files yet is found again by
the next one, for files, commit and the other side are compared, never remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _, _n, spoken
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import STATUSES
from rectify.desk.reconcile import BODY, Clash, keys_of, reconcile
from rectify.desk.repository import Rejected, Repository
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import text_of
from rectify.sources.program import ProgramError
from rectify.sources.safe_files import replace_file
from rectify.sources.write import encode

_ATTEMPTS = 3
"""How often somebody else may come first."""


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


class Clashes(Exception):
    """Others changed the same fields; by file, what each made of them."""

    def __init__(self, files: Mapping[str, Sequence[Clash]]):
        self.files = files
        super().__init__(", ".join(files))


class HandedIn(NamedTuple):
    """What became of it."""

    commit: str
    files: tuple[str, ...]
    is_sent: bool
    """Whether the other side has it."""
    is_away: bool = False
    """Whether it stays here because the other side cannot be reached."""
    others: int = 0
    """How many files of others came here with it."""


def changed_files(repository: Repository) -> list[Changed]:
    """Return what is not as the last commit has it."""
    head = repository.head()
    return [_changed(repository, head, path) for path in repository.changed()]


def _changed(repository: Repository, head: str, path: str) -> Changed:
    file = repository.content / path
    old, new = repository.file(head, path), file.read_bytes() if file.is_file() else None
    parts = path.split("/")
    is_problem = len(parts) == 3 and parts[0] == REPORTS and parts[2][:-3].isdigit() and path.endswith(".md")
    ref = f"{parts[1]}/{parts[2][:-3]}" if is_problem else ""
    changes: tuple[Change, ...] = ()
    title = ""
    if path.endswith(".md") and len(parts) == 3 and parts[0] == REPORTS:
        try:
            changes, title = _fields(old, new, path)
        except CannotEdit:
            changes = ()
    return Changed(path, ref, title, changes, old is None, new is None)


def _fields(old: bytes | None, new: bytes | None, path: str) -> tuple[tuple[Change, ...], str]:
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
    return tuple(changes), str(now.get("title") or was.get("title") or "")


def told(name: str, value: object) -> str:
    """Return a value of the model as a person reads it."""
    if value in (None, "", ()):
        return ""
    if name == "status":
        return spoken().name(STATUSES[str(value)])
    if name == "progress":
        return "\n".join(f"{entry.date} {entry.text}" for entry in value)  # type: ignore[attr-defined]
    if isinstance(value, tuple):
        return "、".join(str(getattr(one, "text", one)) for one in value)
    return str(value)


def hand_in(repository: Repository, what: str, chosen: Mapping[str, Mapping[str, str]]) -> HandedIn:
    """Commit what was changed, bring it to the other side where there is one, and take what others did.

    `chosen` says by file and field whose a field is that both changed. Raises Clashes where that is not said of one, with
    nothing changed anywhere; ProgramError for what git cannot do.
    """
    for _attempt in range(_ATTEMPTS):
        is_away = False
        if repository.remote:
            try:
                repository.fetch()
            except ProgramError:
                is_away = True
        try:
            return _hand_in(repository, what, chosen, is_away)
        except Rejected:
            continue  # somebody came first; look again what is over there
    raise ProgramError(_("别人正在提交，请再试一次"))


def _hand_in(repository: Repository, what: str, chosen: Mapping[str, Mapping[str, str]], is_away: bool) -> HandedIn:
    head, there = repository.head(), repository.upstream()
    mine = repository.changed()
    if is_away:
        return HandedIn("", tuple(mine), False, True)
    base = repository.base(head, there) if head and there else head
    is_behind = bool(there) and base != there
    on_top_of = there if is_behind else head
    parents = [there, head] if is_behind and base != head else [on_top_of]
    files: dict[str, bytes | None] = {}
    clashes: dict[str, Sequence[Clash]] = {}
    for path in dict.fromkeys([*mine, *_ahead(repository, base, head)] if is_behind else mine):
        file = repository.content / path
        ours = file.read_bytes() if file.is_file() else None
        was, theirs = repository.file(base, path), repository.file(on_top_of, path)
        if ours == theirs:
            continue
        if theirs == was:
            files[path] = ours
        elif ours != was:
            files[path], wrong = _merged(path, was, ours, theirs, chosen.get(path, {}))
            if wrong:
                clashes[path] = wrong
    if clashes:
        raise Clashes(clashes)
    is_needed = bool(files) or len(parents) > 1
    commit = repository.commit(on_top_of, files, what, parents) if is_needed else on_top_of
    if repository.remote:
        repository.push(commit)
    others = _bring_here(repository, head, commit, mine)
    for path, data in files.items():
        _put(repository.content / path, data)
    repository.settle(commit, head)
    return HandedIn(commit, tuple(files), bool(repository.remote), False, others)


def _ahead(repository: Repository, base: str, head: str) -> list[str]:
    """Return the content that was committed here and is not over there. Raises ProgramError where that is more than content."""
    paths = repository.changed_between(base, head) if base != head else []
    if wrong := next((path for path in paths if not path.startswith(repository.prefix)), ""):
        raise ProgramError(_("这里有别的程序提交而没有送出的改动（{file}），请管理员先送出", file=wrong))
    return [path.removeprefix(repository.prefix) for path in paths]


def _merged(
    path: str, was: bytes | None, ours: bytes | None, theirs: bytes | None, chosen: Mapping[str, str]
) -> tuple[bytes | None, Sequence[Clash]]:
    """Return a file that both changed, and where they contradict each other."""
    if ours is not None and theirs is not None and path.endswith(".md"):
        try:
            (mine, _mine), (other, encoding) = text_of(ours, path), text_of(theirs, path)
            base = text_of(was, path)[0] if was is not None else "---\n---\n"
            made = reconcile(base, mine, other, keys_of(path), chosen)
            return encode(made.text, theirs, encoding), made.clashes
        except CannotEdit:
            pass
    if whose := chosen.get(BODY):
        return (ours if whose == "ours" else theirs), ()
    return theirs, [Clash(BODY, *(_shown(data) for data in (was, ours, theirs)))]


def _shown(data: bytes | None) -> str:
    return data.decode("utf-8", "replace") if data is not None else ""


def _bring_here(repository: Repository, head: str, commit: str, mine: Sequence[str]) -> int:
    """Write what others did into the files, but for those that we changed; return how many."""
    if not head or head == commit:
        return 0
    own = {repository.prefix + path for path in mine}
    others = [path for path in repository.changed_between(head, commit) if path not in own]
    for path in others:
        _put(repository.top / path, repository.any_file(commit, path))
    return len([path for path in others if path.startswith(repository.prefix)])


def _put(file: Path, data: bytes | None) -> None:
    """Let a file hold these bytes; None takes it away."""
    if data is None:
        file.unlink(missing_ok=True)
    elif not file.is_file() or file.read_bytes() != data:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)


def message(changed: Sequence[Changed]) -> str:
    """Return what is said of a commit, made from what it changes: `更新 3 个问题：2025-x/01、…`."""
    refs = [one.ref or one.path for one in changed]
    shown = "、".join(refs[:5]) + (_("等") if len(refs) > 5 else "")
    problems = [one for one in changed if one.ref]
    head = _n("更新 {number} 个问题", len(problems)) if problems else _n("更新 {number} 个文件", len(changed))
    lines = [_("{head}：{refs}", head=head, refs=shown), ""]
    for one in changed:
        fields = "、".join(change.label for change in one.changes)
        lines.append(f"- {one.ref or one.path}: {fields or (_('新建') if one.is_new else _('修改'))}")
    return "\n".join(lines) + "\n"


def take_back(repository: Repository, commit: str) -> list[tuple[str, bytes | None, bytes | None]]:
    """Return what takes back a commit, as changes of the files: path, what is there, what shall be there.

    What was changed since in other fields stays. Raises Clashes where the same fields were changed since.
    """
    before = repository.head(f"{commit}^")
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
        merged, wrong = _merged(path, was, ours, theirs, {})
        result.append((path, theirs, merged))
        if wrong:
            clashes[path] = wrong
    if clashes:
        raise Clashes(clashes)
    return result
