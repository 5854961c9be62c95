"""A form whose beginning nobody remembers: what it says cannot be told from what was there, so both are shown before it is saved."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash

from rectify.core.language import _
from rectify.core.line_ends import unify_line_ends
from rectify.desk.fields import BODY, CHOICES, Sheet
from rectify.desk.told import told

_LONGEST = 60
"""Signs of a text that are shown, from where the two begin to differ."""


def tell_too_old(now: Mapping[str, str], posted: Mapping[str, str], sheet: Sheet) -> None:
    """Say on the next page that nothing is saved yet, and of each field which is not as it is now what both have."""
    flash(_("这一页打开得太久了，还没有保存。您填写的还在；下面几处和现在的不一样，再点一次“保存”，就换成您填写的"))
    for name in (*sheet.names, BODY):
        held, typed = (unify_line_ends(texts.get(name, now.get(name, ""))).strip() for texts in (now, posted))
        if held != typed:
            label = _("正文") if name == BODY else sheet.label(name)
            flash(
                _(
                    "{label}：现在是“{now}”，您填的是“{typed}”",
                    label=label,
                    **_cut(_words(name, held), _words(name, typed)),
                )
            )


def _words(name: str, text: str) -> str:
    return told(name, tuple(filter(None, text.split("、")))) if name in CHOICES else text


def _cut(now: str, typed: str) -> dict[str, str]:
    same = next((at for at, (one, other) in enumerate(zip(now, typed)) if one != other), min(len(now), len(typed)))
    start = max(0, same - 10)
    return {
        key: ("…" if start else "") + text[start : start + _LONGEST] + ("…" if len(text) > start + _LONGEST else "")
        for key, text in (("now", now), ("typed", typed))
    }
