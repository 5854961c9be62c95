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

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = "3.11"

HEAD = """\
# {about}
#
# Made by tools/lock.py from pyproject.toml; not edited by hand. pip runs with --no-deps and --require-hashes: nothing is
# added at install time, and a file that is not the one meant is refused. Where a package has to be built because there
# is no wheel for the system, add the hash of the wheel that was built: python -m pip hash FILE. `rectify bundle` does so.
"""
ABOUT = {
    "site": "What the site is built with.",
    "test": 'What the project is worked on with: all of locks/site.txt and the extra "test" of pyproject.toml.',
}


def main(arguments: list[str]) -> int:
    """Write both locks; 1 when uv refuses, with its own words on stderr."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "asked.in")
        # The project is built without a download of its own, so what builds it is locked as well.
        asked.write_text("\n".join(project["build-system"]["requires"]) + "\n", encoding="utf-8")
        # Both from one resolution: the site's versions are those that the tests ran with.
        test = compiled(asked, Path(folder, "test.txt"), ROOT / "locks" / "test.txt", ["--extra", "test", *arguments])
        site = compiled(asked, Path(folder, "site.txt"), test, []) if test else None
        if not test or not site:
            return 1
        for name, made in (("site", site), ("test", test)):
            body = re.sub(r" ;[^\\\n]*(?= \\\n)", "", made.read_text(encoding="utf-8"))
            lock = ROOT / "locks" / f"{name}.txt"
            lock.write_text(HEAD.format(about=ABOUT[name]) + body, encoding="utf-8", newline="\n")
    return 0


def compiled(asked: Path, out: Path, kept: Path, arguments: list[str]) -> Path | None:
    """Resolve into `out`, starting from the versions of the lock `kept`; None when uv fails."""
    out.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST]
    # One version for every Python, and never two lines of a package.
    command += ["--fork-strategy", "fewest", "--generate-hashes", "--no-annotate", "--no-header"]
    done = subprocess.run([*command, *arguments, "--output-file", out, asked, ROOT / "pyproject.toml"], check=False)
    return None if done.returncode else out


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
