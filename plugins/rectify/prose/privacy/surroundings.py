"""What stands around a place in a text: the words before and after it in its sentence, the head of its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from rectify.core.patterns import compiled
from rectify.prose.privacy.alike import BLANKS
from rectify.prose.privacy.reading import APART
from rectify.prose.privacy.whose import Whose

_BEFORE = 60
"""Characters that are looked at on either side; signs and blanks between them do not count for the rules."""
_AFTER = 24
_SIGNS = compiled(rf"[{BLANKS}*_`~>#|]+")
_ENDED, _CLOSED = re.compile(r"[。；;！？\n](?=.)", re.DOTALL), compiled(r"[。\n\0]")
_CELLS = "|\t,"
_LONGEST_ROW = 2000
_LONGEST_SPACED = 200
_COLUMN = compiled(r"[一-鿿（）()/]{1,12}")


class Surroundings:
    """The surroundings of every place in a text as it is read."""

    def __init__(self, text: str, named: Iterable[tuple[int, int]] = ()):
        self._text = text
        self.whose = Whose(text, named)
        self._starts = [0, *(match.end() for match in re.finditer(f"[\n{APART}]", text))]
        self._tops: dict[str, dict[int, int]] = {}
        self._said: dict[int, str] = {}
        """Before the places that were asked for, each for many kinds of numbers."""
        self._told: dict[int, str] = {}
        """Behind them."""
        self._headed: dict[int, str] = {}
        """At the top of their columns."""

    def before(self, start: int, since: int = 0) -> str:
        """Return the words of the sentence before a place; where it begins a line, the line before counts as well.

        What stands before `since` is left out.
        """
        if since:
            return self._before(start, since)
        if start not in self._said:
            self._said[start] = self._before(start)
        return self._said[start]

    def _before(self, start: int, since: int = 0) -> str:
        index = self._line(start)
        begin = self._starts[index]
        nothing = begin == start or _SIGNS.fullmatch(self._text, begin, start)
        if index and nothing and APART != self._text[begin - 1]:
            begin = self._starts[index - 1]
        said = self._text[max(begin, start - _BEFORE, since) : start]
        return _SIGNS.sub("", _ENDED.split(said)[-1])

    def after(self, end: int) -> str:
        """Return the words after a place on its line."""
        if end not in self._told:
            self._told[end] = _SIGNS.sub("", _CLOSED.split(self._text[end : end + _AFTER], maxsplit=1)[0])
        return self._told[end]

    def line(self, start: int) -> str:
        """Return the line of a place, cut where it is long."""
        begin = self._starts[self._line(start)]
        return self._text[max(begin, start - 3 * _BEFORE) : self._end(self._line(start), start + 3 * _BEFORE)]

    def head(self, start: int) -> str:
        """Return what stands at the top of the column of a place, empty outside a table."""
        if start not in self._headed:
            self._headed[start] = self._head(start)
        return self._headed[start]

    def _head(self, start: int) -> str:
        heads, sign = self._heads(start)
        if not sign:
            return ""
        row, parted = self._text[self._starts[self._line(start)] : start], None if sign == " " else sign
        column = row.count(sign) if parted else len(row.split())
        cells = heads.split(parted)
        return _SIGNS.sub("", cells[column])[:40] if column < len(cells) else ""

    def heads(self, start: int) -> str:
        """Return the top of the table that a place is in, empty outside one."""
        return self._heads(start)[0]

    def _heads(self, start: int) -> tuple[str, str]:
        """Return the top line of a table and what parts its cells; both are empty outside one."""
        index = self._line(start)
        begin = self._starts[index]
        sign = next((sign for sign in _CELLS if sign in self._text[begin : self._end(index, begin + _LONGEST_ROW)]), "")
        sign = sign or " "
        top = self._top(index, sign) if start - begin <= _LONGEST_ROW else index
        if top == index:
            return "", ""
        heads = self._text[self._starts[top] : self._end(top, self._starts[top] + _LONGEST_ROW)]
        if sign == " " and not self._is_headed(heads, begin, self._end(index, begin + _LONGEST_SPACED)):
            return "", ""
        return heads, sign

    def _is_headed(self, heads: str, begin: int, end: int) -> bool:
        """Return whether a row of words that blanks part has as many as the line above all of them, which has names alone."""
        names = heads.split()
        return (
            len(heads) <= _LONGEST_SPACED
            and 1 < len(names) == len(self._text[begin:end].split())
            and all(_COLUMN.fullmatch(name) for name in names)
        )

    def _line(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _end(self, index: int, limit: int) -> int:
        return min(limit, self._starts[index + 1] - 1 if index + 1 < len(self._starts) else len(self._text))

    def _top(self, index: int, sign: str) -> int:
        """Return the first of the lines with cells that stand together."""
        above, passed = index, []
        tops = self._tops.setdefault(sign, {})
        while above not in tops and above and sign in self._text[self._starts[above - 1] : self._starts[above]]:
            passed.append(above)
            above -= 1
        top = tops.get(above, above)
        tops.update(dict.fromkeys(passed, top))
        return top
