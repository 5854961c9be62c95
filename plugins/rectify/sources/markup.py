"""What of a Markdown text would take the converter too long or too deep, said before anything converts it.

Python-Markdown follows some marks through the rest of their paragraph, and calls itself for each level of a list or
quotation. What that costs is reckoned here from the text alone, so that nobody waits for a text that nobody would write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rectify.core.comments import replace_comments
from rectify.core.finding import Finding, found

_DEEPEST = 100
"""Characters of indentation and list marks."""
_LEVELS = re.compile(r"(?:[ >*+\t-]|\d+\.)*+")

_MOST_PARAGRAPHS = 30_000
"""A thousand pages have a third of it."""

_WEIGHTS = {"[": 90, "`": 10, "\\": 1, "*": 1, "_": 1, "&": 1, "<": 1, "  \n": 1}
"""Nanoseconds that a mark takes for each character of its paragraph, about; measured by benchmarks/texts.py."""
_LINE_WEIGHT, _TITLE_WEIGHT, _FENCE_WEIGHT = 14, 3, 5
_LINE = re.compile(r"(?m)^ {0,3}(?:#|[-=*_][-=*_ ]*$)")
"""A heading, a rule, or the underlining of a heading: what stands behind it is read again."""
_FENCE = re.compile(r"(?m)^(?:```|~~~)")
"""The beginning of a block of code, whose end is looked for in the whole text."""
_HEAVIEST = 1_000_000_000
"""A second for one file. A paragraph of 20,000 characters may hold five hundred brackets."""
_ALWAYS_LIGHT = int((_HEAVIEST / max(_WEIGHTS.values())) ** 0.5)
"""Characters of which every one may be the heaviest mark."""

_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.) +\S")
_UNDER_HEAD = re.compile(r"[|:\- ]+")


class _Paragraph(NamedTuple):
    line: int
    length: int
    marks: int
    weight: int


def unconvertible(text: str, path: str, line: int) -> list[Finding]:
    """Return why a text, which begins at `line`, must not be converted: levels, paragraphs or marks beyond all reason."""
    findings = []
    for number, one in enumerate(text.split("\n"), start=line):
        if len(one) > _DEEPEST and _LEVELS.match(one).end() > _DEEPEST:  # type: ignore[union-attr] # matches anything
            findings.append(found("S043", path, number, found=_DEEPEST))
            break
    if len(text) <= _ALWAYS_LIGHT:
        return findings
    # The converter takes comments out, and with them the blank lines inside.
    paragraphs = list(_paragraphs(replace_comments(text, lambda match: match[0].replace("\n", "\0\n")), line))
    if len(paragraphs) > _MOST_PARAGRAPHS:
        beyond = paragraphs[_MOST_PARAGRAPHS].line
        findings.append(found("S047", path, beyond, found=len(paragraphs), allowed=_MOST_PARAGRAPHS))
    fences = len(_FENCE.findall(text)) * _FENCE_WEIGHT * len(text)
    if fences + sum(one.weight for one in paragraphs) > _HEAVIEST:
        worst = max(paragraphs, key=lambda one: one.weight)
        findings.append(found("S046", path, worst.line, found=worst.marks, allowed=worst.length))
    return findings


def _paragraphs(text: str, line: int) -> Iterator[_Paragraph]:
    """Yield what stands between blank lines, with what it weighs."""
    lines: list[str] = []
    for number, one in enumerate([*text.split("\n"), ""], start=line):
        if one.strip():
            lines.append(one)
        elif lines:
            yield _weighed(lines, number - len(lines))
            lines = []


def _weighed(lines: list[str], line: int) -> _Paragraph:
    whole = "\n".join(lines)
    marks = sum(map(whole.count, _WEIGHTS))
    headings = len(_LINE.findall(whole))
    weight = headings * _LINE_WEIGHT * len(whole)
    if "]:" in whole:
        weight += whole.count("(") * _TITLE_WEIGHT * len(whole)
    for one in lines if _is_list(lines) or _is_table(lines) else [whole]:
        weight += sum(one.count(mark) * each for mark, each in _WEIGHTS.items()) * len(one)
    return _Paragraph(line, len(whole), marks + headings, weight)


def _is_list(lines: list[str]) -> bool:
    """Return whether each line is an item of one list, and so converted by itself."""
    kinds = {match[0].strip()[0].isdigit() if (match := _ITEM.match(one)) else None for one in lines}
    return len(kinds) == 1 and None not in kinds


def _is_table(lines: list[str]) -> bool:
    """Return whether the lines are a table without any doubt, and so converted cell by cell."""
    if len(lines) < 2 or not _UNDER_HEAD.fullmatch(lines[1]) or any(sign in lines[0] for sign in "`\\"):
        return False
    head, line = lines[0].strip(), lines[1].strip()
    same = (head.startswith("|"), head.endswith("|")) == (line.startswith("|"), line.endswith("|"))
    return same and head.count("|") == line.count("|") > 1
