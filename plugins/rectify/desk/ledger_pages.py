"""台账: all problems as the ledger has them; several set at once, each change shown before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rectify.core.dated_entry import Refused
from rectify.core.language import N_, _, _n, spoken
from rectify.core.line_ends import unify_line_ends
from rectify.core.soft_breaks import join_lines
from rectify.core.vocabulary import FLAGS, PROBLEM_KEYS, STATUSES
from rectify.desk.changed_files import changes_of, head_of
from rectify.desk.drafts import draft
from rectify.desk.fields import texts_in
from rectify.desk.office import FILTERS, NONE, VIEWS, Row, seen, stated
from rectify.desk.refusals import sentence_of
from rectify.desk.steps import step_edits, usual_body
from rectify.desk.told import told
from rectify.outputs.paper_columns import COLUMNS, SHEETS, USUAL
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import Edit, text_of

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_PAGE = 100
"""Rows on one page."""
_PASTED = ("entry_text", "lead", "owner", "deadline", "group", "category", "number", "title")
"""What a column that is pasted can be."""


_TYPED = ("entry_status", "entry_text", "lead", "deadline")
"""What can be typed into the table."""
_TERMS = {"status": STATUSES, "flag": FLAGS}


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
        asked = {key: request.args.get(key, "") for key in FILTERS}
        rows = list(seen(register.rows, **asked))
        pages = max(1, -(-len(rows) // _PAGE))
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        names = {"entry_text": _("进展内容")} | {key: spoken().name(PROBLEM_KEYS[key]) for key in _PASTED[1:]}
        return render_template(
            "ledger.html", rows=rows[(number - 1) * _PAGE : number * _PAGE], total=len(rows), asked=asked,
            choices={name: _choices(register.rows, asked, name) for name in FILTERS[2:]}, page=number, pages=pages,
            views=_views(), pasted=names, today=register.today, is_saved="saved" in request.args,
            columns=_printed(), usual=USUAL, sheets=SHEETS,
        )  # fmt: skip

    def together() -> str | Response:
        form = request.form
        refs, cells = form.getlist("ref"), _cells(form)
        back = {key: value for key, value in parse_qsl(form.get("asked", "")) if key in FILTERS}
        if not refs and not cells:
            flash(_("没有选问题"))
            return redirect(url_for("ledger", **back))  # type: ignore[arg-type]
        column = _column(form)
        if column and len(column) != len(refs):
            flash(_("粘贴的有 {lines} 行，选的有 {rows} 个问题，要一样多", lines=len(column), rows=len(refs)))
            return redirect(url_for("ledger", **back))  # type: ignore[arg-type]
        values = _values(refs, form, column, cells)
        # Nobody else writes between what is read and what is written.
        with desk.writing:
            edits, wanted = _planned(desk, values)
            good = [one for one in wanted if not one.refusal and one.changes]
            if form.get("apply") and good:
                try:
                    desk.journal.write(_n("{number} 个问题一起设置", len(good)), edits)
                except OSError as no:
                    flash(_("没有保存：{reason}", reason=sentence_of(no)))
                    return redirect(url_for("ledger", **back))  # type: ignore[arg-type]
                flash(_n("已保存 {number} 个问题", len(good)))
                return redirect(url_for("ledger", saved=1, **back))  # type: ignore[arg-type]
        said = [(name, value) for name, value in form.items(multi=True) if name not in ("csrf_token", "apply")]
        heads = [
            (edit.shown.split("/")[1], list(changes_of(edit.old, edit.new, edit.shown)[0]))
            for edit in edits if head_of(edit.shown)
        ]  # fmt: skip
        return render_template("together.html", wanted=wanted, good=len(good), heads=heads, said=said, back=back)

    app.add_url_rule("/ledger", "ledger", ledger)
    app.add_url_rule("/ledger/together", "together", together, methods=["POST"])


def _printed() -> dict[str, str]:
    """Return the columns of the ledger on paper, each as this page calls it."""
    others = {
        "ref": _("编号"),
        "unit": _("通报单位"),
        "late": _("逾期"),
        "progress": _("最近进展"),
        "course": _("最近一步"),
    }
    return {name: others.get(name) or spoken().name(PROBLEM_KEYS[name]) for name in COLUMNS}


def _views() -> dict[str, str]:
    names = {
        "late": _("逾期"),
        "due": _("三十天内到期"),
        "still": _("九十天没有进展"),
        "closeout": _("销号待审"),
        "extension": _("延期待批"),
        "back": _("被退回"),
        "wrong": _("有检查提示"),
    }
    return {"": _("全部"), **{view: names[view] for view in VIEWS}}


def _choices(rows: Sequence[Row], asked: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    """Return what can be chosen in the head of a column, by value and name: what the other filters leave there."""
    others = seen(rows, **{key: value for key, value in asked.items() if key != name})
    held = {value for row in others for value in stated(row, name)} | ({asked[name]} if asked[name] else set())
    if name in _TERMS:
        known = [(term.key, spoken().name(term)) for term in _TERMS[name] if term.key in held]
    else:
        known = [(value, value) for value in sorted(held - {NONE})]
    return known + ([(NONE, _("（没有）"))] if NONE in held else [])


def _column(form: Mapping[str, str]) -> list[str]:
    """Return the cells of a column as a spreadsheet gives it: one with a line break in it stands in quotes."""
    cells: list[str] = []
    held: list[str] = []
    quotes = 0
    lines = unify_line_ends(form.get("pasted", "")).strip("\n")
    for line in lines.split("\n") if lines else []:
        held.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0 or not held[0].startswith('"'):
            cells.append(_unquoted("\n".join(held)))
            held, quotes = [], 0
    return cells + held  # of a quotation that never ends, each line is a cell


def _unquoted(cell: str) -> str:
    if "\n" not in cell:
        return cell
    return join_lines("\n".join(line.strip() for line in cell[1:-1].replace('""', '"').split("\n"))).replace("\n", " ")


def _cells(form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return by problem and field what was typed into the cells of the table."""
    cells: dict[str, dict[str, str]] = {}
    for name, value in form.items():
        kind, _bar, rest = name.partition("|")
        ref, _bar, field = rest.partition("|")
        if kind == "cell" and field in _TYPED:
            cells.setdefault(ref, {})[field] = value.strip()
    return cells


