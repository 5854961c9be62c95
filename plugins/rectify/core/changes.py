"""What changed between two publications, as their data tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from rectify.core.vocabulary import DONE

Record = Mapping[str, Any]
"""A problem as `data/problems.json` holds it."""


class Change(NamedTuple):
    """One thing that changed about one problem."""

    ref: str
    title: str
    kind: str
    """`added`, `done`, `reopened`, `status`, `deadline`, `progress`, `withdrawn` or `gone`."""
    before: str = ""
    after: str = ""


def changes(before: Iterable[Record], after: Iterable[Record]) -> list[Change]:
    """Return what changed, in the order of the new data; what is gone comes last."""
    old = {record["ref"]: record for record in before}
    new = {record["ref"]: record for record in after}
    found = [change for ref, record in new.items() for change in _of(old.get(ref), record)]
    return found + [Change(ref, record["title"], "gone") for ref, record in old.items() if ref not in new]


def _of(old: Record | None, new: Record) -> Iterable[Change]:
    ref, title = new["ref"], new["title"]
    if old is None:
        yield Change(ref, title, "added", "", new["status"])
        return
    if new.get("withdrawn") and not old.get("withdrawn"):
        yield Change(ref, title, "withdrawn")
        return
    if old["status"] != new["status"]:
        done = (old["status"] in DONE, new["status"] in DONE)
        kind = {(False, True): "done", (True, False): "reopened"}.get(done, "status")
        yield Change(ref, title, kind, old["status"], new["status"])
    if old.get("deadline") != new.get("deadline"):
        yield Change(ref, title, "deadline", old.get("deadline") or "", new.get("deadline") or "")
    if old["status"] == new["status"] and len(new.get("progress", ())) > len(old.get("progress", ())):
        yield Change(ref, title, "progress", "", new["progress"][-1]["date"])
