"""Columns of which one is ticked in every row, put together as the one column they are: 是否完成 with 是 and 否 below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rectify.core.vocabulary import STATUSES
from rectify.intake.outline import Cell, Row, Table
from rectify.intake.recognition.table_heads import column_field, squeezed
from rectify.prose.choice import EMPTY, TICKED, is_ticked

_DEEPEST = 4
"""Rows among which the head of such columns is looked for."""
_YES_NO = {"是", "否", "有", "无", "完成", "未完成", "已销号", "未销号", "属实", "不属实", "部分属实", "推进中", "其他"}
_SPACES = re.compile(r"[\s\u3000]+")
_SUM = re.compile("合计|小计|总计|共计")
_CODE = re.compile("(?<![\\dA-Za-z])([\\dA-Z])[ .．:：、=＝—-]{0,3}(?:为|表示|代表)?([\u4e00-\u9fff]{2,8})")
_CODES = re.compile(
    "[（(：:].{4,60}$|(?<=[\u4e00-\u9fff])[ \u3000]*[\\dA-Z][ .．:：、=＝—-]{0,3}[\u4e00-\u9fff]{2}.{2,60}$"
)
"""0未整改 1已整改 2整改中: what the codes in a column mean, and all of them behind the words of its head."""
_TOLD = ("status", "closed", "progress")
_STATUS, _DEADLINE = "整改状态", "整改时限"
"""The heads of columns that stand below no other."""
_LIMIT = re.compile(
    "立行立改|即知即改|(?:长期|持续)(?:坚持|整改)|(?:限期|分阶段)整改|集中整改期内?|(?:\\d{1,2}|[一二三四五六半])个?[月年]内?(?:完成)?|(?:\\d{4}年)?(?:\\d{1,2}月|年)[底末]前?"
)
"""By when, as the head of a column that is ticked."""


def with_codes_said(table: Table) -> Table:
    """Return a table whose cells hold the codes that the head of their column explains with what they mean: 1 below （0未整改 1已整改）."""
    for index, row in enumerate(table.rows[:_DEEPEST]):
        named = [
            column
            for column, cell in enumerate(row.cells)
            if not cell.merged and column_field(squeezed(_CODES.sub("", cell.text)))
        ]
        for column in named if len(named) > 1 else ():
            cell = row.cells[column]
            meant = {match[1]: match[2] for match in _CODE.finditer(cell.text)}
            below = [one.cells[column].text.strip() for one in table.rows[index + 1 :] if len(one.cells) > column]
            if len(meant) > 1 and any(text in meant for text in below):
                return table._replace(rows=tuple(_decoded(table.rows, index, column, meant)))
    return table


def _decoded(rows: Sequence[Row], head: int, column: int, meant: dict[str, str]) -> Iterator[Row]:
    for index, row in enumerate(rows):
        cells = list(row.cells)
        if index >= head and column < len(cells):
            text = cells[column].text
            said = _CODES.sub("", text) if index == head else meant.get(text.strip(), text)
            cells[column] = cells[column]._replace(text=said)
        yield row._replace(cells=tuple(cells))


def with_options_joined(table: Table) -> Table:
    """Return a table whose columns of options are one column, each of its cells written as the form that it is: ☑是 □否."""
    for index, row in enumerate(table.rows[:_DEEPEST]):
        words = [_SPACES.sub("", cell.text) for cell in row.cells]
        above = [_SPACES.sub("", cell.text) for cell in table.rows[index - 1].cells] if index else []
        for start, end in _spans(words, above):
            if _all_ticks(table.rows[index + 1 :], start, end):
                return _joined(table, index, start, end, words[start:end])
    return table


def _spans(words: Sequence[str], above: Sequence[str]) -> list[tuple[int, int]]:
    """Return the runs of two and more columns whose heads are options: their words say so, or those of the head `above` all."""
    spans, start = [], None
    for column, word in enumerate([*words, ""]):
        over = above[column] if column < len(above) else ""
        divided = column_field(over) in _TOLD and above.count(over) > 1 and not column_field(word)
        limit = _LIMIT.fullmatch(word)
        option = bool(word) and bool(word in _YES_NO or STATUSES.find(word) or limit or divided)
        if option and start is None:
            start = column
        if not option and start is not None:
            if len(set(words[start:column])) == column - start > 1:
                spans.append((start, column))
            start = None
    return spans


def _all_ticks(rows: Sequence[Row], start: int, end: int) -> bool:
    """Whether cells hold ticks and nothing else, some of them one."""
    ticks = [is_ticked(cell.text) for row in rows if not _is_apart(row, start) for cell in row.cells[start:end]]
    return None not in ticks and any(ticks)


def _is_apart(row: Row, start: int) -> bool:
    """Whether a row names a group, or adds up: its cells are merged from the left, or it begins with 合计."""
    return len(row.cells) <= start or row.cells[start].merged or any(_SUM.match(cell.text) for cell in row.cells[:3])


def _joined(table: Table, head: int, start: int, end: int, options: Sequence[str]) -> Table:
    above = {_SPACES.sub("", cell.text) for row in table.rows[:head] for cell in row.cells[start:end]}
    usual = _DEADLINE if all(map(_LIMIT.fullmatch, options)) else _STATUS
    named = next((word for word in above if column_field(word) in (*_TOLD, "deadline")), usual)
    rows = []
    for index, row in enumerate(table.rows):
        cells = row.cells[start:end]
        if index == head:
            cell = Cell(named)
        elif index < head:
            cell = cells[0] if cells else Cell("")
        elif _is_apart(row, start):
            cell = cells[0] if cells and cells[0].merged else Cell("")
        else:
            cell = Cell(
                " ".join(f"{TICKED if is_ticked(one.text) else EMPTY}{word}" for one, word in zip(cells, options))
            )
        rows.append(row._replace(cells=(*row.cells[:start], cell, *row.cells[end:])))
    return table._replace(rows=tuple(rows))
