"""The fields of a form: the keys of a problem as texts that a person types, and what those texts mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import yaml

from rectify.core.finding import Finding, found
from rectify.core.language import spoken
from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Contact, Measure
from rectify.core.vocabulary import (
    DISCLOSURE_KEYS,
    FLAGS,
    LONG_TERM,
    PRIORITIES,
    PROBLEM_KEYS,
    RECORDS,
    Key,
    Keys,
    Vocabulary,
)
from rectify.desk import typed
from rectify.sources.dates import NoSuchDay, is_period, parse_date
from rectify.sources.edit import Read, read

BODY = "body"


class Sheet(NamedTuple):
    """Which fields a form has."""

    keys: Keys
    names: tuple[str, ...]
    """In the order of the form; a part of a record is named `contact.phone`."""

    def key(self, name: str) -> Key:
        """Return the key that a field is for."""
        record, _dot, part = name.partition(".")
        return RECORDS[self.keys[record].kind][part] if part else self.keys[name]

    def label(self, name: str) -> str:
        """Return what a field is called."""
        record, _dot, part = name.partition(".")
        label = spoken().name(self.key(name))
        return f"{spoken().name(self.keys[record])}{_JOINT}{label}" if part else label


_JOINT = " · "
PROBLEM = Sheet(
    PROBLEM_KEYS,
    (
        "title", "group", "number", "category", "lead", "units", "owner", "deadline", "flags", "priority", "earlier",
        "measures",
    ),
)  # fmt: skip
"""A problem; its status changes with an entry."""
HEAD = Sheet(
    DISCLOSURE_KEYS,
    (
        "title", "unit", "as_of", "published", "until", "inspector", "inspection", "round", "inspected", "feedback",
        "declared", "declared_as_of", "outcomes", "issuer", "doc_no", "doc_date", "index_no", "contact.phone", "contact.address", "contact.postcode", "contact.email", "contact.hours",
    ),
)  # fmt: skip
"""The head of a disclosure."""
CHOICES: dict[str, Vocabulary] = {"flags": FLAGS, "priority": PRIORITIES}
"""The fields whose values are ticked."""
_JOINED = "、"
_LONG = ("title", "measures", "outcomes")
_DAYS = ("date", "deadline")
"""The kinds of keys that say one day."""


class Field(NamedTuple):
    """One field as a form shows it."""

    name: str
    label: str
    shape: str
    """`line`, `lines`, `day`, or `choices`."""
    value: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    """Key, name and whether it holds."""
    is_required: bool = False


class Meant(NamedTuple):
    """What the texts of a form mean."""

    values: dict[str, Any]
    """By key of a problem; of the fields that can be read."""
    drop: tuple[str, ...]
    """Keys that no longer hold."""
    body: str | None
    """None where it is as it was."""
    findings: dict[str, tuple[Finding, ...]]
    """By field, what is wrong with it; such a field is not among the values."""


def texts_of(values: Mapping[str, Any], body: str, sheet: Sheet = PROBLEM) -> dict[str, str]:
    """Return the text of each field for the values of a problem, or of a disclosure."""
    return {**{name: _text(name, values) for name in sheet.names}, BODY: body.strip()}


def texts_in(one: Read, sheet: Sheet = PROBLEM) -> dict[str, str]:
    """Return the text of each field for a file; what cannot be read there is shown as it is written."""
    unread = {name: text for name, text in one.unread.items() if name in sheet.names and name not in CHOICES}
    return texts_of(one.values, one.body, sheet) | unread


def fields_of(texts: Mapping[str, str], sheet: Sheet = PROBLEM) -> list[Field]:
    """Return the fields of a form that holds these texts."""
    fields = []
    for name in sheet.names:
        key, chosen = sheet.key(name), texts.get(name, "")
        vocabulary = CHOICES.get(name)
        choices: tuple[tuple[str, str, bool], ...] = ()
        if vocabulary:
            held = {term.key for word in chosen.split(_JOINED) if word and (term := vocabulary.find(word))}
            choices = tuple((term.key, spoken().name(term), term.key in held) for term in vocabulary)
        shape = "choices" if vocabulary else "lines" if name in _LONG else "day" if key.kind in _DAYS else "line"
        fields.append(Field(name, sheet.label(name), shape, chosen, choices, key.required))
    return fields


def meant(
    base: Mapping[str, str], posted: Mapping[str, str], values: Mapping[str, Any], sheet: Sheet = PROBLEM
) -> Meant:
    """Return what the fields mean that differ from those of the `base`, the form as it was given out, for what has these values."""
    result: dict[str, Any] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    drop: list[str] = []
    for name in sheet.names:
        text = _plain(posted.get(name, base.get(name, "")))
        if text == _plain(base.get(name, "")):
            continue
        read_values, wrong = _read(sheet.key(name), text, values)
        if wrong:
            findings[name] = wrong
            continue
        record, _dot, part = name.partition(".")
        if part:
            read_values = {record: with_part({**values, **result}.get(record), part, read_values[part])}
        result |= read_values
        if name == "deadline":
            drop += [] if "deadline_wording" in read_values else ["deadline_wording"]
    body = _plain(posted.get(BODY, base.get(BODY, "")))
    return Meant(result, tuple(drop), body if body != _plain(base.get(BODY, "")) else None, findings)


def _plain(text: str) -> str:
    return unify_line_ends(text).strip()


def parts_of(key: Key) -> tuple[str, ...]:
    """Return the fields of a key: of a contact each part is one, for two may have changed one each."""
    return tuple(f"{key.name}.{part}" for part in Contact._fields) if key.kind == "contact" else (key.name,)


def part_of(values: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field, None where nothing is stated."""
    record, _dot, part = name.partition(".")
    value = values.get(record)
    return getattr(value, part, None) or None if part else value


