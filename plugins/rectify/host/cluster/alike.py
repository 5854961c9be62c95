"""What two machines must have in common to make the same bytes of the same work."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import rectify
from rectify.core.language import _

_PACKAGE = Path(rectify.__file__).parent
_LIBRARIES = ("jinja2", "lxml", "markdown", "markupsafe", "openpyxl", "pypdf", "python-stdnum", "pyyaml", "segno")
"""Whose bytes reach a page or a finding."""
_MADE_HERE = (".pyc", ".mo")
"""What each machine compiles for itself."""


class NotAlike(ValueError):
    """A machine has another version; the text says which machine and what of it."""


@cache
def versions() -> dict[str, str]:
    """Return by name what this machine works with; of our own code it is a checksum of its files."""
    code = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and file.suffix not in _MADE_HERE:
            code.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode() + file.read_bytes())
    found = {"rectify": f"{rectify.__version__} {code.hexdigest()[:12]}", "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def refuse_others(ours: dict[str, str], theirs: dict[str, str], where: str) -> None:
    """Raise NotAlike where a machine's versions are not ours."""
    other = [
        f"{name} {theirs.get(name) or '-'} ≠ {said or '-'}" for name, said in ours.items() if theirs.get(name) != said
    ]
    if other:
        raise NotAlike(
            _("集群的 {where} 装的版本不同，不能用：{what}。两边装同样的版本再运行", where=where, what="，".join(other))
        )
