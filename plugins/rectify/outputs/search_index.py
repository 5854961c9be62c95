"""The search index: entries of the register to the files below search/index/. The format is in docs/search-index.md.

Every entry owns a range of addresses, and the index says at which addresses each term occurs. An address gives entry,
field and position at once, so that phrases are exact and nothing depends on anything but the entry and its place.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import accumulate, chain, groupby
from struct import pack
from typing import NamedTuple

from rectify.outputs import search_postings as postings
from rectify.outputs.search_text import fold, grid, pair_term, pairs, tidy, words

FORMAT, VERSION = "rectify-search", 2

SLOT = 1024
"""Addresses in a slot. An entry takes as many slots as it needs, so small edits move no other entry."""

NAMES, BODY = 128, 256
"""Where in an entry's addresses reference and units begin, and where the body; the title begins at 0."""

_NAMES = ("inspector", "lead", "units")
"""Fields that are found among the names; the others follow the body."""

CARD_SLOTS = 2
"""Slots whose entries share a card file."""

_EPOCH = date(1970, 1, 1).toordinal()

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A problem or a disclosure as it is to be found."""

    ref: str
    """'2023-xx/01' for a problem, '2023-xx' for a disclosure."""
    url: str
    """Relative to the site's root."""
    kind: str
    """'problem' or 'disclosure'."""
    title: str
    unit: str
    """The disclosing unit: the value of the unit filter."""
    status: str
    """Key of the vocabulary, '' for a disclosure."""
    overdue: bool
    year: str
    date: str
    """ISO date of the last progress, or ''."""
    body: str
    """Plain text, blocks a blank line apart."""
    priority: bool = False
    flags: tuple[str, ...] = ()
    deadline: str = ""
    """ISO date, or ''."""
    fields: tuple[tuple[str, str], ...] = ()
    """What else stands on its page: name and text."""
    words: str = ""
    """How long the words of the title are, packed."""


class Analysis(NamedTuple):
    """What the index needs of one entry, whatever the others are. A tuple, for the cache holds thousands of them."""

    ref: str
    state: tuple[str, str, bool, bool, tuple[str, ...]]
    """Kind, status, overdue, priority, flags."""
    unit: str
    year: str
    days: int
    """Days from 1970-01-01 to the date, 0 for none."""
    card: str
    """What the result list shows, as JSON."""
    grids: tuple[str, str, str]
    """Title, names and body, cut to what fits their addresses."""
    words: tuple[tuple[str, int], ...]
    """Words, with a sign in front that no pair has, and their positions in the entry's addresses."""
    slots: int


def analyse(entry: SearchEntry) -> Analysis:
    """Everything the index needs of an entry."""
    title, body = tidy(entry.title), tidy(entry.body)
    fields = [(name, tidy(text)) for name, text in entry.fields]
    names = " ".join([entry.ref, entry.unit, *(text for name, text in fields if name in _NAMES)])
    head = [fold(title), fold(names)]
    # What is too long for its own range is indexed with the body, whole, so that no phrase in it is lost.
    spilled = [text for text in head if len(text) >= NAMES]
    beside = [fold(text) for name, text in fields if name not in _NAMES]
    texts = [text[: NAMES - 1] for text in head] + [" ".join([*spilled, fold(body), *beside])]
    lengths = entry.words if title == entry.title else ""
    found = [(f"={word}", start + place) for start, text in zip((0, NAMES, BODY), texts) for word, place in words(text)]
    return Analysis(
        ref=entry.ref,
        state=(entry.kind, entry.status, entry.overdue, entry.priority, entry.flags),
        unit=entry.unit,
        year=entry.year,
        days=days_of(entry.date),
        card=_text([entry.url, title, entry.date, body, entry.deadline, ["ref", entry.ref, *chain(*fields)], lengths]),
        grids=(grid(texts[0]), grid(texts[1]), grid(texts[2])),
        words=tuple(found),
        slots=1 + (BODY + len(texts[2])) // SLOT,
    )


def days_of(day: str) -> int:
    """Days from 1970-01-01 to an ISO date, 0 for none and for earlier ones."""
    return max(0, date.fromisoformat(day).toordinal() - _EPOCH) if day else 0


