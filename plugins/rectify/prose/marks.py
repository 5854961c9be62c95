"""Marks of origin and handling: paid-content markers, notices of pirate sites, internal and secrecy marks, inner paths."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.foreign_marks import foreign_marks
from rectify.prose.handling import Mark, marks_within, stands_alone
from rectify.prose.likely_marks import likely_marks
from rectify.prose.mark_hints import hinted
from rectify.prose.notices import notices
from rectify.prose.passage import NUMBERED, Passage
from rectify.prose.pointed_marks import pointed_marks
from rectify.prose.privacy.reading import Reading, read
from rectify.prose.word_lists import any_of, load

_PAID = re.compile(r"##[ \t]*/?\w{0,12}(?:paid|vip|pay|付费|会员)\w{0,12}[ \t]*##", re.IGNORECASE)
_PAID_NOTICE = compiled(
    r"【付费[^】\n]{0,20}】|[（(【…][^（）()【】\n]{0,20}省略[^（）()【】\n]{0,10}字[^（）()【】\n]{0,40}会员[^（）()【】\n]{0,20}[）)】]"
    r"|以下内容[^。\n]{0,12}(?:会员|付费)[^。\n]{0,12}|剩余[ \d.]{1,6}[%％]未读"
)
_SURE = compiled("|".join(load("advertising")["sure"]))
_LIKELY = compiled("|".join(load("advertising")["likely"]))
_MAY_BE_SURE = compiled(any_of(load("advertising")["hints"]))
_REACH = 20
"""Lines from the start and from the end of the text in which notices of a site are looked for."""
_BODY_LENGTH = 80
_LONGEST_GAP = 3
_LINK = compiled(r"\[([^\[\]\n]{2,80})\]\(")
_ROW = compiled(r"(?m)^[^\n|]{0,40}\|")

_IN_PATH = r"[^\s，。；、）)》”]"
_INNER = compiled(
    r"[hHfF](?:(?<=[hH])[tT]{2}[pP][sS]?|(?<=[fF])[tT][pP])://(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]{3,11}[^\s，。；、）)》”\u3400-\u9fff]{0,200}"
)
_FILE = compiled("[fF][iI][lL][eE]://")
_PATH = compiled(
    rf"(?i:file)://{_IN_PATH}{{1,200}}|(?<![A-Za-z\d])[A-Za-z]:\\{_IN_PATH}{{0,200}}"
    rf"|(?<![\\A-Za-z\d])\\\\[A-Za-z\d_.$-]{{1,60}}\\{_IN_PATH}{{0,200}}"
)

_TERM = compiled(
    r"[ \u3000]{0,4}\n[ \u3000]{0,4}[★☆*]?[ \u3000]{0,4}(?:[\d一二三四五六七八九十]{1,2}[ \u3000]{0,4}[年月]|长[ \u3000]{0,4}期)(?=[ \u3000]{0,4}(?:\n|$))"
)
"""How long a secret is one, on the line below the level."""


def marks(passage: Passage, reading: Reading) -> Iterator[Finding]:
    """Return the marks of a passage, each stand-alone line of them as one finding."""
    advertising = _advertising(passage)
    for index in sorted(advertising):
        line = passage.lines[index]
        yield passage.found("M002", passage.starts[index] + len(line) - len(line.lstrip()), token=line.strip())
    for start, end, rule in _handling(reading):
        if not advertising or passage.line_of(start) not in advertising:
            yield passage.found(rule, start, token=passage.text[start:end])
    text = passage.text
    for start, token in _paid(text):
        yield passage.found("M001", start, token=token)
    if "\\" in text or _FILE.search(text):
        for match in _PATH.finditer(text):
            yield passage.found("M005", match.start(), token=match[0])
    if "//" in text:
        for match in _INNER.finditer(text):
            yield passage.found("M006", match.start(), token=match[0])


def strip_marks(lines: Sequence[tuple[int, str]], path: str) -> tuple[list[tuple[int, str]], list[Finding]]:
    """Return the lines without paid markers, notices of sites and stand-alone marks, and the findings for these.

    A line that held nothing else is gone. `scan` of the original lines reports the same findings.
    """
    passage = Passage(lines, path)
    advertising = _advertising(passage)
    kept = []
    for index, (number, line) in enumerate(lines):
        if index in advertising or stands_alone(line):
            continue
        bare = _without(line, _paid(line))
        if bare.strip() or not line.strip():
            kept.append((number, bare))
    taken = {number for number, _ in lines} - {number for number, _ in kept}
    return kept, [
        found
        for found in marks(passage, read(passage.text, passage.characters))
        if found.kind == "paid_marker" or found.line in taken
    ]


def _paid(text: str) -> list[tuple[int, str]]:
    """Return offset and text of every paid marker."""
    found = [(match.start(), match[0]) for match in _PAID.finditer(text)] if "##" in text else []
    if "会员" in text or "付费" in text or "未读" in text:
        found += [(match.start(), match[0]) for match in _PAID_NOTICE.finditer(text)]
    return sorted(found)


def _without(line: str, tokens: list[tuple[int, str]]) -> str:
    ends = [0, *(start + len(token) for start, token in tokens)]
    return "".join(line[end:start] for end, start in zip(ends, [*(start for start, _ in tokens), len(line)]))


def _handling(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Return where in the source the marks of handling begin and end, and their rules."""
    # What stands in an attribute is a line by itself.
    text = reading.text.replace("\0", "\n")
    tables: _Tables | None = None
    end = -1
    for first, last in hinted(text):
        if first < end:
            continue
        # A line may end between the two characters of a level.
        start, end = _line_at(text, first)[0], _line_at(text, last)[1]
        line = text[start:end]
        tables = tables or (_Tables(text) if "|" in line else None)
        found = _marks_of(line, tables.header(start) if tables and "|" in line else "")
        for mark in found:
            last = start + mark.end
            if mark.rule == "M004" and (term := _TERM.match(text, last)):
                last = term.end()
            yield *reading.source(start + mark.start, last), mark.rule


