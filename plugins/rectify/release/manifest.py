"""The manifest of a release: the SHA-256 of every file, by which anyone can see that nothing was added, lost or altered."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from rectify.core.finding import Finding, found
from rectify.core.plain_json import read_json
from rectify.core.site_map import at
from rectify.sources.safe_files import open_file, read_file

NAME = at("manifest")
SIGNATURE = at("signature")
_UNLISTED = {NAME, SIGNATURE}
_CHUNK = 1 << 20


def files_of(folder: Path, prefix: str = "") -> Iterator[str]:
    """Yield every file below a folder but the manifest itself, sorted, as paths with slashes. Links are files too."""
    for entry in sorted(os.scandir(folder / prefix), key=lambda entry: entry.name):
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from files_of(folder, f"{path}/")
        elif path not in _UNLISTED:
            yield path


def checksum_of(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; raises OSError for what is none."""
    sha256 = hashlib.sha256()
    with open_file(file) as stream:
        while chunk := stream.read(_CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()


def manifest_of(folder: Path) -> dict[str, str]:
    """Return the checksum of every file by path."""
    return {path: checksum_of(folder / path) for path in files_of(folder)}


def as_bytes(manifest: Mapping[str, str]) -> bytes:
    """Return a manifest as the file that holds it."""
    return (json.dumps(dict(sorted(manifest.items())), ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, str]:
    """Return a release's manifest; raises OSError, or ValueError where it is none."""
    return parse_manifest(read_file(folder / NAME))


def parse_manifest(data: bytes) -> dict[str, str]:
    """Return a manifest from its bytes; raises ValueError where they are none."""
    manifest = read_json(data)
    if not isinstance(manifest, dict) or not all(isinstance(value, str) for value in manifest.values()):
        raise ValueError(NAME)
    return manifest


def differences(folder: Path, manifest: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what a folder lacks, holds altered, or holds besides what its manifest lists."""
    present = set(files_of(folder))
    for path in sorted(manifest.keys() - present):
        yield found("R001", path)
    for path in sorted(present - manifest.keys()):
        yield found("R003", path)
    for path in sorted(present & manifest.keys()):
        if (folder / path).is_symlink() or checksum_of(folder / path) != manifest[path]:
            yield found("R002", path)
