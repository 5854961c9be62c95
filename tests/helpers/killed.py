"""A desk that is ended by `kill -9` again and again while somebody edits and hands in, and what is left each time.

    python tests/helpers/killed.py SITE THERE TIMES SEED

SITE is a clerk's copy of the repository THERE. Each time a new process edits one problem, attaches a file and hands in, and ends
itself at a moment that chance chooses: before one of the files that it opens, renames or takes away or the programs that it starts,
or up to some milliseconds later. One line of JSON for each: the moment, what the desk had said by then and what is wrong.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpers.attached import png
from helpers.desks import Clerk, source
from helpers.site import Site
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read

REF = "2024-a/02"
_MOMENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "subprocess.Popen"}
_LATER = 0.03


def edit_and_hand_in(clerk: Clerk, number: int, say: int) -> None:
    """Do what a clerk does, and tell what the desk said of it as soon as it did."""
    photo = (BytesIO(png({"Title": str(number)})), "现场.png")
    saved = clerk.problem(REF, entry_text=f"第{number}批移交。", owner=f"科长{number}", files=photo)
    if "已保存" in saved.get_data(as_text=True):
        os.write(say, b"saved ")
    if "单位的仓库已经收到" in clerk.submit().get_data(as_text=True):
        os.write(say, b"handed-in ")


def moments(clerk: Clerk, number: int) -> int:
    """How many moments there are while nothing ends it."""
    ours, theirs = os.pipe()
    if not (child := os.fork()):
        seen = 0

        def count(event: str, _told: Any) -> None:
            nonlocal seen
            seen += event in _MOMENTS

        sys.addaudithook(count)
        edit_and_hand_in(clerk, number, os.open(os.devnull, os.O_WRONLY))
        os.write(theirs, str(seen).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return int(os.read(ours, 20))


def end_one(clerk: Clerk, number: int, at: int, later: float) -> list[str]:
    """Begin a desk that ends itself at a moment; return what it had said by then."""
    ours, theirs = os.pipe()
    if not (child := os.fork()):
        seen = 0

        def end(event: str, _told: Any) -> None:
            nonlocal seen
            seen += event in _MOMENTS
            if event in _MOMENTS and seen == at:
                # The alarm that nobody waits for ends a process as a kill does, while a program that it started runs.
                signal.setitimer(signal.ITIMER_REAL, later) if later else os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(end)
        edit_and_hand_in(clerk, number, theirs)
        os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours) as said:
        return said.read().split()


def wrong_with(site: Site, there: Path, saved: set[int], handed_in: set[int], known: set[int]) -> list[str]:
    """What is half, lost, or nobody's."""
    wrong = []
    here = read(source(site, REF).read_text("utf-8"), PROBLEM_KEYS).values
    shown = ["git", "--git-dir", str(there), "show", f"main:content/reports/{REF}.md"]
    away = read(subprocess.run(shown, capture_output=True, check=True).stdout.decode(), PROBLEM_KEYS).values
    for place, values, needed in (("here", here, saved), ("there", away, handed_in)):
        texts = {entry.text for entry in values.get("progress", ())}
        if lost := [number for number in needed if f"第{number}批移交。" not in texts]:
            wrong.append(f"lost {place}: {lost}")
        numbers = {int(text[1:-4]) for text in texts if text.endswith("批移交。") and text != "第一批7个小区完成移交。"}
        if numbers - known or values.get("status") != "ongoing":
            wrong.append(f"strange {place}")
    folder = source(site, REF).parent
    for entry in here["progress"]:
        wrong += [f"{name} is missing or half" for name in entry.files if png()[:8] != _begin(folder / name)]
    return wrong


def _begin(file: Path) -> bytes:
    return file.read_bytes()[:8] if file.is_file() else b""


def main(root: Path, there: Path, times: int, seed: int) -> None:
    site = Site(root, root / "site")
    clerk = Clerk(site)
    clerk.problem(REF, entry_text="第0批移交。")
    clerk.submit()
    chance = random.Random(seed)
    saved, handed_in = {0}, {0}
    most = moments(clerk, 1)
    for number in range(2, times + 2):
        at, later = chance.randint(1, most), chance.choice([0, chance.uniform(0.001, _LATER)])
        said = end_one(clerk, number, at, later)
        saved |= {number} if "saved" in said else set()
        handed_in |= {number} if "handed-in" in said else set()
        wrong = wrong_with(site, there, saved, handed_in, set(range(number + 1)))
        print(json.dumps({"at": at, "of": most, "later": round(later, 3), "said": said, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
