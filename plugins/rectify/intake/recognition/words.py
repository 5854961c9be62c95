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
STATUS_WORDS = _ordered("status")
OVERVIEW_FIRST = _any(_data["overview_first"]["words"])

DEFICIENCY = _any(_data["problem"]["deficiency"])
ACTION = _any(_data["problem"]["action"])
STATED = _any(_data["problem"]["stated"])

LABELS: dict[str, str] = {word: field for field, words in _data["label"].items() for word in words}
"""What a label means: 牵头部门 -> lead."""

OUTCOME = re.compile(
    rf"(?:(?P<name>{_any(_data['outcome']['words']).pattern})|(?P<paid>{_any(_data['outcome']['money']).pattern}))"
    r"(?:共计?|累计|合计|计|达|共)?[：: ]?(?P<count>\d+(?:,\d{3})*(?:\.\d+)?)(?:余)?"
    rf"(?P<unit>(?(paid)(?:万|亿)?元|(?:{_data['outcome']['unit']})))"
)
CONTACT = {field: re.compile(rf"(?:{words})\s*(?:[：:]|为|(?<=请于)|(?=\d))\s*", re.I) for field, words in _data["contact"].items()}
FIGURE = re.compile(rf"(?:整改期间|期间|其中|共计?|累计|合计|已|并|完成)*([\u4e00-\u9fff]{{2,14}}?)(?:共计?|累计|合计|达)?(\d+(?:,\d{{3}})*(?:\.\d+)?)(?:余)?({_data['outcome']['unit']})")
NOT_OUTCOME = _any(_data["outcome"]["not_outcome"])
