"""Where else a release goes: every place of `--also`, each brought to what is live here."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.release.folder import ReleaseFolder
from rectify.release.targets import bucket, pages_branch, rsync
from rectify.release.targets.program import DeliveryError
from rectify.sources.safe_files import replace_file

_CHECKS: dict[str, Callable[[str], str]] = {
    "rsync": rsync.check_place,
    "branch": pages_branch.check_place,
    "fsspec": bucket.check_place,
}
_DELIVERED = ".delivered"


class Destination(NamedTuple):
    kind: str
    """A key of KINDS."""
    place: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.place}"


KINDS = tuple(_CHECKS)


def parse(text: str) -> Destination:
    """Return the destination that is written as `kind:place`; raises ValueError with the form that is expected."""
    kind, _, place = text.partition(":")
    if kind not in _CHECKS:
        raise ValueError("|".join(f"{known}:…" for known in KINDS))
    if form := _CHECKS[kind](place):
        raise ValueError(f"{kind}:{form}")
    return Destination(kind, place)


def deliver(target: ReleaseFolder, destinations: Sequence[Destination], work: Path) -> list[str]:
    """Bring the live release to every destination that has not got it; return what went wrong, one text a destination.

    What is delivered is remembered beside the releases, so that a run without news tries only what failed. A destination that
    keeps older releases keeps none that is gone here: what is withdrawn goes from there too, if not now then with the next run.
    """
    live = target.live()
    if live is None:
        return []
    failures, delivered = [], _delivered(target)
    for destination in destinations:
        if delivered.get(str(destination)) == live.name:
            continue
        try:
            _one(target, live, destination, work)
        except (DeliveryError, OSError, ValueError) as error:
            failures.append(f"{destination}: {error}")
            continue
        delivered[str(destination)] = live.name
        replace_file(target.root / _DELIVERED, json.dumps(delivered, indent=1).encode())
    return failures


def _one(target: ReleaseFolder, live: Path, destination: Destination, work: Path) -> None:
    if destination.kind == "rsync":
        rsync.deliver(live, destination.place, [one.id for one in target.releases()])
    elif destination.kind == "branch":
        work.mkdir(parents=True, exist_ok=True)
        pages_branch.deliver(live, destination.place, work)
    else:
        bucket.deliver(live, destination.place)


def _delivered(target: ReleaseFolder) -> dict[str, str]:
    """Return the id of the release that each destination has, as far as is known."""
    with contextlib.suppress(OSError, ValueError):
        data = json.loads((target.root / _DELIVERED).read_bytes())
        return data if isinstance(data, dict) else {}
    return {}
