"""What this machine has and lacks for building and publishing. Nothing is changed; what is tried is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rectify.release import doctor_machine, doctor_place
from rectify.release.doctor_check import Check
from rectify.sources.configuration import find_configuration


def examine(start: Path, place: Path | None) -> Iterator[Check]:
    """Yield everything that was looked at: this machine, the site around `start`, and the place of publication."""
    yield from doctor_machine.checks()
    # A machine that publishes from a repository need not have a site where the command is run.
    if place is None or find_configuration(start):
        yield from doctor_place.site(start)
    if place is not None:
        yield from doctor_place.target(place)
    yield from doctor_place.timer()
