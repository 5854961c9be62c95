"""Publication under fire: killed at random moments, with a full disk, cut off, altered, and read all the while."""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECTIFY = [sys.executable, "-m", "rectify"]


class Place:
    """A site in a repository, and the folder that it is published to."""

    def __init__(self, folder: Path):
        self.site, self.live = folder / "site", folder / "live"
        self.edits = 0
        for name in ("content", "theme"):
            shutil.copytree(ROOT / name, self.site / name)
        shutil.copy(ROOT / "mkdocs.yml", self.site)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@qingchuan.example", *arguments], cwd=self.site, check=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def edit(self) -> None:
        """Change one text and commit."""
        self.edits += 1
        problem = sorted(self.site.glob("content/reports/*/[0-9]*.md"))[self.edits % 50]
        with problem.open("a", encoding="utf-8") as out:
            out.write(f"\n第{self.edits}次复核，情况属实。\n")
        self.commit()

    def start(self, **options) -> subprocess.Popen:
        command = [*RECTIFY, "publish", "--to", str(self.live), "--repo", str(self.site), "--keep", "3"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **options)

    def publish(self, **options) -> int:
        return self.start(**options).wait()

    @property
    def current(self) -> Path:
        return (self.live / "current").resolve()

    def whole(self) -> bool:
        return subprocess.run([*RECTIFY, "verify", str(self.live / "current")], capture_output=True).returncode == 0


def killed(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Kill a publication with everything it started, at a moment of its usual duration."""
    before = place.current
    place.edit()
    run = place.start()
    time.sleep(chance.uniform(0, 1.6 * duration))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    yield "old" if place.current == before else "new"


def full_disk(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Let no file grow beyond a size, which fails as a full disk does, with an error at writing."""
    before = place.current
    place.edit()
    size = chance.choice([1, 100, 1_000, 10_000, 100_000])
    status = place.publish(preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size)))
    yield f"exit {status}, {'old' if place.current == before else 'new'}"


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


def changed_meanwhile(place: Place, chance: random.Random, duration: float) -> Iterator[str]:
    """Commit while a publication runs."""
    place.edit()
    run = place.start()
    time.sleep(chance.uniform(0, duration))
    place.edit()
    yield f"exit {run.wait()}"


FAULTS: dict[str, Callable[[Place, random.Random, float], Iterator[str]]] = {
    "SIGKILL": killed, "full disk": full_disk, "corrupt cache": corrupt_cache, "two at once": two_at_once, "commit meanwhile": changed_meanwhile,
}  # fmt: skip


def crawled(place: Place, publications: int) -> Counter:
    """Read pages without a pause during so many publications; return how many answers there were of each kind."""
    answers: Counter = Counter()
    stop = threading.Event()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(place.live))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/current"

        def read() -> None:
            paths = ["index.html", "data/problems.json", "search/index/index.json", "reports/2023-minzhengju/01/index.html"]
            while not stop.is_set():
                for path in paths:
                    try:
                        with urllib.request.urlopen(f"{base}/{path}", timeout=20) as answer:
                            body = answer.read()
                        ended = body.rstrip().endswith(b"</html>" if path.endswith(".html") else (b"}", b"]"))
                        answers["whole" if ended and answer.status == 200 else "cut off"] += 1
                    except (OSError, urllib.error.URLError) as error:
                        answers[f"error: {error}"] += 1

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for _ in range(publications):
            place.edit()
            place.publish()
        stop.set()
        for reader in readers:
            reader.join()
        server.shutdown()
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--others", type=int, default=10)
    parser.add_argument("--publications", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        began = time.monotonic()
        assert place.publish() == 0
        first = time.monotonic() - began
        place.edit()
        began = time.monotonic()
        assert place.publish() == 0
        duration = time.monotonic() - began
        began = time.monotonic()
        assert place.publish() == 3
        nothing = time.monotonic() - began
        print(f"first {first:.2f} s, one edit {duration:.2f} s ({duration / first:.2f} x), nothing to do {nothing:.2f} s ({nothing / first:.2f} x)")
        print("\n| fault | times | whole afterwards | outcomes |\n|---|---|---|---|")
        for name, fault in FAULTS.items():
            times = arguments.kills if name == "SIGKILL" else arguments.others
            outcomes: Counter = Counter()
            whole = 0
            for _ in range(times):
                outcomes.update(fault(place, chance, duration))
                whole += place.whole()
            print(f"| {name} | {times} | {whole} | {', '.join(f'{outcome}: {count}' for outcome, count in sorted(outcomes.items()))} |", flush=True)
        assert place.publish() in (0, 3)
        answers = crawled(place, arguments.publications)
        print(f"\nread during {arguments.publications} publications: {', '.join(f'{kind} {count}' for kind, count in answers.items())}")


if __name__ == "__main__":
    main()
