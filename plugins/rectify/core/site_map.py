"""The site map: every kind of page and file that a site has, where it lies, who makes it and where it is named.

The menu, the sitemap, what nobody may write by hand and what a built site must have are questions to this one table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from rectify.core.language import N_, Message
from rectify.core.vocabulary import STATES, STATUSES

AXES = ("state", "status", "year", "unit", "category", "group", "flag", "priority")
"""The ways in which all problems are listed, as they stand in addresses."""

PARTS = (*(term.key for term in STATES), *(f"status-{term.key}" for term in STATUSES), "overdue")
"""The parts of a list that its figures lead to: anchors of a list of one page, folders below a longer one."""

_SETS = {
    "axis": AXES,
    "state": tuple(term.key for term in STATES),
    "status": tuple(term.key for term in STATUSES),
    "part": PARTS,
    "ending": ("json", "csv"),
}
"""What stands for a name in braces, where that is a closed set."""
_SHAPES = {
    "disclosure": r"[a-z0-9-]+",
    "release": r"[0-9]{4,9}-[0-9a-z-]+",
    "nn": r"\d{2,4}",
    "number": r"[1-9]\d*",
    "month": r"\d{4}-\d{2}",
    "value": r"[^/]+",
    "file": r".+",
}
_BRACES = re.compile(r"\{(\w+)\}")
_NUMBERED = "{number}/"


class Place(NamedTuple):
    """One kind of page, or of file, of the site."""

    key: str
    """How templates and code name it."""
    path: str
    """Relative to the site's root, with names in braces for what varies; that of a page ends in a slash, the first page has none."""
    menu: Message | None = None
    """Its name in the menu; None where the menu does not show it."""
    source: str = ""
    """The content file that it is written in; empty for what is generated."""
    shared: bool = False
    """Whether files of the content may lie there too."""
    always: bool = False
    """Whether every built site has it, one for each value where only closed sets vary."""
    published: bool = False
    """Whether only a publication has it; whatever does changes with every one."""
    addressed: bool = False
    """Whether only a site whose address is configured has it, for it holds whole addresses."""
    in_sitemap: bool = False
    numbered: str = ""
    """What follows the address from the second page on, where a list is cut into pages."""

    @property
    def section(self) -> str:
        """The folder at the site's root that it lies in, the file where it is one, empty for the first page."""
        return self.path.partition("/")[0]

    @property
    def is_generated(self) -> bool:
        return not self.source and not self.shared

    @property
    def names(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(_BRACES.findall(self.path))

    def addresses(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the addresses known beforehand, with the values in them; none where what varies is no closed set."""
        names = self.names
        for values in product(*(_SETS.get(name, ()) for name in names)):
            yield values, self.path.format_map(dict(zip(names, values)))

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches the files that are of this kind, those of further pages of a list too."""
        shapes = _SHAPES | {name: "|".join(values) for name, values in _SETS.items()}
        further = f"(?:{self.numbered})?" if self.numbered else ""
        written = "".join(
            f"(?:{shapes[part]})" if at % 2 else re.escape(part) for at, part in enumerate(_BRACES.split(self.path))
        ) + _BRACES.sub(lambda match: shapes[match[1]], further)
        return re.compile(written + ("index\\.html" if self.path.endswith("/") or not self.path else ""))


SITE = {
    place.key: place
    for place in (
        Place("home", "", source="index.md", always=True, in_sitemap=True),
        Place("disclosures", "reports/", N_("公开通报"), always=True, in_sitemap=True, numbered="page_{number}/"),
        Place("disclosure", "reports/{disclosure}/", in_sitemap=True),
        Place("full_text", "reports/{disclosure}/full/"),
        Place("attachment", "reports/{disclosure}/files/{file}"),
        Place("disclosure_atom", "reports/{disclosure}/feed.xml", addressed=True),
        Place("disclosure_feed", "reports/{disclosure}/feed.json", addressed=True),
        Place("badge", "reports/{disclosure}/badge.svg", addressed=True),
        Place("card", "reports/{disclosure}/card.svg", addressed=True),
        Place("card_page", "reports/{disclosure}/card/", addressed=True),
        Place("problem", "reports/{disclosure}/{nn}/", in_sitemap=True),
        Place("problems", "problems/", N_("全部问题"), always=True, in_sitemap=True, numbered=_NUMBERED),
        Place("table", "problems/table/", always=True, in_sitemap=True),
        Place("table_index", "problems/table/index.json", always=True),
        Place("table_part", "problems/table/rows-{number}.json"),
        Place("overdue", "problems/overdue/", always=True, numbered=_NUMBERED),
        Place("axis", "problems/{axis}/", always=True, numbered="page_{number}/"),
        Place("state", "problems/state/{state}/", always=True, numbered=_NUMBERED),
        Place("status", "problems/status/{status}/", always=True, numbered=_NUMBERED),
        Place("value", "problems/{axis}/{value}/", numbered=_NUMBERED),
        Place("unit_atom", "problems/unit/{value}/feed.xml", addressed=True),
        Place("unit_feed", "problems/unit/{value}/feed.json", addressed=True),
        Place("part", "problems/{axis}/{value}/{part}/", numbered=_NUMBERED),
        Place("updates", "updates/", N_("进展更新"), always=True, in_sitemap=True, numbered=_NUMBERED),
        Place("month", "updates/{month}/", numbered=_NUMBERED),
        Place("about", "about/", N_("监督方式"), source="about.md", always=True, in_sitemap=True),
        Place("methodology", "methodology/", source="methodology.md", always=True, in_sitemap=True),
        Place("releases", "releases/", N_("公开记录"), published=True, in_sitemap=True),
        Place("release", "releases/{release}/", published=True),
        Place("past_problems", "releases/{release}/problems.json", published=True),
        Place("past_disclosures", "releases/{release}/disclosures.json", published=True),
        Place("history", "history.jsonl", published=True),
        Place("changes", "changes.csv", published=True),
        Place("search", "search/", always=True),
        Place("search_index", "search/index/index.json", always=True),
        Place("search_part", "search/index/{file}"),
        Place("data", "data/", always=True, in_sitemap=True),
        Place("problem_data", "data/problems.{ending}", always=True),
        Place("disclosure_data", "data/disclosures.json", always=True),
        Place("disclosure_table", "data/disclosures.csv", always=True),
        Place("progress_table", "data/progress.csv", always=True),
        Place("workbook", "data/register.xlsx", always=True),
        Place("data_package", "data/datapackage.json", always=True),
        Place("data_schema", "data/schema.json", always=True),
        Place("counting_rules", "data/counting.json", always=True),
        Place("disclosure_record", "data/disclosures/{disclosure}.json"),
        Place("page_data", "data/pages.json", always=True),
        Place("not_found", "404.html", always=True),
        Place("site_map", "sitemap/", always=True, in_sitemap=True),
        Place("sitemap", "sitemap.xml", always=True),
        Place("sitemap_packed", "sitemap.xml.gz", always=True),
        Place("robots", "robots.txt", shared=True, always=True),
        Place("atom", "feed.xml", addressed=True),
        Place("json_feed", "feed.json", addressed=True),
        Place("calendar", "deadlines.ics", addressed=True),
        Place("record", "release.json", published=True),
        Place("manifest", "manifest.json", published=True),
        Place("signature", "manifest.json.sig", published=True),
        Place("theme_scripts", "assets/javascripts/inline.json"),
        Place("theme", "assets/{file}", shared=True),
    )
}
"""In the order of the menu and of the sitemap."""
REPORTS = SITE["disclosures"].section
"""The folder of the disclosures, in the content and on the site."""
DATA = f"{SITE['problem_data'].section}/"
"""Where the open data lie, which tell all that the site shows."""

MENU = tuple(place for place in SITE.values() if place.menu)
_SHARED = {place.section for place in SITE.values() if place.shared}
GENERATED = frozenset(
    place.path if place.section in _SHARED else place.section for place in SITE.values() if place.is_generated
)
"""Folders at the site's root that nobody may write into, and files that nobody may write."""
WRITTEN = {f"{place.path}index.html": place.source for place in SITE.values() if place.source}
"""The pages that every site has and somebody writes, with their content files."""
ADDRESSES = {
    "_".join((place.key, *values)).replace("-", "_"): url
    for place in SITE.values()
    for values, url in place.addresses()
}
"""Every address known beforehand, by key and the values in it: `problems`, `state_done`, `problem_data_csv`."""


def at(key: str, **values: str) -> str:
    """Return the address of a place relative to the site's root."""
    return SITE[key].path.format_map(values)


def file_of(address: str) -> str:
    """Return the file that answers an address of the site."""
    return f"{address}index.html" if not address or address.endswith("/") else address


_OF_THE_ROOT = ("not_found", "robots")
"""What has its meaning at the root of a site alone."""


def always_there(is_whole: bool = True) -> Iterator[str]:
    """Yield the files that every built register has; one that is not the whole site lacks what lies at the root of that."""
    for place in SITE.values():
        if place.always and (is_whole or place.key not in _OF_THE_ROOT):
            yield from (file_of(address) for _, address in place.addresses())


def generated_at(file: str) -> str:
    """Return the generated folder or file whose place a file of the site would take, empty where it takes none."""
    top, slash, _ = file.partition("/")
    return top + slash if top in GENERATED else file if file in GENERATED else ""


_PUBLISHED = frozenset(place.section for place in SITE.values() if place.published)


def is_of_publication(file: str) -> bool:
    """Return whether a file of the site is one that only a publication has, and that changes with every one."""
    return file.partition("/")[0] in _PUBLISHED


@cache
def _patterns() -> tuple[tuple[Place, re.Pattern[str]], ...]:
    return tuple((place, place.pattern) for place in SITE.values())


def place_of(file: str) -> Place | None:
    """Return what a file of the site is, None for one that the site map does not know: hand-written pages are among them."""
    return next((place for place, pattern in _patterns() if pattern.fullmatch(file)), None)


def numbered(list_address: str, number: int, pages: str = _NUMBERED) -> str:
    """Return the address of a page of a list; the first is the list's own."""
    return list_address if number == 1 else list_address + pages.format(number=number)
