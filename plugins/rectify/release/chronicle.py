"""The history that is kept beside the releases: every release has what it was when it was made."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.changes import Change
from rectify.core.citation import seal_of
from rectify.core.history import CHANGE, NOTICE, PUBLICATION, PURGE, ROLLBACK, History
from rectify.core.language import _
from rectify.core.plain_json import read_json
from rectify.core.site_map import at
from rectify.release import folder as releases
from rectify.release.folder import ReleaseFolder, record_of
from rectify.sources.clock import today
from rectify.sources.history_file import read_history
from rectify.sources.published_site import record_path
from rectify.sources.safe_files import read_file, replace_file

FILE = at("history")
_SECRET = "secret"
"""Makes the hashes of texts such that nobody can find out by trying what a text said that was taken out.

It lies among what runs keep, which a withdrawal removes: by then it could only confirm what was withdrawn.
"""
_SEALS = ".seals"
"""Which texts were withdrawn, as salted hashes: when they come back, their page says whether they are the same. Nobody else reads it."""
_FOUND = "found.json"
"""Where a build leaves what it found, among what runs keep."""
_TOLD = ("ref", "kind", "field", "about")


def history_file(target: ReleaseFolder) -> Path:
    """Return the file of the history of a place."""
    return target.root / FILE


def settle(target: ReleaseFolder) -> History:
    """Return the history, after writing what it does not tell yet of what is live: a run that was killed, a rollback, a notice.

    Raises ValueError where it was altered, OSError. The caller holds the target's lock.
    """
    try:
        history = read_history(history_file(target))
    except ValueError as error:
        raise ValueError(_("{error}；移走这个文件，会改用公开过的网站里的那一份", error=error)) from None
    live = target.live()
    known = history
    if live is not None:
        history = _whole(target, live, history)
        if not history.lines:
            history = _of_records(target)
        if _last(history) != live.name:
            event = NOTICE if record_of(live).get(releases.NOTICE) else ROLLBACK
            history = history.with_lines([{"event": event, "release": live.name, "on": today().isoformat()}], b"")
    if history != known:
        save(target, history)
    return history


def _whole(target: ReleaseFolder, live: Path, history: History) -> History:
    """Return the history with what only the live release has, of a run that was killed; where it is lost, the longest there is.

    Raises ValueError where both were continued differently.
    """
    if not history.lines:
        return max(_kept(target), key=lambda one: len(one.lines), default=history)
    try:
        theirs = read_history(live / FILE)
    except ValueError as error:
        raise ValueError(
            _(
                "{error}；公开的网站被改动了：先停站（rectify emergency），查明以后放行（rectify unhold all），重新公开",
                error=error,
            )
        ) from None
    if not is_continued(history, theirs):
        raise ValueError(_("{file} 与当前公开的网站里的对不上；移走被改动的一份", file=history_file(target)))
    return max(history, theirs, key=lambda one: len(one.lines))


def _kept(target: ReleaseFolder) -> Iterator[History]:
    for release in target.releases():
        with contextlib.suppress(OSError, ValueError):  # one that was altered is no reason to lose the others
            yield read_history(release.folder / FILE)


def is_continued(one: History, other: History) -> bool:
    """Return whether one of two histories begins with all of the other."""
    short, long = sorted((one, other), key=lambda history: len(history.lines))
    return _chains(long)[: len(short.lines)] == _chains(short)


def save(target: ReleaseFolder, history: History) -> None:
    """Make this the history of the place."""
    replace_file(history_file(target), history.data())


def is_behind(live: Path, history: History) -> bool:
    """Return whether what is live still has texts that were taken out of the history since. Raises OSError."""
    try:
        known = read_file(live / FILE).count(b"\n")
    except FileNotFoundError:
        return False
    return any(line["event"] == PURGE for line in history.lines[known:])


def seals_of(target: ReleaseFolder) -> dict[str, str]:
    """Return the seals of the texts of withdrawn problems by reference; nothing where the file cannot be read."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return {str(ref): str(seal) for ref, seal in read_json((target.root / _SEALS).read_bytes()).items()}
    return {}


