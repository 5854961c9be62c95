"""Words of a front matter that YAML leaves out without a word: behind a number sign, behind the signs of tags and anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from rectify.core.finding import Finding, found
from rectify.core.language import N_
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, fold

_ALL = (DISCLOSURE_KEYS, PROBLEM_KEYS, *RECORDS.values())
_TYPED = {"date", "deadline", "number", "counts", "status", "genre", "scope", "flags", "priorities"}
"""Kinds whose value is complete or an error, whatever stands behind it."""
_COMPLETE = {
    fold(word) for keys in _ALL for key in keys if key.kind in _TYPED for word in (key.name, key.label, *key.aliases)
}

_BEHIND = re.compile(r"(?P<between>[ \t,\]}]++)#(?P<words>.*)")
_OPENS = re.compile(r"[:\-]\s++(?=[\[{])")
_SIGN_OR_QUOTE = re.compile(r"'[^']*+'|\"[^\"]*+\"|(?<=[ \t])#(?P<words>.*)")


def lost_words(top: yaml.Node, lines: Sequence[str], path: str) -> Iterator[Finding]:
    """Yield where a composed front matter lost words of its lines."""
    yield from _of_node(top, "", lines, path, set())


def lost_in_brackets(lines: Sequence[str], path: str) -> Iterator[Finding]:
    """Yield the number signs that cut a list or mapping off before its bracket, which no longer is one then."""
    for number, line in enumerate(lines, start=2):
        opening = _OPENS.search(line)
        match = (
            next((one for one in _SIGN_OR_QUOTE.finditer(line, opening.end()) if one[0][0] == "#"), None)
            if opening
            else None
        )
        if match and not _is_comment("  ", match["words"]):
            yield found(
                "S074", path, number, match.start("words"), line.partition(":")[0].strip(" -"), excerpt=_shown(match)
            )


def _of_node(node: yaml.Node, key: str, lines: Sequence[str], path: str, seen: set[int]) -> Iterator[Finding]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _of_node(value, str(name.value), lines, path, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _of_node(item, key, lines, path, seen)
    elif isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">"):
        yield from _before(node, key, lines, path)
        yield from _behind(node, key, lines, path)


def _before(node: yaml.ScalarNode, key: str, lines: Sequence[str], path: str) -> Iterator[Finding]:
    mark = node.start_mark
    # A key behind a question mark, without a value, has one that begins behind the last line.
    sign = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    if sign == "!":
        yield found("S012", path, mark.line + 2, mark.column + 1, key, found=N_("值以特殊字符开头"))
    elif sign == "&":
        yield found("S015", path, mark.line + 2, mark.column + 1, key)


def _behind(node: yaml.ScalarNode, key: str, lines: Sequence[str], path: str) -> Iterator[Finding]:
    mark = node.end_mark
    match = _BEHIND.match(lines[mark.line], mark.column) if mark.line < len(lines) else None
    if match is None or (node.value and fold(key) in _COMPLETE):
        return
    between = match["between"]
    closing = between.strip(" \t")
    if not between[-1].isspace():
        return
    if not _is_comment("  " if node.style or closing or not node.value else between, match["words"]):
        yield found("S074", path, mark.line + 2, match.start("words"), key, excerpt=_shown(match))


def _is_comment(blanks: str, words: str) -> bool:
    """Return whether a comment was meant: set apart from the value on both sides, and no number of a thing."""
    said = words.lstrip()
    return not said or (len(blanks) > 1 and said != words and not said[0].isdigit())


def _shown(match: re.Match[str]) -> str:
    return f"#{match['words']}"[:40]
