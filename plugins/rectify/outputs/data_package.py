"""The descriptor of the open data as a data package: what each file holds, column by column.

Form: Data Package 1.0, https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from rectify.core.language import Language, language
from rectify.core.vocabulary import FLAGS, PRIORITIES, STATUSES, Vocabulary
from rectify.outputs.data import GENERATOR
from rectify.outputs.data_tables import PROBLEMS, TABLES, Field, Table
from rectify.outputs.public_record import as_data

_BOTH = (language("zh"), language("en"))
_VALUES: Mapping[str, Vocabulary] = {
    "status": STATUSES,
    "status_key": STATUSES,
    "flags": FLAGS,
    "priority": PRIORITIES,
}
"""By the key of a column, what it may say."""
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the ending of a file's name."""
_NAME = re.compile(r"[-A-Za-z0-9._]+")


class Licence(NamedTuple):
    """On what terms the data may be used, as the site says it."""

    name: str = ""
    """An identifier of the Open Definition such as `CC-BY-4.0`, or the licence's own name."""
    url: str = ""

    def data(self) -> list[dict[str, str]]:
        """Return it as a descriptor has it; a licence needs an identifier or an address there."""
        told = {"name": self.name if _NAME.fullmatch(self.name) else "", "path": self.url, "title": self.name}
        return [{key: value for key, value in told.items() if value}] if told["name"] or told["path"] else []


class About(NamedTuple):
    """What is said of the data as a whole."""

    title: str
    publisher: str
    address: str
    """Of the site; empty where it does not know its own."""
    licence: Licence
    as_of: date


def data_package(files: Mapping[str, bytes], about: About, spoken: Language) -> bytes:
    """Return the descriptor of files, by their names beside it, of a site in a language."""
    tables = {f"{table.key}.csv": table for table in TABLES}
    resources = [_resource(name, data, tables.get(name), spoken) for name, data in files.items()]
    told = {
        "profile": "data-package",
        "name": "rectification-register",
        "title": about.title,
        "description": spoken.text("巡视巡察、督察、审计整改情况的公开登记：通报、问题和进展"),
        "homepage": about.address,
        "version": about.as_of.isoformat(),
        "as_of": about.as_of.isoformat(),
        "generator": GENERATOR,
        "licenses": about.licence.data(),
        "contributors": [{"title": about.publisher, "role": "publisher"}] if about.publisher else [],
        "resources": resources,
    }
    stated = {key: value for key, value in told.items() if value}
    return as_data(stated)


def _resource(name: str, data: bytes, table: Table | None, spoken: Language) -> dict[str, Any]:
    stem, ending = posixpath.splitext(name)
    kind = ending.removeprefix(".")
    told: dict[str, Any] = {
        "name": stem if table else f"{stem}-{kind}",
        "path": name,
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if kind == "xlsx":
        # Its cells say what they are; a program that guesses from the first rows takes a column of numbers and words for numbers.
        told["schema"] = {"fields": [{"name": field.name(spoken), "type": "any"} for field in PROBLEMS.fields]}
    if table is None:
        return told
    heads = {field.key: field.name(spoken) for field in table.fields}
    schema: dict[str, Any] = {
        "fields": [_field(field, spoken) for field in table.fields],
        "primaryKey": [heads[key] for key in table.primary],
        "missingValues": [""],
    }
    if table.refers:
        column, other = table.refers
        (referred,) = (one for one in TABLES if one.key == other)
        reference = {"resource": other, "fields": [referred.fields[0].name(spoken)]}
        schema["foreignKeys"] = [{"fields": [heads[column]], "reference": reference}]
    about = {
        "profile": "tabular-data-resource",
        "title": spoken.say(table.title),
        "description": spoken.say(table.about),
    }
    return {**told, **about, "schema": schema}


def _field(field: Field, spoken: Language) -> dict[str, Any]:
    chinese, english = (field.name(one) for one in _BOTH)
    told: dict[str, Any] = {
        "name": field.name(spoken),
        "type": field.kind,
        "title": f"{chinese} / {english}",
        "description": " / ".join(filter(None, (field.meaning(one) for one in _BOTH))),
        "key": field.key,
    }
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if terms := _VALUES.get(field.key):
        told["values"] = [
            {
                "key": term.key,
                "zh": term.label,
                "en": term.english,
                "means_zh": term.definition,
                "means_en": term.definition_en,
            }
            for term in terms
        ]
        if field.key.startswith("status"):
            names = [term.key if field.key == "status_key" else spoken.name(term) for term in terms]
            constraints["enum"] = names
    if constraints:
        told["constraints"] = constraints
    return {key: value for key, value in told.items() if value}
