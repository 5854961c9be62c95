"""The ledger workbook's form: its sheets and columns, how a value stands in its cell, and the copy kept for comparison.

Export writes it and import reads it, so that a cell nobody touched gives back exactly the value it was made from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Closeout, Measure, Problem, Progress
from rectify.core.plain_json import read_json
from rectify.core.vocabulary import FLAGS, LONG_TERM, PRIORITIES, PROBLEM_KEYS, RECORDS, STATUSES

FORMAT = "rectify-ledger-1"
"""Stands in the first cell of the hidden sheet; another number means another form."""

SHEET, PROGRESS_SHEET, GUIDE_SHEET, BASE_SHEET = "整改台账", "进展记录", "填写说明", "rectify"
COURSE_SHEET = "办理"
"""What offices have among themselves; in no workbook that is published."""
REF, UNIT, TITLE = "编号", "公开单位", PROBLEM_KEYS["title"].label
"""Headings of columns that are shown and not filled in; that of the problem's wording."""

COLUMNS = (
    "group",
    "number",
    "title",
    "category",
    "measures",
    "lead",
    "units",
    "owner",
    "deadline",
    "status",
    "status_wording",
    "flags",
    "body",
    "closeout",
    "priority",
    "earlier",
)
PROGRESS_COLUMNS = ("date", "status", "text", "files")

LIMIT = 32_767
"""Most UTF-16 units in a cell, by Excel's specification; WPS and LibreOffice keep to it."""

_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no cell can hold."""


def heading(key: str) -> str:
    """Return the heading of a problem's column."""
    return "整改情况" if key == "body" else PROBLEM_KEYS[key].label


def progress_heading(key: str) -> str:
    """Return the heading of a column of the sheet of progress entries."""
    return RECORDS["progress"][key].label


def continued_heading(heading: str, part: int) -> str:
    """Return the heading of the column that takes what a cell cannot hold; `part` counts from 1."""
    return f"{heading}（续{part}）" if part > 1 else heading


def plain(text: str) -> str:
    """Return a text as a cell can hold it."""
    return _DROPPED.sub("", unify_line_ends(text))


def same(one: str, other: str) -> bool:
    """Return whether two cells say the same; office programs change blanks and line ends when they save."""
    return one.split() == other.split()


def checksum_of(text: str) -> str:
    """Return a checksum of a cell's text that is equal for all texts that are the `same`."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def parts(text: str) -> list[str]:
    """Return a text in pieces that fit a cell, cut after a line where there is one; a single piece nearly always."""
    pieces = []
    while len(text.encode("utf-16-le")) // 2 > LIMIT:
        head = text[: LIMIT // 2]
        cut = head.rfind("\n") + 1 or len(head)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def values(problem: Problem) -> dict[str, Any]:
    """Return what the workbook states of a problem, its body apart: model values by English key, empty ones left out."""
    stated = {key: getattr(problem, key) for key in (*COLUMNS, "progress") if key != "body"}
    return {key: value for key, value in stated.items() if value}


def cell(stated: Mapping[str, Any], key: str) -> str | date:
    """Return what a problem's cell shows for its values; dates stay dates."""
    value = stated.get(key)
    if key == "deadline" and not value:
        return LONG_TERM.label if LONG_TERM.key in stated.get("flags", ()) else ""
    if not value or isinstance(value, date):
        return value or ""
    match key:
        case "measures":
            marks = [f"{n}." if len(value) > 1 else "" for n in range(1, len(value) + 1)]
            ends = [f"（{STATUSES[m.status].label}）" if m.status else "" for m in value]
            return plain("\n".join(mark + m.text + end for mark, m, end in zip(marks, value, ends)))
        case "units":
            return plain("、".join(value))
        case "status":
            return STATUSES[value].label
        case "flags" | "priority":
            return "、".join({**FLAGS.entries, **PRIORITIES.entries}[one].label for one in value)
        case "earlier":
            return "\n".join(value)
        case "closeout":
            return plain("\n".join(part for part in (value.date.isoformat(), value.by, value.doc_no) if part))
    return plain(value)


def progress_cell(entry: Progress, key: str) -> str | date:
    """Return what an entry's cell shows."""
    value = getattr(entry, key)
    if key == "status":
        return STATUSES[value].label if value else ""
    return plain("\n".join(value)) if key == "files" else plain(value) if isinstance(value, str) else value


def pack(stated: Mapping[str, Any], body: str, shown: str) -> str:
    """Return the copy of a problem for the hidden sheet: its values, its Markdown body and the fingerprint of the body's cell."""
    # In plain ASCII: LibreOffice cuts a text wherever its script changes, each piece with its fonts around it.
    copy = json.dumps({"values": stated, "body": body, "shown": checksum_of(plain(shown))}, default=str)
    # `_x000D_` in a cell is the escape of a character.
    return copy.replace("_x", "\\u005fx")


def unpack(text: str) -> tuple[dict[str, Any], str, str]:
    """Return values, body and fingerprint of a copy. Raises ValueError, KeyError or TypeError where it is damaged."""
    data = read_json(text)
    stated = {key: value for key, value in data["values"].items() if key in PROBLEM_KEYS.entries}
    for key in ("units", "flags", "priority", "earlier"):
        if key in stated:
            stated[key] = tuple(stated[key])
    if "deadline" in stated:
        stated["deadline"] = date.fromisoformat(stated["deadline"])
    if "measures" in stated:
        stated["measures"] = tuple(Measure(*one) for one in stated["measures"])
    if "progress" in stated:
        stated["progress"] = tuple(
            Progress(date.fromisoformat(day), text, status, tuple(files))
            for day, text, status, files in stated["progress"]
        )
    if "closeout" in stated:
        day, *rest = stated["closeout"]
        stated["closeout"] = Closeout(date.fromisoformat(day), *rest)
    return stated, str(data["body"]), str(data["shown"])
