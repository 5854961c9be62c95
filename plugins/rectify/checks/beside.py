"""What would reach the site beside the disclosures: ordinary pages, the files around them, the theme's own, the configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from rectify.checks.attachments.attachment import LIMIT, attachment_findings
from rectify.checks.attachments.inside import unseen_findings
from rectify.checks.attachments.names import folded
from rectify.checks.attachments.strings import in_some_way, json_text
from rectify.checks.bodies import remarks
from rectify.checks.links import Link, links
from rectify.checks.structure import tags
from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.core.language import N_
from rectify.core.site_map import REPORTS, generated_at
from rectify.prose import OfficeWords, examine_text, screen
from rectify.sources.configuration import Configuration
from rectify.sources.content import is_page, page_of
from rectify.sources.front_matter import parse
from rectify.sources.public_text import PublicText, body_lines, coded_values
from rectify.sources.safe_files import read_file
from rectify.sources.store import Kept, Store, code_version
from rectify.sources.text import lies_inside, read_text

_SERVED = re.compile(r"(?i)robots\.txt|favicon\.(?:ico|png|svg)")
_PROOF = re.compile(
    r"(?i)(?:google[0-9a-f]+|[a-z0-9_-]*(?:verif|siteauth)[a-z0-9_-]*|(?P<chance>(?=[a-z]*\d)[a-z\d]{10,64}))\.(?:html?|txt|xml)"
)
"""At the top of a site, what servers and search engines ask for without a page leading there, and proofs of ownership: these
say so in their names, or have a name and a word made by chance."""
_SHORT = 500
"""Bytes of a proof of ownership, none of them Chinese."""
_CODE = (".css", ".js", ".mjs", ".map")
_WITH_CODES = (".json", ".yml", ".yaml", ".toml")
"""In these a character may be written as its code."""
_TEXTS = (*_CODE, *_WITH_CODES, ".html", ".svg", ".xml", ".txt")


class Looked(NamedTuple):
    """What was found in a file."""

    stamp: tuple[int, int]
    """Time of change in nanoseconds, and size."""
    findings: tuple[Finding, ...]
    links: tuple[Link, ...] = ()


_LOOKED = Kept[dict[str, Looked]]("beside", dict[str, Looked])


def pages_beside(content: Path) -> Iterator[str]:
    """Yield the ordinary pages, relative to the content folder."""
    return filter(is_page, _beside(content))


def files_beside(content: Path) -> Iterator[str]:
    """Yield what lies among the pages, relative to the content folder."""
    return (path for path in _beside(content) if not is_page(path) and _is_ours(content / path, content))


def taken_for_another(content: Path) -> Iterator[tuple[str, str]]:
    """Yield files outside the disclosures that some systems would put at another place of the site, with this place."""
    seen = {REPORTS: REPORTS}
    for path in _beside(content):
        page = page_of(path)
        places = [page[: match.start()] for match in re.finditer("/", page)] + [page]
        other = next((first for place in places if (first := seen.setdefault(folded(place), place)) != place), "")
        if not other and folded(page) != page and generated_at(folded(page)):
            other = folded(page)
        if other:
            yield path, other


def _beside(content: Path) -> Iterator[str]:
    """Yield every file outside the disclosures."""
    return _below(content, REPORTS)


def _below(folder: Path, aside: str = "") -> Iterator[str]:
    """Yield every file of a folder by its path, but for those of one folder in it; hidden ones never reach a site."""
    for parent, dirs, names in os.walk(folder):
        relative = Path(parent).relative_to(folder)
        dirs[:] = sorted(
            d for d in dirs if not d.startswith((".", "__pycache__")) and (relative / d).as_posix() != aside
        )
        yield from ((relative / name).as_posix() for name in sorted(names) if not name.startswith("."))


def _is_ours(file: Path, folder: Path) -> bool:
    """Return whether a file lies in a folder: a link may lead out of it, and then nothing is read."""
    return file.is_file() and (not file.is_symlink() or lies_inside(file, folder))


def referred(content: Path, paths: Collection[str], texts: Collection[str], leading: Collection[str]) -> set[str]:
    """Return which of the files beside the pages something refers to.

    By a link of a Markdown text, `leading`; or by their names in the `texts` of pages and of the configuration, and in
    style sheets that are themselves referred to.
    """
    known: set[str] = set()
    new = {path for path in paths if path in leading or _is_asked_for(content, path)}
    said = [unquote(text) if "%" in text else text for text in texts]
    while said:
        new |= {path for path in paths if path not in known and any(path.rpartition("/")[2] in text for text in said)}
        said = [in_some_way(read_file(content / path, LIMIT)) for path in sorted(new - known) if path.endswith(".css")]
        known |= new
    return known


def _is_asked_for(content: Path, path: str) -> bool:
    if (proof := _PROOF.fullmatch(path)) and (content / path).stat().st_size <= _SHORT:
        said = read_file(content / path, _SHORT)
        return said.isascii() and (not proof["chance"] or len(said.split()) == 1)
    return bool(_SERVED.fullmatch(path))


class Files:
    """The files among the pages, the theme's own and the configuration; with a store, each is looked at once per change."""

    def __init__(self, words: OfficeWords, store: Store | None):
        self._words, self._store = words, store
        self._key = (code_version(), words)
        self._known = (store.get(_LOOKED, "all", self._key) or {}) if store else {}
        self._now: dict[str, Looked] = {}

    def findings(self, file: Path, path: str) -> tuple[Finding, ...]:
        """Return what a file must not carry; `path` is its name for findings."""
        status = file.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        looked = self._known.get(path)
        if looked is None or looked.stamp != stamp:
            look = _in_theme if path.startswith("../") else _among_pages
            looked = Looked(stamp, tuple(look(file, path, self._words)))
        self._now[path] = looked
        return looked.findings

    def page(self, content: Path, path: str) -> Page:
        """Return what an ordinary page has for the checks; what reading it finds, `sources.content` reports."""
        text, _ = read_text(content / path, path, content)
        if text is None:
            return Page((), (), "")
        status = (content / path).stat()
        stamp = (status.st_mtime_ns, status.st_size)
        looked = self._known.get(path)
        if looked is None or looked.stamp != stamp:
            findings, all_links = _in_page(text, path, self._words)
            # The name is a part of the address, which pages and lists of pages show.
            address = page_of(path).removesuffix("index.html")
            named = unseen_findings([(N_("文件名"), path), (N_("网址"), address)], path, self._words)
            looked = Looked(stamp, (*named, *findings), all_links)
        self._now[path] = looked
        return Page(looked.findings, looked.links, text)

    def keep(self) -> None:
        """Remember what was looked at, and nothing else."""
        if self._store and self._now != self._known:
            self._store.put(_LOOKED, "all", self._key, self._now)


