"""A site of which the most is as it was verified: what is new is looked at, with what the rest relies on in it.

Whatever is not plainly good is left to the reading of the whole site, which tells what is wrong.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rectify.checks.built_files import Looker, Place, Seen
from rectify.checks.built_page import Page, attributes, look, with_quotes
from rectify.checks.built_site import BuiltSite, begins_at, counted_rows, dead_link, files_in, is_source
from rectify.checks.leaks import Needle
from rectify.core.site_map import REPORTS, SITE, at, file_of, place_of
from rectify.prose import OfficeWords
from rectify.sources.last_build import Signature
from rectify.sources.safe_files import read_file
from rectify.sources.store import code_version, key_of

Counts = Mapping[str, Mapping[str, int]]
"""By disclosure, how many of its problems are of each status that any is of."""

_COUNTED = (at("disclosure_data"), at("problem_data", ending="json"), posixpath.dirname(at("table_index")))
"""How the paths begin of what the whole is counted by."""


_SMALL = "<html lang=zh>"
"""How a page begins that has no quotes."""


class Vouched(NamedTuple):
    """A site with a good verdict."""

    conditions: str
    """What it was looked at with."""
    files: dict[str, Signature]
    """Those of which the build itself remembers nothing."""
    counts: dict[str, dict[str, int]]
    """What its lists, its data and the pages of disclosures agree on."""


class ChangedPart:
    """The part of a site that takes the place of one that was verified."""

    def __init__(
        self,
        folder: Path,
        below: Path,
        kept: Collection[str],
        published: Mapping[str, Signature],
        verified: Mapping[str, Signature],
        counts: Counts,
    ):
        """New files lie in `folder`; those that are `kept` lie in the site `below`, whose files are `published`.

        They were those that are `verified`, with these `counts`.
        """
        self._place, self._below = Place(folder, below), below
        self._published, self._before, self._counts = published, verified, counts
        self._staged = list(files_in(folder))
        self._kept = frozenset(kept).difference(self._staged)

    def is_good(self, seen: Mapping[str, Seen], looker: Looker, ids: Collection[str], counts: Counts) -> bool:
        """Return whether nothing is wrong with the site, as far as its new part tells; files that were `seen` are known.

        `ids` are those of its disclosures, `counts` what the register says of them.
        """
        before = self._before
        after = {*self._kept, *self._staged}
        if not after.issuperset(before) or any(before.get(path) != self._published[path] for path in self._kept):
            return False  # something is gone, or others had it in hand
        changed = [path for path in self._staged if not self._is_same(path)]
        if any(before.get(path) != self._published.get(path) for path in changed):
            return False
        new = [seen.get(path) or looker.look(path, *self._read(path)) for path in changed]
        if any(one.findings or one.leaked or is_source(one.path) for one in new):
            return False
        differ = {path: self._difference(path) for path in changed if path in before and path.endswith(".html")}
        return (
            all(one.ids.issuperset(differ[one.path].gone) for one in new if one.path in differ)
            and self._leads_somewhere(new, differ, after, looker)
            and self._has_places(changed, ids)
            and self._is_counted(changed, counts)
        )

    def _is_same(self, path: str) -> bool:
        signature = self._before.get(path)
        if signature is None or self._published.get(path) != signature:
            return False
        file = self._place.folder / path
        return file.stat().st_size == signature[0] and read_file(file) == read_file(self._below / path)

    def _read(self, path: str) -> tuple[bytes, Path]:
        file = self._place.file(path)
        return read_file(file), file

    def _difference(self, path: str) -> _Difference:
        """Compare a page with the one that it takes the place of, line by line."""
        was, now = (frozenset(read_file(place / path).split(b"\n")) for place in (self._below, self._place.folder))
        return _Difference(_look_at(was - now).ids, frozenset(_look_at(now - was).links))

    def _leads_somewhere(
        self, new: Sequence[Seen], differ: Mapping[str, _Difference], after: Collection[str], looker: Looker
    ) -> bool:
        """Return whether every link leads to something; one that stood there is good, for nothing that had a name has lost it."""
        start, known = begins_at(self._place), {one.path: one.ids for one in new}

        @cache
        def ids_of(path: str) -> frozenset[str]:
            return known[path] if path in known else looker.look(path, *self._read(path)).ids

        links = {
            link for one in new for link in one.links if one.path not in differ or link[0] in differ[one.path].links
        }
        return not any(dead_link(link, start, after, ids_of) for link in links)

    def _has_places(self, changed: Sequence[str], ids: Collection[str]) -> bool:
        """Return whether every new file below the reports is of a disclosure, or of their list."""
        names = {path.split("/")[1] for path in changed if path.startswith(f"{REPORTS}/") and path.count("/") > 1}
        return all(name in ids or place_of(file_of(f"{REPORTS}/{name}/")) is SITE["disclosures"] for name in names)

    def _is_counted(self, changed: Collection[str], counts: Counts) -> bool:
        """Return whether the pages of disclosures, the lists and the data agree, where any of them is new."""
        was = self._counts
        pages = {name: file_of(at("disclosure", disclosure=name)) for name in counts}
        new = {name for name, path in pages.items() if path in changed}
        if any(counted_rows(self._place, pages[name]) != counts[name] for name in new):
            return False
        if any(was.get(name) != counts[name] for name in counts.keys() - new):
            return False
        if was == counts and not any(path.startswith(_COUNTED) for path in changed):
            return True
        shown = {pages[name]: counts[name] for name in counts}
        return not BuiltSite(self._place.folder, self._below, self._kept).findings(shown)


class _Difference(NamedTuple):
    """How a page differs from the one before."""

    gone: frozenset[str]
    """What links may have named in lines that it has no more."""
    links: frozenset[str]
    """Where lines lead that it had not."""


def _look_at(lines: Collection[bytes]) -> Page:
    # Each by itself, so that no quote which is left open in one hides what stands in another; with quotes, for a page that was
    # made small does without.
    texts = (line.decode("utf-8", "replace").replace("<wbr>", "") for line in lines)
    return look("", "", [pair for text in texts for pair in attributes(with_quotes(f"{_SMALL}\n{text}"))])[0]


def conditions_of(
    words: OfficeWords, needles: Sequence[Needle], decided: Collection[str], scripts: Collection[str], is_said: bool
) -> str:
    """Return a checksum of what a site is looked at with."""
    texts = sorted(needle.text for needle in needles)
    return key_of(code_version(), words, texts, sorted(decided), sorted(scripts), is_said)
