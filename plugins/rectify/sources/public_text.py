"""What of a source file reaches the public: the values of its front matter without internal keys, and its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from rectify.core.comments import blank_comments
from rectify.core.vocabulary import Keys
from rectify.sources.front_matter import FrontMatter

_LABELLED = {"contact"}
"""Keys whose nested keys are kept: what a number is for stands in front of it."""


class PublicText(NamedTuple):
    """The public text of one source file, for rules that read text."""

    path: str
    lines: tuple[tuple[int, str], ...]
    """Line number and text; characters stand in the columns of the file, keys and signs of YAML are blanks."""
    keys: Mapping[str, int]
    """Line of each top-level key, by its English name."""
    body_line: int


def public_text(text: str, path: str, parsed: FrontMatter, keys: Keys, lines_of_keys: Mapping[str, int]) -> PublicText:
    """Return the public text of a source text that was parsed; without a readable front matter, that of the body alone."""
    head = list(_values(parsed, keys)) if parsed.node is not None else []
    start = parsed.body_line - 1
    body = list(enumerate(blank_comments("\n".join(text.split("\n")[start:])).split("\n"), start=start + 1))
    return PublicText(path, (*head, *body), lines_of_keys, parsed.body_line)


def _values(parsed: FrontMatter, keys: Keys) -> Iterator[tuple[int, str]]:
    lines = [""] * len(parsed.head)
    for key_node, value_node in parsed.node.value if parsed.node else ():
        key = keys.find(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
        if key is not None and key.internal:
            continue
        for scalar in _scalars(value_node, labelled=key is not None and key.name in _LABELLED):
            _copy(parsed.head, lines, scalar)
    return ((number, line) for number, line in enumerate(lines, start=2) if line.strip())


def _scalars(node: yaml.Node, labelled: bool) -> Iterator[yaml.ScalarNode]:
    """Yield the scalars of a value in order; with `labelled`, the keys among them."""
    # A file can nest thousands of lists, so no recursion; and with an alias a list can hold itself, or double a thousand times.
    waiting, seen = [node], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            waiting += reversed([part for pair in node.value for part in pair[not labelled :]])
        else:
            waiting += reversed(node.value)


def _copy(head: tuple[str, ...], lines: list[str], node: yaml.ScalarNode) -> None:
    """Copy what a node covers into the blank lines, at its columns, without quotation marks or the sign of a block."""
    start, end = node.start_mark, node.end_mark
    quoted = int(bool(node.style) and node.style in "\"'")
    block = int(bool(node.style) and node.style in "|>")
    for number in range(start.line + block, min(end.line + 1, len(head))):
        begin = start.column + quoted if number == start.line else 0
        stop = end.column - quoted if number == end.line else len(head[number])
        if stop > begin:
            lines[number] = f"{lines[number].ljust(begin)}{head[number][max(begin, len(lines[number])) : stop]}"