class Page(NamedTuple):
    """What an ordinary page has for the checks."""

    findings: tuple[Finding, ...]
    links: tuple[Link, ...]
    text: str


def _in_page(text: str, path: str, words: OfficeWords) -> tuple[tuple[Finding, ...], tuple[Link, ...]]:
    lines = list(enumerate(text.split("\n"), start=1))
    parsed = parse(text, path) if text.startswith("---") else None
    coded = list(coded_values(parsed)) if parsed else []
    body = body_lines(text, parsed.body_line if parsed else 1)
    findings = [*examine_text([*lines, *coded], path, words), *tags(PublicText(path, tuple(lines), {}, 1))]
    findings += (remark.finding for remark in remarks(body, path, is_page=True))
    return tuple(findings), tuple(links(lines, path))


def of_site(site: Configuration) -> Iterator[tuple[Path, str]]:
    """Yield the configuration, the names of units and the theme's own files, with their paths from the content folder.

    What a site says and looks like that its owner has taken the register into is its owner's affair.
    """
    if site.path:
        return iter(())
    files = [site.file, *([site.units] if site.units.is_file() else [])]
    if site.theme is not None:
        files += (file for path in _below(site.theme) if _is_ours(file := site.theme / path, site.theme))
    return ((file, Path(os.path.relpath(file, site.content)).as_posix()) for file in files)


def _among_pages(file: Path, path: str, words: OfficeWords) -> Iterator[Finding]:
    """Yield what a file among the pages must not carry.

    Nothing is said of the wording of scripts and styles. Here are no waivers: a file that nobody can look into may be
    among the words of the office.
    """
    # What is a path of a computer in a text is a pattern in a script.
    unsaid = (Family.WORDING, Family.MARKS) if file.suffix in _CODE else (Family.WORDING,)
    for finding in attachment_findings(file, path, words):
        if finding.family not in unsaid and not (finding.family is Family.ATTACHMENTS and words.allows(finding)):
            yield finding


def _in_theme(file: Path, path: str, words: OfficeWords) -> Iterator[Finding]:
    """Yield what the configuration or a file of the theme holds that must not be public."""
    data = read_file(file, LIMIT)
    if sha256(data).hexdigest() in _of_this_program():
        return
    if file.suffix not in _TEXTS:
        yield from _among_pages(file, path, words)
        return
    text = in_some_way(data)
    lines = list(enumerate((json_text(text) if file.suffix in _WITH_CODES else text).split("\n"), start=1))
    is_code = file.suffix in _CODE
    yield from (f for f in screen(lines, path, words) if f.family is Family.PRIVACY or not is_code)


@cache
def _of_this_program() -> frozenset[str]:
    """Return the SHA-256 of the theme's files as they came with this program: nothing is to be found in these.

    The list is written by `tools/theme.py`.
    """
    listed = Path(__file__).with_name("theme.txt").read_text("utf-8").splitlines()
    return frozenset(line.split()[0] for line in listed)
