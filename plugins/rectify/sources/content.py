"""The content folder as a whole: which report folders there are, and what in it can never become a page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import yaml

from rectify.core.finding import Finding, found
from rectify.core.language import N_, is_unicode
from rectify.core.leftovers import is_leftover
from rectify.core.site_map import REPORTS, WRITTEN, generated_at
from rectify.sources.active import is_active
from rectify.sources.front_matter import parse
from rectify.sources.markup import unconvertible
from rectify.sources.text import lies_inside, read_text

Stamp = tuple[tuple[str, int, int], ...]
"""Name, time of change in nanoseconds and size of every file of a folder: unchanged stamp, unchanged content."""

_DRAFT = re.compile(r"(?i)draft|草稿")
_DRAFTS = re.compile(r"(?i)_?drafts?|草稿|未公开|待审")
_NO = re.compile(r"(?i)false|no|off|否|")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Content(NamedTuple):
    """What was found below the content folder, without reading any file."""

    folders: dict[str, Stamp]
    """Report ids in order, with the stamp of each folder."""
    findings: tuple[Finding, ...]


def survey(content: Path) -> Content:
    """Return the report folders of a content folder and the findings about files that have no place in it."""
    findings: list[Finding] = []
    folders: dict[str, Stamp] = {}
    disclosures = content / REPORTS
    if disclosures.is_symlink() and not lies_inside(disclosures, content):
        findings.append(found("S005", REPORTS))
    elif disclosures.is_dir():
        for entry in sorted(os.scandir(disclosures), key=lambda e: e.name):
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and not lies_inside(Path(entry.path), content):
                findings.append(found("S005", f"{REPORTS}/{entry.name}"))
            elif os.path.isdir(entry.path):  # entry.is_dir() raises for a link to itself
                folders[entry.name] = _stamp(entry.path)
                below = [f"{REPORTS}/{entry.name}/{name}" for name, *_ in folders[entry.name]]
                findings += [found("S009", path) for path in below if not _is_fit(path)]
            elif is_leftover(entry.name):
                findings.append(found("A025", f"{REPORTS}/{entry.name}", found=entry.name))
            else:
                findings.append(found("S032", f"{REPORTS}/{entry.name}", found=entry.name))
    findings += _pages(content)
    return Content(folders, tuple(findings))


def stamp_of(content: Path, disclosure_id: str) -> Stamp | None:
    """Return the stamp of one report folder, as a survey of all has it; None where there is no such folder."""
    folder = content / REPORTS / disclosure_id
    if disclosure_id.startswith(".") or not folder.is_dir() or not lies_inside(folder, content):
        return None
    return _stamp(str(folder))


def _stamp(folder: str, prefix: str = "") -> Stamp:
    stamp: list[tuple[str, int, int]] = []
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if entry.is_dir(follow_symlinks=False):
            stamp += _stamp(entry.path, f"{prefix}{entry.name}/")
            continue
        try:
            status = entry.stat()
        except OSError:  # a link to nothing, or to itself
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # it was there for a moment only, while a text was written
                continue
        stamp.append((prefix + entry.name, status.st_mtime_ns, status.st_size))
    return tuple(stamp)


def _pages(content: Path) -> list[Finding]:
    """Return findings on the ordinary pages: links that leave the folder, two files that make one page, broken texts.

    MkDocs would publish broken front matter as text without a word.
    """
    findings: list[Finding] = []
    made = dict(WRITTEN)
    for parent, dirs, names in os.walk(content):
        relative = Path(parent).relative_to(content)
        if relative == Path("."):
            dirs[:] = [d for d in dirs if d != REPORTS]
        dirs[:] = sorted(d for d in dirs if not d.startswith("."))
        links = [d for d in dirs if os.path.islink(os.path.join(parent, d))]
        for name in sorted(n for n in [*names, *links] if not n.startswith(".")):
            path = (relative / name).as_posix()
            findings += _file_findings(Path(parent, name), path, content)
            page = page_of(path)
            if place := generated_at(page):
                findings.append(found("S045", path, found=place))
            elif (other := made.setdefault(page, path)) != path:
                findings.append(found("S033", path, found=other, allowed=page))
    return findings


def _is_fit(path: str) -> bool:
    """Return whether a name can be written, and is read as what it is: a sign nobody sees can turn its end around."""
    return (path.isascii() and path.isprintable()) or (is_unicode(path) and not _UNSEEN.search(path))


def _file_findings(file: Path, path: str, content: Path) -> list[Finding]:
    if file.is_symlink() and not lies_inside(file, content):
        return [found("S005", path)]
    if not _is_fit(path):
        return [found("S009", path)]
    if not os.path.isdir(file) and not os.path.isfile(file):
        return [found("S007", path, found=N_("不是普通文件"))]
    if is_page(path):
        return _text_findings(file, path, content)
    return [found("S044", path, found=file.suffix or file.name)] if is_active(file) else []


def _text_findings(file: Path, path: str, content: Path) -> list[Finding]:
    text, findings = read_text(file, path, content)
    if text is None:
        return findings
    if text.startswith("---"):
        parsed = parse(text, path)
        findings += parsed.findings
        if draft := _draft(parsed.node):
            findings.append(found("S063", path, draft, found="draft"))
    if folder := next((part for part in path.split("/")[:-1] if _DRAFTS.fullmatch(part)), ""):
        findings.append(found("S063", path, found=folder))
    return findings + unconvertible(text, path, 1)


def _draft(node: yaml.MappingNode | None) -> int:
    """Return the line on which a page says that it is a draft, 0 where it does not."""
    for key, value in node.value if node is not None else ():
        if isinstance(key, yaml.ScalarNode) and _DRAFT.fullmatch(key.value) and not _NO.fullmatch(str(value.value)):
            return key.start_mark.line + 2
    return 0


def is_page(path: str) -> bool:
    """Return whether a content file is made into a page by the host."""
    return page_of(path) != path


def page_of(path: str) -> str:
    """Return the site path that a content file is published at."""
    stem, ending = os.path.splitext(path)
    if ending.lower() not in (".md", ".markdown", ".mdown", ".mkd", ".mkdn"):
        return path
    folder, name = os.path.split(stem)
    if name in ("index", "README"):
        return f"{folder}/index.html".lstrip("/")
    return f"{stem}/index.html"
