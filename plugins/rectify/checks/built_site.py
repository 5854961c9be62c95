"""The built site, read as text: is everything there and in agreement, and nothing that must not be public?"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from rectify.checks.attachments import attachment_findings
from rectify.checks.built_page import Page, attributes, foreign_loads, look, text_lines, whole_text
from rectify.checks.leaks import Needle, held, needles_of, said_in_public
from rectify.core.finding import Finding, errors, found
from rectify.core.vocabulary import STATES, STATUSES
from rectify.prose import NO_WORDS, OfficeWords, screen

ALWAYS = (
    "index.html", "404.html", "about/index.html", "methodology/index.html", "reports/index.html", "updates/index.html",
    "problems/index.html", "problems/overdue/index.html", "search/index.html", "search/index/index.json", "data/problems.csv",
    *(f"problems/status/{s.key}/index.html" for s in STATUSES), *(f"problems/state/{s.key}/index.html" for s in STATES),
)  # fmt: skip
_LIST_PAGE = re.compile(r"page_\d+")
_ROW = re.compile(r'<tr data-state="[a-z]+" data-status="([a-z-]+)"')


class BuiltSite:
    """A folder with a built site and its two data files; raises ValueError when they cannot be read."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.disclosures: list[dict[str, Any]] = self._data("disclosures")["disclosures"]
        self._problems: list[dict[str, Any]] = self._data("problems")["problems"]

    def _data(self, name: str) -> dict[str, Any]:
        path = self.folder / "data" / f"{name}.json"
        try:
            return json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ValueError(f"data/{name}.json: {error}") from None

    def findings(self) -> list[Finding]:
        """Return what is missing or contradicts itself; nothing when the site is whole."""
        return [*self._missing(), *self._miscounted(), *self._unexpected()]

    def _missing(self) -> Iterator[Finding]:
        pages = [f"{d['url']}index.html" for d in self.disclosures] + [f"{d['url']}full/index.html" for d in self.disclosures]
        pages += [f"{p['url']}index.html" for p in self._problems]
        for path in (*ALWAYS, *pages):
            if not (self.folder / path).is_file():
                yield found("B001", path)

    def _miscounted(self) -> Iterator[Finding]:
        by_disclosure: dict[str, Counter[str]] = {d["id"]: Counter() for d in self.disclosures}
        for problem in self._problems:
            by_disclosure[problem["disclosure"]][problem["status"]] += 1
        for disclosure in self.disclosures:
            path = f"{disclosure['url']}index.html"
            declared = {k: n for k, n in disclosure["counts"]["by_status"].items() if n}
            listed = dict(by_disclosure[disclosure["id"]])
            try:
                shown = dict(Counter(_ROW.findall((self.folder / path).read_text("utf-8"))))
            except OSError:
                continue
            if not declared == listed == shown:
                yield found("B002", path, found=f"{shown} / {listed}", allowed=declared)

    def _unexpected(self) -> Iterator[Finding]:
        expected = {d["id"] for d in self.disclosures}
        for entry in sorted((self.folder / "reports").iterdir()):
            if entry.is_dir() and entry.name not in expected and not _LIST_PAGE.fullmatch(entry.name):
                yield found("B003", f"reports/{entry.name}")


_TEXTS = (".html", ".json", ".csv", ".xml", ".txt", ".ics", ".svg", ".webmanifest")
_SHOWN = 50
"""Findings of one rule that are named; a fault of a template is on every page."""
_CHUNK = 200
"""Files that a process takes at once."""
_JSON_CODE = re.compile(r"\\u([\da-fA-F]{4})")
_SOURCES = re.compile(r"(?:^|/)(?:\.(?!nojekyll$)[^/]+|~\$[^/]+|[^/]+\.(?:md|toml|py|bak|tmp))$")

Progress = Callable[[int, int], None]


class _Seen(NamedTuple):
    """What one file of the site holds."""

    path: str
    page: Page | None
    findings: tuple[Finding, ...]
    leaked: tuple[Needle, ...]


def check_site(
    site: Path, content: Path | None = None, progress: Progress | None = None, *, words: OfficeWords = NO_WORDS, decided: Collection[str] = ()
) -> list[Finding]:
    """Return everything wrong with a built site; raises ValueError where its data cannot be read.

    With its content folder, texts that must not be public are looked for. `decided` are passages that are known from the
    check of the content and may stand: waived, or a warning only.
    """
    findings = BuiltSite(site).findings()
    needles = needles_of(content) if content else []
    files = sorted(_files(site))
    seen = list(_look_at_all(site, files, needles, words, frozenset(decided), progress))
    findings += [finding for one in seen for finding in one.findings]
    findings += [found("B009", path) for path in files if _SOURCES.search(path) and "/files/" not in path]
    findings += _dead_links(seen, frozenset(files))
    if content:
        findings += _leaks(seen, content)
    return _limited(findings)


def _files(site: Path, prefix: str = "") -> Iterator[str]:
    for entry in os.scandir(site / prefix):
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if path != ".git":
                yield from _files(site, f"{path}/")
        else:
            yield path


def _look_at_all(
    site: Path, files: Sequence[str], needles: list[Needle], words: OfficeWords, decided: frozenset[str], progress: Progress | None
) -> Iterator[_Seen]:
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    work = partial(_look_at, site, needles, words, decided)
    if len(chunks) < 4 or (os.cpu_count() or 1) < 2:
        results: Any = map(work, chunks)
    else:
        pool = ProcessPoolExecutor()
        results = pool.map(work, chunks)
    for number, chunk in enumerate(results, start=1):
        yield from chunk
        if progress:
            progress(number, len(chunks))


def _look_at(site: Path, needles: list[Needle], words: OfficeWords, decided: frozenset[str], paths: Sequence[str]) -> list[_Seen]:
    return [_look_at_file(site, path, needles, words, decided) for path in paths]


def _look_at_file(site: Path, path: str, needles: list[Needle], words: OfficeWords, decided: frozenset[str]) -> _Seen:
    findings: list[Finding] = []
    page = None
    leaked = list(held(needles, path))
    if path.startswith("reports/") and "/files/" in path:
        findings += errors(attachment_findings(site / path, path))
        # Names and notes stand in a file's properties as they are, in one of these.
        data = (site / path).read_bytes()
        leaked += [needle for needle in needles if any(needle.text.encode(name) in data for name in ("utf-8", "utf-16-le", "gb18030"))]
    elif path.endswith(_TEXTS):
        text = (site / path).read_text("utf-8", "replace")
        if path.endswith(".json") and "\\u" in text:
            text = _JSON_CODE.sub(lambda match: chr(int(match[1], 16)), text)
        named = attributes(text) if path.endswith(".html") else []
        findings += _screened(text_lines(text, named) if path.endswith(".html") else text.split("\n"), path, words)
        if needles:
            leaked += held(needles, whole_text(text) if path.endswith(".html") else text)
        if path.endswith(".html"):
            page, loads = look(path, text, named)
            findings += loads
    elif path.endswith(".css"):
        findings += foreign_loads(path, (site / path).read_text("utf-8", "replace"))
    return _Seen(path, page, tuple(one for one in findings if not _may_stand(one, decided)), tuple(leaked))


def _may_stand(finding: Finding, decided: frozenset[str]) -> bool:
    return dict(finding.values).get("token", "") in decided or f"{finding.rule} {finding.path}" in decided


_clean: set[int] = set()
"""Hashes of the lines in which this process has found nothing: most lines of a page stand on other pages too."""


def _screened(lines: Sequence[str], path: str, words: OfficeWords) -> list[Finding]:
    new = [(number, line) for number, line in enumerate(lines, start=1) if line and hash(line) not in _clean]
    findings = screen(new, path, words)
    dirty = {finding.line for finding in findings}
    # The lines are those of the text, which nobody sees; the page is place enough.
    _clean.update(hash(line) for number, line in new if number not in dirty)
    return [finding._replace(line=0, column=0) for finding in findings]


def _dead_links(seen: Sequence[_Seen], files: frozenset[str]) -> Iterator[Finding]:
    ids = {one.path: one.page.ids for one in seen if one.page}
    for one in seen:
        for link in one.page.links if one.page else ():
            target, fragment = _target(one.path, link)
            if target is None or target not in files:
                yield found("B004", one.path, found=link, excerpt=link[:80])
            elif fragment and not fragment.startswith(":~:") and target in ids and fragment not in ids[target]:
                yield found("B005", one.path, found=link, excerpt=link[:80])


def _target(path: str, link: str) -> tuple[str | None, str]:
    """Return the file that a link of a page leads to, and its anchor; None for one that leaves the site."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None, ""
    if not parts.path:
        return path, unquote(parts.fragment)
    # 404.html is served at any depth, so that its links begin at the root.
    base = "" if parts.path.startswith("/") else posixpath.dirname(path)
    target = posixpath.normpath(posixpath.join(base, unquote(parts.path).lstrip("/") if not base else unquote(parts.path)))
    if target.startswith(".."):
        return None, ""
    if parts.path.endswith("/") or target == ".":
        target = posixpath.join("" if target == "." else target, "index.html")
    return target, unquote(parts.fragment)


def _leaks(seen: Sequence[_Seen], content: Path) -> Iterator[Finding]:
    leaked = {needle.text: needle for one in seen for needle in one.leaked}
    pages = [path for path in content.rglob("*.md") if path.relative_to(content).parts[0] != "reports"]
    besides = {str(path): path.read_text("utf-8", "replace") for path in (*pages, *content.parent.glob("*.yml")) if path.is_file()}
    besides["vocabulary"] = "\n".join(term.label for vocabulary in (STATUSES, STATES) for term in vocabulary)
    said = said_in_public(content, leaked.values(), besides)
    for one in seen:
        for needle in one.leaked:
            if needle.text not in said:
                yield found("B007", one.path, found=needle.origin, excerpt=needle.text[:40])


def _limited(findings: list[Finding]) -> list[Finding]:
    """Return the findings, of each rule the first only, and how many there are more."""
    counted: Counter[str] = Counter()
    kept = []
    for finding in dict.fromkeys(findings):
        counted[finding.rule] += 1
        if counted[finding.rule] <= _SHOWN:
            kept.append(finding)
    return kept + [found("B008", "", found=rule, allowed=number - _SHOWN) for rule, number in counted.items() if number > _SHOWN]
