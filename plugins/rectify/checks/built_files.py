"""Every file of a built site looked at once per change and on all processors."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from struct import pack, unpack
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rectify.checks.active_page import theme_scripts
from rectify.checks.attachments.attachment import attachment_findings
from rectify.checks.attachments.strings import json_lines, json_text
from rectify.checks.built_page import foreign_loads
from rectify.checks.leaks import Needle, find_needles
from rectify.checks.made_page import MadePageReader
from rectify.checks.page_parts import PageReader
from rectify.checks.prose_lines import names, shown_lines
from rectify.checks.screening import Screening
from rectify.checks.unchanged import checksum
from rectify.core.finding import Finding, errors
from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Disclosure, Problem
from rectify.core.site_map import REPORTS, at
from rectify.prose import OfficeWords, load
from rectify.sources.safe_files import read_file
from rectify.sources.store import Kept, Store, code_version, key_of

_NAME = re.compile(r"[A-Za-z0-9%_]")
_TEXTS = (".json", ".csv", ".xml", ".txt", ".ics", ".svg", ".webmanifest")
_CHUNK = 200
"""Files that a process takes at once."""

Progress = Callable[[int, int], None]
Address = tuple[str, str, str]
"""As written, the file that it leads to, empty outside the site, and the anchor."""


class Place(NamedTuple):
    """Where the files of a site lie: in one folder, or, while it is being built, those that stay as they are in the site below."""

    folder: Path
    below: Path | None = None

    def file(self, path: str) -> Path:
        """Return the file of a path of the site."""
        file = self.folder / path
        return file if self.below is None or file.is_file() else self.below / path


class Seen(NamedTuple):
    """What one file of the site holds."""

    path: str
    content: bytes
    """The checksum of its bytes."""
    ids: frozenset[str] = frozenset()
    links: tuple[Address, ...] = ()
    """Addresses within the site, each once."""
    findings: tuple[Finding, ...] = ()
    leaked: tuple[Needle, ...] = ()


class File(NamedTuple):
    """What is kept of a file."""

    content: bytes
    ids: int
    """Number of its ids."""
    links: bytes
    """Numbers of its addresses, four bytes each."""
    findings: tuple[Finding, ...]
    leaked: tuple[Needle, ...]

    def addresses(self) -> tuple[int, ...]:
        """Return the numbers of its addresses."""
        return unpack(f"<{len(self.links) // 4}I", self.links)


class Looked(NamedTuple):
    """What was seen of all files; what many have in common stands there once."""

    addresses: list[Address]
    """Among them some that no file has any more."""
    ids: list[frozenset[str]]
    files: dict[str, File]
    most: int
    """Addresses from which on those are left out that no file has."""

    def ids_of(self, path: str) -> frozenset[str]:
        """Return what a link to the file may name in it."""
        return self.ids[self.files[path].ids]

    def now(self, paths: Iterable[str], seen: Mapping[str, Seen]) -> Looked:
        """Return what is known of these files, of some of them as they were seen since."""
        if len(self.addresses) > self.most:
            return _NOTHING.now(paths, {**self._seen(), **seen})
        addresses = {address: number for number, address in enumerate(self.addresses)}
        ids = {names: number for number, names in enumerate(self.ids)}

        def kept(one: Seen) -> File:
            links = [addresses.setdefault(link, len(addresses)) for link in one.links]
            packed = pack(f"<{len(links)}I", *links)
            return File(one.content, ids.setdefault(one.ids, len(ids)), packed, one.findings, one.leaked)

        files = {path: kept(seen[path]) if path in seen else self.files[path] for path in paths}
        return Looked(list(addresses), list(ids), files, self.most if self.files else 2 * len(addresses) + _ROOM)

    def _seen(self) -> dict[str, Seen]:
        return {
            path: Seen(
                path,
                one.content,
                self.ids[one.ids],
                tuple(self.addresses[number] for number in one.addresses()),
                one.findings,
                one.leaked,
            )
            for path, one in self.files.items()
        }

    def is_whole(self) -> bool:
        """Return whether its numbers are those of what it has."""
        return all(
            0 <= one.ids < len(self.ids)
            and len(one.links) % 4 == 0
            and max(one.addresses(), default=-1) < len(self.addresses)
            for one in self.files.values()
        )


_ROOM = 1000
_NOTHING = Looked([], [], {}, 0)
_BUILT = Kept[Looked]("built", Looked)


def look_at_all(
    site: Place,
    paths: Sequence[str],
    needles: Sequence[Needle],
    words: OfficeWords,
    ids: Collection[str],
    store: Store | None,
    progress: Progress | None,
    same: Collection[str] = (),
    seen: Mapping[str, Seen] = MappingProxyType({}),
) -> Looked:
    """Return what the files hold; `ids` are those of the disclosures, a store keeps it for the next time.

    Files that are known to be the `same` as then are not read, nor those that were `seen` when they were made.
    """
    scripts = theme_scripts(site.file(at("theme_scripts")))
    # What is made is not read as what is there is: nobody but the build had it in hand.
    name = key_of(str((site.below or site.folder).resolve()), site.below is not None)
    key = (code_version(), words, [needle.text for needle in needles], sorted(scripts))
    known = store.get(_BUILT, name, key) if store else None
    if known is None or not known.is_whole():
        known = _NOTHING
    unread = {path for path in same if path in known.files} | seen.keys()
    left = [(path, known.files[path].content if path in known.files else b"") for path in paths if path not in unread]
    chunks = [left[start : start + _CHUNK] for start in range(0, len(left), _CHUNK)]
    if any(not content for _, content in left):
        load()  # before processes are made that share the rules
    new = dict(seen)
    for number, chunk in enumerate(_looked_at(chunks, _Reader(site, Looker(needles, words, ids, scripts))), start=1):
        new |= {one.path: one for one in chunk if one is not None}
        if progress:
            progress(number, len(chunks))
    if not new and known.files.keys() == set(paths):
        return known
    looked = known.now(paths, new)
    if store:
        store.put(_BUILT, name, key, looked)
    return looked


_Chunk = list[tuple[str, bytes]]
"""Files with the checksums that they had when they were last looked at."""


def _looked_at(chunks: list[_Chunk], reader: _Reader) -> Iterable[list[Seen | None]]:
    if len(chunks) < 4 or (os.cpu_count() or 1) < 2:
        yield from map(reader.look_at, chunks)
        return
    with ProcessPoolExecutor(initializer=_start, initargs=(reader,)) as pool:
        yield from pool.map(_look_at, chunks)


_reader: _Reader


def _start(reader: _Reader) -> None:
    """Give a new process what it looks with, which remembers what it has seen."""
    global _reader
    _reader = reader


def _look_at(chunk: _Chunk) -> list[Seen | None]:
    return _reader.look_at(chunk)


class Looker:
    """Looks at files of a site, and remembers what many of them have in common."""

    def __init__(
        self,
        needles: Sequence[Needle],
        words: OfficeWords,
        ids: Collection[str],
        scripts: frozenset[str],
        is_said: bool = False,
    ):
        """`ids` are those of the disclosures, `scripts` the hashes of the theme's own.

        Where all that the files say was looked at before they were made, as `is_said` tells, they are read for what only
        the making can get wrong: links, anchors, what is loaded and what runs, and texts that are for no page.
        """
        self._needles, self._words, self._is_said = needles, words, is_said
        self._screening = Screening(words, ids)
        self._pages = MadePageReader(scripts, needles) if is_said else PageReader(self._screening, scripts, needles)

    def trust(self, records: Sequence[Disclosure | Problem]) -> None:
        """Take for clean what these records say: a check of the sources has looked at it, see `checks.prose_lines`."""
        if self._is_said:
            return
        self._screening.trust(line for record in records for line in shown_lines(record))
        self._screening.know(text for record in records for text in (*names(record), *shown_lines(record)))

    def look(self, path: str, data: bytes, file: Path | None = None) -> Seen:
        """Return what one file of the site holds; that of an attachment is where it lies."""
        findings: list[Finding] = []
        seen = Seen(path, checksum(data))
        leaked = list(find_needles(self._needles, path))
        if file and path.startswith(f"{REPORTS}/") and "/files/" in path:
            findings += errors(attachment_findings(file, path, self._words))
            # Names and notes stand in a file's properties as they are, in one of these.
            leaked += [
                needle
                for needle in self._needles
                if any(needle.text.encode(name) in data for name in ("utf-8", "utf-16-le", "gb18030"))
            ]
        elif path.endswith(".html"):
            # Where a line may end in a title: whoever reads it sees nothing there.
            whole = unify_line_ends(data.decode("utf-8", "replace")).replace("<wbr>", "")
            page = self._pages.read(path, whole)
            findings += page.findings
            leaked += page.leaked
            seen = seen._replace(ids=page.ids, links=_targets(path, page.links))
        elif path.endswith(_TEXTS):
            text = unify_line_ends(data.decode("utf-8", "replace"))
            # A long line of a calendar goes on in the next, after a blank.
            text = text.replace("\n ", "") if path.endswith(".ics") else text
            if not self._is_said:
                findings += self._screened(text, path)
            leaked += find_needles(self._needles, json_text(text) if path.endswith(".json") else text)
        elif path.endswith(".css"):
            findings += foreign_loads(path, data.decode("utf-8", "replace"))
        return seen._replace(findings=tuple(findings), leaked=tuple(leaked))

    def _screened(self, text: str, path: str) -> list[Finding]:
        if path.endswith(".csv"):
            return self._screening.in_table(text, path)
        return self._screening.findings(json_lines(text) if path.endswith(".json") else text.split("\n"), path)


class _Reader(NamedTuple):
    """Reads the files of a finished site."""

    site: Place
    looker: Looker

    def look_at(self, files: _Chunk) -> list[Seen | None]:
        """Return what the files hold, nothing of those that are still as they were."""
        found: list[Seen | None] = []
        for path, known in files:
            file = self.site.file(path)
            data = read_file(file)
            found.append(None if checksum(data) == known else self.looker.look(path, data, file))
        return found


def _targets(path: str, links: Iterable[str]) -> tuple[Address, ...]:
    """Return the links of a page with the file that each leads to, empty for one that leaves the site, and its anchor."""
    folder = posixpath.dirname(path)
    root = "../" * (path.count("/"))
    found = []
    for link in links:
        address = _from_root(root, link) if root and link.startswith(root) else None
        if address is None:
            target, anchor = _resolved(folder, link)
            address = (link, path if target is None else target, anchor)
        found.append(address)
    return tuple(found)


@lru_cache(50_000)
def _from_root(root: str, link: str) -> Address | None:
    """Return where a link leads that goes up to the root first, as most do: it is the same from every page as deep.

    None where what follows may be no name of a file, or leads to the page itself.
    """
    if not _NAME.match(link, len(root)) or ":" in link:
        return None
    target, anchor = _resolved("", link[len(root) :])
    return None if target is None else (link, target, anchor)


@lru_cache(50_000)
def _resolved(base: str, link: str) -> tuple[str | None, str]:
    """Return what a link in a page of this folder leads to; None is the page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", ""
    if not parts.path:
        return None, unquote(parts.fragment)
    # 404.html is served at any depth, so that its links begin at the root.
    base = "" if parts.path.startswith("/") else base
    target = posixpath.normpath(
        posixpath.join(base, unquote(parts.path).lstrip("/") if not base else unquote(parts.path))
    )
    if target.startswith(".."):
        return "", ""
    if parts.path.endswith(("/", "/.")) or target == ".":
        target = posixpath.join("" if target == "." else target, "index.html")
    return target, unquote(parts.fragment)
