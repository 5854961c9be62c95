"""Answers that name their problem by its number, in paragraphs or in a table, put where those of that problem are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rectify.core.numerals import chinese
from rectify.intake.outline import Paragraph, Row, Table
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.lists_in_runs import numbers_inside
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.references import Reference, reference_before, reference_in
from rectify.intake.recognition.table_heads import column_field, find_header, squeezed
from rectify.intake.recognition.tree import is_closing
from rectify.intake.recognition.words import LABELS

_FEWEST = 2
_ACCOUNT = "整改情况"
_IN_CHAPTERS = {"lead", "units", "owner", "deadline", "measures", "progress", "status", "target"}
_Answer = tuple[tuple[int, ...], list[Paragraph]]
"""The numbers of the problems that are answered, and the lines of the answer."""
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
            value, *more = named.values
            if more:
                return list(blocks)
            if value in answers:
                break
            answers[value] = index, named
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


def with_answers_below(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with what only names problems by their numbers, rows of a table or paragraphs, as labelled lines below these."""
    result = list(blocks)
    for table in [block for block in blocks if isinstance(block, Table)]:
        column, rows = _references(table)
        answers = [(named.values, list(_labelled(table.rows[0], row, column))) for row, named in rows]
        at = next(index for index, block in enumerate(result) if block is table)
        # A table of numbers alone has every problem of the list.
        if placed := _placed(result[:at], answers, every=not _says_problems(table, column, rows)):
            result[: at + 1] = placed
    start, end, told = _paragraphs(result)
    if placed := _placed(result[:start], told, every=True):
        result[:end] = placed
    chapters = list(_chapters(result))
    answers = [answer for chapter in chapters for answer in chapter.answers]
    if len(chapters) >= _FEWEST and (placed := _placed(result[: chapters[0].start], answers, every=True)):
        taken = {index for chapter in chapters for index in range(chapter.start, chapter.end)}
        result = placed + [
            block for index, block in enumerate(result) if index >= chapters[0].start and index not in taken
        ]
    return result


def _placed(before: Sequence[Paragraph | Table], answers: Sequence[_Answer], every: bool) -> list[Paragraph | Table]:
    """Return the blocks before some answers with these below the problems of the list among them; nothing where they are no answers to it."""
    values = {value for named, _ in answers for value in named}
    _, listed = _listed(before, sorted(values)) if len(values) >= _FEWEST else ("", {})
    if not listed or (every and listed.keys() != values):
        return []
    result = list(before)
    for value in sorted(listed, reverse=True):
        end = next((i for i in range(listed[value] + 1, len(before)) if not _is_plain(before[i])), len(before))
        result[end:end] = [line for named, lines in answers if value in named for line in lines]
    return result


class _Chapter(NamedTuple):
    """A chapter whose heading is a label, and whose items are the values of the problems with their numbers."""

    start: int
    end: int
    answers: list[_Answer]


def _chapters(blocks: Sequence[Paragraph | Table]) -> Iterator[_Chapter]:
    """Yield the chapters behind the one of the problems: 一、整改问题 （一）甲不严。 二、完成时限 （一）2024年9月底；（二）…

    Their items are paragraphs, or run on in one.
    """
    heads = [
        (index, block.text[mark.length :].strip("。： "))
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and (mark := read_mark(block.text)) and mark.form == "cn"
    ]
    fields = [column_field(words) for _, words in heads]
    for (index, words), field, (end, _) in zip(heads, fields, [*heads[1:], (len(blocks), "")]):
        if field not in _IN_CHAPTERS or "title" not in fields[: heads.index((index, words))]:
            continue
        items: list[list[Paragraph]] = []
        for at, block in enumerate(blocks[index + 1 : end], index + 1):
            if not isinstance(block, Paragraph) or _closes(block):
                end = at
                break
            text = block.text.strip()
            cuts = numbers_inside(text)
            cuts = cuts if cuts[:1] == [0] else [0] * bool(read_mark(text))
            parts = [text[a:b].strip(" ；") for a, b in zip(cuts, [*cuts[1:], len(text)])]
            items += [[block._replace(text=part)] for part in parts]
            if not parts and items:
                items[-1].append(block)
        marks = [read_mark(one[0].text) for one in items]
        if items and all(mark and mark.form == marks[0].form for mark in marks if marks[0]):
            label = words if words in LABELS else next(one for one in LABELS if LABELS[one] == field)
            answers: list[_Answer] = []
            for mark, (first, *more) in zip(marks, items):
                text = first.text[mark.length if mark else 0 :].strip()
                answers.append(((mark.value if mark else 0,), [first._replace(text=f"{label}：{text}"), *more]))
            yield _Chapter(index, end, answers)


def _paragraphs(blocks: Sequence[Paragraph | Table]) -> tuple[int, int, list[_Answer]]:
    """Return where the paragraphs that name problems begin and where the last of them ends, and what they tell of which.

    One answer of several problems is among them: those to one each are headings with its number.
    """
    found: list[tuple[int, int, Reference]] = []
    taken: set[int] = set()
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not isinstance(block, Paragraph):
            continue
        mark = read_mark(block.text)
        # 问题一 is a reference where nothing else is, and may stand behind a number: （一）问题1、3的整改情况
        start = mark.length if mark and not reference_before(block.text) else 0
        if named := reference_before(block.text[start:]):
            if taken & set(named.values):
                break
            taken |= set(named.values)
            found.insert(0, (index, start + named.length, named))
    if not any(len(named.values) > 1 for _, _, named in found):
        return 0, 0, []
    answers: list[_Answer] = []
    ends = [index for index, _, _ in found[1:]]
    last = found[-1][0] + 1
    ends.append(
        next((i for i in range(last, len(blocks)) if not _is_plain(blocks[i]) or _closes(blocks[i])), len(blocks))
    )
    if not all(_is_plain(block) for (index, _, _), end in zip(found, ends) for block in blocks[index + 1 : end]):
        return 0, 0, []
    for (index, length, named), end in zip(found, ends):
        some = [block for block in blocks[index:end] if isinstance(block, Paragraph)]
        some[0] = some[0]._replace(text=some[0].text[length:].strip())
        told = [one for one in some if one.text.strip("。：")]
        if told and not split_labels([Line(told[0].text, told[0].line)])[0]:
            told[0] = told[0]._replace(text=f"{_ACCOUNT}：{told[0].text}")
        answers.append((named.values, told))
    return found[0][0], ends[-1], answers


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


def _closes(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and is_closing(block.text)


def _is_plain(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and not read_mark(block.text) and not block.level
