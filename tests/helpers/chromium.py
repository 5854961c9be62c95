"""Where Chromium is, and how a machine without one gets it.

Standard library only: run.py calls this before any test package need be importable.
"""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from helpers import debian
from helpers.debian import Pick, Step

OWN = Path(__file__).resolve().parents[2] / ".cache" / "run" / "chromium"
"""Text file with the path of the Chromium that Playwright's installer fetched."""

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find() -> str | None:
    """A Chromium that is already here. RECTIFY_CHROMIUM, where set, is the only one considered."""
    if given := os.environ.get("RECTIFY_CHROMIUM"):
        return starts(given)
    places = list(NAMES)
    for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        if folder := os.environ.get(variable):
            places.append(os.path.join(folder, "Google", "Chrome", "Application", "chrome.exe"))
    with contextlib.suppress(OSError):
        places.append(OWN.read_text(encoding="utf-8"))
    return next(filter(None, map(starts, places)), None)


def starts(command: str) -> str | None:
    """The path of a browser that really runs: Ubuntu's wrapper without its snap, for one, does not."""
    found = shutil.which(command)
    if not found or os.name == "nt":  # on Windows a browser answers --version by opening a window
        return found
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run([found, "--version"], check=True, capture_output=True, timeout=30)
        return found
    return None


def get(python: Path, step: Step, pick: Pick) -> tuple[str | None, str]:
    """(path, "") of a Chromium found or installed, or (None, why there is none)."""
    if reason := os.environ.get("RECTIFY_NO_BROWSER"):
        return None, reason
    if found := find():
        return found, ""
    if given := os.environ.get("RECTIFY_CHROMIUM"):
        return None, pick("RECTIFY_CHROMIUM 所指的浏览器无法启动：", "RECTIFY_CHROMIUM does not start: ") + given
    tried = []
    for install in (from_debian, from_playwright):
        tried.append(install(python, step, pick))
        if found := find():
            return found, ""
    return None, pick("没有可用的 Chromium（", "no Chromium to use (") + "; ".join(tried) + pick("）", ")")


def from_debian(_: Path, step: Step, pick: Pick) -> str:
    # Without a Chinese font the tests would measure rows of empty boxes.
    return debian.install(["chromium", "fonts-noto-cjk"], step, pick)


def from_playwright(python: Path, step: Step, pick: Pick) -> str:
    print(
        pick(
            "用 Playwright 的安装程序下载 Chromium（约 1 到 3 分钟）…",
            "downloading Chromium with Playwright's installer (1 to 3 minutes) …",
        ),
        flush=True,
    )
    succeeded, output = step([str(python), "-m", "playwright", "install", "chromium"], limit=900)
    if succeeded:
        succeeded, output = step([str(python), "-c", ASK_PLAYWRIGHT], limit=60)
    if succeeded:
        OWN.write_text(output.strip(), encoding="utf-8")
    return f"playwright install: {debian.telling_line(output)}"
