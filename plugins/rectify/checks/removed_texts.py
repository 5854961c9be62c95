"""Texts that publications have put in and taken away, as their record may keep them: nothing that is not public now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rectify.core.changes import Change
from rectify.core.family import Family
from rectify.prose import NO_WORDS, OfficeWords, examine_text

_HIDDEN = "█████"
_TEXTS = ("title", "before", "after")
_FAMILIES = (Family.PRIVACY, Family.MARKS)


def without_hidden(
    changes: Iterable[Change], kept_back: Collection[str], decided: Collection[str], words: OfficeWords = NO_WORDS
) -> list[Change]:
    """Return changes whose texts show no private data or marks but those `decided` to be public, and nothing `kept_back`."""
    # Most of what is kept back never stood in any of them, which is seen at once.
    changes = list(changes)
    said = "\n".join(getattr(change, name) for change in changes for name in _TEXTS)
    kept_back = [one for one in kept_back if one in said]
    return [
        change._replace(**{name: _covered(getattr(change, name), kept_back, decided, words) for name in _TEXTS})
        for change in changes
    ]


def _covered(text: str, kept_back: Collection[str], decided: Collection[str], words: OfficeWords) -> str:
    if not text:
        return text
    for token in sorted(_tokens(text, kept_back, words), key=len, reverse=True):
        if token not in decided:
            text = text.replace(token, _HIDDEN)
    return text


def _tokens(text: str, kept_back: Collection[str], words: OfficeWords) -> Iterator[str]:
    lines = list(enumerate(text.split("\n"), start=1))
    yield from (one.token for one in examine_text(lines, "", words) if one.family in _FAMILIES and one.token)
    yield from (one for one in kept_back if one in text)
