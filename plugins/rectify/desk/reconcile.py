"""Two people changed the same file: what each changed, field by field, put together where they do not contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from rectify.core.language import _, spoken
from rectify.core.model import Progress, Step
from rectify.core.vocabulary import DISCLOSURE_KEYS, DONE, PROBLEM_KEYS, Keys
from rectify.sources.edit import read, set_body, set_value

BODY = "body"
_KEPT = ("progress", "course")
"""Lists of which nothing is lost, whoever added it."""
_Dated = TypeVar("_Dated", Progress, Step)


class Clash(NamedTuple):
    """A field that both changed, each in another way."""

    name: str
    base: Any
    ours: Any
    theirs: Any

    @property
    def label(self) -> str:
        """What the field is called."""
        key = PROBLEM_KEYS.entries.get(self.name) or DISCLOSURE_KEYS.entries.get(self.name)
        return spoken().name(key) if key else _("正文")


class Reconciled(NamedTuple):
    """The text that both made, with theirs where they clash."""

    text: str
    clashes: tuple[Clash, ...]


def keys_of(path: str) -> Keys:
    """Return the keys that a source file of this name has."""
    return DISCLOSURE_KEYS if path.endswith("/index.md") else PROBLEM_KEYS


def reconcile(base: str, ours: str, theirs: str, keys: Keys, chosen: Mapping[str, str] | None = None) -> Reconciled:
    """Return their text with what we changed since the `base`; `chosen` says whose a field is, `ours` or `theirs`.

    Entries that both added are all kept, in the order of their days. Raises CannotEdit for a text that is not written so
    that a program can change it.
    """
    was, mine, other = (read(text, keys) for text in (base, ours, theirs))
    chosen = chosen or {}
    clashes: list[Clash] = []
    text = theirs
    entries = _both(*(one.values.get("progress", ()) for one in (was, mine, other)))
    steps = _both(*(one.values.get("course", ()) for one in (was, mine, other)))
    said = next((entry.status for entry in reversed(entries) if entry.status), "")
    is_moved = entries not in (mine.values.get("progress", ()), other.values.get("progress", ()))
    for name in keys.entries:
        before, we, they = (one.values.get(name) for one in (was, mine, other))
        if name == "progress":
            we = entries
        elif name == "course":
            we = steps
        elif name == "status" and is_moved and said:
            # Where both registered something, the last entry says how far it is; nothing else would be true of the file.
            text = set_value(text, keys, name, said, mine.values)
            continue
        elif name == "closeout" and is_moved and said and said not in DONE:
            # One closed it out, the other returned it: it is not struck off the ledger.
            text = set_value(text, keys, name, None)
            continue
        if we == before or we == they:
            continue
        if name == "as_of" and they != before:
            we = max((we, they), key=str)  # it never goes back
        elif they != before:
            if chosen.get(name) == "theirs":
                continue
            if name not in _KEPT and chosen.get(name) != "ours":
                clashes.append(Clash(name, before, we, they))
                continue
        text = set_value(text, keys, name, we, mine.values)
    if (bodies := [one.body.strip() for one in (was, mine, other)])[1] not in (bodies[0], bodies[2]):
        if bodies[2] == bodies[0] or chosen.get(BODY) == "ours":
            text = set_body(text, mine.body)
        elif chosen.get(BODY) != "theirs":
            clashes.append(Clash(BODY, *bodies))
    return Reconciled(text, tuple(clashes))


def _both(before: tuple[_Dated, ...], ours: tuple[_Dated, ...], theirs: tuple[_Dated, ...]) -> tuple[_Dated, ...]:
    """Return their entries with those that we added, and without those that we took out, by day."""
    added = [entry for entry in ours if entry not in before and entry not in theirs]
    kept = [entry for entry in theirs if entry in ours or entry not in before]
    return tuple(sorted(kept + added, key=lambda entry: entry.date))
