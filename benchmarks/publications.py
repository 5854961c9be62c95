"""Publication under fire: killed at random moments, with a full disk, cut off, altered, and read all the while.

    python benchmarks/publications.py [--kills 200] [--others 20] [--publications 50] [--disk FOLDER]

FOLDER is a small empty file system, to be filled up: mount -t tmpfs -o size=100m tmpfs FOLDER. Needs nginx; rsync and
faketime for two of the faults, and an ordinary account: permissions mean nothing to root.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("tests", "plugins")]

from crawler import crawled  # noqa: E402
from faults import FAULTS, missing, recovers  # noqa: E402
from place import Place  # noqa: E402

from helpers import nginx  # noqa: E402
from rectify.release.ready import Settings, ready_files  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--others", type=int, default=20)
    parser.add_argument("--publications", type=int, default=50)
    parser.add_argument("--disk", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), arguments.disk and arguments.disk / "live")
        duration = durations(place)
        print("\n| fault | times | whole afterwards | next run succeeds | outcomes |\n|---|---|---|---|---|")
        for name in FAULTS:
            print(under(name, place, arguments, duration), flush=True)
        with served(place) as base:
            answers = crawled(place, base, arguments.publications)
        print(f"\nread through nginx: {', '.join(f'{kind} {count}' for kind, count in answers.items())}")


def durations(place: Place) -> float:
    """Print how long publications take; return the seconds of one after one edit."""

    def timed(status: int) -> float:
        began = time.monotonic()
        assert place.publish() == status
        return time.monotonic() - began

    first = timed(0)
    place.edit()
    edit, nothing = timed(0), timed(3)
    print(
        f"first {first:.2f} s, one edit {edit:.2f} s ({edit / first:.2f} x), nothing to do {nothing:.2f} s ({nothing / first:.2f} x)"
    )
    return edit


def under(name: str, place: Place, arguments: argparse.Namespace, duration: float) -> str:
    """Return the line of the table for one fault, tried as often as asked."""
    if reason := missing(name, place):
        return f"| {name} | NOT TRIED: {reason} | | | |"
    chance = random.Random(f"{arguments.seed} {name}")
    times = arguments.kills if name == "SIGKILL" else arguments.others
    outcomes: Counter = Counter()
    whole = recovered = 0
    for _ in range(times):
        outcomes.update(FAULTS[name](place, chance, duration))
        whole += place.whole()
        recovered += recovers(place)
    return f"| {name} | {times} | {whole} | {recovered} | {', '.join(f'{outcome}: {count}' for outcome, count in sorted(outcomes.items()))} |"


@contextmanager
def served(place: Place) -> Iterator[str]:
    """Serve what is live with the shipped configuration of nginx; gives the address."""
    port = nginx.free_port()
    text = ready_files(["nginx"], Settings(place.live.as_posix(), place.site.as_posix(), port=port))[
        "nginx/rectify.conf"
    ]
    with nginx.running(text, place.folder / "nginx", port):
        yield f"http://127.0.0.1:{port}"


if __name__ == "__main__":
    main()
