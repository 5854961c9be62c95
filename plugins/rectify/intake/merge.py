"""A draft into a disclosure that exists: by permanent reference, field by field, hand-made edits and progress kept."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.finding import Finding, errors, found
from rectify.core.model import Progress
from rectify.core.vocabulary import PROBLEM_KEYS, REPORT_KEYS, STATUSES, Keys
from rectify.intake.draft import Draft, DraftProblem, problem_text
from rectify.sources.edit import CannotEdit, Read, append_item, read, set_body, set_value
from rectify.sources.text import decode
from rectify.sources.write import plain, replace_file

_SIMILAR = 0.85
"""Likeness of two wordings from which they are the same problem reworded; domain practice for renamed problems."""
_NEVER = {"approval", "waivers", "withdrawn", "published"}
"""Keys that no document changes: they are decisions of the publishing side."""
_EXPECTED = {"S026", "S038"}
"""Findings about keys that staff have still to fill in."""


class Change(NamedTuple):
    """One file, before (None where it is new) and after."""

    name: str
    old: bytes | None
    new: bytes


class Plan(NamedTuple):
    folder: Path
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    base: dict[str, str]
    """For the saved report: what the document said of each file, which the next update compares with."""

    def diff(self) -> str:
        """Return the changes as a unified diff."""
        parts = []
        for change in self.changes:
            old = (change.old or b"").decode("utf-8", "replace").splitlines()
            new = change.new.decode("utf-8", "replace").splitlines()
            name = (self.folder / change.name).as_posix()
            parts += difflib.unified_diff(old, new, name if change.old is not None else "/dev/null", name, lineterm="")
        return "\n".join(parts)

    def apply(self) -> None:
        """Replace each file in one step. Raises OSError where a file changed meanwhile, before anything is written."""
        for change in self.changes:
            file = self.folder / change.name
            if (file.read_bytes() if file.exists() else None) != change.old:
                raise OSError(f"{file} changed meanwhile")
        for change in self.changes:
            replace_file(self.folder / change.name, change.new)


class _File(NamedTuple):
    name: str
    data: bytes
    text: str
    read: Read


def plan(folder: Path, draft: Draft, base: Mapping[str, str] | None, as_of: date | None = None) -> Plan:
    """Return what a draft changes in an existing folder.

    `base` is what the last import of the document said, by file name: a field that differs from it in the draft alone is
    taken over, one that differs in the folder alone was edited by hand and stays, one that differs in both stays and is
    reported. Without it every difference stays and is reported. Problems that the document no longer lists stay; a status
    that moves leaves a dated entry, of the day `as_of` or of the draft's own date.
    """
    files, findings = _read_folder(folder)
    if errors(findings):
        return Plan(folder, (), tuple(findings), dict(base or {}))
    said = {name: read(text, REPORT_KEYS if name == "index.md" else PROBLEM_KEYS) for name, text in (base or {}).items()}
    day = as_of or draft.values.get("as_of")
    changes: list[Change] = []
    if (index := files.get("index.md")) is not None:
        wanted = {key: value for key, value in draft.values.items() if key not in _NEVER}
        changes += _merged(index, wanted, draft.body, REPORT_KEYS, said.get("index.md"), day, findings, folder)
    matched = _match(draft.problems, files, said)
    new_base = dict(base or {})
    numbers = [int(name[:-3]) for name in files if name != "index.md"]
    width = max([2, *(len(name) - 3 for name in files if name != "index.md")])
    for position, problem in enumerate(draft.problems):
        name = matched.get(position)
        if name is None:
            numbers.append(max(numbers, default=0) + 1)
            name = f"{numbers[-1]:0{width}}.md"
            changes.append(Change(name, None, problem_text(problem).encode()))
            findings.append(found("I101", (folder / name).as_posix(), found=problem.values.get("title", "")))
        else:
            body = problem.body if problem.body or name not in said else said[name].body
            changes += _merged(files[name], problem.values, body, PROBLEM_KEYS, said.get(name), day, findings, folder)
        new_base[name] = problem_text(problem)
    for name, file in files.items():
        if name != "index.md" and name not in matched.values():
            findings.append(found("I102", (folder / name).as_posix(), found=file.read.values.get("title", "")))
    return Plan(folder, tuple(changes), tuple(findings), new_base)


def _read_folder(folder: Path) -> tuple[dict[str, _File], list[Finding]]:
    files: dict[str, _File] = {}
    findings: list[Finding] = []
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md" or not (path.name == "index.md" or path.stem.isdigit()):
            continue
        data = path.read_bytes()
        text, problems = decode(data, path.as_posix())
        findings += errors(problems)
        if text is None:
            continue
        one = read(text, REPORT_KEYS if path.name == "index.md" else PROBLEM_KEYS, path.as_posix())
        findings += [finding for finding in errors(one.findings) if finding.rule not in _EXPECTED]
        files[path.name] = _File(path.name, data, text, one)
    return files, findings


def _match(problems: Sequence[DraftProblem], files: Mapping[str, _File], said: Mapping[str, Read]) -> dict[int, str]:
    """Return the file of each problem that has one: by reference, wording, then place and likeness."""
    matched: dict[int, str] = {}
    free = [name for name in files if name != "index.md"]

    def take(position: int, name: str) -> None:
        matched[position] = name
        free.remove(name)

    for position, problem in enumerate(problems):
        name = f"{problem.ref.rpartition('/')[2]}.md"
        if problem.ref and name in free:
            take(position, name)
    for same in (_same_place_and_title, _same_title, _same_place_and_alike, _alike):
        for position, problem in enumerate(problems):
            if position in matched or problem.ref:
                continue
            fitting = [name for name in free if any(same(problem.values, one.values) for one in (files[name].read, said.get(name)) if one)]
            if len(fitting) == 1 or (fitting and same is _same_place_and_title):
                take(position, fitting[0])
    return matched


def _same_place_and_title(one: Mapping, other: Mapping) -> bool:
    return _place(one) == _place(other) and one.get("title") == other.get("title")


def _same_title(one: Mapping, other: Mapping) -> bool:
    return one.get("title") == other.get("title")


def _same_place_and_alike(one: Mapping, other: Mapping) -> bool:
    return _place(one) == _place(other) and _alike(one, other)


def _alike(one: Mapping, other: Mapping) -> bool:
    return difflib.SequenceMatcher(None, one.get("title", ""), other.get("title", ""), autojunk=False).ratio() >= _SIMILAR


def _place(values: Mapping) -> tuple[str, str]:
    return values.get("group", ""), values.get("number", "")


def _merged(
    file: _File, wanted: Mapping[str, Any], body: str, keys: Keys, base: Read | None, day: date | None,
    findings: list[Finding], folder: Path,
) -> list[Change]:  # fmt: skip
    """Return the change of one file, or nothing where it stays."""
    path = (folder / file.name).as_posix()
    current, text = dict(file.read.values), file.text
    said = base.values if base else {}
    try:
        for key in keys:
            name = key.name
            if name in _NEVER or name == "progress" or name not in wanted:
                continue
            value = wanted[name]
            verdict = _verdict(current.get(name), value, said.get(name), base is not None)
            if verdict == "conflict":
                now, new = _shown(keys, name, current), _shown(keys, name, wanted)
                findings.append(found("I103", path, 0, 0, key.label, found=now, allowed=new))
            elif verdict == "take":
                if name == "status":
                    text = _with_status(text, current, wanted, value, day, path, findings)
                else:
                    text = set_value(text, keys, name, value, dict(wanted))
        for entry in wanted.get("progress", ()):
            text = _with_entry(text, entry, said.get("progress", ()))
        if body.strip() and body.strip() != file.read.body.strip():
            if base is not None and base.body.strip() == file.read.body.strip() or not file.read.body.strip():
                text = set_body(text, body)
            elif base is None or base.body.strip() != body.strip():
                findings.append(found("I104", path))
    except CannotEdit as error:
        findings.append(found("I105", path, found=error))
        return []
    if text == file.text:
        return []
    return [Change(file.name, file.data, _encoded(text, file.data))]


def _verdict(current: Any, wanted: Any, said: Any, has_base: bool) -> str:
    """Return `keep`, `take` or `conflict` for one field."""
    if wanted == current or (not wanted and not current):
        return "keep"
    if not wanted:
        return "take" if has_base and said == current else "keep"
    if not current or (has_base and said == current):
        return "take"
    return "keep" if has_base and said == wanted else "conflict"


def _with_status(text: str, current: Mapping, wanted: Mapping, status: str, day: date | None, path: str, findings: list[Finding]) -> str:
    """Return the text with another status and, where the history goes on, the entry that says when it changed."""
    entries = read(text, PROBLEM_KEYS).values.get("progress", ())
    known = {(entry.date, entry.text) for entry in entries}
    brought = [entry for entry in wanted.get("progress", ()) if (entry.date, entry.text) not in known]
    last = next((entry.status for entry in reversed(entries) if entry.status), "")
    before = current.get("status")
    told = any(entry.status == status for entry in brought[-1:])
    if before and not told and day and (not entries or entries[-1].date <= day) and (not brought or brought[-1].date <= day):
        labels = STATUSES.labels()
        for entry in brought:
            text = _with_entry(text, entry, ())
        entries = read(text, PROBLEM_KEYS).values.get("progress", ())
        note = Progress(day, f"状态由“{labels[before]}”更新为“{labels[status]}”。", status)
        text = append_item(text, PROBLEM_KEYS, "progress", entries, note)
    elif last and last != status and not told:
        labels = STATUSES.labels()
        findings.append(found("I103", path, 0, 0, PROBLEM_KEYS["status"].label, found=labels[last], allowed=labels[status]))
        return text
    return set_value(text, PROBLEM_KEYS, "status", status)


def _with_entry(text: str, entry: Progress, said: Sequence[Progress]) -> str:
    """Return the text with a dated entry that it lacks; one that was there at the last import was taken out by hand."""
    entries = read(text, PROBLEM_KEYS).values.get("progress", ())
    same = {(one.date, one.text) for one in (*entries, *said)}
    if (entry.date, entry.text) in same:
        return text
    if not entries or entries[-1].date <= entry.date:
        return append_item(text, PROBLEM_KEYS, "progress", entries, entry)
    return set_value(text, PROBLEM_KEYS, "progress", tuple(sorted((*entries, entry), key=lambda one: one.date)))


def _shown(keys: Keys, name: str, values: Mapping[str, Any]) -> str:
    value = plain(keys[name], values[name], values)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _encoded(text: str, old: bytes) -> bytes:
    """Return a text with the byte order mark and the line ends of the file that it replaces."""
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    return mark + text.encode()
