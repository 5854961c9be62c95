"""A short message to whoever looks after a publication, in the forms in which it can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rectify.outputs.digest import DINGTALK_BYTES, WECOM_BYTES

_MARKUP = {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>#"}
_ROOM = 2000
"""Bytes of names and quotation marks around a text."""


class Notice(NamedTuple):
    """What happened in one line, and what is to be known of it."""

    title: str
    lines: Sequence[str]
    outcome: str = ""
    """For programs."""


def as_text(notice: Notice) -> str:
    """Return a notice as plain text."""
    return "\n".join([notice.title, "", *notice.lines]) + "\n"


def wecom(notice: Notice) -> dict[str, Any]:
    """Return the message for a robot of 企业微信."""
    return {"msgtype": "markdown", "markdown": {"content": _markdown(notice, WECOM_BYTES)}}


def dingtalk(notice: Notice) -> dict[str, Any]:
    """Return the message for a robot of 钉钉."""
    return {
        "msgtype": "markdown",
        "markdown": {"title": notice.title, "text": _markdown(notice, DINGTALK_BYTES - _ROOM)},
    }


def webhook(notice: Notice) -> dict[str, Any]:
    """Return the message for any other program."""
    return {"title": notice.title, "text": as_text(notice), "outcome": notice.outcome}


def _markdown(notice: Notice, limit: int) -> str:
    """Return a notice in the Markdown that robots understand, its last lines left out where it would be too long."""
    parts = [f"### {notice.title.translate(_MARKUP)}"]
    for line in notice.lines:
        if len("\n\n".join([*parts, line.translate(_MARKUP)]).encode()) > limit:
            break
        parts.append(line.translate(_MARKUP))
    return "\n\n".join(parts)
