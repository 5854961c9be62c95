"""Folders compared by the bytes of their files."""

from pathlib import Path


def snapshot(folder: Path) -> dict[str, bytes]:
    """The files below a folder: by path, what is in each."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two snapshots differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
