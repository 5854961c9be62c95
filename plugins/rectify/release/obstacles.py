"""What lies where a publication keeps its own and is of another kind: told, and moved aside when somebody asks for it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import N_, Message, _
from rectify.sources.safe_files import move

_LINK, _FILE, _FOLDER = N_("链接"), N_("文件"), N_("文件夹")
_KINDS: tuple[tuple[Message, Callable[[str], bool]], ...] = (
    (_LINK, os.path.islink),
    (_FOLDER, os.path.isdir),
    (_FILE, os.path.isfile),
)
_WANTED = {
    "current": _LINK,
    "releases": _FOLDER,
    "chain": _FOLDER,
    ".work": _FOLDER,
    ".sites": _FOLDER,
    ".lock": _FILE,
    ".number": _FILE,
    ".last": _FILE,
    ".held": _FILE,
    ".delivered": _FILE,
    ".seals": _FILE,
    ".over": _FILE,
    "held.json": _FILE,
    "history.jsonl": _FILE,
    "last-run.json": _FILE,
    "health.json": _FILE,
    "health.prom": _FILE,
    "notified.json": _FILE,
    "csp.conf": _FILE,
    "csp.set.conf": _FILE,
    "csp.caddy": _FILE,
}
_MAY_BE_LINKED = {"releases"}
"""Another disk may hold them; what is written elsewhere must not be led astray."""
NUMBER = re.compile(r"[0-9]{1,9}\n?")
"""What numbers releases: no number of a person, which has eleven digits or more."""


class Obstacle(NamedTuple):
    """One thing in the way."""

    path: Path
    is_a: Message
    wanted: Message

    def __str__(self) -> str:
        return _("{path} 是{found}，应当是{wanted}", path=self.path, found=self.is_a, wanted=self.wanted)


class Obstructed(OSError):
    """Something is in the way of a publication; `strerror` says what, and how to have it moved."""


def obstacles(root: Path) -> Iterator[Obstacle]:
    """Yield what is in the way below a place of publication."""
    for name, wanted in _WANTED.items():
        path = root / name
        if not os.path.lexists(path):
            continue
        kind = next((kind for kind, is_one in _KINDS if is_one(str(path))), N_("特殊文件"))
        if kind != wanted and not (name in _MAY_BE_LINKED and path.is_dir()):
            yield Obstacle(path, kind, wanted)
    number = root / ".number"
    if number.is_file() and not number.is_symlink() and not NUMBER.fullmatch(number.read_bytes().decode("latin-1")):
        yield Obstacle(number, N_("别的内容"), N_("一个编号"))


def refuse_obstacles(root: Path) -> None:
    """Raise Obstructed where something is in the way."""
    if found := list(obstacles(root)):
        told = "\n".join(map(str, found))
        told = _("{obstacles}\n移开：rectify doctor --to {place} --fix", obstacles=told, place=root)
        raise Obstructed(errno.EEXIST, told, str(root))


def move_aside(path: Path) -> Path:
    """Give something a name at which it is in nobody's way, and return that; nothing is deleted. Raises OSError."""
    number = next(n for n in range(1, 1 << 30) if not os.path.lexists(path.with_name(f"{path.name}.aside-{n}")))
    move(path, path.with_name(f"{path.name}.aside-{number}"))
    return path.with_name(f"{path.name}.aside-{number}")
