"""The head of a table of problems, which is found by its words, and the fields that they name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rectify.intake.outline import Row, Table
from rectify.intake.recognition.words import DEFICIENCY, LABELS, plain

_DEEPEST_HEADER = 20
_LONGEST_HEAD = 60
_LONGEST_GROUP = 30
WHEN_DONE = {"完成时间", "整改完成时间", "整改完成日期", "整改时间"}
"""Heads of columns that say by when, and among what is finished when it was."""
BARS = "|｜"
"""What parts the cells of a row that is written as a line."""
_FEWEST_BESIDE, _MOST_DO = 3, 0.6
"""Columns that are known beside one of problems whose head is not, and the share of its cells that state one."""
_NAMES_ONE = re.compile("(?:事项|隐患|不足|短板|差距|缺陷)$")
_SHORTEST_PROBLEM, _SAMPLE = 5, 40
"""Characters of a problem, and rows that tell what a column holds."""
_TOLD = {"status", "closed", "progress", "measures"}
_FIGURE = re.compile("\\d{1,5}(?:个|项|条|件|处|起)?")
COUNTS = re.compile("(?:数|数量|数目|总数|占比)$")
"""How the head of a column of figures ends."""
_TIME = re.compile("^(?:首次(?:公示)?时?|前次|[本上][次期轮月季周]|目前|当前|最新|现在)的?")
EARLIER = re.compile("首次|第一次|上[次期轮月季周]|前次|此前|原[状有先]|年初|期初|整改前|[时初]的?状态")
"""Words over a column of what is no longer so."""
_SPACES = re.compile(r"[\s\u3000]+")
_OR = re.compile("[/／]|或者?")
_BRACKET = re.compile("[（(]")


class Header(NamedTuple):
    row: int
    """Index of the last row of the header."""
    fields: tuple[str, ...]
    """Field of each column, empty where its words say nothing."""
    words: tuple[str, ...]
    """Words of each column."""


def find_header(table: Table) -> Header | None:
    """Return the header of a table of problems: a column with problems and one more that is known, else None."""
    best = None
    for index, row in enumerate(table.rows[:_DEEPEST_HEADER]):
        if len({cell.text for cell in row.cells if cell.text}) < 2:
            continue
        words = [_SPACES.sub("", cell.text) for cell in row.cells]
        last = index
        # A header of two rows: the lower one names the parts of a merged cell of the upper.
        if index + 1 < len(table.rows):
            below = table.rows[index + 1].cells
            lower = [_SPACES.sub("", cell.text) for cell in below]
            known_below = sum(bool(column_field(word)) for word in lower)
            if (
                known_below >= 2
                and len(set(lower)) > 2
                and any(cell.merged for cell in (*row.cells, *below))
                and len(lower) == len(words)
            ):
                words = [low if _is_named_below(up, low, words) else up for up, low in zip(words, lower)]
                last = index + 1
        fields = [column_field(word) for word in words]
        known = sum(map(bool, fields))
        if known >= 2:
            fields = _with_titles(fields, words, table.rows[last + 1 : last + 1 + _SAMPLE])
        if "title" in fields and known >= 2 and (best is None or known > sum(map(bool, best.fields))):
            best = Header(last, tuple(_settled(fields, words)), tuple(words))
    return best._replace(fields=_with_groups(best, table.rows[best.row + 1 :])) if best else None


def _with_titles(fields: Sequence[str], words: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return the fields as what stands below them has it: 反馈问题 over 3, 4, 2 counts problems; where no other column names
    them, the one does whose words end as such names do, or most of whose cells state a deficiency.
    """
    found = [
        "" if field == "title" and _share(rows, column, lambda text: bool(_FIGURE.fullmatch(text))) == 1 else field
        for column, field in enumerate(fields)
    ]
    told = [
        column
        for column, word in enumerate(words)
        if word
        and not fields[column]
        and (_NAMES_ONE.search(word) or _share(rows, column, _states_fault) > _MOST_DO)
        and _share(rows, column, lambda text: len(text) >= _SHORTEST_PROBLEM) > _MOST_DO
    ]
    if "title" not in fields and len(told) == 1 and sum(map(bool, fields)) >= _FEWEST_BESIDE and _TOLD & set(fields):
        found[told[0]] = "title"
    return found


