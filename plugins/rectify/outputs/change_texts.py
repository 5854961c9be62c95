"""What each kind of change between two publications is called; see core/changes.py for the kinds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify.core.language import N_, Language, Message, spoken
from rectify.core.vocabulary import LONG_TERM, STATUSES


class Kind(NamedTuple):
    """One kind of change, in the order in which readers want them."""

    key: str
    name: Message


KINDS = {
    kind.key: kind
    for kind in (
        Kind("done", N_("转为已完成")),
        Kind("reopened", N_("重新列为尚未完成")),
        Kind("added", N_("新增")),
        Kind("status", N_("状态变化")),
        Kind("deadline", N_("时限调整")),
        Kind("progress", N_("新的进展")),
        Kind("text", N_("文字改动")),
        Kind("withdrawn", N_("撤回")),
        Kind("ended", N_("公开期满")),
        Kind("restored", N_("恢复公开")),
        Kind("gone", N_("不再列出")),
    )
}


def from_to(kind: str, before: str, after: str, language: Language | None = None) -> str:
    """Return what a change led from and to, such as 持续推进 → 已完成; empty where the kind says all."""
    language = language or spoken()
    if kind == "progress":
        return _value(after, language)
    if kind not in ("done", "reopened", "status", "deadline"):
        return ""
    return f"{_value(before, language)} → {_value(after, language)}"


def _value(text: str, language: Language) -> str:
    term = LONG_TERM if text == LONG_TERM.label else STATUSES.entries.get(text)
    if term:
        return language.name(term)
    day = read_day(text)
    return language.date(day) if day else text or language.text("无")


def read_day(text: object) -> date | None:
    """Return the date of an ISO date or time, None for anything else (长期坚持 too)."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
