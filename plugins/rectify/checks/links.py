"""Links in Markdown sources, without converting them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rectify.core.finding import Finding, found

_INLINE = re.compile(r"(?<!\\)\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?([^\s<>]+)>?")
_CODE = re.compile(r"(`+).+?\1")


class Link(NamedTuple):
    """A link into the site."""

    path: str
    """The source file, relative to the content folder."""
    line: int
    column: int
    target: str
    """As written."""


def links(lines: Iterable[tuple[int, str]], path: str) -> Iterator[Link]:
    """Yield the links of numbered Markdown lines that lead to a place on the site."""
    fenced = False
    for number, line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or ("](" not in line and "]:" not in line):
            continue
        bare = _CODE.sub(lambda match: " " * len(match[0]), line)
        for match in [*_INLINE.finditer(bare), *_DEFINITION.finditer(bare)]:
            group = next((index for index, value in enumerate(match.groups(), 1) if value), 0)
            if group and _leads_into_the_site(match[group]):
                yield Link(path, number, match.start(group) + 1, match[group])


def _leads_into_the_site(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    return not parts.scheme and not parts.netloc and bool(parts.path)


def dead_links(found_links: Iterable[Link], content: Path, sources: frozenset[str]) -> Iterator[Finding]:
    """Yield the links that lead to nothing; `sources` are the report files that exist, relative to the content folder."""
    known: dict[str, bool] = {}
    for link in found_links:
        if link.target.startswith("/"):
            yield found("S061", link.path, link.line, link.column, found=link.target, excerpt=link.target)
            continue
        try:
            path = unquote(urlsplit(link.target).path)
        except ValueError:
            path = link.target
        target = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), path))
        if target not in known:
            known[target] = target in sources or (not target.startswith("..") and (content / target).is_file())
        if not known[target]:
            yield found("S041", link.path, link.line, link.column, found=link.target, excerpt=link.target)
