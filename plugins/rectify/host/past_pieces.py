"""The data of each publication at its permanent address, as many of the newest as the operator gives room for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rectify.core.changes import Record
from rectify.core.citation import checksum_of
from rectify.core.history import PUBLICATION
from rectify.core.language import Language
from rectify.core.past import WITHHELD, Records
from rectify.core.register import Register
from rectify.core.site_map import at
from rectify.host.data_pieces import DataFiles
from rectify.host.pieces import Files, Piece
from rectify.host.publication import Told
from rectify.outputs.past_register import PastRegister, past_disclosures, past_fragments, past_problems, past_register
from rectify.sources.store import Kept, Store, key_of

_SIZES = Kept[int]("past-sizes", int)


class PastData:
    """Makes the data files of publications."""

    def __init__(
        self,
        told: Told,
        register: Register,
        now: DataFiles,
        read: Callable[[str], Record],
        checksums: Mapping[str, Mapping[str, str]],
        room: int,
        store: Store,
        language: Language,
        version: str,
    ):
        """`register`, `now` and `read` give what is public with the coming one, `checksums` those of its texts by disclosure and reference, `room` is in bytes."""
        self._heads = {line["release"]: line for line in told.history.lines if line["event"] == PUBLICATION}
        self._ways, self._release, self._read, self._checksums = told.ways, told.release, read, checksums
        self._register, self._now = register, now
        self._room, self._store, self._language, self._version = room, store, language, version

    def pieces(self) -> Iterator[tuple[str, Piece]]:
        """Yield release and piece for every publication that has room, the newest first."""
        records = Records(self._checksums, self._read)
        sums = _Sums(self._checksums)
        room, after = self._room, ""
        for release in self._ways.line(self._release):
            if after:
                changes = self._ways.changes[after]
                records.take_back(changes)
                sums.follow(records, {change.ref for change in changes if change.about in ("problem", "disclosure")})
            head = self._heads[release]
            key = key_of(self._version, release, _told(head), str(sums.total), sorted(records.lost))
            size = self._store.get(_SIZES, release, key)
            make: Callable[[], Files] = partial(self._anew, release)
            if size is None:
                files = self._files(records, head) if after else self._coming(head)
                make, size = partial(list, files), sum(len(data) for _, data in files)
                self._store.put(_SIZES, release, key, size)
            room -= size
            if room < 0:
                return
            yield release, Piece(f"past:{release}", key, make)
            after = release

    def _anew(self, release: str) -> Files:
        records = Records(self._checksums, self._read)
        records.go(self._ways, self._release, release)
        return self._files(records, self._heads[release])

    def _coming(self, head: Mapping[str, Any]) -> list[tuple[str, bytes]]:
        return _files_of(PastRegister(self._register, {}, ()), head, self._now.problems())

    def _files(self, records: Records, head: Mapping[str, Any]) -> list[tuple[str, bytes]]:
        past = past_register(records, head, self._language)
        return _files_of(past, head, past_fragments(past, self._language))


def _files_of(past: PastRegister, head: Mapping[str, Any], fragments: Iterable[str]) -> list[tuple[str, bytes]]:
    return [
        (at("past_problems", release=head["release"]), past_problems(past, head, fragments)),
        (at("past_disclosures", release=head["release"]), past_disclosures(past, head)),
    ]


def _told(head: Mapping[str, Any]) -> list[str]:
    return [str(head.get(name, "")) for name in ("on", "declared", "counts")]


class _Sums:
    """One number for all texts of a release, which moves with each of them: equal texts, equal number."""

    def __init__(self, checksums: Mapping[str, Mapping[str, str]]):
        self._known = {ref: text for texts in checksums.values() for ref, text in texts.items()}
        self.total = sum(map(_number, self._known.items()))

    def follow(self, records: Records, refs: Iterable[str]) -> None:
        """Take in what became of problems and disclosures when changes were taken back."""
        for ref in refs:
            if (before := self._known.pop(ref, None)) is not None:
                self.total -= _number((ref, before))
            if (record := records.one(ref)) is not None:
                self._known[ref] = f"{checksum_of(record)} {' '.join(record.get(WITHHELD, ()))}".strip()
                self.total += _number((ref, self._known[ref]))


def _number(texts: tuple[str, str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(texts).encode(), digest_size=16).digest())
