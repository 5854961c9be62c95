"""Links in Markdown sources, without converting them, and those among them that lead nowhere."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rectify.checks.code_spans import blank_code
from rectify.core.finding import Finding, found
from rectify.core.site_map import REPORTS

_TARGET = re.compile(r"(?<!\\)\]\(\s*(<[^<>\n]*>)?")
_OPENING = re.compile(r"(?<!\\)\[")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+.!-])")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:\s*<?([^\s<>]+)>?")
_NAME = re.compile(r"\[([^\[\]\n]+)\]")
_PARENTHESIS = re.compile(r"(?<!\\)[()]")
_CODED = re.compile(r"[#?]|%(?=[0-9A-Fa-f]{2})")
"""What in a name would be read as something else in an address."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONGEST = 2000
"""Characters of an address that browsers and servers agree on; what is longer is none."""
_FOLDER = f"{REPORTS}/"


class Link(NamedTuple):
    """A link into the site."""

    path: str
    """The source file, relative to the content folder."""
    line: int
    column: int
    target: str
    """As written."""

    @property
    def leads_to(self) -> str:
        """The file that the link leads to, relative to the content folder; the target itself where it is no address."""
        try:
            path = unquote(urlsplit(self.target).path)
        except ValueError:
            path = self.target
        if not path:
            return self.path
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))

    def spelled_as(self, content: Path) -> str:
        """Return the target that would lead to the one file that is meant, empty where none or several could be."""
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), self.target))
        file = _nearest_file(content, self.leads_to) or _nearest_file(content, whole)
        written = posixpath.relpath(file, posixpath.dirname(self.path)) if file else ""
        return _CODED.sub(lambda match: f"%{ord(match[0]):02X}", written)


def links(lines: Iterable[tuple[int, str]], path: str) -> Iterator[Link]:
    """Yield the links of numbered Markdown lines that lead to a place on the site."""
    fenced = opened = False
    defined: list[tuple[str, Link]] = []
    named: Counter[str] = Counter()
    for number, line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or ("[" not in line and "](" not in line):
            opened = opened and bool(line.strip())
            continue
        bare = blank_code(line)
        named.update(name.casefold() for name in _NAME.findall(bare))
        if match := _DEFINITION.match(bare):
            defined.append((match[1], Link(path, number, match.start(2) + 1, match[2])))
            continue
        closing = _closing(bare)
        for match in _TARGET.finditer(bare):
            target, place = _target(bare, match, closing)
            if target and leads_into_the_site(target) and (opened or _OPENING.search(bare, 0, match.start())):
                yield Link(path, number, place + 1, target)
        opened = opened or bool(_OPENING.search(bare))
    for name, link in defined:
        # One that no text refers to is not shown.
        if named[name.casefold()] > 1 and leads_into_the_site(link.target):
            yield link


def _closing(line: str) -> dict[int, int]:
    """Return the place of the parenthesis that closes each one that is closed, by the place of this."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _PARENTHESIS.finditer(line):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.start()
    return closing


def _target(line: str, match: re.Match[str], closing: Mapping[int, int]) -> tuple[str, int]:
    """Return the target that begins behind a match, and its place in the line; empty where its parentheses do not close."""
    if match[1]:
        return _ESCAPED.sub(r"\1", match[1][1:-1]), match.start(1) + 1
    end = closing.get(match.start() + 1, 0)
    if not 0 < end - match.end() <= _LONGEST:
        return "", 0
    return _ESCAPED.sub(r"\1", _untitled(line[match.end() : end].strip())), match.end()


def _untitled(written: str) -> str:
    """Return the address in front of a title, which goes from the first sign that may begin it to the last."""
    sign = written[-1:]
    head, begins, title = written.replace("\t", " ").partition(f" {sign}")
    return head.rstrip() if sign in ('"', "'") and begins and title else written


def leads_into_the_site(target: str) -> bool:
    """Return whether a target is a place on the site, or in the page itself, or meant to be one."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    # Not its idea of a scheme: it drops tabs, so that a tab would hide a file that is missing.
    return not _SCHEME.match(target) and not parts.netloc and bool(parts.path or parts.fragment)


def dead_links(
    found_links: Iterable[Link],
    content: Path,
    shown: Collection[str],
    around: str = "",
    others: Collection[str] | None = None,
) -> Iterator[Finding]:
    """Yield the links that begin with a slash, and those that lead to nothing.

    `shown` are the files of the report folders that are on the site, relative to the content folder. That is at this path
    of a site that has taken it in, `around`, to whose other files links may lead as well: `others` by their paths in that
    site, where they are not all on the disk.
    """
    known: dict[str, bool] = {}
    for link in found_links:
        if link.target.startswith("/"):
            yield found("S061", link.path, link.line, link.column, found=link.target, excerpt=link.target)
            continue
        target = link.leads_to
        if around and target.startswith("../"):
            there = posixpath.normpath(posixpath.join(around, target))
            if there in others if others is not None else not there.startswith("..") and (content / target).is_file():
                continue
        if target not in known:
            elsewhere = not target.startswith(("..", _FOLDER)) and (content / target).is_file()
            known[target] = target in shown or elsewhere
        if not known[target]:
            nearest = link.spelled_as(content)
            yield found(
                "S041", link.path, link.line, link.column, found=link.target, nearest=nearest, excerpt=link.target
            )


def _nearest_file(content: Path, path: str) -> str:
    """Return the one file below the content folder whose path is the same but for case, blanks, full-width and composed forms and slashes; empty where none or several are."""
    real = ""
    for part in path.replace("\\", "/").split("/"):
        folder = content / real
        names = os.listdir(folder) if folder.is_dir() and part not in ("", ".", "..") else []
        meant = [part] if part in names else [name for name in names if _spelling(name) == _spelling(part)]
        if len(meant) != 1:
            return ""
        real = posixpath.join(real, meant[0])
    return real if (content / real).is_file() else ""


def _spelling(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
