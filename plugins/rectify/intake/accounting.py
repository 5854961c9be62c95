"""Whether every line of a document went somewhere: into the draft, or into the report with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rectify.core.family import Family
from rectify.core.finding import Finding, found
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, SCOPES, STATUSES
from rectify.intake.draft import Draft
from rectify.intake.outline import Outline, Table
from rectify.intake.readers.page_words import LABELS as PAGE_LABELS
from rectify.intake.recognition.table_heads import find_header
from rectify.intake.recognition.words import LABELS, READ_AS_VALUES
from rectify.intake.understanding import Understanding, text_lines

_WORDS = re.compile("[\u3400-\u9fff]{2,}")
_SHORTEST = 4
"""Characters of Chinese in a line, fewer of which are a number, a date or a label."""
_MOST = 200
"""Lines that are reported; a document of which more is lost is another kind of trouble, which its problems show."""
_SAYS_SO = ("sheet_unused", "deadline_unreadable")
_PART = 4
_LABEL = re.compile("(?:^|(?<=[\\s，。；、]))[\u3400-\u9fff]{2,10}[：:]")
_VALUES = {
    *LABELS,
    *PAGE_LABELS,
    *(word for words in (STATUSES, FLAGS, SCOPES, DISCLOSURE_KEYS) for word in words.words()),
}
"""Labels, and words that a draft has as values."""
_AS_VALUES = re.compile("|".join(READ_AS_VALUES))


def left_out(understanding: Understanding, draft: Draft) -> Iterator[Finding]:
    """Return a finding for every line of a document that is neither in the draft nor reported already."""
    written = _Written(draft)
    recognition = understanding.recognition
    reported = {one.line for one in understanding.findings if one.family is Family.MARKS or one.kind in _SAYS_SO}
    reported |= {section.line for section in recognition.sections} | {one.group_line for one in recognition.problems}
    reported |= set(_heads(understanding.outline))
    count = 0
    for number, text in text_lines(understanding.outline):
        if number in reported or written.holds(text):
            continue
        count += 1
        if count > _MOST:
            return
        yield found("I066", understanding.outline.name, number, excerpt=" ".join(text.split())[:60])


def _heads(outline: Outline) -> Iterator[int]:
    """Return the lines that are the head of a table of problems."""
    for block in outline.blocks:
        if isinstance(block, Table) and (header := find_header(block)):
            yield from (row.line for row in block.rows[max(header.row - 1, 0) : header.row + 1])


class _Written:
    """What a draft says, to be searched line by line in about the order of the document."""

    def __init__(self, draft: Draft):
        parts = [*_strings(draft.values), draft.body]
        for problem in draft.problems:
            parts += [*_strings(problem.values), problem.body]
        self._text = "\n".join(re.sub(r"[\s\\\\]", "", part) for part in parts)
        self._cursor = 0

    def holds(self, line: str) -> bool:
        """Return whether most of what a line says is there; words that are read as values are not looked for."""
        bare = _AS_VALUES.sub(" ", _LABEL.sub(" ", line))
        words = [word for word in _WORDS.findall(bare) if word not in _VALUES]
        size = sum(map(len, words))
        return size < _SHORTEST or sum(map(self._held, words)) * 2 >= size

    def _held(self, word: str) -> int:
        """Return how many characters of a word are there, in the whole or in parts."""
        at = self._text.find(word, self._cursor)
        if at >= 0:
            self._cursor = at
        if at >= 0 or word in self._text:
            return len(word)
        parts = [word[at : at + _PART] for at in range(0, len(word), _PART)]
        return sum(len(part) for part in parts if len(part) == _PART and part in self._text)


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _strings(one)
