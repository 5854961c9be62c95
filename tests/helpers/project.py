"""The project's own files."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from helpers.site import ROOT

GENERATED = re.compile(r"\.git|\.venv|\.hypothesis|.*cache(__)?|.*\.egg-info|/(site|build|dist)")
"""Folders nobody writes by hand, those with a slash at the root only."""


def files() -> Iterator[Path]:
    """Every file of the project that people write, committed or not."""
    for path in sorted(ROOT.rglob("*")):
        first, *rest = path.relative_to(ROOT).parts
        if path.is_file() and not any(map(GENERATED.fullmatch, (f"/{first}", first, *rest[:-1]))):
            yield path


def copy_to(folder: Path) -> Path:
    """A checkout as it is after `git clone`, without what was compiled."""
    for path in files():
        if path.suffix not in (".mo", ".pyc"):
            (folder / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / path.relative_to(ROOT))
    return folder
