"""Answers that name their problem by its number, in paragraphs or in a table, put where those of that problem are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rectify.core.numerals import chinese
from rectify.intake.outline import Paragraph, Row, Table
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.references import Reference, reference_before, reference_in
from rectify.intake.recognition.table_heads import column_field, find_header, squeezed
from rectify.intake.recognition.words import LABELS

_FEWEST = 2
_AS_NUMBER = {"item": "问题{}：", "arabic": "{}.", "cn-paren": "（{}）", "arabic-paren": "（{}）", "circle": "{}"}
"""How a number of each form of heading is written."""
_IN_SIGNS: Mapping[str, Callable[[int], str]] = {
    "cn-paren": chinese,
    "circle": lambda value: chr(ord("①") + value - 1),
}
"""What some forms have instead of digits."""


def with_answers_numbered(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the numbers of answers written as those of the problems before them; every character keeps its place.

    Each number comes once among the problems and once among the answers.
    """
    answers: dict[int, tuple[int, Reference]] = {}
    """By their numbers, from the last on: what names a number again before them is the list of the problems."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, Paragraph) and (named := reference_before(block.text)):
            if named.value in answers:
                break
            answers[named.value] = index, named
    values = sorted(answers)
    first = min((index for index, _ in answers.values()), default=0)
    form, listed = _listed(blocks[:first], values) if values == [*reversed(answers)] else ("", {})
    if len(answers) < _FEWEST or listed.keys() != answers.keys():
        return list(blocks)
    result = list(blocks)
    for value, (index, named) in answers.items():
        block = blocks[index]
        if isinstance(block, Paragraph):
            number = _AS_NUMBER[form].format(_IN_SIGNS.get(form, str)(value))
            result[index] = block._replace(text=number.rjust(named.length) + block.text[named.length :])
    return result


def with_rows_answering(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the rows of a table that only names problems by their numbers as labelled lines below these.

    A table of numbers alone has every problem of the list, and no column that is not understood.
    """
    result = list(blocks)
    for table in [block for block in blocks if isinstance(block, Table)]:
        column, rows = _references(table)
        values = {named.value for _, named in rows}
        at = next(index for index, block in enumerate(result) if block is table)
        _, listed = _listed(result[:at], sorted(values)) if len(values) >= _FEWEST else ("", {})
        if not listed or (listed.keys() != values and not _says_problems(table, column, rows)):
            continue
        del result[at]
        for value in sorted(listed, reverse=True):
            told = [line for row, one in rows if one.value == value for line in _labelled(table.rows[0], row, column)]
            end = next(
                (i for i in range(listed[value] + 1, at) if not _is_plain(result[i])),
                at,
            )
            result[end:end] = told
    return result


def answers_by_number(table: Table) -> bool:
    """Return whether the rows of a table name problems by their numbers and nothing else, beside columns that are understood."""
    return bool(_references(table)[1])


def _references(table: Table) -> tuple[int, list[tuple[Row, Reference]]]:
    """Return the column of a table in which every row names a problem by its number, and the rows; none where problems are told."""
    header = find_header(table)
    fields = [column_field(squeezed(cell.text)) for cell in table.rows[0].cells] if table.rows else []
    for column, _ in enumerate(fields):
        if header and header.fields[column : column + 1] != ("title",):
            continue
        rows = [
            (row, reference_in(row.cells[column].text) if column < len(row.cells) else None) for row in table.rows[1:]
        ]
        found = [(row, named) for row, named in rows if named]
        others = [field for index, field in enumerate(fields) if index != column]
        known = any(others) if _says_problems(table, column, found) else bool(others) and all(others)
        if found and len(found) == len(rows) and known:
            return column, found
    return 0, []


def _says_problems(table: Table, column: int, rows: Sequence[tuple[Row, Reference]]) -> bool:
    """Whether a column says that it counts problems: 问题1 in every cell, or 问题序号 above them."""
    return all(one.named for _, one in rows) or "问题" in table.rows[0].cells[column].text


def _labelled(head: Row, row: Row, column: int) -> Iterable[Paragraph]:
    for index, (word, cell) in enumerate(zip(head.cells, row.cells)):
        label = squeezed(word.text)
        if index == column or not cell.text.strip():
            continue
        field = column_field(label)
        known = label if label in LABELS else next((one for one in LABELS if LABELS[one] == field), label)
        first, *more = [line.strip() for line in cell.text.split("\n") if line.strip()]
        yield from (Paragraph(text, row.line) for text in (f"{known}：{first}", *more))


def _listed(blocks: Sequence[Paragraph | Table], values: Sequence[int]) -> tuple[str, Mapping[int, int]]:
    """Return the form of the one list of paragraphs that has all these numbers, each once, and its paragraphs by their numbers."""
    marks = [
        (index, mark)
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (mark := read_mark(block.text))
    ]
    for form in _AS_NUMBER:
        found = {mark.value: index for index, mark in marks if mark.form == form}
        if len(found) == sum(mark.form == form for _, mark in marks) and found.keys() >= set(values):
            return form, found
    return "", {}


def _is_plain(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and not read_mark(block.text) and not block.level
