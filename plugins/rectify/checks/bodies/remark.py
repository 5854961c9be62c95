"""What is told of a body of Markdown, and how it is mended where that needs no judgement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rectify.checks.code_spans import blank_code
from rectify.core.finding import Finding, found

_NEXT_LINE = re.compile(r"[^\n]\n[^\n]")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


class Edit(NamedTuple):
    """Some characters of one line in place of others."""

    line: int
    """As the findings count."""
    start: int
    """From 0."""
    length: int
    text: str


class Remark(NamedTuple):
    """A finding with the edits that mend it, none where a person must."""

    finding: Finding
    edits: tuple[Edit, ...] = ()


class Block(NamedTuple):
    """Lines without a blank one between them."""

    first: int
    """The number of its first line."""
    lines: tuple[str, ...]


class Text:
    """A body for the rules: its lines, which hold blanks for comments, and its blocks without blocks of code."""

    def __init__(self, lines: Sequence[tuple[int, str]], path: str, *, is_page: bool = False):
        self.path = path
        self.is_page = is_page
        """Whether it is an ordinary page, whose title is a heading of its own and which has the site's extensions."""
        self._lines = lines
        self.whole = "\n".join([line for _, line in lines])
        self.characters = frozenset(self.whole)
        """By which a rule sees at once that nothing it looks for can be there."""

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Numbered lines outside blocks of code, blanks in place of code inside them."""
        lines = [(number, line) for number, line in self._outside() if line.strip()]
        return tuple((number, blank_code(line)) for number, line in lines) if "`" in self.whole else tuple(lines)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of several lines, code inside lines as written."""
        if not _NEXT_LINE.search(self.whole):
            return ()
        blocks: list[Block] = []
        open_lines: list[str] = []
        before = -1
        for number, line in (*self._outside(), (-1, "")):
            if open_lines and (number != before + 1 or not line.strip()):
                if len(open_lines) > 1:
                    blocks.append(Block(before - len(open_lines) + 1, tuple(open_lines)))
                open_lines = []
            if line.strip():
                open_lines.append(line)
                before = number
        return tuple(blocks)

    def _outside(self) -> Iterator[tuple[int, str]]:
        if "```" not in self.whole and "~~~" not in self.whole:
            yield from self._lines
            return
        fenced = False
        for number, line in self._lines:
            if _FENCE.match(line):
                fenced = not fenced
            elif not fenced:
                yield number, line

    def remark(
        self, rule: str, line: int, start: int = 0, *, edits: Iterable[Edit] = (), **values: str | int
    ) -> Remark:
        """Return a remark on a place of the text."""
        return Remark(found(rule, self.path, line, start + 1, "", **values), tuple(edits))


def mended(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, every other character as it was; of two that touch, the first."""
    lines = text.split("\n")
    last: dict[int, int] = {}
    for edit in sorted(set(edits), reverse=True):
        if edit.start + edit.length <= last.get(edit.line, len(lines[edit.line - 1])):
            line = lines[edit.line - 1]
            lines[edit.line - 1] = f"{line[: edit.start]}{edit.text}{line[edit.start + edit.length :]}"
            last[edit.line] = edit.start
    return "\n".join(lines)
