"""A Dask scheduler and its workers on this machine, each with a folder of its own."""

import re
import subprocess
import sys
import time
from pathlib import Path

from distributed import Client

from helpers.site import plain_environment

_PATIENCE = 240
"""Seconds, by far more than a busy machine takes."""


class Cluster:
    """Processes of Dask; the address is what `--executor` takes."""

    def __init__(self, folder: Path):
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._running: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self._place = self._said("scheduler", r"Scheduler at:\s+(tcp://\S+)")
        self.address = self._place.replace("tcp", "dask", 1)

    def worker(self, name: str, packages: Path | None = None, *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker, which works with another copy of the packages where one is given; with a nanny it comes back."""
        place = str(self._folder / name)
        asked = [self._place, "--nthreads", "1", "--local-directory", place, "--no-dashboard"]
        process = self._start(name, "worker", *asked, "--nanny" if nanny else "--no-nanny", packages=packages)
        self._said(name, "(Registered to:)")
        return process

    def wait_for_work(self, name: str) -> None:
        """Return once a worker was asked for something."""
        self._said(name, "(Run out-of-band)")

    def done(self) -> set[str]:
        """The names of the functions that were asked of the workers."""
        with Client(self._place, set_as_default=False) as client:
            # Sent as it is: the scheduler knows nothing of this module.
            return set(client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.task_prefixes)))

    def close(self) -> None:
        for process in reversed(self._running):
            process.kill()
            process.wait()

    def _start(self, name: str, what: str, *arguments: str, packages: Path | None = None) -> subprocess.Popen[bytes]:
        place = self._folder / name
        place.mkdir()
        with open(place / "log", "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
                cwd=place,
                env=plain_environment({"PYTHONPATH": str(packages)} if packages else {}),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._running.append(process)
        return process

    def _said(self, name: str, pattern: str) -> str:
        log = self._folder / name / "log"
        end = time.monotonic() + _PATIENCE
        while (match := re.search(pattern, log.read_text("utf-8", "replace"))) is None:
            assert time.monotonic() < end, log.read_text("utf-8", "replace")
            time.sleep(0.1)
        return match[1]
