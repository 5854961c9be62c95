"""What this machine has and lacks for building and publishing. Nothing is changed; what is tried is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rectify.release.doctor.check import Check
from rectify.release.doctor.machine import check_machine
from rectify.release.doctor.place import check_site, check_target, check_timer
from rectify.sources.configuration import find_configuration


def examine(start: Path, place: Path | None) -> Iterator[Check]:
    """Yield everything that was looked at: this machine, the site around `start`, and the place of publication."""
    yield from check_machine()
    # A machine that publishes from a repository need not have a site where the command is run.
    if place is None or find_configuration(start):
        yield from check_site(start)
    if place is not None:
        yield from check_target(place)
    yield from check_timer()
