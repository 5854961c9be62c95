"""One file of a built site, read as text: what stands in it, where it leads, what it loads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from rectify.core.address import leads_elsewhere
from rectify.core.entities import unescape
from rectify.core.finding import Finding, found

_DROPPED = re.compile(r"<(script|style)\b[^>]*>", re.I)
_DROPPED_END = {name: re.compile(f"</{name}>", re.I) for name in ("script", "style")}
# Begins with a blank, which the search jumps to; names in the order of letters would be tried at every one of them.
_ATTRIBUTE = re.compile(r"\s([a-zA-Z-]+)=(?:\"([^\"]*)\"|'([^']*)')")
_ADDRESSES = {"href", "src", "srcset", "action", "data", "poster"}
_SPOKEN = {"title", "alt", "content", "aria-label", "placeholder", "value", "href"}
_NAMES = {"id", "name"}
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|ins|mark|s|small|span|strong|sub|sup|u)\b[^>]*>")
"""Tags in the middle of a word or number; any other ends what is read in one breath."""
_TAG = re.compile(r"<[^>]*>")
_ELEMENT = re.compile(r"""<(\w+)((?:[^>=]|=(?!\s*["'])|=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)))*+)(?:>|\Z)""")
"""A tag as browsers read it: a quoted value may hold a `>`, and what is never closed goes on to the end."""
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|([^\s"'<>=`]+))""")
_BARE = re.compile(r"""<html\b[^>]*?\s[\w-]+=[^\s"'>]""", re.I)
"""How a page begins that somebody has made small."""
_BEGINNING = 2000
_CSS_LOAD = re.compile(r"(?:(?:url|image-set)\(\s*[\"']?|@import\s*[\"'])((?:https?:)?//[^\"')\s]+)", re.I)
_FOLLOWED = {"a", "area"}
"""Elements whose address is only followed when somebody wants to; the others load it."""
_NOT_LOADED = re.compile(r"\brel=[\"']?(?:canonical|alternate|author|license|prev|next)\b", re.I)


class Page(NamedTuple):
    """What other files must know of an HTML page."""

    ids: frozenset[str]
    links: tuple[str, ...]
    """Addresses within the site, as written, each once."""


def with_quotes(page: str) -> str:
    """Return a page with quotes around the values of its attributes, which those that were made small do without."""
    if not _BARE.search(page, 0, _BEGINNING):
        return page
    parts: list[str] = []
    at = 0
    for opening in _DROPPED.finditer(page, 0, page.rfind(">") + 1):
        if opening.start() < at:
            continue
        if not (end := _DROPPED_END[opening[1].lower()].search(page, opening.end())):
            break
        parts += _with_quotes(page[at : opening.end()]), page[opening.end() : end.start()]
        at = end.start()
    return "".join([*parts, _with_quotes(page[at:])])


def _with_quotes(tags: str) -> str:
    return _ELEMENT.sub(lambda element: _VALUE.sub(_quoted, element[0]), tags)


def _quoted(value: re.Match[str]) -> str:
    return f'="{value[1]}"' if value[1] else value[0]


def attributes(page: str, lines: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return name and value of every attribute, codes of characters as written.

    `lines` are the page's texts: one may look like an attribute, and only then the tags are taken apart from the texts.
    """
    if any('="' in line or "='" in line for line in lines):
        page = "\n".join(element[2] for element in _ELEMENT.finditer(page))
    return [(name.lower(), one or other) for name, one, other in _ATTRIBUTE.findall(page)]


def text_lines(page: str) -> list[str]:
    """Return the texts of a page that anybody reads, a line each block."""
    return unescape(_closed(_TAG, "\n", _closed(_INLINE, "", without_scripts(page)))).split("\n")


def spoken_lines(named: list[tuple[str, str]]) -> list[str]:
    """Return the texts of attributes that somebody or some program reads, a line each."""
    return unescape("\n".join([value for name, value in named if name in _SPOKEN])).split("\n")


def without_scripts(page: str) -> str:
    """Return a page with a blank in place of each script and style sheet."""
    parts: list[str] = []
    at = 0
    ends = dict(_DROPPED_END)
    for opening in _DROPPED.finditer(page, 0, page.rfind(">") + 1):
        name = opening[1].lower()
        if opening.start() < at or name not in ends:
            continue
        if end := ends[name].search(page, opening.end()):
            parts += page[at : opening.start()], " "
            at = end.end()
        else:
            del ends[name]
    return "".join([*parts, page[at:]])


def _closed(tag: re.Pattern[str], replacement: str, page: str) -> str:
    """Return a page with its tags replaced; behind the last `>` none is looked for, which would take a search to the end each."""
    end = page.rfind(">") + 1
    return tag.sub(replacement, page[:end]) + page[end:]


def whole_text(page: str) -> str:
    """Return a page with its comments, attributes and scripts, characters instead of their codes."""
    return unescape(page)


def look(path: str, page: str, named: list[tuple[str, str]]) -> tuple[Page, list[Finding]]:
    """Return what a page is for others, and the findings about what it loads from elsewhere."""
    inside: dict[str, None] = {}
    ids, elsewhere = set(), False
    for name, value in named:
        if name in _NAMES:
            ids.add(unescape(value) if "&" in value else value)
        elif name in _ADDRESSES:
            # Most begin with dots, and then cannot.
            if value[:1] not in (".", "#", "?") and leads_elsewhere(value):
                elsewhere = True
            elif value and not value.startswith(("mailto:", "tel:", "data:", "javascript:")):
                inside[unescape(value) if "&" in value else value] = None
    findings = {finding.excerpt: finding for finding in (_loads(path, page) if elsewhere else ())}
    if "url(" in page or "image-set(" in page or "@import" in page:
        findings |= {finding.excerpt: finding for style in _styles(page) for finding in foreign_loads(path, style)}
    return Page(frozenset(ids), tuple(inside)), list(findings.values())


def is_an_address(page: str, link: str) -> bool:
    """Return whether an element of a page has an address; its text may only speak of one: a tag that is shown as it was written."""
    return any(
        name in _ADDRESSES and unescape(value) == link
        for element in _ELEMENT.finditer(with_quotes(page))
        for name, value in attributes(element[2])
    )


def _loads(path: str, page: str) -> Iterator[Finding]:
    """Yield what elements load from other hosts or from this machine's disk."""
    for element in _ELEMENT.finditer(page):
        loaded = element[1].lower() not in _FOLLOWED and not _NOT_LOADED.search(element[2])
        for name, value in attributes(element[2]):
            if name not in _ADDRESSES:
                continue
            target = unescape(value)
            try:
                parts = urlsplit(target)
            except ValueError:
                yield found("B004", path, found=target, excerpt=target[:80])
                continue
            if parts.scheme == "file" or (loaded and leads_elsewhere(target)):
                yield found("B006", path, found=target, excerpt=target[:80])


def _styles(page: str) -> Iterator[str]:
    """Yield what a page says to the style of its elements; what stands in its texts says nothing."""
    for element in _ELEMENT.finditer(page):
        yield element[2]
        if element[1].lower() == "style":
            end = _DROPPED_END["style"].search(page, element.end())
            yield page[element.end() : end.start() if end else len(page)]


def foreign_loads(path: str, text: str) -> Iterator[Finding]:
    """Yield what style sheets load from other hosts."""
    return (found("B006", path, found=match[1], excerpt=match[1][:80]) for match in _CSS_LOAD.finditer(text))
