"""A portal over many published sites: what it costs to collect, build and search it.

    python benchmarks/portal.py WORK [--sites 100] [--problems 1000] [--different 4]

WORK is a folder; the sites that an earlier run published there are used again. A few sites are generated and published by `rectify publish`; the others are these with other names of
units. All of them stand behind a web server on this machine, one of them then altered, one gone, one back at an older release.
The search is timed in a browser where one is there (RECTIFY_CHROMIUM names another one).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RECTIFY = [sys.executable, "-m", "rectify"]
QUERIES = ("档案", "食堂采购", "公务用车", "村级 合同")
NEEDED = ("release.json", "data/disclosures.json")


def published(number: int, problems: int, work: Path) -> Path:
    """Return a release of a generated site."""
    folder = work / f"base-{number}"
    if (folder / "live" / "current").exists():  # of an earlier run
        return (folder / "live" / "current").resolve()
    corpus = [sys.executable, ROOT / "benchmarks/corpus.py", str(problems), folder, "--seed", str(number)]
    subprocess.run(corpus, check=True)
    begun = work / "begun"
    if not begun.exists():
        subprocess.run([*RECTIFY, "init", begun, "--name", "测试县整改公开"], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(begun / "mkdocs.yml", folder)
    for page in ("index.md", "about.md", "methodology.md"):
        shutil.copy(begun / "content" / page, folder / "content" / page)
    subprocess.run([*RECTIFY, "publish", "--to", "live"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return (folder / "live" / "current").resolve()


def varied(release: Path, place: Path, number: int) -> None:
    """Write what a portal asks a site for, of a site like another whose units have other names."""
    manifest = json.loads((release / "manifest.json").read_bytes())
    for path in [path for path in manifest if path in NEEDED or path.startswith("data/disclosures/")]:
        tree = json.loads((release / path).read_bytes())
        if "problems" in tree:
            tree["unit"] = f"第{number:03d}县{tree['unit'][-6:]}"
        write(place, path, tree, manifest)
    (place / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def write(place: Path, path: str, tree: Any, manifest: dict[str, str]) -> None:
    data = json.dumps(tree, ensure_ascii=False).encode()
    (place / path).parent.mkdir(parents=True, exist_ok=True)
    (place / path).write_bytes(data)
    manifest[path] = hashlib.sha256(data).hexdigest()


def renumbered(place: Path, number: int, status: str = "") -> None:
    """Make another release of a site, where asked with a problem less that is done."""
    manifest = json.loads((place / "manifest.json").read_bytes())
    record = json.loads((place / "release.json").read_bytes())
    write(place, "release.json", {**record, "id": f"{number:04d}-folder"}, manifest)
    if status:
        path = next(path for path in manifest if path.startswith("data/disclosures/"))
        tree = json.loads((place / path).read_bytes())
        tree["problems"][0]["category"] = status
        write(place, path, tree, manifest)
    (place / "manifest.json").write_text(json.dumps(manifest), "utf-8")


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass


def serve(folder: Path) -> tuple[ThreadingHTTPServer, str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


def measured(command: list[Any], folder: Path) -> dict[str, Any]:
    """Run a command; return seconds of wall clock and processor, and megabytes of memory of its largest process."""
    # In a process of its own, whose children are those of the command alone.
    program = (
        "import json, resource, subprocess, sys, time; began = time.perf_counter();"
        "run = subprocess.run(sys.argv[1:], capture_output=True, text=True); wall = time.perf_counter() - began;"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(json.dumps([run.returncode, run.stdout + run.stderr, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))"
    )
    out = subprocess.run(
        [sys.executable, "-c", program, *map(str, command)], cwd=folder, check=True, capture_output=True, text=True
    )
    code, said, wall, cpu, memory = json.loads(out.stdout)
    return {"exit": code, "said": said, "wall": wall, "cpu": cpu, "memory": memory}


def searched(site: Path) -> list[dict[str, Any]]:
    """Return for each query what it took until the first result stood there, on a desktop and on a slow phone."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    browser = os.environ.get("RECTIFY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        return []
    server, base = serve(site)
    told = []
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=browser)
        for name, slow in (("desktop", False), ("phone", True)):
            for query in QUERIES:
                context = running.new_context()
                page = context.new_page()
                sizes: list[int] = []
                requests: list[str] = []
                page.on("request", lambda request, urls=requests: urls.append(request.url))
                page.on(
                    "response", lambda response, own=sizes: own.append(int(response.headers.get("content-length", 0)))
                )
                if slow:
                    session = context.new_cdp_session(page)
                    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
                    rate = 1_600_000 / 8
                    session.send(
                        "Network.emulateNetworkConditions",
                        {"offline": False, "latency": 150, "downloadThroughput": rate, "uploadThroughput": rate},
                    )
                page.goto(f"{base}search/", wait_until="networkidle")
                before = len(requests), sum(sizes)
                began = time.perf_counter()
                page.fill("#search-page-q", query)
                page.press("#search-page-q", "Enter")
                page.wait_for_selector(".search-hits li, [data-search-count]:not(:empty)")
                seconds = time.perf_counter() - began
                page.wait_for_load_state("networkidle")
                found = page.text_content("[data-search-count]")
                told.append(
                    {
                        "on": name,
                        "query": query,
                        "seconds": seconds,
                        "found": found,
                        "requests": len(requests) - before[0],
                        "kilobytes": (sum(sizes) - before[1]) / 1000,
                        "others": sum(not url.startswith(base) for url in requests),
                    }
                )
                context.close()
        running.close()
    server.shutdown()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--problems", type=int, default=1000)
    parser.add_argument("--different", type=int, default=4)
    options = parser.parse_args()
    work: Path = options.work.absolute()
    for name in ("sites", "portal", "live"):
        shutil.rmtree(work / name, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    releases = [published(number, options.problems, work) for number in range(1, options.different + 1)]
    sites = work / "sites"
    keys = [f"s{number:03d}" for number in range(1, options.sites + 1)]
    for number, key in enumerate(keys, start=1):
        varied(releases[number % len(releases)], sites / key, number)
        renumbered(sites / key, 5)
    server, base = serve(sites)
    subprocess.run([*RECTIFY, "portal", "--init", work / "portal"], check=True, stdout=subprocess.DEVNULL)
    listed = [
        f'[[site]]\nkey = "{key}"\nname = "{key}县整改公开"\nunit = "{key}县"\naddress = "{base}{key}/"\n'
        for key in keys
    ]
    (work / "portal" / "portal.toml").write_text("stale_after = 3660\n" + "\n".join(listed), "utf-8")
    cities = [f'[[unit]]\nname = "第{n}市"\nparent = "全省"\n' for n in range(1, 11)]
    units = [f'[[unit]]\nname = "{key}县"\nparent = "第{n % 10 + 1}市"\n' for n, key in enumerate(keys)]
    (work / "portal" / "units.toml").write_text('[[unit]]\nname = "全省"\n' + "\n".join([*cities, *units]), "utf-8")
    command = [*RECTIFY, "portal", "--to", work / "live", "-f", work / "portal" / "mkdocs.yml"]

    def altered() -> None:
        (sites / keys[0] / "data/disclosures.json").write_bytes(b"{}")
        shutil.rmtree(sites / keys[1])
        renumbered(sites / keys[2], 4)

    steps: list[tuple[str, Callable[[], None]]] = [
        ("all sites for the first time", lambda: None),
        ("nothing changed", lambda: None),
        ("one site published anew", lambda: renumbered(sites / keys[3], 6, "换了一类")),
        ("one altered, one gone, one older", altered),
    ]
    print(f"{options.sites} sites of {options.problems} problems, {os.cpu_count()} processors\n")
    print("| run | exit | wall s | CPU s | memory MB |\n|---|---|---|---|---|")
    for name, change in steps:
        change()
        told = measured(command, work)
        print(
            f"| {name} | {told['exit']} | {told['wall']:.1f} | {told['cpu']:.1f} | {told['memory']:.0f} |", flush=True
        )
        if told["exit"]:
            sys.exit(told["said"])
    print(f"\n{told['said']}")
    server.shutdown()
    live = (work / "live" / "current").resolve()
    files = [path for path in live.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    index = sum(path.stat().st_size for path in files if "search/index" in path.as_posix())
    print(f"output: {len(files)} files, {size / 1e6:.0f} MB, of which search {index / 1e6:.0f} MB\n")
    print("| on | query | found | first result s | requests | KB | to other hosts |\n|---|---|---|---|---|---|---|")
    for one in searched(live):
        print(
            f"| {one['on']} | {one['query']} | {one['found']} | {one['seconds']:.2f} | {one['requests']} | "
            f"{one['kilobytes']:.0f} | {one['others']} |"
        )


if __name__ == "__main__":
    main()