def _values(
    refs: Sequence[str], form: Mapping[str, str], column: Sequence[str], cells: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Return what the form says of each problem: what is typed in its row goes before what is set for all that are chosen."""
    general = {key: form[key] for key in ("entry_date", "as_of") if form.get(key)}
    same = {**general, **{key: form[key] for key in ("entry_status", "entry_text") if form.get(key)}}
    if form.get("stage"):
        same |= {key: form.get(key, "") for key in ("stage", "step_by", "step_text", "step_deadline")}
    values = {ref: dict(same) for ref in refs}
    name = form.get("pasted_as", "entry_text")
    if name in _PASTED:
        for ref, text in zip(refs, column):
            values[ref][name] = text.strip()
    for ref, typed in cells.items():
        values[ref] = {**values.get(ref, general), **typed}
    return values


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
            if posted.get("stage"):
                made_of_step = _step_edits(desk, row, posted)
                edits |= {edit.shown: edit for edit in made_of_step}
                wanted.append(Wanted(ref, row.problem.title, tuple(_changes(made_of_step)), ""))
                continue
            now = text_of((desk.office.content / shown).read_bytes(), shown)[0]
            reason = {"reason": posted.get("entry_text", "")}
            made = draft(desk.office, ref, now, {**_present(now), **posted, **reason})
        except (CannotEdit, Refused) as error:
            wanted.append(Wanted(ref, row.problem.title, (), str(error)))
            continue
        except OSError as error:
            wanted.append(Wanted(ref, row.problem.title, (), sentence_of(error)))
            continue
        refusal = "；".join(remark.text for some in made.remarks.values() for remark in some)
        edits |= {edit.shown: edit for edit in made.edits}
        wanted.append(Wanted(ref, row.problem.title, tuple(_changes(made.edits)), refusal))
    return list(edits.values()), wanted


def _step_edits(desk: Desk, row: Row, posted: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return the edits of one step; raises Refused as for a step of its own, and where an entry is typed as well."""
    if any(posted.get(name) for name in ("entry_status", *_PASTED)):
        raise Refused(N_("这一行还写了别的，一次只做一件：先保存那些，再登记这一步"))
    step = {key: posted.get(f"step_{key}", "") for key in ("by", "text", "deadline")}
    step["by"] = step["by"] or usual_body(posted["stage"], row)
    given = {**step, "stage": posted["stage"], "date": posted.get("entry_date", ""), "as_of": posted.get("as_of", "")}
    return step_edits(desk.office, row.problem.ref, given)[0]


def _present(text: str) -> dict[str, str]:
    one = read(text, PROBLEM_KEYS)
    return texts_in(one)


def _changes(edits: tuple[Edit, ...]):
    for edit in edits:
        if edit.shown.endswith("/index.md"):
            continue
        before, after = (read(text, PROBLEM_KEYS).values for text in (edit.before, edit.after))
        for name in PROBLEM_KEYS.entries:
            if before.get(name) == after.get(name):
                continue
            if name in ("progress", "course"):
                new = after[name][len(before.get(name, ())) :]
                yield spoken().name(PROBLEM_KEYS[name]), "", told(name, new)
            else:
                yield spoken().name(PROBLEM_KEYS[name]), told(name, before.get(name)), told(name, after.get(name))
