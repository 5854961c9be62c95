"""A disk that is full, truly: what is saved and handed in is old or new, never half, and one sentence says so.

Two ways to have none left: a small disk, which takes the right to mount one, and a limit on what a file may grow to, which
every account may set for itself and its programs.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, source
from helpers.repository import committed, git
from helpers.site import Site, write_site

REF = "2024-a/02"
LEFT = (0, 4096, 12288, 20480, 65536)
"""Bytes that the disk still takes: some files of a save or a hand-in fit, the next one does not."""
LONGEST = (0, 60, 300, 1500)
"""Bytes that a file may have: some of those that a save or a hand-in writes are shorter, others are not."""


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip(
            "NOT TRIED on a disk of its own: mounting one takes an administrator of Linux; tried with limits only"
        )
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("left", LEFT)
def test_on_a_full_disk_nothing_is_half_and_nothing_is_lost(disk, left):
    @contextmanager
    def full() -> Iterator[None]:
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(bytes(max(free.f_bavail * free.f_bsize - left, 0)))
        yield
        (disk / "filler").unlink()

    (disk / "site").mkdir()
    _old_or_new(write_site(disk / "site", DISCLOSURE), full, "磁盘满了")


@pytest.mark.parametrize("longest", LONGEST)
def test_where_no_file_may_grow_nothing_is_half_and_nothing_is_lost(make_site, longest):
    resource = pytest.importorskip("resource", reason="NOT TRIED: Windows has no limit of this kind")

    @contextmanager
    def full() -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    # A program that oversteps its limit is ended by the system, without a word.
    _old_or_new(make_site(DISCLOSURE), full, "没有提交成功，改动都还在")


def _old_or_new(site: Site, full: Callable[[], AbstractContextManager], no: str) -> None:
    site = committed(site)
    git(site, "config", "user.name", "办公室科员").ok()
    clerk = Clerk(site)
    way, words, file = f"/problem/{REF}", "第二批移交。", source(site, REF)
    form = {**clerk.form(way, way), "entry_text": words}
    files: tuple[Path, ...] = (file, file.with_name("index.md"))

    def held() -> list[bytes]:
        return [one.read_bytes() for one in files]

    before = held()
    with full():
        page = clerk.post(way, form).get_data(as_text=True)
    if held() == before:
        assert "磁盘满了" in page and words in page
        assert not clerk.desk.journal.entries()
        assert "已保存" in clerk.post(way, form).get_data(as_text=True)
    else:
        assert "已保存" in page
    saved, head = held(), git(site, "rev-parse", "HEAD").ok().out
    assert all(new != old for new, old in zip(saved, before))
    assert len(clerk.desk.journal.entries()) == 1

    submit = clerk.form("/changes", "/changes/submit")
    with full():
        page = clerk.post("/changes/submit", submit).get_data(as_text=True)
    assert held() == saved
    git(site, "fsck", "--strict").ok()
    if git(site, "rev-parse", "HEAD").ok().out == head:
        assert no in page
        page = clerk.submit().get_data(as_text=True)
    assert "已提交 1 个问题" in page, page.partition('role="status">')[2][:300]
    assert words in git(site, "show", f"HEAD:content/reports/{REF}.md").ok().out
    assert git(site, "status", "--porcelain").ok().out == ""
