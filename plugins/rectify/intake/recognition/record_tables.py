"""Records in whatever shape a table gives them -> tables with a head: rows of field and value, columns, cards, sheets joined by a code."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from rectify.intake.outline import Cell, Paragraph, Row, Table
from rectify.intake.recognition.table_heads import Header, column_field, find_header, squeezed
from rectify.intake.recognition.values import NAMES, field_of, is_status

_FEWEST = 2
_KNOWN = 0.6
"""Of the cells of a column of labels, so many at least are known ones."""
_SAME = 0.7
"""Of the rows of a table, so many at least bear the code of a row of another that they go on with."""
_LONGEST_LABEL = 14
_HEADS = {"字段", "项目", "名称", "栏目", "要素"}
"""What stands over a column of labels."""
_DEEPEST = 6
"""Rows among which a head is looked for."""
_Told = tuple[list[str], dict[str, list[Row]]]
"""The words of a table's columns, and its rows by their code."""
_STATED = {"status", "closed"}
_RESULTS = {"status", "closed", "progress", "measures"}


class _Place(NamedTuple):
    row: int
    label: int
    value: int
    """Columns of the label and of its value."""


class _Card(NamedTuple):
    table: Table
    places: list[_Place]

    def label(self, place: _Place) -> str:
        return squeezed(self.table.rows[place.row].cells[place.label].text)

    def value(self, place: _Place) -> Cell:
        return self.table.rows[place.row].cells[place.value]


