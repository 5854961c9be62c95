"""What a release says of itself: before it is built, in its record, and in the history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rectify.core.history import History, lines_of
from rectify.outputs.data import GENERATOR
from rectify.release import manifest as manifests
from rectify.release.chronicle import Found, secret
from rectify.release.folder import ReleaseFolder, manifest_hash, record_of
from rectify.release.source import Source
from rectify.sources.clock import declared_day
from rectify.sources.configuration import Configuration

FOLDER = "folder"
"""Stands for the commit in the name of a release that was made of no repository."""


def head_of(source: Source, target: ReleaseFolder, live: Path | None, site_of: Configuration) -> dict[str, Any]:
    """Return what is known of a release before it is built."""
    head = {
        "release": f"{target.next_number():04d}-{source.commit.rstrip('+')[:12] or FOLDER}",
        "on": (declared_day(site_of.timezone) or site_of.today()).isoformat(),
        "commit": source.commit,
        "committed": source.committed,
        "previous": manifest_hash(live) if live is not None and (live / manifests.NAME).is_file() else "",
    }
    return {name: value for name, value in head.items() if value}


def record_to_be(found: Found, live: Path | None) -> dict[str, Any]:
    """Return what a release says about itself; the same for the same commit, declared date, day and release before."""
    head, before = found.head, record_of(live) if live is not None else {}
    return {
        "id": head["release"],
        "published": head["on"],
        "commit": head.get("commit", ""),
        "committed": head.get("committed", ""),
        "declared": head["declared"],
        "counts": head["counts"],
        "uncompared": bool(head.get("uncompared")),
        "generator": GENERATOR,
        "previous": {"id": before.get("id", live.name), "manifest": head.get("previous", "")}
        if live is not None
        else None,
        "changes": [change.data() for change in found.changes],
    }


def continued(history: History, target: ReleaseFolder, found: Found) -> History:
    """Return the history with a release, and without the texts that are not public any more."""
    history = history.with_lines(lines_of(found.head, found.changes), secret(target))
    return history.without_texts(found.stale, found.head["on"], found.head["release"])
