"""Which two publications a digest compares, and what it needs of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rectify.core.site_map import at
from rectify.outputs.change_texts import read_day
from rectify.outputs.digest import Publication
from rectify.release.folder import NOTICE, Release, ReleaseFolder


class NoRelease(Exception):
    """There is no such release; the text is what was asked for, empty where nothing has been published."""


def publications(target: ReleaseFolder, since: str = "") -> tuple[Publication | None, Publication]:
    """Return the release to compare with and the live one, or the last before a notice that stands in its place.

    `since` is a release's id or its number, or a date: then the last release of that day or before. Without it, the release
    before the live one; None where there is none. Raises NoRelease, or ValueError where a release cannot be read.
    """
    kept = [release for release in target.releases() if not release.record.get(NOTICE)]
    site = target.last_site()
    now = next((release for release in kept if release.folder.resolve() == site), None)
    if now is None:
        raise NoRelease
    earlier = kept[: kept.index(now)]
    before = _chosen(kept, earlier, since) if since else (earlier[-1] if earlier else None)
    return (_read(before) if before else None), _read(now)


def _chosen(kept: list[Release], earlier: list[Release], since: str) -> Release:
    day = read_day(since) if len(since) == len("2024-10-18") else None
    if day:
        found = next((release for release in reversed(earlier) if (its := day_of(release)) and its <= day), None)
    else:
        number = int(since) if since.isdecimal() else None
        found = next((one for one in kept if one.id == since or int(one.id.partition("-")[0]) == number), None)
    if found is None:
        raise NoRelease(since)
    return found


def day_of(release: Release) -> date | None:
    """Return the day of a release: that of its commit, without one the declared date."""
    return read_day(release.record.get("committed")) or read_day(release.record.get("declared"))


def _read(release: Release) -> Publication:
    try:
        problems = _data(release.folder / at("problem_data", ending="json"), "problems")
        disclosures = _data(release.folder / at("disclosure_data"), "disclosures")
        units = {one["id"]: one["unit"] for one in disclosures}
        if not all({"ref", "title", "status"} <= one.keys() for one in problems):
            raise ValueError("problems.json")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{release.folder}: {error}") from None
    return Publication(release.id, problems, units, disclosures)


def _data(file: Path, name: str) -> list[dict[str, Any]]:
    return json.loads(file.read_bytes())[name]
