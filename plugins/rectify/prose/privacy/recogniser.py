"""What recognises one kind of private number: its form, what makes it valid, the words around it, its masked form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from rectify.prose.privacy.reading import Reading

_NEAR = 24
"""Characters before a number in which the word for it must stand."""
_BETWEEN = re.compile(r"[^0-9A-Za-z]+")


class Sighting(NamedTuple):
    """A number where it stands."""

    text: str
    """The whole text, as it is read."""
    start: int
    end: int

    @property
    def said(self) -> str:
        """The number as it is read."""
        return self.text[self.start : self.end]

    @property
    def number(self) -> str:
        """Letters and digits alone."""
        return _BETWEEN.sub("", self.said).upper()

    @property
    def before(self) -> str:
        """The words before it on its line."""
        return self.text[max(0, self.start - _NEAR) : self.start].rpartition("\n")[2]


class Recogniser(NamedTuple):
    """One row of the table."""

    rule: str
    form: re.Pattern[str]
    """Where such a number may stand; its first group, or all of it."""
    valid: Callable[[Sighting], bool]
    masked: Callable[[Sighting], str]
    """Return the form that may be published."""
    source: str
    """Law or standard that says how such a number is made."""
    quick: re.Pattern[str] | None = None
    """What every text with such a number has; searched first."""
    public: str = ""
    """The rule where it stands as the channel of an office."""
    is_public: Callable[[Sighting], bool] = lambda sighting: False


def keep(head: int, tail: int) -> Callable[[Sighting], str]:
    """Return what masks all but so many characters at both ends."""
    return lambda sighting: masked(sighting.number, head, tail)


def masked(text: str, head: int, tail: int) -> str:
    """Return a text of which so many characters at both ends are kept."""
    stars = "*" * max(1, len(text) - head - tail)
    return text[:head] + stars + text[len(text) - tail :]


def sightings(recogniser: Recogniser, reading: Reading) -> list[tuple[str, Sighting]]:
    """Return the rule and place of every number that a recogniser knows in a text."""
    if recogniser.quick and not recogniser.quick.search(reading.text):
        return []
    seen = (
        Sighting(reading.text, *match.span((match.lastindex and 1) or 0))
        for match in recogniser.form.finditer(reading.text)
    )
    return [
        (recogniser.public if recogniser.public and recogniser.is_public(one) else recogniser.rule, one)
        for one in seen
        if recogniser.valid(one)
    ]
