"""Signatures of manifests, made and checked by OpenSSH (`ssh-keygen -Y`)."""

from __future__ import annotations

from pathlib import Path

from rectify.sources.program import run

NAMESPACE = "rectify"
IDENTITY = "rectify"
"""The name under which the file of allowed signers lists the key."""


def sign(file: Path, key: Path) -> None:
    """Write `FILE.sig`; raises ProgramError where the key or ssh-keygen cannot be used."""
    run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)])


def check(file: Path, signature: Path, signers: Path) -> None:
    """Check a signature against a file of allowed signers; raises ProgramError where it is not right, OSError."""
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(signature)]
    run(command, given=file.read_bytes())
