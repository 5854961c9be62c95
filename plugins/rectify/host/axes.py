"""The ways in which all problems are listed: one static page per value of each axis."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from rectify.core.language import N_, Language, Message
from rectify.core.model import Problem
from rectify.core.register import Register
from rectify.core.site_map import at
from rectify.core.vocabulary import FLAGS, PRIORITIES, STATES, STATUSES
from rectify.host.site_texts import SiteTexts

_UNSAFE = re.compile(r"[^\w]+")
_LONGEST = 40


@cache
def slug(value: str) -> str:
    """Return a folder name for a value: readable, safe on every file system, different for different values."""
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFKC", value)).strip("-").lower()[:_LONGEST]
    if plain == value:
        return plain
    return f"{plain}-{hashlib.sha256(value.encode()).hexdigest()[:6]}".lstrip("-")


_quote = cache(quote)


class Axis(NamedTuple):
    """One way to list problems."""

    key: str
    label: Message
    problems_by: Callable[[Register], Mapping[str, tuple[Problem, ...]]]
    name: Callable[[SiteTexts, str], str] = SiteTexts.as_written
    """Name of a value."""
    fixed: tuple[str, ...] = ()
    """Values that have a page even when nothing is counted there, so that a figure 0 links somewhere too."""

    def inside(self, language: Language) -> str:
        """Return the label as it stands inside a sentence."""
        return language.inside(language.say(self.label))

    def by(self, language: Language) -> str:
        """Return the label of the way to list problems."""
        return language.text("按{axis}", axis=self.inside(language))

    def title(self, language: Language) -> str:
        return language.text("按{axis}查看问题", axis=self.inside(language))

    @property
    def url(self) -> str:
        return at("axis", axis=self.key)

    def value_path(self, value: str) -> str:
        """Return the page of a value, relative to the site's root, as a file path."""
        return at("value", axis=self.key, value=self._folder(value))

    def part_path(self, value: str, part: str) -> str:
        """Return the page of a part of a value's list."""
        return at("part", axis=self.key, value=self._folder(value), part=part)

    def part_url(self, value: str, part: str) -> str:
        return _quote(self.part_path(value, part))

    def _folder(self, value: str) -> str:
        return value if self.fixed or self.key == "year" else slug(value)

    def value_url(self, value: str) -> str:
        return _quote(self.value_path(value))

    def entries(self, register: Register) -> dict[str, tuple[Problem, ...]]:
        """Return the problems of each value, in the order that the values are listed."""
        index = self.problems_by(register)
        return {v: index.get(v, ()) for v in self.fixed} if self.fixed else dict(index)


def _by_state(register: Register) -> dict[str, tuple[Problem, ...]]:
    return {s.key: tuple(p for p in register.problems if p.term.counts_as == s.key) for s in STATES}


def _state_name(texts: SiteTexts, key: str) -> str:
    language = texts.language
    others = [s for s in STATUSES if s.counts_as == key and s.label != STATES[key].label]
    if not others:
        return language.outside(language.name(STATES[key]))
    members = language.text("、").join(language.inside(language.name(s)) for s in others)
    return language.text("{state}（含{members}）", state=language.outside(language.name(STATES[key])), members=members)


STATE = Axis("state", N_("总体进展"), _by_state, _state_name, tuple(s.key for s in STATES))
STATUS = Axis(
    "status",
    N_("状态"),
    lambda r: r.by_status,
    lambda texts, key: texts.language.name(STATUSES[key]),
    tuple(reversed([s.key for s in STATUSES])),
)
YEAR = Axis("year", N_("年份"), lambda r: r.by_year, lambda texts, year: texts.language.text("{year}年", year=year))
UNIT = Axis("unit", N_("单位"), lambda r: r.by_unit)
CATEGORY = Axis("category", N_("类别"), lambda r: r.by_category)
GROUP = Axis("group", N_("分组"), lambda r: r.by_group)

FLAG = Axis(
    "flag",
    N_("标记"),
    lambda r: r.by_flag,
    lambda texts, key: texts.language.name(FLAGS[key]),
    tuple(flag.key for flag in FLAGS),
)

PRIORITY = Axis(
    "priority",
    N_("重点"),
    lambda r: r.by_priority,
    lambda texts, key: texts.language.name(PRIORITIES[key]),
    tuple(criterion.key for criterion in PRIORITIES),
)

AXES = (STATE, STATUS, YEAR, UNIT, CATEGORY, GROUP, FLAG, PRIORITY)
