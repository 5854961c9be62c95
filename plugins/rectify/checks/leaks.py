"""Texts that no output may hold, and where in a built site they are nevertheless."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rectify.core.comments import comments
from rectify.core.language import N_, Message, name_within
from rectify.core.model import Approval, Problem, Waiver
from rectify.core.register import is_public
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, Key
from rectify.sources.content import Stamp, survey
from rectify.sources.folder import Folder, read_texts
from rectify.sources.public_text import PublicText
from rectify.sources.store import Kept, Store, code_version
from rectify.sources.text import read_text

_SHORTEST_VALUE = 4
"""Characters of a value of an internal field."""
_SHORTEST_SENTENCE = 12
"""Characters of a sentence; shorter ones are said everywhere."""
_FEW = 20
"""Needles that are looked for sooner than the characters of a text are counted."""
_SENTENCE = re.compile(r"[^。！？；\n]+")
_FIELD_COMMENT = re.compile(r"(?m)(?:^|[ \t])#+[ \t]*(.+)$")


class Needle(NamedTuple):
    """A text that must not be public."""

    text: str
    origin: str | Message
    """Source file and field."""
    characters: frozenset[str]
    """A page that lacks one of them cannot hold the text; this is seen much sooner than the text is looked for."""


_NEEDLES = Kept[dict[str, tuple[Stamp, list[tuple[str, str | Message]]]]](
    "needles", dict[str, tuple[Stamp, list[tuple[str, str | Message]]]]
)


def needles_of(content: Path, store: Store | None = None) -> list[Needle]:
    """Return every text of a content folder, and of `drafts` beside it, that must not be on its site.

    With a store, folders that have not changed since are not read again.
    """
    folders = survey(content).folders
    known = (store.get(_NEEDLES, "all", code_version()) or {}) if store else {}
    now = {
        rid: known[rid] if known.get(rid, ("",))[0] == stamp else (stamp, _kept_back(content, rid))
        for rid, stamp in folders.items()
    }
    if store and now != known:
        store.put(_NEEDLES, "all", code_version(), now)
    found: dict[str, str | Message] = {}
    for _, texts in now.values():
        for text, origin in texts:
            found.setdefault(text, origin)
    for file in sorted((content.parent / "drafts").rglob("*.md")):
        draft, _ = read_text(file, file.name, content.parent)
        for sentence in _sentences(draft or ""):
            found.setdefault(sentence, file.relative_to(content.parent).as_posix())
    return [Needle(text, origin, frozenset(text)) for text, origin in found.items()]


def _kept_back(content: Path, disclosure_id: str) -> list[tuple[str, str | Message]]:
    return list(_internal(content, *read_texts(content, disclosure_id)))


def _internal(content: Path, folder: Folder, texts: Iterable[PublicText]) -> Iterator[tuple[str, str | Message]]:
    disclosure = folder.disclosure
    for text in texts:
        source, _ = read_text(content / text.path, text.path, content)
        head, _, body = (source or "").removeprefix("---").partition("\n---")
        notes = [*(match[1] for match in _FIELD_COMMENT.finditer(head)), *comments(body)]
        yield from (
            (one, N_("{path}（注释）", path=text.path))
            for note in notes
            for one in _sentences(note, _SHORTEST_VALUE * 2)
        )
    if disclosure is None:
        return
    if disclosure.approval:
        yield from _values(disclosure.approval, _field(disclosure.path, DISCLOSURE_KEYS["approval"]))
    for waiver in disclosure.waivers:
        yield from _values(waiver, _field(disclosure.path, DISCLOSURE_KEYS["waivers"]))
    if not is_public(disclosure):
        yield from (
            (one, disclosure.path)
            for one in (disclosure.title, *_sentences(disclosure.body))
            if len(one) >= _SHORTEST_SENTENCE
        )
    for problem in folder.problems:
        for waiver in problem.waivers:
            yield from _values(waiver, _field(problem.path, PROBLEM_KEYS["waivers"]))
        if problem.withdrawn or not is_public(disclosure):
            yield from ((one, problem.path) for one in _texts(problem))


def _field(path: str, key: Key) -> Message:
    return N_("{path}（{key}）", path=path, key=name_within(key))


def _values(record: Approval | Waiver, origin: str | Message) -> Iterator[tuple[str, str | Message]]:
    """Yield the texts of an internal record, but for the words of a waiver, which are public by its very purpose."""
    values = [
        value for name, value in record._asdict().items() if isinstance(value, str) and name not in ("words", "rule")
    ]
    return ((value, origin) for value in values if len(value) >= _SHORTEST_VALUE)


def _texts(problem: Problem) -> Iterator[str]:
    whole = (
        problem.title,
        problem.body,
        *(measure.text for measure in problem.measures),
        *(entry.text for entry in problem.progress),
    )
    return (one for text in whole for one in _sentences(text))


def _sentences(text: str, shortest: int = _SHORTEST_SENTENCE) -> Iterator[str]:
    return (one for match in _SENTENCE.finditer(text) if len(one := match[0].strip()) >= shortest)


def find_needles(needles: Collection[Needle], text: str) -> Iterator[Needle]:
    """Yield the needles that a text holds."""
    if len(needles) <= _FEW:
        return (needle for needle in needles if needle.text in text)
    characters = frozenset(text)
    return (needle for needle in needles if needle.characters <= characters and needle.text in text)


def said_in_public(content: Path, needles: Iterable[Needle], besides: Mapping[str, str]) -> set[str]:
    """Return the texts that public sources say as well; `besides` are further public texts by name."""
    left = {needle.text: needle for needle in needles}
    said: set[str] = set()
    for rid in survey(content).folders if left else ():
        folder, texts = read_texts(content, rid)
        if folder.disclosure is None or not is_public(folder.disclosure):
            continue
        withdrawn = {problem.path for problem in folder.problems if problem.withdrawn}
        for text in texts:
            if text.path not in withdrawn:
                said |= {
                    needle.text for needle in find_needles(left.values(), "\n".join(line for _, line in text.lines))
                }
    for other in besides.values():
        said |= {needle.text for needle in find_needles(left.values(), other)}
    return said
