"""Signatures of manifests, made and checked by OpenSSH (`ssh-keygen -Y`)."""

from __future__ import annotations

from pathlib import Path

from rectify.sources.program import run

NAMESPACE = "rectify"


def sign(file: Path, key: Path) -> None:
    """Write `FILE.sig`; raises ProgramError where the key or ssh-keygen cannot be used."""
    run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)])


def check(file: Path, signature: Path, signers: Path) -> None:
    """Check a signature against a file of allowed signers, whatever names it lists them under.

    Raises FileNotFoundError where there is no signature, ProgramError where it is not right, OSError.
    """
    signature.stat()
    found = run(["ssh-keygen", "-Y", "find-principals", "-s", str(signature), "-f", str(signers)])
    # A line may list several names; any of them stands for its key.
    name = found.partition("\n")[0].partition(",")[0]
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", name, "-n", NAMESPACE, "-s", str(signature)]
    run(command, given=file.read_bytes())
