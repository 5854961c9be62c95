"""A power cut at any moment of a publication leaves a whole site live: the order of syncs, on a simulated page cache."""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rectify.release import folder as release_folder
from rectify.release import manifest
from rectify.release.folder import ReleaseFolder, fill
from rectify.sources import safe_files

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="a release is switched by a symbolic link, as POSIX has them"
)

HOOKED = ("replace", "rename", "symlink", "link", "unlink", "rmdir", "mkdir")


class Disk:
    """What a disk holds for certain of a folder, and what it may hold besides.

    A file's bytes are certain after fsync of it, its name after fsync of its folder. Of all the rest any part may be there:
    nothing of it, or the names alone, as file systems write them that put off the data.
    """

    def __init__(self, root: Path):
        self.root = root
        self.bytes: dict[int, bytes] = {}
        self.names: dict[int, dict[str, tuple[str, int | str]]] = {}
        self.moments = 0

    def sync(self, path: Path) -> None:
        """Note that a file or the names in a folder are on the disk now."""
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            self.names[about.st_ino] = entries(path)
        else:
            self.bytes[about.st_ino] = path.read_bytes()

    def sync_all(self) -> None:
        """Note that everything is."""
        for parent, _, files in os.walk(self.root):
            self.sync(Path(parent))
            for name in files:
                if not os.path.islink(os.path.join(parent, name)):
                    self.sync(Path(parent, name))

    def after_a_cut(self) -> Iterator[str]:
        """Yield what is wrong with the site that is live if the power is cut now."""
        self.moments += 1
        for case, names in (
            ("only what is certain", self.names),
            ("names without data", {os.stat(p).st_ino: entries(Path(p)) for p, _, _ in os.walk(self.root)}),
        ):
            if wrong := self._wrong(names):
                yield f"{case}: {wrong}"

    def _wrong(self, names: dict[int, dict[str, tuple[str, int | str]]]) -> str:
        top = names.get(os.stat(self.root).st_ino, {})
        if "current" not in top:
            return ""
        at = os.stat(self.root).st_ino
        for part in str(top["current"][1]).split("/"):
            kind, number = names.get(at, {}).get(part, ("", 0))
            if kind != "folder":
                return f"current leads to {top['current'][1]}, which is not there"
            at = int(number)
        files = dict(self._files(names, at, ""))
        try:
            listed = json.loads(files[manifest.NAME])
        except (KeyError, ValueError):
            return "the manifest is not whole"
        lost = [
            path for path, checksum in listed.items() if hashlib.sha256(files.get(path, b"")).hexdigest() != checksum
        ]
        return f"not whole: {lost}" if lost else ""

    def _files(
        self, names: dict[int, dict[str, tuple[str, int | str]]], at: int, prefix: str
    ) -> Iterator[tuple[str, bytes]]:
        for name, (kind, number) in names.get(at, {}).items():
            if kind == "folder":
                yield from self._files(names, int(number), f"{prefix}{name}/")
            elif kind == "file":
                yield f"{prefix}{name}", self.bytes.get(int(number), b"")


def entries(folder: Path) -> dict[str, tuple[str, int | str]]:
    found: dict[str, tuple[str, int | str]] = {}
    for entry in os.scandir(folder):
        if entry.is_symlink():
            found[entry.name] = ("link", os.readlink(entry.path))
        else:
            found[entry.name] = ("folder" if entry.is_dir() else "file", entry.inode())
    return found


@pytest.fixture
def watched(tmp_path, monkeypatch) -> tuple[ReleaseFolder, Disk, list[str]]:
    """A release folder of which every change and every sync is followed; the list is of what a cut would have broken."""
    place = tmp_path / "place"
    place.mkdir()
    disk, broken = Disk(place), []

    def follow(name: str, original: Callable) -> Callable:
        def run(*arguments, **named):
            done = original(*arguments, **named)
            broken.extend(f"after {name} {arguments[:2]}: {wrong}" for wrong in disk.after_a_cut())
            return done

        return run

    def fsync(number: int, original=os.fsync) -> None:
        original(number)
        path = Path(os.readlink(f"/proc/self/fd/{number}"))
        if path.is_relative_to(place):
            disk.sync(path)

    for name in HOOKED:
        monkeypatch.setattr(os, name, follow(name, getattr(os, name)))
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(safe_files, "_sync_file_system", lambda folder: disk.sync_all() or True)
    return ReleaseFolder(place), disk, broken


def publish(target: ReleaseFolder, site: Path, texts: dict[str, str], name: str) -> None:
    """What `rectify publish` does with a site that is built."""
    live = target.live()
    for path, text in texts.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    made = manifest.manifest_of(site)
    coming = target.begin()
    fill(coming, site, made, live, manifest.read_manifest(live) if live else {})
    (coming / manifest.NAME).write_bytes(manifest.as_bytes(made))
    target.switch(target.complete(coming, name))
    target.prune(1)


def three_publications(target: ReleaseFolder, site: Path) -> None:
    texts = {"index.html": "甲", "reports/2024-a/index.html": "乙", "data/problems.json": "{}"}
    for number in (1, 2, 3):
        publish(target, site, {**texts, "index.html": f"第{number}次"}, f"000{number}-a")


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="which file is synced is read from /proc")
@pytest.mark.parametrize("one_by_one", [False, True], ids=["whole file system", "file by file"])
def test_the_live_site_is_whole_whenever_the_power_is_cut(watched, tmp_path, monkeypatch, one_by_one):
    target, disk, broken = watched
    if one_by_one:
        monkeypatch.setattr(safe_files, "_sync_file_system", lambda folder: False)
    three_publications(target, tmp_path / "site")
    assert broken == [] and disk.moments > 30
    assert (target.root / "current" / "index.html").read_text("utf-8") == "第3次"


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="which file is synced is read from /proc")
@pytest.mark.parametrize("left_out", ["sync", "sync_names"])
def test_a_sync_that_is_left_out_would_be_noticed(watched, tmp_path, monkeypatch, left_out):
    target, _, broken = watched
    monkeypatch.setattr(release_folder, left_out, lambda folder: None)
    three_publications(target, tmp_path / "site")
    assert broken != []
