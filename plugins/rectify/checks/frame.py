"""The frame around the pages of a register in somebody else's theme: what is found in it is its owner's, and told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from rectify.checks.built_files import Looker
from rectify.core.finding import Finding
from rectify.prose import OfficeWords

_LOADS = "B006"
_What = tuple[str, tuple]
"""A rule and the values of its finding."""


class Frame(NamedTuple):
    """What is found on pages without anything of the register."""

    found: Mapping[_What, int] = MappingProxyType({})
    """How many times on one page at most."""
    links: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    """Others that every page loads something from."""

    @property
    def _tight(self) -> frozenset[_What]:
        return frozenset(map(_without_blanks, self.found))

    def beyond(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings of one page that are not the frame's."""
        seen: Counter[_What] = Counter()
        for finding in findings:
            what = _what(finding)
            seen[what] += 1
            times = self.found.get(what, 0)
            # Of pages that a plugin has made small, blanks are not as they were.
            if seen[what] > times and (times or _without_blanks(what) not in self._tight):
                yield finding


NO_FRAME = Frame()


def read_frame(pages: Iterable[str], words: OfficeWords, ids: Collection[str], scripts: frozenset[str]) -> Frame:
    """Return what pages have of themselves that hold nothing yet, one for each depth; the rest is as for a `Looker`."""
    found: Counter[_What] = Counter()
    links: set[str] = set()
    hosts: set[str] = set()
    for page in pages:
        seen = Looker((), words, ids, scripts).look("index.html", page.encode())
        found |= Counter(map(_what, seen.findings))
        links.update(link for link, _target, _anchor in seen.links)
        hosts.update(urlsplit(one.excerpt).netloc for one in seen.findings if one.rule == _LOADS)
    return Frame(found, frozenset(links), tuple(sorted(hosts)))


def _what(finding: Finding) -> _What:
    return finding.rule, finding.values


def _without_blanks(what: _What) -> _What:
    return what[0], tuple((name, "".join(str(value).split())) for name, value in what[1])