def _share(rows: Sequence[Row], column: int, holds: Callable[[str], bool]) -> float:
    """Return of how many of the filled cells of a column something holds, the rows of one cell left out; 0 of none."""
    texts = [text for row in rows if _has_cells(row, column) and (text := row.cells[column].text.strip())]
    return sum(map(holds, texts)) / len(texts) if texts else 0


def _states_fault(text: str) -> bool:
    """Return whether a text holds the words of a deficiency."""
    return bool(DEFICIENCY.search(plain(text)))


def _with_groups(header: Header, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the fields with the column of groups: one before the problems whose values stand together, one run each."""
    fields = list(header.fields)
    if "group" in fields:
        return header.fields
    for column in range(fields.index("title")):
        if fields[column] not in ("", "category") or not header.words[column]:
            continue
        values = [_SPACES.sub("", row.cells[column].text) for row in rows if _has_cells(row, column)]
        runs = [value for value, _ in itertools.groupby(filter(None, values))]
        named = (
            not any(re.search(r"\d{2}|\d[.．年月/-]", run) for run in runs)
            and max(map(len, runs), default=0) <= _LONGEST_GROUP
        )
        if 1 < len(set(runs)) == len(runs) < len(values) and named:
            fields[column] = "group"
            break
    return tuple(fields)


def _is_named_below(upper: str, lower: str, words: Sequence[str]) -> bool:
    """Whether the lower of two heads names a column: 推进中 below a status is one of its options, in which √ is no yes."""
    if column_field(lower) or not column_field(upper):
        return True
    return column_field(upper) in ("status", "closed") and lower not in ("", upper) and words.count(upper) > 1


def _has_cells(row: Row, column: int) -> bool:
    return len(row.cells) > column and len({cell.text for cell in row.cells if cell.text.strip()}) > 1


def squeezed(text: str) -> str:
    """Return a text without any spaces."""
    return _SPACES.sub("", text)


@lru_cache(maxsize=4096)
def column_field(word: str) -> str:
    """Return the field that the words of a column's head name, else nothing."""
    if len(word) > _LONGEST_HEAD:
        return ""
    word = unbracketed(_SPACES.sub("", word)).strip("：:*")
    if word in LABELS:
        return LABELS[word]
    if len(named := {LABELS.get(part) or _made_of(part) for part in _OR.split(word)}) > 1 and named <= {
        "date",
        "deadline",
    }:
        return "day"
    return _made_of(word)


def _made_of(word: str) -> str:
    if len(word) > 14 or COUNTS.search(word):
        return ""
    if field := LABELS.get(_TIME.sub("", word)):
        return "note" if EARLIER.search(word) else field
    # 巡察反馈具体问题, 整改措施和办法: a label with words around it.
    ends = [label for label in LABELS if len(label) >= 3 and (word.endswith(label) or word.startswith(label))]
    if ends:
        return LABELS[max(ends, key=len)]
    return "title" if word.endswith("问题") else ""


def _settled(fields: list[str], words: Sequence[str]) -> list[str]:
    """Return the fields with one title column only: of several, the one whose words are the most particular."""
    titles = [i for i, field in enumerate(fields) if field == "title"]
    if len(titles) > 1:
        keep = max(titles, key=lambda i: ("具体" in words[i], "表现" in words[i], "反馈" in words[i], -i))
        for i in titles:
            if i != keep:
                fields[i] = "group" if "group" not in fields else ""
    return fields


def unbracketed(text: str) -> str:
    """Return a text without what stands in brackets at its end."""
    if not text.endswith(("）", ")")):
        return text
    bracket = _BRACKET.search(text, text.rfind("\n") + 1)
    return text[: bracket.start()] if bracket else text


def is_over_numbers(header: Header) -> bool:
    """Whether the categories of a table are its groups: they stand before the numbers, and nothing else groups."""
    fields = header.fields
    return "group" not in fields and "number" in fields and fields.index("category") < fields.index("number")


def unbarred(text: str) -> str:
    """Return a text without the bars at its ends, which part cells."""
    return text.strip().strip(BARS).strip()
