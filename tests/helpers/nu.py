"""Where the Nu Html Checker of the W3C is, and how a machine with Java and npm gets it.

Standard library only: run.py calls this before any test package need be importable.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from helpers.debian import Pick, Step, telling_line

VERSION = "26.9.27"
FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "run" / "nu"
"""Where npm puts it."""


def get(step: Step, pick: Pick) -> tuple[str | None, str]:
    """(path of the jar, "") of a checker found or installed, or (None, why there is none)."""
    if reason := os.environ.get("RECTIFY_NO_NU"):
        return None, reason
    if given := os.environ.get("RECTIFY_NU"):
        return given, ""
    if not (shutil.which("java") and shutil.which("npm")):
        return None, pick("没有 java 或者 npm", "java or npm is not here")
    tried = ""
    if not (found := _jar()):
        _, output = step(["npm", "install", "--silent", "--prefix", str(FOLDER), f"vnu-jar@{VERSION}"], limit=300)
        found, tried = _jar(), telling_line(output)
    return found, "" if found else pick("npm 没有取到 vnu-jar：", "npm did not bring vnu-jar: ") + tried


def errors(site: Path, pages: Iterable[str] = ()) -> set[str]:
    """Return what the checker has against some pages of a built site, without any against all of them, each with its page."""
    command = [
        "java",
        "-Xss4m",
        "-jar",
        os.environ["RECTIFY_NU"],
        "--format",
        "json",
        "--errors-only",
        "--skip-non-html",
    ]
    told = subprocess.run(
        [*command, *([str(site / page) for page in pages] or [str(site)])],
        capture_output=True,
        check=False,
        timeout=600,
    ).stderr
    return {f"{one['url'].rpartition('/site/')[2]}: {one['message']}" for one in json.loads(told)["messages"]}


def _jar() -> str | None:
    return next(map(str, FOLDER.glob("**/vnu.jar")), None)
