"""Pages whose words were looked at before they were made, read for what only the making can get wrong.

That is where they lead, what a link may name in them, what they load and run, and texts that are for no page. A page of our
templates is looked at line by line, each line once: most stand on many others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rectify.checks.active_page import active_findings, may_act
from rectify.checks.built_page import attributes, look, whole_text
from rectify.checks.leaks import Needle, find_needles
from rectify.checks.page_parts import PageSeen

_ATTRIBUTE = r'(?: (?:type|src|fetchpriority)="[\w./+-]*"| defer)*'
_PLAIN_SCRIPT = re.compile(
    rf'<script type="application/ld\+json">[^<>\n]*</script>|<script{_ATTRIBUTE} src="[\w./+-]*"{_ATTRIBUTE}></script>'
)
"""What a page says to programs, which `<` never stands in, and scripts by their addresses, which are looked at as links are."""


class _Line(NamedTuple):
    """What a line names and where it leads."""

    ids: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()


_NOTHING, _ONCE, _TWICE = _Line(), _Line(frozenset("1")), _Line(frozenset("2"))
"""Most lines do nothing. What a problem says stands on its page and in the full text: only what is met more often is kept."""


class MadePageReader:
    """Reads pages, and remembers what it has seen of their lines."""

    def __init__(self, scripts: frozenset[str], needles: Sequence[Needle]):
        self._scripts = scripts
        self._needles = [needle for needle in needles if "\n" not in needle.text]
        self._long_needles = [needle for needle in needles if "\n" in needle.text]
        self._known: dict[int, _Line] = {}
        """By the hash of a line."""

    def read(self, path: str, page: str) -> PageSeen:
        """Return what a page holds; its lines end in line feeds."""
        known = self._known
        lines: list[_Line] = []
        often: list[tuple[int, str]] = []
        fresh: list[str] = []
        for line in page.split("\n"):
            key = hash(line)
            met = known.get(key)
            if met is _NOTHING:
                continue
            if met is None or met is _ONCE:
                known[key] = _ONCE if met is None else _TWICE
                fresh.append(line)
            elif met is _TWICE:
                often.append((key, line))
            else:
                lines.append(met)
        text = "\n".join(["", *(line for _, line in often), *fresh])
        seen, findings = look(path, text, attributes(text))
        if findings or _acts(text):  # on hardly any page
            findings = look(path, page, attributes(page))[1]
            findings += active_findings(path, page.encode("utf-8", "replace"), self._scripts)
        leaked = list(find_needles(self._needles, whole_text(text))) if self._needles else []
        if self._long_needles:
            leaked += find_needles(self._long_needles, whole_text(page))
        if not findings and not leaked:
            known |= {key: _read(f"\n{line}") for key, line in often if not _acts(f"\n{line}")}
        return PageSeen(
            seen.ids.union(*(line.ids for line in lines)),
            tuple(dict.fromkeys(link for links in (*(line.links for line in lines), seen.links) for link in links)),
            tuple(findings),
            tuple(dict.fromkeys(leaked)),
        )


def _read(line: str) -> _Line:
    page, _loads = look("", line, attributes(line))
    return _Line(page.ids, page.links) if page.ids or page.links else _NOTHING


def _acts(text: str) -> bool:
    """Return whether lines, each behind a line feed, may do anything, together with others of the page or alone.

    Plain scripts do nothing.
    """
    return may_act(_PLAIN_SCRIPT.sub("", text) if "<script" in text else text)
