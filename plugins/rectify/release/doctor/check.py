"""One line of an examination, and the means by which several are made."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _
from rectify.sources.program import run

OK, WARNING, ERROR = "ok", "warning", "error"

SECONDS = 10
"""How long a program of the system may take."""


class Check(NamedTuple):
    """What was looked at, what was found, and what to do about it."""

    name: str
    state: str
    """`ok`, `warning` or `error`."""
    text: str
    fix: str = ""
    """Empty where the state is `ok`."""


def writable(name: str, folder: Path, label: str) -> Check:
    """Return whether a folder can be written to, or made where it does not exist."""
    there = existing(folder)
    wrong = ""
    try:
        with tempfile.NamedTemporaryFile(prefix=".doctor-", dir=there) as file:
            file.write(b"x")
    except OSError as error:
        wrong = error.strerror or str(error)
    if not wrong:
        return Check(name, OK, _("{what} {folder} 可以写入", what=label, folder=folder))
    return Check(
        name,
        ERROR,
        _("{what} {folder} 不能写入：{reason}", what=label, folder=folder, reason=wrong),
        _("检查所有者和权限：ls -ld {folder}", folder=there),
    )


def existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above that exists."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def output_of(*command: str) -> str:
    """Return what a program of the system prints, nothing where it fails or takes too long."""
    try:
        return run(command, seconds=SECONDS)
    except OSError:
        return ""
