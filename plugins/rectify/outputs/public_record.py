"""Everything public of one disclosure as plain data: what is compared with the next publication, and open data of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from rectify.core.changes import ATTACHMENTS, BETWEEN, BODY, FORM, LINKS
from rectify.core.model import Disclosure, Problem
from rectify.core.public_fields import public_fields
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
        **public_fields(disclosure, DISCLOSURE_KEYS),
        **_text(prose),
        ATTACHMENTS: [f"{name} {checksum}" for name, checksum in attachments.items()],
        **({"ended": str(disclosure.until)} if disclosure.ended else {}),
        "problems": [_problem(problem, text) for problem, text in problems],
    }
    return as_data(record)


def plain_record(source: Disclosure | Problem, keys: Keys) -> dict[str, Any]:
    """Return the public values of a disclosure or a problem, and its text as paragraphs, as its record has them."""
    start = {"id": source.id} if isinstance(source, Disclosure) else {"ref": source.ref}
    return {**start, **public_fields(source, keys), BODY: source.body.split(BETWEEN) if source.body else []}


def as_data(record: Mapping[str, Any]) -> bytes:
    """Return a record as its file, which no browser can take for a page."""
    return (json.dumps(record, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n").encode()


def _problem(problem: Problem, text: Text) -> dict[str, Any]:
    record = {"ref": problem.ref, **public_fields(problem, PROBLEM_KEYS), **_text(text)}
    return {**record, "title": ""} if problem.withdrawn else record


def _text(text: Text) -> dict[str, Any]:
    return {BODY: text.paragraphs, LINKS: text.links, FORM: text.form}


def read_record(record: Mapping[str, Any]) -> tuple[Disclosure, list[Problem]]:
    """Return the disclosure and the problems of a public record, with their texts as paragraphs; what it lacks is empty."""
    disclosure = _read(Disclosure, record)
    problems = []
    for one in record["problems"]:
        _, _, nn = str(one["ref"]).partition("/")
        problems.append(_read(Problem, {**one, "disclosure": disclosure.id, "nn": nn}))
    return disclosure, problems


def _read(kind: Any, record: Mapping[str, Any]) -> Any:
    values = {name: record[name] for name in _hints(kind) if name in record and name != BODY}
    texts = {BODY: BETWEEN.join(record[BODY])} if record.get(BODY) else {}
    return kind(**{name: _typed(_hints(kind)[name], value) for name, value in values.items()}, **texts)


_hints = cache(get_type_hints)


def _typed(kind: Any, value: Any) -> Any:
    """Return a value of JSON as the model declares it."""
    if isinstance(kind, UnionType):
        return _typed(get_args(kind)[0], value) if value else None
    if get_origin(kind) is tuple:
        one = get_args(kind)[0]
        if isinstance(value, Mapping):
            return tuple(value.items())
        return tuple(_typed(one, part) for part in value or ())
    if hasattr(kind, "_fields"):
        return kind(**{name: _typed(hint, value.get(name, "")) for name, hint in _hints(kind).items()})
    return date.fromisoformat(value) if kind is date else kind(value)
