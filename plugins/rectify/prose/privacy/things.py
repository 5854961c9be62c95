"""What makes a label of a thing, a body or a quantity of what else might be a person's."""

from __future__ import annotations

from rectify.prose.late import late
from rectify.prose.word_lists import any_of, load

_DATA = load("holdings")
THING = late("|".join(_DATA["things"]))
BODY = late(any_of(_DATA["bodies"]))
