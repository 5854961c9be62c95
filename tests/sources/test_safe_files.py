"""What is written is there whole or not at all."""

import os
from pathlib import Path

import pytest

from rectify.sources.safe_files import new_folder, replace_file, replace_link, write_folder


def test_a_folder_is_whole_or_not_there(tmp_path, monkeypatch):
    write_folder(tmp_path / "new" / "a", {"index.md": "甲", "01.md": "乙"})
    assert {p.name: p.read_text("utf-8") for p in (tmp_path / "new" / "a").iterdir()} == {
        "index.md": "甲",
        "01.md": "乙",
    }
    with pytest.raises(FileExistsError):
        write_folder(tmp_path / "new" / "a", {"index.md": "丙"})
    assert (tmp_path / "new" / "a" / "index.md").read_text("utf-8") == "甲"

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(OSError):
        write_folder(tmp_path / "new" / "b", {"index.md": "甲"})
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a"], "nothing half written is left"


def test_what_a_killed_run_left_is_cleared(tmp_path):
    old, young = tmp_path / ".a.tmp-1", tmp_path / ".a.tmp-2"
    for stage in (old, young):
        stage.mkdir()
        (stage / "01.md").write_text("甲", encoding="utf-8")
    os.utime(old, (0, 0))
    write_folder(tmp_path / "a", {"index.md": "甲"})
    assert sorted(p.name for p in tmp_path.iterdir()) == [young.name, "a"]


def test_a_file_is_replaced_in_one_step_and_keeps_its_mode(tmp_path, monkeypatch):
    file = tmp_path / "01.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace_file(file, b"new")
    assert file.read_bytes() == b"new" and file.stat().st_mode & 0o777 == 0o640

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError):
        replace_file(file, b"newer")
    assert file.read_bytes() == b"new" and len(list(tmp_path.iterdir())) == 1


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "b.md").symlink_to("a.md")
    replace_file(tmp_path / "b.md", b"new")
    assert (tmp_path / "b.md").is_symlink() and (tmp_path / "a.md").read_bytes() == b"new"


def test_a_half_written_file_that_was_left_is_cleared(tmp_path):
    left = tmp_path / ".a.md.tmp-1"
    left.write_bytes(b"ol")
    os.utime(left, (0, 0))
    replace_file(tmp_path / "a.md", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_folder_takes_the_place_of_another_only_when_it_is_finished(tmp_path):
    folder = tmp_path / "a"
    write_folder(folder, {"old.md": "甲"})
    with pytest.raises(ZeroDivisionError), new_folder(folder, over=True) as stage:
        (stage / "new.md").write_text("乙", "utf-8")
        assert os.listdir(folder) == ["old.md"]
        raise ZeroDivisionError
    assert os.listdir(folder) == ["old.md"] and os.listdir(tmp_path) == ["a"]
    with new_folder(folder, over=True) as stage:
        (stage / "new.md").write_text("乙", "utf-8")
    assert os.listdir(folder) == ["new.md"] and os.listdir(tmp_path) == ["a"]


def test_a_link_is_turned_whatever_a_killed_run_left(tmp_path: Path):
    (tmp_path / "somewhere").mkdir()
    (tmp_path / ".current.tmp-0").symlink_to("somewhere")
    os.utime(tmp_path / ".current.tmp-0", (0, 0), follow_symlinks=False)
    for target in ("a", "b"):
        replace_link(tmp_path / "current", target)
        assert os.readlink(tmp_path / "current") == target
    assert sorted(os.listdir(tmp_path)) == ["current", "somewhere"]
