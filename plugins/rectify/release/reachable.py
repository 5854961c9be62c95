"""Whether another account can run a program: it must be able to enter every folder on the way."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class _Account(NamedTuple):
    number: int
    groups: frozenset[int]


def closed_to(user: str, paths: Iterable[Path]) -> list[Path]:
    """Return the folders and files on the way to these that an account of this machine may not enter or read.

    Of an account that is not here only what everybody may do is known. What is not here closes nothing; root may do all.
    """
    account = _account(user)
    if os.name != "posix" or account.number == 0:
        return []
    return sorted({closed for path in paths for closed in _closed(account, path)})


def _account(user: str) -> _Account:
    with contextlib.suppress(ImportError, KeyError):
        import grp
        import pwd

        known = pwd.getpwnam(user)
        groups = {one.gr_gid for one in grp.getgrall() if user in one.gr_mem}
        return _Account(known.pw_uid, frozenset({known.pw_gid, *groups}))
    return _Account(-1, frozenset())


def _closed(account: _Account, path: Path) -> Iterator[Path]:
    """Yield what is closed on the way to a path, and on the way to where its links lead."""
    seen: set[Path] = set()
    for whole in (path.absolute(), Path(os.path.realpath(path))):
        for part in (*reversed(whole.parents), whole):
            if part in seen:
                continue
            seen.add(part)
            with contextlib.suppress(OSError):
                if not _may(account, part.stat(), folder=part.is_dir()):
                    yield part
                    return


def _may(account: _Account, status: os.stat_result, folder: bool) -> bool:
    """Return whether an account may enter a folder or read and run a file."""
    wanted = 0o1 if folder else 0o5
    mode = stat.S_IMODE(status.st_mode)
    if status.st_uid == account.number:
        return mode >> 6 & wanted == wanted
    if status.st_gid in account.groups:
        return mode >> 3 & wanted == wanted
    return mode & wanted == wanted
