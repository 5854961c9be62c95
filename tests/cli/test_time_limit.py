"""A build or check that outlives its limit ends, with all that it started; the site stays as it was."""

import os
import sys
import time
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE, changed
from rectify.cli import time_limit

HOOK = """import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open({pids!r}, "w").write(f"{{__import__('os').getpid()}} {{child.pid}}")
time.sleep(600)
"""
ONE = "reports/2024-a/01.md"


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text("utf-8").split()[2] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are asked for as POSIX does it")
def test_a_build_that_never_ends_is_ended_and_the_site_stays(make_site):
    site = make_site(DISCLOSURE)
    site.rectify("build").ok()
    before = {path: (site.output / path).read_bytes() for path in site.files()}
    pids = site.root / "pids"
    (site.root / "hook.py").write_text(HOOK.format(pids=str(pids)), "utf-8")
    with open(site.root / "mkdocs.yml", "a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    site.write(ONE, changed(ONE, ("班组长", "值班长"))[ONE])
    done = site.rectify("build", "--time-limit", "6")
    assert done.exit == 1 and "6 秒还没有结束，已经停止" in done.out and "Traceback" not in done.out
    assert {path: (site.output / path).read_bytes() for path in site.files()} == before
    end = time.monotonic() + 10
    while any(map(is_running, map(int, pids.read_text().split()))) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(map(is_running, map(int, pids.read_text().split())))


def test_a_check_that_takes_too_long_is_ended(make_site):
    long = "巡检记录改为统一格式，班组长逐日核对。\n\n" * 10_000
    copies = {
        path.replace("2024-a", f"2024-{number}"): text + long * path.endswith(("01.md", "02.md"))
        for number in range(12)
        for path, text in DISCLOSURE.items()
    }
    site = make_site(copies)
    done = site.rectify("check", "--time-limit", "1")
    assert done.exit == 1 and done.out.count("\n") <= 2 and "1 秒还没有结束，已经停止" in done.out
    assert time_limit.SECONDS >= 3600, "what is usual never comes near it"
