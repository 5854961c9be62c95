"""What a site said at an earlier publication: its records of now, with what publications have changed since taken back.

Nothing of it is stored. A text that was taken out of the history is gone from here too: it is told to be withheld.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.changes import (
    DETAILS,
    GAP,
    LISTED,
    SHORT_LISTS,
    STAY,
    Change,
    Record,
    parts_of,
    pieces_of,
    text_of,
)
from rectify.core.history import NOTICE, PUBLICATION, ROLLBACK, History
from rectify.core.vocabulary import FLAGS, STATUSES, UNSTATED

WITHHELD = "withheld"
"""Key of a record with the names of what was there, and is not known any more; a list that still has entries lacks some of them."""
_LISTS = {"progress", "measures", "outcomes", "body", "links", "attachments"}
_LABELS = {term.label: term.key for term in STATUSES}
_STATUS = re.compile(rf"（({'|'.join(map(re.escape, _LABELS))})）")
_ENTRY = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?: (.*?))?(?:{_STATUS.pattern})?((?: |(?<=）))files/[^\n]*)?", re.DOTALL)
_MEASURE = re.compile(rf"(.*?)(?:{_STATUS.pattern})?", re.DOTALL)
_OUTCOME = re.compile(r"(.+?)(?: ([\d.,]+))?(?: (\S+))?", re.DOTALL)


class Unknown(ValueError):
    """What a site said cannot be told; the text is the release that was not compared with the one before it."""


class Shown(NamedTuple):
    """What stood at the site's address."""

    event: str
    """PUBLICATION or ROLLBACK, NOTICE for a page in the site's place."""
    release: str
    head: Mapping[str, Any]
    """The line of that release's publication, empty where the history lacks it."""


def shown_on(history: History, day: date) -> Shown | None:
    """Return what stood there at the end of a day, None before the first publication."""
    heads = {line["release"]: line for line in history.lines if line["event"] == PUBLICATION}
    now = None
    for line in history.lines:
        if line["event"] in (PUBLICATION, ROLLBACK, NOTICE) and line.get("on", "") <= day.isoformat():
            now = Shown(line["event"], line["release"], heads.get(line["release"], {}))
    return now


class Ways:
    """Which publication was compared with which."""

    def __init__(self, history: History):
        self.changes: dict[str, list[Change]] = {}
        self._before: dict[str, str | None] = {}
        shown: str | None = None
        for head, found in history.publications(gaps=True):
            release = head["release"]
            self.changes[release] = found
            self._before[release] = None if head.get("uncompared") else shown
            backs = [line["release"] for line in head.get("then", ()) if line["event"] == ROLLBACK]
            shown = backs[-1] if backs else release

    def line(self, release: str) -> Iterator[str]:
        """Yield a release and those before it, each compared with the next one yielded."""
        now: str | None = release
        while now is not None and now in self.changes:
            yield now
            now = self._before[now]

    def between(self, start: str, end: str) -> tuple[list[str], list[str]]:
        """Return the releases to take back and then those to make again, on the way from one to another; raises Unknown."""
        back, on = list(self.line(start)), list(self.line(end))
        common = next((one for one in back if one in on), None)
        if common is None:
            raise Unknown(back[-1] if back else start)
        return back[: back.index(common)], on[: on.index(common)][::-1]


