"""Running MkDocs in a process of its own, so that whatever happens to it happens to nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
"""Without the theme's notices."""


def mkdocs(*arguments: str) -> int:
    """Run MkDocs with its output where ours goes; return its exit status."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], env=os.environ | ENVIRONMENT, check=False
    ).returncode


def build(configuration: Path, site: Path, history: Path) -> tuple[int, str]:
    """Build a site with its page of earlier releases; return MkDocs' exit status and what it said."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(configuration), "-d", str(site.absolute())]
    done = subprocess.run(
        command,
        env=os.environ | ENVIRONMENT | {"RECTIFY_HISTORY": str(history.absolute())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout
