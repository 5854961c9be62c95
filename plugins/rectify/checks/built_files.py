"""Every file of a built site looked at once per change and on all processors."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rectify.checks.active_page import active_findings, theme_scripts
from rectify.checks.attachments.attachment import attachment_findings
from rectify.checks.attachments.strings import json_text
from rectify.checks.built_page import attributes, foreign_loads, look, text_lines, whole_text
from rectify.checks.leaks import Needle, find_needles
from rectify.core.finding import Finding, errors
from rectify.core.line_ends import unify_line_ends
from rectify.core.site_map import at
from rectify.prose import OfficeWords, screen
from rectify.sources.store import Kept, Store, code_version, key_of

_TEXTS = (".html", ".json", ".csv", ".xml", ".txt", ".ics", ".svg", ".webmanifest")
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


class _Looked(NamedTuple):
    """What was seen of all files; what most pages share stands there once."""

    links: list[Address]
    ids: list[frozenset[str]]
    files: dict[str, tuple[bytes, int, tuple[int, ...], tuple[Finding, ...], tuple[Needle, ...]]]
    """Checksum, which of the ids, which of the links, findings and what leaked."""

    @classmethod
    def of(cls, seen: Iterable[Seen]) -> _Looked:
        links: dict[Address, int] = {}
        ids: dict[frozenset[str], int] = {}
        files = {
            one.path: (
                one.content,
                ids.setdefault(one.ids, len(ids)),
                tuple(links.setdefault(link, len(links)) for link in one.links),
                one.findings,
                one.leaked,
            )
            for one in seen
        }
        return cls(list(links), list(ids), files)

    def seen(self) -> dict[str, Seen]:
        """Return it by path; raises IndexError where the numbers are none of this."""
        link = self.links.__getitem__
        return {
            path: Seen(path, content, self.ids[ids], tuple(map(link, links)), findings, leaked)
            for path, (content, ids, links, findings, leaked) in self.files.items()
        }


_BUILT = Kept[_Looked]("built", _Looked)


def look_at_all(
    site: Place,
    paths: Sequence[str],
    needles: list[Needle],
    words: OfficeWords,
    store: Store | None,
    progress: Progress | None,
) -> list[Seen]:
    """Return what the files hold, in order; a store keeps it for the next time."""
    scripts = theme_scripts(site.file(at("theme_scripts")))
    name = key_of(str((site.below or site.folder).resolve()))
    key = (code_version(), words, [needle.text for needle in needles], sorted(scripts))
    known = _known(store, name, key) if store else {}
    chunks = [
        [(path, known[path].content if path in known else b"") for path in paths[start : start + _CHUNK]]
        for start in range(0, len(paths), _CHUNK)
    ]
    seen: list[Seen] = []
    for number, chunk in enumerate(_looked_at(chunks, partial(_look_at, site, needles, words, scripts)), start=1):
        seen += [known[one] if isinstance(one, str) else one for one in chunk]
        if progress:
            progress(number, len(chunks))
    if store and any(known.get(one.path) is not one for one in seen):
        store.put(_BUILT, name, key, _Looked.of(seen))
    return seen


def _known(store: Store, name: str, key: object) -> dict[str, Seen]:
    with suppress(IndexError):
        if looked := store.get(_BUILT, name, key):
            return looked.seen()
    return {}


def _looked_at(
    chunks: list[list[tuple[str, bytes]]], work: Callable[[list[tuple[str, bytes]]], list[Seen | str]]
) -> Iterable[list[Seen | str]]:
    if len(chunks) < 4 or (os.cpu_count() or 1) < 2:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor() as pool:
        yield from pool.map(work, chunks)


def _look_at(
    site: Place,
    needles: list[Needle],
    words: OfficeWords,
    scripts: frozenset[str],
    files: Iterable[tuple[str, bytes]],
) -> list[Seen | str]:
    """Return what the files hold, and of those that are still as they were only the path."""
    found: list[Seen | str] = []
    for path, known in files:
        data = site.file(path).read_bytes()
        now = hashlib.blake2b(data, digest_size=16).digest()
        found.append(path if now == known else _look_at_file(site, path, data, now, needles, words, scripts))
    return found


def _look_at_file(
    site: Place,
    path: str,
    data: bytes,
    content: bytes,
    needles: list[Needle],
    words: OfficeWords,
    scripts: frozenset[str],
) -> Seen:
    findings: list[Finding] = []
    seen = Seen(path, content)
    leaked = list(find_needles(needles, path))
    if path.startswith("reports/") and "/files/" in path:
        findings += errors(attachment_findings(site.file(path), path, words))
        # Names and notes stand in a file's properties as they are, in one of these.
        leaked += [
            needle
            for needle in needles
            if any(needle.text.encode(name) in data for name in ("utf-8", "utf-16-le", "gb18030"))
        ]
    elif path.endswith(_TEXTS):
        text = unify_line_ends(data.decode("utf-8", "replace"))
        if path.endswith(".json"):
            text = json_text(text)
        named = attributes(text) if path.endswith(".html") else []
        findings += _screened(text_lines(text, named) if path.endswith(".html") else text.split("\n"), path, words)
        if needles:
            leaked += find_needles(needles, whole_text(text) if path.endswith(".html") else text)
        if path.endswith(".html"):
            page, loads = look(path, text, named)
            findings += loads
            findings += active_findings(path, data, scripts)
            seen = seen._replace(ids=page.ids, links=tuple((link, *_target(path, link)) for link in page.links))
    elif path.endswith(".css"):
        findings += foreign_loads(path, data.decode("utf-8", "replace"))
    return seen._replace(findings=tuple(findings), leaked=tuple(leaked))


_clean: set[int] = set()
"""Hashes of the lines, with the office's words, in which this process has found nothing: most stand on other pages too."""


def _screened(lines: Sequence[str], path: str, words: OfficeWords) -> list[Finding]:
    office = hash(words)
    new = [(number, line) for number, line in enumerate(lines, start=1) if line and hash((office, line)) not in _clean]
    findings = screen(new, path, words)
    dirty = {finding.line for finding in findings}
    # The lines are those of the text, which nobody sees; the page is place enough.
    _clean.update(hash((office, line)) for number, line in new if number not in dirty)
    return [finding._replace(line=0, column=0) for finding in findings]


def _target(path: str, link: str) -> tuple[str, str]:
    """Return the file that a link of a page leads to, empty for one that leaves the site, and its anchor."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", ""
    if not parts.path:
        return path, unquote(parts.fragment)
    # 404.html is served at any depth, so that its links begin at the root.
    base = "" if parts.path.startswith("/") else posixpath.dirname(path)
    target = posixpath.normpath(
        posixpath.join(base, unquote(parts.path).lstrip("/") if not base else unquote(parts.path))
    )
    if target.startswith(".."):
        return "", ""
    if parts.path.endswith(("/", "/.")) or target == ".":
        target = posixpath.join("" if target == "." else target, "index.html")
    return target, unquote(parts.fragment)
