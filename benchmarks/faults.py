"""What can go wrong while a site is published, each as a function that lets it happen once and yields what came of it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from place import Place

CUT = """import os, subprocess, sys, threading
with open(sys.argv[1]) as file:
    left = int(file.read())
child = subprocess.Popen(["sh", "-c", " ".join(sys.argv[3:])], stdin=subprocess.PIPE, start_new_session=True)
threading.Thread(target=lambda: os._exit(child.wait()), daemon=True).start()
while data := os.read(0, 4096):
    left -= len(data)
    if left < 0:
        os.killpg(child.pid, 9)
        os._exit(255)
    child.stdin.write(data)
    child.stdin.flush()
child.stdin.close()
child.wait()
"""
"""Stands in for ssh: runs the command here, and breaks the connection after so many bytes."""

Fault = Callable[[Place, random.Random, float], Iterator[str]]


def killed(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Kill a publication with everything it started, at a moment of its usual duration."""
    before = place.current
    place.edit()
    run = place.start()
    time.sleep(chance.uniform(0, 1.6 * duration))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    yield _version(place, before)


def full_disk(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Fill the disk that the releases lie on, but for some bytes."""
    before = place.current
    place.edit()
    ballast = place.live / "ballast"
    left = int(10 ** chance.uniform(3, 7.3))
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(place.live).free - left)))
    status = place.publish()
    ballast.unlink()
    yield f"exit {status}, {_version(place, before)}"


def forbidden(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Take the permission to write away from one folder of the releases, at some moment."""
    before = place.current
    place.edit()
    run = place.start()
    time.sleep(chance.uniform(0, duration))
    folders = [place.live, *(Path(parent) for parent, _, _ in os.walk(place.live) if ".git" not in Path(parent).parts)]
    folder = chance.choice([place.live, place.live / "releases", place.live / ".work", chance.choice(folders)])
    mode = stat.S_IMODE(folder.stat().st_mode) if folder.exists() else 0
    with contextlib.suppress(FileNotFoundError):
        folder.chmod(0o555)
    status = run.wait()
    with contextlib.suppress(FileNotFoundError):
        folder.chmod(mode)
    yield f"exit {status}, {_version(place, before)}"


def transfer_cut(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Break the connection of a transfer after some bytes; what the other machine serves must be whole too."""
    there = place.folder / "there"
    shell, after = place.folder / "cut.py", place.folder / "after"
    shell.write_text(CUT)
    environment = os.environ | {"RSYNC_RSH": f"{sys.executable} {shell} {after}"}
    also = ("--also", f"rsync:localhost:{there}")
    if not there.exists():
        after.write_text(str(10**12))
        assert place.publish(*also, env=environment) in (0, 3) and place.whole(there / "current")
    before = (there / "current").resolve()
    place.edit()
    after.write_text(str(int(10 ** chance.uniform(1, 5.5))))
    status = place.publish(*also, env=environment)
    assert place.whole(there / "current"), "the other machine"
    yield f"exit {status}, there {'old' if (there / 'current').resolve() == before else 'new'}"


def clock_set_back(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Publish with a clock that is late."""
    place.edit()
    late = f"-{chance.randrange(1, 4000)}d"
    status = place.publish(before=("faketime", "-f", late))
    yield f"exit {status}, then {place.publish()}"


def corrupt_cache(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Overwrite the beginning of some files that are kept between runs."""
    files = [path for path in (place.live / ".work").rglob("*") if path.is_file() and ".git" not in path.parts]
    for path in chance.sample(files, min(20, len(files))):
        if ".cache" in path.parts:
            path.write_bytes(chance.randbytes(40) + path.read_bytes()[40:])
    place.edit()
    yield f"exit {place.publish()}"


def two_at_once(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Start a second publication while the first is on its way."""
    place.edit()
    first = place.start()
    time.sleep(chance.uniform(0, duration / 2))
    second = place.publish()
    yield f"exits {sorted((first.wait(), second))}"


def commit_meanwhile(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Commit while a publication runs."""
    place.edit()
    run = place.start()
    time.sleep(chance.uniform(0, duration))
    place.edit()
    yield f"exit {run.wait()}"


def change_meanwhile(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Write files while the working tree is published."""
    place.write()
    run = place.start(repository=False)
    time.sleep(chance.uniform(0, duration))
    place.write()
    status = run.wait()
    place.commit()
    yield f"exit {status}"


FAULTS: dict[str, Fault] = {
    "SIGKILL": killed,
    "full disk": full_disk,
    "permission taken away": forbidden,
    "connection cut": transfer_cut,
    "clock set back": clock_set_back,
    "cache corrupted": corrupt_cache,
    "two at once": two_at_once,
    "commit meanwhile": commit_meanwhile,
    "files changed meanwhile": change_meanwhile,
}


def missing(name: str, place: Place) -> str:
    """Return why a fault cannot be tried here, empty where it can."""
    if name == "full disk" and not os.path.ismount(place.live.parent):
        return "needs --disk"
    if name == "permission taken away" and os.geteuid() == 0:
        return "permissions mean nothing to root"
    program = {"connection cut": "rsync", "clock set back": "faketime"}.get(name)
    return f"{program} is not installed" if program and not shutil.which(program) else ""


def recovers(place: Place) -> bool:
    """Return whether the next run succeeds, with nobody's help."""
    return place.publish() in (0, 3)


def _version(place: Place, before: Path) -> str:
    return "old" if place.current == before else "new"
