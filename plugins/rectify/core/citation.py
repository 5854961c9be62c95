"""How one problem is cited: its reference, the publication whose text it is, and two checksums that nobody can fit later."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from rectify.core.changes import FORM, Record, parts_of, text_of

_DIGITS = 20
"""Of each checksum: no two texts will ever have the same, and a line on paper can still be typed."""
_APART = (FORM, "withheld", "problems")
"""What of a record is no text of it."""
_MARK = re.compile(
    rf"rectify:([a-z0-9-]+/[0-9]{{2,4}}):([0-9]{{4,9}}-[0-9a-z-]+):([0-9a-f]{{{_DIGITS}}}):([0-9a-f]{{{_DIGITS}}})(?![0-9a-f])"
)


class Citation(NamedTuple):
    """What the mark at the end of a citation says."""

    ref: str
    release: str
    """The publication that brought this text."""
    chain: str
    """The first digits of the hash of its line in the history, which stands for all lines before it."""
    text: str
    """Checksum of the problem's texts."""

    def mark(self) -> str:
        """Return it as it stands in a citation."""
        return f"rectify:{self.ref}:{self.release}:{self.chain}:{self.text}"


def citation_of(ref: str, release: str, chain: str, text: str) -> Citation:
    """Return the citation of a problem, given the whole hash of the publication's line and `checksum_of` its record."""
    return Citation(ref, release, chain[:_DIGITS], text)


def find_citation(line: str) -> Citation | None:
    """Return what a line cites, None where no mark is in it; blanks, line ends and full-width signs from copying do not matter."""
    match = _MARK.search("".join(unicodedata.normalize("NFKC", line).lower().split()))
    return Citation(*match.groups()) if match else None


def seal_of(salt: str, problem: Record) -> str:
    """Return what tells later whether a problem has the same texts again, and tells nothing else."""
    return f"{salt} {hashlib.sha256(f'{salt} {checksum_of(problem)}'.encode()).hexdigest()}"


def checksum_of(problem: Record) -> str:
    """Return a checksum of the public texts of a problem's record, or of a disclosure's own, the same however its values are kept."""
    told: dict[str, list[str]] = {}
    for name, value in problem.items():
        if name in _APART or not value:
            continue
        if isinstance(value, Mapping):
            told[name] = [f"{part} {text_of(one)}" for part, one in sorted(value.items()) if one]
        else:
            told[name] = parts_of(name, problem)
    data = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()[:_DIGITS]
