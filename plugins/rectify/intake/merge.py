"""A draft into a disclosure that exists: by permanent reference, field by field, hand-made edits and progress kept."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.dated_entry import present_status
from rectify.core.finding import Finding, errors, found
from rectify.core.language import _
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, UNSTATED, Key, Keys, word_of
from rectify.intake.draft import Draft, DraftProblem, problem_text
from rectify.intake.matching import match, place
from rectify.intake.three_way import CONFLICT, SHOWN, TAKE, Conflict, comparable, history, state_of, verdict
from rectify.sources.edit import CannotEdit, Read, read, set_body, set_value
from rectify.sources.safe_files import replace_file
from rectify.sources.text import LIMIT, decode
from rectify.sources.write import document, encode, plain

_INDEX = "index.md"
BODY = "body"
"""What the text of a file is called among its keys."""
_PROBLEM_FILE = re.compile(r"[0-9]{1,9}\.md")
_NEVER = {"approval", "waivers", "withdrawn", "published"}
"""Keys that no document changes: they are decisions of the publishing side."""
_OF_HISTORY = ("status", "flags", "progress")
"""Keys of a problem that are gone through in any case; where they stay as they are, nothing is written."""
_EXPECTED = {"S018", "S026", "S038"}
"""Findings about keys that staff have still to fill in."""

Said = str | DraftProblem
"""What a document says of a file: its text, or what that is made of, for thousands of which nobody asks the text."""
Confirm = Callable[[str, bool], bool]
"""Shows a difference, told whether this is a dry run, and returns whether to write it."""


class Change(NamedTuple):
    """One file, before (None where it is new) and after."""

    name: str
    old: bytes | None
    new: bytes


class Plan(NamedTuple):
    folder: Path
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    said: dict[str, Said]
    """For the saved report: what the document said of each file, which the next update compares with."""
    names: tuple[str, ...] = ()
    """Of each problem of the draft the file that it is, empty where it stays without one."""
    contested: tuple[tuple[str, str], ...] = ()
    """File and key of what differs on both sides and stays as it is."""
    undated: tuple[str, ...] = ()
    """Files of the problems whose status moves without a day to enter it for."""

    @property
    def base(self) -> dict[str, str]:
        """What was said, as texts."""
        return {name: said_text(one) for name, one in self.said.items()}

    def diff(self) -> str:
        """Return the changes as a unified diff."""
        parts: list[str] = []
        for change in self.changes:
            old = (change.old or b"").decode("utf-8", "replace").splitlines()
            new = change.new.decode("utf-8", "replace").splitlines()
            name = (self.folder / change.name).as_posix()
            parts += difflib.unified_diff(old, new, name if change.old is not None else "/dev/null", name, lineterm="")
        return "\n".join(parts)

    def apply(self) -> None:
        """Replace each file in one step; what an interrupted run has written already is passed over.

        Raises OSError where a file changed meanwhile, before anything is written.
        """
        todo = []
        for change in self.changes:
            file = self.folder / change.name
            now = file.read_bytes() if file.exists() else None
            if now not in (change.old, change.new):
                raise OSError(_("{file} 在此期间有改动", file=file))
            if now != change.new:
                todo.append(change)
        for change in todo:
            replace_file(self.folder / change.name, change.new)


def said_text(one: Said) -> str:
    """Return what is said of a file as the text of one."""
    return one if isinstance(one, str) else problem_text(one)


class _Merged(NamedTuple):
    changes: list[Change]
    contested: list[str]
    undated: bool = False


class _File(NamedTuple):
    name: str
    data: bytes
    text: str
    read: Read


def plan(
    folder: Path,
    draft: Draft,
    base: Mapping[str, Said] | None,
    as_of: date | None = None,
    decided: Collection[tuple[str, str]] = (),
    *,
    is_document: bool = False,
) -> Plan:
    """Return what a draft changes in an existing folder.

    `base` is what the last import of the document said, by file name: a field that differs from it in the draft alone is
    taken over, one that differs in the folder alone was edited by hand and stays, one that differs in both stays and is
    reported, but for the files and keys in `decided`, where the draft's is taken. Without it every difference stays and is
    reported. Problems that the document no longer lists stay, those that were withdrawn or deleted by hand are left so; a
    status that moves leaves a dated entry, of the day `as_of` or of the draft's own date; where there is neither, `undated`
    names its file. A document that does not say how far a problem is leaves that as it is, which a ledger has a cell for.
    """
    files, findings = _read_folder(folder)
    if errors(findings):
        return Plan(folder, (), tuple(findings), dict(base or {}))
    said = _read_base(base or {})
    day = as_of or draft.values.get("as_of")
    wanted = {key: value for key, value in draft.values.items() if key not in _NEVER}
    contested: list[tuple[str, str]] = []
    undated: list[str] = []

    def merged(name: str, values: Mapping[str, Any], body: str) -> list[Change]:
        keys = {key for file, key in decided if file == name}
        made = _merged(files[name], values, body, _keys(name), said.get(name), day, keys, findings, folder)
        contested.extend((name, key) for key in made.contested)
        undated.extend([name] if made.undated else [])
        return made.changes

    changes = merged(_INDEX, wanted, draft.body)
    new_base: dict[str, Said] = dict(base or {})
    if wanted:
        # What was set by hand at the first import is said again by no later one.
        before = said.get(_INDEX, Read({}, "", ()))
        new_base[_INDEX] = document({**before.values, **draft.values}, DISCLOSURE_KEYS, draft.body or before.body)
    matched = match(
        draft.problems,
        {name: file.read.values for name, file in files.items() if name != _INDEX},
        {name: one.values for name, one in said.items() if name != _INDEX},
        {name: said_text(one) for name, one in (base or {}).items()} if any(not p.ref for p in draft.problems) else {},
    )
    # A number that the last import gave is taken, even where its file is gone.
    taken = [name for name in (*files, *(base or {})) if _PROBLEM_FILE.fullmatch(name)]
    number = max((int(name[:-3]) for name in taken), default=0)
    width = max([2, *(len(name) - 3 for name in taken)])
    names = []
    for position, problem in enumerate(draft.problems):
        name = matched.get(position) or (f"{problem.ref.rpartition('/')[2]}.md" if problem.ref else None)
        title = problem.values.get("title", "")
        if name is None:
            number += 1
            name = f"{number:0{width}}.md"
            changes.append(Change(name, None, problem_text(problem).encode()))
            findings.append(found("I101", (folder / name).as_posix(), found=title))
        elif position not in matched or name not in files:
            findings.append(found("I111", (folder / name).as_posix(), found=title))
            names.append("")
            continue
        elif "withdrawn" in files[name].read.values:
            findings.append(found("I110", (folder / name).as_posix(), found=title))
        else:
            if is_document and problem.values.get("status") == UNSTATED:
                known = present_status(said[name].values if name in said else files[name].read.values)
                problem = problem._replace(values={**problem.values, "status": known})
            changes += merged(name, problem.values, problem.body)
        names.append(name)
        new_base[name] = problem
    places = {place(problem.values) for problem in draft.problems if problem.values.get("number")}
    for name, file in files.items():
        values = file.read.values
        if name == _INDEX or name in matched.values() or "withdrawn" in values:
            continue
        path = (folder / name).as_posix()
        findings.append(found("I102", path, found=values.get("title", "")))
        if place(values) in places and name in said and place(values) == place(said[name].values):
            # The number that the document printed for it belongs to another problem now; the site takes each once.
            try:
                changes.append(_change(file, set_value(file.text, PROBLEM_KEYS, "number", None)))
                new_base[name] = set_value(said_text(new_base[name]), PROBLEM_KEYS, "number", None)
                findings.append(found("I112", path, found=values["number"]))
            except CannotEdit as error:
                findings.append(found("I105", path, found=error))
    contests = tuple(dict.fromkeys(contested))
    return Plan(folder, tuple(changes), tuple(findings), new_base, tuple(names), contests, tuple(undated))


def _read_folder(folder: Path) -> tuple[dict[str, _File], list[Finding]]:
    """Return the report and the problems of a folder by file name, with an error for each that cannot be changed."""
    files: dict[str, _File] = {}
    findings: list[Finding] = []
    try:
        names = [path.name for path in folder.iterdir() if path.name == _INDEX or _PROBLEM_FILE.fullmatch(path.name)]
    except OSError as error:
        return {}, [found("S007", folder.as_posix(), found=error.strerror)]
    if _INDEX not in names:
        findings.append(found("S031", (folder / _INDEX).as_posix()))
    for name in sorted(names, key=lambda name: (name != _INDEX, len(name), name)):
        path = (folder / name).as_posix()
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            findings.append(found("S007", path, found=error.strerror))
            continue
        if len(data) > LIMIT:
            findings.append(found("S004", path, found=round(len(data) / 1e6, 1), allowed=round(LIMIT / 1e6)))
            continue
        text, problems = decode(data, path)
        findings += errors(problems)
        if text is not None:
            one = read(text, _keys(name), path)
            findings += [finding for finding in errors(one.findings) if finding.rule not in _EXPECTED]
            files[name] = _File(name, data, text, one)
    return files, findings


def _read_base(base: Mapping[str, Said]) -> dict[str, Read]:
    """Return what the last import said; a text that is damaged says nothing."""
    names = [name for name in base if name == _INDEX or _PROBLEM_FILE.fullmatch(name)]
    return {name: one for name in names if (one := _read_said(base[name], _keys(name))).values}


def _read_said(one: Said, keys: Keys) -> Read:
    return read(one, keys) if isinstance(one, str) else Read(one.values, one.body, ())


def _keys(name: str) -> Keys:
    return DISCLOSURE_KEYS if name == _INDEX else PROBLEM_KEYS


def _merged(
    file: _File,
    wanted: Mapping[str, Any],
    body: str,
    keys: Keys,
    base: Read | None,
    day: date | None,
    decided: Collection[str],
    findings: list[Finding],
    folder: Path,
) -> _Merged:
    """Return the change of one file, nothing where it stays, and the keys that differ on both sides."""
    path = (folder / file.name).as_posix()
    now, said = file.read.values, base.values if base else {}
    # A document that no longer states a thing takes it back; of a report much was set by hand at the import.
    names = {*wanted, *(said if keys is PROBLEM_KEYS else ())} - _NEVER - {"status", "progress"}
    taken: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    undated = False
    for key in (key for key in keys if key.name in names):
        mine, theirs, before = (comparable(values, key.name) for values in (now, wanted, said))
        move = verdict(mine, theirs, before, base is not None)
        if move == CONFLICT and key.name in decided:
            move = TAKE
        if move == TAKE and (wanted.get(key.name) or not key.required):
            taken[key.name] = wanted.get(key.name)
        elif move == CONFLICT:
            conflicts.append((key.name, _shown(key, now), _shown(key, wanted)))
    if keys is PROBLEM_KEYS:
        merged = history(now, wanted, said if base else None, day, decided)
        conflicts += merged.conflicts
        undated = merged.undated
        taken["progress"] = merged.entries
        if now.get("status") or merged.status != state_of(merged.entries):
            taken["status"] = merged.status
        # Flags that a status or a deadline implied stay when these are written otherwise.
        taken.setdefault("flags", now.get("flags"))
    for name, kept, other in conflicts:
        findings.append(found("I103", path, 0, 0, word_of(keys[name]), found=kept, allowed=other))
    contested = [name for name, _kept, _other in conflicts]
    text = file.text
    try:
        for name in (key.name for key in keys if key.name in taken):
            if name in _OF_HISTORY and taken[name] == now.get(name) and (name != "flags" or text is file.text):
                continue
            text = set_value(text, keys, name, taken[name], wanted if "deadline" in wanted else None)
        if body.strip():
            move = verdict(file.read.body.strip(), body.strip(), base.body.strip() if base else "", base is not None)
            if move == TAKE or (move == CONFLICT and BODY in decided):
                text = set_body(text, body)
            elif move == CONFLICT:
                findings.append(found("I104", path))
                contested.append(BODY)
    except CannotEdit as error:
        findings.append(found("I105", path, found=error))
        return _Merged([], [])
    return _Merged([_change(file, text)] if text != file.text else [], contested, undated)


def _change(file: _File, text: str) -> Change:
    return Change(file.name, file.data, encode(text, file.data))


def _shown(key: Key, values: Mapping[str, Any]) -> str:
    """Return a value as the front matter has it, on one line."""
    return _words(plain(key, values.get(key.name), values))[:SHOWN] or "—"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(_words, value.values()))
    return "、".join(map(_words, value)) if isinstance(value, (list, tuple)) else "" if value is None else str(value)
