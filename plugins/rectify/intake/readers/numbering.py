"""Automatic numbering: the numbers that Word prints and no text contains (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from rectify.intake.readers.numerals import spell
from rectify.intake.readers.styles import Style, Styles
from rectify.intake.readers.wordprocessing import W, number, switch, value

_LEVELS = 9
_TICKED, _UNTICKED = "☑☒", "☐"
_PLACE = re.compile("%([1-9])")


class Level(NamedTuple):
    text: str = ""
    """`%1` stands for the number of the first level."""
    form: str = "decimal"
    start: int = 1
    restart: int | None = None
    """The level, from 1, whose use restarts this one; 0 for none, None for any higher one."""
    legal: bool = False
    """Whether the numbers of all levels are shown in decimal digits."""
    style: str = ""


class List(NamedTuple):
    """A w:num: the counters it shares, its levels with all overrides, and the levels it restarts."""

    counters: str
    levels: dict[int, Level]
    restarts: dict[int, int]


class Numbering:
    """Counts as the paragraphs come, in the order of the document."""

    def __init__(self, root: etree._Element | None, styles: Styles):
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[int, int]] = set()
        self._lists: dict[int, List] = {}
        self._boxes: set[str] = set()
        """Bullets that are boxes, where some of them are ticked."""
        if root is None:
            return
        abstracts = {element.get(W + "abstractNumId", ""): element for element in root.iterchildren(W + "abstractNum")}
        nums = {number(element.get(W + "numId"), 0): element for element in root.iterchildren(W + "num")}
        levels = {name: _levels(element) for name, element in abstracts.items()}
        signs = {level.text for some in levels.values() for level in some.values() if level.form == "bullet"}
        self._boxes = signs & {*_TICKED, _UNTICKED} if _UNTICKED in signs and signs & set(_TICKED) else set()
        for num_id, num in nums.items():
            name = _abstract(num_id, nums, abstracts, styles)
            own, restarts = dict(levels.get(name, {})), {}
            for override in num.iterchildren(W + "lvlOverride"):
                ilvl = number(override.get(W + "ilvl"), 0)
                own.update(_levels(override))
                if (start := number(value(override, "startOverride"))) is not None:
                    restarts[ilvl] = start
                    own[ilvl] = own.get(ilvl, Level())._replace(start=start)
            self._lists[num_id] = List(name, own, restarts)

    def next(self, style: Style) -> str:
        """Return the number of the next paragraph, which has these properties; empty where it has none.

        A paragraph with a number of the bullet kind has none but a box to tick; it is counted.
        """
        if not style.num_id or style.num_id not in self._lists:
            return ""
        listed = self._lists[style.num_id]
        ilvl = style.ilvl
        if ilvl is None:
            ilvl = next((i for i, level in listed.levels.items() if level.style and level.style == style.num_style), 0)
        if not 0 <= ilvl < _LEVELS or ilvl not in listed.levels:
            return ""
        counts = self._counts.setdefault(listed.counters, [None] * _LEVELS)
        if ilvl in listed.restarts and (style.num_id, ilvl) not in self._restarted:
            self._restarted.add((style.num_id, ilvl))
            counts[ilvl] = None
        count = counts[ilvl]
        counts[ilvl] = listed.levels[ilvl].start if count is None else count + 1
        for above in range(ilvl):
            if counts[above] is None:
                counts[above] = listed.levels.get(above, Level()).start
        for below in range(ilvl + 1, _LEVELS):
            restart = listed.levels.get(below, Level()).restart
            if restart is None or ilvl < restart:
                counts[below] = None
        return self._shown(listed, ilvl, counts)

    def _shown(self, listed: List, ilvl: int, counts: list[int | None]) -> str:
        level = listed.levels[ilvl]
        if level.form == "bullet":
            return level.text if level.text in self._boxes else ""

        def put(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            form = listed.levels.get(index, Level()).form
            return (
                ""
                if (count := counts[index]) is None
                else spell(count, "decimal" if level.legal and form != "none" else form)
            )

        return _PLACE.sub(put, level.text).strip()


def _levels(parent: etree._Element) -> dict[int, Level]:
    levels = {}
    for element in parent.iterchildren(W + "lvl"):
        form = element.find(W + "numFmt")
        if form is None:
            # Formats newer than the standard stand in a choice whose fallback is a plain one.
            form = next(element.iter(W + "numFmt"), None)
        levels[number(element.get(W + "ilvl"), 0)] = Level(
            text=(value(element, "lvlText") or "")[:100],
            form=form.get(W + "val", "decimal") if form is not None else "decimal",
            start=number(value(element, "start"), 0),
            restart=number(value(element, "lvlRestart")),
            legal=bool(switch(element, "isLgl")),
            style=value(element, "pStyle") or "",
        )
    return levels


def _abstract(
    num_id: int, nums: dict[int, etree._Element], abstracts: dict[str, etree._Element], styles: Styles
) -> str:
    """Return the id of the abstract numbering of a list, followed through the numbering style it may point to."""
    seen: set[int] = set()
    name = ""
    while num_id in nums and num_id not in seen:
        seen.add(num_id)
        name = value(nums[num_id], "abstractNumId") or ""
        link = value(abstracts.get(name), "numStyleLink")
        if not link:
            break
        num_id = styles[link].num_id or 0
    return name
