"""Handing in what was changed: one commit, put together with what others did meanwhile.

A desk that is ended at any moment leaves every file whole. What was handed in and is not in the files yet is found again by
the next one, for files, commit and the other side are compared, never remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _
from rectify.desk.choices import Choice
from rectify.desk.merging import merged
from rectify.desk.reconcile import Clash
from rectify.desk.refusals import Stopped, is_known, is_refused
from rectify.desk.renaming import apart
from rectify.desk.repository import Rejected, Repository
from rectify.sources.program import ProgramError
from rectify.sources.safe_files import replace_file

_ATTEMPTS = 3
"""How often somebody else may come first."""


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
    others: tuple[str, ...] = ()
    """The files of others that came here with it."""
    is_whole: bool = True
    """Whether all that others did could be written into the files."""
    renamed: tuple[tuple[str, str], ...] = ()
    """New files whose names others had taken, and what ours are called now."""
    offered: str = ""
    """Under which name it waits for somebody to look at it."""


def hand_in(repository: Repository, what: str, chosen: Mapping[str, Mapping[str, Choice]]) -> HandedIn:
    """Commit what was changed, bring it to the other side where there is one, and take what others did.

    `chosen` says by file and field what shall stand there where both changed it. Raises Clashes where that is not said of one, with
    nothing changed anywhere; Stopped where something must be set right first; ProgramError for what git cannot do.
    """
    for _attempt in range(_ATTEMPTS):
        if obstacle := repository.obstacle():
            raise Stopped(obstacle)
        if repository.remote:
            try:
                repository.fetch()
            except ProgramError as error:
                if is_known(error):
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


def _hand_in(repository: Repository, what: str, chosen: Mapping[str, Mapping[str, Choice]]) -> HandedIn:
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
    inside = [path.removeprefix(repository.prefix) for path in others if path.startswith(repository.prefix)]
    return HandedIn(
        commit, tuple(files), bool(repository.remote), False, tuple(inside), is_whole, tuple(named.renamed.items())
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
