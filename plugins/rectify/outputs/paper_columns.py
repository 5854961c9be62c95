"""What the ledger on paper can have: its columns, and the sheets that it is printed on."""

from __future__ import annotations

from rectify.core.vocabulary import PROBLEM_KEYS

COLUMNS: dict[str, str] = {
    "ref": "编号",
    "unit": "通报单位",
    **{
        name: PROBLEM_KEYS[name].label
        for name in (
            "group", "number", "title", "category", "measures", "lead", "units", "owner", "deadline", "status", "flags",
            "priority", "closeout",
        )
    },
    "late": "逾期",
    "progress": "最近进展",
    "course": "最近一步",
}  # fmt: skip
"""By key, with the heading, in the order in which they are usually wanted."""
USUAL = ("ref", "title", "lead", "deadline", "status", "progress")
SHEETS = {"A4": (210, 297), "A3": (297, 420)}
"""Millimetres: width and height of a page that stands."""
