"""Lists cut into numbered pages: what stands on each, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from rectify.core.site_map import numbered
from rectify.host.bodies import BASE
from rectify.host.site_texts import SiteTexts

Row = TypeVar("Row")


class Numbered(NamedTuple):
    """The place of one page among those of its list."""

    list_url: str
    """Address of the first page, relative to the site's root."""
    number: int
    pages: int
    size: int
    """Rows on a page."""
    form: str
    """What follows the address from the second page on."""

    @property
    def url(self) -> str:
        """The address of this page."""
        return numbered(self.list_url, self.number, self.form)

    @property
    def urls(self) -> list[Markup]:
        """Links to all pages of the list."""
        return [Markup(BASE + numbered(self.list_url, n, self.form)) for n in range(1, self.pages + 1)]

    @property
    def first(self) -> int:
        """Number of the first row."""
        return (self.number - 1) * self.size + 1

    def title(self, title: str, texts: SiteTexts) -> str:
        """Return the title of the list with the number of the page, for every page but the first."""
        return title if self.number == 1 else texts.quoting("{title}（第{number}页）", title=title, number=self.number)


def cut(rows: Sequence[Row], size: int, list_url: str, form: str) -> Iterator[tuple[Numbered, Sequence[Row]]]:
    """Yield the pages of a list with their rows; a list without rows has one page. `form` is that of the place in the site map."""
    pages = max(1, -(-len(rows) // size))
    for number in range(1, pages + 1):
        yield Numbered(list_url, number, pages, size, form), rows[(number - 1) * size : number * size]
