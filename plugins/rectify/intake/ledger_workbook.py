"""The ledger workbook that `rectify export` made, read back after it was filled in. Form: core/ledger.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core import ledger
from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.model import Progress
from rectify.core.vocabulary import FLAGS, LONG_TERM, STATUS_ALIAS_FLAGS, STATUSES, fold
from rectify.intake.ledger_cells import Cell, Unreadable, incomplete, parse, parse_progress, shown
from rectify.intake.ledger_sheets import (
    LedgerBook,
    LedgerCells,
    book_of,
    cells_of,
    headings,
    other_sheets,
    own_sheet,
    table_of,
    unused_columns,
)
from rectify.intake.outline import Outline
from rectify.intake.readers.workbook import read_workbook
from rectify.prose.program_words import without_program_words
from rectify.sources.dates import is_period
from rectify.sources.office_package import Package

_MOST_CELLS = 3_000_000
_PART, _ELEMENTS = 128_000_000, 4_000_000
"""Bytes and elements of a part: more than ten thousand problems. An office program keeps all texts of a workbook in one."""
_LISTED = 10
_OF_THE_FILE = ("I035", "A005")
"""What is said of any workbook and matters of this one: what is struck out, and macros."""
_NEEDED = ("title", "status")
"""What no problem is without: an emptied cell leaves them."""


class LedgerRow(NamedTuple):
    """One row, as filled in and as exported."""

    disclosure: str
    """Id of the disclosure."""
    ref: str
    """The permanent reference; empty for a problem added in the workbook."""
    row: int
    """Counted from 1, in the sheet as it was saved."""
    values: dict[str, Any]
    """Model values by the English keys of problems; a key that `base` has and this has not was emptied in the workbook."""
    body: tuple[str, ...] | None
    """The account as plain paragraphs where it was edited, None where it stands as exported."""
    base: dict[str, Any]
    """The values as exported; empty for a new problem."""
    base_body: str
    """The Markdown body as exported."""
    status_cell: str = ""
    """Sheet and cell of its status, 整改台账!K5."""


class Ledger(NamedTuple):
    as_of: date
    """The date for which the exported statuses were stated."""
    rows: tuple[LedgerRow, ...]
    """Problems that were exported, in the order of the sheet."""
    new: tuple[LedgerRow, ...]
    missing: tuple[str, ...]
    """References of exported problems without a row; the workbook says nothing of them."""
    findings: tuple[Finding, ...]


class _Base(NamedTuple):
    values: dict[str, Any]
    body: str
    shown: str
    """Fingerprint of the body's cell."""