def with_part(record: Contact | None, part: str, value: Any) -> Contact | None:
    """Return a contact with another part; None for one with nothing in it."""
    new = (record or Contact())._replace(**{part: value or Contact._field_defaults[part]})
    return new if any(new) else None


def _text(name: str, values: Mapping[str, Any]) -> str:
    record, _dot, part = name.partition(".")
    value = values.get(record)
    if part:
        return str(getattr(value, part, "") or "")
    if name == "deadline":
        if value is None:
            return LONG_TERM.label if LONG_TERM.key in values.get("flags", ()) else ""
        wording = str(values.get("deadline_wording", ""))
        return wording if wording and is_period(wording) else value.isoformat()
    if name in CHOICES:
        return _JOINED.join(value or ())
    if (key := DISCLOSURE_KEYS.entries.get(name)) and key.kind in typed.KINDS:
        return typed.shown(key.kind, value)
    if name == "measures":
        return "\n".join(one.text for one in value or ())
    if isinstance(value, tuple):
        return _JOINED.join(value)
    return str(value or "")


def _read(key: Key, text: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the values that a field's text stands for, as the reader of files takes it, or what is wrong with it."""
    if key.name == "measures":
        return {"measures": _measures(text.splitlines(), values.get("measures", ()))}, ()
    if not text:
        if key.required:
            return {}, tuple(_in_file(key, text).findings)
        return {key.name: None if key.kind in ("date", "deadline", "period") else () if _is_list(key) else ""}, ()
    one = _in_file(key, text)
    wrong = tuple(finding for finding in one.findings if finding.severity == "error")
    if wrong and key.kind in typed.KINDS and isinstance(typed.in_file(key.kind, text), str | list):
        # Not of its form at all; how a file would say it is no advice for who types.
        what, example = typed.KINDS[key.kind]
        return {}, (found("S019", "", key=key.label, allowed=what, found=f"“{text}”", example=example),)
    if wrong:
        return {}, wrong
    value = one.values.get(key.name)
    new: dict[str, Any] = {key.name: value}
    if key.name == "deadline":
        flags = tuple(values.get("flags", ()))
        if value is None:
            new["flags"] = tuple(dict.fromkeys((*flags, *one.implied)))
        elif LONG_TERM.key in flags:
            new["flags"] = tuple(flag for flag in flags if flag != LONG_TERM.key)
        if value is not None and is_period(text):
            new["deadline_wording"] = text
    return new, ()


def _in_file(key: Key, text: str) -> Read:
    """Return what a file would say that has this text for a key."""
    says = typed.in_file(key.kind, text) if key.kind in typed.KINDS else text
    written = yaml.safe_dump({key.label: says}, allow_unicode=True, width=10_000, sort_keys=False)
    keys = Keys({key.name: key} | ({"flags": PROBLEM_KEYS["flags"]} if key.name == "deadline" else {}))
    return read(f"---\n{written}---\n", keys)


def _is_list(key: Key) -> bool:
    return key.many or key.kind in ("counts", "names", "flags", "priorities", "refs")


def _measures(lines: Iterable[str], old: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return the measures that these lines name; one that was there keeps how far it is."""
    known = {measure.text: measure for measure in old}
    return tuple(known.get(text, Measure(text)) for line in lines if (text := line.strip()))


def day_of(text: str, is_deadline: bool = False) -> date | None:
    """Return the day that a text names as people write it, None where it names none; a deadline may be the end of a month."""
    try:
        return parse_date(text, is_deadline)
    except (NoSuchDay, ValueError):
        return None
