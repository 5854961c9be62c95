"""How the last run of a publication ended, in a file beside the releases, which no web server serves."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from rectify.core.plain_json import read_json
from rectify.sources.clock import now
from rectify.sources.safe_files import replace_file

NAME = "last-run.json"
RUNNING = "running"
"""The outcome of a run that has not ended: where no lock is held, it was cut off."""
TRUSTED = "trusted_repository"
"""Whether the run used what a repository told it to run."""


def note_begin(root: Path) -> None:
    """Leave word that a run is on its way."""
    _write(root, {"outcome": RUNNING, "began": _now()})


def note_end(root: Path, result: dict[str, Any]) -> None:
    """Leave the result of the run."""
    _write(root, {**result, "began": read(root).get("began", ""), "ended": _now()})


def read(root: Path) -> dict[str, Any]:
    """Return the report of the last run, empty where there is none."""
    with contextlib.suppress(OSError, ValueError):
        data = read_json((root / NAME).read_bytes())
        return data if isinstance(data, dict) else {}
    return {}


def _write(root: Path, data: dict[str, Any]) -> None:
    # A report that cannot be written is no reason to fail: the run says the same itself.
    with contextlib.suppress(OSError):
        replace_file(
            root / NAME, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
        )


def _now() -> str:
    return now().strftime("%Y-%m-%dT%H:%M:%S%z")