def keep_seals(target: ReleaseFolder, before: Path | None, changes: Iterable[Change]) -> None:
    """Seal the texts that changes withdraw, of the site before; forget those that are public again. Raises OSError, ValueError."""
    known = seals_of(target)
    seals = dict(known)
    for change in changes:
        file = before / record_path(change.ref.partition("/")[0]) if before is not None else None
        if (
            change.kind == "withdrawn" and file is not None and file.is_file()
        ):  # what an older program published has none
            problem = next(one for one in read_json(file.read_bytes())["problems"] if one["ref"] == change.ref)
            seals[change.ref] = seal_of(os.urandom(16).hex(), problem)
        elif change.kind == "restored":
            seals.pop(change.ref, None)
    if seals != known:
        replace_file(target.root / _SEALS, json.dumps(seals).encode())
        (target.root / _SEALS).chmod(0o600)


def forget_secret(target: ReleaseFolder) -> None:
    """Make the hashes of texts such that nobody can confirm by trying what was said. Raises OSError."""
    (target.work / _SECRET).unlink(missing_ok=True)


def secret(target: ReleaseFolder) -> bytes:
    """Return what salts are made from, as long as nothing is withdrawn."""
    file = target.work / _SECRET
    with contextlib.suppress(OSError):
        if len(data := file.read_bytes()) >= 32:
            return data
    data = os.urandom(32)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, data)
    file.chmod(0o600)
    return data


def _chains(history: History) -> list[str]:
    return [line["chain"] for line in history.lines]


def _last(history: History) -> str:
    """Return the release that the history says is live."""
    return next((line["release"] for line in reversed(history.lines) if line["event"] != CHANGE), "")


def _of_records(target: ReleaseFolder) -> History:
    """Return the history as far as the records of an older program tell it, without texts, which may be withdrawn by now."""
    lines: list[dict[str, Any]] = []
    for release in target.releases():
        record = release.record
        if not record or record.get(releases.NOTICE):
            continue
        lines.append({"event": PUBLICATION, **head_of(record)})
        for change in record.get("changes", ()):
            names = _TOLD if change["kind"] in ("text", "progress") else (*_TOLD, "before", "after")
            told = {name: change[name] for name in names if change.get(name)}
            lines.append({"event": CHANGE, "release": release.id, "about": "problem", **told})
    return History().with_lines(lines, b"")


def head_of(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a release's record says of it, as its line in the history has it."""
    head = {
        "release": record["id"],
        "on": record.get("published", ""),
        "commit": record.get("commit", ""),
        "committed": record.get("committed", ""),
        "declared": record.get("declared", ""),
        "counts": record.get("counts", {}),
        "uncompared": record.get("uncompared", False),
        "previous": (record.get("previous") or {}).get("manifest", ""),
    }
    return {name: value for name, value in head.items() if value}


class Found(NamedTuple):
    """What a build found of the publication that it was made for."""

    head: dict[str, Any]
    """Its line in the history."""
    changes: list[Change]
    stale: list[str]
    """The lines of the history whose texts are not public any more, by their hashes."""


def found_by_build(work: Path) -> Found:
    """Return what the last build found. Raises OSError or ValueError where it has not said so."""
    told = read_json((work / _FOUND).read_bytes())
    return Found(told["head"], [Change(**one) for one in told["changes"]], told["stale"])


def order_for_build(target: ReleaseFolder, head: dict[str, Any], previous: Path | None, work: Path) -> Path:
    """Write what a build must know of publications; return the file."""
    told = {
        "head": head,
        "history": str(history_file(target).absolute()),
        "previous": str(previous or ""),
        "found": str((work / _FOUND).absolute()),
        "sealed": seals_of(target),
    }
    work.mkdir(parents=True, exist_ok=True)
    (work / _FOUND).unlink(missing_ok=True)
    replace_file(work / "publication.json", json.dumps(told, ensure_ascii=False).encode())
    return work / "publication.json"
