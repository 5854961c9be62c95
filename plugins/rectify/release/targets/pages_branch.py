"""A release as one commit on a branch that a forge serves as a site (GitHub, GitLab and Gitee Pages and the like)."""

from __future__ import annotations

import os
from pathlib import Path

from rectify.core.counts import headline
from rectify.core.language import _
from rectify.release.folder import record_of
from rectify.release.targets.delivery import Delivery
from rectify.sources.program import ProgramError, run

_NAME = "rectify"
_GIT = ("git", "-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "gc.auto=0")
_ATTRIBUTES = "* -text -filter -ident -export-subst -working-tree-encoding\n"
"""Every byte as it is."""


def check_place(place: str) -> str:
    """Return what is wrong with `remote#branch`, empty where nothing is."""
    remote, _, branch = place.rpartition("#")
    return "" if remote and branch and not place.startswith("-") and not branch.startswith("-") else "remote#branch"


def deliver(delivery: Delivery) -> None:
    """Commit a release and push it; without a change there is no commit. Raises ProgramError, and then the branch is as it was.

    `remote` is an address, or a remote's name in the repository around the current folder. The push is not forced: where
    somebody else has pushed meanwhile it is refused. The same release on the same head is the same commit.
    """
    release, work = delivery.release, delivery.work
    remote, _, branch = delivery.place.rpartition("#")
    work.mkdir(parents=True, exist_ok=True)
    address, store = _address(remote), work / "pages.git"
    index = work / "pages.index"
    environment = {
        "GIT_DIR": str(store.absolute()),
        "GIT_INDEX_FILE": str(index.absolute()),
        "GIT_WORK_TREE": str(release.absolute()),
    }
    run([*_GIT, "init", "--quiet", "--bare", str(store.absolute())], environment={"GIT_DIR": str(store.absolute())})
    (store / "info").mkdir(exist_ok=True)
    (store / "info" / "attributes").write_text(_ATTRIBUTES, "utf-8")
    for left in (index, index.with_name(f"{index.name}.lock")):
        left.unlink(missing_ok=True)
    head = _fetch(address, branch, environment)
    run([*_GIT, "-C", str(release), "add", "--all", "--force", "."], environment=environment)
    empty = run([*_GIT, "hash-object", "-w", "--stdin"], environment=environment)
    run([*_GIT, "update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll"], environment=environment)
    tree = run([*_GIT, "write-tree"], environment=environment)
    index.unlink()
    if head and run([*_GIT, "rev-parse", f"{head}^{{tree}}"], environment=environment) == tree:
        return
    parent = ["-p", head] if head else []
    commit = run(
        [*_GIT, "commit-tree", tree, *parent],
        given=_message(release).encode(),
        environment=environment | _author(release),
    )
    run([*_GIT, "push", "--quiet", address, f"{commit}:refs/heads/{branch}"], environment=environment)


def _address(remote: str) -> str:
    if os.path.exists(remote):
        return os.path.abspath(remote)
    try:
        return run([*_GIT, "remote", "get-url", remote])
    except ProgramError:
        return remote


def _fetch(address: str, branch: str, environment: dict[str, str]) -> str:
    """Return the head of the branch, fetched without its history; empty where there is no such branch."""
    if not run([*_GIT, "ls-remote", address, f"refs/heads/{branch}"], environment=environment):
        return ""
    run(
        [*_GIT, "fetch", "--quiet", "--depth=1", "--force", address, f"+refs/heads/{branch}:refs/heads/served"],
        environment=environment,
    )
    return run([*_GIT, "rev-parse", "refs/heads/served"], environment=environment)


def _author(release: Path) -> dict[str, str]:
    record = record_of(release)
    day = record.get("committed") or f"{record.get('declared') or '1970-01-01'}T00:00:00+08:00"
    return {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", _NAME), ("EMAIL", ""), ("DATE", day))
    }


def _message(release: Path) -> str:
    record = record_of(release)
    counts = record.get("counts", {})
    told = headline(counts) if counts else ""
    return "\n\n".join(
        filter(None, [_("公开 {release}", release=release.name), told, f"source: {record.get('commit', '')}\n"])
    )
