"""What a check of the sources has read already, so that a page that says the same need not be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rectify.checks.screening import SHORTEST
from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.core.model import Disclosure, Problem
from rectify.sources.folder import Folder
from rectify.sources.public_text import PublicText

_BOLD = re.compile(r"^\*\*((?:[一二三四五六七八九十]{1,3}是|[^*]{1,60}[。：]))\*\*(?=[^*]*$)")
"""What ends so is no part of a word or number that goes on behind it."""
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
    return lines.issuperset(prose_lines(record))