def read_ledger(file: Path) -> Ledger | None:
    """Return what the workbook states, or None when it is none of ours (then it is read like any other document).

    Rows beyond the hundred thousandth count as missing.
    """
    try:
        data = file.read_bytes()
        if not data.startswith(b"PK") or not _is_ours(Package(data, file.name)):
            return None
        package = Package(data, file.name, part=_PART, elements=_ELEMENTS)
        return _read(read_workbook(package, file.name, package.main()[0], lambda done, total: None, _MOST_CELLS))
    except (RefusedDocument, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def _is_ours(package: Package) -> bool:
    """Return whether a workbook has the hidden sheet. Raises Refused."""
    workbook = package.xml("xl/workbook.xml")
    return workbook is not None and any(sheet.get("name") == ledger.BASE_SHEET for sheet in workbook.iter("{*}sheet"))


def _read(outline: Outline) -> Ledger | None:
    book = book_of(outline)
    path = book.path
    stored = ([cell.text for cell in row.cells] for row in book.tables[ledger.BASE_SHEET].rows)
    form, day, *more = next(stored, ["", ""])
    if form != ledger.FORMAT:
        return None
    base = dict(_copies(stored))
    name, table = own_sheet(book)
    if table is None:
        return Ledger(date.fromisoformat(day), (), (), tuple(base), (found("I162", path, found=ledger.SHEET),))
    findings = [
        *other_sheets(book, name, next(iter(more), "")),
        *(one for one in outline.findings if one.rule in _OF_THE_FILE),
    ]
    progress = _progress(book, base, findings) if ledger.PROGRESS_SHEET in book.tables else None
    disclosures = list(dict.fromkeys(ref.partition("/")[0] for ref in base))
    findings += unused_columns(table)
    rows: dict[str, LedgerRow] = {}
    new = []
    for row in table.rows:
        mark = row[ledger.REF]
        if mark.text in base:
            if mark.text in rows:
                findings.append(found("I152", path, mark.row, mark.column, key_label=mark.place, found=mark.text))
                continue
            one = base[mark.text]
            values, body = _values(row, one, findings)
            entries = one.values.get("progress", ()) if progress is None else progress[mark.text]
            entries = _with_status_moved(entries, one.values, values.get("status", ""))
            values |= {"progress": entries} if entries else {}
            status = ledger.heading("status")
            rows[mark.text] = LedgerRow(
                mark.text.partition("/")[0],
                mark.text,
                mark.row,
                values,
                body,
                one.values,
                one.body,
                row[status].place if status in row else "",
            )
        elif mark.text and mark.text.rstrip("/") not in disclosures:
            findings.append(_foreign(mark))
        elif not row[ledger.TITLE].text:
            if any(row[heading].text for heading in headings() if heading in row):
                findings.append(incomplete(row[ledger.TITLE], ledger.TITLE))
        elif not (disclosure := mark.text.rstrip("/") or (disclosures[0] if len(disclosures) == 1 else "")):
            names = "、".join(disclosures)
            findings.append(found("I158", path, mark.row, mark.column, key_label=mark.place, allowed=names))
        else:
            values, body = _values(row, _Base({}, "", ledger.checksum_of("")), findings)
            new.append(LedgerRow(disclosure, "", mark.row, values, body, {}, ""))
    missing = tuple(ref for ref in base if ref not in rows)
    if missing:
        findings.append(found("I154", path, found=len(missing), excerpt=_listed(missing)))
    return Ledger(date.fromisoformat(day), tuple(rows.values()), tuple(new), missing, tuple(findings))


def _with_status_moved(entries: tuple[Progress, ...], base: Mapping[str, Any], status: str) -> tuple[Progress, ...]:
    """Return the entries of a problem; a new last one that names no status is the one by which the status in the row came."""
    moved = status and status != base.get("status")
    if moved and entries and not entries[-1].status and entries[-1] not in base.get("progress", ()):
        return (*entries[:-1], entries[-1]._replace(status=status))
    return entries


def _copies(rows: Iterator[list[str]]) -> Iterator[tuple[str, _Base]]:
    """Yield the exported problems by reference, those that are damaged left out."""
    for ref, *pieces in rows:
        try:
            yield ref, _Base(*ledger.unpack("".join(pieces)))
        except (ValueError, KeyError, TypeError):
            continue


def _values(row: LedgerCells, base: _Base, findings: list[Finding]) -> tuple[dict[str, Any], tuple[str, ...] | None]:
    """Return the values of a row, and its body if it was edited. A cell that cannot be read counts as not edited."""
    values: dict[str, Any] = {}
    body = None
    for key in ledger.COLUMNS:
        cells = list(cells_of(row, ledger.heading(key)))
        text = "".join(cell.raw for cell in cells)
        # Of a body, a fingerprint of its cell is kept.
        is_same = (
            ledger.checksum_of(text) == base.shown
            if key == "body"
            else ledger.same(text, shown(ledger.cell(base.values, key)))
        )
        stands = not cells or is_same
        error = next((cell for cell in cells if cell.error or (not stands and _is_of_a_program(cell))), None)
        if error:
            said = error.error or error.text
            findings.append(found("I157", error.path, error.row, error.column, key_label=error.place, found=said))
        if key == "body":
            if not stands and not error:
                body = tuple(line.strip() for line in text.split("\n") if line.strip())
            continue
        if stands or error:
            value = base.values.get(key)
        elif not text.strip() and key in _NEEDED:
            cell = cells[0]
            kept = shown(ledger.cell(base.values, key))
            findings.append(found("I163", cell.path, cell.row, cell.column, key_label=cell.place, found=kept))
            value = base.values.get(key)
        else:
            try:
                value = parse(key, text.strip(), cells[0])
            except Unreadable as problem:
                findings.append(problem.finding)
                value = base.values.get(key)
            if key == "deadline" and value and value != base.values.get(key) and is_period(text):
                values["deadline_wording"] = text.strip()
        if value:
            values[key] = value
    _note_implied(row, values)
    return values, body


def _is_of_a_program(cell: Cell) -> bool:
    return without_program_words(cell.text) != cell.text


def _note_implied(row: LedgerCells, values: dict[str, Any]) -> None:
    """Add what a deadline of 长期坚持 and a status written in other words say besides, as in front matter."""
    status, deadline = (
        row[ledger.heading(key)].text if ledger.heading(key) in row else "" for key in ("status", "deadline")
    )
    implied = [LONG_TERM.key] if FLAGS.find(deadline) is LONG_TERM else []
    term = STATUSES.find(status)
    if term and status not in (term.key, term.label):
        values.setdefault("status_wording", status)
        implied += STATUS_ALIAS_FLAGS.get(fold(status), ())
    if implied:
        values["flags"] = tuple(dict.fromkeys((*values.get("flags", ()), *implied)))


def _progress(
    book: LedgerBook, base: Mapping[str, _Base], findings: list[Finding]
) -> dict[str, tuple[Progress, ...]] | None:
    """Return the entries of each problem, oldest first; None where the sheet cannot be read as such."""
    names = {key: ledger.progress_heading(key) for key in ledger.PROGRESS_COLUMNS}
    table = table_of(book, ledger.PROGRESS_SHEET, (ledger.REF, names["date"], names["text"]))
    if table is None:
        return None
    left = {ref: list(enumerate(one.values.get("progress", ()))) for ref, one in base.items()}
    kept: dict[str, list[tuple[int, Progress]]] = {ref: [] for ref in base}
    added: dict[str, list[Progress]] = {ref: [] for ref in base}
    for row in table.rows:
        cells = {key: row[name] for key, name in names.items() if name in row}
        mark = row[ledger.REF]
        if not any(cell.text for cell in cells.values()):
            continue
        if mark.text not in base:
            findings.append(_foreign(mark) if mark.text else incomplete(mark, ledger.REF))
            continue
        as_exported = next((pair for pair in left[mark.text] if _is_entry(cells, pair[1])), None)
        if as_exported:
            left[mark.text].remove(as_exported)
            kept[mark.text].append(as_exported)
            continue
        error = next((cell for cell in cells.values() if cell.error or _is_of_a_program(cell)), None)
        if error:
            said = error.error or error.text
            findings.append(found("I157", error.path, error.row, error.column, key_label=error.place, found=said))
            continue
        try:
            added[mark.text].append(parse_progress(cells))
        except Unreadable as problem:
            findings.append(problem.finding)
    gone = [ref for ref, entries in left.items() for _ in entries]
    if gone:
        findings.append(found("I159", book.path, found=len(gone), excerpt=_listed(dict.fromkeys(gone))))
    result = {}
    for ref in base:
        entries = [entry for _, entry in sorted(kept[ref])]
        result[ref] = tuple(sorted(entries + added[ref], key=lambda entry: entry.date) if added[ref] else entries)
    return result


def _is_entry(cells: Mapping[str, Cell], entry: Progress) -> bool:
    return all(ledger.same(cell.text, shown(ledger.progress_cell(entry, key))) for key, cell in cells.items())


def _listed(refs: Iterable[str]) -> str:
    refs = list(refs)
    return "、".join(refs[:_LISTED]) + (" …" if len(refs) > _LISTED else "")


def _foreign(mark: Cell) -> Finding:
    return found("I153", mark.path, mark.row, mark.column, key_label=mark.place, found=mark.text)
