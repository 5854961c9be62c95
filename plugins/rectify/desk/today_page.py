"""今天: what wants attention, as sentences that lead to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, render_template, url_for

from rectify.core.language import _n
from rectify.desk.changed_files import head_of, ref_of
from rectify.desk.office import VIEWS, Register, Row, once, seen

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_RECENT = timedelta(days=7)
_FIRST = 5


class Sentence(NamedTuple):
    view: str
    text: str
    url: str
    rows: tuple


def register(app: Flask, desk: Desk) -> None:
    """Add the page to the application."""

    def today() -> str:
        register = desk.office.register()
        said = {
            "late": lambda number: _n("{number} 件逾期", number),
            "due": lambda number: _n("{number} 件三十天内到期", number),
            "still": lambda number: _n("{number} 件九十天没有进展", number),
            "closeout": lambda number: _n("{number} 件销号申请待审", number),
            "extension": lambda number: _n("{number} 件延期申请待批", number),
            "back": lambda number: _n("{number} 件被退回，还要整改", number),
            "wrong": lambda number: _n("{number} 件有检查提示，改正后才能公开", number),
        }
        sentences = []
        for view in VIEWS:
            rows = tuple(seen(register.rows, view=view))
            if view in ("late", "due", "still"):
                rows = tuple(sorted(rows, key=lambda row: str(row.last if view == "still" else row.problem.deadline)))
            if rows:
                sentences.append(Sentence(view, said[view](len(rows)), url_for("ledger", view=view), rows[:_FIRST]))
        known = {row.problem.path for row in register.rows}
        elsewhere = once(one for one in register.wrong if one.path not in known)
        return render_template(
            "today.html", sentences=sentences, others=_others(desk, register), first=_FIRST, broken=elsewhere, day=register.today,
            total=len(register.rows),
        )  # fmt: skip

    app.add_url_rule("/", "today", today)


class Others(NamedTuple):
    """What somebody else handed in on one day."""

    day: str
    author: str
    rows: tuple[Row, ...]
    """The problems that it changed and that are there."""
    heads: tuple[str, ...]
    """The disclosures of which it changed nothing but the head."""


def _others(desk: Desk, register: Register) -> list[Others]:
    """Return what others handed in lately, the newest first."""
    repository = desk.repository
    if repository is None:
        return []
    since = (desk.office.today - _RECENT).isoformat()
    own = repository.author()
    told: dict[tuple[str, str], dict[str, None]] = {}
    for step in repository.steps(200, since):
        if step.author != own:
            told.setdefault((step.day, step.author), {}).update(dict.fromkeys(step.files))
    others = []
    for (day, author), files in told.items():
        rows = tuple(row for path in files if (row := register.row(ref_of(path))))
        changed = {row.disclosure.id for row in rows}
        heads = tuple(rid for path in files if (rid := head_of(path)) in register.folders and rid not in changed)
        if rows or heads:
            others.append(Others(day, author, rows, heads))
    return others
