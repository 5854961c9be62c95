"""What was changed since it was last handed in, and handing it in: one commit, put together with what others did meanwhile.

A desk that is ended at any moment leaves every file whole. What was handed in and is not in the files yet is found again by
the next one, for files, commit and the other side are compared, never remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _, _n, spoken
from rectify.core.vocabulary import STATUSES
from rectify.desk.merging import has_fields, is_problem, merged
from rectify.desk.reconcile import Clash, keys_of
from rectify.desk.refusals import Stopped, is_denied, is_refused
from rectify.desk.renaming import apart
from rectify.desk.repository import Rejected, Repository
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import text_of
from rectify.sources.program import ProgramError
from rectify.sources.safe_files import replace_file

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
    status: tuple[str, str] = ("", "")
    """Of a problem, the one before and the one now; empty where there was or is none."""


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
    is_whole: bool = True
    """Whether all that others did could be written into the files."""
    renamed: tuple[tuple[str, str], ...] = ()
    """New files whose names others had taken, and what ours are called now."""
    offered: str = ""
    """Under which name it waits for somebody to look at it."""


def changed_files(repository: Repository) -> list[Changed]:
    """Return what is not as the last commit has it."""
    head = repository.head()
    return [_changed(repository, head, path) for path in repository.changed()]


def _changed(repository: Repository, head: str, path: str) -> Changed:
    file = repository.content / path
    old, new = repository.file(head, path), file.read_bytes() if file.is_file() else None
    ref = ref_of(path)
    changes: tuple[Change, ...] = ()
    title, status = "", ("", "")
    if has_fields(path):
        try:
            changes, title, status = _fields(old, new, path)
        except CannotEdit:
            changes = ()
    return Changed(path, ref, title, changes, old is None, new is None, status if ref else ("", ""))


def ref_of(path: str) -> str:
    """Return the reference of the problem that a file of the content is, empty for another file."""
    _reports, _slash, rest = path.partition("/")
    return rest[:-3] if is_problem(path) else ""


def _fields(old: bytes | None, new: bytes | None, path: str) -> tuple[tuple[Change, ...], str, tuple[str, str]]:
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
    nothing changed anywhere; Stopped where something must be set right first; ProgramError for what git cannot do.
    """
    for _attempt in range(_ATTEMPTS):
        if obstacle := repository.obstacle():
            raise Stopped(obstacle)
        if repository.remote:
            try:
                repository.fetch()
            except ProgramError as error:
                if is_denied(error):
                    raise
                return HandedIn("", tuple(repository.changed()), False, True)
            if repository.is_unknown_there():
                raise Stopped(
                    _("单位的仓库里没有“{branch}”，交上去没有人公开；请管理员设好", branch=repository.branch_there)
                )
        try:
            return _hand_in(repository, what, chosen)
        except Rejected:
            continue  # somebody came first; look again what is over there
    raise Stopped(_("别人正在提交，请再试一次"))


def _hand_in(repository: Repository, what: str, chosen: Mapping[str, Mapping[str, str]]) -> HandedIn:
    head, there = repository.head(), repository.upstream()
    mine = repository.changed()
    base = repository.base(head, there) if head and there else head
    if head and there and not base:
        raise Stopped(_("这个文件夹的记录和单位的仓库接不上，请管理员查看"))
    is_behind = bool(there) and base != there
    on_top_of = there if is_behind else head
    parents = [there, head] if is_behind and base != head else [on_top_of]
    paths = dict.fromkeys([*mine, *_ahead(repository, base, head)] if is_behind else mine)
    held = {path: _held(repository.content / path) for path in paths}
    named = apart(repository, held, base, on_top_of)
    files: dict[str, bytes | None] = {}
    clashes: dict[str, Sequence[Clash]] = {}
    for path, ours in named.held.items():
        was, theirs = repository.file(base, path), repository.file(on_top_of, path)
        if ours == theirs:
            continue
        if theirs == was:
            files[path] = ours
        elif ours != was:
            files[path], wrong = merged(path, was, ours, theirs, chosen.get(path, {}))
            if wrong:
                clashes[path] = wrong
    if clashes:
        raise Clashes(clashes)
    others = _of_others(repository, head, on_top_of, {repository.prefix + path for path in mine})
    is_needed = bool(files) or len(parents) > 1
    commit = repository.commit(on_top_of, files, what, parents) if is_needed else on_top_of
    if repository.remote and (offered := _pushed(repository, commit)):
        return HandedIn(commit, tuple(files), True, offered=offered)
    try:
        # What has another name now is written before others' file takes its place.
        for path, data in files.items():
            _put(repository.content / path, data, held.get(path))
        for path in named.renamed:
            _put(repository.content / path, repository.file(on_top_of, path), held[path])
        for path, (before, after) in others.items():
            _put(repository.top / path, after, before)
        repository.settle(commit, head)
        is_whole = True
    except OSError:
        # The other side has it; what is missing here is found again the next time.
        if not repository.remote:
            raise
        is_whole = False
    inside = [path for path in others if path.startswith(repository.prefix)]
    return HandedIn(
        commit, tuple(files), bool(repository.remote), False, len(inside), is_whole, tuple(named.renamed.items())
    )


def _pushed(repository: Repository, commit: str) -> str:
    """Bring a commit over there; return under which name it waits where the branch takes what was looked at only, else nothing.

    What was changed stays changed here until it comes back as part of the branch.
    """
    try:
        repository.push(commit)
    except ProgramError as error:
        if not is_refused(error):
            raise
        try:
            return repository.offer(commit)
        except ProgramError:
            raise error from None
    return ""


def _ahead(repository: Repository, base: str, head: str) -> list[str]:
    """Return the content that was committed here and is not over there. Raises Stopped where that is more than content."""
    paths = repository.changed_between(base, head) if base != head else []
    if wrong := next((path for path in paths if not path.startswith(repository.prefix)), ""):
        raise Stopped(_("这里有别的程序提交而没有送出的改动（{file}），请管理员先送出", file=wrong))
    return [path.removeprefix(repository.prefix) for path in paths]


def _of_others(
    repository: Repository, head: str, commit: str, own: Set[str]
) -> dict[str, tuple[bytes | None, bytes | None]]:
    """Return what others changed beside our own files: what is there, and what shall be there.

    Raises Stopped where something else is there, which is in no commit and would be lost.
    """
    if not head or head == commit:
        return {}
    others: dict[str, tuple[bytes | None, bytes | None]] = {}
    for path in repository.changed_between(head, commit):
        if path in own:
            continue
        now, after = _held(repository.top / path), repository.any_file(commit, path)
        if now == after:
            continue
        if now is not None and not _is_alike(now, repository.any_file(head, path)):
            raise Stopped(_("别人也改了 {file}，而这里的还没有记录，收下会盖掉它；请管理员先处理", file=path))
        others[path] = (now, after)
    return others


def _is_alike(one: bytes, other: bytes | None) -> bool:
    """Return whether two files are the same for git, whatever their line ends are."""
    return other is not None and one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def _held(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _put(file: Path, data: bytes | None, before: bytes | None) -> None:
    """Let a file hold these bytes, None for no file; what was changed in it in the meantime stays, also where it contradicts them."""
    now = _held(file)
    if now == data:
        return
    if now != before:
        data, wrong = merged(file.as_posix(), before, now, data, {})
        if wrong:
            return
    if data is None:
        file.unlink(missing_ok=True)
    else:
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
        kind = _("新建") if one.is_new else _("修改")
        lines.append(f"- {one.ref or one.path}: {fields or kind}")
    return "\n".join(lines) + "\n"


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
