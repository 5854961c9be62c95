"""Requests a second from nginx with the shipped configuration, and from nginx as it comes. Prints a Markdown table.

    python benchmarks/serving.py SITE [--requests 20000] [--runs 3]

SITE is a built site. Needs nginx and ab (Debian: apache2-utils); loopback only.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins")]

from helpers import nginx  # noqa: E402
from rectify.release.policy import write_policy  # noqa: E402
from rectify.release.ready import Settings, ready_files  # noqa: E402

PLAIN = "include /etc/nginx/mime.types;\nserver {{ listen {port}; root {site}; }}\n"
PATHS = ("index.html", "data/problems.json", "assets/images/seal.svg")


def rate(port: int, path: str, requests: int) -> float:
    """Return requests a second over 16 kept connections. ab speaks HTTP/1.0, so nothing is compressed on the way."""
    command = ["ab", "-q", "-k", "-c", "16", "-n", str(requests), f"http://127.0.0.1:{port}/{path}"]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(said)
    return float(re.search(r"Requests per second:\s+([\d.]+)", said)[1])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("site", type=Path)
    options.add_argument("--requests", type=int, default=20000)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place, ExitStack() as servers:
        folder, ports = Path(place), {"shipped": nginx.free_port(), "plain": nginx.free_port()}
        os.symlink(given.site.absolute(), folder / "current")
        write_policy(folder, [given.site])
        texts = {
            "shipped": ready_files(["nginx"], Settings(str(folder), "/srv/content", port=ports["shipped"]))[
                "nginx/rectify.conf"
            ],
            "plain": PLAIN.format(port=ports["plain"], site=folder / "current"),
        }
        for name, port in ports.items():
            servers.enter_context(nginx.running(texts[name], folder / name, port))
        print("| file | shipped, requests/s | plain, requests/s | ratio |\n|---|---|---|---|")
        for path in PATHS:
            runs = [{name: rate(port, path, given.requests) for name, port in ports.items()} for _ in range(given.runs)]
            ours, plain = (statistics.median(run[name] for run in runs) for name in ports)
            ratio = statistics.median(run["shipped"] / run["plain"] for run in runs)
            print(f"| {path} | {ours:.0f} | {plain:.0f} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
