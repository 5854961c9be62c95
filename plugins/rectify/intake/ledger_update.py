"""The edited ledger workbook -> changes of the disclosures it was exported from, problem by problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.finding import Finding, errors, found
from rectify.core.language import _, _n, listed
from rectify.intake import import_report
from rectify.intake.draft import Draft, DraftProblem, problem_text
from rectify.intake.last_import import renew_base
from rectify.intake.ledger_workbook import Ledger, LedgerRow
from rectify.intake.merge import Confirm, Plan, plan
from rectify.intake.refused_import import RefusedImport
from rectify.sources.markdown_text import to_markdown


class LedgerResult(NamedTuple):
    """What a workbook changed in one disclosure."""

    name: str
    to: Path
    rows: int
    findings: tuple[Finding, ...]
    state: str
    """`shown`, `updated`, `unchanged` or `declined`."""
    changed: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        return {
            "file": self.name,
            "format": "ledger",
            "to": self.to.as_posix(),
            "written": self.state == "updated",
            "refused": False,
            "state": self.state,
            "problems": self.rows,
            "files": list(self.changed),
            "findings": import_report.findings_data(self.findings),
        }

    def outcome(self) -> str:
        to, names = self.to, listed(self.changed)
        said = {
            "shown": lambda: _("只作演示，没有写入。将改动 {to} 的 {names}", to=to, names=names),
            "updated": lambda: _("已更新 {to}：{names}", to=to, names=names),
            "unchanged": lambda: _n("{to} 与台账一致，没有改动（{number} 个问题）", self.rows, to=to),
            "declined": lambda: _("没有写入，{to} 保持原样", to=to),
        }[self.state]
        return "\n".join([*import_report.findings_text(self.findings), said()])


def update_from_ledger(
    name: str, ledger: Ledger, places: dict[str, Path], dry_run: bool, confirm: Confirm
) -> list[LedgerResult | RefusedImport]:
    """Merge a workbook into the disclosures at `places`, by report id; refused is each whose folder is not there.

    A workbook with a cell that cannot be read is refused as a whole.
    """
    if errors(ledger.findings):
        return [RefusedImport(ledger.findings)]
    return [
        one if isinstance(one, RefusedImport) else _written(name, len(rows_of(ledger, id)), one, dry_run, confirm)
        for id, one in zip(places, plans(name, ledger, places))
    ]


def plans(name: str, ledger: Ledger, places: dict[str, Path]) -> list[Plan | RefusedImport]:
    """Return what a workbook without errors changes in each of the disclosures at `places`; what concerns none stands with the first."""
    planned: list[Plan | RefusedImport] = []
    general = ledger.findings
    for disclosure_id, folder in places.items():
        if not folder.is_dir():
            planned.append(RefusedImport((found("I107", name, found=folder.as_posix()),), folder))
            continue
        merged = _plan(folder, rows_of(ledger, disclosure_id), ledger)
        findings = (*general, *(one for one in merged.findings if one.kind != "problem_not_listed"))
        general = ()
        planned.append(
            RefusedImport(findings, folder) if errors(merged.findings) else merged._replace(findings=findings)
        )
    return planned


def rows_of(ledger: Ledger, disclosure_id: str) -> list[LedgerRow]:
    """Return the rows of a disclosure, the new ones last."""
    return [row for row in (*ledger.rows, *ledger.new) if row.disclosure == disclosure_id]


def disclosures_of(ledger: Ledger) -> list[str]:
    """Return the ids of the disclosures that a workbook is about."""
    return list(dict.fromkeys([row.disclosure for row in (*ledger.rows, *ledger.new)]))


def _plan(folder: Path, rows: Sequence[LedgerRow], ledger: Ledger) -> Plan:
    base = {
        f"{row.ref.rpartition('/')[2]}.md": problem_text(DraftProblem(row.base, row.base_body))
        for row in rows
        if row.ref
    }
    problems = []
    for row in rows:
        emptied = dict.fromkeys(set(row.base) - set(row.values))
        body = to_markdown(row.body) if row.body is not None else ""
        problems.append(DraftProblem({**emptied, **row.values}, body, row.row, row.ref))
    return plan(folder, Draft({}, "", tuple(problems)), base, ledger.as_of)


def _written(name: str, rows: int, merged: Plan, dry_run: bool, confirm: Confirm) -> LedgerResult | RefusedImport:
    folder = merged.folder
    done = LedgerResult(
        name, folder, rows, merged.findings, "unchanged", tuple(change.name for change in merged.changes)
    )
    if not merged.changes:
        return done
    if not confirm(merged.diff(), dry_run):
        return done._replace(state="shown" if dry_run else "declined")
    try:
        merged.apply()
    except OSError as error:
        return RefusedImport((*merged.findings, found("I106", name, found=error)), folder)
    renew_base(folder, merged.base)
    return done._replace(state="updated")