def _marks_of(line: str, header: str = "") -> list[Mark]:
    """Return the marks of a line; the words of a link or of a picture are a line by themselves."""
    if rule := stands_alone(line):
        bare = line.strip()
        return [Mark(rule, at := line.index(bare), at + len(bare))]
    found = list(marks_within(line, header))
    for mark in (*notices(line), *foreign_marks(line), *likely_marks(line), *pointed_marks(line)):
        if all(mark.end <= other.start or mark.start >= other.end for other in found):
            found.append(mark)
    for link in _LINK.finditer(line) if not found and "](" in line else ():
        found += [Mark(rule, link.start(1) + start, link.start(1) + end) for rule, start, end in _marks_of(link[1])]
    return found


def _line_at(text: str, place: int) -> tuple[int, int]:
    """Return the ends of the line that a place is on."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text)


class _Tables:
    """The first rows of the tables of a text."""

    def __init__(self, text: str):
        self.text = text
        rows = [match.start() for match in _ROW.finditer(text)]
        self.starts = [
            row for above, row in zip([-1, *rows], rows) if text.rfind("\n", 0, max(0, row - 1)) + 1 != above
        ]

    def header(self, row: int) -> str:
        """Return the first row of the table that a row is of."""
        index = bisect_right(self.starts, row) - 1
        return self.text[slice(*_line_at(self.text, self.starts[index]))] if index >= 0 else ""


def _advertising(passage: Passage) -> set[int]:
    """Return the indexes of the lines that a site put before or behind the text.

    They lie between lines that no office writes; words such as 公众号 alone prove nothing. Only short lines outside the
    text proper are looked at: an association has members, and a bureau may well speak of its QQ group.
    """
    if not _MAY_BE_SURE.search(passage.text):
        return set()
    filled = [index for index, line in enumerate(passage.lines) if line.strip()]
    near = [
        passage.lines[index]
        for index in sorted({*filled[:_REACH], *filled[-_REACH:]})
        if len(passage.lines[index]) < 2 * _BODY_LENGTH
    ]
    if not _SURE.search("\n".join(near)):
        return set()
    return _notice(passage.lines, filled[:_REACH]) | _notice(passage.lines, filled[::-1][:_REACH])


def _notice(lines: list[str], order: list[int]) -> set[int]:
    """Return the lines of a notice among those that come before the text proper, in the order given."""
    taken: set[int] = set()
    between: list[int] = []
    for index in order:
        line = lines[index].strip()
        sure = _SURE.search(line)
        if not sure and (len(line) >= _BODY_LENGTH or NUMBERED.match(line)):
            break
        if sure and len(line) < 2 * _BODY_LENGTH:
            taken |= {index, *(between if taken else [i for i in between if _LIKELY.search(lines[i])])}
            between = []
        elif stands_alone(line) != "M003":
            between.append(index)
            if len(between) > _LONGEST_GAP:
                if taken:
                    break
                between.pop(0)
    return taken
