"""What a problem costs on 1, 2 and 4 workers of a cluster on this machine, and what stays serial.

    python benchmarks/cluster.py [--problems 10000] [--workers 1,2,4]

Prints one Markdown table in CPU time, which is what can be compared where the processors are fewer than the workers: of the
build itself, which nothing shortens, and of all workers. Every build is compared with that of this machine byte by byte.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def children() -> float:
    """Return the CPU time of the processes that have ended and were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a process of Dask whose log is `name`."""
    with open(folder / name, "wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments, "--no-dashboard"], cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )


def said(log: Path, pattern: str) -> str:
    """Wait until a log says something, and return it."""
    while (match := re.search(pattern, log.read_text("utf-8", "replace"))) is None:
        time.sleep(0.2)
    return match[1]


def build(site: Path, *arguments: str) -> tuple[float, float]:
    """Build a site without caches; return its CPU and wall time."""
    for name in ("site", ".cache"):
        shutil.rmtree(site / name, ignore_errors=True)
    before, begun = children(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "rectify", "build", *arguments], cwd=site, check=True, stdout=subprocess.DEVNULL
    )
    return children() - before, time.perf_counter() - begun


def same(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same bytes."""
    files = [
        {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()} for folder in (one, other)
    ]
    return files[0].keys() == files[1].keys() and all(
        path.read_bytes() == files[1][name].read_bytes() for name, path in files[0].items()
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--problems", type=int, default=10_000)
    asked.add_argument("--workers", default="1,2,4")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        site = folder / "one"
        subprocess.run([sys.executable, ROOT / "benchmarks/corpus.py", str(options.problems), site], check=True)
        (site / "mkdocs.yml").write_text(
            f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: content\ntheme:\n  custom_dir: {ROOT / 'theme'}\nwatch: []\n"
        )
        cpu, wall = build(site)
        shutil.move(site / "site", folder / "alone")
        print(f"{options.problems} problems, {os.cpu_count()} processors\n")
        print("| workers | build, CPU s | workers, CPU s | CPU ms a problem | wall s | same bytes |")
        print("|---|---|---|---|---|---|")
        print(f"| none | {cpu:.1f} | | {1000 * cpu / options.problems:.2f} | {wall:.1f} | |", flush=True)
        for number in map(int, options.workers.split(",")):
            running = [
                start(folder, "scheduler", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
            ]
            address = said(folder / "scheduler", r"Scheduler at:\s+(tcp://\S+)")
            for worker in range(number):
                (folder / f"w{worker}").mkdir(exist_ok=True)
                arguments = (address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder / f"w{worker}"))
                running.append(start(folder, f"worker{worker}", "distributed.cli.dask_worker", *arguments))
                said(folder / f"worker{worker}", "(Registered to:)")
            cpu, wall = build(site, "--executor", address.replace("tcp", "dask", 1))
            before = children()
            for process in reversed(running):
                process.terminate()
                process.wait()
            theirs = children() - before
            cost = 1000 * (cpu + theirs) / options.problems
            is_same = "yes" if same(site / "site", folder / "alone") else "NO"
            print(f"| {number} | {cpu:.1f} | {theirs:.1f} | {cost:.2f} | {wall:.1f} | {is_same} |", flush=True)


if __name__ == "__main__":
    main()
