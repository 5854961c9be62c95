"""The names of units: what one unit is called in different documents, and which body it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from rectify.core.model import Disclosure, Problem
from rectify.core.name_order import order_of
from rectify.core.vocabulary import fold


class Unit(NamedTuple):
    """One unit."""

    name: str
    """As it stands on pages, in lists and in data."""
    aliases: tuple[str, ...] = ()
    """What documents call it besides."""
    parent: str = ""
    """The name of the body that it belongs to."""


class _Units(NamedTuple):
    declared: tuple[Unit, ...] = ()


class Units(_Units):
    """The units that a site declares; every other one is called what its documents call it."""

    @cached_property
    def _by_word(self) -> Mapping[str, Unit]:
        return {fold(word): unit for unit in self.declared for word in (unit.name, *unit.aliases)}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {unit.name: place for place, unit in enumerate(self.declared)}

    def name(self, written: str) -> str:
        """Return the name of a unit that is written in one of its ways."""
        unit = self._by_word.get(fold(written))
        return unit.name if unit else written

    def parent(self, name: str) -> str:
        """Return the name of the body that a unit belongs to, empty where none is declared."""
        unit = self._by_word.get(fold(name))
        return self.name(unit.parent) if unit and unit.parent else ""

    def knows(self, name: str) -> bool:
        """Return whether this is the name of a declared unit."""
        return name in self._places

    def order_of(self, name: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Return what names of units are sorted by: the declared ones stand as they are declared, the others after them by sound."""
        return self._places.get(name, len(self.declared)), order_of(name)

    def disclosure(self, disclosure: Disclosure) -> Disclosure:
        """Return a disclosure with the name of its unit; its texts stay as they are."""
        return disclosure._replace(unit=self.name(disclosure.unit))

    def problem(self, problem: Problem) -> Problem:
        """Return a problem with the names of the units that answer for it."""
        units = tuple(dict.fromkeys(map(self.name, problem.units)))
        return problem._replace(lead=self.name(problem.lead), units=units)


NO_UNITS = Units()
