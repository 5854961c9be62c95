"""How a run of a publication ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rectify.core.changes import Change
from rectify.core.finding import SEVERITIES, Finding

EXIT_CODES = {"published": 0, "failed": 1, "unchanged": 3, "refused": 4, "locked": 5, "held": 6}
"""Exit status of each outcome; 2 is wrong use."""

_TOLD = 200
"""Warnings in the report of a run: somebody may read these, more are a matter for `rectify check`."""


class Result(NamedTuple):
    """How a run ended."""

    outcome: str
    """One of EXIT_CODES."""
    release: str = ""
    commit: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    """Why it was refused."""
    passed: tuple[Finding, ...] | None = None
    """The warnings and notes that held nothing up; None where nothing was checked."""
    changes: tuple[Change, ...] = ()
    counts: Mapping[str, Any] = MappingProxyType({})
    removed: tuple[str, ...] = ()

    def warnings(self) -> list[Finding]:
        """Return the warnings that were passed."""
        return [finding for finding in self.passed or () if finding.severity == "warning"]

    def severities(self) -> dict[str, int] | None:
        """Return how many findings there were of each severity; None where nothing was checked. What was refused is an error here."""
        if self.passed is None:
            return None
        found = Counter([*("error" for _ in self.findings), *(finding.severity for finding in self.passed)])
        return {severity: found[severity] for severity in SEVERITIES}

    def data(self) -> dict[str, Any]:
        """Return the result for programs."""
        return {
            "outcome": self.outcome,
            "exit": EXIT_CODES[self.outcome],
            "release": self.release,
            "commit": self.commit,
            "reason": self.reason,
            "counts": dict(self.counts),
            "changes": [change._asdict() for change in self.changes],
            "findings": [{**finding.record(), "severity": "error"} for finding in self.findings],
            "warnings": [finding.record() for finding in self.warnings()[:_TOLD]],
            "severities": self.severities(),
            "removed": list(self.removed),
        }
