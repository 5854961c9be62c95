"""One more dated entry of a problem, and what it changes besides: the status, what came with it, what no longer holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.language import N_, Message, spoken
from rectify.core.model import Closeout, Progress
from rectify.core.transitions import CLOSED_OUT, refusal, untimely
from rectify.core.vocabulary import DONE


def present_status(values: Mapping[str, Any]) -> str:
    """Return the status that the values of a problem say: its own, or the one that its entries end with; empty for none."""
    return values.get("status") or state_of(values.get("progress") or ())


def state_of(entries: Sequence[Progress]) -> str:
    """Return the status that entries end with, or nothing."""
    return next((entry.status for entry in reversed(entries) if entry.status), "")


class Refused(ValueError):
    """An entry that cannot follow on what stands there; the text says why."""

    def __init__(self, reason: Message):
        super().__init__(spoken().say(reason))


class DatedEntry(NamedTuple):
    """What was done about a problem."""

    status: str
    text: str
    day: date
    flags: tuple[str, ...] = ()
    """Flags that the problem gets, if it has not got them."""
    priority: tuple[str, ...] = ()
    deadline: date | None = None
    """A new one."""
    closeout: Closeout | None = None
    earlier: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    is_return: bool = False
    """Whether the inspecting side takes the problem back to where work goes on."""

    def status_after(self, before: str) -> str:
        """Return the status of a problem with the entry."""
        return self.status

    def changes(
        self, values: Mapping[str, Any], feedback: date | None, today: date
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return the keys that the entry sets in the values of a problem, and those it takes out; the very same entry once.

        Raises Refused where the entry cannot follow on them.
        """
        progress = values.get("progress", ())
        old = present_status(values)
        flags = tuple(dict.fromkeys((*values.get("flags", ()), *self.flags)))
        closeout = self.closeout or (
            Closeout(self.day) if self.status == CLOSED_OUT and not values.get("closeout") else None
        )
        last = max((entry.date for entry in progress), default=None)
        no = untimely(self.day, last, feedback, today)
        no = no or (refusal(old, self.status, self.flags, bool(self.closeout), self.is_return) if old else None)
        entry = Progress(self.day, self.text, self.status, self.files)
        if values.get("withdrawn"):
            no = N_("这个问题已经撤回，不能再登记进展")
        if no:
            raise Refused(no)
        new: dict[str, Any] = {
            "progress": progress if entry in progress[-1:] else (*progress, entry),
            "status": self.status,
        }
        if flags != values.get("flags", ()):
            new["flags"] = flags
        for name in ("priority", "earlier"):
            before, more = values.get(name, ()), getattr(self, name)
            if set(more) - set(before):
                new[name] = tuple(dict.fromkeys((*before, *more)))
        if self.deadline:
            new["deadline"] = self.deadline
        if closeout and self.status == CLOSED_OUT:
            new["closeout"] = closeout
        drop = ["status_wording"] if old != self.status else []
        drop += ["deadline_wording"] if self.deadline else []
        # What is open again is no longer struck off the ledger; the entry that did so stays in its history.
        drop += ["closeout"] if self.status not in DONE else []
        return new, tuple(drop)
