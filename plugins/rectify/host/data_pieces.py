"""The data files as a piece of the site, put together from a part of each disclosure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rectify.core.language import Language
from rectify.core.model import Disclosure
from rectify.core.register import Register
from rectify.core.site_map import at
from rectify.host.pieces import Files, Piece
from rectify.outputs import data
from rectify.outputs.counting import counting_json
from rectify.sources.store import Kept, Store, key_of

_FRAGMENTS = Kept[tuple[str, str]]("fragments", tuple[str, str])


class DataFiles:
    """Makes the data files of a register."""

    def __init__(self, register: Register, store: Store, facts: Mapping[str, str], language: Language, version: str):
        """`facts` has a fingerprint of what the data say of a disclosure, by its id."""
        self._register, self._store, self._facts = register, store, facts
        self._language, self._version = language, version

    def piece(self) -> Piece:
        """Return the one piece."""
        return Piece("data", key_of(self._version, self._register.as_of, list(self._facts.values())), self._files)

    def _files(self) -> Files:
        register = self._register
        fragments = list(self._fragments())
        return [
            (at("problem_data", ending="json"), data.problems_json((json for json, _ in fragments), register.as_of)),
            (at("problem_data", ending="csv"), data.problems_csv((csv for _, csv in fragments), self._language)),
            (at("disclosure_data"), data.disclosures_json(register)),
            (at("counting_rules"), counting_json(register, self._language)),
        ]

    def problems(self) -> Iterator[str]:
        """Yield each disclosure's part of the problem data as JSON."""
        return (json for json, _ in self._fragments())

    def _fragments(self) -> Iterator[tuple[str, str]]:
        return map(self._fragment, self._register.disclosures)

    def _fragment(self, disclosure: Disclosure) -> tuple[str, str]:
        """Return one disclosure's part of the problem data as JSON and as CSV, from the cache when unchanged."""
        as_of, problems = self._register.as_of, self._register.of(disclosure)
        key = (self._version, as_of, self._facts[disclosure.id])
        made = self._store.get(_FRAGMENTS, disclosure.id, key)
        if made is None:
            json = data.problems_fragment(problems, as_of, self._language)
            made = (json, data.csv_fragment(disclosure, problems, as_of, self._language))
            self._store.put(_FRAGMENTS, disclosure.id, key, made)
        return made
