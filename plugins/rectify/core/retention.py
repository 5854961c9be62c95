"""For how long the details of a disclosure are public: until the day that it states or, by the site's rule, for some years.

From that day on the entry stays with all that is counted, under the same address; texts and attachments go as if withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rectify.core.model import Disclosure, Problem, Withdrawal

SOON = 30
"""Days before its end that a term is told of."""


class Retention(NamedTuple):
    """What is over on a day."""

    today: date | None = None
    """None where nothing is."""
    years: int = 0
    """After its publication, where a disclosure states no day; 0 for good."""

    def end_of(self, disclosure: Disclosure) -> date | None:
        """Return the day from which on only the entry of a disclosure is public, None for one that stays."""
        if disclosure.until or not self.years:
            return disclosure.until
        published = disclosure.published
        try:
            return published.replace(year=published.year + self.years)
        except ValueError:  # 29 February, or a year that no calendar has
            return date(published.year + self.years, 3, 1) if published.year + self.years <= date.max.year else None

    def is_over(self, disclosure: Disclosure) -> bool:
        end = self.end_of(disclosure)
        return self.today is not None and end is not None and end <= self.today

    def ends_within(self, disclosure: Disclosure, days: int) -> date | None:
        """Return the day on which the term of a disclosure is over, where that comes within so many days."""
        end = self.end_of(disclosure)
        soon = end is not None and self.today is not None and 0 < (end - self.today).days <= days
        return end if soon else None

    def applied(self, disclosure: Disclosure, problems: Iterable[Problem]) -> tuple[Disclosure, tuple[Problem, ...]]:
        """Return a disclosure with the end of its term, and its problems, marked where that has come; what was withdrawn stays so."""
        end = self.end_of(disclosure)
        told = disclosure._replace(until=end, ended=self.is_over(disclosure))
        if end is None or not told.ended:
            return told, tuple(problems)
        over = Withdrawal(end, "", ended=True)
        return told, tuple(one if one.withdrawn else one._replace(withdrawn=over) for one in problems)


FOR_GOOD = Retention()
"""Nothing is ever over."""
