"""The git repository around a content folder, as far as a desk needs it; nobody at the desk hears of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.sources.program import ProgramError, run

_SAFE = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "commit.gpgSign=false")
_SECONDS = 60
"""How long the other side may take to answer."""


class Rejected(ProgramError):
    """The other side has something that we do not have yet."""


class Step(NamedTuple):
    """One commit that touched the content."""

    hash: str
    author: str
    day: str
    what: str
    files: tuple[str, ...]


class Repository:
    """Reads and writes commits; raises ProgramError, with git's words, for what git cannot do."""

    def __init__(self, content: Path):
        self.content = content
        self.top = Path(self._git("rev-parse", "--show-toplevel", folder=content))
        prefix = os.path.relpath(content.resolve(), self.top.resolve())
        self.prefix = "" if prefix == "." else f"{Path(prefix).as_posix()}/"

    @classmethod
    def around(cls, content: Path) -> Repository | None:
        """Return the repository that a folder lies in, None where there is none, or no git."""
        try:
            return cls(content)
        except ProgramError:
            return None

    @staticmethod
    def begin(folder: Path, content: Path, what: str) -> Repository:
        """Return a new repository of a site's folder, with what is there as its first commit."""
        run(["git", "init", "--quiet", str(folder)])
        made = Repository(content)
        made._git("add", "--all", "--", ".")
        made._git("commit", "--quiet", "--no-verify", "-m", what)
        return made

    @property
    def branch(self) -> str:
        """The branch that is checked out; empty where none is."""
        try:
            return self._git("symbolic-ref", "--short", "--quiet", "HEAD")
        except ProgramError:
            return ""

    @property
    def remote(self) -> str:
        """The name under which the other side is known; empty where there is none."""
        names = self._git("remote").split()
        return next((name for name in ("origin", *names) if name in names), "")

    def head(self, name: str = "HEAD") -> str:
        """Return the hash of a commit, empty where there is none of that name."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except ProgramError:
            return ""

    def upstream(self) -> str:
        """Return the hash of the branch over there as it was when it was last looked at, empty where it never was."""
        return self.head(f"refs/remotes/{self.remote}/{self.branch}") if self.remote else ""

    def fetch(self) -> None:
        """Look what is over there."""
        self._git("fetch", "--quiet", self.remote, seconds=_SECONDS)

    def push(self, commit: str) -> None:
        """Bring a commit over there; raises Rejected where that would lose something."""
        try:
            self._git("push", "--quiet", self.remote, f"{commit}:refs/heads/{self.branch}", seconds=_SECONDS)
        except ProgramError as error:
            if "fetch first" in str(error) or "non-fast-forward" in str(error) or "failed to update ref" in str(error):
                raise Rejected(str(error)) from None
            raise

    def base(self, one: str, other: str) -> str:
        """Return the last commit that two have in common, empty where there is none."""
        try:
            return self._git("merge-base", one, other)
        except ProgramError:
            return ""

    def changed(self) -> list[str]:
        """Return the files of the content folder that are not as the last commit has them, below that folder."""
        listed = self._git(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", str(self.content)
        )
        return sorted(self._inside(entry[3:]) for entry in listed.split("\0") if entry)

    def changed_between(self, one: str, other: str) -> list[str]:
        """Return the files of the repository that differ between two commits."""
        names = self._git("diff", "--name-only", "-z", "--no-renames", one, other)
        return [name for name in names.split("\0") if name]

    def file(self, commit: str, path: str) -> bytes | None:
        """Return what a commit has for a file of the content folder, None where it has none."""
        return self.any_file(commit, self.prefix + path)

    def any_file(self, commit: str, path: str) -> bytes | None:
        """Return what a commit has for a file of the repository, likewise."""
        if not commit:
            return None
        try:
            return self._git("cat-file", "blob", f"{commit}:{path}", whole=True).encode("utf-8", "surrogateescape")
        except ProgramError:
            return None

    def commit(self, base: str, files: dict[str, bytes | None], what: str, parents: Sequence[str]) -> str:
        """Return a new commit that has the files of `base` and these, of the content folder; None takes one away.

        Nothing else changes: no branch, no file, no index.
        """
        index = self.top / self._git("rev-parse", "--git-path", "rectify-desk.index")
        environment = {"GIT_INDEX_FILE": str(index)}
        try:
            self._git("read-tree", base or "--empty", environment=environment)
            lines = []
            for path, data in files.items():
                if data is None:
                    lines.append(f"0 {'0' * 40}\t{self.prefix}{path}")
                else:
                    blob = self._git("hash-object", "-w", "--stdin", given=data)
                    lines.append(f"100644 {blob}\t{self.prefix}{path}")
            told = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
            self._git("update-index", "-z", "--index-info", environment=environment, given=told)
            tree = self._git("write-tree", environment=environment)
        finally:
            index.unlink(missing_ok=True)
        above = [part for parent in parents if parent for part in ("-p", parent)]
        return self._git("commit-tree", tree, *above, "-F", "-", given=what.encode())

    def settle(self, commit: str, before: str) -> None:
        """Let the branch stand at a commit whose files are already in their places."""
        self._git("update-ref", "-m", "rectify desk", "HEAD", commit, *([before] if before else []))
        self._git("read-tree", commit)
        with contextlib.suppress(ProgramError):  # some file has changed in the meantime, which it tells
            self._git("update-index", "-q", "--refresh")

    def steps(self, most: int, since: str = "") -> list[Step]:
        """Return the newest commits that touched the content."""
        asked = [f"--since={since}"] if since else []
        form = "%x01%H%x02%an%x02%cs%x02%s"
        if not self.head():
            return []
        listed = self._git(
            "log", f"-{most}", *asked, f"--format={form}", "--name-only", "-z", "--no-renames", "--", str(self.content)
        )
        steps = []
        for entry in listed.split("\x01")[1:]:
            head, *names = entry.split("\0")
            hash, author, day, what = head.split("\x02")
            files = [self._inside(name.strip("\n")) for name in names if name.strip("\n")]
            steps.append(Step(hash, author, day, what, tuple(files)))
        return steps

    def ever(self, folder: str) -> list[str]:
        """Return the names of all files that a folder below the content ever had: deleted, renamed, on another branch."""
        command = ["log", "--all", "--no-renames", "-z", "--name-only", "--format=", "--", self.prefix + folder]
        return [path.strip("\n").rpartition("/")[2] for path in self._git(*command).split("\0")]

    def author(self) -> str:
        """Return who hands in, as the repository knows it; empty where it does not."""
        try:
            return self._git("config", "user.name")
        except ProgramError:
            return ""

    def name_author(self, name: str) -> None:
        """Let the repository know who hands in from here."""
        self._git("config", "user.name", name)
        try:
            self._git("config", "user.email")
        except ProgramError:
            self._git("config", "user.email", "desk@localhost")

    def _inside(self, path: str) -> str:
        return path.removeprefix(self.prefix)

    def _git(
        self,
        *arguments: str,
        folder: Path | None = None,
        environment: dict[str, str] | None = None,
        given: bytes = b"",
        seconds: float = 600,
        whole: bool = False,
    ) -> str:
        command = ["git", *_SAFE, "-C", str(folder or self.top), *arguments]
        return run(command, environment=environment, given=given, seconds=seconds, whole=whole)
