"""Where a publication comes from: a branch of a git repository, or the working tree around a configuration."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from rectify.sources.configuration import NAMES
from rectify.sources.program import ProgramError, run


class Source(NamedTuple):
    """What is to be published."""

    root: Path
    """The folder with the configuration."""
    commit: str
    """Full hash; empty for a folder that is no repository, with `+` behind it where files differ from the commit."""
    committed: str
    """The commit's own time, ISO 8601; empty where there is no commit."""

    @property
    def configuration(self) -> Path:
        """The configuration file; raises FileNotFoundError where there is none."""
        for name in NAMES:
            if (self.root / name).is_file():
                return self.root / name
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.root / NAMES[0]))


def from_repository(repository: str, branch: str, work: Path, inside: str = "") -> Source:
    """Return the newest commit of a branch, checked out below `work`; raises ProgramError.

    The checkout is kept from run to run: git then writes only what has changed, and what is cached of everything else stays
    valid. `inside` is the site's folder in the repository.
    """
    checkout = work / "checkout"
    place = os.path.abspath(repository) if os.path.exists(repository) else repository
    # What a killed git left would stop every later one; the lock of the publication says that none is at work.
    for lock in (checkout / ".git").rglob("*.lock"):
        lock.unlink(missing_ok=True)
    newest_commit(place, branch)  # what is wrong over there is no reason to begin afresh here
    try:
        return _check_out(place, branch, checkout, inside)
    except ProgramError:
        if not checkout.exists():
            raise
        shutil.rmtree(checkout)
        return _check_out(place, branch, checkout, inside)


def _check_out(place: str, branch: str, checkout: Path, inside: str) -> Source:
    if not (checkout / ".git").is_dir() or _git(checkout, "config", "remote.origin.url") != place:
        _clone(place, checkout)
    _git(
        checkout,
        "fetch",
        "--quiet",
        "--force",
        "--prune",
        "origin",
        f"+refs/heads/{branch}:refs/remotes/origin/{branch}",
    )
    commit = _git(checkout, "rev-parse", "--verify", f"refs/remotes/origin/{branch}^{{commit}}")
    _git(checkout, "checkout", "--quiet", "--force", "--detach", commit)
    _git(checkout, "clean", "--quiet", "-ffdx")
    return Source(checkout / inside, commit, _git(checkout, "show", "-s", "--format=%cI", commit))


def from_folder(root: Path) -> Source:
    """Return the working tree of a folder, with its commit where it has one."""
    try:
        commit = _git(root, "rev-parse", "--verify", "HEAD^{commit}")
        dirty = _git(root, "status", "--porcelain", "--", ".")
        return Source(root, commit + ("+" if dirty else ""), _git(root, "show", "-s", "--format=%cI", commit))
    except ProgramError:
        return Source(root, "", "")


def newest_commit(repository: str, branch: str) -> str:
    """Return the hash that a branch of a repository stands at, without fetching anything; raises ProgramError."""
    line = _git(Path(), "ls-remote", "--exit-code", repository, f"refs/heads/{branch}")
    return line.split()[0]


def _clone(place: str, checkout: Path) -> None:
    shutil.rmtree(checkout, ignore_errors=True)
    checkout.parent.mkdir(parents=True, exist_ok=True)
    _git(checkout.parent, "clone", "--quiet", "--no-checkout", place, checkout.name)


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints. Hooks of the repository are not run. Raises ProgramError."""
    command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-C", str(folder), *arguments]
    return run(command)
