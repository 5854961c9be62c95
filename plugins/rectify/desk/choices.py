"""What somebody decides where two changed the same: one of the two wordings, or a third; and how a form says that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rectify.core.line_ends import unify_line_ends

OURS, THEIRS, WRITTEN = "ours", "theirs", "written"
_KINDS = CHOSEN, TEXT, SEEN = "choose", "write", "seen"
_SEPARATOR = "|"


class Choice(NamedTuple):
    """What is decided of one field."""

    whose: str
    text: str = ""
    """What shall stand there where that is neither of the two."""
    seen: str = ""
    """The mark of theirs as it was when that was decided; empty where it need not be the same."""

    def is_of(self, theirs: Any) -> bool:
        """Return whether it was decided with what they have there now in sight."""
        return self.seen in ("", mark_of(theirs))


def mark_of(value: Any) -> str:
    """Return a short sign of a value, which another value has not."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def field_name(kind: str, path: str, field: str) -> str:
    """Return what a part of a choice is called in a form."""
    return _SEPARATOR.join((kind, path, field))


def is_of_a_choice(name: str) -> bool:
    """Return whether something in a form is part of a choice."""
    return name.partition(_SEPARATOR)[0] in _KINDS and _SEPARATOR in name


def chosen_in(form: Mapping[str, str]) -> dict[str, dict[str, Choice]]:
    """Return by file and field what a form decides."""
    chosen: dict[str, dict[str, Choice]] = {}
    for name, whose in form.items():
        kind, path, field = _parts(name)
        if kind == CHOSEN:
            text, seen = (form.get(field_name(part, path, field), "") for part in (TEXT, SEEN))
            chosen.setdefault(path, {})[field] = Choice(whose, unify_line_ends(text).strip(), seen)
    return chosen


def decided(form: Mapping[str, str], asked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what a form holds of choices by name, but for the files and fields that are asked once more."""
    again = set(asked)
    for name, value in form.items():
        if is_of_a_choice(name) and _parts(name)[1:] not in again:
            yield name, value


def _parts(name: str) -> tuple[str, str, str]:
    kind, _bar, rest = name.partition(_SEPARATOR)
    path, _bar, field = rest.rpartition(_SEPARATOR)
    return kind, path, field
