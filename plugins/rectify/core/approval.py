"""What exactly was approved: a fingerprint of each part of a disclosure, of what its readers see and of nothing else.

The order of keys, their spelling, line ends, blank lines and comments make no difference; neither does who approved it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rectify.core.comments import without_comments
from rectify.core.language import N_, Message
from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Disclosure, Problem
from rectify.core.public_fields import public_fields
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, Keys

INDEX = "index.md"
_DIGITS = 32
_LINE_END = re.compile(r"(?<![ \t])[ \t]++(?=\n|\Z)")
_BLANK_LINES = re.compile(r"\n{3,}")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.M)
_CHANGED, _ADDED = N_("有改动"), N_("多了这一件")


class Change(NamedTuple):
    """What became of one part after the approval."""

    part: str
    """The file, below the folder of the disclosure."""
    what: Message


def fingerprints(disclosure: Disclosure, problems: Iterable[Problem], attachments: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprint of each part by its file; `attachments` has the SHA-256 of each public one.

    A withdrawn problem has none: a text must be able to go, whoever has approved what.
    """
    found = {INDEX: _of(disclosure, DISCLOSURE_KEYS)}
    found |= {f"{problem.nn}.md": _of(problem, PROBLEM_KEYS) for problem in problems if not problem.withdrawn}
    return found | {name: checksum[:_DIGITS] for name, checksum in attachments.items()}


def written(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return fingerprints as the approval holds them."""
    return tuple(f"{part} {fingerprint}" for part, fingerprint in found.items())


def changes_since(stated: Sequence[str], now: Mapping[str, str], problems: Iterable[Problem]) -> Iterator[Change]:
    """Yield what differs from the fingerprints that the approval states, but for what was withdrawn."""
    withdrawn = {f"{problem.nn}.md" for problem in problems if problem.withdrawn}
    approved = dict(one.rpartition(" ")[::2] for one in stated)
    for part, fingerprint in now.items():
        if approved.get(part) != fingerprint:
            yield Change(part, _CHANGED if part in approved else _ADDED)
    for part in approved:
        # What only a withdrawn problem refers to has gone with it.
        if part not in now and part not in withdrawn and not (withdrawn and part.startswith("files/")):
            yield Change(INDEX, N_("少了 {part}", part=part))


def _of(source: Disclosure | Problem, keys: Keys) -> str:
    # What is not stated is left out, so that a key which a later version knows changes no fingerprint.
    stated = {name: value for name, value in public_fields(source, keys).items() if value not in ("", [], {})}
    said = json.dumps([stated, _seen(source.body)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]


def _seen(body: str) -> str:
    """Return a body without what no reader can see: two blanks at the end of a line break it, one does not."""
    text = _LINE_END.sub(lambda end: "  " if len(end[0]) > 1 else "", without_comments(unify_line_ends(body)))
    return (text if _FENCE.search(text) else _BLANK_LINES.sub("\n\n", text)).strip("\n ")
