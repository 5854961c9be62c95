"""Passports, and permits for Hong Kong, Macao and Taiwan."""

from __future__ import annotations

import re

from rectify.prose.privacy.recogniser import Recogniser, keep

_WORDS = re.compile(r"护照|通行证|台胞证|证件号|证照号")

RECOGNISERS = (
    Recogniser(
        rule="P007",
        form=re.compile(
            r"(?<![0-9A-Za-z])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[CHLT]\d{8,10}|[PDS]E?\d{7}|(?<=台胞证)\d{8}|(?<=台胞证号)\d{8})(?![0-9A-Za-z])"
        ),
        valid=lambda sighting: bool(_WORDS.search(sighting.before)),
        masked=keep(2, 2),
        source="护照法第七条",
        quick=_WORDS,
    ),
)
