"""Parts of a text, as pairs of where they begin and end."""

from __future__ import annotations

from collections.abc import Iterable


def apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, without those that begin inside the one before."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return in order the parts that the spans cover together, none overlapping the next."""
    parts: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if parts and start < parts[-1][1]:
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((start, end))
    return parts
