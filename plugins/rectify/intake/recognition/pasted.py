"""Tables and lines that copying took apart: cells one a line, columns kept by tabs or bars, line breaks lost, one table a problem."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from rectify.core.numerals import fold_digits
from rectify.core.vocabulary import STATUSES
from rectify.intake.outline import Cell, Paragraph, Row, Table
from rectify.intake.recognition import cards
from rectify.intake.recognition.bullets import MARKING
from rectify.intake.recognition.listed_cells import with_rows_apart
from rectify.intake.recognition.lists_in_runs import RUN_ON, lists_apart, numbers_inside
from rectify.intake.recognition.numbered_answers import answers_by_number
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.option_columns import with_codes_said, with_options_joined
from rectify.intake.recognition.record_tables import with_records
from rectify.intake.recognition.signs import without_sign
from rectify.intake.recognition.table_heads import BARS, column_field, find_header, unbarred
from rectify.intake.recognition.tags_above import with_tags_behind
from rectify.intake.recognition.told_points import with_points_apart
from rectify.intake.recognition.tree import sentence_end
from rectify.intake.recognition.upright import with_head_above
from rectify.prose.statuses import is_plain_no, is_plain_yes, labelled_status

_RULE = re.compile(r"^[\s\-=_*~—－·.…─━]{4,}$")
"""A line drawn between two parts: ----, ====."""
_MOST_COLUMNS = 14
_LONGEST_NUMBER = 4
_LONGEST_BAND = 40
_SEPARATED = re.compile("[|｜]")
_CHAPTERS = "一二三四五六七八九十"
_TAG_BEFORE = re.compile(r"^\s*[【\[（(]([^【】\[\]（）()]{2,10})[】\]）)]\s*(?=\S)")
_FEW = 3
"""Paragraphs of a document, no more, that lost its line breaks."""
_TITLE_END = re.compile(
    "(?:报告|通报|公告|公示|公开|情况|说明|函)(?=(?:根据|按照|依据|为|现将|受|近期|今年|20\\d\\d年|经|按|在|自|[^，。]{2,12}(?:党组|党委|党支部)))"
)
_HEADING_END = re.compile("(?:情况|打算|安排|要求|工作|成效|措施)(?=[^，。；：、（(的和及])")
_TAIL = re.compile(
    "(?<=[。；！])(?=(?:联系|监督|举报|受理)(?:电话|人|方式)|特此|公示(?:期|时间)|附件|邮箱|电子邮箱|欢迎[^。]{0,30}监督)"
    "|(?<=[。！\\d])(?=[^，。；：“”\\d]{4,40}\\d{4}年\\d{1,2}月\\d{1,2}日$)|(?<=[\u4e00-\u9fff])(?=\\d{4}年\\d{1,2}月\\d{1,2}日$)"
)


def put_together(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with tables that were pasted as lines made tables again, and lost line breaks put back."""
    result: list[Paragraph | Table] = []
    blocks = [block for block in blocks if isinstance(block, Table) or not _RULE.match(block.text)]
    blocks = with_tags_behind(blocks)
    few = sum(isinstance(block, Paragraph) for block in blocks) <= _FEW
    if few:
        blocks = _run_on(blocks)
    for block in with_points_apart(with_records(_rows_again(_cells_again(lists_apart(blocks))))):
        if isinstance(block, Paragraph):
            result += map(_tag_behind, _lines_again(block, few))
        else:
            result += cards.lines_of(block) or [
                with_rows_apart(with_head_above(with_options_joined(with_codes_said(block))))
            ]
    return result


