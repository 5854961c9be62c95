"""Which status may follow which, and when: 待整改 < 持续推进 < 阶段性完成 < 已完成 < 已销号; back only after a relapse, or when returned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from rectify.core.language import N_, Message
from rectify.core.vocabulary import DONE, FLAGS, STATUSES, VERIFIED, word_of

_ORDER = tuple(STATUSES.entries)
_FIRST_DONE = next(term for term in STATUSES if term.counts_as == "done")
RELAPSED = "relapsed"
CLOSED_OUT = VERIFIED.key


def is_step_back(before: str, after: str) -> bool:
    """Return whether one status comes before the other in the order in which work goes on."""
    return _ORDER.index(after) < _ORDER.index(before)


def refusal(
    before: str, after: str, flags: Collection[str] = (), verified: bool = False, returned: bool = False
) -> Message | None:
    """Return why a problem cannot go from one status to another, or None where it can.

    `flags` are those that the problem has or gets; `verified` says that the inspecting side's verification is stated, `returned`
    that it was that side who did not accept it.
    """
    words = {"before": word_of(STATUSES[before]), "after": word_of(STATUSES[after])}
    if after == CLOSED_OUT and before not in DONE and not verified:
        return N_(
            "“{before}”不能直接改为“{after}”：销号要先完成、再经验收。先改为“{done}”，或者写明由谁验收销号",
            done=word_of(_FIRST_DONE),
            **words,
        )
    if is_step_back(before, after) and RELAPSED not in flags and not returned:
        return N_(
            "“{before}”不能退回“{after}”；问题确有反弹的，加标记“{flag}”并在内容里写明原因",
            flag=word_of(FLAGS[RELAPSED]),
            **words,
        )
    return None


def untimely(day: date, last: date | None, feedback: date | None, today: date) -> Message | None:
    """Return why an entry of this day cannot follow, or None where it can."""
    if day > today:
        return N_("{day} 还没有到（今天是 {today}）", day=day, today=today)
    if last and day < last:
        return N_("{day} 早于上一条进展（{last}）；进展从早到晚记录", day=day, last=last)
    if feedback and day < feedback and not last:
        return N_("{day} 早于反馈日期（{feedback}）", day=day, feedback=feedback)
    return None
