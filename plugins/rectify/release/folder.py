"""A folder behind a web server: release folders, and one link that says which of them is live."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.plain_json import read_json
from rectify.core.site_map import at
from rectify.release import manifest as manifests
from rectify.release.modes import fits, make_folder, settle
from rectify.release.obstacles import NUMBER, refuse_obstacles
from rectify.sources.lock import Locked, take_lock
from rectify.sources.safe_files import move, read_file, replace_file, replace_link, sync, sync_names

CURRENT = "current"
RELEASES = "releases"
RECORD = at("record")
NOTICE = "notice"
"""Key in the record of a release that is no site but a page standing in for it."""
_LAST = re.compile(r"(?P<key>\S+) (?P<release>[0-9]{4,9}-[0-9a-z-]+)(?: (?P<until>[0-9-]{10}))?\n?")
_ID = re.compile(r"[0-9]{4,9}-[0-9a-z-]+")
_COMING = ".coming"
_LOOKS_AGAIN = 0.1
"""Seconds."""


class Release(NamedTuple):
    """One release as its record tells it."""

    id: str
    record: dict[str, Any]
    folder: Path


class ReleaseFolder:
    """The releases of one place. A release folder is written once, complete, and never changed afterwards."""

    def __init__(self, root: Path):
        self.root = root
        self.releases_folder = root / RELEASES

    @property
    def work(self) -> Path:
        """A folder for what runs keep from one to the next; it can be made again."""
        return self.root / ".work"

    @property
    def lock(self) -> Path:
        return self.root / ".lock"

    @contextlib.contextmanager
    def taken(self, patience: float = 0) -> Iterator[None]:
        """Let nobody else publish here meanwhile; raises Locked, and Obstructed where something is in the way.

        `patience` is for how many seconds to wait for another run of this machine to end.
        """
        make_folder(self.root)
        refuse_obstacles(self.root)
        ends = time.monotonic() + patience
        with contextlib.ExitStack() as held:
            while True:
                try:
                    held.enter_context(take_lock(self.lock))
                    break
                except Locked as other:
                    if other.is_elsewhere or time.monotonic() >= ends:
                        raise
                    time.sleep(_LOOKS_AGAIN)
            yield

    def live(self) -> Path | None:
        """Return the folder that the link leads to, or None before the first publication."""
        link = self.root / CURRENT
        return link.resolve() if link.is_dir() else None

    def last_site(self) -> Path | None:
        """Return the live release or, where that is a notice, the site that it stands for: what the next one is compared with."""
        live = self.live()
        if live is None or not record_of(live).get(NOTICE):
            return live
        site = self.site_behind(live)
        return site.folder.resolve() if site is not None else None

    def site_behind(self, notice: Path) -> Release | None:
        """Return the site in whose place a notice was put; where that is gone, the newest one before the notice."""
        kept = {one.id: one for one in self.releases()}
        named = notice.name
        while named in kept and kept[named].record.get(NOTICE):
            named = (kept[named].record.get("previous") or {}).get("id", "")
        sites = [one for one in kept.values() if one.id < notice.name and not one.record.get(NOTICE)]
        return kept[named] if named in kept else (sites[-1] if sites else None)

    def releases(self) -> list[Release]:
        """Return the releases that are kept, oldest first; one whose record cannot be read has an empty record."""
        if not self.releases_folder.is_dir():
            return []
        names = sorted(
            entry.name for entry in os.scandir(self.releases_folder) if entry.is_dir() and _ID.fullmatch(entry.name)
        )
        return [Release(name, record_of(self.releases_folder / name), self.releases_folder / name) for name in names]

    def next_number(self) -> int:
        """Return the number of the next release; numbers are never used again."""
        used = [int(release.id.partition("-")[0]) for release in self.releases()]
        with contextlib.suppress(OSError, ValueError):
            text = (self.root / ".number").read_text("utf-8")
            used += [int(text)] if NUMBER.fullmatch(text) else []
        return max(used, default=0) + 1

    def begin(self) -> Path:
        """Return an empty folder for the release that is coming, after removing what a killed run left."""
        coming = self.releases_folder / _COMING
        shutil.rmtree(coming, ignore_errors=True)
        make_folder(self.releases_folder)
        coming.mkdir()
        return coming

    def complete(self, coming: Path, name: str) -> Path:
        """Give a finished release its modes and its name; it is on the disk before anything refers to it."""
        settle(coming)
        sync(coming)
        target = self.releases_folder / name
        move(coming, target)
        _note(self.root / ".number", name.partition("-")[0])
        sync_names(self.releases_folder)
        return target

    def switch(self, release: Path) -> None:
        """Make a release live in one atomic step, after everything that it needs beside it is on the disk."""
        sync_names(self.root)
        replace_link(self.root / CURRENT, os.path.join(RELEASES, release.name))

    def prune(self, keep: int) -> list[str]:
        """Remove all but the newest releases and the live one; return the names of those removed."""
        live = self.live()
        old = [release for release in self.releases()[:-keep] if release.folder.resolve() != live]
        for release in old:
            self.remove(release)
        return [release.id for release in old]

    def remove(self, release: Release) -> None:
        """Remove a release folder; its name is gone at once, its files one by one."""
        gone = self.releases_folder / f".gone-{release.id}"
        move(release.folder, gone)
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what runs left that were killed while removing."""
        if self.releases_folder.is_dir():
            for entry in os.scandir(self.releases_folder):
                if entry.name.startswith(".gone-"):
                    shutil.rmtree(entry.path, ignore_errors=True)

    def last(self, today: date | None = None) -> list[str]:
        """Return what the last successful run was made of, in short, and the release that was live after it; nothing once
        that makes another site, because of the day that it is, or where a power cut left half a note: the next run writes it anew."""
        with contextlib.suppress(OSError, ValueError):
            if found := _LAST.fullmatch((self.root / ".last").read_text("utf-8")):
                over = today and found["until"] and found["until"] <= today.isoformat()
                return [] if over else [found["key"], found["release"]]
        return []

    def remember(self, key: str, release: Path, until: date | None = None) -> None:
        """Note what a release is made of; `key` is empty where that is not what a run found, `until` the day on which the same makes
        another one."""
        _note(self.root / ".last", f"{key or '-'} {release.name}{f' {until}' if until else ''}")


def fill(coming: Path, site: Path, manifest: Mapping[str, str], before: Path | None, known: Mapping[str, str]) -> None:
    """Fill a new release with a site's files; what the release before holds too is linked, not copied.

    Both are never written again, so that one file in two folders is safe. One that was altered all the same is not taken over.
    """
    for path, checksum in manifest.items():
        target = coming / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if before is not None and known.get(path) == checksum:
            with contextlib.suppress(OSError):
                os.link(before / path, target)
                if fits(target) and manifests.checksum_of(target) == checksum:
                    continue
                target.unlink()
        shutil.copyfile(site / path, target)


def record_of(folder: Path) -> dict[str, Any]:
    """Return the record of a release, empty where it cannot be read."""
    try:
        record = read_json(read_file(folder / RECORD))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def manifest_hash(folder: Path) -> str:
    """Return the SHA-256 of a release's manifest."""
    return manifests.checksum_of(folder / manifests.NAME)


def _note(file: Path, text: str) -> None:
    replace_file(file, f"{text}\n".encode())
