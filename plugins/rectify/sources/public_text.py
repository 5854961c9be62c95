"""What of a source file reaches the public: the values of its front matter without internal keys, and its body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from rectify.core.comments import blank_comments
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, Keys
from rectify.sources.front_matter import FrontMatter

_DATA = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=%]{20,}")
"""No words: what looks like a number in it is none."""

_LABELLED = {"contact"}
"""Keys whose nested keys are kept: what a number is for stands in front of it."""


_DAYS = {
    word
    for keys in (DISCLOSURE_KEYS, PROBLEM_KEYS, *RECORDS.values())
    for key in keys
    if key.kind in ("date", "deadline")
    for word in (key.name, key.label, *key.aliases)
}
"""Keys of days, which are no words: 20240305 has not lost its 年 and 月. Whatever is none is an error of its own."""


class PublicText(NamedTuple):
    """The public text of one source file, for rules that read text."""

    path: str
    lines: tuple[tuple[int, str], ...]
    """Line number and text; characters stand in the columns of the file, keys and signs of YAML are blanks."""
    keys: Mapping[str, int]
    """Line of each top-level key, by its English name."""
    body_line: int
    source: str = ""
    """The whole text, with what is not public."""


def public_text(text: str, path: str, parsed: FrontMatter, keys: Keys, lines_of_keys: Mapping[str, int]) -> PublicText:
    """Return the public text of a source text that was parsed; without a readable front matter, that of the body alone."""
    head = list(_values(parsed, keys)) if parsed.node is not None else []
    return PublicText(path, (*head, *body_lines(text, parsed.body_line)), lines_of_keys, parsed.body_line, text)


def body_lines(text: str, first: int) -> list[tuple[int, str]]:
    """Return the numbered lines of a text from one on, with blanks for comments and for the data of pictures."""
    body = blank_comments("\n".join(text.split("\n")[first - 1 :]))
    if ";base64," in body:
        body = _DATA.sub(lambda match: " " * len(match[0]), body)
    return list(enumerate(body.split("\n"), start=first))


def _values(parsed: FrontMatter, keys: Keys) -> Iterator[tuple[int, str]]:
    copied = _Copied(parsed.head)
    seen: set[int] = set()
    for key_node, value_node in parsed.node.value if parsed.node else ():
        key = keys.find(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
        if key is not None and (key.internal or key.name in _DAYS):
            continue
        for scalar in _scalars(value_node, key is not None and key.name in _LABELLED, seen):
            copied.add(scalar)
    return ((number, line) for number, line in enumerate(copied.lines, start=2) if line.strip())


def _scalars(node: yaml.Node, labelled: bool, seen: set[int]) -> list[yaml.ScalarNode]:
    """Return the scalars of a value in order, each once; with `labelled`, the keys among them."""
    # A file can nest thousands of lists, so no recursion; and with an alias a list can hold itself, or double a thousand times.
    found: list[yaml.ScalarNode] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            found.append(node)
        elif isinstance(node, yaml.MappingNode):
            worded = [
                pair for pair in node.value if not (isinstance(pair[0], yaml.ScalarNode) and pair[0].value in _DAYS)
            ]
            waiting += reversed([part for pair in worded for part in pair[not labelled :]])
        else:
            waiting += reversed(node.value)
    return found


def coded_values(parsed: FrontMatter) -> Iterator[tuple[int, str]]:
    """Yield the values of a front matter that are written with codes of characters, as they are read, each at its line."""
    for scalar in _scalars(parsed.node, True, set()) if parsed.node is not None else ():
        if _is_coded(scalar, parsed.head):
            yield scalar.start_mark.line + 2, _in_one_line(scalar)


def _is_coded(node: yaml.ScalarNode, head: tuple[str, ...]) -> bool:
    return node.style == '"' and any("\\" in line for line in head[node.start_mark.line : node.end_mark.line + 1])


def _in_one_line(node: yaml.ScalarNode) -> str:
    return node.value.replace("\n", " ")


class _Copied:
    """The lines of a front matter with what some nodes cover at its columns, and blanks for the rest."""

    def __init__(self, head: tuple[str, ...]):
        self._head = head
        self.lines = [""] * len(head)
        self._reached = [0] * len(head)

    def add(self, node: yaml.ScalarNode) -> None:
        """Copy a node without quotation marks or the sign of a block; one with codes of characters as it is read."""
        start, end = node.start_mark, node.end_mark
        first, last, style = start.line, end.line, node.style
        if first == last and not style:
            if node.value not in ("", "null"):  # which is how a program writes that there is nothing
                self._copy(first, start.column, end.column)
            return
        if _is_coded(node, self._head):
            self.lines[first] += " " * (start.column + 1 - self._reached[first]) + _in_one_line(node)
            for number in range(first, min(last + 1, len(self._head))):
                self._reached[number] = end.column if number == last else len(self._head[number])
            return
        quoted, block = int(style in ("'", '"')), int(style in ("|", ">"))
        for number in range(first + block, min(last + 1, len(self._head))):
            stop = end.column - quoted if number == last else len(self._head[number])
            self._copy(number, start.column + quoted if number == first else 0, stop)

    def _copy(self, number: int, begin: int, stop: int) -> None:
        reached = self._reached[number]
        begin = max(begin, reached)
        if stop > begin:
            piece = self._head[number][begin:stop]
            self.lines[number] += " " * (begin - reached) + piece
            self._reached[number] = begin + len(piece)
