"""Texts that a publication takes away, as its record may keep them: what was private in them is not published a second time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rectify.core.changes import Change
from rectify.core.family import Family
from rectify.prose import NO_WORDS, OfficeWords, examine_text

_HIDDEN = "█████"
_FAMILIES = (Family.PRIVACY, Family.MARKS)


def without_hidden(
    changes: Iterable[Change], kept_back: Collection[str], words: OfficeWords = NO_WORDS
) -> list[Change]:
    """Return changes whose old texts show no private data or marks, and nothing that is now `kept_back`.

    What still stands in the new text has been decided to be public, and stays.
    """
    return [
        change._replace(before=_covered(change, kept_back, words)) if change.before else change for change in changes
    ]


def _covered(change: Change, kept_back: Collection[str], words: OfficeWords) -> str:
    text = change.before
    for token in sorted(_tokens(text, kept_back, words), key=len, reverse=True):
        if token not in change.after:
            text = text.replace(token, _HIDDEN)
    return text


def _tokens(text: str, kept_back: Collection[str], words: OfficeWords) -> Iterator[str]:
    lines = list(enumerate(text.split("\n"), start=1))
    yield from (one.token for one in examine_text(lines, "", words) if one.family in _FAMILIES and one.token)
    yield from (one for one in kept_back if one in text)
