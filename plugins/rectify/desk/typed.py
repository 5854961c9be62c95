"""Values that are more than a text, as they are typed into one field: a period, counts, figures of what was achieved."""

from __future__ import annotations

import re
from typing import Any

from rectify.core.language import N_, Message, _, spoken, written
from rectify.core.vocabulary import STATUSES, word_of

KINDS: dict[str, tuple[Message, Message]] = {
    "period": (N_("起止两个日期"), written("2024-03-18 至 2024-04-26", "2024-03-18 to 2024-04-26")),
    "counts": (N_("总数和各状态的数"), written("总数 12，已完成 8，持续推进 4", "total 12, done 8, ongoing 4")),
    "outcome": (N_("每行一项名称、数量、单位"), written("制定制度 12 项", "rules adopted 12 items")),
}
"""By kind what is typed, and an example."""
_UNTIL = re.compile(r"(?:至|到|—+|–+|[~～]|\bto\b)")
_COUNT = re.compile(r"\s*+([^\d\s:：，,、；;]++)\s*+[:：]?\s*+(\d++)\s*+[个件项]?\s*+")
_FIGURE = re.compile(r"\s*+(.*?[^\d\s.,:：])\s*+[:：]?\s*+(\d[\d.,]*+)\s*+([^\d\s]*+)\s*+")
_BETWEEN = re.compile(r"[，,、；;\n]")


def shown(kind: str, value: Any) -> str:
    """Return a value as its field shows it, empty for nothing."""
    if not value:
        return ""
    if kind == "period":
        return _("{start} 至 {end}", start=value.start, end=value.end)
    if kind == "counts":
        total = written("总数", "total")
        words = (word_of(STATUSES[key]) if key in STATUSES.entries else total for key, _number in value)
        return _("，").join(f"{spoken().say(word)} {number}" for word, (_key, number) in zip(words, value))
    return "\n".join(f"{one.name} {one.count} {one.unit}".rstrip() for one in value)


def in_file(kind: str, text: str) -> Any:
    """Return how a file says what is typed; the text itself where it is not of the form, for the reader of files to refuse."""
    if kind == "period":
        parts = [part.strip() for part in _UNTIL.split(text)]
        return dict(zip(("start", "end"), parts)) if len(parts) == 2 else text
    if kind == "counts":
        counts = [_COUNT.fullmatch(part) for part in _BETWEEN.split(text) if part.strip()]
        says = {one[1]: one[2] for one in counts if one}
        return says if len(says) == len(counts) else text
    figures = [_FIGURE.fullmatch(line) for line in text.splitlines() if line.strip()]
    names = ("name", "count", "unit")
    return [dict(zip(names, one.groups())) for one in figures if one] if all(figures) else text.splitlines()
