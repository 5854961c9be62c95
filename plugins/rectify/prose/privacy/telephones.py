"""Mobile numbers (电信网编号计划, 2017)."""

from __future__ import annotations

import re

from rectify.prose.privacy.recogniser import Recogniser, Sighting, masked

CONTACT = re.compile(r"联系|电话|值班|监督|举报|咨询|服务|热线|传真|来电|来信|受理|接待|邮箱")


def _masked(sighting: Sighting) -> str:
    return masked(sighting.number[-11:], 3, 4)


RECOGNISERS = (
    Recogniser(
        rule="P002",
        form=re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[ \-]?)?1[3-9]\d[ \-.]?\d{4}[ \-.]?\d{4}(?![0-9A-Za-z元万亿]|\.\d)"),
        valid=lambda sighting: True,
        masked=_masked,
        source="电信网编号计划（2017年版）",
        quick=re.compile(r"\d[\d \-.]{9}"),
        public="P003",
        is_public=lambda sighting: bool(CONTACT.search(sighting.before)),
    ),
)
