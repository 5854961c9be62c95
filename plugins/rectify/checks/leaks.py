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
from rectify.sources.configuration import drafts_of
from rectify.sources.content import survey
from rectify.sources.folder import Folder, read_texts
from rectify.sources.public_text import PublicText
from rectify.sources.text import read_text

_SHORTEST_VALUE = 4
"""Characters of a value of an internal field."""
_SHORTEST_SENTENCE = 12
"""Characters of a sentence; shorter ones are said everywhere."""
_FEW = 20
"""Needles that are looked for sooner than the characters of a text are counted."""
_SENTENCE = re.compile(r"[^。！？；\n]+")
_FIELD_COMMENT = re.compile(r"(?:^|[ \t])(#+[ \t]*([^\"'\]}]*).*)")


class Needle(NamedTuple):
    """A text that must not be public."""

    text: str
    origin: str | Message
    """Source file and field."""
    characters: frozenset[str]
    """A page that lacks one of them cannot hold the text; this is seen much sooner than the text is looked for."""


KeptBack = tuple[tuple[str, str | Message], ...]
"""Texts of a report folder that its pages must not hold, with where each stands."""


def needles_of(content: Path, kept_back: Iterable[KeptBack] | None = None) -> list[Needle]:
    """Return every text of a content folder, and of `drafts` beside it, that must not be on its site.

    `kept_back` is what a check of the report folders has found; without it they are read.
    """
    if kept_back is None:
        kept_back = (kept_back_in(*read_texts(content, rid)) for rid in survey(content).folders)
    found: dict[str, str | Message] = {}
    for texts in kept_back:
        for text, origin in texts:
            found.setdefault(text, origin)
    drafts = drafts_of(content)
    for file in sorted(drafts.rglob("*.md")):
        draft, _ = read_text(file, file.name, drafts.parent)
        for sentence in _sentences(draft or ""):
            found.setdefault(sentence, file.relative_to(drafts.parent).as_posix())
    return [Needle(text, origin, frozenset(text)) for text, origin in found.items()]


def kept_back_in(folder: Folder, texts: Iterable[PublicText]) -> KeptBack:
    """Return the texts of a report folder that are for no page."""
    return tuple(_internal(folder, texts))


def _internal(folder: Folder, texts: Iterable[PublicText]) -> Iterator[tuple[str, str | Message]]:
    disclosure = folder.disclosure
    for text in texts:
        head, _, body = text.source.removeprefix("---").partition("\n---")
        notes = [*_field_comments(head, text), *comments(body)]
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
        for step in problem.course:
            yield from ((one, _field(problem.path, PROBLEM_KEYS["course"])) for one in _sentences(step.text))
        # What is over was public in its time, and others may quote it.
        by_hand = problem.withdrawn and not problem.withdrawn.ended
        if by_hand or not is_public(disclosure):
            yield from ((one, problem.path) for one in _texts(problem))


def _field_comments(head: str, text: PublicText) -> Iterator[str]:
    """Yield the comments of a front matter; what stands behind such a sign within a public value is none."""
    if "#" not in head:
        return
    public = dict(text.lines)
    for number, line in enumerate(head.split("\n"), start=1):
        if (match := _FIELD_COMMENT.search(line)) and not (
            match[2].strip() and match[2].rstrip() in public.get(number, "")
        ):
            yield match[1].lstrip("# \t")


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
