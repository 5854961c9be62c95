"""A status against the account of what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.core.vocabulary import DONE, STATES

_OPEN_WORK = compiled(
    r"初步(?:拟定|形成|完成|制定|起草)|尚未(?:完成|到位|落实|印发|出台)|正在(?:起草|制定|修订|研究|办理|推进|整改|协调|对接|施工|筹备|抓紧)"
    r"|拟(?:于|出台|定于|制定)|争取(?:尽快|早日|在|于)|力争(?:在|于|年|\d)|计划(?:于|在|年|\d)"
)
_BEFORE = compiled("整改前|此前|原来|过去|曾经|当时|问题[：:]|《[^》]*$")
_CLOSED_WORK = compiled("验收|支付|列入.{0,12}账|入账|退回|清退|归还|追缴|拆除|补缴|核销|销户|完毕|办结|到位|印发|注销")
_CONTINUED_WORK = compiled(
    "持续|深化|加强|不断|适时|推进|拟|计划|完善|修订|正在|下一步|逐步|力争|进一步|加快|将|长期|常态|强化|继续|尚|待"
)
_SHORT = 120


class Against(NamedTuple):
    """The words that speak against a status."""

    line: int
    column: int
    words: str


def contradiction(
    status: str, long_term: bool, account: Sequence[tuple[int, str]], listed: bool = False
) -> Against | None:
    """Return the first words of an account that contradict its status, or None.

    A plan beside a finished matter is a hint, no proof. `listed` says that the account is a list of points, which a
    status of ongoing cannot be judged by.
    """
    if status in DONE and not long_term:
        return next((against for number, text in account if (against := _still_open(number, text))), None)
    if status == STATES["open"].status and len(account) == 1 and not listed:
        return _finished(*account[0])
    return None


def _still_open(number: int, text: str) -> Against | None:
    for match in _OPEN_WORK.finditer(text):
        sentence = text[max(text.rfind("。", 0, match.start()), 0) : match.start()]
        if not _BEFORE.search(sentence):
            return Against(number, match.start() + 1, match[0])
    return None


def _finished(number: int, text: str) -> Against | None:
    actions = list(_CLOSED_WORK.finditer(text))
    if len(text) > _SHORT or len(actions) < 2 or _CONTINUED_WORK.search(text):
        return None
    clause = next(clause for clause in re.finditer("[^，。；]+", text) if clause.end() >= actions[-1].end())
    return Against(number, clause.start() + 1, clause[0])
