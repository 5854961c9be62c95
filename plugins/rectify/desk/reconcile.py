"""Two people changed the same file: what each changed, field by field, put together where they do not contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from rectify.core.language import _, spoken
from rectify.core.model import Progress, Step
from rectify.core.vocabulary import CLOSED, DISCLOSURE_KEYS, DONE, LONG_TERM, PROBLEM_KEYS, Keys
from rectify.desk.choices import OURS, THEIRS, WRITTEN, Choice, mark_of
from rectify.desk.fields import BODY, CHOICES, HEAD, PROBLEM, Sheet, meant, part_of, parts_of, texts_in, with_part
from rectify.desk.told import remedy
from rectify.sources.edit import Read, read, set_body, set_value

_WITH = {"deadline_wording": "deadline"}
"""Keys that say in other words what another one says: who decides that one decides both."""
_KEPT = ("progress", "course", *CHOICES)
"""Lists of which nothing is lost, whoever added it."""
_Dated = TypeVar("_Dated", Progress, Step)


class Clash(NamedTuple):
    """A field that both changed, each in another way."""

    name: str
    base: Any
    ours: Any
    theirs: Any
    text: str | None = None
    """What stands in the form for a third wording; None where none can be typed."""
    choice: Choice | None = None
    """What was decided and does not hold: theirs has changed again, or it cannot be read."""
    wrong: str = ""
    """Why a third wording cannot be read."""
    terms: tuple[tuple[str, str], ...] = ()
    """What a third value can be where it is one of few, by key and name."""

    @property
    def mark(self) -> str:
        """The sign of theirs."""
        return mark_of(self.theirs)

    @property
    def label(self) -> str:
        """What the field is called."""
        keys = PROBLEM_KEYS if self.name in PROBLEM_KEYS.entries else DISCLOSURE_KEYS
        return _("正文") if self.name == BODY else Sheet(keys, ()).label(self.name)


class Reconciled(NamedTuple):
    """The text that both made, with theirs where they clash."""

    text: str
    clashes: tuple[Clash, ...]


def keys_of(path: str) -> Keys:
    """Return the keys that a source file of this name has."""
    return DISCLOSURE_KEYS if path.endswith("/index.md") else PROBLEM_KEYS


def reconcile(base: str, ours: str, theirs: str, keys: Keys, chosen: Mapping[str, Choice] | None = None) -> Reconciled:
    """Return their text with what we changed since the `base`; `chosen` says what a field shall hold that both changed.

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
    for name in (part for key in keys for part in parts_of(key)):
        before, we, they = (part_of(one.values, name) for one in (was, mine, other))
        if name == "progress":
            we = entries
        elif name == "course":
            we = steps
        elif name in CHOICES:
            we = _ticked(before, we, they)
            if _is_contested("deadline", was, mine, other):
                is_ours = _whose(chosen.get("deadline"), other.values.get("deadline")) == OURS
                we = _for_good(we, (mine if is_ours else read(text, keys)).values.get(name, ()))
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
        elif they != before and name not in _KEPT:
            if (first := _WITH.get(name, name)) != name and _is_contested(first, was, mine, other):
                if _whose(chosen.get(first), other.values.get(first)) == OURS:
                    text = set_value(text, keys, name, we, mine.values)
                continue
            text, clash = _settled(text, keys, Clash(name, before, we, they), chosen.get(name), mine, other)
            clashes += [clash] if clash else []
            continue
        text = _with(text, keys, name, we, mine)
    if (bodies := [one.body.strip() for one in (was, mine, other)])[1] not in (bodies[0], bodies[2]):
        if bodies[2] == bodies[0]:
            text = set_body(text, mine.body)
        else:
            text, clash = _settled(
                text, keys, Clash(BODY, bodies[0], bodies[1], bodies[2]), chosen.get(BODY), mine, other
            )
            clashes += [clash] if clash else []
    return Reconciled(text, tuple(clashes))


def _is_contested(name: str, was: Read, mine: Read, other: Read) -> bool:
    return len({one.values.get(name) for one in (was, mine, other)}) == 3


def _whose(choice: Choice | None, theirs: Any) -> str:
    """Return whose a field is, empty where that is not decided with what they have there in sight."""
    return choice.whose if choice and choice.is_of(theirs) else ""


def _settled(
    text: str, keys: Keys, clash: Clash, choice: Choice | None, mine: Read, other: Read
) -> tuple[str, Clash | None]:
    """Return their text with what was decided of a field that both changed, and the field where that is still to be done."""
    name = clash.name
    whose = _whose(choice, clash.theirs)
    if whose == THEIRS:
        return text, None
    if whose == OURS:
        return set_body(text, mine.body) if name == BODY else _with(text, keys, name, clash.ours, mine), None
    sheet = Sheet(keys, () if name == BODY else (name,))
    kind = sheet.key(name).kind if name != BODY else ""
    terms = tuple((term.key, spoken().name(term)) for term in CLOSED.get(kind, ()))
    is_typed = bool(terms) or name in (BODY, *PROBLEM.names, *HEAD.names)
    wrong = ""
    if whose == WRITTEN and choice and is_typed:
        if name == BODY:
            return set_body(text, choice.text), None
        now = read(text, keys)
        says = meant(texts_in(now, sheet), {name: choice.text}, now.values, sheet)
        for key, value in says.values.items():
            text = set_value(text, keys, key, value, {**now.values, **says.values})
        for key in says.drop:
            text = set_value(text, keys, key, None)
        if not says.findings:
            return text, None
        wrong = "；".join(f"{one.message()}；{remedy(one)}" for one in says.findings[name])
    typed = choice.text if choice and choice.whose == WRITTEN else ""
    ours = (clash.ours if name == BODY else texts_in(mine, sheet)[name]) if is_typed else None
    return text, clash._replace(text=typed or ours, choice=choice, wrong=wrong, terms=terms)


def _ticked(before: Any, ours: Any, theirs: Any) -> tuple[str, ...]:
    """Return what is ticked of a set that both changed, each box for itself."""
    was, mine, other = (tuple(one or ()) for one in (before, ours, theirs))
    return tuple(one for one in dict.fromkeys((*other, *mine)) if (one in mine) + (one in other) > (one in was))


def _for_good(ticked: tuple[str, ...], decided: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is ticked, with what goes with a deadline as who decided that has it."""
    kept = tuple(one for one in ticked if one != LONG_TERM.key)
    return (*kept, LONG_TERM.key) if LONG_TERM.key in decided else kept


def _with(text: str, keys: Keys, name: str, value: Any, mine: Read) -> str:
    """Return a text with one field set, which may be a part of a record; ours are the values beside it."""
    record, _dot, part = name.partition(".")
    if part:
        value = with_part(read(text, keys).values.get(record), part, value)
    return set_value(text, keys, record, value, mine.values)


def _both(before: tuple[_Dated, ...], ours: tuple[_Dated, ...], theirs: tuple[_Dated, ...]) -> tuple[_Dated, ...]:
    """Return their entries with those that we added, and without those that we took out, by day."""
    added = [entry for entry in ours if entry not in before and entry not in theirs]
    kept = [entry for entry in theirs if entry in ours or entry not in before]
    return tuple(sorted(kept + added, key=lambda entry: entry.date))
