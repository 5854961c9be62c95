"""The table of all problems as the browser reads it: an index to filter and sort by, and the texts of its rows in parts.

The index holds every column that is filtered by, as the values that occur and, a row after the other, which of them it is; the
parts hold what differs from row to row. For how many days a problem is overdue follows from its deadline and status and is not
there: a column of such numbers reads like the number of a card. Parts are cut between disclosures and counted from the oldest
one, so that most stay as they are when a disclosure is added.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from rectify.core.model import Disclosure, Problem
from rectify.core.name_order import order_of
from rectify.core.packed import SIGNS, pack, width_of
from rectify.core.portal import PortalDisclosure, own
from rectify.core.register import Register
from rectify.core.site_map import at
from rectify.core.vocabulary import FLAGS, LONG_TERM, PRIORITIES, STATUSES
from rectify.outputs.data import GENERATOR

PART_SIZE = 400
"""Rows of a part, or somewhat more: it ends with a disclosure."""

_DISCLOSURE = ("id", "unit", "title", "inspector", "inspection", "round")


class Part(NamedTuple):
    """Some disclosures whose rows lie in one file."""

    number: int
    """Counted from the oldest one."""
    disclosures: tuple[Disclosure, ...]


def parts_of(register: Register) -> list[Part]:
    """Return the parts in the order of the register."""
    parts: list[list[Disclosure]] = []
    room = 0
    for disclosure in reversed(register.disclosures):
        if room <= 0:
            parts.append([])
            room = PART_SIZE
        parts[-1].insert(0, disclosure)
        room -= len(register.of(disclosure))
    return [Part(number, tuple(part)) for number, part in enumerate(parts, start=1)][::-1]


def file_of(part: Part) -> str:
    """Return the address of a part relative to the site's root."""
    return at("table_part", number=str(part.number))


def _stamp(register: Register, part: Part) -> str:
    """Return what tells which problems are in a part, in letters: a browser sees by it whether index and part are of one site."""
    refs = "\n".join(problem.ref for one in part.disclosures for problem in register.of(one))
    return pack([byte % len(SIGNS) for byte in hashlib.sha256(refs.encode()).digest()[:12]], 1)


def part_json(register: Register, part: Part, words: Callable[[str], str]) -> bytes:
    """Return the file of a part: for each problem its number in the disclosure's address, title, number, and who answers for it.

    `words` gives the packed lengths of the words of a title or a name, between which its lines may end; nothing where they are not
    known. Those of a title and of who leads are one column, with a full stop between them.
    """
    rows = (_row(problem, words) for disclosure in part.disclosures for problem in register.of(disclosure))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{{"stamp": "{_stamp(register, part)}", "rows": [\n{lines}\n]}}\n'.encode()


def _row(problem: Problem, words: Callable[[str], str]) -> list[Any]:
    row = [
        problem.nn,
        problem.title,
        ".".join([words(problem.title), words(problem.lead)]).rstrip("."),
        problem.number,
        problem.lead,
        list(problem.units),
        problem.owner,
        list(problem.earlier),
    ]
    while not row[-1]:
        row.pop()
    return row


def index_json(register: Register, parts: Sequence[Part], words: Callable[[str], str]) -> bytes:
    """Return the index of a table in these parts; `words` as for a part."""
    places = {unit: place for place, unit in enumerate(register.unit_names)}
    index = {
        "as_of": register.as_of.isoformat(),
        "generator": GENERATOR,
        "parts": [
            {
                "url": file_of(part),
                "rows": sum(len(register.of(one)) for one in part.disclosures),
                "stamp": _stamp(register, part),
            }
            for part in parts
        ],
        "disclosures": [
            _disclosure(one, len(register.of(one)), places[one.unit], words) for one in register.disclosures
        ],
        "columns": {name: _column(register, column, words) for name, column in _COLUMNS.items()},
    }
    return (json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _disclosure(disclosure: Disclosure, rows: int, unit_place: int, words: Callable[[str], str]) -> dict[str, Any]:
    named = {"words": words(disclosure.unit), "title_words": words(disclosure.title)}
    told = {name: getattr(disclosure, name) for name in _DISCLOSURE}
    told |= {name: lengths for name, lengths in named.items() if lengths}
    if isinstance(disclosure, PortalDisclosure):
        site = disclosure.site
        told |= {"ref": own(disclosure.id), "url": disclosure.url}
        told |= {"site": site.listed.name, "site_as_of": site.as_of.isoformat()}
        told |= {"site_words": lengths} if (lengths := words(site.listed.name)) else {}
    # Names of units are in an order that a browser does not know.
    return {**told, "unit_place": unit_place, "published": disclosure.published.isoformat(), "rows": rows}


class _Column(NamedTuple):
    of: Callable[[Problem], Any]
    """A value that can be a key."""
    ordered: Callable[[Iterable[Any]], list[Any]] = sorted
    """The values that occur in the order in which they are sorted."""
    has_words: bool = False
    """Whether the values are names whose lines end between words."""


def _column(register: Register, column: _Column, words: Callable[[str], str]) -> dict[str, Any]:
    cells = [column.of(problem) for problem in register.problems]
    values = column.ordered(set(cells))
    numbers = {value: number for number, value in enumerate(values)}
    width = width_of(len(values))
    told = {"values": values, "width": width, "rows": pack([numbers[cell] for cell in cells], width)}
    return told | ({"words": [words(value) for value in values]} if column.has_words else {})


def _deadline(problem: Problem) -> str:
    if problem.deadline:
        return problem.deadline.isoformat()
    return LONG_TERM.key if problem.long_term else ""


def _by_name(names: Iterable[str]) -> list[str]:
    return sorted(names, key=order_of)


def _in_order(keys: Iterable[str]) -> Callable[[Iterable[tuple[str, ...]]], list[tuple[str, ...]]]:
    """Return what puts lists of keys in the order of the vocabulary."""
    places = {key: place for place, key in enumerate(keys)}
    return lambda lists: sorted(lists, key=lambda one: [places[key] for key in one])


_COLUMNS = {
    "status": _Column(lambda p: p.status, lambda _: list(STATUSES.entries)),
    "group": _Column(lambda p: p.group, _by_name, has_words=True),
    "category": _Column(lambda p: p.category, _by_name, has_words=True),
    "flags": _Column(lambda p: p.flags, _in_order(FLAGS.entries)),
    "priority": _Column(lambda p: p.priority, _in_order(PRIORITIES.entries)),
    "deadline": _Column(_deadline),
    "progress": _Column(lambda p: p.last_progress.date.isoformat() if p.last_progress else ""),
    "closeout": _Column(lambda p: p.closeout.date.isoformat() if p.closeout else ""),
}
