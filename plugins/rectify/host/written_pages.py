"""The pages that somebody writes: their templates, their heads, and the register's part of home and methodology."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from mkdocs.structure.pages import Page

from rectify.core.counts import sum_name
from rectify.core.language import _
from rectify.core.register import Register
from rectify.core.site_map import SITE
from rectify.core.vocabulary import FLAGS, PRIORITIES, STATES
from rectify.host.fragments import Fragments
from rectify.host.page_tags import written_tags
from rectify.host.shell import meta_element
from rectify.host.spread import passes_over, spread
from rectify.outputs.counting import counting_rules
from rectify.outputs.linked_data import Publisher, of_site

_HOME, _METHODOLOGY = SITE["home"].source, SITE["methodology"].source
_TEMPLATES = {_HOME: "home.html", _METHODOLOGY: "methodology.html"}
_HOME_ROWS = 10
_HOME_UPDATES, _HOME_OVERDUE = 4, 5


def set_template(page: Page, folders: Sequence[str]) -> None:
    """Give a page that shows the register its template; raises ValueError where a page names one that these folders do not have.

    Material's own are not to be had by name: some put what a page says into a script.
    """
    source = page.file.src_uri
    if template := _TEMPLATES.get(source):
        page.meta.setdefault("template", template)
    name = page.meta.get("template", "main.html")
    if not isinstance(name, str) or not any(_lies_in(folder, name) for folder in folders):
        raise ValueError(
            _("{file}: template: 没有模板“{name}”；删去这一行，或者写主题里有的模板", file=source, name=name)
        )


def lang_attribute(page: Page) -> Markup:
    """Return the attribute for a page that says in its front matter that it is in another language than the site."""
    return Markup(' lang="{}"').format(page.meta["lang"]) if page.meta.get("lang") else Markup()


def register_part(source: str, page: Page, register: Register, fragments: Fragments) -> str:
    """Return the HTML of home and methodology with what is written in them, BASE before its links; empty for other sources."""
    make = {_HOME: _home, _METHODOLOGY: _methodology}.get(source)
    return make(page, register, fragments) if make else ""


def head_of(source: str, page: Page, site: Publisher, about: str, fragments: Fragments) -> Markup:
    """Return the tags of a page; home also says to programs what the site is. `about` describes a page that does not do so."""
    language = fragments.texts.language
    title, own = str(page.title or ""), str(page.meta.get("description") or about)
    tags = written_tags(source, title, own, language)
    data = of_site(site, language, about) if site.address != "/" and source == _HOME else ""
    lang = lang_attribute(page)
    elements = (meta_element(name, text, lang if title in text or own in text else "") for name, text in tags)
    return Markup("".join([*elements, data]))


def newest(register: Register) -> dict[str, Any]:
    """Return what the first page and pieces of it on other pages show: counts, the newest disclosures and entries."""
    return {
        "counts": register.counts,
        "disclosure_rows": [(r, register.counts_of(r)) for r in register.disclosures[:_HOME_ROWS]],
        "updates": spread(register.updates, lambda row: register.disclosure_of(row[1]).unit, _HOME_UPDATES),
    }


def _home(page: Page, register: Register, fragments: Fragments) -> str:
    rows = newest(register)
    overdue = spread(register.overdue, lambda p: register.disclosure_of(p).unit, _HOME_OVERDUE)
    return fragments.render(
        "home",
        title=page.title,
        **rows,
        overdue=overdue,
        passes_over={
            "updates": passes_over(rows["updates"], register.updates),
            "overdue": passes_over(overdue, register.overdue),
        },
        intro=Markup(page.content),
        intro_lang=lang_attribute(page),
    )


def _methodology(page: Page, register: Register, fragments: Fragments) -> str:
    language = fragments.texts.language
    return fragments.render(
        "methodology",
        title=page.title,
        intro=Markup(page.content),
        intro_lang=lang_attribute(page),
        by_status=dict(register.counts.by_status),
        sums={key: sum_name(state, language) for key, state in STATES.entries.items()},
        rules=counting_rules(register, language),
        by_flag={flag.key: len(register.by_flag.get(flag.key, ())) for flag in FLAGS},
        by_priority={one.key: len(register.by_priority.get(one.key, ())) for one in PRIORITIES},
    )


def _lies_in(folder: str, name: str) -> bool:
    """Return whether a name is that of a whole page's template in a folder; parts of pages lie deeper."""
    return not set("/\\\0") & set(name) and os.path.isfile(os.path.join(folder, name))
