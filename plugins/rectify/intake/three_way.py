"""What a document says, what it said last time and what stands in the folder -> what shall stand there, in values only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.dated_entry import present_status, state_of
from rectify.core.language import Message, name_of
from rectify.core.model import Progress
from rectify.core.vocabulary import FLAGS, LONG_TERM, STATUSES
from rectify.intake.matching import SIMILAR, likeness

KEEP, TAKE, CONFLICT = "keep", "take", "conflict"
SHOWN = 60
"""Characters that a finding shows of a value."""
Conflict = tuple[str, str | Message, str | Message]
"""Name of a key, what is kept, what the document says."""


class History(NamedTuple):
    """Status and dated entries of a problem after a merge, in agreement with each other."""

    status: str
    entries: tuple[Progress, ...]
    conflicts: tuple[Conflict, ...]
    """Key, what was kept and what the document says."""
    undated: bool = False
    """Whether the status moves, and nothing says on which day."""


def verdict(now: Any, new: Any, said: Any, has_base: bool) -> str:
    """Return KEEP, TAKE or CONFLICT for one value: what was changed on one side only is taken from that side.

    Without a base an empty value gives way to a stated one, and two stated ones are a conflict.
    """
    now, new, said = (None if value in ("", ()) else value for value in (now, new, said))
    if now == new:
        return KEEP
    if has_base:
        return KEEP if new == said else TAKE if now == said else CONFLICT
    return KEEP if new is None else TAKE if now is None else CONFLICT


def comparable(values: Mapping[str, Any], name: str) -> Any:
    """Return a value in the form in which it is compared: of flags and counts the order means nothing."""
    value = values.get(name)
    if name == "deadline" and value is None and "deadline" in values and LONG_TERM.key in (values.get("flags") or ()):
        return LONG_TERM.key
    if name == "flags":
        return tuple(flag for flag in FLAGS.entries if flag in (value or ()))
    return tuple(sorted(value)) if name == "declared" and value else value


def history(
    now: Mapping[str, Any],
    new: Mapping[str, Any],
    said: Mapping[str, Any] | None,
    day: date | None,
    decided: Collection[str] = (),
) -> History:
    """Return status and progress merged; `day` is the date for which the document states its statuses, where known.

    A status that moves leaves an entry of that day, unless the document brings one that says it. Where none can be added
    without contradicting the entries there are, the status stays. No entry is lost; those deleted by hand stay deleted.
    Of the keys in `decided` the document's is taken where both sides differ.
    """
    noted_now, noted_new = now.get("progress", ()), new.get("progress") or ()
    noted_said = said.get("progress", ()) if said is not None else None
    settles = CONFLICT if "progress" not in decided else TAKE
    entries, conflicts = _entries(noted_now, noted_new, noted_said, settles=settles)
    before, wanted = present_status(now), present_status(new)
    move = verdict(before, wanted, present_status(said or {}), said is not None) if wanted else KEEP
    if move == CONFLICT and "status" in decided:
        move = TAKE
    status = wanted if move == TAKE else before
    labels = STATUSES.labels()
    undated = bool(move == TAKE and before and state_of(entries) != wanted and not day)
    if move == TAKE and before and state_of(entries) != wanted:
        note = day and Progress(day, f"状态由“{labels[before]}”更新为“{labels[wanted]}”。", wanted)
        noted = _inserted(entries, note) if note else entries
        if state_of(noted) == wanted:
            entries = noted
        elif state_of(entries):
            move, status = CONFLICT, before
    if move == CONFLICT:
        conflicts.append(("status", _told(before), _told(wanted)))
    if move != TAKE and status:
        entries = _agreeing(entries, noted_now, status)
        if state_of(noted_now) and state_of(entries) != status:
            # The document changed the very entry that the kept status rests on.
            entries = _agreeing(_entries(noted_now, noted_new, noted_said, ("text", "files"))[0], noted_now, status)
    return History(status, entries, tuple(conflicts), undated)


def _entries(
    now: Sequence[Progress],
    new: Sequence[Progress],
    said: Sequence[Progress] | None,
    fields: Sequence[str] = Progress._fields[1:],
    settles: str = CONFLICT,
) -> tuple[tuple[Progress, ...], list[Conflict]]:
    """Return the entries in order of their dates, a document's new ones among them, and the conflicts."""
    conflicts = []
    entries = tuple(now)
    known = _pairs(new, said or ())
    kept = _pairs(said or (), now)
    others = {at: place for at, place in _pairs(new, now).items() if at not in known and place not in kept.values()}
    for at, entry in enumerate(new):
        base = said[known[at]] if said and at in known else None
        place = others.get(at) if base is None else kept.get(known[at])
        if place is None:
            entries = _inserted(entries, entry) if base is None else entries
            continue
        old = now[place]
        merged = old
        for field in fields:
            here, there = getattr(old, field), getattr(entry, field)
            move = verdict(here, there, getattr(base, field, None), base is not None)
            if move == CONFLICT:
                move = settles
            if move == TAKE:
                merged = merged._replace(**{field: there})
            elif move == CONFLICT:
                conflicts.append(("progress", _told(here), _told(there)))
        entries = tuple(merged if one is old else one for one in entries)
    return entries, conflicts


def _pairs(some: Sequence[Progress], others: Sequence[Progress]) -> dict[int, int]:
    """Return which entry is which: of the same day, the wording equal or else alike; each at most once."""
    pairs: dict[int, int] = {}
    left = set(range(len(others)))
    for least in (1.0, SIMILAR):
        for i, one in enumerate(some):
            if i in pairs:
                continue
            same_day = [j for j in sorted(left) if others[j].date == one.date]
            scores = [
                (1.0 if others[j].text == one.text else likeness(one.text, others[j].text) if least < 1 else 0.0, -j)
                for j in same_day
            ]
            if scores and max(scores)[0] >= least:
                pairs[i] = -max(scores)[1]
                left.remove(pairs[i])
    return pairs


def _inserted(entries: Sequence[Progress], entry: Progress) -> tuple[Progress, ...]:
    at = max((i + 1 for i, one in enumerate(entries) if one.date <= entry.date), default=0)
    return (*entries[:at], entry, *entries[at:])


def _agreeing(entries: tuple[Progress, ...], old: Sequence[Progress], status: str) -> tuple[Progress, ...]:
    """Return the entries without the statuses of new ones that would outdate the one that is kept."""
    for at in reversed(range(len(entries))):
        if entries[at].status == status or any(entries[at] is one for one in old):
            if entries[at].status:
                break
        elif entries[at].status:
            entries = (*entries[:at], entries[at]._replace(status=""), *entries[at + 1 :])
    return entries


def _told(value: object) -> str | Message:
    """Return a field of an entry as findings show it."""
    term = STATUSES.entries.get(str(value))
    return name_of(term) if term else str(value)[:SHOWN] or "—"
