"""The project's own files."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from helpers.site import ROOT

GENERATED = re.compile(r"\.git|\.venv|\.hypothesis|.*cache(__)?|.*\.egg-info|/(site|build|dist)")
"""Folders nobody writes by hand, those with a slash at the root only."""


def files() -> Iterator[Path]:
    """Every file of the project that people write, committed or not."""
    for parent, folders, names in os.walk(ROOT):
        slash = "/" if parent == str(ROOT) else ""
        folders[:] = sorted(name for name in folders if not _is_generated(name, slash))
        yield from (Path(parent, name) for name in sorted(names) if not slash or not _is_generated(name, slash))


def _is_generated(name: str, slash: str) -> bool:
    return bool(GENERATED.fullmatch(name) or (slash and GENERATED.fullmatch(slash + name)))


def copy_to(folder: Path) -> Path:
    """A checkout as it is after `git clone`, without what was compiled."""
    for path in files():
        if path.suffix not in (".mo", ".pyc"):
            (folder / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / path.relative_to(ROOT))
    return folder
