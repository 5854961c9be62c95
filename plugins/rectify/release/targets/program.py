"""Running the programs that bring a release somewhere else."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

SECONDS = 3600
"""How long one program may take."""
_LAST_LINES = 5


class DeliveryError(Exception):
    """The release did not get there; the text says why, in the program's words."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, given: bytes = b"") -> str:
    """Return what a program prints; raises DeliveryError. Nobody is asked for a password."""
    variables = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", **(environment or {})}
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=variables, timeout=SECONDS, check=False)
    except FileNotFoundError:
        raise DeliveryError(f"{command[0]}: not found") from None
    except subprocess.TimeoutExpired:
        raise DeliveryError(f"{command[0]}: {SECONDS} s") from None
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().splitlines()[-_LAST_LINES:]
        raise DeliveryError("\n".join(said) or f"{command[0]}: {done.returncode}")
    return os.fsdecode(done.stdout).strip()
