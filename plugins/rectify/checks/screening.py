"""Lines of a built site looked at for what must not be public whatever stands around it, each once in a process."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import unquote

from rectify.core.finding import Finding
from rectify.prose import OfficeWords, screen

_REFERENCE = re.compile(r"(?<![a-z0-9-])[a-z0-9]++-[a-z0-9-]++(?:/[0-9]{1,4}(?![0-9a-z-]|/[0-9]))?")
_CHECKSUM = re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*+[a-f])[0-9a-f]{12,64}(?![0-9A-Za-z])")
"""Of a release, a file or a text, as pages and the history cite them; by chance some of its digits are those of a card."""
_HEXADECIMAL = re.compile("[0-9a-f]{12}")
_NUMBER = re.compile(r"\d(?:\D{0,6}\d){4}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BETWEEN = re.compile(r'(": "|[：，。、,=&/（）\u3000]| - |\xa0· | )')
"""What pages and data put between texts of records that they say in one line."""
_SAID, _DAY_SAID = "\2", "\3"
_DATE = re.compile(r"(?<![\d.-])\d{4}(?:年\d\d?月\d\d?日|-\d\d-\d\d)(?![\d.-])")
_NUMBERS = re.compile(r"[0-9](?:(?:[^一-鿿]|[零一二三四五六七八九十两幺])*[0-9])?")
"""What no Chinese character but a figure parts, which is read as one number at most."""
_SHORT_NUMBER, _DIGIT = re.compile("[0-9]+"), re.compile("[0-9]")
_FEW_DIGITS, _LONGEST_NUMBER = 6, 4
"""Numbers with no more are told apart by their lengths alone: nobody can be known by these."""
SHORTEST, _SPEAKS_FOR_ITSELF = 4, 12
"""Characters of a text that is known wherever it stands, and of a line: what stands beside a shorter one may be a part of it."""
_MOST_DIGITS = 10
"""Of a reference; what is private by itself has more."""


def _may_name(line: str) -> bool:
    """Return whether a line may have a reference or a checksum in it."""
    return "-" in line or line.isascii()


def _any_numbers(match: re.Match[str]) -> str:
    numbers = _SHORT_NUMBER.findall(match[0])
    is_short = len(max(numbers, key=len)) <= _LONGEST_NUMBER and sum(map(len, numbers)) <= _FEW_DIGITS
    return _DIGIT.sub("1", match[0]) if is_short else match[0]


class Screening:
    """Looks at lines, and remembers those in which there was nothing.

    Lines are the same that differ by nothing but checksums, references to disclosures of the site, texts of its records in
    which nothing was found, days, and numbers too short to be anybody's.
    """

    def __init__(self, words: OfficeWords, ids: Collection[str] = ()):
        self._words = words
        self._ids = frozenset(ids)
        self._clean: set[int] = set()
        self._said: set[int] = set()
        """Hashes of what the sources say that were looked at."""
        self._begins: dict[int, int] = {}
        """Hashes of what these begin with, up to what may stand between two of them; how many such parts the longest has."""

    def know(self, texts: Iterable[str]) -> None:
        """Take a line for what it is without these texts, which a check of the sources found nothing in, each a whole one.

        Only those count that neither begin nor end within a number or a word in Latin letters.
        """
        for text in texts:
            if len(text) >= SHORTEST and not (text[0].isascii() or (text[-1].isascii() and text[-1].isalnum())):
                parts = _BETWEEN.split(text)
                begin = hash(parts[0])
                self._said.add(hash(text))
                self._begins[begin] = max(self._begins.get(begin, 0), len(parts))

    def trust(self, lines: Iterable[str]) -> None:
        """Take lines for clean that a check of the sources has looked at and found nothing in."""
        self._clean.update(hash(line) for line in lines if len(line) >= _SPEAKS_FOR_ITSELF)

    def findings(self, lines: Sequence[str], path: str) -> list[Finding]:
        """Return what must not be public in the lines of a page, which is place enough."""
        first: dict[int, int] = {}
        for number, line in enumerate(lines):
            key = hash(line)
            if not line or key in self._clean:
                continue
            shape = self._key(line)
            if shape in self._clean:
                self._clean.add(key)  # Most stand on many pages as they are.
                continue
            first.setdefault(shape, number)
        if not first:
            return []
        left: list[tuple[int, str]] = []
        for number in first.values():
            # What was not one after the other must not be read in one breath.
            if left and left[-1][0] != number - 1:
                left.append((number - 1, ""))
            left.append((number, self._neutral(lines[number])))
        findings = screen(left, path, self._words)
        dirty = {finding.line for finding in findings}
        self._clean.update(key for key, number in first.items() if number not in dirty)
        return [finding._replace(line=0, column=0) for finding in findings]

    def in_table(self, text: str, path: str) -> list[Finding]:
        """Return likewise what must not be public in a table of separated values; a number may have its label at the top."""
        try:
            rows = list(csv.reader(io.StringIO(text)))
        except csv.Error:
            return self.findings(text.split("\n"), path)
        cells = [cell for row in rows for cell in row if not _DAY.fullmatch(cell)]
        findings = self.findings([line for cell in cells for line in cell.split("\n")], path)
        numbers = [row for row in rows[1:] if any(map(self._has_number, row))]
        if numbers:
            tokens = {finding.token for finding in findings}
            lines = [",".join(row).replace("\n", " ") for row in (rows[0], *numbers)]
            findings += [one for one in self.findings(lines, path) if one.token not in tokens]
        return findings

    def _has_number(self, cell: str) -> bool:
        return bool(_NUMBER.search(cell) and not _DAY.fullmatch(cell) and _NUMBER.search(self._neutral(cell)))

    def is_clean(self, line: str) -> bool:
        """Return whether nothing was found in a line that was looked at."""
        return hash(line) in self._clean or self._key(line) in self._clean

    def _key(self, line: str) -> int:
        """Return a hash of what is left of a line without what does not tell private lines from others.

        There is one sign for every text that is known, one for every day, and numbers that are too short count by their lengths.
        """
        # What stands in codes is not taken for what they stand for.
        left = self._without_said(f"%{unquote(line)}" if "%" in line else line)
        left = _DATE.sub(_DAY_SAID, self._neutral(left))
        return hash(_NUMBERS.sub(_any_numbers, left))

    def _neutral(self, line: str) -> str:
        """Return a line with one sign for every reference, and another for every checksum."""
        if not _may_name(line):
            return line
        neutral = _REFERENCE.sub(self._same, line) if "-" in line else line
        return _CHECKSUM.sub("\x01", neutral) if _HEXADECIMAL.search(neutral) else neutral

    def _without_said(self, line: str) -> str:
        parts = _BETWEEN.split(line)
        if self._begins.keys().isdisjoint(map(hash, parts)):
            return line
        found, number = [], 0
        while number < len(parts):
            begins = number + self._begins.get(hash(parts[number]), 0)
            for end in range(min(begins, len(parts)), number, -2):
                if hash("".join(parts[number:end])) in self._said:
                    found.append(_SAID)
                    number = end
                    break
            else:
                found.append(parts[number])
                number += 1
        return "".join(found)

    def _same(self, match: re.Match[str]) -> str:
        said = match[0]
        if said.partition("/")[0] in self._ids and sum(map(str.isdigit, said)) <= _MOST_DIGITS:
            return "\0"
        return said
