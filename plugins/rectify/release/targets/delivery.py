"""What every kind of place is given, and what it raises."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Delivery(NamedTuple):
    """A release on its way to one place."""

    release: Path
    place: str
    """As it is written behind `kind:`, and found right by the kind's `check_place`."""
    kept: tuple[str, ...]
    """Ids of the releases that are kept here; a place that keeps older ones keeps no others."""
    work: Path
    """A folder that stays from run to run."""


class DeliveryError(Exception):
    """The release did not get there; the text says why."""
