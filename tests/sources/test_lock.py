"""One process at a time: refused or made to wait, on systems with flock and on Windows."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from rectify.sources import lock
from rectify.sources.lock import Locked, take_lock, wait_for_lock


def test_who_comes_second_is_told_who_is_first(tmp_path):
    with take_lock(tmp_path / "new" / "lock"), pytest.raises(Locked, match=str(os.getpid())):
        with take_lock(tmp_path / "new" / "lock"):
            pass
    with take_lock(tmp_path / "new" / "lock"):
        pass


def test_who_waits_comes_after_who_is_first(tmp_path):
    code = (
        "from pathlib import Path; from rectify.sources.lock import wait_for_lock\n"
        "print('begun', flush=True)\nwith wait_for_lock(Path('lock')): Path('order').open('a').write('second')"
    )
    with wait_for_lock(tmp_path / "lock"):
        other = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE)
        assert other.stdout.readline() == b"begun\n"
        with (tmp_path / "order").open("a") as order:
            order.write("first ")
    other.communicate()
    assert other.returncode == 0 and (tmp_path / "order").read_text() == "first second"


def test_windows_is_asked_until_it_gives_the_lock_and_what_is_written_stays_readable(tmp_path, monkeypatch):
    """What is locked there cannot be read by others, so it is a byte behind the text; and waiting ends by itself."""
    asked = []

    def locking(number: int, mode: str, size: int) -> None:
        asked.append((mode, os.lseek(number, 0, os.SEEK_CUR), size))
        if (mode == "refuse" and len(asked) > 1) or (mode == "wait" and len(asked) < 5):
            raise OSError(36, "Resource deadlock avoided")

    monkeypatch.setattr(lock, "fcntl", None)
    monkeypatch.setattr(
        lock, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK="refuse", LK_LOCK="wait"), raising=False
    )
    file = tmp_path / "lock"
    with take_lock(file):
        assert file.read_text().startswith(f"{os.getpid()} ")
        with pytest.raises(Locked, match=str(os.getpid())), take_lock(file):
            pass
        with wait_for_lock(file):
            pass
    assert [mode for mode, _, _ in asked] == ["refuse", "refuse", "wait", "wait", "wait"]
    assert all(place > file.stat().st_size and size == 1 for _, place, size in asked)
