"""Dates as clerks write them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date

from rectify.core.language import N_, Message
from rectify.core.vocabulary import LONG_TERM, word_of

_FORMS = N_("2024-07-17、2024.7.17、2024/7/17、2024年7月17日")

_DAY = re.compile(
    r"^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$"
)
_MONTH = re.compile(r"^(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月)$")


def accepted_forms(month_end: bool = False) -> Message:
    """Return the forms that a date may have, to be said later; with `month_end` those of a deadline."""
    if not month_end:
        return _FORMS
    return N_("{forms}、2024年7月、{long_term}", forms=_FORMS, long_term=word_of(LONG_TERM))


class NoSuchDay(ValueError):
    """The form is right, the day does not exist."""


def parse_date(text: str, month_end: bool = False) -> date:
    """Return the date that is written in one of the accepted forms, full-width digits allowed.

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
