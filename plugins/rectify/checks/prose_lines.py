"""What a check of the sources has read already, so that a page that says the same need not be asked again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from rectify.checks.screening import SHORTEST
from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.core.model import Disclosure, Problem
from rectify.prose import OfficeWords, screen
from rectify.sources.folder import Folder
from rectify.sources.public_text import PublicText

_BOLD = re.compile(r"^\*\*((?:[一二三四五六七八九十]{1,3}是|[^*]{1,60}[。：]))\*\*(?=[^*]*$)")
"""What ends so is no part of a word or number that goes on behind it."""
_KEY = re.compile("[a-z-]*")
"""Of the vocabulary; nothing else is written so."""
_SCREENED = (Family.PRIVACY, Family.MARKS)
"""Of these rules some are looked for in a built site as well."""


def prose_lines(record: Disclosure | Problem) -> Iterator[str]:
    """Yield the lines of the texts of a record that are sentences, whatever label they stand behind; no numbers and names."""
    texts = [record.title, record.body]
    if isinstance(record, Problem):
        texts += [measure.text for measure in record.measures]
        texts += [entry.text for entry in record.progress]
    return (line for text in texts for whole in text.split("\n") if len(line := whole.strip()) >= SHORTEST)


def shown_lines(record: Disclosure | Problem) -> Iterator[str]:
    """Yield these lines as pages have them, without the stars around what begins them."""
    return (_BOLD.sub(r"\1", line) if line.startswith("**") else line for line in prose_lines(record))


def names(record: Disclosure | Problem) -> Iterator[str]:
    """Yield what a record calls its matter and those whose matter it is, which pages put together with other texts."""
    yield record.title
    yield from (
        (record.group, record.category, record.lead, *record.units) if isinstance(record, Problem) else (record.unit,)
    )


def clean_files(folder: Folder, texts: Sequence[PublicText], findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the files of a folder whose prose was read line for line, and in which nothing private and no mark was found.

    `texts` are those that were read, `findings` all that was found in them, before anything was waived.
    """
    dirty = {one.path for one in findings if one.family in _SCREENED}
    read = {text.path: text for text in texts if text.path not in dirty}
    records: list[Disclosure | Problem] = [*folder.problems]
    if folder.disclosure:
        records.append(folder.disclosure)
    return tuple(record.path for record in records if record.path in read and _is_read(record, read[record.path]))


def _is_read(record: Disclosure | Problem, text: PublicText) -> bool:
    # A value that goes over several lines of its file, or has codes in it, is put together only when it is shown.
    lines = {line.strip() for _, line in text.lines}
    if not lines.issuperset(prose_lines(record)):
        return False
    whole = "\n".join(line for _, line in text.lines)
    return all(line in whole for line in _values(record))


def _values(record: Disclosure | Problem) -> Iterator[str]:
    """Yield what the public values of a record say, a line each, but for its body and for keys of the vocabulary."""
    if isinstance(record, Disclosure):
        record = record._replace(id="", path="", body="", approval=None, waivers=())
    else:
        record = record._replace(disclosure="", nn="", path="", body="", course=(), waivers=())
    waiting: list[object] = [record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting.extend(value)
        elif isinstance(value, str) and not _KEY.fullmatch(value):
            yield from filter(None, map(str.strip, value.split("\n")))


def values_put_together(
    folder: Folder, clean: Collection[str], said: Collection[Finding], words: OfficeWords
) -> Iterator[Finding]:
    """Yield what must not be public in records that are not `clean` as their pages show them, unless it is `said` already."""
    known = {(one.rule, one.path, "".join(one.token.split())) for one in said}
    records: list[Disclosure | Problem] = [*folder.problems, *filter(None, [folder.disclosure])]
    for record in (one.shown() for one in records if one.path not in clean):
        lines = [part for line in (*_values(record), *record.body.split("\n")) for part in (line, "")]
        for one in screen(list(enumerate(lines, start=1)), record.path, words):
            if (one.rule, one.path, "".join(one.token.split())) not in known:
                yield one._replace(line=1, column=1)
