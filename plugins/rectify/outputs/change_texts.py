"""What each kind of change between two publications is called; see core/changes.py for the kinds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify.core.vocabulary import STATUSES


class Kind(NamedTuple):
    """One kind of change, in the order in which readers want them."""

    key: str
    label: str
    english: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind("done", "转为已完成", "done"),
        Kind("reopened", "重新列为持续推进", "reopened"),
        Kind("added", "新增", "new"),
        Kind("status", "状态变化", "status changed"),
        Kind("deadline", "时限调整", "deadline moved"),
        Kind("progress", "新的进展", "new progress"),
        Kind("withdrawn", "撤回", "withdrawn"),
        Kind("gone", "不再列出", "no longer listed"),
    )
}


def from_to(kind: str, before: str, after: str, lang: str = "zh") -> str:
    """Return what a change led from and to, such as 持续推进 → 已完成; empty where the kind says all."""
    if kind == "progress":
        return after
    if kind not in ("done", "reopened", "status", "deadline"):
        return ""
    nothing = "无" if lang == "zh" else "none"
    return f"{_value(before, lang) or nothing} → {_value(after, lang) or nothing}"


def _value(text: str, lang: str) -> str:
    status = STATUSES.entries.get(text)
    if status is None:
        return text
    return status.label if lang == "zh" else status.english


def read_day(text: object) -> date | None:
    """Return the date of an ISO date or time, None for anything else (长期坚持 too)."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
