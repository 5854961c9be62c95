"""Pieces of the site that are made only when something they depend on has changed, on all processors when many have."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from rectify.checks.built_files import Looker, Seen
from rectify.checks.changed_part import Vouched
from rectify.core.model import Disclosure, Problem
from rectify.host.stage import Stage
from rectify.sources.last_build import Signature
from rectify.sources.store import Kept

PARALLEL_FROM = 60
"""Pieces to make; below this, starting processes costs more than it saves."""

Files = Iterable[tuple[str, bytes]]

Basis = dict[str, tuple[str, tuple[bool, ...]]]
"""By report id: fingerprint of its stamp, and which of its problems were overdue."""


class Piece(NamedTuple):
    """Some files of the site that depend on the same things."""

    name: str
    key: str
    """Digest of everything that the files depend on."""
    make: Callable[[], Files]
    basis: Basis | None = None
    """What `correct` wants to know of the build before."""
    correct: Callable[[Basis], dict[str, bytes] | None] | None = None
    """Given the basis before, returns the files that differ, or None when all must be made again."""
    disclosure: str = ""
    """The disclosure whose files they all are, which can be made elsewhere."""


class Bundle(NamedTuple):
    """Pieces that are not even asked for while nothing has changed that any of them depends on."""

    name: str
    key: str
    pieces: Callable[[], Iterable[Piece | Bundle]]


class Made(NamedTuple):
    """What is remembered of a piece that was published, or of a bundle."""

    key: str
    files: dict[str, Signature]
    basis: Basis | None
    parts: tuple[str, ...] = ()
    """Names of all pieces in a bundle, and of the bundles in it."""


Elsewhere = Callable[[Sequence[str]], Iterable[tuple[list[tuple[str, bytes]], list[Seen]]]]
"""Gives for each disclosure its files and what they hold, made on other machines."""


class Last(NamedTuple):
    """What is remembered of a build."""

    made: dict[str, Made]
    """By the names of its pieces and bundles."""
    vouched: Vouched | None = None
    """What is known of it where it has a good verdict."""

    def files(self) -> dict[str, Signature]:
        """Return the files of all pieces."""
        return {path: signature for made in self.made.values() for path, signature in made.files.items()}


LAST = Kept[Last]("made", Last)


class Workshop:
    """Makes the pieces that are new or changed, and remembers what became of each."""

    def __init__(
        self,
        stage: Stage,
        before: Mapping[str, Made],
        processes: int,
        looker: Looker | None = None,
        clean: Callable[[], list[Disclosure | Problem]] = list,
        elsewhere: Elsewhere | None = None,
    ):
        """With what looks at files, each is looked at where it is made; `clean` tells the records that were looked at before."""
        self._stage, self._before, self._processes, self._looker = stage, before, processes, looker
        self._clean, self._elsewhere = clean, elsewhere
        self.published = stage.published()
        self._done: dict[str, tuple[Piece, list[str]]] = {}
        self._stay: dict[str, Made] = {}
        """What is as it was, and bundles."""
        self.kept: set[str] = set()
        """Files of the site that stay as they are."""
        self.seen: dict[str, Seen] = {}
        """What those hold that were made and looked at."""

    def run(self, pieces: Iterable[Piece | Bundle]) -> None:
        """Make what must be made and write it to the stage."""
        todo = [left for one in pieces for left in self._left(one)]
        if self._looker and len(todo) >= PARALLEL_FROM:  # for a few pages it would cost more than it saves
            self._looker.trust(self._clean())
        away = [piece for piece in todo if piece.disclosure]
        if self._elsewhere and len(away) >= PARALLEL_FROM:
            todo = [piece for piece in todo if not piece.disclosure]
            self._take(away, self._elsewhere)
        for piece, (paths, seen) in zip(todo, self._make_all(todo)):
            self._done[piece.name] = (piece, paths)
            self.seen.update((one.path, one) for one in seen)

    def _left(self, one: Piece | Bundle) -> Iterator[Piece]:
        """Yield what must be made; what stays, or is corrected, is seen to."""
        made = self._intact(one.name)
        if made is not None and made.key == one.key:
            self._keep(one.name, made)
            for name in made.parts:
                self._keep(name, self._before[name])
        elif isinstance(one, Bundle):
            parts = list(one.pieces())
            for part in parts:
                yield from self._left(part)
            names = [name for part in parts for name in (part.name, *self._parts_of(part))]
            self._stay[one.name] = Made(one.key, {}, None, tuple(names))
        elif made and made.basis is not None and one.correct and (changed := one.correct(made.basis)) is not None:
            self._correct(one, made, changed)
        else:
            yield one

    def _parts_of(self, one: Piece | Bundle) -> tuple[str, ...]:
        return self._stay[one.name].parts if isinstance(one, Bundle) else ()

    def _take(self, pieces: list[Piece], elsewhere: Elsewhere) -> None:
        """Write what is made elsewhere."""
        for piece, (files, seen) in zip(pieces, elsewhere([piece.disclosure for piece in pieces])):
            for path, content in files:
                self._stage.write(path, content)
            self._done[piece.name] = (piece, [path for path, _ in files])
            self.seen.update((one.path, one) for one in seen)

    def _intact(self, name: str) -> Made | None:
        """Return what was made of a piece or a bundle before, if the site still has exactly that."""
        made = self._before.get(name)
        return made if made and all(self._is_there(self._before.get(one)) for one in (name, *made.parts)) else None

    def _is_there(self, made: Made | None) -> bool:
        return made is not None and all(self.published.get(path) == signature for path, signature in made.files.items())

    def _keep(self, name: str, made: Made) -> None:
        self._stay[name] = made
        self.kept.update(made.files)

    def _correct(self, piece: Piece, made: Made, changed: dict[str, bytes]) -> None:
        for path, content in changed.items():
            self.add(path, content)
        self.kept.update(made.files.keys() - changed.keys())
        self._done[piece.name] = (piece, list(made.files.keys() | changed.keys()))

    def add(self, path: str, content: bytes) -> None:
        """Write a file, of a piece or none."""
        self._stage.write(path, content)
        if self._looker:
            self.seen[path] = self._looker.look(path, content)

    def _make_all(self, pieces: list[Piece]) -> list[_Result]:
        global _work
        # Only a forked process shares the register without copying it, and forking is safe in a single thread alone.
        can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
        processes = self._processes or os.cpu_count() or 1
        if len(pieces) < PARALLEL_FROM or processes < 2 or not can_fork:
            return [_make(piece, self._stage, self._looker) for piece in pieces]
        _work = (pieces, self._stage, self._looker)
        try:
            context = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(processes, mp_context=context) as pool:
                return list(pool.map(_make_number, range(len(pieces)), chunksize=8))
        finally:
            _work = None

    def remember(self, published: dict[str, Signature]) -> dict[str, Made]:
        """Return what was made, with the signatures of the published files."""
        made = {
            name: Made(piece.key, {path: published[path] for path in paths}, piece.basis)
            for name, (piece, paths) in self._done.items()
        }
        return {**self._stay, **made}


_Result = tuple[list[str], list[Seen]]
"""The paths of the files of a piece, and what they hold."""

_work: tuple[list[Piece], Stage, Looker | None] | None = None


def _make_number(number: int) -> _Result:
    assert _work is not None  # set before the processes are made that ask for it
    pieces, stage, looker = _work
    return _make(pieces[number], stage, looker)


def _make(piece: Piece, stage: Stage, looker: Looker | None) -> _Result:
    paths, seen = [], []
    for path, content in piece.make():
        stage.write(path, content)
        paths.append(path)
        if looker:
            seen.append(looker.look(path, content))
    return paths, seen
