"""Pages read in parts, each once: most lines of a page stand on many others, and what they say and do is the same there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rectify.checks.active_page import active_findings, may_act
from rectify.checks.built_page import (
    attributes,
    look,
    spoken_lines,
    text_lines,
    whole_text,
    with_quotes,
    without_scripts,
)
from rectify.checks.leaks import Needle, find_needles
from rectify.checks.screening import Screening
from rectify.core.finding import Finding

_LONGEST = 50
"""Lines that one part may have; where a page does not come to an end of one within these, all the rest is one."""
_CODE = re.compile(r"<(?:script|style)\b", re.I)


class _Part(NamedTuple):
    """What a part of a page says and does."""

    lines: tuple[str, ...] = ()
    """Texts that are not known to be clean."""
    spoken: tuple[str, ...] = ()
    """Of attributes, likewise."""
    ids: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    loads: tuple[Finding, ...] = ()
    runs: tuple[Finding, ...] = ()
    leaked: tuple[Needle, ...] = ()


_NOTHING = _Part()


class PageSeen(NamedTuple):
    """What stands on a page and where it leads."""

    ids: frozenset[str]
    links: tuple[str, ...]
    """Addresses within the site, as written, each once."""
    findings: tuple[Finding, ...]
    leaked: tuple[Needle, ...]


class PageReader:
    """Reads pages, and remembers what it has seen of their parts."""

    def __init__(self, screening: Screening, scripts: frozenset[str], needles: Sequence[Needle]):
        self._screening, self._scripts = screening, scripts
        # A text of several lines may begin in one part and end in the next.
        self._needles = [needle for needle in needles if "\n" not in needle.text]
        self._long_needles = [needle for needle in needles if "\n" in needle.text]
        self._known: dict[int, _Part] = {}
        self._empty: set[int] = set()
        """Hashes of the parts that say and do nothing: by far the most."""
        self._once: set[int] = set()
        self._twice: set[int] = set()
        """Of those that were met so often: what a problem says stands on its page and in the full text."""
        self._open: set[int] = set()
        """Of lines that are no whole part."""

    def read(self, path: str, page: str) -> PageSeen:
        """Return what a page holds; its lines end in line feeds."""
        page = with_quotes(page)
        parts: list[_Part] = []
        new: list[tuple[int, str]] = []
        first: list[str] = []
        for key, text in self._divide(page):
            if part := self._known.get(key):
                parts.append(part)
            elif key in self._twice:
                new.append((key, text))
            else:
                (self._twice if key in self._once else self._once).add(key)
                first.append(text)
        # Most of what is met for the first time or the second is never met again, and is read together with the rest of it.
        *fresh, rest = self._read_all([*(text for _, text in new), "\n".join(first)])
        parts += [*fresh, rest]
        lines = [line for part in parts for line in part.lines]
        findings = self._screening.findings([*lines, *(line for part in parts for line in part.spoken)], path)
        for (key, _), part in zip(new, fresh):
            self._remember(key, part, not findings)
        loads = {one.excerpt: one for part in parts for one in part.loads}
        runs = [one for part in parts for one in part.runs]
        leaked = [needle for part in parts for needle in part.leaked]
        if self._long_needles:
            leaked += find_needles(self._long_needles, whole_text(page))
        return PageSeen(
            frozenset().union(*(part.ids for part in parts)),
            tuple(dict.fromkeys(link for part in parts for link in part.links)),
            (*findings, *(one._replace(path=path) for one in (*loads.values(), *runs))),
            tuple(dict.fromkeys(leaked)),
        )

    def _divide(self, page: str) -> Iterator[tuple[int, str]]:
        """Yield the parts of a page that say or do something, with their hashes."""
        empty, opened = self._empty, self._open
        lines = page.split("\n")
        number, count = 0, len(lines)
        while number < count:
            part = lines[number]
            key = hash(part)
            number += 1
            if key in empty:
                continue
            first = number
            while key in opened or (key not in self._known and not _is_whole(part)):
                opened.add(key)
                end = number + 1 if number - first < _LONGEST else count
                if number >= count:
                    break
                part = "\n".join([part, *lines[number:end]])
                key, number = hash(part), end
            if key not in empty:
                yield key, part

    def _read_all(self, texts: list[str]) -> list[_Part]:
        # What is on hardly any page is looked for in all of them first.
        together = "\n".join(texts)
        leaks = any(find_needles(self._needles, whole_text(together))) if self._needles else False
        runs = may_act(together) and any(active_findings("", together.encode("utf-8", "replace"), self._scripts))
        return [self._read(text, leaks, runs) for text in texts]

    def _read(self, text: str, leaks: bool, runs: bool) -> _Part:
        lines = tuple(filter(None, text_lines(text)))
        named = attributes(f"\n{text}", lines) if "=" in text else []
        page, loads = look("", text, named)
        return _Part(
            lines,
            tuple(filter(None, spoken_lines(named))) if named else (),
            page.ids,
            page.links,
            tuple(loads),
            tuple(active_findings("", text.encode("utf-8", "replace"), self._scripts)) if runs else (),
            tuple(find_needles(self._needles, whole_text(text))) if leaks else (),
        )

    def _remember(self, key: int, part: _Part, is_page_clean: bool) -> None:
        """Keep what is to be said of a part on every page that has it."""
        is_clean = is_page_clean or all(map(self._screening.is_clean, (*part.lines, *part.spoken)))
        kept = part._replace(lines=(), spoken=()) if is_clean else part
        if kept == _NOTHING:
            self._empty.add(key)
        else:
            self._known[key] = kept


def _is_whole(text: str) -> bool:
    """Return whether what begins in a text ends in it as well, however a program may read it: tags, values, comments, scripts."""
    if ("<s" in text or "<S" in text) and _CODE.search(text):
        text = without_scripts(text)
        if _CODE.search(text):
            return False
    return (
        text.count("<") == text.count(">")
        and text.rfind("<") <= text.rfind(">")
        and text.count('"') % 2 == text.count("'") % 2 == 0
        and ("--" not in text or text.count("<!--") == text.count("-->"))
    )
