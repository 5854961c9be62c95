"""What is wrong in a passage of text: placeholders, marks, typing, set phrases, privacy, identification.

Works on numbered lines and knows nothing of documents, so that an imported file and a Markdown source are read alike.
The rules are loaded when a text is first looked at: a build of what has not changed needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from rectify.core.finding import Finding
from rectify.prose.own_words import NO_WORDS, OfficeWords

__all__ = ["NO_WORDS", "OfficeWords", "examine_text", "load", "revealed", "screen"]

Lines = Sequence[tuple[int, str]]


def load() -> None:
    """Load the rules at once, for processes that are made next and share them."""
    import_module("rectify.prose.examination")


def examine_text(lines: Lines, path: str, office: OfficeWords = NO_WORDS) -> list[Finding]:
    """Return everything found in the numbered lines, by line and column, of each noun at most the first 10,000.

    Every finding has the value `token`, which stands at its line and column as written, and `excerpt`, the words around
    it. `office` are the words that an office adds to the lists in `data/`, and those that it allows.
    """
    from rectify.prose import examination

    return examination.examine_text(lines, path, office)


def screen(lines: Lines, path: str, office: OfficeWords = NO_WORDS) -> list[Finding]:
    """Return the private data and marks of numbered lines that must not be public whatever stands around them."""
    from rectify.prose import examination

    return examination.screen(lines, path, office)


def revealed(texts: Sequence[tuple[Lines, str]]) -> list[Finding]:
    """Return what is masked in one text of a folder and can be read in another; texts are numbered lines and path."""
    from rectify.prose import examination

    return examination.revealed(texts)
