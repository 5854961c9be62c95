"""Cells of the ledger workbook -> values of the model. Only cells that somebody edited are read this way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from rectify.core import ledger
from rectify.core.finding import Finding, found
from rectify.core.language import Message
from rectify.core.model import Closeout, Measure, Progress
from rectify.core.vocabulary import FLAGS, LONG_TERM, PRIORITIES, STATUSES, Vocabulary, likely_status, nearest
from rectify.sources.dates import accepted_forms, parse_date

_SEPARATORS = re.compile(r"[、，,；;\n]")
_NUMBER = re.compile(r"^\d{1,3}[.．、]\s*(?!\d)")
_STATUS = re.compile(r"[（(]([^（()）]{2,10})[）)]$")
_REFERENCE = re.compile(r"[a-z0-9-]+/[0-9]{2,4}")


class Cell(NamedTuple):
    """One cell as it stands in the workbook."""

    raw: str
    error: str | Message
    """What stands in it where it shows no value: the error of a formula; empty else."""
    place: str
    """Sheet and cell, 整改台账!K5."""
    path: str
    row: int
    column: int

    @property
    def text(self) -> str:
        return self.raw.strip()


class Unreadable(Exception):
    """A cell that holds no value of its column."""

    def __init__(self, finding: Finding):
        super().__init__(finding.message())
        self.finding = finding


def shown(value: str | date) -> str:
    """Return as text what a cell was exported with: dates as 2024-07-17."""
    return value.isoformat() if isinstance(value, date) else ledger.plain(value)


def parse(key: str, text: str, cell: Cell) -> Any:
    """Return the model value of a problem's text, something empty for an empty one. Raises Unreadable, naming the cell."""
    match key:
        case "status":
            return _term(text, STATUSES, cell) if text else ""
        case "deadline":
            return None if not text or FLAGS.find(text) is LONG_TERM else _day(text, cell, month_end=True)
        case "units":
            return tuple(_listed(text))
        case "flags":
            return tuple(dict.fromkeys(_term(word, FLAGS, cell) for word in _listed(text)))
        case "priority":
            return tuple(dict.fromkeys(_term(word, PRIORITIES, cell) for word in _listed(text)))
        case "earlier":
            return tuple(dict.fromkeys(_reference(word, cell) for word in _listed(text)))
        case "measures":
            return tuple(_measure(_NUMBER.sub("", line, count=1)) for line in _lines(text))
        case "closeout":
            return _closeout(text, cell) if text else None
    return text


def parse_progress(cells: Mapping[str, Cell]) -> Progress:
    """Return the entry that a row of the sheet of progress states. Raises Unreadable, naming the cell."""
    for key in ("date", "text"):
        if not cells[key].text:
            raise Unreadable(incomplete(cells[key], ledger.progress_heading(key)))
    status = (
        _term(cells["status"].text, STATUSES, cells["status"]) if "status" in cells and cells["status"].text else ""
    )
    files = tuple(_lines(cells["files"].text)) if "files" in cells else ()
    return Progress(_day(cells["date"].text, cells["date"]), cells["text"].text, status, files)


def incomplete(cell: Cell, heading: str) -> Finding:
    """Return the finding on a row that lacks what this column should state."""
    return found("I155", cell.path, cell.row, cell.column, key_label=cell.place, allowed=heading)


def _lines(text: str) -> list[str]:
    return [part for line in text.split("\n") if (part := line.strip())]


def _listed(text: str) -> list[str]:
    return [part for word in _SEPARATORS.split(text) if (part := word.strip())]


def _term(word: str, vocabulary: Vocabulary, cell: Cell) -> str:
    if term := vocabulary.find(word):
        return term.key
    hint = likely_status(word) if vocabulary is STATUSES else nearest(word, vocabulary.words())
    allowed = vocabulary.choice()
    raise Unreadable(
        found("I150", cell.path, cell.row, cell.column, key_label=cell.place, found=word, allowed=allowed, nearest=hint)
    )


def _reference(word: str, cell: Cell) -> str:
    if _REFERENCE.fullmatch(word):
        return word
    raise Unreadable(found("I161", cell.path, cell.row, cell.column, key_label=cell.place, found=word))


def _day(text: str, cell: Cell, month_end: bool = False) -> date:
    try:
        return parse_date(text, month_end)
    except ValueError:
        allowed = accepted_forms(month_end, text)
        raise Unreadable(
            found("I151", cell.path, cell.row, cell.column, key_label=cell.place, found=text, allowed=allowed)
        ) from None


def _measure(line: str) -> Measure:
    match = _STATUS.search(line)
    term = STATUSES.find(match[1]) if match else None
    return Measure(line[: match.start()].rstrip(), term.key) if match and term and match.start() else Measure(line)


def _closeout(text: str, cell: Cell) -> Closeout:
    day, *rest = _lines(text)
    # 清巡办〔2024〕3号: a document number is told from a body by its ending.
    doc_no = rest.pop() if rest and rest[-1].endswith("号") else ""
    return Closeout(_day(day, cell), "".join(rest), doc_no)
