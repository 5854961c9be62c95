"""The locks: exact versions of everything that run.py installs, each with the SHA-256 of all its files.

    .venv/bin/python -m pip install uv
    .venv/bin/python tools/lock.py                       what pyproject.toml newly asks for; all other lines stay
    .venv/bin/python tools/lock.py --upgrade             the newest versions within its ranges
    .venv/bin/python tools/lock.py --upgrade-package lxml

Any argument goes to `uv pip compile`, which asks the package index that it is configured with; no lock names one. The
same files serve Linux, macOS and Windows, Python 3.11 and later, so a package needed on one of them only has its line
without a condition: `pip download` for another system would judge the condition by this one.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OLDEST = "3.11"
EXTRAS = ["--extra", "material", "--extra", "desk"]
HOSTS = ("mkdocs", "mkdocs-material", "properdocs", "markdown", "click")
"""What the tests build with a second time, at the oldest version that the ranges allow."""

HEAD = """\
# {about}
#
# Made by tools/lock.py from pyproject.toml; not edited by hand. pip runs with --no-deps and --require-hashes: nothing is
# added at install time, and a file that is not the one meant is refused. Where a package has to be built because there
# is no wheel for the system, add the hash of the wheel that was built: python -m pip hash FILE. `rectify bundle` does so.
"""
ABOUT = {
    "site": 'What the site is built with, and the extras "material" and "desk" of pyproject.toml.',
    "test": 'What the project is worked on with: all of locks/site.txt and the extra "test" of pyproject.toml.',
    "oldest": "The oldest versions of what a site is built by that pyproject.toml allows; run.py puts them into .venv/oldest.",
}


def main(arguments: list[str]) -> int:
    """Write the locks; 1 when uv refuses, with its own words on stderr."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "asked.in")
        # The project is built without a download of its own, so what builds it is locked as well.
        asked.write_text("\n".join(project["build-system"]["requires"]) + "\n", encoding="utf-8")
        # Both from one resolution: the site's versions are those that the tests ran with.
        test = compiled(
            asked, Path(folder, "test.txt"), ROOT / "locks" / "test.txt", [*EXTRAS, "--extra", "test", *arguments]
        )
        site = compiled(asked, Path(folder, "site.txt"), test, EXTRAS) if test else None
        hosts = Path(folder, "hosts.in")
        hosts.write_text("\n".join(ranges(project["project"])) + "\n", encoding="utf-8")
        lowest = ["--no-deps", "--resolution", "lowest-direct"]
        oldest = resolved([hosts], Path(folder, "oldest.txt"), lowest)
        if not test or not site or not oldest:
            return 1
        for name, made in (("site", site), ("test", test), ("oldest", oldest)):
            body = re.sub(r" ;[^\\\n]*(?= \\\n)", "", made.read_text(encoding="utf-8"))
            lock = ROOT / "locks" / f"{name}.txt"
            lock.write_text(HEAD.format(about=ABOUT[name]) + body, encoding="utf-8", newline="\n")
    return 0


def compiled(asked: Path, out: Path, kept: Path, arguments: list[str]) -> Path | None:
    """Resolve into `out`, starting from the versions of the lock `kept`; None when uv fails."""
    out.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
    return resolved([asked, ROOT / "pyproject.toml"], out, arguments)


def ranges(project: dict[str, Any]) -> list[str]:
    """Return what pyproject.toml says of the hosts."""
    every = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    return [one for one in every if re.match(r"[\w-]+", one)[0] in HOSTS]


def resolved(sources: list[Path], out: Path, arguments: list[str]) -> Path | None:
    """Resolve what these files ask for into `out`; None when uv fails."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST]
    # One version for every Python, and never two lines of a package.
    command += ["--fork-strategy", "fewest", "--generate-hashes", "--no-annotate", "--no-header"]
    done = subprocess.run([*command, *arguments, "--output-file", out, *sources], check=False)
    return None if done.returncode else out


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
