"""What the card of a disclosure says, as a picture and as a page."""

from __future__ import annotations

from datetime import date

from rectify.core.counts import Counts, headline
from rectify.core.language import Language
from rectify.core.model import Disclosure
from rectify.outputs.card import Card


def card_of(disclosure: Disclosure, counts: Counts, as_of: date, language: Language, site: str) -> Card:
    """Return the words of the card on a site of this name.

    What is overdue is counted as of the day `as_of`, not of the disclosure's own.
    """
    late = language.plural("按{date}计算，其中{number}个已逾期", counts.overdue, date=language.date(as_of))
    return Card(
        disclosure.unit,
        disclosure.title,
        headline(counts.data(), dict(disclosure.declared), language),
        late if counts.overdue else "",
        language.text("截至{date}，{site}", date=language.date(disclosure.as_of), site=site),
        counts,
    )
