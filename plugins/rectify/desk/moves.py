"""How the counts and lists of the whole site move by what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rectify.core.language import _, spoken
from rectify.core.register import is_public
from rectify.core.vocabulary import STATUSES
from rectify.desk.changed_files import Changed, Standing
from rectify.desk.office import Register


def moves(register: Register, changed: Sequence[Changed]) -> list[tuple[str, int, int]]:
    """Return what moves: what it is called, how many it had, and has now."""
    folders = [one.folder for one in register.folders.values()]
    public = {one.id: one for one in folders if one.disclosure and is_public(one.disclosure)}
    now: Counter[str] = Counter()
    for problem in (problem for folder in public.values() for problem in folder.problems):
        shown = () if problem.withdrawn else (problem.deadline, len(problem.progress))
        now.update(_counts(Standing(problem.status, *shown), register.today))
    moved: Counter[str] = Counter()
    for one in changed:
        if one.ref.partition("/")[0] in public:
            before, after = (_counts(standing, register.today) for standing in one.standings)
            moved.update(after)
            moved.subtract(before)
    names = {"all": _("全部问题")} | {term.key: spoken().name(term) for term in STATUSES}
    names |= {"late": _("逾期"), "entries": _("进展更新")}
    return [(name, now[key] - moved[key], now[key]) for key, name in names.items() if moved[key]]


def _counts(standing: Standing, day: date) -> dict[str, int]:
    if not standing.status:
        return {}
    return {standing.status: 1, "all": 1, "late": int(standing.is_late(day)), "entries": standing.entries}
