"""What disclosures have in common that they should not: one that was copied, one unit under two names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rectify.core.finding import Finding, found
from rectify.core.model import Disclosure
from rectify.core.site_map import REPORTS
from rectify.core.units import NO_UNITS, Units
from rectify.core.vocabulary import DISCLOSURE_KEYS, fold, word_of
from rectify.sources.folder import Folder

_LEVELS = frozenset("省市县区旗州镇乡")
_SHORTEST = 3
_PARTY_GROUP = re.compile("(?:中共)?(.{2,40})(?:党组|党委|党总支|党支部)")
"""What leads a body and is that body, in a list of who was inspected."""
_BRACKETS = str.maketrans("〔〕【】[]［］﹝﹞「」", "()" * 6)


def register(folders: Sequence[Folder], units: Units = NO_UNITS) -> Iterator[Finding]:
    """Yield the disclosures that are copies of another, and the units that are written in two ways; folders are public."""
    yield from _copies(folders)
    yield from _names([folder.disclosure for folder in folders if folder.disclosure], units)


def _copies(folders: Sequence[Folder]) -> Iterator[Finding]:
    """Yield what says the same of the same problems, or has the same number.

    One document may tell of two inspections, so that these are part of what makes two disclosures the same.
    """
    seen: defaultdict[tuple[object, ...], list[Folder]] = defaultdict(list)
    for folder in folders:
        disclosure = folder.disclosure
        if disclosure is None:
            continue
        inspection = (disclosure.inspection, disclosure.round, disclosure.feedback)
        told = seen[disclosure.unit, disclosure.title, disclosure.as_of, disclosure.published, *inspection]
        numbered = seen[_number(disclosure.doc_no), *inspection] if disclosure.doc_no else []
        titles = _titles(folder) if told else set()
        first = next((one for one in told if titles & _titles(one) or not folder.problems), None)
        if first := first or next(iter(numbered), None):
            yield found("S077", disclosure.path, 1, found=f"{REPORTS}/{first.id}/index.md")
        told.append(folder)
        numbered.append(folder)


def _number(doc_no: str) -> str:
    """Return a document number by which one is known however it is typed: 清档〔2025〕3号, 清档[2025]3号."""
    return fold(doc_no).translate(_BRACKETS)


def _titles(folder: Folder) -> set[str]:
    return {problem.title for problem in folder.problems}


def _names(disclosures: Sequence[Disclosure], units: Units) -> Iterator[Finding]:
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for disclosure in disclosures:
        paths[disclosure.unit].append(disclosure.path)
    label = word_of(DISCLOSURE_KEYS["unit"])
    spelled: dict[str, str] = {}
    for name in paths:
        first = spelled.setdefault(fold(name), name)
        if first != name:
            for path in paths[name]:
                yield found("S078", path, 1, 0, label, found=name, allowed=first, excerpt=paths[first][0])
    for whole in paths:
        for cut in range(1, len(whole) - _SHORTEST + 1):
            # 清川市档案馆 is 市档案馆 or 档案馆 with the name of its place; 水务局机关党委 is not 机关党委.
            short = whole[cut:]
            if short not in paths or (units.knows(short) and units.knows(whole)):
                continue
            if short[0] in _LEVELS or whole[cut - 1] in _LEVELS:
                for path in paths[short]:
                    yield found("S078", path, 1, 0, label, found=short, allowed=whole, excerpt=paths[whole][0])
        party = _PARTY_GROUP.fullmatch(whole)
        body = party[1] if party else ""
        if body not in paths or (units.knows(body) and units.knows(whole)):
            continue
        for path in paths[whole]:
            yield found("S078", path, 1, 0, label, found=whole, allowed=body, excerpt=paths[body][0])
