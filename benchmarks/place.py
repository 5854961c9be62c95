"""A site in a repository and the folder that it is published to, for what is tried on publications."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECTIFY = [sys.executable, "-m", "rectify"]


class Place:
    """The project's own site, committed in a repository."""

    def __init__(self, folder: Path, live: Path | None = None):
        self.folder, self.site, self.live = folder, folder / "site", live or folder / "live"
        self.edits = 0
        for name in ("content", "theme"):
            shutil.copytree(ROOT / name, self.site / name)
        shutil.copy(ROOT / "mkdocs.yml", self.site)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@qingchuan.example", *arguments], cwd=self.site, check=True
        )

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def edit(self) -> None:
        """Change one text and commit."""
        self.write()
        self.commit()

    def write(self) -> None:
        """Change one text."""
        self.edits += 1
        problem = sorted(self.site.glob("content/reports/*/[0-9]*.md"))[self.edits % 50]
        with problem.open("a", encoding="utf-8") as out:
            out.write(f"\n第{self.edits}次复核，情况属实。\n")

    def start(
        self, *arguments: str, before: tuple[str, ...] = (), repository: bool = True, **options
    ) -> subprocess.Popen:
        """Start a publication in a session of its own, with a command before it where given."""
        where = ["--repo", str(self.site)] if repository else []
        command = [*before, *RECTIFY, "publish", "--to", str(self.live), "--keep", "3", *where, *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=self.site, start_new_session=True, **(quiet | options))

    def publish(self, *arguments: str, **options) -> int:
        return self.start(*arguments, **options).wait()

    @property
    def current(self) -> Path:
        return (self.live / "current").resolve()

    def manifest(self) -> dict[str, str]:
        """Return the digest of every file that is live."""
        return json.loads((self.current / "manifest.json").read_bytes())

    def whole(self, folder: Path | None = None) -> bool:
        """Return whether a release, the live one of this place unless told otherwise, verifies completely."""
        return (
            subprocess.run(
                [*RECTIFY, "verify", os.fspath(folder or self.live / "current")], capture_output=True
            ).returncode
            == 0
        )
