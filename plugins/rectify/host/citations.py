"""By which publication each problem is cited: the last that changed it, so that a page stays the same until its text does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from rectify.core.history import PUBLICATION
from rectify.host.publication import Told
from rectify.outputs.change_texts import read_day


class Cited(NamedTuple):
    """One publication as a citation names it."""

    release: str
    """Empty for one that is still to come."""
    on: str
    chain: str
    """The hash of its line in the history."""

    @property
    def number(self) -> int:
        return int(self.release.partition("-")[0])

    def day(self) -> date | None:
        """Return its date, None where there is none."""
        return read_day(self.on)


class Citations:
    """The publications that problems are cited by."""

    def __init__(self, told: Told):
        heads = {line["release"]: line for line in told.history.lines if line["event"] == PUBLICATION}
        line = [Cited(one, heads[one].get("on", ""), heads[one]["chain"]) for one in told.ways.line(told.release)]
        self._first = line[-1]
        self._whole: dict[str, Cited] = {}
        self._by_ref: defaultdict[str, dict[str, Cited]] = defaultdict(dict)
        for cited in line:
            changes = told.ways.changes[cited.release]
            for change in changes:
                rid = change.ref.partition("/")[0]
                if change.about == "problem" and rid not in self._whole:
                    self._by_ref[rid].setdefault(change.ref, cited)
            for change in changes:
                if change.about == "disclosure" and change.kind in ("ended", "restored"):
                    self._whole.setdefault(change.ref, cited)

    def of(self, disclosure_id: str) -> tuple[Cited, Mapping[str, Cited]]:
        """Return by what the problems of a disclosure are cited: all but those named by the first."""
        return self._whole.get(disclosure_id, self._first), self._by_ref.get(disclosure_id, {})
