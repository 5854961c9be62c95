"""JSON Schema of the front matter, from the same vocabulary that the reader reads with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rectify.core.vocabulary import (
    DISCLOSURE_KEYS,
    FLAGS,
    GENRES,
    IMMEDIATE,
    LONG_TERM,
    PRIORITIES,
    PROBLEM_KEYS,
    RECORDS,
    SCOPES,
    STAGES,
    STATUSES,
    Key,
    Keys,
    Vocabulary,
)

KINDS: Mapping[str, Keys] = {"disclosure": DISCLOSURE_KEYS, "problem": PROBLEM_KEYS}

_DAY = r"^\d{4}(-\d{1,2}-\d{1,2}|\.\d{1,2}\.\d{1,2}|/\d{1,2}/\d{1,2}|年\d{1,2}月\d{1,2}日)$"
_PERIOD = (
    r"^\d{4}年(?:年?[底末内中]|全年|年|[上下]半年[底末内]?|第?[一二三四1-4]季度?[底末内]?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:[上中下]旬|[底末内])?)?(?:之前|以前|以内|前|止)?$"
)
_MONTH = r"^\d{4}([-./]\d{1,2}|年\d{1,2}月)$"


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a `report`'s or `problem`'s front matter.

    Every key may be written as its English name, Chinese label or an alias; a required one in any of them.
    """
    title = {"disclosure": "通报（index.md）", "problem": "问题（NN.md）"}[kind]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_object(KINDS[kind])}


def _object(keys: Keys) -> dict[str, Any]:
    spellings = {key.name: list(dict.fromkeys((key.label, key.name, *key.aliases))) for key in keys}
    required = [{"oneOf": [{"required": [word]} for word in spellings[key.name]]} for key in keys if key.required]
    properties = {word: _value(key) for key in keys for word in spellings[key.name]}
    result: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return result | ({"allOf": required} if required else {})


def _value(key: Key) -> dict[str, Any]:
    about = {"title": key.label, "description": key.english}
    if key.kind in _SIMPLE:
        value = _SIMPLE[key.kind]
    else:
        value = _object(RECORDS[key.kind])
        if RECORDS[key.kind].short:
            value = {"anyOf": [_TEXT, value]}
        if key.many:
            value = _list_of(value)
    # A key with nothing after it is read as if it were not there.
    return about | (value if key.required else {"anyOf": [value, {"type": "null"}]})


def _one_of(vocabulary: Vocabulary) -> dict[str, Any]:
    return {"enum": vocabulary.words()}


def _list_of(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "array", "items": items}, items]}


_TEXT = {"type": ["string", "number"]}
_COUNT = {"type": "integer", "minimum": 0}
_SIMPLE: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "ordinal": _TEXT,
    "names": _list_of({"type": "string"}),
    "files": _list_of({"type": "string", "pattern": "^files/"}),
    "refs": _list_of({"type": "string"}),
    "fingerprints": _list_of({"type": "string"}),
    "number": {"type": ["number", "string"]},
    "date": {"type": "string", "pattern": _DAY},
    "deadline": {
        "type": "string",
        "pattern": f"{_DAY}|{_MONTH}|{_PERIOD}|^{LONG_TERM.label}$|^{IMMEDIATE.label}$",
        "examples": ["2025-12-31", "2025年9月", "2025年第三季度末", "2025年底前", LONG_TERM.label, IMMEDIATE.label],
    },
    "status": _one_of(STATUSES),
    "genre": _one_of(GENRES),
    "scope": _one_of(SCOPES),
    "stage": _one_of(STAGES),
    "priorities": _list_of(_one_of(PRIORITIES)),
    "flags": _list_of(_one_of(FLAGS)),
    "counts": {
        "type": "object",
        "properties": dict.fromkeys(("总数", "合计", "total", *STATUSES.words()), _COUNT),
        "additionalProperties": False,
    },
}