def _run_on(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with a long paragraph joined with the one that goes on with its sentence, or with its numbers."""
    result: list[Paragraph | Table] = []
    for block in blocks:
        before = result[-1] if result else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and len(before.text) >= RUN_ON:
            mark = read_mark(block.text)
            if mark.value > 1 if mark else before.text[-1] not in "。！；：":
                result[-1] = before._replace(text=before.text + block.text)
                continue
        result.append(block)
    return result


def _tag_behind(block: Paragraph) -> Paragraph:
    """Return a heading with what stands before its number: no bullet, and a status behind it: 【已完成】1.甲不畅。"""
    if (bare := without_sign(block.text)) != block.text:
        sign, mark = block.text.strip()[0], read_mark(bare)
        # What singles it out is part of the heading: ▲2.甲不畅 is 2.▲甲不畅.
        moved = mark and sign in MARKING and not bare[mark.length :].startswith(sign)
        block = block._replace(text=f"{bare[: mark.length]}{sign}{bare[mark.length :]}" if mark and moved else bare)
    match = _TAG_BEFORE.match(block.text)
    if not match or not STATUSES.find(match[1].strip()):
        return block
    text = block.text[match.end() :]
    end = len(text[: sentence_end(text)].rstrip("。"))
    return block._replace(text=f"{text[:end]}（{match[1].strip()}）{text[end:]}", lead=0)


def _cells_again(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with runs of one-cell lines as tables: each cell ends in a bar, or a head of labels says how many there are."""
    result: list[Paragraph | Table] = []
    index, begins = 0, True
    while index < len(blocks):
        block = blocks[index]
        cell = isinstance(block, Paragraph) and (_has_bar(block.text) or bool(column_field(unbarred(block.text))))
        table = _of_cells(_run_of_cells(blocks, index)) if cell and begins else None
        result.append(table or block)
        index += sum(len(row.cells) for row in table.rows) if table else 1
        begins = bool(table) or not cell
    return result


def _run_of_cells(blocks: Sequence[Paragraph | Table], start: int) -> list[Paragraph]:
    """Return the lines from one on that may be cells: all that end in a bar, or those below labels of columns and rows with numbers."""
    first = blocks[start]
    barred = isinstance(first, Paragraph) and _has_bar(first.text)
    if not barred and not _heads_a_row(blocks, start):
        return []
    cells: list[Paragraph] = []
    for block in itertools.islice(blocks, start, None):
        if not isinstance(block, Paragraph) or (barred and not _has_bar(block.text)):
            break
        cells.append(block)
    return cells


def _heads_a_row(blocks: Sequence[Paragraph | Table], start: int) -> bool:
    """Whether lines are the labels of columns, one of them the number, and below them are the rows 1 and 2, or 5 and 6."""
    texts = [block.text for block in blocks[start : start + 3 * _MOST_COLUMNS] if isinstance(block, Paragraph)]
    fields = list(itertools.takewhile(bool, (column_field(unbarred(text)) for text in texts)))
    at = len(fields) + fields.index("number") if "number" in fields and "title" in fields else len(texts)
    numbers = [unbarred(text) for text in texts[at :: len(fields) or 1]]
    first = numbers[0] if numbers else ""
    return (
        len(fields) > 2
        and first.isdecimal()
        and [int(one) for one in numbers[1:2] if one.isdecimal()] == [int(first) + 1]
    )


def _of_cells(cells: Sequence[Paragraph]) -> Table | None:
    """Return the table whose cells follow each other, row by row, or None where no number of columns fits."""
    barred = bool(cells) and _has_bar(cells[0].text)
    for width in range(2 if barred else 3, min(_MOST_COLUMNS, len(cells) // 2) + 1):
        head = [column_field(unbarred(cell.text)) for cell in cells[:width]]
        if "title" not in head or sum(map(bool, head)) < 2 or (not barred and not all(head)):
            continue
        if column_field(unbarred(cells[width].text)) and len(cells) > 2 * width:
            continue
        numbered = _numbered(cells, width, head)
        count = numbered if numbered or not barred else len(cells)
        # An empty cell that copying swallowed shifts all that follow; such lines are no table.
        if count < 2 * width or count % width or (barred and count != len(cells)):
            continue
        rows = [
            Row(tuple(Cell(unbarred(cell.text)) for cell in cells[at : at + width]), cells[at].line)
            for at in range(0, count, width)
        ]
        if "status" in head and not all(_is_status(row.cells[head.index("status")].text) for row in rows[1:]):
            continue
        return Table(tuple(rows))
    return None


def _is_status(text: str) -> bool:
    return bool(not text or labelled_status(text).status or is_plain_yes(text) or is_plain_no(text))


def _numbered(cells: Sequence[Paragraph], width: int, head: Sequence[str]) -> int:
    """Return how many cells belong to rows that their numbers tell apart; 0 without a column of numbers."""
    if "number" not in head:
        return 0
    column, rows = list(head).index("number"), 1
    first = unbarred(cells[width + column].text) if width + column < len(cells) else ""
    before = int(first) - 1 if first.isdecimal() and len(first) < _LONGEST_NUMBER else 0
    while (rows + 1) * width <= len(cells) and fold_digits(unbarred(cells[rows * width + column].text)) == str(
        before + rows
    ):
        rows += 1
    return rows * width if rows > 1 else 0


def _rows_again(blocks: Iterable[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with lines whose columns are kept by tabs or bars as tables."""
    result: list[Paragraph | Table] = []
    lines: list[Paragraph] = []
    blocks = list(blocks)
    head = _head_of_all([block for block in blocks if isinstance(block, Paragraph) and _is_a_row(block)])
    for block, after in itertools.zip_longest([*blocks, None], blocks[1:]):
        if isinstance(block, Paragraph) and (_is_a_row(block) or (lines and _is_a_row(after) and _is_a_band(block))):
            lines.append(block)
            continue
        for some in _by_heads(lines):
            table = _of_rows(some)
            result += [table] if table else _below_head(head, some)
        lines = []
        if block is not None:
            result.append(block)
    return result


def _is_a_row(block: Paragraph | Table | None) -> bool:
    return isinstance(block, Paragraph) and len(_columns(block.text)) > 2


def _is_a_band(block: Paragraph) -> bool:
    """Whether a line between two rows may be what the rows below it are gathered under."""
    return len(block.text) <= _LONGEST_BAND and not re.search("[。；：:]", block.text)


def _head_of_all(lines: Sequence[Paragraph]) -> Row | None:
    """Return the head that all rows of a document have together, which no line is, where their columns show what they hold."""
    rows = [Row(tuple(map(Cell, _columns(line.text))), line.line) for line in lines]
    if len({len(row.cells) for row in rows}) != 1 or any(_heads(_columns(line.text)) for line in lines):
        return None
    table = with_head_above(Table(tuple(rows)))
    return table.rows[0] if find_header(table) else None


def _below_head(head: Row | None, lines: Sequence[Paragraph]) -> Iterator[Paragraph | Table]:
    """Yield lines with rows that stand together as a table each, below the head that all of them have."""
    for is_row, some in itertools.groupby(lines, _is_a_row):
        if head is None or not is_row:
            yield from some
            continue
        rows = [Row(tuple(map(Cell, _columns(line.text))), line.line) for line in some]
        yield Table((head._replace(line=rows[0].line), *rows))


def _by_heads(lines: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the rows of each of the tables that stand right below each other, with other columns each; what stands over a head is apart."""
    some: list[Paragraph] = []
    width = 0
    for line in lines:
        columns = _columns(line.text)
        if _heads(columns):
            above = [some.pop()] if width and len(columns) != width and len(_columns(some[-1].text)) == 1 else []
            if width and len(columns) != width:
                yield from filter(None, (some, above))
                some = []
            width = len(columns)
        some.append(line)
    yield some


def _heads(columns: Sequence[str]) -> bool:
    fields = [column_field(word) for word in columns]
    return len(columns) > 1 and "title" in fields and sum(map(bool, fields)) * 2 > len(fields)


def _of_rows(lines: Sequence[Paragraph]) -> Table | None:
    """Return the table that lines are the rows of, or None: none has more columns than the head, and empty ones count.

    Several tabs stand for one only where all lines then have the same number of columns, and otherwise have not.
    """
    if len(lines) < 2:
        return None
    apart = [_columns(line.text) for line in lines]
    joined = [_columns(re.sub("\t+", "\t", line.text)) for line in lines]
    if len({len(row) for row in apart} - {1}) > 1 and len({len(row) for row in joined} - {1}) == 1:
        apart = joined
    width = len(apart[0])
    apart = [row[: len(row) if any(row[width:]) else width] for row in apart]
    if any(len(row) > width for row in apart):
        if any(column_field(word) for word in apart[0]):
            return None
        width = max(map(len, apart))
    rows = [
        Row(tuple(Cell(text) for text in (*row, *[""] * (width - len(row) if len(row) == 1 else 0))), line.line)
        for row, line in zip(apart, lines)
    ]
    table = Table(tuple(rows))
    return table if find_header(with_head_above(table)) or answers_by_number(table) else None


def _columns(text: str) -> list[str]:
    if "\t" in text:
        return [part.strip(" \u3000" + BARS) for part in text.split("\t")]
    if not any(bar in text for bar in BARS):
        return [text]
    bare = text.strip()
    start, end = bare[0] in BARS, len(bare) - (bare[-1] in BARS)
    return [part.strip() for part in _SEPARATED.split(bare[start:end])]


def _lines_again(block: Paragraph, alone: bool) -> list[Paragraph]:
    """Return a paragraph as the lines it had: its numbers rise, form by form, and each began one.

    A paragraph is taken apart where two of three hold: it is long, it stands `alone`, it has chapters; the numbers of any
    other are its own.
    """
    text = block.text
    chapters = "一、" in text and "二、" in text
    if sum([len(text) >= RUN_ON, alone, chapters]) < 2:
        return [block]
    cuts = numbers_inside(text)
    if len(cuts) < 3 or not (alone or sum(text[cut] in _CHAPTERS for cut in cuts) > 1):
        return [block]
    parts: list[str] = []
    for start, end in zip([0, *cuts], [*cuts, len(text)]):
        part = text[start:end]
        parts += _TAIL.split(part) if end == len(text) else [part]
    if title := _TITLE_END.search(parts[0][:120]):
        parts[:1] = [parts[0][: title.end()], parts[0][title.end() :]]
    lines = [line for part in parts for line in _headed(part)]
    return [block._replace(text=line.strip(), lead=0) for line in lines if line.strip()]


def _headed(part: str) -> list[str]:
    """Return a part with its chapter's heading on a line of its own, where the text went on without a stop."""
    mark = read_mark(part)
    if not mark or mark.form != "cn" or not re.search("[，。；：]", part):
        return [part]
    clause = re.split("[，。；：]", part, maxsplit=1)[0]
    if len(clause) < len(part) and part[len(clause)] == "。":
        return [part]
    end = _HEADING_END.search(clause, mark.length + 2, mark.length + 22)
    return [part[: end.end()], part[end.end() :]] if end else [part]


def _has_bar(text: str) -> bool:
    return text.rstrip().endswith(tuple(BARS))
