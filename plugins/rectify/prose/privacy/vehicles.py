"""Licence plates (GA 36)."""

from __future__ import annotations

import re

from rectify.prose.privacy.recogniser import Recogniser, Sighting, masked


def _has_digits(sighting: Sighting) -> bool:
    return sum(character.isdigit() for character in sighting.said) >= 3


RECOGNISERS = (
    Recogniser(
        rule="P006",
        form=re.compile(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Za-hj-z][·•・ -]?[A-HJ-NP-Za-hj-np-z0-9]{5,6}(?![A-Za-z0-9])"
        ),
        valid=_has_digits,
        masked=lambda sighting: masked(sighting.said, 2, 2),
        source="GA 36-2018",
        quick=re.compile("[A-Za-z]"),
    ),
)
