"""The pages of disclosures made and looked at elsewhere: the records that they show go there, and the files come back."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from rectify.checks.built_files import Looker, Seen
from rectify.checks.leaks import Needle
from rectify.core.language import language
from rectify.core.model import Disclosure, Problem, Titles
from rectify.core.register import Register
from rectify.host.cluster.alike import refuse_others, versions
from rectify.host.cluster.cluster import Cluster
from rectify.host.folder_pages import Beside, folder_files
from rectify.host.fragments import Fragments
from rectify.host.page_heads import Heads
from rectify.host.shell import PartsOfShell, SentShell
from rectify.host.site_texts import SiteTexts
from rectify.prose.own_words import OfficeWords
from rectify.sources.plain_data import decoder, encode


class Lookout(NamedTuple):
    """What files are looked at with."""

    needles: tuple[Needle, ...]
    words: OfficeWords
    ids: tuple[str, ...]
    scripts: frozenset[str]
    is_said: bool


class Ground(NamedTuple):
    """What all disclosures of a site are shown by."""

    versions: dict[str, str]
    language: str
    as_of: date
    shared: dict[str, str]
    """Values that every template knows."""
    names: tuple[str, str, str]
    shell: PartsOfShell
    templates: tuple[tuple[tuple[str, str], ...], ...]
    """Of each folder of templates, the first before the others, names and texts."""
    lookout: Lookout | None


class Errand(NamedTuple):
    """One disclosure to be shown."""

    id: str
    beside: Beside
    disclosures: tuple[Disclosure, ...]
    """It and those that its pages name: of its unit, and of what came up before or again."""
    problems: dict[str, tuple[Problem, ...]]
    """By the id of the disclosure."""
    words: tuple[tuple[str, ...], ...]
    """Of their titles and names, each text in pieces."""
    clean: tuple[str, ...]
    """Files of its records that were looked at with nothing found."""


File = tuple[str, bytes]
_GROUND, _ERRAND, _SEEN = decoder(Ground), decoder(Errand), decoder(list[Seen])


def render_elsewhere(
    cluster: Cluster, ground: Ground, errand: Callable[[str], Errand], ids: Iterable[str]
) -> Iterator[tuple[list[File], list[Seen]]]:
    """Yield the files of each of these disclosures and what they hold, in order; raises ClusterError."""
    for files, seen in cluster.map(render_folder, encode(ground), (encode(errand(rid)) for rid in ids)):
        yield files, _SEEN(seen)


def render_folder(ground: bytes, errand: bytes) -> tuple[list[File], bytes]:
    """Return the files of one disclosure and, encoded, what they hold. This runs in a process of the cluster."""
    here, order = _place(ground), _ERRAND(errand)
    return here.files(order)


class _Current:
    """The register of the errand at hand, for templates, which ask for one."""

    register: Register

    def __getattr__(self, name: str) -> Any:
        return getattr(self.register, name)


class _Place:
    """A ground set up in this process."""

    def __init__(self, ground: Ground):
        refuse_others(ground.versions, versions(), platform.node())
        self._folder = TemporaryDirectory(prefix="rectify-")
        folders = [Path(self._folder.name, str(number)) for number in range(len(ground.templates))]
        for folder, templates in zip(folders, ground.templates):
            for name, text in templates:
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8", newline="")
        self._texts = SiteTexts(language(ground.language))
        self._current, self._ground = _Current(), ground
        self._current.register = Register((), {}, ground.as_of)
        self._fragments = Fragments(map(str, folders), self._texts)
        self._fragments.share(register=self._current, as_of=ground.as_of, **ground.shared)
        self._shell = SentShell(ground.shell, self._texts)
        self._heads = Heads(self._texts, *ground.names)
        lookout = ground.lookout
        self._looker = lookout and Looker(lookout.needles, lookout.words, lookout.ids, lookout.scripts, lookout.is_said)

    def files(self, errand: Errand) -> tuple[list[File], bytes]:
        self._texts.learn(errand.words)
        titles = Titles.said(self._texts.language)
        register = self._current.register = Register(errand.disclosures, errand.problems, self._ground.as_of, titles)
        disclosure = register.by_id[errand.id]
        files = list(folder_files(disclosure, register, errand.beside, self._fragments, self._heads, self._shell.fill))
        seen: Sequence[Seen] = ()
        if self._looker:
            clean = frozenset(errand.clean)
            records: list[Disclosure | Problem] = [disclosure, *register.of(disclosure)]
            self._looker.trust([one for one in records if one.path in clean])
            seen = [self._looker.look(path, data) for path, data in files]
        return files, encode(seen)


@lru_cache(1)
def _place(ground: bytes) -> _Place:
    return _Place(_GROUND(ground))


def templates_in(folders: Iterable[str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the templates of these folders."""
    return tuple(
        tuple(
            (file.relative_to(folder).as_posix(), file.read_text("utf-8"))
            for file in sorted(Path(folder).rglob("*.html"))
        )
        for folder in folders
    )
