"""LibreOffice as a second reader of the office files we make."""

import os
import subprocess
from pathlib import Path

import pytest

from helpers import office

SOFFICE = None if os.environ.get("RECTIFY_NO_OFFICE") else office.find()
needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="office: no LibreOffice; what other programs make of our files goes untested"
)


def converted(file: Path, kind: str, folder: Path) -> Path:
    """Return the file as LibreOffice saves it, below `folder`; `kind` is pdf, or xlsx and the name of its filter."""
    out = folder / "converted"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(out), str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180, check=False)
    made = out / f"{file.stem}.{kind.partition(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made
