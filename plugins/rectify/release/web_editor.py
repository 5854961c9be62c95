"""The configuration of a web editor for git (Decap, Sveltia): a form for each kind of file, made from the vocabulary.

Source of the format: the documentation of Decap CMS, "Collections" and "Widgets", and what the editors do.
"""

from __future__ import annotations

from typing import Any

import yaml

from rectify.core.language import spoken
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import (
    CLOSED,
    DISCLOSURE_KEYS,
    GENRES,
    PROBLEM_KEYS,
    RECORDS,
    STATUSES,
    Key,
    Keys,
    Vocabulary,
)

_SEVERAL = ("flags", "priorities")
_LISTS = ("names", "refs", "files")
_LONG = {"progress.text", "step.text"}
_HEADS = {"field": DISCLOSURE_KEYS["genre"].label, "value": GENRES["rectification"].label}
_BY_TITLE = {"field": PROBLEM_KEYS["title"].label, "pattern": "^(?!null$)."}
"""Sveltia takes what a file does not state for the text `null`."""
_BY_NOTHING = {"field": DISCLOSURE_KEYS["genre"].label}
"""Decap shows what has the value in a field; where none is given, what has no such field."""
_NOT_TYPED = ("fingerprints",)
"""What a program writes."""


def web_editor(content: str, takes_patterns: bool = False) -> str:
    """Return the collections of the configuration as YAML, for the content folder of this path in its repository.

    Sveltia `takes_patterns` where it is said which files are shown, Decap does not.
    """
    folder = f"{content.strip('/')}/{REPORTS}"
    collections = [
        _collection("disclosures", spoken().text("通报"), folder, DISCLOSURE_KEYS, _HEADS),
        _collection(
            "problems", spoken().text("问题"), folder, PROBLEM_KEYS, _BY_TITLE if takes_patterns else _BY_NOTHING
        ),
    ]
    return yaml.safe_dump({"collections": collections}, allow_unicode=True, sort_keys=False, width=120)


def _collection(name: str, label: str, folder: str, keys: Keys, shown: dict[str, str]) -> dict[str, Any]:
    word = keys["title"].label
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "create": False,  # an editor names a file after its title, not by the next number
        "delete": False,  # a problem that was published is withdrawn, which leaves a trace
        "identifier_field": word,
        "summary": f"{{{{filename}}}} {{{{{word}}}}}",
        # Both kinds lie in the same folders.
        "filter": shown,
        "nested": {"depth": 3, "subfolders": False},
        "media_folder": "files",
        "public_folder": "files",
        "fields": [
            *_fields(keys),
            {"name": "body", "label": spoken().text("正文"), "widget": "markdown", "required": False},
        ],
    }


def _fields(keys: Keys, record: str = "") -> list[dict[str, Any]]:
    return [_field(key, record) for key in keys if key.kind not in _NOT_TYPED]


def _field(key: Key, record: str) -> dict[str, Any]:
    return {"name": key.label, "label": spoken().name(key), "required": key.required, **_widget(key, record)}


def _widget(key: Key, record: str) -> dict[str, Any]:
    if key.kind == "measure":
        # Most are a text and nothing else; a record would be asked of each, and what is a text be lost.
        part = RECORDS[key.kind]["text"]
        return {"widget": "list", "field": {"name": part.label, "label": spoken().name(part), "widget": "text"}}
    if key.kind in RECORDS:
        parts = _fields(RECORDS[key.kind], key.kind)
        if not key.many and not key.required:
            # Decap asks for the parts of a record even where there is none.
            parts = [{**part, "required": False} for part in parts]
        return {"widget": "list" if key.many else "object", "fields": parts, "collapsed": True}
    if key.kind in CLOSED:
        options = _options(CLOSED[key.kind])
        return {"widget": "select", "options": options, **({"multiple": True} if key.kind in _SEVERAL else {})}
    if key.kind in _LISTS:
        return {"widget": "list"}
    if key.kind == "date":
        return {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False}
    if key.kind == "deadline":
        return {"widget": "string", "hint": spoken().text("2025-09-30，或者 2025年底前、长期坚持")}
    if key.kind == "counts":
        words = ["总数", *(term.label for term in STATUSES)]
        number = {"widget": "number", "value_type": "int", "required": False}
        return {
            "widget": "object",
            "collapsed": True,
            "fields": [{"name": word, "label": word, **number} for word in words],
        }
    return {"widget": "text" if f"{record}.{key.name}" in _LONG else "string"}


def _options(vocabulary: Vocabulary) -> list[dict[str, str]]:
    return [{"label": spoken().name(term), "value": term.label} for term in vocabulary]
