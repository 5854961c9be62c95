"""What disclosures have in common that they should not: one that was copied, one unit under two names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rectify.core.finding import Finding, found
from rectify.core.model import Disclosure
from rectify.core.vocabulary import DISCLOSURE_KEYS, word_of

_LEVELS = frozenset("省市县区旗州镇乡")
_SHORTEST = 3


def register(disclosures: Sequence[Disclosure]) -> Iterator[Finding]:
    """Yield the disclosures that are copies of another, and the units that are written in two ways."""
    yield from _copies(disclosures)
    yield from _names(disclosures)


def _copies(disclosures: Sequence[Disclosure]) -> Iterator[Finding]:
    """One document may tell of two inspections, so that these are part of what makes two disclosures the same."""
    seen: dict[tuple[object, ...], Disclosure] = {}
    for disclosure in disclosures:
        inspection = (disclosure.inspection, disclosure.round, disclosure.feedback)
        same: list[tuple[object, ...]] = [
            (disclosure.unit, disclosure.title, disclosure.as_of, disclosure.published, *inspection)
        ]
        if disclosure.doc_no:
            same.append((disclosure.doc_no, *inspection))
        first = next((seen[key] for key in same if key in seen), None)
        if first:
            yield found("S077", disclosure.path, 1, found=first.path)
        for key in same:
            seen.setdefault(key, disclosure)


def _names(disclosures: Sequence[Disclosure]) -> Iterator[Finding]:
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for disclosure in disclosures:
        paths[disclosure.unit].append(disclosure.path)
    label = word_of(DISCLOSURE_KEYS["unit"])
    for whole in paths:
        for cut in range(1, len(whole) - _SHORTEST + 1):
            # 清川市档案馆 is 市档案馆 or 档案馆 with the name of its place; 水务局机关党委 is not 机关党委.
            short = whole[cut:]
            if short in paths and (short[0] in _LEVELS or whole[cut - 1] in _LEVELS):
                for path in paths[short]:
                    yield found("S078", path, 1, 0, label, found=short, allowed=whole, excerpt=paths[whole][0])
