"""Everything public of one disclosure as plain data: what is compared with the next publication, and open data of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.changes import ATTACHMENTS, BODY, FORM, LINKS
from rectify.core.model import Disclosure, Problem
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, Keys


class Text(NamedTuple):
    """A Markdown text as its readers see it."""

    paragraphs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Where its links lead."""
    form: str = ""
    """In short how it is set: tables, headings, lists, what is bold."""


def public_record(
    disclosure: Disclosure,
    prose: Text,
    problems: Sequence[tuple[Problem, Text]],
    attachments: Mapping[str, str],
) -> bytes:
    """Return the JSON file of a disclosure with its problems as shown; `attachments` has the SHA-256 of each public one.

    Nothing in it depends on the day or the language of the site.
    """
    record = {
        "id": disclosure.id,
        **_fields(disclosure, DISCLOSURE_KEYS),
        **_text(prose),
        ATTACHMENTS: [f"{name} {checksum}" for name, checksum in attachments.items()],
        "problems": [_problem(problem, text) for problem, text in problems],
    }
    return as_data(record)


def as_data(record: Mapping[str, Any]) -> bytes:
    """Return a record as its file, which no browser can take for a page."""
    return (json.dumps(record, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n").encode()


def _problem(problem: Problem, text: Text) -> dict[str, Any]:
    record = {"ref": problem.ref, **_fields(problem, PROBLEM_KEYS), **_text(text)}
    return {**record, "title": ""} if problem.withdrawn else record


def _fields(source: Disclosure | Problem, keys: Keys) -> dict[str, Any]:
    return {key.name: _plain(getattr(source, key.name)) for key in keys if not key.internal}


def _text(text: Text) -> dict[str, Any]:
    return {BODY: text.paragraphs, LINKS: text.links, FORM: text.form}


def _plain(value: Any) -> Any:
    """Return a value of the model as JSON has it; of a record inside, what is stated."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items() if part}
    if isinstance(value, tuple):
        pairs = value and all(isinstance(one, tuple) and not hasattr(one, "_asdict") for one in value)
        return dict(value) if pairs else [_plain(one) for one in value]
    return "" if value is None else value
