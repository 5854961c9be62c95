"""The built site, read as text: is everything there and in agreement, and nothing that must not be public?"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from rectify.checks.built_files import Address, Looked, Place, Progress, Seen, look_at_all
from rectify.checks.built_page import is_an_address
from rectify.checks.built_table import table_findings
from rectify.checks.frame import NO_FRAME, Frame
from rectify.checks.leaks import Needle, needles_of, said_in_public
from rectify.checks.unchanged import Unchanged
from rectify.core.finding import Finding, found
from rectify.core.plain_json import read_json
from rectify.core.site_map import REPORTS, SITE, always_there, at, file_of, place_of
from rectify.core.vocabulary import STATES, STATUSES
from rectify.prose import NO_WORDS, OfficeWords
from rectify.sources.configuration import UNITS
from rectify.sources.last_build import Signature
from rectify.sources.store import Store, code_version, key_of

_ADDRESS = re.compile("<loc>([^<]*)</loc>")
"""The first of the sitemap is the site itself."""
_ROW = re.compile(r'<tr data-state="[a-z]+" data-status="([a-z-]+)"')


class BuiltSite:
    """A built site and its two data files; raises ValueError when they cannot be read.

    While it is being built, `below` is the site that it is to take the place of, and `kept` what stays of that.
    """

    def __init__(self, folder: Path, below: Path | None = None, kept: Collection[str] = (), is_whole: bool = True):
        self._is_whole = is_whole
        self.place = Place(folder, below)
        self.paths = paths_of(folder, kept)
        self.disclosures: list[dict[str, Any]] = self._data(at("disclosure_data"))["disclosures"]
        self._problems: list[dict[str, Any]] = self._data(at("problem_data", ending="json"))["problems"]

    def _data(self, name: str) -> dict[str, Any]:
        try:
            return read_json(self.place.file(name).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ValueError(f"{name}: {error}") from None

    def findings(self, shown: Mapping[str, Mapping[str, int]] = MappingProxyType({})) -> list[Finding]:
        """Return what is missing or contradicts itself; nothing when the site is whole.

        Of some pages it is known which statuses are `shown` how often.
        """
        return [*self._missing(), *self._miscounted(shown), *self._unexpected()]

    def _missing(self) -> Iterator[Finding]:
        pages = [file_of(d["url"]) for d in self.disclosures]
        pages += [file_of(at("full_text", disclosure=d["id"])) for d in self.disclosures]
        pages += [file_of(p["url"]) for p in self._problems]
        there = frozenset(self.paths)
        for path in (*always_there(self._is_whole), *pages):
            if path not in there:
                yield found("B001", path)

    def _miscounted(self, known: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
        by_disclosure: dict[str, Counter[str]] = {d["id"]: Counter() for d in self.disclosures}
        for problem in self._problems:
            by_disclosure[problem["disclosure"]][problem["status"]] += 1
        yield from table_findings(self.place, by_disclosure)
        for disclosure in self.disclosures:
            path = file_of(disclosure["url"])
            declared = {k: n for k, n in disclosure["counts"]["by_status"].items() if n}
            listed = dict(by_disclosure[disclosure["id"]])
            try:
                shown = known[path] if path in known else counted_rows(self.place, path)
            except OSError:
                continue
            if not declared == listed == shown:
                yield found("B002", path, found=f"{shown} / {listed}", allowed=declared)

    def _unexpected(self) -> Iterator[Finding]:
        expected = {d["id"] for d in self.disclosures}
        folders = {path.split("/")[1] for path in self.paths if path.startswith(f"{REPORTS}/") and path.count("/") > 1}
        for name in sorted(folders - expected):
            if place_of(file_of(f"{REPORTS}/{name}/")) is not SITE["disclosures"]:
                yield found("B003", f"{REPORTS}/{name}")


def begins_at(place: Place) -> str:
    """Return the path below its host that a site is built for, `zhenggai/`; empty for the root and where it is not said."""
    try:
        match = _ADDRESS.search(place.file(at("sitemap")).read_text("utf-8"))
    except OSError:
        return ""
    return unquote(urlsplit(unescape(match[1])).path.lstrip("/")) if match else ""


def counted_rows(place: Place, path: str) -> dict[str, int]:
    """Return how many problems of each status the page of a disclosure lists; raises OSError."""
    return dict(Counter(_ROW.findall(place.file(path).read_text("utf-8"))))


_SHOWN = 50
"""Findings of one rule that are named; a fault of a template is on every page."""
_SOURCES = re.compile(r"(?:^|/)(?:\.(?!nojekyll$)[^/]+|~\$[^/]+|[^/]+\.(?:md|toml|py|bak|tmp))$")


def check_site(
    site: Path,
    content: Path | None = None,
    progress: Progress | None = None,
    *,
    words: OfficeWords = NO_WORDS,
    decided: Collection[str] = (),
    needles: Sequence[Needle] | None = None,
    store: Store | None = None,
    below: Path | None = None,
    kept: Mapping[str, Signature] = MappingProxyType({}),
    seen: Mapping[str, Seen] = MappingProxyType({}),
    is_whole: bool = True,
    frame: Frame = NO_FRAME,
    owners: Collection[str] = (),
) -> list[Finding]:
    """Return everything wrong with a built site; raises ValueError where its data cannot be read.

    With its content folder, texts that must not be public are looked for. From the check of the content are known
    `decided`, passages that may stand, waived or a warning only, and the `needles`, which are read without it. With a store, files that are as they were when it was
    last looked at are not looked at again, nor those that were `seen` when they were made. For `below` and `kept`, here with
    their signatures, see BuiltSite. `is_whole` tells whether the register is the whole site;
    what `frame` holds, in which it else stands, is not the register's, and whether the files of `owners` are published is
    not ours to say, only that nothing is in them that must not be public.
    """
    if needles is None:
        needles = needles_of(content) if content else []
    same: Collection[str] = ()
    unchanged = None
    if store and below:
        texts = sorted(needle.text for needle in needles)
        conditions = (code_version(), words, texts, sorted(decided))
        staged = frozenset(files_in(site))
        stays = {path: signature for path, signature in kept.items() if path not in staged}
        unchanged = Unchanged(store, key_of(str(below.resolve())), conditions, site, stays)
        files = [*staged, *stays]
        same = unchanged.paths(files, {path: one.content for path, one in seen.items()})
        if unchanged.is_all(same, files):
            return []
    built = BuiltSite(site, below, kept, is_whole)
    findings = built.findings()
    files = built.paths
    ids = {disclosure["id"] for disclosure in built.disclosures}
    looked = look_at_all(built.place, files, needles, words, ids, store, progress, same, seen)
    may_stand = frozenset(decided)
    findings += [
        finding
        for one in looked.files.values()
        for finding in frame.beyond(one.findings)
        if not _may_stand(finding, may_stand)
    ]
    findings += [found("B009", path) for path in files if is_source(path) and path not in owners]
    findings += _dead_links(looked, begins_at(built.place), built.place, is_whole, frame.links)
    if content:
        findings += _leaks(looked, content)
    if unchanged and below:
        # What leaks where it is said in public as well depends on more than the site.
        is_clean = not findings and not any(one.leaked for one in looked.files.values())
        unchanged.keep(is_clean, {path: one.content for path, one in looked.files.items()})
    return _limited(findings)


def is_source(path: str) -> bool:
    """Return whether a file is none to publish: a source, or what a program leaves behind."""
    return bool(_SOURCES.search(path)) and "/files/" not in path


def paths_of(site: Path, kept: Collection[str]) -> list[str]:
    """Return the paths of a site, with those that are kept of the one below."""
    return sorted({*files_in(site), *kept})


def files_in(site: Path, prefix: str = "") -> Iterator[str]:
    """Yield the paths of the files of a site."""
    for entry in os.scandir(site / prefix):
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if path != ".git":
                yield from files_in(site, f"{path}/")
        else:
            yield path


def _may_stand(finding: Finding, decided: frozenset[str]) -> bool:
    return finding.token in decided or f"{finding.rule} {finding.path}" in decided


def _dead_links(
    looked: Looked, begins_at: str, place: Place, is_whole: bool, others: Collection[str]
) -> Iterator[Finding]:
    """Yield the links that lead nowhere, but for `others`, which are no link of ours."""
    dead: dict[int, str] = {}
    for number, address in enumerate(looked.addresses):
        if address[0] not in others and (rule := dead_link(address, begins_at, looked.files, looked.ids_of, is_whole)):
            dead[number] = rule
    for path, one in looked.files.items() if dead else ():
        for number in one.addresses():
            if number in dead:
                link = looked.addresses[number][0]
                if not is_an_address(place.file(path).read_text("utf-8", "replace"), link):
                    continue
                yield found(dead[number], path, found=link, excerpt=link[:80])


def dead_link(
    address: Address,
    begins_at: str,
    paths: Container[str],
    ids_of: Callable[[str], Container[str]],
    is_whole: bool = True,
) -> str:
    """Return the rule that a link breaks which leads nowhere, empty for one that leads to one of the `paths`."""
    link, target, fragment = address
    is_outside = not target or (link.startswith("/") and not target.startswith(begins_at))
    if begins_at and link.startswith("/"):
        target = target.removeprefix(begins_at)
    if is_outside and not is_whole:
        return ""  # into the rest of the site, which its owner answers for
    if target not in paths:
        return "B004"
    is_named = fragment and not fragment.startswith(":~:") and target.endswith(".html")
    return "B005" if is_named and fragment not in ids_of(target) else ""


def _leaks(looked: Looked, content: Path) -> Iterator[Finding]:
    leaked = {needle.text: needle for one in looked.files.values() for needle in one.leaked}
    if not leaked:
        return
    pages = [path for path in content.rglob("*.md") if path.relative_to(content).parts[0] != REPORTS]
    besides = {
        str(path): path.read_text("utf-8", "replace")
        for path in (*pages, *content.parent.glob("*.yml"), content.parent / UNITS)
        if path.is_file()
    }
    besides["vocabulary"] = "\n".join(term.label for vocabulary in (STATUSES, STATES) for term in vocabulary)
    said = said_in_public(content, leaked.values(), besides)
    for path, one in looked.files.items():
        for needle in one.leaked:
            if needle.text not in said:
                yield found("B007", path, found=needle.origin, excerpt=needle.text[:40])


def _limited(findings: list[Finding]) -> list[Finding]:
    """Return the findings, of each rule the first only, and how many there are more."""
    counted: Counter[str] = Counter()
    kept = []
    for finding in dict.fromkeys(findings):
        counted[finding.rule] += 1
        if counted[finding.rule] <= _SHOWN:
            kept.append(finding)
    return kept + [
        found("B008", "", found=rule, allowed=number - _SHOWN) for rule, number in counted.items() if number > _SHOWN
    ]
