"""Code inside a line of Markdown, where no sign means anything (CommonMark 0.31, 6.1)."""

from __future__ import annotations

import re

_TICKS = re.compile("`+")


def blank_code(line: str) -> str:
    """Return a line with blanks in place of its code, which ends with as many backticks as it began with."""
    if "`" not in line:
        return line
    runs = list(_TICKS.finditer(line))
    places: dict[int, list[int]] = {}
    for run in reversed(runs):
        places.setdefault(len(run[0]), []).append(run.end())
    parts: list[str] = []
    at = 0
    for run in runs:
        ends = places[len(run[0])]
        ends.pop()
        if run.start() >= at and ends:
            parts += line[at : run.start()], " " * (ends[-1] - run.start())
            at = ends[-1]
    return "".join([*parts, line[at:]])
