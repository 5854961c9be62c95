"""The edited ledger workbook -> changes of the disclosures it was exported from, problem by problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.finding import Finding, errors, found
from rectify.core.language import _, _n, listed, name_of
from rectify.core.model import Progress
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, STATUSES
from rectify.intake import import_report
from rectify.intake.draft import Draft, DraftProblem
from rectify.intake.last_import import NAME as IMPORTED
from rectify.intake.last_import import renew_base
from rectify.intake.ledger_workbook import Ledger, LedgerRow
from rectify.intake.merge import Change, Confirm, Plan, plan
from rectify.intake.refused_import import RefusedImport
from rectify.prose.figures import moved_on
from rectify.sources.edit import read, set_value
from rectify.sources.folder import read_folder
from rectify.sources.markdown_text import to_markdown
from rectify.sources.text import decode
from rectify.sources.write import encode

_INDEX = "index.md"
_UNDATED = "I164"


class LedgerResult(NamedTuple):
    """What a workbook changed in one disclosure."""

    name: str
    to: Path
    rows: int
    findings: tuple[Finding, ...]
    state: str
    """`shown`, `updated`, `unchanged` or `declined`."""
    changed: tuple[str, ...]
    to_mend: tuple[Finding, ...] = ()
    """What a check tells of the disclosure as it now is."""

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
            "findings": import_report.findings_data([*self.findings, *self.to_mend]),
        }

    def outcome(self) -> str:
        to, names = self.to, listed(self.changed)
        said = {
            "shown": lambda: _("只作演示，没有写入。将改动 {to} 的 {names}", to=to, names=names),
            "updated": lambda: _("已更新 {to}：{names}", to=to, names=names),
            "unchanged": lambda: _n("{to} 与台账一致，没有改动（{number} 个问题）", self.rows, to=to),
            "declined": lambda: _("没有写入，{to} 保持原样", to=to),
        }[self.state]
        return "\n".join(
            [*import_report.findings_text(self.findings), said(), *import_report.left_to_mend(self.to_mend)]
        )


def update_from_ledger(
    name: str, ledger: Ledger, places: dict[str, Path], dry_run: bool, confirm: Confirm, day: date | None = None
) -> list[LedgerResult | RefusedImport]:
    """Merge a workbook into the disclosures at `places`, by report id; refused is each whose folder is not there.

    A workbook with a cell that cannot be read, or a status that moves on no day, is refused as a whole; `day` is that of
    the statuses that the workbook dates nowhere.
    """
    if errors(ledger.findings):
        return [RefusedImport(ledger.findings)]
    planned = plans(name, ledger, places, day)
    undated = [one for no in planned if isinstance(no, RefusedImport) for one in no.findings if one.rule == _UNDATED]
    if undated:
        return [RefusedImport(tuple(undated))]
    return [
        one if isinstance(one, RefusedImport) else _written(name, len(rows_of(ledger, id)), one, dry_run, confirm)
        for id, one in zip(places, planned)
    ]


def plans(
    name: str,
    ledger: Ledger,
    places: dict[str, Path],
    day: date | None = None,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> list[Plan | RefusedImport]:
    """Return what a workbook without errors changes in each of the disclosures at `places`; what concerns none stands with the first.

    `progress` is told of disclosures that are done.
    """
    planned: list[Plan | RefusedImport] = []
    general = ledger.findings
    for disclosure_id, folder in places.items():
        progress(len(planned), len(places))
        if not folder.is_dir():
            planned.append(RefusedImport((found("I107", name, found=folder.as_posix()),), folder))
            continue
        rows = rows_of(ledger, disclosure_id)
        merged = _plan(folder, rows, day)
        if undated := list(_undated(name, merged, rows)):
            planned.append(RefusedImport((*general, *undated), folder))
            general = ()
            continue
        merged = _as_of_its_entries(merged)
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


def _plan(folder: Path, rows: Sequence[LedgerRow], day: date | None) -> Plan:
    base = {f"{row.ref.rpartition('/')[2]}.md": DraftProblem(row.base, row.base_body) for row in rows if row.ref}
    problems = []
    for row in rows:
        emptied = dict.fromkeys(set(row.base) - set(row.values))
        body = to_markdown(row.body) if row.body is not None else ""
        problems.append(DraftProblem({**emptied, **row.values}, body, row.row, row.ref))
    return plan(folder, Draft({}, "", tuple(problems)), base, day)


def _undated(name: str, merged: Plan, rows: Sequence[LedgerRow]) -> Iterator[Finding]:
    """Yield the rows whose status moves on a day that nothing states: a public history has no invented dates."""
    for row in rows:
        if f"{row.ref.rpartition('/')[2]}.md" in merged.undated:
            status = name_of(STATUSES[row.values["status"]])
            yield found(_UNDATED, name, row.row, key_label=row.status_cell, found=status, excerpt=row.ref)


def _as_of_its_entries(merged: Plan) -> Plan:
    """Return a plan by which a disclosure is as of its newest entry: figures of a later day do not stand under an earlier one."""
    folder = merged.folder
    disclosure = read_folder(folder.parent.parent, folder.name).disclosure if folder.parent.name == REPORTS else None
    days = [entry.date for one in merged.changes for entry in _new_entries(one)]
    if disclosure is None or max(days, default=disclosure.as_of) <= disclosure.as_of:
        return merged
    old = (folder / _INDEX).read_bytes()
    text = decode(old, _INDEX)[0] or ""
    for key, value in moved_on(disclosure, max(days)).items():
        text = set_value(text, DISCLOSURE_KEYS, key, value)
    return merged._replace(changes=(Change(_INDEX, old, encode(text, old)), *merged.changes))


def _new_entries(change: Change) -> list[Progress]:
    before, after = (
        read(decode(data or b"", change.name)[0] or "", PROBLEM_KEYS).values.get("progress") or ()
        for data in (change.old, change.new)
    )
    return [entry for entry in after if entry not in before]


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
    renew(merged)
    return done._replace(state="updated")


def renew(merged: Plan) -> None:
    """Save what a ledger that was written said, where the folder keeps what was imported."""
    if (merged.folder / IMPORTED).is_file():
        renew_base(merged.folder, merged.base)
