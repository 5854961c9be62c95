"""A ledger that was taken away as a workbook, filled in and brought back: what each row changes, looked at before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from rectify.core.finding import Finding, errors
from rectify.core.language import _, _n
from rectify.core.site_map import REPORTS
from rectify.desk.changed_files import changes_of, ref_of
from rectify.desk.refusals import sentence_of
from rectify.desk.slow_work import Progress, SlowWork
from rectify.intake.ledger_update import disclosures_of, plans, renew
from rectify.intake.ledger_workbook import read_ledger
from rectify.intake.merge import Plan
from rectify.intake.refused_import import RefusedImport
from rectify.sources.content import stamp_of
from rectify.sources.file_edit import Edit
from rectify.sources.store import key_of

if TYPE_CHECKING:
    from rectify.desk.application import Desk


_MOMENT = 1.0
"""Seconds for which nobody need be told that a ledger is gone through."""
_KEPT = 4
"""Ledgers of which is known what they change."""


class Comparison(NamedTuple):
    """A ledger that was filled in beside the disclosures as they were."""

    stamps: dict[str, Any]
    """What the folders of its disclosures held, by their ids."""
    findings: tuple[Finding, ...]
    plans: tuple[Plan, ...]
    """Nothing where something is refused."""
    edits: tuple[Edit, ...]
    rows: tuple[tuple[str, str, bool, tuple], ...]
    """Of each file its name, its title, whether it is new and the fields that change."""
    shown: str
    """Tells by a form whether it was made from this."""


def filled_in(desk: Desk, mark: str, file: Path) -> str | AnyResponse | None:
    """Return the page of a ledger that was dropped, None for another document; what it changes is written where that is asked for.

    What is written is what was looked at: where a disclosure of it has changed since, nothing is written and the page is
    made once more.
    """
    work = desk.ledgers.get(mark)
    if work is None:
        while len(desk.ledgers) >= _KEPT:
            desk.ledgers.pop(next(iter(desk.ledgers)))
        work = desk.ledgers[mark] = SlowWork(lambda tell: _compared(desk, file, tell))
    # What was typed into a form came with it and would be lost with another page: whoever sends one waits.
    if not work.is_done(_MOMENT if request.method == "GET" else None):
        return work.page(
            _("正在对照台账 {name}", name=file.name), _("每个问题和现在的对照一遍，什么都还没有改；完成以后自动打开。")
        )
    try:
        made = work.result()
    except Exception:
        desk.ledgers.pop(mark, None)
        raise
    if made is None:
        return None
    with desk.writing:
        if made.stamps != _stamps(desk, made.stamps):
            # What was looked at is no more.
            desk.ledgers.pop(mark, None)
            return redirect(url_for("imported", mark=mark, again="1" if request.method == "POST" else None))
        if request.method == "POST" and made.edits:
            if request.form.get("shown") != made.shown:
                return redirect(url_for("imported", mark=mark, again="1"))
            try:
                desk.journal.write(_("导入台账 {name}", name=file.name), made.edits)
            except OSError as no:
                flash(_("没有保存：{reason}", reason=sentence_of(no)))
            else:
                for one in made.plans:
                    renew(one)
                desk.ledgers.pop(mark, None)
                flash(_n("已保存 {number} 个问题", sum(bool(ref_of(edit.shown)) for edit in made.edits)))
                return redirect(url_for("changes"))
    if request.args.get("again"):
        flash(_("打开这一页以后有改动，请看过现在的再保存"))
    return render_template(
        "filled_ledger.html", mark=mark, name=file.name, shown=made.shown, rows=made.rows, findings=made.findings
    )


def _compared(desk: Desk, file: Path, tell: Progress) -> Comparison | None:
    """Return what a ledger changes, None for another document."""
    ledger = read_ledger(file)
    if ledger is None:
        return None
    places = {one: desk.office.content / REPORTS / one for one in disclosures_of(ledger)}
    stamps = _stamps(desk, places)
    made = plans(file.name, ledger, places, progress=tell) if not errors(ledger.findings) else []
    refused = [finding for one in made if isinstance(one, RefusedImport) for finding in one.findings]
    findings = (*ledger.findings, *refused) if not made or refused else ()
    good = tuple(one for one in made if isinstance(one, Plan))
    findings = (*findings, *(one for plan in good for one in plan.findings))
    if refused:
        return Comparison(stamps, findings, (), (), (), "")
    edits = tuple(_edits(desk, good))
    shown = key_of([(edit.shown, edit.new.hex()) for edit in edits])
    return Comparison(stamps, findings, good, edits, tuple(_rows(edits)), shown)


def _stamps(desk: Desk, disclosures: Iterable[str]) -> dict[str, Any]:
    return {one: stamp_of(desk.office.content, one) for one in disclosures}


def _edits(desk: Desk, made: Iterable[Plan]) -> Iterator[Edit]:
    for plan in made:
        for change in plan.changes:
            file = plan.folder / change.name
            yield Edit(file, file.relative_to(desk.office.content).as_posix(), change.old or b"", change.new, "", "")


def _rows(edits: Iterable[Edit]) -> Iterator[tuple[str, str, bool, tuple]]:
    """Yield of each file its name, its title, whether it is new and the fields that change."""
    for edit in edits:
        changes, title, _status = changes_of(edit.old or None, edit.new, edit.shown)
        yield ref_of(edit.shown) or edit.shown, title, not edit.old, changes
