"""Who is held up by what was found, and by what not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from rectify.core.family import Family
from rectify.core.finding import Finding


class Gate(Enum):
    """A closed table: a command, the families whose errors it tells and lets pass, and the kinds of warnings that it does not.

    Other warnings, and notes, pass everywhere.
    """

    CHECK = "rectify check", frozenset[Family]()
    HOOK = "rectify check --staged", frozenset({Family.APPROVAL})
    """What is to be approved is committed first."""
    PUBLISH = "rectify publish", frozenset[Family]()
    BUILD = "mkdocs build", frozenset({Family.WORDING, Family.APPROVAL})
    """An unfinished text, or one that nobody has approved yet, may be built and looked at."""
    RELEASE = "rectify publish --to", frozenset[Family](), frozenset({"starter_example"})
    """The example of a new site is good to look at, also built and verified, and not to make public."""
    PREVIEW = "rectify preview", frozenset(Family) - {Family.STRUCTURE}
    """Whatever can be read can be looked at before it is finished."""

    def __init__(self, command: str, passed: frozenset[Family], refused: frozenset[str] = frozenset()):
        self.command, self.passed, self.refused = command, passed, refused

    def refuses(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that must be mended first."""
        return [
            finding
            for finding in findings
            if (finding.severity == "error" and finding.family not in self.passed) or finding.kind in self.refused
        ]
