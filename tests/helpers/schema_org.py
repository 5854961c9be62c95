"""The vocabulary of schema.org as Google types it, and how a machine with npm gets it: what pages tell programs is checked by a compiler.

Standard library only: run.py calls this before any test package need be importable.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from helpers.debian import Pick, Step, telling_line

PACKAGES = ("schema-dts@2.1.0", "typescript@7.0.2")
FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "run" / "schema-org"
"""Where npm puts them."""


def get(step: Step, pick: Pick) -> tuple[str | None, str]:
    """(folder of the packages, "") found or installed, or (None, why there is none)."""
    if reason := os.environ.get("RECTIFY_NO_SCHEMA_ORG"):
        return None, reason
    if not shutil.which("npm"):
        return None, pick("没有 npm", "npm is not here")
    tried = ""
    if not _is_there():
        _, output = step(["npm", "install", "--silent", "--prefix", str(FOLDER), *PACKAGES], limit=300)
        tried = telling_line(output)
    if _is_there():
        return str(FOLDER), ""
    return None, pick("npm 没有取到 schema-dts：", "npm did not bring schema-dts: ") + tried


def errors(told: Mapping[str, str], scratch: Path) -> list[str]:
    """Return what the compiler has against pieces of JSON-LD, by the pages that tell them; `scratch` is a folder to write into."""
    modules = Path(os.environ["RECTIFY_SCHEMA_ORG"]) / "node_modules"
    (scratch / "node_modules").symlink_to(modules, target_is_directory=True)
    for number, (page, data) in enumerate(told.items()):
        text = f'import type {{Thing, WithContext}} from "schema-dts";\n// {page}\nexport const told: WithContext<Thing> = {data};\n'
        (scratch / f"told{number}.ts").write_text(text, "utf-8")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", "--module", "esnext"]
    compiler = shutil.which("tsc", path=str(modules / ".bin")) or ""
    files = [f"told{number}.ts" for number in range(len(told))]
    done = subprocess.run(
        [compiler, *options, "--moduleResolution", "bundler", *files],
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = [line for line in done.stdout.splitlines() if "error TS" in line]
    return found if found or not done.returncode else [done.stdout + done.stderr]


def _is_there() -> bool:
    return all((FOLDER / "node_modules" / package.partition("@")[0]).is_dir() for package in PACKAGES)
