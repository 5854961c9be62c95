"""What a disclosure is: immutable records, as read from content and before any counting.

Named tuples, because ten thousand of them are loaded from the cache on every rebuild.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify.core.language import N_, Language
from rectify.core.site_map import at
from rectify.core.vocabulary import DONE, OPEN, STATUSES, Term

WITHDRAWN, ENDED = N_("（内容已撤回）"), N_("（公开期满，内容不再公开）")


class Titles(NamedTuple):
    """What stands in place of the titles of problems that keep their place and have no text any more."""

    withdrawn: str = WITHDRAWN.id
    ended: str = ENDED.id
    """Where the term of publication is over."""

    @classmethod
    def said(cls, language: Language) -> Titles:
        return cls(language.say(WITHDRAWN), language.say(ENDED))


TITLES = Titles()
_Day = date
"""For records with a field of that name."""


class Period(NamedTuple):
    start: date
    end: date


class Outcome(NamedTuple):
    """One figure of the accountability sentence; zeros are stated too."""

    name: str
    count: str  # type: ignore[assignment] # the name of a method of tuples, which nothing here calls
    """As written, so that decimals such as 7.132 stay exact."""
    unit: str = ""


class Contact(NamedTuple):
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    hours: str = ""
    until: date | None = None


class Approval(NamedTuple):
    """Who released the text; kept in the source and never published."""

    proposed_by: str = ""
    reviewed_by: str = ""
    secrecy_review: str = ""
    approved_by: str = ""
    date: date | None = None
    form_no: str = ""
    fingerprints: tuple[str, ...] = ()
    """What was approved, part by part; see `core.approval`."""


class Waiver(NamedTuple):
    """A finding that must stand, decided by somebody; of a report it holds for the whole folder."""

    rule: str
    reason: str
    approved_by: str
    date: date
    words: str = ""
    """The passage it is for; empty for every finding of the rule."""


class Measure(NamedTuple):
    text: str
    status: str = ""


class Progress(NamedTuple):
    """One dated entry of a problem's history."""

    date: date
    text: str
    status: str = ""
    files: tuple[str, ...] = ()


class Closeout(NamedTuple):
    """Verification by the inspecting side."""

    date: date
    by: str = ""
    doc_no: str = ""


class Step(NamedTuple):
    """What was done with a problem inside: handed over, applied for, decided. Never published."""

    date: date
    stage: str
    by: str = ""
    """The body that did it."""
    doc_no: str = ""
    text: str = ""
    """What is required, asked for, or the reason of a decision."""
    deadline: _Day | None = None
    files: tuple[str, ...] = ()


class Withdrawal(NamedTuple):
    date: date
    reason: str
    ended: bool = False
    """Whether nobody withdrew it: the term of publication of its disclosure is over."""


class Disclosure(NamedTuple):
    """One disclosure: the front matter and prose of a report folder's `index.md`."""

    id: str
    title: str
    genre: str
    unit: str
    as_of: date
    published: date
    until: date | None = None
    """The day from which on only the entry is public: as it states or, once `core.retention` has seen it, by the site's rule."""
    inspector: str = ""
    inspection: str = ""
    round: str = ""
    inspected: Period | None = None
    feedback: date | None = None
    scope: str = "society"
    declared: tuple[tuple[str, int], ...] = ()
    """Pairs of `total` or a status key and the count stated in the document."""
    declared_as_of: date | None = None
    """The day that the document's counts are of, where the register has moved on since."""
    outcomes: tuple[Outcome, ...] = ()
    contact: Contact | None = None
    index_no: str = ""
    doc_no: str = ""
    issuer: str = ""
    doc_date: date | None = None
    approval: Approval | None = None
    waivers: tuple[Waiver, ...] = ()
    body: str = ""
    path: str = ""
    """Source file, relative to the content folder."""
    ended: bool = False
    """Whether that day has come; see `core.retention`."""

    @property
    def occasion(self) -> str:
        """The kind of inspection with its round."""
        return "，".join(filter(None, (self.inspection, self.round)))

    @property
    def year(self) -> str:
        """The year of publication, which the lists by year use."""
        return str(self.published.year)

    @property
    def stated_on(self) -> date:
        """The day that the counts and statuses in the document's text are of."""
        return self.declared_as_of or self.as_of

    @property
    def url(self) -> str:
        return at("disclosure", disclosure=self.id)

    def shown(self) -> Disclosure:
        """Return what may be shown: all of it or, where its term is over, the entry."""
        return self._replace(body="", outcomes=()) if self.ended else self


class Problem(NamedTuple):
    """One problem of a disclosure, from a report folder's `NN.md`."""

    disclosure: str
    """Id of the disclosure it is reported in."""
    nn: str
    """File name without ending; with the report id it is the permanent reference."""
    title: str
    status: str
    status_wording: str = ""
    group: str = ""
    number: str = ""
    category: str = ""
    lead: str = ""
    units: tuple[str, ...] = ()
    owner: str = ""
    deadline: date | None = None
    deadline_wording: str = ""
    """How the document says it, where that is no day."""
    flags: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    """The criteria by which it is a priority; none where it is not."""
    earlier: tuple[str, ...] = ()
    """References of the problems that the same matter was in earlier disclosures."""
    measures: tuple[Measure, ...] = ()
    progress: tuple[Progress, ...] = ()
    closeout: Closeout | None = None
    withdrawn: Withdrawal | None = None
    course: tuple[Step, ...] = ()
    """What was done with it inside the offices, oldest first."""
    waivers: tuple[Waiver, ...] = ()
    body: str = ""
    path: str = ""

    @property
    def ref(self) -> str:
        """The permanent reference, `2023-xx/04`: never reused, never changed."""
        return f"{self.disclosure}/{self.nn}"

    @property
    def url(self) -> str:
        return at("problem", disclosure=self.disclosure, nn=self.nn)

    @property
    def term(self) -> Term:
        return STATUSES[self.status]

    @property
    def done(self) -> bool:
        return self.status in DONE

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def long_term(self) -> bool:
        return "long-term" in self.flags

    @property
    def last_progress(self) -> Progress | None:
        return self.progress[-1] if self.progress else None

    def overdue(self, on: date) -> bool:
        """Return whether the deadline had passed on that day with the problem still open."""
        return self.deadline is not None and self.open and self.deadline < on

    def days_overdue(self, on: date) -> int:
        """Return how many days the deadline has passed on that day with the problem still open, 0 where it has not."""
        return (on - self.deadline).days if self.deadline and self.overdue(on) else 0

    @property
    def done_on(self) -> date | None:
        """The day since which the unit has called it done without a break; None where no entry says so."""
        since = None
        for entry in reversed(self.progress):
            if entry.status and entry.status not in DONE:
                break
            since = entry.date if entry.status else since
        return since if self.done else None

    def shown(self, titles: Titles = TITLES) -> Problem:
        """Return what may be shown: all but its course, or of a withdrawn problem its place, status and the trace under another title.

        The text is gone from every output; status, deadline and what it is the same matter as stay, so that no count changes. Where the
        term is over, all that it is listed by stays.
        """
        if self.withdrawn is None:
            return self._replace(course=()) if self.course else self
        shown = Problem(
            disclosure=self.disclosure,
            nn=self.nn,
            title=titles.withdrawn,
            status=self.status,
            group=self.group,
            number=self.number,
            deadline=self.deadline,
            earlier=self.earlier,
            withdrawn=self.withdrawn,
            path=self.path,
        )
        if not self.withdrawn.ended:
            return shown
        return shown._replace(title=titles.ended, category=self.category, flags=self.flags, priority=self.priority)
