"""The heads of the pages of disclosures: tags, what a preview of a link shows, and what a program is told."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from rectify.core.counts import Counts
from rectify.core.model import Disclosure, Problem
from rectify.host.page_tags import Tags, article_tags
from rectify.host.site_texts import SiteTexts
from rectify.outputs.linked_data import Publisher, of_disclosure, of_problem


class Head(NamedTuple):
    """What stands in the head of a page besides its title and description."""

    meta: Tags = ()
    """Names and contents of meta elements."""
    preview: str = ""
    """The title that a link to the page is shown with elsewhere; empty for its own."""
    data: str = ""
    """A script element of data, which nothing runs."""


class Heads:
    """Makes the heads of one site's pages."""

    def __init__(self, texts: SiteTexts, name: str, publisher: str, address: str):
        """`address` is the site's own, empty where it does not know it: its pages are then told to no program."""
        self._texts, self.name = texts, name
        self._site = Publisher(name, publisher, f"{address.rstrip('/')}/") if address else None

    def of_problem(self, problem: Problem, disclosure: Disclosure, title: str, late: int) -> Head:
        """Return the head of a problem's page, which is so many days late."""
        language = self._texts.language
        status = language.name(problem.term)
        told = (
            language.text(
                "{status}，{late}",
                status=status,
                late=language.plural("逾期{number}天", late),
            )
            if late
            else status
        )
        return Head(
            article_tags(disclosure, title, self._texts, self.address_of(problem.url), problem),
            self._texts.quoting("{what}：{title}", what=told, title=title),
            of_problem(problem, disclosure, self._site, self._texts.tag_of(problem.title + problem.body), status)
            if self._site
            else "",
        )

    def of_disclosure(self, disclosure: Disclosure, title: str, counts: Counts) -> Head:
        """Return the head of a disclosure's page."""
        preview = ""
        if counts.total and not counts.unstated:
            done = self._texts.language.outside(self._texts.sum_name(counts, "done"))
            preview = self._texts.quoting(
                "{what}：{title}",
                what=f"{done} {counts.done}/{counts.total}",
                title=title,
            )
        return Head(
            article_tags(disclosure, title, self._texts, self.address_of(disclosure.url)),
            preview,
            of_disclosure(disclosure, self._site, self._texts.tag_of(disclosure.title + disclosure.body))
            if self._site
            else "",
        )

    def of_text(self, disclosure: Disclosure, title: str, url: str) -> Head:
        """Return the head of the page with a disclosure's full text."""
        return Head(article_tags(disclosure, title, self._texts, self.address_of(url)))

    def address_of(self, url: str) -> str:
        """Return the whole address of a page, in ASCII; empty where the site does not know its own."""
        return quote(self._site.address + url, safe=":/%") if self._site else ""