def with_records(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with tables that hold records in another shape than rows below a head in that shape.

    One field a row, with the record's name before it; cards of one record each, whose labels are known by what stands beside
    them, on a sheet each perhaps; a table of problems and others that go on with its rows by their code.
    """
    if not any(isinstance(block, Table) for block in blocks):
        return list(blocks)
    turned = [(_by_fields(block) or block) if isinstance(block, Table) else block for block in blocks]
    return _joined(_of_sheets(_with_labels(_with_heads(turned))))


def _by_fields(table: Table) -> Table | None:
    """Return a table whose rows are the fields of records, 第1项 | 整改任务 | 甲不严, with a record a row; None for any other."""
    width = max((len(row.cells) for row in table.rows), default=0)
    rows = [row for row in table.rows if len(row.cells) == width and row.cells[0].text.strip()]
    if width != 3 or len(rows) < 2 * _FEWEST or find_header(table):
        return None
    labels = [squeezed(row.cells[1].text) for row in rows]
    titles = [label for label in labels if column_field(label) == "title"]
    if len(titles) < _FEWEST or sum(bool(column_field(label)) for label in labels) < _KNOWN * len(labels):
        return None
    records = [(name, list(some)) for name, some in itertools.groupby(rows, lambda row: row.cells[0].text.strip())]
    own = [(name, some) for name, some in records if any(squeezed(row.cells[1].text) in titles for row in some)]
    if len(own) < _FEWEST:
        return None
    kept = {id(row) for _, some in own for row in some}
    heads = list(dict.fromkeys(squeezed(row.cells[1].text) for _, some in own for row in some))
    above = [
        Row((row.cells[-1],), row.line)
        for row in table.rows
        if id(row) not in kept and squeezed(row.cells[1].text) not in _HEADS
    ]
    above = [row._replace(cells=(*row.cells, *[Cell("")] * len(heads))) for row in above if row.cells[0].text.strip()]
    head = Row((Cell(NAMES["number"]), *map(Cell, heads)), own[0][1][0].line)
    below = []
    for name, some in own:
        values = {squeezed(row.cells[1].text): row.cells[2] for row in some}
        below.append(Row((Cell(name), *(values.get(label, Cell("")) for label in heads)), some[0].line))
    first = own[0][1][0].line
    return table._replace(
        rows=(*(r for r in above if r.line < first), head, *below, *(r for r in above if r.line > first))
    )


def _with_heads(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with heads in words of their own named by what stands below them, in all tables with the same head."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and not find_header(block) and (place := _own_head(block)):
            places.setdefault(place[1], []).append((index, place[0]))
    result = list(blocks)
    for words, some in places.items():
        values: dict[str, list[str]] = {word: [] for word in words}
        for index, at in some:
            for row in _below(blocks[index], at, len(words)):
                for word, cell in zip(words, row.cells):
                    values[word] += [] if cell.merged else [cell.text]
        names = named(values) if all(len(own) >= _FEWEST for own in values.values()) else {}
        for index, at in some if names else ():
            block = blocks[index]
            if isinstance(block, Table):
                head = block.rows[at]._replace(cells=tuple(Cell(names.get(word, word)) for word in words))
                result[index] = block._replace(rows=(*block.rows[:at], head, *block.rows[at + 1 :]))
    return result


def _own_head(table: Table) -> tuple[int, tuple[str, ...]] | None:
    """Return the row of a table that may be its head, and its words: short ones, each another, that are no values."""
    for at, row in enumerate(table.rows[:_DEEPEST]):
        words = tuple(squeezed(cell.text) for cell in row.cells)
        if len(words) < _FEWEST or len(set(words)) < len(words) or any(cell.merged for cell in row.cells):
            continue
        if not all(words) or max(map(len, words)) > _LONGEST_LABEL:
            continue
        values = any(is_status(word) or any(map(str.isdigit, word)) for word in words)
        return None if values else (at, words)
    return None


def _below(table: Paragraph | Table, at: int, width: int) -> list[Row]:
    return [row for row in table.rows[at + 1 :] if len(row.cells) == width] if isinstance(table, Table) else []


def _with_labels(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the labels of cards of one record each that nobody knows named by what stands beside them."""
    cards = _cards(blocks)
    values: dict[str, list[str]] = {}
    for card in cards.values():
        for place in card.places:
            values.setdefault(card.label(place), []).append(card.value(place).text)
    names = named({label: some for label, some in values.items() if len(some) >= _FEWEST})
    result = list(blocks)
    for index, card in cards.items():
        rows = list(card.table.rows)
        for place in card.places:
            if name := names.get(card.label(place)):
                cells = rows[place.row].cells
                label = cells[place.label]._replace(text=name)
                cells = (*cells[: place.label], label, *cells[place.label + 1 :])
                rows[place.row] = rows[place.row]._replace(cells=cells)
        result[index] = card.table._replace(rows=tuple(rows))
    return result


def _of_sheets(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with cards that fill a worksheet each as one table, below the rows above the first."""
    labels = {
        index: [card.label(place) for place in card.places] for index, card in _cards(blocks).items() if card.table.name
    }
    cards = {
        index: card for index, card in _cards(blocks).items() if "title" in map(column_field, labels.get(index, ()))
    }
    if len(cards) < _FEWEST or len({tuple(labels[index]) for index in cards}) > 1:
        return blocks
    first, heads = min(cards), labels[min(cards)]
    title = next(at for at, label in enumerate(heads) if column_field(label) == "title")
    source, begin = cards[first].table.rows, cards[first].places[0].row
    rows = [*source[:begin], Row(tuple(map(Cell, heads)), source[begin].line)]
    for card in cards.values():
        values = tuple(card.value(place)._replace(merged=False) for place in card.places)
        rows.append(Row(values, card.table.rows[card.places[title].row].line))
    one = cards[first].table._replace(rows=tuple(rows), name="")
    return [
        one if index == first else block for index, block in enumerate(blocks) if index == first or index not in cards
    ]


def _cards(blocks: Sequence[Paragraph | Table]) -> dict[int, _Card]:
    """Return the tables that are cards, labels beside their values, by their index."""
    return {
        index: _Card(block, places)
        for index, block in enumerate(blocks)
        if isinstance(block, Table) and (places := _card_labels(block))
    }


def _card_labels(table: Table) -> list[_Place]:
    """Return the places of the labels of a card; nothing where a table is something else."""
    places: list[_Place] = []
    if find_header(table):
        return places
    for at, row in enumerate(table.rows):
        columns = [column for column, cell in enumerate(row.cells) if not cell.merged]
        if len(columns) == 1 and at == 0:
            continue
        if len(columns) % 2 or not columns:
            return []
        pairs = zip(columns[::2], columns[1::2])
        own = [pair for pair in pairs if any(row.cells[column].text.strip() for column in pair)]
        if any(not 0 < len(squeezed(row.cells[label].text)) <= _LONGEST_LABEL for label, _ in own):
            return []
        places += [_Place(at, label, value) for label, value in own]
    return places if len(places) > _FEWEST else []


def named(values: dict[str, list[str]], lines: bool = False) -> dict[str, str]:
    """Return the label to be read for each one that is not known, by its values; nothing unless a problem and its result are told.

    Labels of `lines` may stand below headings that are the problems; a status among them is then enough.
    """
    known = {label: column_field(label) for label in values}
    taken = [field for field in known.values() if field]
    stated = "title" in taken
    names: dict[str, str] = {}
    for first in (True, False):
        for label, some in values.items():
            field = "" if known[label] or label in names else field_of(label, some, taken)
            if field and (field in ("status", "deadline")) == first:
                names[label] = NAMES[field]
                taken.append(field)
    told = _STATED if lines or not stated else _RESULTS
    return names if ("title" in taken or lines) and told & set(taken) else {}


def _joined(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the table that only lists problems widened by the columns of those that go on with its rows."""
    tables = {index: block for index, block in enumerate(blocks) if isinstance(block, Table)}
    heads = {index: header for index, table in tables.items() if (header := find_header(table))}
    bases = [index for index, header in heads.items() if not _RESULTS & set(header.fields)]
    if len(bases) != 1:
        return blocks
    base, header = tables[bases[0]], heads[bases[0]]
    title = header.fields.index("title")
    column = next((at for at in range(len(header.fields)) if at != title), -1)
    listed = [row for row in base.rows[header.row + 1 :] if len(row.cells) > max(column, title)]
    codes = [squeezed(row.cells[column].text) for row in listed]
    if len(codes) < _FEWEST or len(set(codes)) != len(codes) or not all(codes):
        return blocks
    titles = {squeezed(row.cells[title].text) for row in listed}
    more = {
        index: told
        for index, table in tables.items()
        if index != bases[0] and (told := _told_by_code(table, set(codes), titles))
    }
    if not more:
        return blocks
    widened = _widened(base, header, column, list(more.values()))
    return [widened if index == bases[0] else block for index, block in enumerate(blocks) if index not in more]


def _told_by_code(table: Table, codes: set[str], titles: set[str]) -> _Told | None:
    """Return what a table tells of problems by the code that its rows bear; None where it tells nothing or has other problems."""
    for at, row in enumerate(table.rows[:3]):
        words = [squeezed(cell.text) for cell in row.cells]
        fields = [column_field(word) for word in words]
        if not _RESULTS & set(fields) or any(cell.merged for cell in row.cells):
            continue
        below = [one for one in table.rows[at + 1 :] if len(one.cells) == len(words) and one.cells[0].text.strip()]
        some: dict[str, list[Row]] = {}
        for one in below:
            some.setdefault(squeezed(one.cells[0].text), []).append(one)
        fitting = sum(len(rows) for code, rows in some.items() if code in codes)
        again = any(
            field == "title" and not {squeezed(one.cells[index].text) for one in below} <= titles
            for index, field in enumerate(fields)
        )
        if below and fitting >= _SAME * len(below) and not again:
            return words, some
    return None


def _widened(base: Table, header: Header, column: int, more: Sequence[_Told]) -> Table:
    """Return the table with the columns of the others, their rows below the problem's own, which goes on in them."""
    words = [squeezed(cell.text) for cell in base.rows[header.row].cells]
    width = len(words)
    added: list[tuple[int, list[int]]] = []
    for at, (heads, _) in enumerate(more):
        own = [
            i
            for i, word in enumerate(heads)
            if i and word not in words and column_field(word) not in ("number", "title")
        ]
        added.append((at, own))
        words += [heads[i] for i in own]
    rows = [_filled(row, len(words)) for row in base.rows[: header.row]]
    rows.append(base.rows[header.row]._replace(cells=tuple(map(Cell, words))))
    for row in base.rows[header.row + 1 :]:
        rows.append(_filled(row, len(words)))
        code = squeezed(row.cells[column].text) if len(row.cells) > column else ""
        before = width
        for at, own in added:
            for one in more[at][1].get(code, ()) if code else ():
                cells = [cell._replace(merged=True) for cell in row.cells[:width]]
                cells += [Cell("")] * (before - width) + [one.cells[i] for i in own]
                rows.append(_filled(one._replace(cells=tuple(cells)), len(words)))
            before += len(own)
    return base._replace(rows=tuple(rows), name="")


def _filled(row: Row, width: int) -> Row:
    return row._replace(cells=(*row.cells, *[Cell("")] * (width - len(row.cells))))
