"""Where nginx is, how a machine without it gets it, and running it as an ordinary process.

Standard library only: run.py calls this before any test package need be importable.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers import debian
from helpers.debian import Pick, Step

SECONDS = 60
"""How long a start may take."""


def find() -> str | None:
    # Debian keeps it where ordinary accounts do not look.
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


def get(step: Step, pick: Pick) -> tuple[str | None, str]:
    """(path, "") of an nginx found or installed, or (None, why there is none)."""
    if reason := os.environ.get("RECTIFY_NO_NGINX"):
        return None, reason
    tried = ""
    # What else the tests of publication need comes along: rsync, and clocks that are wrong.
    if not (find() and shutil.which("rsync") and shutil.which("faketime")):
        tried = debian.install(["nginx-light", "rsync", "faketime"], step, pick)
    # By itself: an older release without Caddy still gets the others.
    if not shutil.which("caddy"):
        debian.install(["caddy"], step, pick)
    return find(), "" if find() else pick("没有可用的 nginx（", "no nginx to use (") + tried + pick("）", ")")


def free_port() -> int:
    """A port that is free on IPv4 now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def running(site: str, folder: Path, port: int, workers: int = 1) -> Iterator[Path]:
    """Run nginx with `site` as a file of its http level while the block runs; gives its error log.

    All that it writes is below `folder`, and it needs no rights.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "error.log"
    (folder / "site.conf").write_text(site, "utf-8")
    kinds = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As root it would give its workers another account, which cannot read a test's folder.
    account = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{account}daemon off;\nworker_processes {workers};\npid {folder}/pid;\nerror_log {log} warn;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kinds}include {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    command = [str(find()), "-p", str(folder), "-e", str(log), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        wait_for(process, port, log)
        yield log
    finally:
        process.terminate()
        process.wait(SECONDS)


def wait_for(process: subprocess.Popen, port: int, log: Path) -> None:
    """Return as soon as the server answers; an error with its log where it ends before or takes too long."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"no answer: {log.read_text('utf-8')}")
