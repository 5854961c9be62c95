"""Where else a release goes: every place of `--also`, each brought to what is live here."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.release.folder import ReleaseFolder
from rectify.release.targets import bucket, pages_branch, rsync
from rectify.release.targets.delivery import Delivery, DeliveryError
from rectify.sources.safe_files import replace_file


class _Kind(NamedTuple):
    """What a kind of place can do."""

    check_place: Callable[[str], str]
    """Returns the form that a place is written in, empty where it is written so."""
    deliver: Callable[[Delivery], None]
    """Makes a release live there or leaves what is; raises DeliveryError, OSError, ValueError."""


KINDS = {
    "rsync": _Kind(rsync.check_place, rsync.deliver),
    "branch": _Kind(pages_branch.check_place, pages_branch.deliver),
    "fsspec": _Kind(bucket.check_place, bucket.deliver),
}
_DELIVERED = ".delivered"


class Destination(NamedTuple):
    kind: str
    """A key of the table."""
    place: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.place}"


def parse(text: str) -> Destination:
    """Return the destination that is written as `kind:place`; raises ValueError with the form that is expected."""
    kind, _, place = text.partition(":")
    if kind not in KINDS:
        raise ValueError("|".join(f"{known}:…" for known in KINDS))
    if form := KINDS[kind].check_place(place):
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
    failures, delivered = [], _read_delivered(target)
    for destination in destinations:
        if delivered.get(str(destination)) == live.name:
            continue
        try:
            kept = tuple(one.id for one in target.releases())
            KINDS[destination.kind].deliver(Delivery(live, destination.place, kept, work))
        except (DeliveryError, OSError, ValueError) as error:
            failures.append(f"{destination}: {error}")
            continue
        delivered[str(destination)] = live.name
        replace_file(target.root / _DELIVERED, json.dumps(delivered, indent=1).encode())
    return failures


def _read_delivered(target: ReleaseFolder) -> dict[str, str]:
    """Return the id of the release that each destination has, as far as is known."""
    with contextlib.suppress(OSError, ValueError):
        data = json.loads((target.root / _DELIVERED).read_bytes())
        return data if isinstance(data, dict) else {}
    return {}
