"""Texts that publications have put in and taken away, as their record may keep them: nothing that is not public now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rectify.core.changes import Change
from rectify.core.family import Family
from rectify.prose import OfficeWords, examine_text
from rectify.sources.store import Kept, Store, code_version, key_of

_HIDDEN = "█████"
_TEXTS = ("title", "before", "after")
_CLEAN = Kept[tuple[str, ...]]("clean", tuple[str, ...])
_FAMILIES = (Family.PRIVACY, Family.MARKS)


class HiddenTexts:
    """What may not be published again, by the rules of today and what an office allows."""

    def __init__(
        self, kept_back: Collection[str], decided: Collection[str], words: OfficeWords, store: Store | None = None
    ):
        """`decided` is public by somebody's decision, `kept_back` stands in comments; `store` keeps which texts have nothing in them."""
        self._kept_back, self._decided, self._words, self._store = kept_back, decided, words, store

    def without(self, changes: Iterable[Change]) -> list[Change]:
        """Return changes whose texts show no private data or marks, and nothing that is kept back."""
        changes = list(changes)
        texts = {getattr(change, name) for change in changes for name in _TEXTS} - {""}
        # Most of what is kept back never stood in any of them, which is seen at once.
        said = "\n".join(texts)
        kept_back = [one for one in self._kept_back if one in said]
        covered = {text: self._covered(text, kept_back, tokens) for text, tokens in self._tokens(texts).items()}
        return [
            change._replace(**{name: covered.get(getattr(change, name), "") for name in _TEXTS}) for change in changes
        ]

    def _covered(self, text: str, kept_back: Collection[str], tokens: Iterable[str]) -> str:
        found = {*tokens, *(one for one in kept_back if one in text)} - set(self._decided)
        for token in sorted(found, key=lambda one: (len(one), one), reverse=True):
            text = text.replace(token, _HIDDEN)
        return text

    def _tokens(self, texts: Collection[str]) -> dict[str, list[str]]:
        """Return the private data and marks in each text; one of the history that has none, and comes again every time, is read once."""
        key = (code_version(), self._words)
        kept = self._store.get(_CLEAN, _CLEAN.folder, key) if self._store is not None else None
        clean = set(kept or ())
        names = {text: key_of(text) for text in texts}
        told = {text: [] if names[text] in clean else self._examined(text) for text in texts}
        found = {names[text] for text, tokens in told.items() if not tokens} - clean
        if self._store is not None and found:
            self._store.put(_CLEAN, _CLEAN.folder, key, tuple(sorted(clean | found)))
        return told

    def _examined(self, text: str) -> list[str]:
        lines = list(enumerate(text.split("\n"), start=1))
        found = examine_text(lines, "", self._words)
        return sorted({one.token for one in found if one.family in _FAMILIES and one.token})
