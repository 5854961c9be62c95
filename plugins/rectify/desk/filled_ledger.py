"""A ledger that was taken away as a workbook, filled in and brought back: what each row changes, looked at before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from rectify.core.finding import errors
from rectify.core.language import _, _n
from rectify.core.site_map import REPORTS
from rectify.desk.changed_files import changes_of, ref_of
from rectify.desk.refusals import sentence_of
from rectify.intake.last_import import renew_base
from rectify.intake.ledger_update import disclosures_of, plans
from rectify.intake.ledger_workbook import Ledger
from rectify.intake.merge import Plan
from rectify.intake.refused_import import RefusedImport
from rectify.sources.file_edit import Edit
from rectify.sources.store import key_of

if TYPE_CHECKING:
    from rectify.desk.application import Desk


def filled_in(desk: Desk, mark: str, file: Path, ledger: Ledger) -> str | AnyResponse:
    """Return the page of a ledger that was dropped; what it changes is written where that is asked for and nothing has moved since."""
    places = {one: desk.office.content / REPORTS / one for one in disclosures_of(ledger)}
    with desk.writing:
        made = plans(file.name, ledger, places) if not errors(ledger.findings) else []
        refused = [one for one in made if isinstance(one, RefusedImport)]
        good = [one for one in made if isinstance(one, Plan)]
        edits = list(_edits(desk, good))
        shown = key_of([(edit.shown, edit.new.hex()) for edit in edits])
        if request.method == "POST" and edits and not refused:
            if request.form.get("shown") != shown:
                flash(_("打开这一页以后有改动，请看过现在的再保存"))
            else:
                try:
                    desk.journal.write(_("导入台账 {name}", name=file.name), edits)
                except OSError as no:
                    flash(_("没有保存：{reason}", reason=sentence_of(no)))
                else:
                    for one in good:
                        renew_base(one.folder, one.base)
                    flash(_n("已保存 {number} 个问题", sum(bool(ref_of(edit.shown)) for edit in edits)))
                    return redirect(url_for("changes"))
    findings = (*ledger.findings, *(one for no in refused for one in no.findings)) if not made or refused else ()
    return render_template(
        "filled_ledger.html", mark=mark, name=file.name, shown=shown, rows=list(_rows(edits)) if not refused else [],
        findings=[*findings, *(one for plan in good for one in plan.findings)],
    )  # fmt: skip


def _edits(desk: Desk, made: list[Plan]) -> Iterator[Edit]:
    for plan in made:
        for change in plan.changes:
            file = plan.folder / change.name
            yield Edit(file, file.relative_to(desk.office.content).as_posix(), change.old or b"", change.new, "", "")


def _rows(edits: list[Edit]) -> Iterator[tuple[str, str, bool, tuple]]:
    """Yield of each file its name, its title, whether it is new and the fields that change."""
    for edit in edits:
        changes, title, _status = changes_of(edit.old or None, edit.new, edit.shown)
        yield ref_of(edit.shown) or edit.shown, title, not edit.old, changes
