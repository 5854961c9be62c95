"""Which status may follow which, and when: 待整改 < 持续推进 < 阶段性完成 < 已完成 < 已销号; back only after a relapse."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from rectify.core.vocabulary import DONE, FLAGS, STATUSES, VERIFIED

_ORDER = tuple(STATUSES.entries)
_FIRST_DONE = next(term for term in STATUSES if term.counts_as == "done")
RELAPSED = "relapsed"
CLOSED_OUT = VERIFIED.key


class Refusal(NamedTuple):
    """Why a change cannot be, in Chinese and English."""

    zh: str
    en: str


def is_step_back(before: str, after: str) -> bool:
    """Return whether one status comes before the other in the order in which work goes on."""
    return _ORDER.index(after) < _ORDER.index(before)


def refusal(before: str, after: str, flags: Collection[str] = (), verified: bool = False) -> Refusal | None:
    """Return why a problem cannot go from one status to another, or None where it can.

    `flags` are those that the problem has or gets; `verified` says that the inspecting side's verification is stated.
    """
    old, new = STATUSES[before], STATUSES[after]
    if after == CLOSED_OUT and before not in DONE and not verified:
        return Refusal(
            f"“{old.label}”不能直接改为“{new.label}”：销号要先完成、再经验收。先改为“{_FIRST_DONE.label}”，或者写明由谁验收销号",
            f"'{before}' cannot become '{after}' at once: it is done first and then verified; update to 'done', or say who verified it",
        )
    if is_step_back(before, after) and RELAPSED not in flags:
        label = FLAGS[RELAPSED].label
        return Refusal(
            f"“{old.label}”不能退回“{new.label}”；问题确有反弹的，加标记“{label}”并在内容里写明原因",
            f"'{before}' cannot go back to '{after}'; after a relapse set the flag '{RELAPSED}' and give the reason in the note",
        )
    return None


def untimely(day: date, last: date | None, feedback: date | None, today: date) -> Refusal | None:
    """Return why an entry of this day cannot follow, or None where it can."""
    if day > today:
        return Refusal(f"{day} 还没有到（今天是 {today}）", f"{day} has not come yet (today is {today})")
    if last and day < last:
        return Refusal(
            f"{day} 早于上一条进展（{last}）；进展从早到晚记录",
            f"{day} is before the last entry ({last}); entries go from early to late",
        )
    if feedback and day < feedback and not last:
        return Refusal(f"{day} 早于反馈日期（{feedback}）", f"{day} is before the feedback ({feedback})")
    return None
