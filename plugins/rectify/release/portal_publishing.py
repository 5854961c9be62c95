"""Publishing a portal: what was collected built into a site, and switched to in one step; what is live stays where it fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rectify.core.portal import TAKEN, State
from rectify.outputs.data import GENERATOR
from rectify.release import manifest as manifests
from rectify.release.building import ENVIRONMENT, MKDOCS
from rectify.release.folder import RECORD, ReleaseFolder, fill
from rectify.release.policy import write_policy
from rectify.sources.cache_folder import VARIABLE as CACHE
from rectify.sources.collection import VARIABLE, Collection
from rectify.sources.program import hand_over_for
from rectify.sources.safe_files import replace_file
from rectify.sources.store import code_version, fingerprint, key_of

PORTAL = "portal"
"""Key in the record of a release that is a portal."""
COLLECTED = ".sites"
"""Where what was collected lies, beside the releases: it is not there a second time."""


class NotBuilt(Exception):
    """The site of the portal was not built; MkDocs has said why."""


class Outcome(NamedTuple):
    release: str
    is_new: bool


def publish_portal(
    configuration: Path,
    content: Path,
    target: ReleaseFolder,
    states: Mapping[str, State],
    day: date,
    keep: int,
    seconds: float,
) -> Outcome:
    """Bring a portal up to date; returns which release is live. The caller holds the target's lock.

    Raises NotBuilt, TookTooLong, OSError.
    """
    target.sweep()
    key = _key(configuration, content, target, states)
    live = target.live()
    if live is not None and target.last() == [key, live.name]:
        return Outcome(live.name, False)
    work = target.work
    work.mkdir(parents=True, exist_ok=True)
    site = work / "site"
    environment = {
        **ENVIRONMENT,
        VARIABLE: str((target.root / COLLECTED).absolute()),
        CACHE: str((work / "cache").absolute()),
    }
    command = [*MKDOCS, "build", "-q", "-f", str(configuration), "-d", str(site.absolute())]
    if hand_over_for(command, environment, seconds):
        raise NotBuilt
    known = manifests.read_manifest(live) if live is not None and (live / manifests.NAME).is_file() else {}
    manifest = manifests.manifest_of(site)
    if live is not None and manifest == {path: checksum for path, checksum in known.items() if path != RECORD}:
        target.remember(key, live)
        return Outcome(live.name, False)
    name = f"{target.next_number():04d}-portal"
    coming = target.begin()
    fill(coming, site, manifest, live, known)
    record = {
        "id": name,
        "published": day.isoformat(),
        "generator": GENERATOR,
        PORTAL: {one: {"release": state.release, "manifest": state.manifest} for one, state in states.items()},
    }
    replace_file(coming / RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
    whole = {**manifest, RECORD: manifests.checksum_of(coming / RECORD)}
    replace_file(coming / manifests.NAME, manifests.as_bytes(whole))
    release = target.complete(coming, name)
    write_policy(target.root, [one.folder for one in target.releases()])
    target.switch(release)
    target.remember(key, release)
    target.prune(keep)
    return Outcome(name, True)


def _key(configuration: Path, content: Path, target: ReleaseFolder, states: Mapping[str, State]) -> str:
    """Return what tells whether a portal would be the same: a site that is as it was does not change it by the day it was asked."""
    shown = {
        one: state._replace(asked="", taken="" if state.outcome in TAKEN else state.taken)
        for one, state in states.items()
    }
    beside = [one.read_bytes() for one in sorted(configuration.parent.glob("*.toml")) if one.is_file()]
    listed = Collection(target.root / COLLECTED).listed()
    return key_of(
        code_version(), configuration.read_bytes(), beside, listed, fingerprint(content), sorted(shown.items())
    )
