"""Programs that tests need and pip cannot bring, from the packages of Debian and its kin.

Standard library only: run.py calls this before any test package need be importable.
"""

import os
import shutil
from collections.abc import Callable

Step = Callable[..., tuple[bool, str]]
"""Runs a command with a `limit` in seconds; whether it succeeded, and what it printed."""

Pick = Callable[[str, str], str]
"""Chooses between the Chinese and the English wording."""


def install(packages: list[str], step: Step, pick: Pick) -> str:
    """Install packages where that is possible; what was tried and how it ended, in one line."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return pick("apt-get：没有，或当前用户不是 root", "apt-get: not here, or the user is not root")
    command = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "--no-install-recommends",
        *packages,
    ]
    print(
        pick(
            "为测试安装 {}（apt-get，约 1 到 3 分钟）…", "installing {} for the tests (apt-get, 1 to 3 minutes) …"
        ).format(" ".join(packages)),
        flush=True,
    )
    succeeded, output = step(command, limit=900)
    if not succeeded:  # most often a new machine that has no package lists yet
        step(["apt-get", "update"], limit=300)
        _, output = step(command, limit=900)
    return f"apt-get: {telling_line(output)}"


def telling_line(output: str) -> str:
    """The first error of an installer's output, or its last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return next((line for line in lines if line.startswith(("E: ", "Error: "))), lines[-1] if lines else "-")
