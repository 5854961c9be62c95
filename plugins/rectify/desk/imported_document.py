"""What is read in a document beside its lines, corrected there, and only then written."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rectify.core.language import _, _n
from rectify.core.model import Disclosure
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import fold
from rectify.desk.corrections import KEPT, corrected, lines_of, row
from rectify.desk.fields import HEAD, texts_of
from rectify.desk.filled_ledger import filled_in
from rectify.desk.refusals import sentence_of
from rectify.desk.revised_disclosure import revised
from rectify.intake.draft import Draft
from rectify.intake.importing import Result, read_documents, target_of, write
from rectify.intake.refused_import import RefusedImport
from rectify.sources.folder import ID

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_HERE = ("I062", "I057", "I074")
"""Rules about what the page itself asks for: a head that is not stated, a status that is not."""


def looked_at(desk: Desk, mark: str, file: Path) -> str | Response:
    """Return the page of a document that was dropped under a mark, or what became of what it holds."""
    if (page := filled_in(desk, mark, file)) is not None:
        return page
    result = read_documents([file], {}, None, desk.office.words)
    if isinstance(result, RefusedImport):
        return render_template("import.html", wrong=result.findings, name=file.name)
    form: Mapping[str, str] = request.form
    there, alike = _already_there(desk, result.draft)
    if request.method == "POST":
        goal, wrong = _goal(desk, form, there)
        made, no = corrected(result, form, ("status",) if goal and goal == there else ())
        wrong = [*no, *wrong]
        if not wrong and goal == there:
            return revised(desk, mark, file.name, made, goal, form) or _done(file, url_for("changes"))
        if not wrong:
            return _write(desk, mark, file, made, goal)
        for sentence in wrong:
            flash(sentence)
    return render_template(
        "imported.html", mark=mark, name=file.name, form=form, **_shown(result, file, there), alike=alike,
        there=there, old=_head(desk, there), to=form.get("to", there),
    )  # fmt: skip


def _already_there(desk: Desk, draft: Draft) -> tuple[str, int]:
    """Return the disclosure that a document is a later state of, empty for none, and how many problems both have.

    That is the one of the same title, or the one that has at least half of the problems.
    """
    titles = {fold(problem.values.get("title") or "") for problem in draft.problems}
    title = fold(draft.values.get("title") or "")
    alike: Counter[str] = Counter()
    named: dict[str, Disclosure] = {}
    for one in desk.office.register().rows:
        rid = one.problem.disclosure
        alike[rid] += fold(one.problem.title) in titles
        named[rid] = one.disclosure
    same = [rid for rid, one in named.items() if title and fold(one.title) == title]
    best = max((*same, *named), key=lambda rid: (rid in same, alike[rid]), default="")
    return (best, alike[best]) if best in same or (best and alike[best] * 2 >= len(draft.problems)) else ("", 0)


def _goal(desk: Desk, form: Mapping[str, str], there: str) -> tuple[str, list[str]]:
    """Return the disclosure that shall be written, and what is wrong with that."""
    if there and form.get("to") == there:
        return there, []
    rid = form.get("id", "").strip()
    if not ID.fullmatch(rid):
        return "", [_("编号只用小写字母、数字和短横，如 2025-shuiwuju")]
    if rid != there and (desk.office.content / REPORTS / rid).exists():
        return "", [_("已经有通报 {disclosure}，里面的问题和这份材料的对不上；请换一个编号", disclosure=rid)]
    return rid, []


def _head(desk: Desk, rid: str) -> Disclosure | None:
    folder = desk.office.folder(rid) if rid else None
    return folder.folder.disclosure if folder else None


def _shown(result: Result, file: Path, there: str) -> dict[str, Any]:
    """Return what the page shows: the lines of the document, and what is read in them."""
    values = texts_of(result.draft.values, "", HEAD)
    lines, general = lines_of(result)
    stem = re.sub(r"[^a-z0-9-]+", "-", file.stem.lower()).strip("-")
    return {
        "lines": lines,
        "general": general,
        "head": [(name, HEAD.label(name), values[name]) for name in KEPT],
        "rows": [row(number, problem) for number, problem in enumerate(result.draft.problems, start=1)],
        "here": _HERE,
        "wrong_in": {line.part[0] for line in lines if any(one.severity == "error" for one in line.findings)} - {0},
        "reason": result.understandings[0].draft_reason(),
        "id": stem if ID.fullmatch(stem) and stem != there else "",
    }


def _write(desk: Desk, mark: str, file: Path, result: Result, rid: str) -> Response:
    """Write a disclosure that was looked at, whole or not at all; it can be taken back."""
    with desk.writing:
        placed = target_of(result, desk.office.content / REPORTS / rid)
        done = write(placed, False, False, lambda _difference, _dry: True)
        if isinstance(done, RefusedImport):
            said = [sentence_of(done.error)] if done.error else [str(one.message()) for one in done.findings]
            for reason in said:
                flash(_("没有保存：{reason}", reason=reason))
            return redirect(url_for("imported", mark=mark))
        made = [file for file in sorted(placed.to.rglob("*")) if file.is_file()]
        desk.journal.note(_("导入 {disclosure}", disclosure=rid), made)
    flash(_n("已导入 {number} 个问题", len(result.draft.problems)))
    return _done(file, url_for("disclosure", rid=rid))


def _done(file: Path, address: str) -> Response:
    shutil.rmtree(file.parent, ignore_errors=True)
    return redirect(address)
