"""A document dropped on the page: what is read in it beside its lines, corrected there, and only then written."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rectify.core.finding import Finding
from rectify.core.language import _, _n
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import STATUSES
from rectify.desk.fields import HEAD, PROBLEM, meant, texts_of
from rectify.desk.filled_ledger import filled_in
from rectify.intake.draft import Draft, DraftProblem
from rectify.intake.importing import Result, read_documents, target_of, write
from rectify.intake.last_import import RefusedImport
from rectify.intake.ledger_workbook import read_ledger
from rectify.intake.understanding import text_lines
from rectify.sources.folder import ID

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_KEPT = ("title", "unit", "as_of", "published")
"""What a disclosure must say of itself, and a document may not."""
_ROW = ("title", "status", "group", "lead", "deadline")
_HERE = ("I062", "I057")
"""Rules about what the page itself asks for: a head that is not stated, a status that is not."""
_APPROVAL = "S051"
"""Has a page of its own, once something is there to be approved."""
_LONGEST = 200
"""Bytes of a name, counted from its ending."""
_MARK = re.compile("[0-9a-f]{16}")
_UNSAFE = re.compile(r"[^\w.\-]+")


class Line(NamedTuple):
    """One line of a document, and what is found in it."""

    number: int
    text: str
    problem: int
    """The number of the problem that begins there, 0 for none."""
    findings: tuple[Finding, ...]


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def drop() -> str | Response:
        if request.method == "GET":
            return render_template("import.html", wrong=(), name="")
        file = request.files.get("file")
        if file is None or not file.filename:
            flash(_("请选一个文件"))
            return render_template("import.html", wrong=(), name="")
        mark = token_hex(8)
        folder = _place(desk, mark)
        folder.mkdir(parents=True)
        # The name is told to people and read for what kind of file it is; letters of any script stay.
        name = _UNSAFE.sub(
            "-", unicodedata.normalize("NFC", file.filename.replace("\\", "/").rpartition("/")[2])
        ).lstrip(".-")
        file.save(folder / (name.encode("utf-8", "replace")[-_LONGEST:].decode("utf-8", "ignore") or "file"))
        return redirect(url_for("imported", mark=mark))

    def imported(mark: str) -> str | Response:
        file = _file(desk, mark)
        if file is None:
            flash(_("那个文件已经不在了，请再选一次"))
            return redirect(url_for("drop"))
        if (ledger := read_ledger(file)) is not None:
            return filled_in(desk, mark, file, ledger)
        result = read_documents([file], {}, None, desk.office.words)
        if isinstance(result, RefusedImport):
            return render_template("import.html", wrong=result.findings, name=file.name)
        form: Mapping[str, str] = request.form
        if request.method == "POST":
            made, wrong = _corrected(desk, result, form)
            if not wrong:
                return _write(desk, mark, made, form["id"])
            for sentence in wrong:
                flash(sentence)
        return render_template("imported.html", mark=mark, name=file.name, form=form, **_shown(result, file))

    app.add_url_rule("/import", "drop", drop, methods=["GET", "POST"])
    app.add_url_rule("/import/<mark>", "imported", imported, methods=["GET", "POST"])


def _place(desk: Desk, mark: str) -> Path:
    return desk.office.state / "imports" / mark


def _file(desk: Desk, mark: str) -> Path | None:
    """Return the file that was dropped under a mark, None where there is none any more."""
    folder = _place(desk, mark)
    if not _MARK.fullmatch(mark) or not folder.is_dir():
        return None
    return next((file for file in folder.iterdir() if file.is_file()), None)


def _shown(result: Result, file: Path) -> dict[str, Any]:
    """Return what the page shows: the lines of the document, and what is read in them."""
    understanding = result.understandings[0]
    begins = {problem.line: number for number, problem in enumerate(result.draft.problems, start=1) if problem.line}
    at: dict[int, list[Finding]] = {}
    for finding in (*understanding.findings, *result.extra):
        if finding.rule == _APPROVAL:
            continue
        at.setdefault(finding.line, []).append(finding)
    lines = [
        Line(number, text, begins.get(number, 0), tuple(at.get(number, ())))
        for number, text in text_lines(understanding.outline)
    ]
    values = texts_of(result.draft.values, "", HEAD)
    rows = [_row(number, problem) for number, problem in enumerate(result.draft.problems, start=1)]
    stem = re.sub(r"[^a-z0-9-]+", "-", file.stem.lower()).strip("-")
    general = [one for number, some in at.items() if number not in {line.number for line in lines} for one in some]
    return {
        "lines": lines,
        "general": general,
        "head": [(name, HEAD.label(name), values[name]) for name in _KEPT],
        "rows": rows,
        "here": _HERE,
        "reason": understanding.draft_reason(),
        "id": stem if ID.fullmatch(stem) else "",
    }


def _row(number: int, problem: DraftProblem) -> dict[str, str]:
    texts = texts_of(problem.values, "")
    return {
        "number": str(number),
        "line": str(problem.line or ""),
        "status": problem.values.get("status") or "",
        **{name: texts[name] for name in _ROW if name != "status"},
    }


def _corrected(desk: Desk, result: Result, form: Mapping[str, str]) -> tuple[Result, list[str]]:
    """Return what was read, as the page corrects it, and what keeps it from being written."""
    wrong: list[str] = []
    if result.understandings[0].draft_reason() is not None:
        wrong.append(_("这份材料不能公开，没有写入"))
    head = texts_of(result.draft.values, "", HEAD)
    says = meant(head, {name: form.get(name, "") for name in _KEPT}, result.draft.values, HEAD)
    wrong += [f"{HEAD.label(name)}：{one.message()}" for name, some in says.findings.items() for one in some]
    wrong += [_("请写明“{label}”", label=HEAD.label(name)) for name in _KEPT if not form.get(name, "").strip()]
    problems = []
    for number, problem in enumerate(result.draft.problems, start=1):
        if form.get(f"drop-{number}"):
            continue
        values, no = _problem(problem, number, form)
        wrong += [_("第{place}个：{reason}", place=number, reason=reason) for reason in no]
        problems.append(problem._replace(values=values))
    if not problems:
        wrong.append(_("没有留下问题"))
    rid = form.get("id", "").strip()
    if not ID.fullmatch(rid):
        wrong.append(_("编号只用小写字母、数字和短横，如 2025-shuiwuju"))
    elif (desk.office.content / REPORTS / rid).exists():
        wrong.append(_("已经有通报 {disclosure}", disclosure=rid))
    values = {name: value for name, value in {**result.draft.values, **says.values}.items() if value not in (None, "")}
    return result._replace(draft=Draft(values, result.draft.body, tuple(problems))), wrong


def _problem(problem: DraftProblem, number: int, form: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    base = texts_of(problem.values, "")
    posted = {name: form.get(f"{name}-{number}", base.get(name, "")) for name in _ROW if name != "status"}
    says = meant(base, posted, problem.values)
    wrong = [f"{PROBLEM.label(name)}：{one.message()}" for name, some in says.findings.items() for one in some]
    values = {**problem.values, **says.values}
    for name in says.drop:
        values.pop(name, None)
    status = form.get(f"status-{number}", problem.values.get("status") or "")
    term = STATUSES.find(status)
    if term is None:
        wrong.append(_("请选择状态"))
    elif status != problem.values.get("status"):
        values["status"] = term.key
        values.pop("status_wording", None)
    return {name: value for name, value in values.items() if value not in (None, "")}, wrong


def _write(desk: Desk, mark: str, result: Result, rid: str) -> Response:
    """Write a disclosure that was looked at, whole or not at all; it can be taken back."""
    with desk.writing:
        placed = target_of(result, desk.office.content / REPORTS / rid)
        done = write(placed, False, False, lambda _difference, _dry: True)
        if isinstance(done, RefusedImport):
            for finding in done.findings:
                flash(finding.message())
            return redirect(url_for("imported", mark=mark))
        made = [file for file in sorted(placed.to.rglob("*")) if file.is_file()]
        desk.journal.note(_("导入 {disclosure}", disclosure=rid), made)
    shutil.rmtree(_place(desk, mark), ignore_errors=True)
    flash(_n("已导入 {number} 个问题", len(result.draft.problems)))
    return redirect(url_for("disclosure", rid=rid))
