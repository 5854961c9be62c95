"""How a reader gives up on a file: with the one finding that says why and how to go on."""

from __future__ import annotations

from rectify.core.finding import Finding


class Refused(Exception):
    """Raised while a document is read; whoever asked for the document turns it into a result."""

    def __init__(self, finding: Finding):
        super().__init__(finding.message("en"))
        self.finding = finding
