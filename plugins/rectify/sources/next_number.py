"""The number of a new problem: permanent references are never used again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rectify.sources.program import ProgramError, run

_FILE = re.compile(r"(\d{2,})\.md")


def next_number(folder: Path) -> str:
    """Return the name, `07`, after every one that a problem of this folder has or, by the history of git, ever had."""
    names = [file.name for file in folder.glob("[0-9]*.md")] + list(_ever(folder))
    last = max((int(match[1]) for name in names if (match := _FILE.fullmatch(name))), default=0)
    return f"{last + 1:02d}"


def _ever(folder: Path) -> Sequence[str]:
    """Return the names of all files that git knows of this folder: deleted, renamed, on another branch."""
    # A rename hides the old name, and without -z a path that is not ASCII comes quoted.
    command = ["git", "log", "--all", "--no-renames", "-z", "--name-only", "--format=", "--", "."]
    try:
        return [path.rpartition("/")[2] for path in run(command, folder=folder).split("\0")]
    except ProgramError:  # no git, or no repository
        return ()
