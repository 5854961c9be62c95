"""A disk that is full, truly: what is saved and handed in is old or new, never half, and one sentence says so."""

import os
import subprocess
import sys

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, source
from helpers.repository import committed, git
from helpers.site import write_site

REF = "2024-a/02"
LEFT = (0, 4096, 12288, 20480, 65536)
"""Bytes that the disk still takes: some files of a save or a hand-in fit, the next one does not."""


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be had by an administrator of Linux only")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("left", LEFT)
def test_on_a_full_disk_nothing_is_half_and_nothing_is_lost(disk, left):
    (disk / "site").mkdir()
    site = committed(write_site(disk / "site", DISCLOSURE))
    git(site, "config", "user.name", "办公室科员").ok()
    clerk = Clerk(site)
    way, words, file = f"/problem/{REF}", "第二批移交。", source(site, REF)
    form = {**clerk.form(way, way), "entry_text": words}
    files = (file, file.with_name("index.md"))

    def held() -> list[bytes]:
        return [one.read_bytes() for one in files]

    def fill() -> None:
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(bytes(max(free.f_bavail * free.f_bsize - left, 0)))

    before = held()
    fill()
    page = clerk.post(way, form).get_data(as_text=True)
    if held() == before:
        assert "磁盘满了" in page and words in page
        (disk / "filler").unlink()
        assert "已保存" in clerk.post(way, form).get_data(as_text=True)
    else:
        assert "已保存" in page
        (disk / "filler").unlink()
    saved, head = held(), git(site, "rev-parse", "HEAD").ok().out
    assert all(new != old for new, old in zip(saved, before))

    submit = clerk.form("/changes", "/changes/submit")
    fill()
    page = clerk.post("/changes/submit", submit).get_data(as_text=True)
    (disk / "filler").unlink()
    assert held() == saved
    git(site, "fsck", "--strict").ok()
    if git(site, "rev-parse", "HEAD").ok().out == head:
        assert "磁盘满了" in page
        page = clerk.submit().get_data(as_text=True)
    assert "已提交 1 个问题" in page
    assert words in git(site, "show", f"HEAD:content/reports/{REF}.md").ok().out
    assert git(site, "status", "--porcelain").ok().out == ""
