"""The term of publication of a disclosure: its last day before its first, and what lies on in the folder once it is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rectify.core.finding import Finding, found
from rectify.core.vocabulary import DISCLOSURE_KEYS, word_of
from rectify.sources.folder import Folder


def term(folder: Folder, lines: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    """Yield what is impossible in the term of a disclosure, and the files that its end leaves behind."""
    disclosure = folder.disclosure
    if disclosure is None:
        return
    word = word_of(DISCLOSURE_KEYS["until"])
    line = lines.get(disclosure.path, {}).get("until", 1)
    if disclosure.until and disclosure.until <= disclosure.published:
        yield found("S087", disclosure.path, line, 0, word, found=disclosure.until, allowed=disclosure.published)
    elif disclosure.ended and folder.attachments:
        number = len(folder.attachments)
        yield found("S088", disclosure.path, line, 0, word, found=number, allowed=disclosure.until)
