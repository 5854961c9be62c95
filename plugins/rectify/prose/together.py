"""What the texts of one disclosure make of each other's findings: who speaks in them, and what is a habit in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rectify.core.finding import Finding

_HABIT = 10
_PARTY_BODIES = ("党组", "党委", "党工委", "党总支", "党支部")
_HALF_WIDTH, _OTHERS = "W014", "P012"


def settled(findings: Sequence[Finding], unit: str, names: Iterable[str], texts: Iterable[str]) -> list[Finding]:
    """Return the findings without the blame that a unit itself is named in, and with a habit of half-width signs told once.

    `unit` discloses, and its party organisation with it; `names` are others under which it speaks: issuer, title. A habit is a sign that all the texts write more than ten
    times, and more often than its full-width form.
    """
    half = Counter(one.token for one in findings if one.rule == _HALF_WIDTH)
    often = [sign for sign, count in half.items() if count > _HABIT]
    habits = set()
    if often:
        full = Counter[str]()
        for text in texts:
            full.update({sign: text.count(chr(ord(sign) + 0xFEE0)) for sign in often})
        habits = {sign for sign in often if half[sign] > full[sign]}
    own = "\n".join([*(f"{unit}{body}" for body in _PARTY_BODIES if unit), *names])
    kept, told = [], set()
    for one in findings:
        if one.rule == _OTHERS and one.token in own:
            continue
        if one.rule == _HALF_WIDTH and one.token in habits:
            if one.token in told:
                continue
            told.add(one.token)
        kept.append(one)
    return kept