class Layout:
    """Which entry has which addresses, and in which file what is found. It moves only when entries come, go or outgrow
    their slots; its stamp is in every file that depends on it, so that a client never reads two layouts as one."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        *self.slots, self.size = accumulate((a.slots for a in analyses), initial=0)
        self.shards = max(1, self.size // 4)
        self.spread = min(16, max(1, self.shards // 64))
        self.stamp = int.from_bytes(_checksum("\n".join(f"{a.ref} {a.slots}" for a in analyses).encode())[:4], "little")

    def shard(self, term: str, is_word: bool) -> int:
        """The number of a term's shard."""
        return postings.shard_of(term, is_word, self.shards, self.spread)

    def card_file(self, entry: int) -> str:
        """The path of the card file of an entry."""
        return f"cards/{self.slots[entry] // CARD_SLOTS}.bin"

    def card_files(self) -> dict[str, range]:
        """The card files with their entries."""
        files = ((path, list(group)) for path, group in groupby(range(len(self.slots)), self.card_file))
        return {path: range(group[0], group[-1] + 1) for path, group in files}


def assemble(analyses: Sequence[Analysis], labels: Labels, units: Sequence[str] = ()) -> dict[str, bytes]:
    """The whole index: path below search/index/ to bytes. `units` has the names of units in the order in which they are offered."""
    layout = Layout(analyses)
    files = _shards(layout, analyses) | _lists(layout, analyses)
    for path, entries in layout.card_files().items():
        files[path] = _cards(layout, analyses, entries)
    return files | {"index.json": _index(layout, analyses, labels, units, _total(files))}


def patch(
    read: Callable[[str], bytes],
    analyses: Sequence[Analysis],
    old: Mapping[int, Analysis],
    labels: Labels,
    units: Sequence[str] = (),
) -> dict[str, bytes]:
    """The files that differ between the index that `read` reads and the index of `analyses`.

    The entries must be the same in the same order; `old` holds the previous analyses of those that changed.
    """
    layout = Layout(analyses)
    index = json.loads(read("index.json"))
    if index["stamp"] != layout.stamp:
        return {path: data for path, data in assemble(analyses, labels, units).items() if _read(read, path) != data}
    files = _changed_shards(read, layout, analyses, old) | _lists(layout, analyses)
    card_files = layout.card_files()
    for path in {layout.card_file(entry) for entry in old}:
        files[path] = _cards(layout, analyses, card_files[path])
    before = {path: read(path) for path in files}
    changed = {path: data for path, data in files.items() if data != before[path]}
    total = int(index["total"], 16) - _total({path: before[path] for path in changed}) + _total(changed)
    files = changed | {"index.json": _index(layout, analyses, labels, units, total)}
    return {path: data for path, data in files.items() if path != "index.json" or data != read(path)}


def _occurrences(
    analyses: Iterable[Analysis], slots: Iterable[int]
) -> tuple[dict[str, array[int]], dict[str, array[int]]]:
    """The addresses of all pairs, be they terms or not, and of all words."""
    by_pair: dict[str, array[int]] = defaultdict(lambda: array("I"))
    by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for analysis, slot in zip(analyses, slots):
        start = slot * SLOT
        for begin, cells in zip((start, start + NAMES, start + BODY), analysis.grids):
            for place, pair in enumerate(pairs(cells), begin):
                by_pair[pair].append(place)
        for word, place in analysis.words:
            by_word[word].append(start + place)
    return by_pair, by_word


def _shards(layout: Layout, analyses: Sequence[Analysis]) -> dict[str, bytes]:
    """All shards."""
    by_pair, by_word = _occurrences(analyses, layout.slots)
    shards: list[dict[str, postings.Postings]] = [{} for _ in range(layout.shards)]
    for pair, places in by_pair.items():
        if term := pair_term(pair):
            shards[layout.shard(term, False)][term] = postings.encode(places)
    for word, places in by_word.items():
        shards[layout.shard(word, True)][word] = postings.encode(places)
    return {f"terms/{number}.bin": postings.pack(layout.stamp, terms) for number, terms in enumerate(shards)}


