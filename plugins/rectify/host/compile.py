"""Report folders -> records, HTML bodies and search analyses: once per change, kept in the cache, on all processors."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

from rectify.checks.checked_folder import CheckedFolder
from rectify.checks.checker import Checker
from rectify.checks.links import Link
from rectify.core.attachments import public_attachments
from rectify.core.changes import Record
from rectify.core.citation import checksum_of
from rectify.core.family import Family
from rectify.core.finding import errors
from rectify.core.language import Language, language
from rectify.core.model import Disclosure, Problem, Titles
from rectify.core.packed import pack_lengths
from rectify.core.register import is_public
from rectify.host.bodies import Bodies, Body
from rectify.host.title_words import Words, words_kept
from rectify.outputs.public_record import public_record
from rectify.outputs.search_entries import disclosure_entry, problem_entry
from rectify.outputs.search_index import Analysis, analyse
from rectify.outputs.variants import characters_of
from rectify.sources.folder import Folder
from rectify.sources.store import Kept, Store, key_of

T = TypeVar("T")

PARALLEL_FROM = 12
"""Folders to do; below this, starting processes costs more than it saves."""


class Parts(NamedTuple):
    """What rendering needs of a public folder besides its records, in the order of its problems."""

    prose: Body
    bodies: tuple[Body, ...]
    record: str
    """The file of the open data that holds all of it."""


class Fingerprints(NamedTuple):
    """Short texts that change when what a page shows of a folder does; a page that shows less changes less often."""

    everything: str = ""
    facts: str = ""
    """All but the Markdown bodies."""
    rows: tuple[str, ...] = ()
    """What a list shows of each problem."""
    progress: tuple[str, ...] = ()
    """The progress entries of each problem."""
    record: str = ""
    """SHA-256 of the public record, as a manifest has it."""
    texts: tuple[tuple[str, str], ...] = ()
    """Id or reference and checksum of the texts of the disclosure and of each problem."""


class Compiled(NamedTuple):
    """The records of a folder, and what other pages must know of its texts."""

    checked: CheckedFolder
    """With the links that stand in its pages."""
    fingerprints: Fingerprints
    slots: tuple[int, ...] = ()
    """Room in the search index for the disclosure, then for each problem; empty for a folder that is not public."""
    words: Words = ()
    characters: str = ""
    """Those of its texts that others stand for."""

    @property
    def folder(self) -> Folder:
        return self.checked.folder


class _Shown(NamedTuple):
    """What is kept of a compiled folder beside what its check keeps."""

    links: tuple[Link, ...]
    fingerprints: Fingerprints = Fingerprints()
    slots: tuple[int, ...] = ()
    words: Words = ()
    characters: str = ""

    def of(self, checked: CheckedFolder) -> Compiled:
        return Compiled(checked._replace(links=self.links), self.fingerprints, self.slots, self.words, self.characters)


Analyses = tuple[Analysis, ...]
"""Of a disclosure, then of each of its problems."""

_SHOWN, _PARTS = Kept[_Shown]("folders", _Shown, remembered=True), Kept[Parts]("parts", Parts)
_OVER = "-over"
"""Follows the stamp of a folder in its fingerprint once its term is over: other pages of the same files."""
_ANALYSES = Kept[Analyses]("analyses", Analyses)


Stored = tuple[str, str, bytes]
"""Kind and name of what a store keeps, and its file."""


class Compiler:
    """Compiles report folders, taking from the cache what has not changed.

    A folder's stamp is given as a fingerprint; analyses of the stamp before are kept, for the search index is corrected by
    taking out what the old text had put in.
    """

    def __init__(self, content: Path, store: Store, version: str, checker: Checker, language: str, processes: int = 0):
        """`language` is the key of the site's; it is in `version` too."""
        self._content = content
        self._store, self._version, self._checker, self._language = store, version, checker, language
        self._processes = processes or os.cpu_count() or 1

    def folders(self, stamps: Mapping[str, str]) -> list[Compiled]:
        """Return every folder's records, compiling those that changed and storing their parts."""
        compiled = {rid: one for rid, stamp in stamps.items() if (one := self._kept(rid, stamp)) is not None}
        missing = [(rid, stamp) for rid, stamp in stamps.items() if rid not in compiled]
        for one in self._compile_all(missing):
            compiled[one.folder.id] = one
        return [compiled[rid] for rid in stamps]

    def missing(self, stamps: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the folders that would have to be compiled, with their stamps."""
        return [(rid, stamp) for rid, stamp in stamps.items() if self._kept(rid, stamp) is None]

    def take(self, disclosure_id: str, stored: Iterable[Stored]) -> None:
        """Keep what another machine has made of a folder as if it were made here."""
        self._store.rename(_ANALYSES, disclosure_id, f"{disclosure_id}.before")
        for kind, name, data in stored:
            if name == disclosure_id and kind in Kept.kinds:
                self._store.take(kind, name, data)

    def _kept(self, disclosure_id: str, stamp: str) -> Compiled | None:
        shown = self._store.get(_SHOWN, disclosure_id, (self._version, stamp))
        checked = self._checker.kept(disclosure_id, stamp) if shown is not None else None
        if shown is None or checked is None:
            return None
        # Whoever checked the folder last may have seen that its term is over.
        return shown.of(checked) if shown.fingerprints.everything in ("", _everything(stamp, checked)) else None

    def parts(self, disclosure_id: str, stamp: str) -> Parts:
        """Return what rendering needs of a compiled folder, made again if the cache has lost it."""
        return self._stored(_PARTS, disclosure_id, stamp)

    def record(self, disclosure_id: str, stamp: str) -> Record:
        """Return the public record of a compiled folder."""
        return json.loads(self.parts(disclosure_id, stamp).record)

    def analyses(self, disclosure_id: str, stamp: str) -> Analyses:
        """Return what the search index needs of a compiled folder, likewise."""
        return self._stored(_ANALYSES, disclosure_id, stamp)

    def _stored(self, kind: Kept[T], disclosure_id: str, stamp: str) -> T:
        key = (self._version, stamp)
        value = self._store.get(kind, disclosure_id, key)
        if value is None:
            self.compile(disclosure_id, stamp.removesuffix(_OVER))
            value = self._store.get(kind, disclosure_id, key)
        assert value is not None  # a store that cannot be written has raised
        return value

    def old_analyses(self, disclosure_id: str, stamp: str) -> Analyses | None:
        """Return the analyses that a folder had with an earlier stamp, if they are still known."""
        key = (self._version, stamp)
        names = (disclosure_id, f"{disclosure_id}.before")
        return next(filter(None, (self._store.get(_ANALYSES, name, key) for name in names)), None)

    def _compile_all(self, tasks: list[tuple[str, str]]) -> Iterable[Compiled]:
        if len(tasks) < PARALLEL_FROM or self._processes < 2:
            return [self.compile(*task) for task in tasks]
        # Processes that are made after the first folder share the rules and patterns that it loads.
        first = self.compile(*tasks[0])
        with ProcessPoolExecutor(self._processes) as pool:
            return [first, *pool.map(self.compile, *zip(*tasks[1:]), chunksize=4)]

    def compile(self, disclosure_id: str, stamp: str) -> Compiled:
        """Check one folder, convert and analyse its texts, store what came of each, return the records."""
        checked = self._checker.folder(disclosure_id, stamp)
        folder, key = checked.folder, (self._version, stamp)
        shown = _Shown(checked.links)
        everything = _everything(stamp, checked)
        if (
            folder.disclosure is not None
            and is_public(folder.disclosure)
            and not any(f.family is Family.STRUCTURE for f in errors(folder.findings))
        ):
            spoken = language(self._language)
            titles = Titles.said(spoken)
            disclosure = folder.disclosure.shown()
            problems = tuple(problem.shown(titles) for problem in folder.problems)
            parts, links = _parts(disclosure, problems, self._attachments(folder))
            words = self._words(disclosure, problems)
            analyses = _analyses(disclosure, problems, parts, words, spoken)
            fingerprints = _fingerprints(everything, disclosure, problems, parts.record)
            shown = _Shown(
                _confirmed(checked.links, links),
                fingerprints,
                tuple(a.slots for a in analyses),
                words,
                characters_of(analyses),
            )
            self._store.rename(_ANALYSES, disclosure_id, f"{disclosure_id}.before")
            self._store.put(_ANALYSES, disclosure_id, (self._version, everything), analyses)
            self._store.put(_PARTS, disclosure_id, (self._version, everything), parts)
        self._store.put(_SHOWN, disclosure_id, key, shown)
        return shown.of(checked)

    def _words(self, disclosure: Disclosure, problems: tuple[Problem, ...]) -> Words:
        """Return the words of what is shown large or in narrow columns."""
        texts = [disclosure.title, disclosure.unit, disclosure.issuer, disclosure.inspector, disclosure.occasion]
        texts += [text for p in problems for text in (p.title, p.group, p.category, p.lead, *p.units)]
        return words_kept(self._store, disclosure.id, self._version, texts)

    def _attachments(self, folder: Folder) -> dict[str, str]:
        """Return the SHA-256 of each attachment that is public."""
        assert folder.disclosure is not None
        place = self._content / posixpath.dirname(folder.disclosure.path)
        found = {}
        for name in public_attachments(folder.disclosure, folder.problems, folder.attachments):
            with open(place / name, "rb") as stream:
                found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
        return found


_bodies: Bodies | None = None


def _confirmed(read: tuple[Link, ...], made: list[Link]) -> tuple[Link, ...]:
    """Return the links that conversion has made, at the places where they were read in the source as far as they were."""
    wanted = {(link.path, link.leads_to) for link in made}
    known = [link for link in read if (link.path, link.leads_to) in wanted]
    places = {(link.path, link.leads_to) for link in known}
    return (*known, *(link for link in made if (link.path, link.leads_to) not in places))


def _parts(
    disclosure: Disclosure, problems: tuple[Problem, ...], attachments: dict[str, str]
) -> tuple[Parts, list[Link]]:
    global _bodies  # One converter a process: making it costs more than converting a body.
    _bodies = _bodies or Bodies()
    place = posixpath.dirname(disclosure.path)
    prose = _bodies.prose(disclosure.body, place)
    bodies = tuple(_bodies.problem(p.body, place) for p in problems)
    texts = [(disclosure.path, prose), *zip([p.path for p in problems], bodies)]
    links = [Link(path, 0, 0, target) for path, body in texts for target in body.links]
    record = public_record(
        disclosure, prose.as_text(), [(p, b.as_text()) for p, b in zip(problems, bodies)], attachments
    )
    return Parts(prose, bodies, record.decode()), links


def _analyses(
    disclosure: Disclosure, problems: tuple[Problem, ...], parts: Parts, words: Words, spoken: Language
) -> Analyses:
    packed = {"".join(pieces): pack_lengths(pieces) for pieces in words}
    own = disclosure_entry(disclosure, parts.prose.text, spoken, packed.get(disclosure.title, ""))
    entries = [
        problem_entry(disclosure, p, b.text, spoken, packed.get(p.title, "")) for p, b in zip(problems, parts.bodies)
    ]
    return tuple(map(analyse, [own, *entries]))


def _everything(stamp: str, checked: CheckedFolder) -> str:
    """Return a folder's fingerprint: its stamp, and whether its term is over."""
    disclosure = checked.folder.disclosure
    return stamp + _OVER if disclosure is not None and disclosure.ended else stamp


def _texts(record: str) -> Iterator[tuple[str, str]]:
    told = json.loads(record)
    yield told["id"], checksum_of(told)
    yield from ((problem["ref"], checksum_of(problem)) for problem in told["problems"])


def _fingerprints(everything: str, disclosure: Disclosure, problems: tuple[Problem, ...], record: str) -> Fingerprints:
    about = (disclosure.id, disclosure.unit, disclosure.title, disclosure.published, disclosure.as_of)
    return Fingerprints(
        everything=everything,
        facts=key_of(disclosure._replace(body=""), [p._replace(body="") for p in problems]),
        rows=tuple(
            key_of(
                about,
                p.nn,
                p.title,
                p.status,
                p.deadline,
                p.flags,
                p.priority,
                p.earlier,
                p.progress[-1].date if p.progress else None,
            )
            for p in problems
        ),
        progress=tuple(key_of(about, p.nn, p.title, p.progress) for p in problems),
        record=hashlib.sha256(record.encode()).hexdigest(),
        texts=tuple(_texts(record)),
    )
