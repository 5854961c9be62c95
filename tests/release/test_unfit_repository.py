"""Trees of git that no checkout would make: read as they are, and refused before a file of them is written."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rectify.release import source
from rectify.release.source import Unfit, from_repository
from rectify.sources.program import ProgramError

LIMIT = 5_000


class Repository:
    """A repository whose objects are written one by one, as whoever means harm writes them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.git("init", "-q", "-b", "main", str(folder))
        self.page = self.git("hash-object", "-w", "--stdin", given="# 首页\n")

    def git(self, *arguments: str, given: str = "") -> str:
        author = ("-c", "user.name=a", "-c", "user.email=a@qingchuan.example")
        command = ["git", *author, *arguments]
        folder = self.folder if self.folder.is_dir() else None
        done = subprocess.run(command, cwd=folder, input=given, capture_output=True, encoding="utf-8", check=True)
        return done.stdout.strip()

    def tree(self, *entries: str) -> str:
        return self.git("mktree", "--missing", given="".join(f"{one}\n" for one in entries))

    def file(self, name: str) -> str:
        return f"100644 blob {self.page}\t{name}"

    def commit(self, *content: str) -> None:
        self.commit_root(f"040000 tree {self.tree(*content)}\tcontent")

    def commit_root(self, *entries: str) -> None:
        self.git("update-ref", "refs/heads/main", self.git("commit-tree", "-m", "x", self.tree(*entries)))


@pytest.fixture
def theirs(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "theirs")


def taken(theirs: Repository) -> list[str]:
    checkout = from_repository(str(theirs.folder), "main", theirs.folder.parent / "work").root
    return sorted(path.name for path in checkout.rglob("*") if path.is_file() and ".git" not in path.parts)


def few_objects_for_many_files(theirs: Repository) -> None:
    level = theirs.tree(*map(theirs.file, "abcdefghij"))
    for _ in range(6):
        level = theirs.tree(*(f"040000 tree {level}\t{name}" for name in "abcdefghij"))
    theirs.commit(f"040000 tree {level}\ta")


def few_bytes_for_many(theirs: Repository) -> None:
    theirs.page = theirs.git("hash-object", "-w", "--stdin", given="a" * (LIMIT + 1))
    theirs.commit(theirs.file("a.md"))


def content_is_a_repository(theirs: Repository) -> None:
    theirs.commit_root(f"160000 commit {'1' * 40}\tcontent")


def content_is_a_link(theirs: Repository) -> None:
    theirs.page = theirs.git("hash-object", "-w", "--stdin", given="/etc")
    theirs.commit_root(f"120000 blob {theirs.page}\tcontent")


@pytest.mark.parametrize(
    ("trick", "said"),
    [
        (few_objects_for_many_files, "多到列不完"),
        (few_bytes_for_many, "content/a.md"),
        (content_is_a_repository, "content 是链接或者子仓库"),
        (content_is_a_link, "content 是链接或者子仓库"),
    ],
)
def test_what_is_without_end_or_leads_elsewhere_is_refused(theirs, monkeypatch, trick: Callable, said: str):
    monkeypatch.setattr(source, "_NAMES_OF_FILES", LIMIT)
    monkeypatch.setattr(source, "_TOTAL", LIMIT)
    theirs.commit(theirs.file("index.md"))
    assert taken(theirs) == ["index.md"]
    trick(theirs)
    with pytest.raises(Unfit, match=said):
        taken(theirs)


def test_folders_without_end_and_without_files_take_no_longer_than_the_limit(theirs, monkeypatch):
    level = theirs.tree()
    for _ in range(12):
        level = theirs.tree(*(f"040000 tree {level}\t{name}" for name in "abcdefghij"))
    theirs.commit(f"040000 tree {level}\ta")
    monkeypatch.setattr(source, "_SECONDS", 0.5)
    with pytest.raises(Unfit, match="多到列不完"):
        taken(theirs)


@pytest.mark.parametrize("name", [".GIT", ".git ", "GIT~1", ".g\u200cit"])
def test_a_folder_that_another_system_takes_for_gits_own_is_refused(theirs, name: str):
    inner = theirs.tree(theirs.file("config"))
    theirs.commit(theirs.file("index.md"), f"040000 tree {inner}\t{name}")
    with pytest.raises(ProgramError, match="invalid path"):
        taken(theirs)
