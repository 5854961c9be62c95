"""A folder into which nobody can write."""

import os
from pathlib import Path

import pytest


def locked_folder(parent: Path) -> Path:
    """Return a folder that refuses whoever runs the tests: one without permission or, as these do not hold root, /proc."""
    if os.name == "nt":
        pytest.skip("permissions of folders are not those of POSIX here")
    if os.geteuid() == 0:
        return Path("/proc")
    folder = parent / "locked"
    folder.mkdir(mode=0o500)
    return folder
