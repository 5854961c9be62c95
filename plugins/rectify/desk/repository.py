"""The git repository around a content folder, as far as a desk needs it; nobody at the desk hears of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from rectify.core.language import _
from rectify.desk.record import Record
from rectify.desk.refusals import Stopped, sentence_of
from rectify.intake.last_import import NAME as IMPORTED
from rectify.sources.program import ProgramError, run

_AT_WORK = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
"""What lies in a repository while something in it is half done."""
_ANSWER = 25
"""Seconds for a word from the other side."""
_NONE = "not a git repository"
_NOBODY = {"NAME": "rectify desk", "EMAIL": "desk@localhost"}
_MADE = (".cache", ".venv", "site")
"""Folders of a site that can be made again."""


class Rejected(ProgramError):
    """The other side has something that we do not have yet."""


class Repository(Record):
    """Makes commits and exchanges them with the other side; raises ProgramError, with git's words, for what git cannot do."""

    @classmethod
    def around(cls, content: Path) -> Repository | None:
        """Return the repository that a folder lies in, None where there is none, or none that can be read."""
        try:
            return cls(content)
        except ProgramError:
            return None

    @classmethod
    def why_none(cls, content: Path) -> str:
        """Return in plain words why a repository that may be there cannot be read, empty where there is none."""
        try:
            cls(content)
        except ProgramError as error:
            return "" if _NONE in str(error) else sentence_of(error)
        return ""

    @staticmethod
    def begin(folder: Path, content: Path, what: str) -> Repository:
        """Return a new repository of a site's folder, with what is there as its first commit."""
        run(["git", "init", "--quiet", str(folder)])
        made = Repository(content)
        left_out = made.top / made._git("rev-parse", "--git-path", "info/exclude")
        left_out.parent.mkdir(exist_ok=True)
        left_out.write_text("".join(f"/{name}/\n" for name in _MADE), "utf-8")
        made._git("add", "--all", "--", ".")
        made._git("commit", "--quiet", "--no-verify", "-m", what, environment=made._signed())
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
        return next((name for name in (self._set("remote"), "origin", *names) if name in names), "")

    @property
    def branch_there(self) -> str:
        """What our branch is called over there."""
        return self._set("merge").removeprefix("refs/heads/") or self.branch

    def obstacle(self) -> str:
        """Return in plain words what keeps anything from being handed in, empty where nothing does."""
        asked = [part for name in (*_AT_WORK, "index.lock") for part in ("--git-path", name)]
        *at_work, lock = self._git("rev-parse", *asked).splitlines()
        if any((self.top / name).exists() for name in at_work) or self._git("ls-files", "--unmerged"):
            return _("有别的程序在这个文件夹里合并到一半，请管理员先做完")
        if (self.top / lock).exists():
            return _("有别的程序正在用这个文件夹的记录；过一会儿再提交，一直这样的请告诉管理员")
        if not self.branch:
            return _("这个文件夹停在一个旧的版本上，请管理员先换回来")
        return ""

    def is_unknown_there(self) -> bool:
        """Return whether the other side has branches, but not the one that we would hand in to: nobody may look at it."""
        return not self.upstream() and bool(self._git("for-each-ref", "--count=1", f"refs/remotes/{self.remote}/"))

    def upstream(self) -> str:
        """Return the hash of the branch over there as it was when it was last looked at, empty where it never was."""
        return self.head(f"refs/remotes/{self.remote}/{self.branch_there}") if self.remote else ""

    def fetch(self) -> None:
        """Look what is over there."""
        # Whoever does not answer a short question is away; what is fetched may take as long as it does.
        self._there("ls-remote", "--quiet", self.remote, "HEAD", seconds=_ANSWER)
        self._there("fetch", "--quiet", self.remote)

    def push(self, commit: str) -> None:
        """Bring a commit over there; raises Rejected where that would lose something."""
        try:
            self._there("push", "--quiet", self.remote, f"{commit}:refs/heads/{self.branch_there}")
        except ProgramError as error:
            if "fetch first" in str(error) or "non-fast-forward" in str(error) or "failed to update ref" in str(error):
                raise Rejected(str(error)) from None
            raise

    def offer(self, commit: str) -> str:
        """Bring a commit over there beside the branch, for somebody to look at; return under which name. What was offered before gives way."""
        name = f"desk/{hashlib.sha256(self.author().encode()).hexdigest()[:8]}"
        self._there("push", "--quiet", self.remote, f"+{commit}:refs/heads/{name}")
        return name

    def changed(self) -> list[str]:
        """Return the files of the content folder that are not as the last commit has them, below that folder."""
        entries = self._states()
        # What the repository leaves out and a text names is part of the text: a picture, where pictures are left out in general.
        entries += [
            entry for entry in self._states("--ignored=matching") if entry[0] == "!!" and self._is_named(entry[1])
        ]
        return sorted({path for state, path in entries if state not in ("??", "!!") or not _is_scratch(path)})

    def _states(self, *more: str) -> list[tuple[str, str]]:
        listed = self._git(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", *more, "--", str(self._place)
        )
        return [(entry[:2], self._inside(entry[3:])) for entry in listed.split("\0") if entry]

    def _is_named(self, path: str) -> bool:
        """Return whether an attachment is named by a text of its disclosure."""
        folder, _files, name = path.partition("/files/")
        texts = (self.content / folder).glob("*.md") if name else ()
        return any(name.encode() in text.read_bytes() for text in texts)

    def commit(self, base: str, files: dict[str, bytes | None], what: str, parents: Sequence[str]) -> str:
        """Return a new commit that has the files of `base` and these, of the content folder; None takes one away.

        Nothing else changes: no branch, no file, no index.
        """
        index = self.top / self._git("rev-parse", "--git-path", "rectify-desk.index")
        environment = {"GIT_INDEX_FILE": str(index)}
        # A git that was ended while it wrote left its lock, which nobody else holds: this index is the desk's own.
        lock = index.with_name(f"{index.name}.lock")
        lock.unlink(missing_ok=True)
        try:
            self._git("read-tree", base or "--empty", environment=environment)
            lines = []
            for path, data in files.items():
                if data is None:
                    lines.append(f"0 {'0' * len(base)}\t{self.prefix}{path}")
                else:
                    # With its path, so that line ends are kept as this repository keeps them.
                    blob = self._git("hash-object", "-w", "--stdin", "--path", self.prefix + path, given=data)
                    lines.append(f"100644 {blob}\t{self.prefix}{path}")
            told = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
            self._git("update-index", "-z", "--index-info", environment=environment, given=told)
            tree = self._git("write-tree", environment=environment)
            self._ask_the_office(environment)
            if (
                base == self.head()
            ):  # else the files here are not what is committed, and a hook that rewrites them knows too little
                tree = self._git("write-tree", environment=environment)
        finally:
            index.unlink(missing_ok=True)
        above = [part for parent in parents if parent for part in ("-p", parent)]
        return self._git(
            "commit-tree", tree, *above, "-F", "-", given=what.encode("utf-8", "replace"), environment=self._signed()
        )

    def _ask_the_office(self, environment: dict[str, str]) -> None:
        """Run the hook that the office has before each commit, on what shall be committed; raises Stopped with its words."""
        hook = self.top / self._git("rev-parse", "--git-path", "hooks/pre-commit")
        if not hook.is_file() or not os.access(hook, os.X_OK):
            return
        command = [str(hook)] if os.name == "posix" else ["git", "hook", "run", "pre-commit"]
        told = {**environment, "GIT_DIR": self._git("rev-parse", "--absolute-git-dir")}
        try:
            run(command, folder=self.top, environment=told)
        except ProgramError as error:
            said = "；".join(str(error).splitlines()[:3])
            raise Stopped(_("这台电脑上的提交规定没有通过：{said}", said=said)) from None

    def settle(self, commit: str, before: str) -> None:
        """Let the branch stand at a commit whose files are already in their places."""
        self._git("update-ref", "-m", "rectify desk", "HEAD", commit, *([before] if before else []))
        self._git("read-tree", commit)
        with contextlib.suppress(ProgramError):  # some file has changed in the meantime, which it tells
            self._git("update-index", "-q", "--refresh")

    def author(self) -> str:
        """Return who hands in, as the repository knows it; empty where it does not."""
        try:
            return self._git("config", "user.name")
        except ProgramError:
            return ""

    def name_author(self, name: str) -> None:
        """Let the repository know who hands in from here."""
        self._git("config", "user.name", " ".join(re.sub(r"[<>\x00-\x1f]", " ", name).split()))

    def _signed(self) -> dict[str, str]:
        """Return what git must be told of who hands in, where it does not know."""
        told = {}
        for what, nobody in _NOBODY.items():
            try:
                self._git("config", f"user.{what.lower()}")
            except ProgramError:
                for who in ("AUTHOR", "COMMITTER"):
                    told[f"GIT_{who}_{what}"] = os.environ.get(f"GIT_{who}_{what}", nobody)
        return told

    def _set(self, name: str) -> str:
        """Return what is set for our branch: where it goes, or what it is called there."""
        try:
            return self._git("config", f"branch.{self.branch}.{name}")
        except ProgramError:
            return ""


def _is_scratch(path: str) -> bool:
    """Return whether a file is what a program puts beside a text while it works on it, which no site shows."""
    if path.endswith(f"/{IMPORTED}"):
        return False
    return any(part.startswith((".", "~$")) for part in path.split("/")) or path.endswith("~")
