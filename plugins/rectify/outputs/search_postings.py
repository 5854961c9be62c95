"""Where terms occur: ascending addresses as bytes, many terms in a shard. The format is in docs/search-index.md."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import sub
from struct import Struct
from sys import byteorder

NARROW, WIDE = 0xFFFF, 0xFFFFFF
"""The greatest codes of two and of three bytes. They stand for no occurrence: they only move that many addresses on."""

_HEAD = Struct("<III")

Postings = tuple[int, bytes]
"""Bytes in a code (2 or 3) and the codes."""


def encode(places: Sequence[int]) -> Postings:
    """Ascending addresses as gaps, in whichever width is the shorter."""
    gaps = [places[0], *map(sub, places[1:], places)]
    if long := [gap for gap in gaps if gap >= NARROW]:
        narrow = 2 * (len(gaps) + sum([gap // NARROW for gap in long]))
        wide = 3 * (len(gaps) + sum([gap // WIDE for gap in long]))
        if wide < narrow:
            codes = bytearray(_little("I", _with_skips(gaps, WIDE) if max(long) >= WIDE else gaps).tobytes())
            del codes[3::4]  # The highest byte of four is zero.
            return 3, bytes(codes)
        gaps = _with_skips(gaps, NARROW)
    return 2, _little("H", gaps).tobytes()


def decode(postings: Postings) -> list[int]:
    """The addresses that `encode` was given."""
    width, data = postings
    if width == 2:
        codes: Sequence[int] = _little("H", data)
        skip = NARROW
    else:
        codes = [low | middle << 8 | high << 16 for low, middle, high in zip(data[::3], data[1::3], data[2::3])]
        skip = WIDE
    return [place for place, code in zip(accumulate(codes), codes) if code != skip]


def replace(postings: Postings, start: int, end: int, now: Sequence[int], limit: int) -> Postings | None:
    """The postings with their addresses from `start` to `end` replaced, None when none are left; as `encode` makes them.

    Long lists are mended in place: one edited body touches hundreds of terms, some with an occurrence in every entry.
    `limit` is above all addresses, so `limit // NARROW` is the most skips there can be; where three times as many codes
    are left, two bytes are still the shorter.
    """
    width, data = postings
    enough = 3 * (limit // NARROW + 1)
    if width == 2 and len(data) >= 4 * enough:
        codes = _little("H", data)
        _mend(codes, start, end, now)
        if len(codes) >= enough:
            return 2, _little("H", codes).tobytes()
    places = decode(postings)
    places[bisect_left(places, start) : bisect_left(places, end)] = now
    return encode(places) if places else None


def _mend(codes: array[int], start: int, end: int, now: Sequence[int]) -> None:
    """Replaces the addresses from `start` to `end` in two-byte codes."""
    here = first = 0
    while first < len(codes) and here + (step := sum(codes[first : first + 256])) < start:
        here += step
        first = min(first + 256, len(codes))
    while first < len(codes) and here + codes[first] < start:
        here += codes[first]
        first += 1
    while first and codes[first - 1] == NARROW:
        here -= NARROW
        first -= 1
    follower, last = here, first
    while last < len(codes) and follower < end:
        follower += codes[last]
        last += 1
    while last < len(codes) and codes[last - 1] == NARROW:
        follower += codes[last]
        last += 1
    places = [here, *now, *([follower] if follower >= end else [])]
    codes[first:last] = array("H", _with_skips(list(map(sub, places[1:], places)), NARROW))


def _little(kind: str, values: Iterable[int] | bytes) -> array[int]:
    """An array whose bytes are little-endian on every machine; applied to such an array, one of the machine's order."""
    numbers = array(kind, values)
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def _with_skips(gaps: Sequence[int], skip: int) -> list[int]:
    """The gaps with each that reaches `skip` broken into skips and a rest below it."""
    codes: list[int] = []
    for gap in gaps:
        while gap >= skip:
            codes.append(skip)
            gap -= skip
        codes.append(gap)
    return codes


def pack(stamp: int, terms: Mapping[str, Postings]) -> bytes:
    """One shard."""
    ordered = sorted(terms)
    names = "".join([term + "\n" for term in ordered]).encode()
    sizes = _little("I", [len(terms[term][1]) << 1 | terms[term][0] - 2 for term in ordered])
    head = _HEAD.pack(stamp, len(ordered), len(names))
    return b"".join([head, sizes.tobytes(), names, *[terms[term][1] for term in ordered]])


def unpack(shard: bytes) -> dict[str, Postings]:
    """The terms that `pack` was given."""
    _, count, length = _HEAD.unpack_from(shard)
    sizes = _little("I", shard[_HEAD.size : _HEAD.size + 4 * count])
    start = _HEAD.size + 4 * count
    names = shard[start : start + length].decode().split("\n")
    ends = list(accumulate([size >> 1 for size in sizes], initial=start + length))
    return {name: (2 + (size & 1), shard[begin:end]) for name, size, begin, end in zip(names, sizes, ends, ends[1:])}


def shard_of(term: str, is_word: bool, shards: int, spread: int) -> int:
    """The number of the shard that holds a term.

    All pairs with one first character lie in at most `spread` shards, so that a query of one character loads few.
    """
    if is_word:
        key = 0
        for char in term:
            key = key * 31 + ord(char) & 0xFFFFFFFF
    else:
        key = ord(term[0]) * 16 + (ord(term[1]) % spread if len(term) == 2 else 0)
    return (key * 2654435761 & 0xFFFFFFFF) * shards >> 32
