"""The register's own templates: an autoescaping environment over `theme/pages/`, with the few filters that they need."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.ext import Extension
from markupsafe import Markup

from rectify.core.model import Contact
from rectify.core.site_map import ADDRESSES, at
from rectify.core.vocabulary import FLAGS, RECORDS, STATES, STATUSES, Term
from rectify.host.bodies import BASE

_AT = re.compile(r"\{\{ at\.(\w+) \}\}")


def date_zh(day: datetime.date) -> str:
    """Return 2023年9月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def date(day: datetime.date | None) -> Markup:
    """Return a date as a time element, and nothing for none."""
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), date_zh(day)) if day else Markup()


@cache
def status(term: Term, overdue: bool = False, linked: bool = False) -> Markup:
    """Return a status with its mark and label, `linked` to its definition; never by colour alone."""
    label = Markup("{}").format(term.label)
    if linked:
        link = Markup('<a href="{}#status-{}" title="{}">{}</a>')
        label = link.format(address("methodology"), term.key, term.definition, term.label)
    text = Markup(
        '<span class="rf-status rf-status--{}"><span class="rf-status__mark" aria-hidden="true">{}</span>{}</span>'
    ).format(term.key, term.mark, label)
    return text + Markup(' <span class="rf-overdue"><span aria-hidden="true">！</span>逾期</span>') if overdue else text


def month_zh(month: str) -> str:
    """Return 2023年9月 for `2023-09`."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def contact_rows(contact: Contact) -> list[tuple[str, str]]:
    """Return label and text of every part of a contact block that is given."""
    values = contact._asdict()
    texts = {name: date_zh(v) if isinstance(v, datetime.date) else v for name, v in values.items() if v}
    return [(key.label, texts[key.name]) for key in RECORDS["contact"] if key.name in texts]


def address(key: str, **values: str) -> Markup:
    """Return a link to a place of the site map."""
    return Markup(BASE + at(key, **values))


class _ConstantAddresses(Extension):
    """Puts BASE and the fixed addresses into templates as text: they stand in every link, and to print a variable takes its time."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _AT.sub(lambda match: BASE + ADDRESSES[match[1]], source.replace("{{ base }}", BASE))


class Fragments:
    """Renders one of the register's templates to HTML; whatever comes from content is escaped."""

    def __init__(self, theme_dirs: Iterable[str], cache: BytecodeCache | None = None):
        self._env = Environment(
            loader=FileSystemLoader(list(theme_dirs)),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=cache,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_ConstantAddresses],
        )
        # Filters rather than functions where there is the choice: Jinja calls them directly.
        self._env.filters.update(date=date, status=status, month_zh=month_zh, contact_rows=contact_rows, at=address)
        self._env.globals.update(
            base=Markup(BASE),
            at={key: Markup(BASE + url) for key, url in ADDRESSES.items()},
            statuses=STATUSES.entries,
            states=STATES.entries,
            flags=FLAGS.entries,
        )
        self._templates: dict[str, Any] = {}

    def share(self, **values: Any) -> None:
        """Make values known to every template, to the macros first of all."""
        self._env.globals.update(values)
        self._env.globals["m"] = self._env.get_template("pages/macros.html").module

    def render(self, name: str, **values: Any) -> str:
        """Return the HTML of `pages/<name>.html`."""
        if name not in self._templates:
            self._templates[name] = self._env.get_template(f"pages/{name}.html")
        return self._templates[name].render(values)
