"""What the pages of a site say in its language, and how they mark what is quoted from the content, which stays as it was written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache, partial

from markupsafe import Markup, escape

from rectify.core.counts import Counts, sum_name
from rectify.core.language import Language, language
from rectify.core.model import Contact
from rectify.core.packed import pack_lengths
from rectify.core.site_map import at
from rectify.core.vocabulary import RECORDS, STATES, Term
from rectify.host.bodies import BASE
from rectify.host.contact_links import with_mails, with_numbers

_CONTENT_TAG = language("zh").tag
"""The language that all content is written in."""
_WORD_END = Markup("<wbr>")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_IN_CHINESE = Markup(f' lang="{_CONTENT_TAG}"')


def amount(size: int) -> str:
    """Return how large so many bytes are, as readers say it."""
    return f"{size / 1_000_000:.1f}\xa0MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))}\xa0KB"


class Quoted(str):
    """A text with content in it, on a site in another language: plain as a string, marked as HTML."""

    __slots__ = ("_html",)
    _html: Markup

    def __new__(cls, plain: str, html: Markup) -> Quoted:
        made = super().__new__(cls, plain)
        made._html = html
        return made

    def __html__(self) -> Markup:
        return self._html


class SiteTexts:
    """The texts of one site: those of the catalogue, and what templates print of the register."""

    def __init__(self, language: Language, is_whole: bool = True):
        """`is_whole` is for a register that is the whole site; one in a site that is its owner's has not the only first page there."""
        self.language = language
        self.home = language.text("首页") if is_whole else language.text("整改公开")
        self.query_key = "q" if is_whole else "find"
        """What a search is called in addresses; themes look for what they call `q` themselves."""
        self.quotes = language.tag != _CONTENT_TAG
        """Whether content is in another language than the rest of the site."""
        self.content_tag = _CONTENT_TAG if self.quotes else ""
        self._pieces: dict[str, tuple[str, ...]] = {}
        """Titles and names in the pieces between which a line may end."""
        self._words: dict[str, Markup] = {}
        """Those that were asked for, as HTML."""
        self.date = cache(self._date)
        self.short_date = cache(partial(self._date, months=language.short_months))
        self.status = cache(self._status)

    def tag_of(self, text: str) -> str:
        """Return the language tag of a text of the content: what has no Chinese character on a site in another language is in that one."""
        return _CONTENT_TAG if self._is_foreign(text) else self.language.tag

    def lang_of(self, text: str) -> Markup:
        """Return the attribute for an element that holds a text of the content and nothing else."""
        return _IN_CHINESE if self._is_foreign(text) else Markup()

    def _is_foreign(self, text: str) -> bool:
        return self.quotes and bool(_HAN.search(text))

    def as_written(self, text: str) -> str:
        """Return a text of the content, in HTML marked with its language where the site is in another one."""
        if isinstance(text, Quoted) or not self._is_foreign(text):
            return text
        return Quoted(text, Markup('<span lang="{}">{}</span>').format(_CONTENT_TAG, text))

    def learn(self, texts: Iterable[tuple[str, ...]]) -> None:
        """Take the words of titles and names, each text in pieces."""
        self._pieces.update(("".join(pieces), pieces) for pieces in texts if len(pieces) > 1)

    def between_words(self, text: str) -> str | Markup:
        """Return a title or a name whose lines end between its words; where none are known, the text itself."""
        html = self._words.get(text)
        if html is None:
            if text not in self._pieces:
                return text
            html = self._words[text] = _WORD_END.join(self._pieces[text])
        return Markup('<span lang="{}">{}</span>').format(_CONTENT_TAG, html) if isinstance(text, Quoted) else html

    def packed_words(self, text: str) -> str:
        """Return how long the words of a title or a name are, for a script; empty where none are known."""
        return pack_lengths(self._pieces[text]) if text in self._pieces else ""

    def written_block(self, html: Markup) -> Markup:
        """Return blocks of HTML made from content, in one that tells their language where the site is in another one."""
        return Markup('<div lang="{}">{}</div>').format(_CONTENT_TAG, html) if self._is_foreign(html) else html

    def quoting(self, id: str, **values: object) -> str:
        """Return a text of the catalogue whose values may be quoted from the content."""
        return self.filled(self.language.text(id), values)

    def quoting_number(self, id: str, number: int, **values: object) -> str:
        """Return the form of such a text that goes with a number, which it may name as `{number}`."""
        return self.filled(self.language.forms(id)[number != 1], {"number": number, **values})

    def filled(self, text: str, values: Mapping[str, object]) -> str:
        """Return a text with its values in place of their names in braces."""
        plain = text.format_map(values)
        if not self.quotes or not any(isinstance(value, Quoted) for value in values.values()):
            return plain
        return Quoted(plain, escape(text).format_map(values))

    def month(self, month: str) -> str:
        """Return 2023年9月 or September 2023 for `2023-09`."""
        year, number = month.split("-")
        return self.language.month(int(year), int(number))

    def contact_rows(self, contact: Contact, on: datetime.date, subject: str) -> list[tuple[str, str]]:
        """Return label and text of every part of a contact block that is given; a period that has ended by `on` says so.

        Numbers dial, and a mail is on the subject.
        """
        values = contact._asdict()
        texts = {
            name: self._until(v, on) if isinstance(v, datetime.date) else self.as_written(v)
            for name, v in values.items()
            if v
        }
        linked = {"phone": with_numbers, "email": lambda text: with_mails(text, subject)}
        texts |= {name: make(texts[name]) for name, make in linked.items() if name in texts}
        return [(self.language.name(key), texts[key.name]) for key in RECORDS["contact"] if key.name in texts]

    def sum_name(self, counts: Counts | Mapping[str, int], state: str) -> str:
        """Return what the sum over a state is called inside a sentence; of counts without statuses it may be a sum of any."""
        return sum_name(STATES[state], self.language, dict(counts.by_status) if isinstance(counts, Counts) else None)

    def figure(self, number: int, href: str, name: str) -> Markup:
        """Return a count as a link that says what it counts to whoever hears it alone; without an address, the number.

        Nothing leads nowhere: 0 is no link.
        """
        if not href or not number:
            return Markup.escape(number)
        label = self.language.text("{name}：{number}", name=name, number=number)
        return Markup('<a href="{}" aria-label="{}">{}</a>').format(href, label, number)

    def _until(self, day: datetime.date, on: datetime.date) -> str:
        until = self.language.date(day)
        return self.language.text("{date}（已截止，此后仍可反映）", date=until) if day < on else until

    def _date(self, day: datetime.date | None, months: tuple[str, ...] = ()) -> Markup:
        """Return a date as a time element, and nothing for none; `months` are called otherwise."""
        if day is None:
            return Markup()
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), self.language.date(day, months))

    def _status(
        self, term: Term, overdue: int = 0, deadline: datetime.date | None = None, linked: bool = False
    ) -> Markup:
        """Return a status with its mark and label, `linked` to its definition; never by colour alone.

        `overdue` is for how many days, `deadline` since when, where that stands nowhere near.
        """
        name = self.language.name(term)
        label = Markup("{}").format(name)
        if linked:
            link = Markup('<a href="{}#status-{}" title="{}">{}</a>')
            definition = self.language.either(term.definition, term.definition_en)
            label = link.format(address("methodology"), term.key, definition, name)
        text = Markup(
            '<span class="rf-status rf-status--{}"><span class="rf-status__mark" aria-hidden="true">{}</span>{}</span>'
        ).format(term.key, term.mark, label)
        return text + Markup(" ") + self.overdue(overdue, deadline) if overdue else text

    def overdue(self, days: int = 0, deadline: datetime.date | None = None) -> Markup:
        """Return the sign of what is overdue, for how many days and since which deadline where that is known."""
        language = self.language
        sign, label = language.text("！"), language.text("逾期")
        if days and deadline:
            label = language.plural("逾期{number}天，时限{date}", days, date=language.date(deadline))
        elif days:
            label = language.plural("逾期{number}天", days)
        return Markup('<span class="rf-overdue"><span aria-hidden="true">{}</span>{}</span>').format(sign, label)


def address(key: str, **values: str) -> Markup:
    """Return a link to a place of the site map."""
    return Markup(BASE + at(key, **values))


def link(text: object, href: str) -> Markup:
    """Return a link, to stand as a value in a text of the catalogue; without an address, the text itself."""
    if not href:
        return Markup.escape(text)
    return Markup('<a href="{}">{}</a>').format(href, text)
