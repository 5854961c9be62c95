"""A build as one of a publication: what came before it, by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rectify.core.changes import Change
from rectify.core.history import History, lines_of

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COUNTS = {"disclosures": 1, "total": 2, "done": 1, "open": 1, "unstated": 0}


def head(number: int) -> dict[str, object]:
    return {
        "release": f"{number:04d}-5f1d22c09a7b",
        "on": f"2024-10-{18 + number}",
        "commit": "5f1d22c09a7b" * 3 + "5f1d",
        "committed": "2024-10-19T09:30:00+08:00",
        "declared": "2024-09-30",
        "counts": COUNTS,
        "previous": HASH,
    }


def publications(folder: Path, *releases: Sequence[Change], previous: Path | None = None) -> dict[str, str]:
    """Write a history of publications with these changes; return the variables of a build of the next one."""
    history = History()
    for number, changes in enumerate(releases, start=1):
        history = history.with_lines(lines_of(head(number), changes), b"secret")
    (folder / "history.jsonl").write_bytes(history.data())
    coming = {name: value for name, value in head(len(releases) + 1).items() if name not in ("counts", "declared")}
    told = {"head": coming, "history": str(folder / "history.jsonl"), "previous": str(previous or "")}
    told["found"] = str(folder / "found.json")
    (folder / "publication.json").write_text(json.dumps(told), "utf-8")
    return {"RECTIFY_RELEASE": str(folder / "publication.json")}
