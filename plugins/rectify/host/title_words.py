"""The words of titles and names, between which their lines may end: each text is cut once and kept, for the word list takes its time to load."""

from __future__ import annotations

from collections.abc import Iterable

from rectify.core.word_breaks import words_of
from rectify.sources.store import Kept, Store

Words = tuple[tuple[str, ...], ...]
"""Titles and names, each in the pieces between which its lines may end."""

_WORDS = Kept[Words]("words", Words)


def words_kept(store: Store, name: str, version: object, texts: Iterable[str]) -> Words:
    """Return the words of some texts; only one that was not among those kept under the name is cut."""
    kept = store.get(_WORDS, name, version) or ()
    known = {"".join(words): words for words in kept}
    words = tuple(known.get(text) or words_of(text) for text in dict.fromkeys(filter(None, texts)))
    if words != kept:
        store.put(_WORDS, name, version, words)
    return words
