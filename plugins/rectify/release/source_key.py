"""What the outcome of a run depends on, in short."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from rectify.core.site_map import REPORTS
from rectify.release.plan import Plan
from rectify.release.source import Source
from rectify.sources.configuration import Configuration
from rectify.sources.content import survey
from rectify.sources.made_with import versions
from rectify.sources.store import code_version


def source_key(source: Source, plan: Plan, place: Path) -> str:
    """Return what the outcome of a run depends on, in short: unchanged key, unchanged site; `place` is where it is published."""
    site_of = plan.site
    parts: list[Any] = [code_version(), *versions(), os.environ.get("SOURCE_DATE_EPOCH", ""), plan.key]
    if source.commit and not source.commit.endswith("+"):
        parts.append(source.commit)
    else:
        parts += [survey(site_of.content).folders, sorted(_stamps(site_of, place))]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _stamps(site_of: Configuration, place: Path) -> list[tuple[str, int, int]]:
    """Return path, time and size of everything but report folders that a site is made of."""
    found = []
    apart = {os.path.realpath(folder) for folder in (site_of.site, site_of.content / REPORTS, place)}
    for parent, dirs, names in os.walk(site_of.root):
        dirs[:] = [d for d in dirs if not d.startswith(".") and os.path.realpath(os.path.join(parent, d)) not in apart]
        for name in names:
            status = os.stat(os.path.join(parent, name), follow_symlinks=False)
            found.append(
                (os.path.relpath(os.path.join(parent, name), site_of.root), status.st_mtime_ns, status.st_size)
            )
    return found