class Records:
    """The records of a site's disclosures, on which changes are taken back and made again."""

    def __init__(self, ids: Iterable[str], read: Callable[[str], Record]):
        """`ids` come in the order of the site; `read` is asked only for what changes or is wanted."""
        self._read = read
        self._ids = dict.fromkeys(ids)
        self._known: dict[str, dict[str, Any]] = {}
        self.lost: set[str] = set()
        """References and ids that were shown, of which nothing is known any more."""

    def ids(self) -> tuple[str, ...]:
        return tuple(self._ids)

    def record(self, disclosure_id: str) -> Record:
        """Return a disclosure's record as it is now that changes were taken back."""
        if disclosure_id not in self._known:
            return self._read(disclosure_id)
        known = self._known[disclosure_id]
        return {**known, "problems": list(known["problems"].values())}

    def one(self, ref: str) -> Record | None:
        """Return a problem's record by its reference, or a disclosure's by its id; None where it is not there."""
        rid = ref.partition("/")[0]
        if rid not in self._ids:
            return None
        return self._of(rid) if ref == rid else self._of(rid)["problems"].get(ref)

    def go(self, ways: Ways, start: str, end: str) -> None:
        """Turn the records of one release into those of another; raises Unknown."""
        back, on = ways.between(start, end)
        for release in back:
            self.take_back(ways.changes[release])
        for release in on:
            self.make_again(ways.changes[release])

    def take_back(self, changes: Sequence[Change]) -> None:
        """Return to what was there before these changes."""
        for change in reversed(changes):
            self._turn(_reversed(change))

    def make_again(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._turn(change)

    def _turn(self, change: Change) -> None:
        if change.about not in ("problem", "disclosure"):
            return
        rid = change.ref.partition("/")[0]
        if change.about == "disclosure":
            if change.kind == "added":
                self.lost.add(rid)
            elif change.kind == "gone":
                self._ids.pop(rid, None)
                self._known.pop(rid, None)
                self.lost.discard(rid)
            elif rid in self._ids:
                _turn_disclosure(self._of(rid), change)
        elif rid in self._ids:
            problems = self._of(rid)["problems"]
            if change.kind == "added":
                self.lost.add(change.ref)
            elif change.kind == "gone":
                problems.pop(change.ref, None)
                self.lost.discard(change.ref)
            elif change.ref in problems:
                _turn_problem(problems[change.ref], change)

    def _of(self, rid: str) -> dict[str, Any]:
        if rid not in self._known:
            record = self._read(rid)
            self._known[rid] = {**record, "problems": {one["ref"]: dict(one) for one in record["problems"]}}
        return self._known[rid]


def _reversed(change: Change) -> Change:
    kinds = {"added": "gone", "gone": "added", "withdrawn": "restored", "ended": "restored", "restored": "withdrawn"}
    if change.about == "disclosure":
        kinds["restored"] = "ended"
    return change._replace(kind=kinds.get(change.kind, change.kind), before=change.after, after=change.before)


def _turn_disclosure(record: dict[str, Any], change: Change) -> None:
    if change.kind == "ended":
        record.update({name: [] for name in DETAILS if name in record} | {"ended": change.after})
        for problem in record["problems"].values():
            if not problem.get("withdrawn"):
                _take_texts(problem, LISTED, {"date": change.after, "ended": True})
    elif change.kind == "restored":
        record["ended"] = ""
        for name in DETAILS:
            _withhold(record, name)
    else:
        _edit(record, change)


def _turn_problem(problem: dict[str, Any], change: Change) -> None:
    if change.kind == "withdrawn":
        _take_texts(problem, STAY, {"date": change.after})
    elif change.kind == "restored":
        pass  # The text from before is not known any more: it stays what it is, a place without one.
    elif change.kind in ("status", "done", "reopened"):
        problem["status"] = change.after if change.after in STATUSES.entries else UNSTATED
        _withhold(problem, "status", change.after not in STATUSES.entries)
    elif change.kind == "deadline":
        problem["deadline"] = change.after
        _withhold(problem, "deadline", not (change.before or change.after))
    elif change.kind == "progress":
        _turn_problem(problem, change._replace(kind="text", field="progress"))
    elif not problem.get("withdrawn") or change.field in _kept(problem):
        _edit(problem, change)


def _kept(problem: Record) -> Collection[str]:
    """Return what a problem without texts still says."""
    return LISTED if problem["withdrawn"].get("ended") else STAY


def _take_texts(problem: dict[str, Any], kept: Collection[str], withdrawn: Record) -> None:
    texts = [name for name in problem if name not in ("ref", "status", "deadline", *kept)]
    problem.update(dict.fromkeys(texts, "") | {"withdrawn": withdrawn})


def _withhold(record: dict[str, Any], name: str, wanted: bool = True) -> None:
    rest = [one for one in record.get(WITHHELD, ()) if one != name]
    record[WITHHELD] = [*rest, name] if wanted else rest


def _edit(record: dict[str, Any], change: Change) -> None:
    """Put what is said after a change in the place of what was said before it, where it still says that."""
    name, _, part = change.field.partition(".")
    is_known = bool(change.before or change.after)
    after = "" if change.after == GAP else change.after
    is_lost = not is_known or change.after == GAP
    if part:
        values = {**(record.get(name) or {}), part: _scalar(name, after)}
        record[name] = {key: value for key, value in values.items() if value or value == 0}
        _withhold(record, change.field, is_lost)
    elif name not in _LISTS and not change.place:
        record[name] = _whole(name, after)
        _withhold(record, name, is_lost)
    elif record.get(name) or name not in record.get(WITHHELD, ()):
        entries = _put(name, record, change) if is_known else None
        record[name] = entries if entries is not None else []
        _withhold(record, name, entries is None or GAP in parts_of(name, record))


def _put(name: str, record: Record, change: Change) -> list[Any] | None:
    """Return the entries of a list with some in the place of others; None where these are not there."""
    entries = list(record.get(name) or ())
    old, new = pieces_of(change.before, change.after)
    if not change.place.isdecimal():
        return None
    at = int(change.place)
    there = parts_of(name, record)[at : at + len(old)]
    if len(there) != len(old) or at > len(entries) or any(a != b and GAP not in (a, b) for a, b in zip(there, old)):
        return None
    return [*entries[:at], *(_entry(name, text) for text in new), *entries[at + len(old) :]]


def _whole(name: str, text: str) -> Any:
    if name in SHORT_LISTS and name != "flags":
        return text.split("、") if text else []
    if name == "flags":
        by_label = {term.label: term.key for term in FLAGS}
        return [by_label[label] for label in text.split("、") if label in by_label]
    return text


def _scalar(name: str, text: str) -> Any:
    return int(text) if name == "declared" and text.isdecimal() else text


def _entry(name: str, text: str) -> Any:
    """Return an entry of a list from its text, in parts where it has any."""
    read = {"progress": _progress, "measures": _measure, "outcomes": _outcome}.get(name)
    if read is None:
        return text
    parts = {key: value for key, value in read(text).items() if value}
    return parts if text_of(parts) == text else {"text": text}


def _progress(text: str) -> dict[str, Any]:
    match = _ENTRY.fullmatch(text)
    if match is None:
        return {}
    files = match[4].lstrip().split("、") if match[4] else []
    return {"date": match[1], "text": match[2], "status": _LABELS.get(match[3] or ""), "files": files}


def _measure(text: str) -> dict[str, Any]:
    match = _MEASURE.fullmatch(text)
    return {"text": match[1], "status": _LABELS.get(match[2] or "")} if match else {}


def _outcome(text: str) -> dict[str, Any]:
    match = _OUTCOME.fullmatch(text)
    return {"name": match[1], "count": match[2], "unit": match[3]} if match else {}
