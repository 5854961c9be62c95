"""Headings: of a level that the page has used up, that skip one, that nobody meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rectify.checks.bodies.remark import Edit, Remark, Text

_HEADING = re.compile(r"(#{1,6})[ \t]*[^#\s]")
_NUMBER_OR_TOPIC = re.compile(r"#(?:\d|[^#\s]{1,30}#(?!#))")
"""#3 楼, and a topic between two signs."""
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")
_RULE = 3
_SENTENCE = re.compile(r"[。；，！？…、：][”’）》]*\s*\Z")
_LONG = 40
_FIELD = re.compile(r"[A-Za-z_]+: ")
"""A second front matter, as some programs export it."""
_DEEPEST = 6


def headings(text: Text) -> Iterator[Remark]:
    """Yield what is wrong with the headings of a body."""
    if not text.characters.isdisjoint("=-"):
        yield from _underlined(text)
    if text.whole.startswith("#") or "\n#" in text.whole:
        yield from _marked(text)


def _marked(text: Text) -> Iterator[Remark]:
    levels: list[tuple[int, int]] = []
    for number, line in text.lines:
        if not line.startswith("#"):
            continue
        if _NUMBER_OR_TOPIC.match(line):
            yield text.remark("S104", number, edits=[Edit(number, 0, 0, "\\")], excerpt=line.strip()[:20])
        elif match := _HEADING.match(line):
            levels.append((number, len(match[1])))
    firsts = [number for number, level in levels if level == 1][text.is_page :]
    for number in firsts:
        # All that stand behind go down by one, so that they keep their order.
        below = [one for one in levels if one[0] >= (firsts[0] if text.is_page else 0)]
        lowers = number == firsts[0] and all(level < _DEEPEST for _, level in below)
        yield text.remark("S103", number, edits=[Edit(place, 0, 0, "#") for place, _ in below] if lowers else ())
    for (_, above), (number, level) in pairwise(levels):
        if level > above + 1:
            yield text.remark("S106", number, found=level, allowed=above + 1)


def _underlined(text: Text) -> Iterator[Remark]:
    for block in text.blocks:
        lines = block.lines
        for place, (line, under) in enumerate(pairwise(lines)):
            # What stands behind a rule or a heading begins anew.
            begins = place == 0 or _UNDERLINE.fullmatch(lines[place - 1]) or lines[place - 1].startswith("#")
            if not begins or line[0] in "#>|-=" or not _UNDERLINE.fullmatch(under):
                continue
            head, number = line.strip(), block.first + place + 1
            is_sentence = bool(_SENTENCE.search(head)) or len(head) > _LONG
            if is_sentence or _FIELD.match(head):
                rule = "\n---" if under[0] == "=" else f"\n{under}"
                edits = [Edit(number, 0, len(under), rule)] if is_sentence and len(under.strip()) >= _RULE else ()
                yield text.remark("S104", number - 1, edits=edits, excerpt=head[:20])
            elif under[0] == "=" and not text.is_page:
                edits = [Edit(number - 1, 0, 0, "## "), Edit(number, 0, len(under), "")]
                yield text.remark("S103", number - 1, edits=edits)