def _changed_shards(
    read: Callable[[str], bytes], layout: Layout, analyses: Sequence[Analysis], old: Mapping[int, Analysis]
) -> dict[str, bytes]:
    """The shards of the terms that came, went or moved, with only these terms encoded again."""
    changes: dict[int, dict[str, list[tuple[int, int, array[int]]]]] = defaultdict(lambda: defaultdict(list))
    for entry, previous in sorted(old.items()):
        slot = layout.slots[entry]
        kinds = zip(_occurrences([previous], [slot]), _occurrences([analyses[entry]], [slot]))
        for is_word, (was, now) in enumerate(kinds):
            for name in was.keys() | now.keys():
                term = name if is_word else pair_term(name)
                if term and was.get(name) != now.get(name):
                    change = slot * SLOT, (slot + previous.slots) * SLOT, now.get(name, array("I"))
                    changes[layout.shard(term, bool(is_word))][term].append(change)
    files = {}
    for number, terms in changes.items():
        path = f"terms/{number}.bin"
        shard = postings.unpack(read(path))
        for term, replacements in terms.items():
            posted: postings.Postings | None = shard.pop(term, (2, b""))
            for start, end, places in replacements:
                posted = postings.replace(posted or (2, b""), start, end, places, layout.size * SLOT)
            if posted:
                shard[term] = posted
        files[path] = postings.pack(layout.stamp, shard)
    return files


def _cards(layout: Layout, analyses: Sequence[Analysis], entries: range) -> bytes:
    """A card file. UTF-16, for there Han text takes two bytes a character and no table."""
    cards = ",".join(analyses[entry].card for entry in entries)
    return f"[{layout.stamp},{entries.start},{cards}]".encode("utf-16-le", "replace")


def _lists(layout: Layout, analyses: Sequence[Analysis]) -> dict[str, bytes]:
    """The dates and the disclosures of all entries, for the few queries that need them."""
    disclosures = groupby(a.ref.partition("/")[0] for a in analyses)
    runs = [item for ref, group in disclosures for item in (ref, len(list(group)))]
    return {
        "dates.bin": pack(f"<I{len(analyses)}H", layout.stamp, *(a.days for a in analyses)),
        "disclosures.json": _text([layout.stamp, *runs]).encode(),
    }


def _index(layout: Layout, analyses: Sequence[Analysis], labels: Labels, order: Sequence[str], total: int) -> bytes:
    """The first file that a client reads: where everything is, and what the filters count."""
    places = {unit: place for place, unit in enumerate(order)}
    units = sorted({a.unit for a in analyses}, key=lambda unit: (places.get(unit, len(places)), unit))
    years = sorted({a.year for a in analyses})
    states = sorted({a.state for a in analyses})
    unit_number = {unit: number for number, unit in enumerate(units)}
    state_number = {state: number for number, state in enumerate(states)}
    year_number = {year: number for number, year in enumerate(years)}
    numbers = [state_number[a.state] for a in analyses]
    runs = ((unit, year, len(list(group))) for (unit, year), group in groupby(analyses, lambda a: (a.unit, a.year)))
    index = {
        "format": FORMAT,
        "version": VERSION,
        "size": len(analyses),
        "stamp": layout.stamp,
        "total": f"{total % 2**64:016x}",
        "shards": layout.shards,
        "spread": layout.spread,
        "slot": SLOT,
        "names": NAMES,
        "body": BODY,
        "card_slots": CARD_SLOTS,
        "labels": labels,
        "units": units,
        "years": years,
        "runs": [number for unit, year, size in runs for number in (unit_number[unit], year_number[year], size)],
        "states": states,
        "state": _letters(numbers, len(states)),
        "long": [number for entry, a in enumerate(analyses) if a.slots > 1 for number in (entry, a.slots)],
    }
    index["id"] = _checksum(_text(index).encode()).hex()
    return _text(index).encode()


def _letters(numbers: list[int], kinds: int) -> str:
    """Small numbers as printable characters, two in one while there are at most nine kinds."""
    if kinds <= 9:
        numbers = [first * kinds + second for first, second in zip(numbers[::2], [*numbers[1::2], 0])]
    return "".join([chr(35 + number) for number in numbers])


def _total(files: Mapping[str, bytes]) -> int:
    """A sum of checksums: that of the whole index can be corrected for a few files without reading the others."""
    return sum(int.from_bytes(_checksum(path.encode() + b"\0" + data), "big") for path, data in files.items())


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()


def _read(read: Callable[[str], bytes], path: str) -> bytes | None:
    try:
        return read(path)
    except (KeyError, OSError):
        return None


def _text(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
