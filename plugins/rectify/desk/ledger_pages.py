"""台账: all problems as the ledger has them; several set at once, each change shown before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rectify.core.language import _, _n, spoken
from rectify.core.line_ends import unify_line_ends
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.desk.changed_files import told
from rectify.desk.drafts import draft
from rectify.desk.fields import texts_of
from rectify.desk.office import VIEWS, seen
from rectify.desk.refusals import sentence_of
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import Edit, text_of

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_PAGE = 100
"""Rows on one page."""
_PASTED = ("entry_text", "lead", "owner", "deadline", "group", "category", "number", "title")
"""What a column that is pasted can be."""


class Wanted(NamedTuple):
    """One row of a preview."""

    ref: str
    title: str
    changes: tuple[tuple[str, str, str], ...]
    """Name, before and after of what changes."""
    refusal: str


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def ledger() -> str:
        register = desk.office.register()
        asked = {key: request.args.get(key, "") for key in ("view", "unit", "status", "words")}
        rows = list(seen(register.rows, **asked))
        pages = max(1, -(-len(rows) // _PAGE))
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        units = sorted({row.disclosure.unit for row in register.rows})
        names = {"entry_text": _("进展内容")} | {key: spoken().name(PROBLEM_KEYS[key]) for key in _PASTED[1:]}
        return render_template(
            "ledger.html", rows=rows[(number - 1) * _PAGE : number * _PAGE], total=len(rows), asked=asked, units=units,
            page=number, pages=pages, views=_views(), pasted=names, today=register.today,
        )  # fmt: skip

    def together() -> str | Response:
        form = request.form
        refs = form.getlist("ref")
        if not refs:
            flash(_("没有选问题"))
            return redirect(_back())
        values = _values(refs, form)
        if values is None:
            flash(_("粘贴的有 {lines} 行，选的有 {rows} 个问题，要一样多", lines=len(_column(form)), rows=len(refs)))
            return redirect(_back())
        # Nobody else writes between what is read and what is written.
        with desk.writing:
            edits, wanted = _planned(desk, values)
            good = [one for one in wanted if not one.refusal and one.changes]
            if form.get("apply") and good:
                try:
                    desk.journal.write(_n("{number} 个问题一起设置", len(good)), edits)
                except OSError as no:
                    flash(_("没有保存：{reason}", reason=sentence_of(no)))
                else:
                    flash(_n("已保存 {number} 个问题", len(good)))
                return redirect(url_for("ledger"))
        return render_template("together.html", wanted=wanted, good=len(good), form=form, refs=refs)

    app.add_url_rule("/ledger", "ledger", ledger)
    app.add_url_rule("/ledger/together", "together", together, methods=["POST"])


def _views() -> dict[str, str]:
    names = {"late": _("逾期"), "due": _("三十天内到期"), "still": _("九十天没有进展"), "wrong": _("有检查提示")}
    return {"": _("全部"), **{view: names[view] for view in VIEWS}}


def _back() -> str:
    return url_for("ledger")


def _column(form: Mapping[str, str]) -> list[str]:
    lines = unify_line_ends(form.get("pasted", "")).strip("\n")
    return lines.split("\n") if lines else []


def _values(refs: list[str], form: Mapping[str, str]) -> dict[str, dict[str, str]] | None:
    """Return what the form says of each problem; None where a pasted column has not a line for each."""
    same = {key: form.get(key, "") for key in ("entry_status", "entry_date", "entry_text", "as_of") if form.get(key)}
    column = _column(form)
    if column and len(column) != len(refs):
        return None
    name = form.get("pasted_as", "entry_text")
    if column and name in _PASTED:
        return {ref: {**same, name: line.strip()} for ref, line in zip(refs, column)}
    return {ref: dict(same) for ref in refs}


def _planned(desk: Desk, values: Mapping[str, Mapping[str, str]]) -> tuple[list[Edit], list[Wanted]]:
    """Return the edits of what can be done, and a row for each problem."""
    register = desk.office.register()
    edits: dict[str, Edit] = {}
    wanted: list[Wanted] = []
    for ref, posted in values.items():
        row = register.row(ref)
        if row is None:
            wanted.append(Wanted(ref, "", (), _("没有这个问题，或者文件读不出")))
            continue
        shown = desk.office.file(ref)[0]
        try:
            now = text_of((desk.office.content / shown).read_bytes(), shown)[0]
            reason = {"reason": posted.get("entry_text", "")}
            made = draft(desk.office, ref, now, {**_present(now), **posted, **reason})
        except CannotEdit as error:
            wanted.append(Wanted(ref, row.problem.title, (), str(error)))
            continue
        except OSError as error:
            wanted.append(Wanted(ref, row.problem.title, (), sentence_of(error)))
            continue
        refusal = "；".join(remark.text for some in made.remarks.values() for remark in some)
        edits |= {edit.shown: edit for edit in made.edits}
        wanted.append(Wanted(ref, row.problem.title, tuple(_changes(made.edits)), refusal))
    return list(edits.values()), wanted


def _present(text: str) -> dict[str, str]:
    one = read(text, PROBLEM_KEYS)
    return texts_of(one.values, one.body)


def _changes(edits: tuple[Edit, ...]):
    for edit in edits:
        if edit.shown.endswith("/index.md"):
            continue
        before, after = (read(text, PROBLEM_KEYS).values for text in (edit.before, edit.after))
        for name in PROBLEM_KEYS.entries:
            if before.get(name) == after.get(name):
                continue
            if name == "progress":
                new = after["progress"][len(before.get("progress", ())) :]
                yield spoken().name(PROBLEM_KEYS[name]), "", told(name, new)
            else:
                yield spoken().name(PROBLEM_KEYS[name]), told(name, before.get(name)), told(name, after.get(name))
