"""The word lists of `words.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

_data = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))


def _ordered(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["key"], _any(entry["words"])) for entry in _data[name])


GENRE_WORDS = _ordered("genre")
ROLE_WORDS = _ordered("role")
EVIDENCE = tuple(
    (
        entry["where"],
        entry["weight"],
        entry.get("times", 1),
        re.compile("|".join(map("(?:{})".format, entry["words"])), re.M),
    )
    for entry in _data["evidence"]
)
"""Where words are looked for, what they weigh, how often they must stand there, and the words."""
OVERVIEW_FIRST = _any(_data["overview_first"]["words"])

DEFICIENCY = _any(_data["problem"]["deficiency"])
ACTION = _any(_data["problem"]["action"])
STATED = _any(_data["problem"]["stated"])
_SET_PHRASE = _any(_data["problem"]["set_phrases"])


def plain(text: str) -> str:
    """Return a text without its set phrases, which sound like deficiencies and are none: 不折不扣, 社会主义."""
    return _SET_PHRASE.sub("", text)


READ_AS_VALUES: tuple[str, ...] = tuple(_data["read_as_values"]["words"])
"""Wordings of a heading, of a status and of a count, which stand in the draft as values."""


def _labels() -> dict[str, str]:
    labels = {word: field for field, words in _data["label"].items() for word in words}
    for pattern in _data["label_made"]:
        for first in pattern["first"]:
            for last in pattern["last"]:
                labels.setdefault(first + last, pattern["field"])
    return labels


LABELS: dict[str, str] = _labels()
"""What a label means: 牵头部门 -> lead."""

CONTACT = {
    field: re.compile(rf"(?:{words})\s*(?:[：:]|为|(?<=请于)|(?=\d))\s*", re.I)
    for field, words in _data["contact"].items()
}
