"""A file where only folders of disclosures, texts and attachments are expected."""

from __future__ import annotations

from rectify.core.finding import Finding, found
from rectify.core.leftovers import is_leftover


def unexpected_file(path: str) -> Finding:
    """Return the finding about such a file of the content, which is to be put elsewhere or, where a program left it, deleted."""
    name = path.rpartition("/")[2]
    return found("A025" if is_leftover(name) else "S032", path, found=name)
