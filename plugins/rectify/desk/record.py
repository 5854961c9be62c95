"""What the commits of the repository around a content folder hold: read, never written."""

from __future__ import annotations

import io
import os
import re
import tarfile
from pathlib import Path
from typing import NamedTuple

from rectify.desk.git import Git
from rectify.sources.program import ProgramError

_STEP = re.compile("\x01([0-9a-f]{40,64})\x02([0-9]{4}-[0-9]{2}-[0-9]{2})\x02")
"""How a commit begins in a list; a message or a name can hold any character."""


class Step(NamedTuple):
    """One commit that touched the content."""

    hash: str
    author: str
    day: str
    what: str
    files: tuple[str, ...]
    """Those that it changed; none for the first of all, with which the record begins."""


class Record(Git):
    """Reads commits; raises ProgramError, with git's words, for what git cannot do."""

    def __init__(self, content: Path):
        self.content = content
        self.top = Path(self._git("rev-parse", "--show-toplevel", folder=content))
        self._place = content.resolve()
        """Where git finds it, which looks through no link."""
        prefix = os.path.relpath(self._place, self.top.resolve())
        self.prefix = "" if prefix == "." else f"{Path(prefix).as_posix()}/"

    def head(self, name: str = "HEAD") -> str:
        """Return the hash of a commit, empty where there is none of that name."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except ProgramError:
            return ""

    def base(self, one: str, other: str) -> str:
        """Return the last commit that two have in common, empty where there is none."""
        try:
            return self._git("merge-base", one, other)
        except ProgramError:
            return ""

    def reached(self, commit: str, but: str = "") -> set[str]:
        """Return what a commit goes back to, without what another one that may not be known here goes back to."""
        left_out = [f"^{but}"] if but and self.head(but) else []
        return set(self._git("rev-list", commit, *left_out).split()) if self.head(commit) else set()

    def file(self, commit: str, path: str) -> bytes | None:
        """Return what a commit has for a file of the content folder, None where it has none."""
        return self.any_file(commit, self.prefix + path)

    def any_file(self, commit: str, path: str) -> bytes | None:
        """Return what a commit has for a file of the repository, likewise, with the line ends that files have here."""
        if not commit:
            return None
        try:
            return self._git("cat-file", "--filters", f"{commit}:{path}", whole=True).encode("utf-8", "surrogateescape")
        except ProgramError:
            return None

    def folder(self, commit: str, folder: str) -> dict[str, bytes]:
        """Return what a commit has in a folder of the content, by path below that folder; nothing where it has no such folder."""
        try:
            packed = self._git("archive", "--format=tar", commit, "--", self.prefix + folder, whole=True)
        except ProgramError:
            return {}
        with tarfile.open(fileobj=io.BytesIO(packed.encode("utf-8", "surrogateescape"))) as archive:
            held = {one.name: archive.extractfile(one) for one in archive if one.isfile()}
            return {name.removeprefix(f"{self.prefix}{folder}/"): file.read() for name, file in held.items() if file}

    def names(self, commit: str, folder: str) -> list[str]:
        """Return the names of what a commit has in a folder of the content, which ends in a stroke."""
        if not commit:
            return []
        listed = self._git("ls-tree", "--name-only", "-z", commit, "--", self.prefix + folder)
        return [name.rpartition("/")[2] for name in listed.split("\0") if name]

    def changed_between(self, one: str, other: str) -> list[str]:
        """Return the files of the repository that differ between two commits."""
        names = self._git("diff", "--name-only", "-z", "--no-renames", one, other)
        return [name for name in names.split("\0") if name]

    def authors(self, since: str, until: str, path: str) -> list[str]:
        """Return who changed a file of the content folder after one commit and up to another, the newest first."""
        return list(
            dict.fromkeys(self._git("log", "--format=%an", f"{since}..{until}", "--", self.prefix + path).splitlines())
        )

    def steps(self, most: int, since: str = "") -> list[Step]:
        """Return the newest commits that touched the content."""
        asked = [f"--since={since}"] if since else []
        form = "%x01%H%x02%cs%x02%an%x02%s"
        if not self.head():
            return []
        # With the first of all the record begins: what it has was not changed by anybody.
        listed = self._git(
            "-c", "log.showRoot=false", "log", f"-{most}", *asked, f"--format={form}", "--name-only", "-z", "--no-renames",
            "--", str(self._place),
        )  # fmt: skip
        steps = []
        _before, *parts = _STEP.split(listed)
        for hash, day, rest in zip(parts[::3], parts[1::3], parts[2::3]):
            head, *names = rest.split("\0")
            author, _separator, what = head.partition("\x02")
            files = [self._inside(name.strip("\n")) for name in names if name.strip("\n")]
            steps.append(Step(hash, author, day, what, tuple(files)))
        return steps

    def _inside(self, path: str) -> str:
        return path.removeprefix(self.prefix)
