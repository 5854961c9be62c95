"""Which problem of a document is which problem of a folder, whose references never change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rectify.core.vocabulary import fold
from rectify.intake.draft import DraftProblem, problem_text

SIMILAR = 0.85
"""Likeness of two wordings from which they are the same one reworded; domain practice for renamed problems."""
_LONGEST = 300
"""Characters of a wording that are compared; likeness takes time by the square of the length."""

_Values = Mapping[str, Any]


def match(
    problems: Sequence[DraftProblem], files: Mapping[str, _Values], said: Mapping[str, _Values], base: Mapping[str, str]
) -> dict[int, str]:
    """Return the file name of each problem that has one, by its position: by reference, then wording, then likeness.

    `files` are the folder's values by file name, `base` what the last import said of each and `said` the values in it. A
    name that is in `said` alone is a file that was deleted by hand.
    """
    matched: dict[int, str] = {}
    free = list(dict.fromkeys((*files, *said)))

    def take(position: int, name: str) -> None:
        matched[position] = name
        free.remove(name)

    for position, problem in enumerate(problems):
        if problem.ref and (name := f"{problem.ref.rpartition('/')[2]}.md") in free:
            take(position, name)
    open_ = [position for position, problem in enumerate(problems) if not problem.ref]
    same_text = {base[name]: name for name in reversed(free) if name in said}
    for position in open_:
        name_of_same = same_text.get(problem_text(problems[position]))
        if name_of_same in free:
            take(position, name_of_same)
    for known, same in ((files, _place_and_title), (files, _title), (said, _place_and_title), (said, _title)):
        names: dict[Any, list[str]] = {}
        for name in free:
            if name in known and _title(known[name]):
                names.setdefault(same(known[name]), []).append(name)
        for position in open_:
            if position not in matched and (waiting := names.get(same(problems[position].values))):
                take(position, waiting.pop(0))
    for position, name in _alike(problems, [one for one in open_ if one not in matched], free, files, said):
        if position not in matched and name in free:
            take(position, name)
    for position in open_:
        # What was taken back may have lost its wording here; it must not come back as a new problem.
        if position not in matched and (here := place(problems[position].values))[1]:
            gone = [name for name in free if "withdrawn" in files.get(name, ()) and place(files[name]) == here]
            if gone:
                take(position, gone[0])
    return matched


def likeness(one: str, other: str) -> float:
    """Return how alike two wordings are, 0 to 1; 0 where it is less than SIMILAR."""
    matcher = difflib.SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    bounds: tuple[Callable[[], float], ...] = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return matcher.ratio() if all(bound() >= SIMILAR for bound in bounds) else 0.0


def place(values: _Values) -> tuple[str, str]:
    """Return group and printed number, which no two problems of a disclosure share."""
    return values.get("group") or "", values.get("number") or ""


def _alike(
    problems: Sequence[DraftProblem],
    positions: Sequence[int],
    names: Sequence[str],
    files: Mapping[str, _Values],
    said: Mapping[str, _Values],
) -> list[tuple[int, str]]:
    """Return the pairs that are alike, the best first, in the same place before others."""
    pairs = []
    for position in positions:
        values = problems[position].values
        for name in (name for name in names if name in files):
            both = [one for one in (files[name], said.get(name)) if one]
            score = max(likeness(_title(values), _title(one)) for one in both)
            if score:
                elsewhere = all(place(one) != place(values) for one in both)
                pairs.append((-score, elsewhere, position, name))
    return [(position, name) for _, _, position, name in sorted(pairs)]


def _title(values: _Values) -> str:
    return fold(values.get("title") or "")


def _place_and_title(values: _Values) -> tuple[tuple[str, str], str]:
    return place(values), _title(values)
