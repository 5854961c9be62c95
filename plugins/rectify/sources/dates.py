"""Dates as clerks write them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date

FORMS = "2024-07-17、2024.7.17、2024/7/17、2024年7月17日"
MONTH_FORM = "2024年7月"

_DAY = re.compile(
    r"^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$"
)
_MONTH = re.compile(r"^(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月)$")


class NoSuchDay(ValueError):
    """The form is right, the day does not exist."""


def parse_date(text: str, month_end: bool = False) -> date:
    """Return the date that is written in one of FORMS, full-width digits allowed.

    With `month_end`, a bare month stands for its last day, as deadlines do.
    Raises NoSuchDay for 2月30日 and ValueError for anything that is not of these forms.
    """
    folded = unicodedata.normalize("NFKC", text).replace(" ", "")
    match = _DAY.match(folded)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
    else:
        match = _MONTH.match(folded) if month_end else None
        if not match:
            raise ValueError(text)
        year, month = int(match[1]), int(match[2] or match[3])
        day = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(text) from None
