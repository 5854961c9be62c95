"""JSON Schema of the open data, draft 2020-12, from the vocabulary: one file with a definition for each data file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rectify.core.vocabulary import (
    DISCLOSURE_KEYS,
    FLAGS,
    LONG_TERM,
    PRIORITIES,
    PROBLEM_KEYS,
    RECORDS,
    STATES,
    STATUSES,
    Keys,
    Vocabulary,
)
from rectify.outputs.public_record import as_data

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
_YES = {"type": "boolean"}
_DAY = {"type": "string", "format": "date"}
_NO_DAY = {"anyOf": [_DAY, {"const": ""}]}
_DEADLINE = {"anyOf": [_DAY, {"enum": [LONG_TERM.label, ""]}]}


def _of(vocabulary: Vocabulary, *others: str) -> dict[str, Any]:
    return {"enum": [*vocabulary.entries, *others]}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: Mapping[str, Any], optional: Iterable[str] = (), keys: Keys | None = None) -> dict[str, Any]:
    """Return an object that has nothing else; what a key of the vocabulary means is said in both languages."""
    labels = {key.name: f"{key.label} / {key.english}" for key in keys or ()}
    told = {name: {"title": labels[name], **one} if name in labels else one for name, one in properties.items()}
    required = [name for name in properties if name not in set(optional)]
    return {"type": "object", "properties": told, "required": required, "additionalProperties": False}


_ENTRY = {"date": _DAY, "status": _of(STATUSES, ""), "text": _TEXT}
_CLOSEOUT = {"date": _DAY, "by": _TEXT, "doc_no": _TEXT}
_PROBLEM = {
    "ref": _TEXT,
    "disclosure": _TEXT,
    "seq": {"type": "integer", "minimum": 1},
    "title": _TEXT,
    "status": _of(STATUSES),
    "status_label": _TEXT,
    "status_wording": _TEXT,
    "group": _TEXT,
    "number": _TEXT,
    "category": _TEXT,
    "lead": _TEXT,
    "units": _list(_TEXT),
    "deadline": _DEADLINE,
    "deadline_wording": _TEXT,
    "overdue": _YES,
    "overdue_days": _NUMBER,
    "flags": _list(_of(FLAGS)),
    "priority": _list(_of(PRIORITIES)),
    "earlier": _list(_TEXT),
    "url": _TEXT,
    "progress": _list(_object(_ENTRY, keys=RECORDS["progress"])),
    "closeout": _object(_CLOSEOUT, keys=RECORDS["closeout"]),
    "withdrawn": _DAY,
    "ended": {"const": True},
}
_COUNTS = {
    "total": _NUMBER,
    **{state.key: _NUMBER for state in STATES},
    "verified": _NUMBER,
    "overdue": _NUMBER,
    "by_status": _object({status.key: _NUMBER for status in STATUSES}),
}
_DISCLOSURE = {
    "id": _TEXT,
    "title": _TEXT,
    "unit": _TEXT,
    "inspector": _TEXT,
    "published": _DAY,
    "as_of": _DAY,
    "until": _NO_DAY,
    "ended": _YES,
    "stale": _YES,
    "url": _TEXT,
    "counts": _object(_COUNTS),
    "stated": _object({"as_of": _DAY, "counts": {"type": "object", "additionalProperties": _NUMBER}}),
}
_FILE = {"as_of": _DAY, "generator": _TEXT}


def _record(keys: Keys, first: str) -> dict[str, Any]:
    """Return what the record of a disclosure or a problem is; its values are those of the content, empty where nothing is stated."""
    stated: dict[str, dict[str, Any]] = {key.name: {} for key in keys if not key.internal}
    told = {first: _TEXT, **stated, "body": _list(_TEXT), "links": _list(_TEXT), "form": _TEXT}
    return _object(told, keys=keys)


def data_schema() -> bytes:
    """Return the file."""
    problem = _object(_PROBLEM, ("closeout", "withdrawn", "ended"), PROBLEM_KEYS)
    record = _record(DISCLOSURE_KEYS, "id")
    record["properties"] |= {
        "attachments": _list(_TEXT),
        "ended": _DAY,
        "problems": _list(_record(PROBLEM_KEYS, "ref")),
    }
    record["required"] += ["attachments", "problems"]
    definitions = {
        "problems": _object({**_FILE, "problems": _list(problem)}),
        "disclosures": _object(
            {**_FILE, "matters": _NUMBER, "disclosures": _list(_object(_DISCLOSURE, keys=DISCLOSURE_KEYS))}
        ),
        "disclosure": record,
    }
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions}
    return as_data(schema)
