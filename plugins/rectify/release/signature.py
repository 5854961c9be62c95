"""Signatures of manifests, made and checked by OpenSSH (`ssh-keygen -Y`)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

NAMESPACE = "rectify"
IDENTITY = "rectify"
"""The name under which the file of allowed signers lists the key."""


def sign(file: Path, key: Path) -> None:
    """Write `FILE.sig`; raises OSError where the key or ssh-keygen cannot be used."""
    _run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)])


def check(file: Path, signature: Path, signers: Path) -> None:
    """Check a signature against a file of allowed signers; raises OSError where it is not right."""
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(signature)]
    _run(command, file.read_bytes())


def _run(command: list[str], given: bytes = b"") -> None:
    try:
        done = subprocess.run(command, input=given, capture_output=True)
    except FileNotFoundError:
        raise OSError("ssh-keygen: not found") from None
    if done.returncode:
        raise OSError(os.fsdecode(done.stderr or done.stdout).strip())
