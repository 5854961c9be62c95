"""How a publication is, for programs that look after it: one file of JSON, and one in the text format of Prometheus.

Both lie beside the releases, where no web server serves them; any account may read them, and they are there whole or not at all.
Moments are told, not ages: an age would stand still with the timer that no longer runs.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from rectify.core.finding import SEVERITIES
from rectify.core.plain_json import read_json
from rectify.outputs.data import GENERATOR
from rectify.release import last_run
from rectify.release.folder import CURRENT, NOTICE, ReleaseFolder, record_of
from rectify.release.holding import CAUSES, holds_of
from rectify.release.modes import open_to_readers
from rectify.sources.clock import now
from rectify.sources.safe_files import replace_file

NAME, METRICS = "health.json", "health.prom"
GOOD = ("published", "unchanged", "held")
"""Outcomes after which nobody has to come and look."""
OUTCOMES = (*GOOD, "refused", "failed", last_run.RUNNING)
_FORMAT = 1


def note_health(target: ReleaseFolder) -> None:
    """Write down how a publication is after a run, or after somebody decided something. Never raises."""
    # What cannot be written is no reason to fail: whoever watches sees that the moments in it stand still.
    with contextlib.suppress(OSError, ValueError):
        data = health_of(target)
        _write(target.root / NAME, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
        _write(target.root / METRICS, metrics(data).encode())


def read_health(root: Path) -> dict[str, Any]:
    """Return what was written last, empty where there is nothing that can be read."""
    with contextlib.suppress(OSError, ValueError):
        data = read_json((root / NAME).read_bytes())
        return data if isinstance(data, dict) else {}
    return {}


def health_of(target: ReleaseFolder) -> dict[str, Any]:
    """Return how a publication is now, as health.json holds it."""
    before, run = read_health(target.root), last_run.read(target.root)
    outcome, ended = str(run.get("outcome", "")), str(run.get("ended", ""))
    good, severities = outcome in GOOD, run.get("severities")
    try:
        held, damaged = [hold.data() for hold in holds_of(target.root)], ""
    except ValueError as error:
        held, damaged = [], str(error)
    return {
        "format": _FORMAT,
        "generator": GENERATOR,
        "place": os.path.abspath(target.root),
        "written": now().isoformat(timespec="seconds"),
        "live": _live(target),
        "last_run": {name: run.get(name, "") for name in ("outcome", "began", "ended", "reason", "commit")},
        "last_good": ended if good else before.get("last_good", ""),
        "failing_since": "" if good or not outcome else before.get("failing_since") or ended,
        # A run that finds nothing new checks nothing: what was found before still stands.
        "findings": severities if severities is not None else before.get("findings") or {},
        "held": held,
        "held_unreadable": damaged,
    }


def _live(target: ReleaseFolder) -> dict[str, Any] | None:
    live = target.live()
    if live is None:
        return None
    record = record_of(live)
    switched = datetime.fromtimestamp((target.root / CURRENT).lstat().st_mtime, now().tzinfo)
    return {
        "release": live.name,
        "commit": record.get("commit", ""),
        "declared": record.get("declared", ""),
        "since": switched.isoformat(timespec="seconds"),
        "notice": bool(record.get(NOTICE)),
    }


def metrics(data: Mapping[str, Any]) -> str:
    """Return health data in the text format of Prometheus, as its collector of text files reads them."""
    place, live, run = data["place"], data["live"] or {}, data["last_run"]
    causes = Counter(hold["cause"] for hold in data["held"])
    rows: list[tuple[str, str, Iterable[tuple[dict[str, str], float | None]]]] = [
        (
            "live_release_info",
            "The release that readers see.",
            [({"release": live["release"], "commit": live["commit"], "declared": live["declared"]}, 1)] if live else [],
        ),
        ("live_since_timestamp_seconds", "When it became live; its age is time() less this.", [({}, _at(live, "since"))]),
        ("notice_live", "1 where a notice stands in for the site.", [({}, int(live["notice"]))] if live else []),
        ("last_run_timestamp_seconds", "When the last run ended.", [({}, _at(run, "ended"))]),
        (
            "last_good_timestamp_seconds",
            "When a run last ended that was neither refused nor failed.",
            [({}, _at(data, "last_good"))],
        ),
        ("failing_since_timestamp_seconds", "Since when runs have been refused or failed.", [({}, _at(data, "failing_since"))]),
        (
            "last_run_outcome",
            "1 for the outcome of the last run, 0 for every other.",
            [({"outcome": outcome}, int(outcome == run["outcome"])) for outcome in OUTCOMES] if run["outcome"] else [],
        ),
        (
            "findings",
            "Findings of the last check, by severity.",
            [({"severity": one}, data["findings"].get(one, 0)) for one in SEVERITIES] if data["findings"] else [],
        ),
        ("held", "Decisions that hold something back, by cause.", [({"cause": one}, causes[one]) for one in CAUSES]),
        ("held_unreadable", "1 where nobody knows what is held, so that nothing is published.", [({}, int(bool(data["held_unreadable"])))]),
    ]  # fmt: skip
    lines: list[str] = []
    for name, about, samples in rows:
        told = [(labels, value) for labels, value in samples if value is not None]
        if told:
            lines += [f"# HELP rectify_{name} {about}", f"# TYPE rectify_{name} gauge"]
            lines += [f"rectify_{name}{{{_labels({'place': place, **labels})}}} {value:.15g}" for labels, value in told]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels.items())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _at(data: Mapping[str, Any], name: str) -> float | None:
    moment = moment_of(data.get(name))
    return moment.timestamp() if moment else None


def moment_of(text: object) -> datetime | None:
    """Return the moment that a report names, None where it names none."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _write(file: Path, data: bytes) -> None:
    # Made before it is filled where it is new, so that no umask closes it for a moment; afterwards its mode is kept.
    if not file.exists():
        file.touch()
        open_to_readers(file)
    replace_file(file, data)
    open_to_readers(file)
